"""JSON-LD with the context of the ontology: triples as nodes whose keys are its terms (JSON-LD 1.1, section 4).

A value stands below the term of its property if reading it gives back the same value, else below the compact IRI of
the property, which coerces nothing. A client therefore reads exactly the same triples. A document embeds the terms
that it uses, and no others.
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
_LONGEST_FIRST = sorted(_PREFIXES.items(), key=lambda item: -len(item[1]))
"""The prefixes in the order in which they are tried: `sdgo:` extends the namespace of `sdg:`."""
_ALWAYS = ("@version", "id", "type")
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
        is_list: whether its value is one list, written as an array.
        coercion: the datatype, `@id` or `@vocab` that strings are read as, or None.
    """

    name: str
    by_language: bool
    is_set: bool
    is_list: bool
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
    """Return the document of a graph, with its terms embedded: one node, or several in `@graph`."""
    by_subject: dict[_Subject, list[ox.Triple]] = {}
    for triple in triples:
        by_subject.setdefault(triple.subject, []).append(triple)  # type: ignore[arg-type]  # RDF 1.1 has no others
    lists = _Lists(by_subject)
    nodes = [_node(subject, found, lists) for subject, found in by_subject.items() if subject not in lists.cells]
    return with_context(nodes[0] if len(nodes) == 1 else {"@graph": nodes})


def with_context(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document with the part of the context that defines the terms in it."""
    used = {*_ALWAYS}
    _collect(document, used)
    for name in [name for name in used if name in CONTEXT]:
        _collect_prefixes(CONTEXT[name], used)
    used |= {name.partition(":")[0] for name in used}
    return {"@context": {name: defined for name, defined in CONTEXT.items() if name in used}, **document}


def node_object(subject: str, triples: Iterable[ox.Triple]) -> dict[str, Any]:
    """Return the triples of one subject as a node object, without lists."""
    return _node(ox.NamedNode(subject), list(triples), _Lists({}))


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


def _collect(value: Any, used: set[str]) -> None:
    """Add the keys of a document to `used`, and the strings that may be terms."""
    if isinstance(value, list):
        for item in value:
            _collect(item, used)
    elif isinstance(value, dict):
        used.update(value)
        for key, inner in value.items():
            if key == "type" or (key in _BY_NAME and _BY_NAME[key].coercion == "@vocab"):
                used.update(item for item in (inner if isinstance(inner, list) else [inner]) if isinstance(item, str))
            _collect(inner, used)


def _collect_prefixes(definition: Any, used: set[str]) -> None:
    """Add the compact IRIs in the definition of a term to `used`."""
    if isinstance(definition, str):
        used.add(definition)
    elif isinstance(definition, dict):
        for inner in definition.values():
            _collect_prefixes(inner, used)


def _node(subject: _Subject, triples: list[ox.Triple], lists: _Lists) -> dict[str, Any]:
    values: dict[str, list[Any]] = {}
    languages: dict[str, dict[str, list[str]]] = {}
    arrays: set[str] = set()
    for triple in triples:
        predicate, value = triple.predicate.value, triple.object
        assert not isinstance(value, ox.Triple)  # noqa: S101  # the caller has checked that it is RDF 1.1
        if predicate == _TYPE and not isinstance(value, ox.Literal):
            values.setdefault("type", []).append(_type(value))
            continue
        term, items = _TERMS.get(predicate), lists.get(value)
        if term is None or not _fits(term, value, items) or (term.is_list and term.name in values):
            key = predicate if predicate == _TYPE else _compact_iri(predicate)
            values.setdefault(key, []).append(_value(value, lists))
        elif term.by_language:
            assert isinstance(value, ox.Literal)  # noqa: S101  # only text fits
            languages.setdefault(term.name, {}).setdefault(value.language or "@none", []).append(value.value)
        elif term.is_list:
            values[term.name] = [_coerced(term, item, lists) for item in items or ()]
            arrays.add(term.name)
        else:
            values.setdefault(term.name, []).append(_coerced(term, value, lists))
            if term.is_set:
                arrays.add(term.name)
    node: dict[str, Any] = {"id": _identifier(subject)}
    node |= {key: found if len(found) > 1 or key in arrays else found[0] for key, found in values.items()}
    for key, texts in languages.items():
        is_set = _BY_NAME[key].is_set
        node[key] = {tag: found if len(found) > 1 or is_set else found[0] for tag, found in sorted(texts.items())}
    return node


def _fits(term: _Definition, value: _Term, items: list[_Term] | None) -> bool:
    """Return whether a value below a term is read as the same value; `items` are those of a list."""
    if term.is_list:
        return items is not None and all(_is_coercible(term, item) for item in items)
    return items is None and _is_coercible(term, value)


def _is_coercible(term: _Definition, value: _Term) -> bool:
    if term.by_language:
        return isinstance(value, ox.Literal) and (value.language is not None or value.datatype.value == _STRING)
    if term.coercion in ("@id", "@vocab"):
        return not isinstance(value, ox.Literal)
    return term.coercion is None or (isinstance(value, ox.Literal) and value.datatype.value == term.coercion)


def _coerced(term: _Definition, value: _Term, lists: _Lists) -> Any:
    """Return a value that fits a term, as a string if the term says what the string is."""
    match term.coercion:
        case None:
            return _value(value, lists)
        case "@vocab":
            return _type(value)
        case "@id":
            return _identifier(value)
        case _:
            return value.value


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


def _type(node: _Term) -> str:
    """Return the name of a class or of another IRI that is read like one."""
    iri = _identifier(node)
    return _NAMES.get(iri) or (_compact_iri(iri) if isinstance(node, ox.NamedNode) else iri)


def _compact_iri(iri: str) -> str:
    for prefix, namespace in _LONGEST_FIRST:
        local = iri.removeprefix(namespace)
        if local != iri and local and not local.startswith("//"):
            return f"{prefix}:{local}"
    return iri


def _expand(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{_PREFIXES[prefix]}{local}" if prefix in _PREFIXES else name


def _definitions() -> Iterable[tuple[str, _Definition]]:
    """Yield the IRI and the definition of each term for a property; terms for its inverse are not written here."""
    for name, described in CONTEXT.items():
        if isinstance(described, dict) and "@id" in described and "@context" not in described:
            containers = described.get("@container", [])
            coercion = described.get("@type")
            yield (
                _expand(described["@id"]),
                _Definition(
                    name,
                    "@language" in containers,
                    "@set" in containers,
                    "@list" in containers,
                    coercion and _expand(coercion),
                ),
            )


def _named() -> Iterable[tuple[str, str]]:
    """Yield the IRI and the name of each term."""
    for name, described in CONTEXT.items():
        iri = described.get("@id") if isinstance(described, dict) else described
        if isinstance(iri, str) and name not in _PREFIXES and name not in _ALWAYS:
            yield _expand(iri), name


# Of several terms for one property, the first is written.
_TERMS = dict(reversed([*_definitions()]))
_BY_NAME = {term.name: term for _, term in _definitions()}
_NAMES = dict(reversed([*_named()]))
LIST_TERMS = frozenset(name for name, term in _BY_NAME.items() if term.is_list)
"""The terms whose arrays are in order."""
