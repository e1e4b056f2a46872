"""The statements that an index is made of: the texts of all resources, and the facts of things.

They are read from the default graph of a file of quads, line by line. Only lines with one of a few properties are
parsed, because parsing all of them would take three times as long.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

import pyoxigraph as ox

from plangraf.namespaces import expand
from plangraf.search.things import CLAIM, CLAIM_FACTS, DEPRECATED, FACTS, ThingCollector

TEXT_PROPERTIES = tuple(
    map(
        expand,
        (
            *("skos:prefLabel", "rdfs:label", "dct:title", "skos:notation", "skos:altLabel"),
            *("skos:definition", "dct:description", "plan:vision", "dct:identifier", "plan:order"),
        ),
    )
)
"""The properties whose values are indexed as texts; the index refers to them by their position here."""

_LINES = 10_000
_NUMBERS = {iri: number for number, iri in enumerate(TEXT_PROPERTIES)}
_WANTED = frozenset(f"<{iri}>".encode() for iri in (*TEXT_PROPERTIES, *FACTS, DEPRECATED))

Text = tuple[int, ox.Literal]
"""The number of a property in `TEXT_PROPERTIES`, and a value."""


@dataclass
class IndexSource:
    """The indexed content of a release, or of a part of one.

    Attributes:
        things: collects the things that can be found.
        texts: the texts of each resource, by IRI; those of one resource are in the order of the file.
    """

    things: ThingCollector = field(default_factory=ThingCollector)
    texts: dict[str, list[Text]] = field(default_factory=dict)

    def read(self, lines: Iterable[bytes]) -> None:
        """Add the statements of the default graph among lines of canonical N-Quads."""
        wanted = filter(_is_wanted, lines)
        while some := b"".join(islice(wanted, _LINES)):
            self._add(ox.parse(some, format=ox.RdfFormat.N_QUADS))

    def _add(self, quads: Iterator[ox.Quad]) -> None:
        texts, things = self.texts, self.things
        for quad in quads:
            subject, value = quad.subject, quad.object
            if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
                continue
            relation = quad.predicate.value
            if isinstance(value, ox.Literal):
                number = _NUMBERS.get(relation)
                if not isinstance(subject, ox.NamedNode):
                    continue
                if number is not None:
                    texts.setdefault(subject.value, []).append((number, value))
                elif relation == DEPRECATED and value.value in ("true", "1"):
                    things.add(subject.value, relation, value.value)
            elif isinstance(value, ox.NamedNode):
                if relation in CLAIM_FACTS or value.value == CLAIM:
                    things.add_claim(str(subject), relation, value.value)
                elif isinstance(subject, ox.NamedNode):
                    things.add(subject.value, relation, value.value)


def _is_wanted(line: bytes) -> bool:
    """Return whether a line is in the default graph and has an indexed property.

    After the last quotation mark of a literal, or after subject and property, a line with a graph has two spaces and
    one without has one, because IRIs, blank nodes, language tags and datatypes contain no spaces.
    """
    _, relation, rest = line.split(b" ", 2)
    return relation in _WANTED and rest[rest.rfind(b'"') + 1 :].count(b" ") == 1
