"""Names of blank nodes by what they are, such as "the claim about goal 1 → SDG 13"."""

from rdflib import RDF, Graph, URIRef
from rdflib.namespace import DCTERMS, OWL, RDFS, SKOS
from rdflib.term import BNode, Literal, Node

from plangraf.languages import INTERFACE_LANGUAGES, N_, InterfaceLanguage, preferred_text, translations
from plangraf.namespaces import compact
from plangraf.rdf.terms import blank_label
from plangraf.vocabulary import KINDS

_LABELS = (SKOS.prefLabel, DCTERMS.title, RDFS.label)
_CLAIM = N_("the claim about {source} → {target}")
_PART = N_("{property} of {subject}")
_INSTANCE = N_("{class_name} without a name")
_DEEPEST = 4
_WORDS = {URIRef(iri): kind.word for kind in KINDS for iri in kind.classes}


class Names:
    """The labels of the nodes of a graph, each of which is looked up once.

    Args:
        graph: the graph.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._known: dict[Node, dict[str, str]] = {}

    def labels(self, node: Node) -> dict[str, str]:
        """Return the labels of a node; see the function `labels`."""
        if node not in self._known:
            self._known[node] = labels(self._graph, node)
        return self._known[node]


def labels(graph: Graph, node: Node) -> dict[str, str]:
    """Return the labels of a node by language tag, or for a blank node without one, what it is."""
    for predicate in _LABELS:
        found = {
            label.language or "": str(label) for label in graph.objects(node, predicate) if isinstance(label, Literal)
        }
        if found:
            return found
    return {language: _described(graph, node, language) for language in INTERFACE_LANGUAGES} if _blank(node) else {}


def _blank(node: Node) -> bool:
    return isinstance(node, BNode)


def _described(graph: Graph, node: Node, language: InterfaceLanguage, depth: int = 0) -> str:
    """Return what a blank node is: a claim, else a part of what refers to it, else an instance of its class."""
    gettext = translations(language).gettext
    source, target = (
        graph.value(node, OWL.annotatedSource, any=True),
        graph.value(node, OWL.annotatedTarget, any=True),
    )
    if depth < _DEEPEST:
        if source is not None and target is not None:
            return gettext(_CLAIM).format(
                source=_named(graph, source, language, depth), target=_named(graph, target, language, depth)
            )
        for owner, predicate in sorted(graph.subject_predicates(node), key=str):
            return gettext(_PART).format(
                property=compact(str(predicate)), subject=_named(graph, owner, language, depth)
            )
    kind = next(iter(sorted(graph.objects(node, RDF.type), key=str)), None)
    word = next((word for known, word in _WORDS.items() if (node, RDF.type, known) in graph), None)
    if word is not None:
        return gettext(_INSTANCE).format(class_name=gettext(word))
    return gettext(_INSTANCE).format(class_name=compact(str(kind))) if kind is not None else _label(node)


def _label(node: Node) -> str:
    return f"_:{blank_label(str(node))}"


def _named(graph: Graph, node: Node, language: InterfaceLanguage, depth: int) -> str:
    """Return a short name: the kind and the number of a resource, else its label, else its IRI."""
    if isinstance(node, Literal):
        return str(node)
    notation = next(iter(sorted(graph.objects(node, SKOS.notation), key=str)), None)
    kinds = set(graph.objects(node, RDF.type))
    word = next((word for kind, word in _WORDS.items() if kind in kinds), None)
    if notation is not None and word is not None:
        return f"{translations(language).gettext(word)} {notation}"
    found = labels(graph, node) if not _blank(node) else {}
    text = preferred_text(found, language)
    if text is not None:
        return text
    return _described(graph, node, language, depth + 1) if _blank(node) else compact(str(node))
