"""The validation report (SHACL, section 3.6), with locations in files, labels and advice added to the results."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import SH, Graph, URIRef
from rdflib.term import Node

from plangraf.namespaces import NOTHING_KNOWN
from plangraf.validation.coverage import ValidationCoverage
from plangraf.validation.result import Location, Result, Severity
from plangraf.validation.shapes import Shapes

MOST_RESULTS = 2000
"""The maximum number of results in a report for programs and pages; the counts include all results."""
PLACES = 3
"""The number of results of a shape that a report shows first; the rest is counted, or listed on demand."""


@dataclass(frozen=True)
class ResultGroup:
    """The results of one shape: a fault that is found a thousand times is one fault.

    Attributes:
        severity: their severity.
        shape: their source shape.
        count: the number of all of them.
        results: those that are in the report, in its order.
    """

    severity: Severity
    shape: Node
    count: int
    results: tuple[Result, ...]


@dataclass(frozen=True)
class Report:
    """The results of a validation, and the shapes graph.

    Attributes:
        results: the results, the most severe first.
        shapes: the shapes graph.
        coverage: what the data hold, and the shapes that apply to it, if it was looked at.
        left_out: the number of results of each severity and shape that are counted but not in `results`.
    """

    results: tuple[Result, ...]
    shapes: Graph
    coverage: ValidationCoverage | None = None
    left_out: Mapping[tuple[Severity, Node], int] = field(default_factory=dict)

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings and infos do not affect conformance."""
        return not self.counts[Severity.VIOLATION]

    @property
    def nothing_known(self) -> bool:
        """Whether no shape applies to the data, so that nothing was checked."""
        return any(str(result.shape) == NOTHING_KNOWN for result in self.results)

    @property
    def counts(self) -> Counter[Severity]:
        """The number of results of each severity."""
        counts = Counter(result.severity for result in self.results)
        for (severity, _), number in self.left_out.items():
            counts[severity] += number
        return counts

    @property
    def groups(self) -> tuple[ResultGroup, ...]:
        """The results by shape, in the order of the first result of each."""
        found: dict[tuple[Severity, Node], list[Result]] = {}
        for result in self.results:
            found.setdefault((result.severity, result.shape), []).append(result)
        return tuple(
            ResultGroup(*key, len(results) + self.left_out.get(key, 0), tuple(results))
            for key, results in found.items()
        )

    def first(self, number: int) -> "Report":
        """Return the report with only `number` results, the most severe first; the counts include all results.

        The first few of each shape go before the rest, so that no fault hides another.
        """
        seen: Counter[tuple[Severity, Node]] = Counter()
        order = []
        for index, result in enumerate(self.results):
            key = (result.severity, result.shape)
            order.append((seen[key] >= PLACES, index))
            seen[key] += 1
        chosen = {index for _, index in sorted(order)[:number]}
        rest = Counter(
            (result.severity, result.shape) for index, result in enumerate(self.results) if index not in chosen
        )
        kept = tuple(result for index, result in enumerate(self.results) if index in chosen)
        return Report(kept, self.shapes, self.coverage, Counter(self.left_out) + rest)


def to_report(results: Iterable[Result], shapes: Shapes, coverage: ValidationCoverage) -> Report:
    """Return a report of `results`, sorted, the most severe first; if nothing was checked, a result says so.

    Args:
        results: the results.
        shapes: the shapes.
        coverage: what the data hold.
    """
    found = sorted(results, key=lambda result: result.sort_key)
    if not found and not coverage.shapes and coverage.first is not None:
        found = list(_nothing_known(shapes, coverage.first, coverage.path))
    return Report(tuple(found), shapes.graph, coverage)


def _nothing_known(shapes: Shapes, focus: Node, path: Path | None) -> Iterator[Result]:
    """Yield the result about data to which no shape applies, unless the shapes do not define it."""
    shape = URIRef(NOTHING_KNOWN)
    messages = shapes.messages(shape)
    if messages:
        severity = str(shapes.graph.value(shape, SH.severity))
        yield Result(
            severity=Severity.of(severity),
            declared=severity,
            focus=focus,
            label={},
            path=None,
            value=None,
            shape=shape,
            component=shape,
            messages=messages,
            location=Location(path, None) if path is not None else None,
        )


def merge_results(parts: Iterable[Iterable[Result]]) -> list[Result]:
    """Return the results of several parts, each of which was validated in its own context.

    A result in two parts is returned once; a result that occurs twice in one part, such as for two values without a
    language, is returned twice.
    """
    found: dict[tuple[object, ...], list[Result]] = {}
    for part in parts:
        own: dict[tuple[object, ...], list[Result]] = {}
        for result in part:
            own.setdefault(result.identity, []).append(result)
        for key, results in own.items():
            if len(results) > len(found.get(key, ())):
                found[key] = results
    return [result for results in found.values() for result in results]
