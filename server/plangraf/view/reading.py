"""Statements as one reader sees them: names in the reader's language, links that stay on this server."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pyoxigraph as ox

from plangraf.engine.ask import construct, load_query
from plangraf.engine.interface import Engine, Query
from plangraf.languages import preferred
from plangraf.linkeddata.addresses import document_path
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import PREFIXES, SDG, compact, expand
from plangraf.view.reader import Reader

_LABELS = load_query(__package__, "labels")
_NOTATION = PREFIXES["skos"] + "notation"
_CLAIM = ox.NamedNode(expand("owl:Axiom"))
_NAMING = frozenset(ox.NamedNode(expand(name)) for name in ("skos:prefLabel", "rdfs:label", "dct:title"))


@dataclass(frozen=True)
class Name:
    """A text in the best language there is.

    Attributes:
        text: the text.
        language: its tag, when that is not the page's own; pages show it and mark the element with it.
    """

    text: str
    language: str | None = None


@dataclass(frozen=True)
class Reference:
    """Something that can be named and, mostly, followed.

    Attributes:
        iri: its IRI.
        href: where its page is, here or elsewhere; None when it has none.
        name: what it is called; its prefixed name when nothing calls it anything.
        notation: its number, if it has one.
        local: whether the page is on this server.
    """

    iri: str
    href: str | None
    name: Name
    notation: str | None
    local: bool

    @property
    def sdg(self) -> str | None:
        """The number of the SDG that this is or belongs to, for its colour."""
        number = self.iri.removeprefix(SDG).split(".")[0]
        return number if self.iri.startswith(SDG) and number.isdigit() else None


def best(texts: Iterable[ox.Literal], reader: Reader) -> Name | None:
    """Return the text that a reader gets, or None when there is none."""
    found = preferred(texts, reader.content)
    if found is None:
        return None
    tag = found.language
    return Name(found.value, tag if tag and tag != reader.language else None)


class Reading:
    """Statements, and how one reader is shown them."""

    def __init__(
        self, triples: Iterable[ox.Triple] | Statements, reader: Reader, names: Mapping[str, str] | None = None
    ) -> None:
        self.statements = triples if isinstance(triples, Statements) else Statements(triples)
        self.reader = reader
        self._names = names or MappingProxyType({})
        self._references: dict[str, Reference] = {}

    def best(self, texts: Iterable[ox.Literal]) -> Name | None:
        """Return the text that the reader gets, or None when there is none."""
        return best(texts, self.reader)

    def text(self, subject: str, prefixed: str) -> Name | None:
        """Return the text of a property, given by its prefixed name."""
        return self.best(self.statements.literals(subject, expand(prefixed)))

    def name(self, iri: str) -> Name:
        """Return what `iri` is called: by the data, else by the interface, else its prefixed name."""
        found = self.best(self.statements.names(iri))
        return found or Name(self._names.get(iri, compact(iri).strip("<>")))

    def others(self, iri: str) -> list[Name]:
        """Return the names of `iri` in other languages than the one that the reader gets, by their tags."""
        names = self.statements.names(iri)
        shown = preferred(names, self.reader.content)
        return [Name(name.value, name.language) for name in sorted(names, key=str) if name != shown]

    def reference(self, iri: str) -> Reference:
        """Return how to show and follow `iri`."""
        known = self._references.get(iri)
        if known is None:
            path = document_path(iri)
            external = iri if iri.startswith(("http://", "https://")) else None
            known = Reference(
                iri=iri,
                href=self.reader.href(path) if path else external,
                name=self.name(iri),
                notation=self.statements.text(iri, _NOTATION),
                local=path is not None,
            )
            self._references[iri] = known
        return known

    def references(self, subject: str, prefixed: str) -> list[Reference]:
        """Return the values of a property that are IRIs, in the order of their notations and names."""
        return self.sorted(self.statements.iris(subject, expand(prefixed)))

    def sorted(self, iris: Iterable[str]) -> list[Reference]:
        """Return references in the order of their notations (1.2 before 1.10), then their names, then their IRIs."""
        return sorted(map(self.reference, iris), key=reference_key)


def reference_key(reference: Reference) -> tuple[tuple[tuple[int, str], ...], str, str]:
    """Return what references are sorted by."""
    parts = reference.notation.split(".") if reference.notation else []
    number = tuple((int(part), "") if part.isdecimal() else (1 << 30, part) for part in parts)
    return (number or ((1 << 31, ""),), reference.name.text.casefold(), reference.iri)


async def read(engine: Engine, query: Query, reader: Reader, names: Mapping[str, str] | None = None) -> Reading:
    """Ask for triples, then for the labels of what they lead to: two calls of the engine."""
    triples = await construct(engine, query)
    return Reading([*triples, *await ask_labels(engine, triples)], reader, names)


async def ask_labels(engine: Engine, triples: list[ox.Triple]) -> list[ox.Triple]:
    """Ask for the labels of what triples are about and lead to without naming it: one call of the engine.

    Claims have no names, and properties are not named; pages that show them ask otherwise.
    """
    subjects = {triple.subject for triple in triples if isinstance(triple.subject, ox.NamedNode)}
    objects = {triple.object for triple in triples if isinstance(triple.object, ox.NamedNode)}
    claims = {triple.subject for triple in triples if triple.object == _CLAIM}
    named = {triple.subject for triple in triples if triple.predicate in _NAMING}
    wanted = (subjects | objects) - named - claims
    iris = tuple(sorted(node.value for node in wanted if isinstance(node, ox.NamedNode)))
    return await construct(engine, Query(_LABELS, values={"iri": iris}))
