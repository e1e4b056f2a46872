"""The use of the ontology's terms in a release, with an example of each as Turtle."""

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
"""The maximum number of values of each property in an example."""


@dataclass(frozen=True)
class Use:
    """The use of a term.

    Attributes:
        term: the IRI of a class, a property or a controlled value.
        property: the property that has the term as a value, if it is a controlled value.
        subject_class: a class of the subjects, if the shapes for the property have no target class.
        number: the number of uses.
        user: the IRI of one resource that uses the term.
    """

    term: str
    property: str | None
    subject_class: str | None
    number: int
    user: str


@dataclass(frozen=True)
class TermExample:
    """A resource that uses a term, as a self-contained Turtle document.

    Attributes:
        iri: the IRI of the resource.
        turtle: some of its statements, with at most three values for each property.
        published: whether it is in the release; otherwise it is in the example plan of the ontology.
    """

    iri: str
    turtle: str
    published: bool


class TermExamples:
    """Selects examples of the use of terms from triples of the release or of the example plan."""

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
        """Return the instance of a class with the most properties."""
        instances = [s for s in self._using.get(iri, ()) if any(_is_type(t, iri) for t in self._said[s])]
        if not instances:
            return None
        subject = min(instances, key=lambda s: (-len({t.predicate for t in self._said[s]}), s))
        return self._example(subject, self._said[subject])

    def of_term(self, iri: str) -> TermExample | None:
        """Return the first resource that has a property or a value, with only its types and that statement."""
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
    """The use of the terms in a release.

    Attributes:
        uses: the uses of each term, by property or class.
        triples: the statements about one user of each term, and about other requested resources.
        examples: the same triples, for examples.
    """

    uses: tuple[Use, ...]
    triples: tuple[ox.Triple, ...]
    examples: TermExamples

    def classes(self, term: str) -> list[str]:
        """Return the classes of the subjects of a property."""
        return [use.subject_class for use in self.uses if use.term == term and use.subject_class]

    def properties(self, value: str) -> list[str]:
        """Return the properties that have a controlled value."""
        return [use.property for use in self.uses if use.term == value and use.property]

    def number(self, value: str) -> int:
        """Return the number of uses of a controlled value."""
        return sum(use.number for use in self.uses if use.term == value and use.property)

    def example(self, term: str, *, is_class: bool) -> TermExample | None:
        """Return an example from the release, with the example plan as fallback."""
        for examples in (self.examples, example_plan()):
            found = examples.of_class(term) if is_class else examples.of_term(term)
            if found is not None:
                return found
        return None


NO_USAGE = Usage((), (), TermExamples((), published=True))  # it is not changed


async def read_usage(engine: Engine, others: Iterable[str]) -> Usage:
    """Return the use of the terms, with statements about examples and `others`: two calls of the engine."""
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
    """Return the example plan of the ontology, a fictional plan that uses every term."""
    quads = ox.parse(path=shipped.EXAMPLE, format=ox.RdfFormat.TURTLE)
    return TermExamples((quad.triple for quad in quads), published=False)


def _is_type(triple: ox.Triple, iri: str) -> bool:
    return triple.predicate.value == _TYPE and triple.object == ox.NamedNode(iri)


def _order(triple: ox.Triple) -> tuple[bool, bool, str]:
    """Return the sort key of the statements of an example: types first, those of our ontology before others."""
    is_type = triple.predicate.value == _TYPE
    return (not is_type, not (is_type and str(triple.object).startswith(f"<{PLAN}")), str(triple))


def _turtle(triples: list[ox.Triple]) -> str:
    """Return triples of one subject as Turtle with only the prefixes that it uses, the types first."""
    kept: dict[str, list[ox.Triple]] = {}
    for triple in sorted(triples, key=_order):
        values = kept.setdefault(triple.predicate.value, [])
        if len(values) < _VALUES:
            values.append(triple)
    shown = [triple for values in kept.values() for triple in values]
    # Oxigraph declares every given prefix, each on its own line; unused ones are removed.
    text = ox.serialize(shown, format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES))
    assert text is not None  # noqa: S101  # it is None only when a file is written
    lines = text.decode().expandtabs(2).splitlines()
    head, body = lines[: len(PREFIXES)], "\n".join(lines[len(PREFIXES) :])
    return "\n".join([*sorted(line for line in head if re.search(rf"(?<!\w){line.split()[1]}", body)), "", body])
