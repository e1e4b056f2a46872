"""Statements for one reader: labels in the reader's language, and links to pages of this server."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import pyoxigraph as ox

from plangraf.engine.ask import construct, load_query
from plangraf.engine.interface import Query
from plangraf.http.services import Services
from plangraf.languages import preferred
from plangraf.linkeddata.addresses import foreign_path, theme_name
from plangraf.linkeddata.statements import Statements, select_statements
from plangraf.namespaces import PREFIXES, SDG, compact, expand
from plangraf.view.place import Place, place_among_siblings
from plangraf.view.reader import Reader
from plangraf.vocabulary import PLAN_CONCEPTS

_LABELS = load_query(__package__, "labels")
_OF_PLANS = frozenset(iri for kind in PLAN_CONCEPTS for iri in kind.classes)
_NOTATION, _ORDER = PREFIXES["skos"] + "notation", PREFIXES["plan"] + "order"


ReferenceKey = tuple[Place, str, str]


@dataclass(frozen=True)
class Name:
    """A label in the best available language.

    Attributes:
        text: the text.
        language: its language tag, if it differs from that of the page; pages set the attribute `lang`, and show the
            tag to those who may not read the language.
        tagged: whether pages show the tag to everybody.
    """

    text: str
    language: str | None = None
    tagged: bool = False


@dataclass(frozen=True)
class Reference:
    """A link to a resource, with its label.

    Attributes:
        iri: its IRI.
        href: the URL of its page, on this server or elsewhere, or None.
        name: its label, with its prefixed name as fallback.
        notation: its notation, or None.
        local: whether the page is on this server.
        order: its place among its siblings (`plan:order`), which sorts it and is not shown, or None.
    """

    iri: str
    href: str | None
    name: Name
    notation: str | None
    local: bool
    order: str | None = None

    @cached_property
    def sdg(self) -> str | None:
        """The number of the SDG that the resource is or belongs to, or None."""
        number = self.iri.removeprefix(SDG).split(".")[0]
        return number if self.iri.startswith(SDG) and number.isdigit() else None

    @cached_property
    def number(self) -> str | None:
        """The notation to write before the name: that of an SDG is in its chip, and some names have theirs.

        Such names begin with it, or with one word and it, such as “Goal 2.1 (title missing)”.
        """
        first = [word.strip(".:") for word in self.name.text.split(maxsplit=2)[:2]]
        return None if not self.notation or self.sdg or self.notation in first else self.notation

    @cached_property
    def key(self) -> ReferenceKey:
        """The sort key: order, then notation (1.2 before 1.10), then label, then IRI."""
        return (place_among_siblings(self.order, self.notation), self.name.text.casefold(), self.iri)


def best(texts: Iterable[ox.Literal], reader: Reader) -> Name | None:
    """Return the best of `texts` for a reader, or None if there is no text."""
    found = preferred(texts, reader.content)
    if found is None:
        return None
    tag = found.language
    return Name(found.value, tag if tag and tag != reader.language else None)


class Reading:
    """Statements, with labels and links for one reader.

    Args:
        triples: the statements.
        reader: the reader.
        names: the labels from the interface.
        described: things that the release describes, whatever the statements say of them.
    """

    def __init__(
        self,
        triples: Iterable[ox.Triple] | Statements,
        reader: Reader,
        names: Mapping[str, str] | None = None,
        described: Container[str] = frozenset(),
    ) -> None:
        self.statements = triples if isinstance(triples, Statements) else Statements(triples)
        self.reader = reader
        self._described = described
        self._names = names or MappingProxyType({})
        self._references: dict[str, Reference] = {}

    def best(self, texts: Iterable[ox.Literal]) -> Name | None:
        """Return the best of `texts` for the reader, or None if there is no text."""
        return best(texts, self.reader)

    def text(self, subject: str, prefixed: str) -> Name | None:
        """Return the best value of a property, which is given by its prefixed name, or None."""
        return self.best(self.statements.literals(subject, expand(prefixed)))

    def texts(self, subject: str, prefixed: str) -> list[Name]:
        """Return all values of a property in the language of the best one."""
        literals = self.statements.literals(subject, expand(prefixed))
        shown = preferred(literals, self.reader.content)
        same = [literal for literal in literals if shown is not None and literal.language == shown.language]
        return [name for literal in same if (name := self.best([literal])) is not None]

    def name(self, iri: str) -> Name:
        """Return the label of `iri`: from the data, else from the interface, else its prefixed name."""
        text, tag = self.statements.name_in(iri, self.reader.content), self.reader.content
        if text is not None:
            return Name(text, tag if tag != self.reader.language else None)
        found = self.best(self.statements.names(iri))
        return found or Name(self._names.get(iri, compact(iri).strip("<>")))

    def others(self, iri: str) -> list[Name]:
        """Return the labels of `iri` in other languages that are not the text of `name`, sorted by tag."""
        names = self.statements.names(iri)
        shown = preferred(names, self.reader.content)
        others = [name for name in sorted(names, key=str) if shown is None or name.value != shown.value]
        return [Name(name.value, name.language, tagged=True) for name in others]

    def reference(self, iri: str) -> Reference:
        """Return the link to `iri`, with its label and notation."""
        known = self._references.get(iri)
        if known is None:
            path = self._path(iri)
            external = iri if iri.startswith(("http://", "https://")) else None
            known = Reference(
                iri=iri,
                href=self.reader.href(path) if path else external,
                name=self.name(iri),
                notation=self.statements.text(iri, _NOTATION),
                local=path is not None,
                order=self.statements.text(iri, _ORDER),
            )
            self._references[iri] = known
        return known

    def _path(self, iri: str) -> str | None:
        """Return the path of the page about `iri`: foreign things have one if they are part of a plan."""
        path = self.reader.addresses.document_path(iri)
        if path is not None and theme_name(iri) is not None and not self.statements.names(iri):
            return None  # the release does not describe it
        if path is None and (iri in self._described or not _OF_PLANS.isdisjoint(self.statements.types(iri))):
            return foreign_path(iri)
        return path

    def key(self, iri: str) -> ReferenceKey:
        """Return the sort key of the link to `iri`, which is not made for it."""
        known = self._references.get(iri)
        if known is not None:
            return known.key
        return (self._place(iri), self.name(iri).text.casefold(), iri)

    def _place(self, iri: str) -> Place:
        return place_among_siblings(self.statements.text(iri, _ORDER), self.statements.text(iri, _NOTATION))

    def references(self, subject: str, prefixed: str) -> list[Reference]:
        """Return links to the values of a property that are IRIs, sorted as by `sorted`."""
        return self.sorted(self.statements.iris(subject, expand(prefixed)))

    def sorted(self, iris: Iterable[str], most: int | None = None) -> list[Reference]:
        """Return links to `iris`, or to the first `most`, sorted by order, notation, label and IRI."""
        if most is None:
            return sorted(map(self.reference, iris), key=reference_key)
        places = {iri: self._place(iri) for iri in iris}
        if len(places) > most:  # labels decide only among those whose place lets them be shown
            last = sorted(places.values())[most - 1]
            places = {iri: place for iri, place in places.items() if place <= last}
        keys = sorted((place, self.name(iri).text.casefold(), iri) for iri, place in places.items())
        return [self.reference(iri) for _, _, iri in keys[:most]]


def reference_key(reference: Reference) -> ReferenceKey:
    """Return the sort key of a reference: order, notation, label, IRI."""
    return reference.key


async def read(
    services: Services, queries: Iterable[Query], reader: Reader, names: Mapping[str, str] | None = None
) -> Reading:
    """Return the statements of queries with the labels of their resources: one call of the engine for each query.

    Args:
        services: the services of the release.
        queries: select a subject, a property and a value; as rows they are written and read faster than as a graph.
        reader: the reader.
        names: the labels from the interface.
    """
    statements = await select_statements(services.engine, *queries)
    await add_labels(services, statements)
    return Reading(statements, reader, names)


async def add_labels(services: Services, statements: Statements) -> None:
    """Add the missing labels of subjects and values, without those of claims and properties.

    They are read from the index of the release; until it has been made, the engine is asked, once.
    """
    wanted = tuple(sorted(statements.unnamed))
    found = await services.search.labels(wanted)
    if found is None:
        statements.add(await construct(services.engine, Query(_LABELS, values={"iri": wanted})))
    else:
        statements.add_texts(found)
