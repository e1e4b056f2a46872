"""How a release uses the terms of the ontology, with an example of each as Turtle."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from plangraf import shipped
from plangraf.engine.ask import construct, load_query, select
from plangraf.engine.interface import Engine, Query
from plangraf.namespaces import PLAN, PREFIXES, expand

_USAGE = load_query(__package__, "usage")
_EXAMPLES = load_query(__package__, "examples")
_TYPE = expand("rdf:type")
_VALUES = 3
"""How many values of each property an example shows."""


@dataclass(frozen=True)
class Use:
    """How a term is used.

    Attributes:
        term: the IRI of a class, a property or a controlled value.
        property: the property that leads to the term, if it is a controlled value.
        subject_class: a class of those that have the term, if the shapes ask it of whatever has that property.
        number: how many times.
        user: the IRI of one of those that use it.
    """

    term: str
    property: str | None
    subject_class: str | None
    number: int
    user: str


@dataclass(frozen=True)
class TermExample:
    """A resource that uses a term, as a Turtle document that stands alone.

    Attributes:
        iri: the resource.
        turtle: some of what is said of it; of a property with many values, the first three.
        published: whether the release has it; else it is of the example plan that comes with the ontology.
    """

    iri: str
    turtle: str
    published: bool


class TermExamples:
    """Triples to take examples from."""

    def __init__(self, triples: Iterable[ox.Triple], *, published: bool) -> None:
        self._published = published
        self._said: dict[str, list[ox.Triple]] = {}
        self._using: dict[str, set[str]] = {}
        for triple in sorted(set(triples), key=str):
            if isinstance(triple.subject, ox.NamedNode):
                self._said.setdefault(triple.subject.value, []).append(triple)
                self._using.setdefault(triple.predicate.value, set()).add(triple.subject.value)
                if isinstance(triple.object, ox.NamedNode):
                    self._using.setdefault(triple.object.value, set()).add(triple.subject.value)

    def of_class(self, iri: str) -> TermExample | None:
        """Return the instance of a class that shows the most properties."""
        instances = [s for s in self._using.get(iri, ()) if any(_is_type(t, iri) for t in self._said[s])]
        if not instances:
            return None
        subject = min(instances, key=lambda s: (-len({t.predicate for t in self._said[s]}), s))
        return self._example(subject, self._said[subject])

    def of_term(self, iri: str) -> TermExample | None:
        """Return the first resource that has a property or leads to a value, with no more than its type and that."""
        subjects = self._using.get(iri)
        if not subjects:
            return None
        subject = min(subjects)
        ours = [t for t in self._said[subject] if t.predicate.value == _TYPE]
        ours = [t for t in ours if str(t.object).startswith(f"<{PLAN}")] or ours
        using = [t for t in self._said[subject] if iri in (t.predicate.value, getattr(t.object, "value", None))]
        return self._example(subject, [*ours, *(t for t in using if t not in ours)])

    def _example(self, subject: str, triples: list[ox.Triple]) -> TermExample:
        return TermExample(subject, _turtle(triples), self._published)


@dataclass(frozen=True)
class Usage:
    """How the terms are used in a release.

    Attributes:
        uses: one for each term with its property or class.
        triples: what is said of a user of each term, and of what else was asked for.
        examples: the same, to choose from.
    """

    uses: tuple[Use, ...]
    triples: tuple[ox.Triple, ...]
    examples: TermExamples

    def classes(self, term: str) -> list[str]:
        """Return the classes of those that have a property."""
        return [use.subject_class for use in self.uses if use.term == term and use.subject_class]

    def properties(self, value: str) -> list[str]:
        """Return the properties that lead to a controlled value."""
        return [use.property for use in self.uses if use.term == value and use.property]

    def number(self, value: str) -> int:
        """Return how many times properties lead to a controlled value."""
        return sum(use.number for use in self.uses if use.term == value and use.property)

    def example(self, term: str, *, is_class: bool) -> TermExample | None:
        """Return an example from the release, or from the example plan when the release has none."""
        for examples in (self.examples, example_plan()):
            found = examples.of_class(term) if is_class else examples.of_term(term)
            if found is not None:
                return found
        return None


async def read_usage(engine: Engine, others: Iterable[str]) -> Usage:
    """Ask how the terms are used, and what is said of the examples and of `others`: two calls of the engine."""
    rows = await select(engine, Query(_USAGE))
    uses = tuple(
        Use(
            term=row["term"].value,
            property=row["property"].value if "property" in row else None,
            subject_class=row["class"].value if "class" in row else None,
            number=int(row["uses"].value),
            user=row["user"].value,
        )
        for row in rows
    )
    users = tuple(sorted({*(use.user for use in uses), *others}))
    triples = await construct(engine, Query(_EXAMPLES, values={"example": users}))
    return Usage(uses, tuple(triples), TermExamples(triples, published=True))


@cache
def example_plan() -> TermExamples:
    """Return the example plan that comes with the ontology: an invented municipality that uses every term."""
    quads = ox.parse(path=shipped.EXAMPLE, format=ox.RdfFormat.TURTLE)
    return TermExamples((quad.triple for quad in quads), published=False)


def _is_type(triple: ox.Triple, iri: str) -> bool:
    return triple.predicate.value == _TYPE and triple.object == ox.NamedNode(iri)


def _order(triple: ox.Triple) -> tuple[bool, bool, str]:
    """Return what the statements of an example are sorted by: types first, and among them ours."""
    is_type = triple.predicate.value == _TYPE
    return (not is_type, not (is_type and str(triple.object).startswith(f"<{PLAN}")), str(triple))


def _turtle(triples: list[ox.Triple]) -> str:
    """Return triples of one subject as Turtle with the prefixes that it uses, the types first."""
    kept: dict[str, list[ox.Triple]] = {}
    for triple in sorted(triples, key=_order):
        values = kept.setdefault(triple.predicate.value, [])
        if len(values) < _VALUES:
            values.append(triple)
    shown = [triple for values in kept.values() for triple in values]
    # Oxigraph writes every prefix that it is given, each on a line of its own.
    text = ox.serialize(shown, format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES))
    assert text is not None  # noqa: S101  # it is None only when a file is written
    lines = text.decode().expandtabs(2).splitlines()
    head, body = lines[: len(PREFIXES)], "\n".join(lines[len(PREFIXES) :])
    return "\n".join([*sorted(line for line in head if re.search(rf"(?<!\w){line.split()[1]}", body)), "", body])
