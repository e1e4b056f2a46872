"""The validation report (SHACL, section 3.6), with locations in files, labels and advice added to the results."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from rdflib import SH, Graph
from rdflib.term import Node


class Severity(StrEnum):
    """The severity of a result, as in SHACL."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"

    @property
    def iri(self) -> str:
        """The IRI of the severity."""
        return str(SH[self.value])

    @classmethod
    def of(cls, iri: str) -> "Severity":
        """Return the severity with this IRI; an IRI that SHACL does not define counts as a violation."""
        return next((severity for severity in cls if severity.iri == iri), cls.VIOLATION)


@dataclass(frozen=True, order=True)
class Location:
    """A position in a file; the line is None in formats without line numbers."""

    path: Path
    line: int | None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line is not None else str(self.path)


@dataclass(frozen=True)
class Result:
    """A validation result.

    Attributes:
        severity: the severity.
        declared: the IRI of the severity that the shape declares, which may be a custom one.
        focus: the focus node.
        label: the labels of the focus node, by language tag.
        path: the property, for a property shape.
        value: the value node, if there is one.
        shape: the source shape or rule.
        component: the constraint component (SHACL, section 4).
        messages: the error and the correction, by language tag.
        location: the position of the statement, if it is known.
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
        """Return a sort key: the most severe first, then by location, then by focus node."""
        order = list(Severity).index(self.severity)
        place = (str(self.location.path), self.location.line or 0) if self.location else ("", 0)
        return (order, *place, str(self.focus), str(self.shape), str(self.value))


@dataclass(frozen=True)
class Report:
    """The results of a validation, and the shapes graph.

    Attributes:
        results: the results, the most severe first.
        shapes: the shapes graph.
        left_out: the number of results of each severity that are counted but not in `results`.
    """

    results: tuple[Result, ...]
    shapes: Graph
    left_out: Mapping[Severity, int] = field(default_factory=dict)

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings and infos do not affect conformance."""
        return not self.counts[Severity.VIOLATION]

    @property
    def counts(self) -> Counter[Severity]:
        """The number of results of each severity."""
        return Counter(result.severity for result in self.results) + Counter(self.left_out)

    def first(self, number: int) -> "Report":
        """Return the report with only its first `number` results; the counts include all results."""
        rest = Counter(result.severity for result in self.results[number:])
        return Report(self.results[:number], self.shapes, Counter(self.left_out) + rest)


def to_report(results: Iterable[Result], shapes: Graph) -> Report:
    """Return a report of `results`, sorted, the most severe first."""
    return Report(tuple(sorted(results, key=lambda result: result.sort_key)), shapes)


def merge_results(parts: Iterable[Iterable[Result]]) -> list[Result]:
    """Return the results of several parts, each of which was validated in its own context.

    A result in two parts is returned once; a result that occurs twice in one part, such as for two values without a
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
