"""The validation report (SHACL, section 3.6) with what people need beside it: place, label, what to write."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from rdflib import SH, Graph
from rdflib.term import Node


class Severity(StrEnum):
    """How grave a result is; the names are SHACL's."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"

    @property
    def iri(self) -> str:
        """The IRI of the severity."""
        return str(SH[self.value])

    @classmethod
    def of(cls, iri: str) -> "Severity":
        """Return the severity with this IRI; one that SHACL does not know counts as a violation."""
        return next((severity for severity in cls if severity.iri == iri), cls.VIOLATION)


@dataclass(frozen=True, order=True)
class Location:
    """A place in a file; the line is None where the format has no lines that mean anything."""

    path: Path
    line: int | None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line is not None else str(self.path)


@dataclass(frozen=True)
class Result:
    """One thing that is wrong, or worth knowing.

    Attributes:
        severity: how grave it is.
        declared: the IRI of the severity that the shape declares, which may be one of its own.
        focus: the node that was checked.
        label: what people call that node, by language tag.
        path: the property, where the shape is about one.
        value: the value that is wrong, where there is one.
        shape: the shape or rule that found it.
        component: the constraint component (SHACL, section 4).
        messages: what is wrong and what to write instead, by language tag.
        location: where it stands, when it is known.
    """

    severity: Severity
    declared: str
    focus: Node
    label: dict[str, str] = field(hash=False)
    path: Node | None
    value: Node | None
    shape: Node
    component: Node
    messages: dict[str, str] = field(hash=False)
    location: Location | None

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Gravest first, then by place, then by node."""
        order = list(Severity).index(self.severity)
        place = (str(self.location.path), self.location.line or 0) if self.location else ("", 0)
        return (order, *place, str(self.focus), str(self.shape), str(self.value))


@dataclass(frozen=True)
class Report:
    """All results of a validation, and the shapes that made them.

    Attributes:
        results: the gravest first.
        shapes: the shapes graph.
        left_out: how many results of each severity are counted but not among `results`.
    """

    results: tuple[Result, ...]
    shapes: Graph
    left_out: Mapping[Severity, int] = field(default_factory=dict)

    @property
    def conforms(self) -> bool:
        """Whether there is no violation. Warnings and infos are worth reading and stop nothing."""
        return not self.counts[Severity.VIOLATION]

    @property
    def counts(self) -> Counter[Severity]:
        """The number of results of each severity."""
        return Counter(result.severity for result in self.results) + Counter(self.left_out)

    def first(self, number: int) -> "Report":
        """Return the report with its first `number` results alone, and all counted."""
        rest = Counter(result.severity for result in self.results[number:])
        return Report(self.results[:number], self.shapes, Counter(self.left_out) + rest)


def to_report(results: Iterable[Result], shapes: Graph) -> Report:
    """Return a report of `results`, in the order in which people read them."""
    return Report(tuple(sorted(results, key=lambda result: result.sort_key)), shapes)


def merge_results(parts: Iterable[Iterable[Result]]) -> list[Result]:
    """Return the results of parts that were validated each in its own context.

    A result that two parts have is returned once; a result that one part has twice, such as for two values without a
    language, is returned twice.
    """
    found: dict[tuple[object, ...], list[Result]] = {}
    for part in parts:
        own: dict[tuple[object, ...], list[Result]] = {}
        for result in part:
            own.setdefault((result.focus, result.path, result.value, result.shape, result.component), []).append(
                result
            )
        for key, results in own.items():
            if len(results) > len(found.get(key, ())):
                found[key] = results
    return [result for results in found.values() for result in results]
