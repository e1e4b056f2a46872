"""JSON-LD with the context of the ontology: triples as nodes whose keys are its terms (JSON-LD 1.1, section 4).

A value stands below the term of its property if reading it gives back the same value, else below the compact IRI of
the property, which coerces nothing. A client therefore reads exactly the same triples.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import pyoxigraph as ox

from plangraf import shipped
from plangraf.namespaces import expand

CONTEXT: Mapping[str, Any] = orjson.loads(shipped.CONTEXT.read_bytes())["@context"]

_TYPE, _FIRST, _REST, _NIL = (expand(f"rdf:{name}") for name in ("type", "first", "rest", "nil"))
_STRING, _INTEGER, _BOOLEAN = (expand(f"xsd:{name}") for name in ("string", "integer", "boolean"))
_CANONICAL_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
"""The integers that JSON numbers hold exactly, in the form that they are read in."""
_PREFIXES = {prefix: iri for prefix, iri in CONTEXT.items() if isinstance(iri, str) and iri.endswith(("/", "#", ":"))}
_SCHEME = re.compile(r"([^:/?#]+):(?!//)")

_Subject = ox.NamedNode | ox.BlankNode
_Term = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True)
class _Definition:
    """A term of the context.

    Attributes:
        name: the key.
        by_language: whether its values are a language map.
        is_set: whether its values are always an array.
        coercion: the datatype or `@id` that strings are read as, or None.
    """

    name: str
    by_language: bool
    is_set: bool
    coercion: str | None


def is_compactable(triples: Iterable[ox.Triple]) -> bool:
    """Return whether no IRI of the triples begins like a compact IRI of the context, such as `plan:` itself."""
    for triple in triples:
        terms = (triple.subject, triple.predicate, triple.object)
        for term in (*terms, *(term.datatype for term in terms if isinstance(term, ox.Literal))):
            if isinstance(term, ox.NamedNode) and (scheme := _SCHEME.match(term.value)) and scheme[1] in CONTEXT:
                return False
    return True


def compact(triples: Iterable[ox.Triple]) -> dict[str, Any]:
    """Return the document of a graph, with the context embedded: one node, or several in `@graph`."""
    by_subject: dict[_Subject, list[ox.Triple]] = {}
    for triple in triples:
        by_subject.setdefault(triple.subject, []).append(triple)  # type: ignore[arg-type]  # RDF 1.1 has no others
    lists = _Lists(by_subject)
    nodes = [_node(subject, found, lists) for subject, found in by_subject.items() if subject not in lists.cells]
    return {"@context": CONTEXT, **(nodes[0] if len(nodes) == 1 else {"@graph": nodes})}


class _Lists:
    """The lists of a graph that can be written as `@list`: chains of blank nodes that nothing else refers to.

    Attributes:
        cells: the nodes of the lists.
    """

    def __init__(self, by_subject: Mapping[_Subject, list[ox.Triple]]) -> None:
        self._found: dict[_Subject, list[_Term]] = {}
        self.cells: set[_Subject] = set()
        users: dict[object, list[ox.Triple]] = {}
        for triples in by_subject.values():
            for triple in triples:
                users.setdefault(triple.object, []).append(triple)
        cells = {
            node: {triple.predicate.value: triple.object for triple in triples}
            for node, triples in by_subject.items()
            if isinstance(node, ox.BlankNode)
            and len(users.get(node, ())) == 1
            and sorted(triple.predicate.value for triple in triples) == [_FIRST, _REST]
        }
        for head in cells:
            if users[head][0].predicate.value in (_FIRST, _REST, _TYPE):
                continue
            chain: list[_Subject] = []
            values: list[_Term] = []
            node: Any = head
            while node in cells and node not in chain:
                chain.append(node)
                values.append(cells[node][_FIRST])  # type: ignore[arg-type]  # RDF 1.1 has no triple terms
                node = cells[node][_REST]
            if node == ox.NamedNode(_NIL):
                self._found[head] = values
                self.cells.update(chain)

    def get(self, term: _Term) -> list[_Term] | None:
        """Return the values of the list that begins at a node, or None."""
        return self._found.get(term) if isinstance(term, ox.BlankNode) else None


def _node(subject: _Subject, triples: list[ox.Triple], lists: _Lists) -> dict[str, Any]:
    values: dict[str, list[Any]] = {}
    languages: dict[str, dict[str, list[str]]] = {}
    sets: set[str] = set()
    for triple in triples:
        predicate, value = triple.predicate.value, triple.object
        assert not isinstance(value, ox.Triple)  # noqa: S101  # the caller has checked that it is RDF 1.1
        if predicate == _TYPE and not isinstance(value, ox.Literal):
            values.setdefault("type", []).append(_type(value))
            continue
        term = _TERMS.get(predicate)
        if term is None or lists.get(value) is not None or not _fits(term, value):
            key = predicate if predicate == _TYPE else _compact_iri(predicate)
            values.setdefault(key, []).append(_value(value, lists))
        elif term.by_language:
            assert isinstance(value, ox.Literal)  # noqa: S101  # only text with a language fits
            languages.setdefault(term.name, {}).setdefault(value.language or "", []).append(value.value)
        else:
            shown = _identifier(value) if term.coercion == "@id" else value.value if term.coercion else None
            values.setdefault(term.name, []).append(_value(value, lists) if shown is None else shown)
            if term.is_set:
                sets.add(term.name)
    node: dict[str, Any] = {"id": _identifier(subject)}
    node |= {key: found if len(found) > 1 or key in sets else found[0] for key, found in values.items()}
    for key, texts in languages.items():
        is_set = _BY_NAME[key].is_set
        node[key] = {tag: found if len(found) > 1 or is_set else found[0] for tag, found in texts.items()}
    return node


def _fits(term: _Definition, value: _Term) -> bool:
    """Return whether a value below a term is read as the same value."""
    if term.by_language:
        return isinstance(value, ox.Literal) and value.language is not None
    if term.coercion == "@id":
        return not isinstance(value, ox.Literal)
    return term.coercion is None or (isinstance(value, ox.Literal) and value.datatype.value == term.coercion)


def _value(value: _Term, lists: _Lists) -> Any:
    found = lists.get(value)
    if found is not None:
        return {"@list": [_value(item, lists) for item in found]}
    if not isinstance(value, ox.Literal):
        return {"id": _identifier(value)}
    if value.language is not None:
        return {"@language": value.language, "@value": value.value}
    match value.datatype.value:
        case datatype if datatype == _STRING:
            return value.value
        case datatype if datatype == _INTEGER and _CANONICAL_INTEGER.fullmatch(value.value):
            return int(value.value)
        case datatype if datatype == _BOOLEAN and value.value in ("true", "false"):
            return value.value == "true"
        case datatype:
            return {"type": _compact_iri(datatype), "@value": value.value}


def _identifier(node: _Term) -> str:
    return f"_:{node.value}" if isinstance(node, ox.BlankNode) else node.value


def _type(node: ox.NamedNode | ox.BlankNode) -> str:
    iri = _identifier(node)
    return _TYPES.get(iri) or (_compact_iri(iri) if isinstance(node, ox.NamedNode) else iri)


def _compact_iri(iri: str) -> str:
    for prefix, namespace in _PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local and not local.startswith("//"):
            return f"{prefix}:{local}"
    return iri


def _expand(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{_PREFIXES[prefix]}{local}" if prefix in _PREFIXES else name


def _definitions() -> dict[str, _Definition]:
    found = {}
    for name, described in CONTEXT.items():
        if isinstance(described, dict):
            containers = described.get("@container", [])
            coercion = described.get("@type")
            found[_expand(described["@id"])] = _Definition(
                name, "@language" in containers, "@set" in containers, coercion and _expand(coercion)
            )
    return found


_TERMS = _definitions()
_BY_NAME = {term.name: term for term in _TERMS.values()}
_TYPES = {_expand(iri): name for name, iri in CONTEXT.items() if isinstance(iri, str) and name not in _PREFIXES}
