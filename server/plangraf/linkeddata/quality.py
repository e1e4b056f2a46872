"""Quality measurements of plans, for the page, the RDF and the command.

A query (`queries/quality/*.rq`) returns the findings of a measure for each plan. All plans are measured once, when a
release is built. To list the findings of one plan, the query is restricted to it by a VALUES clause.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import pyoxigraph as ox

from plangraf.engine.ask import select
from plangraf.engine.interface import Engine, Query
from plangraf.linkeddata.measures import QUERIES, Kind, Measure
from plangraf.linkeddata.release_store import ReleaseStore
from plangraf.namespaces import expand

PAGE = 50
"""The number of plans on a page of the report."""

_FOLDER = files(__package__) / "queries"
_PLANS = (_FOLDER / "plans.rq").read_text(encoding="utf-8")
_FINDINGS = {name: (_FOLDER / "quality" / f"{name}.rq").read_text(encoding="utf-8") for name in QUERIES}
_START = "?plan a plan:Plan ."
"""The first pattern of every query for findings; `about` replaces it with a VALUES clause."""


@dataclass(frozen=True)
class PlanQuality:
    """The measurements of one plan.

    Attributes:
        plan: the IRI of the plan.
        counts: the number of findings by query.
        parts: the values of `plan:transcription` of the plan itself, sorted.
    """

    plan: str
    counts: Mapping[str, int]
    parts: tuple[str, ...]

    def value(self, measure: Measure) -> int | float | bool | None:
        """Return the value of a measure, or None for a share whose total is 0."""
        if measure.kind == Kind.FLAG:
            return expand(f"plan:{measure.missing}") in self.parts
        if measure.kind == Kind.COUNT:
            return self.counts[measure.query]
        total = self.total(measure)
        return 1 - self.counts[measure.query] / total if total else None

    def total(self, measure: Measure) -> int | None:
        """Return the total of which a measure is a share, or None if it has no total."""
        return None if measure.of is None else self.counts[measure.of]


def about(text: str, plans: Sequence[str]) -> str:
    """Return a query for all plans, restricted to `plans`."""
    named = " ".join(str(ox.NamedNode(plan)) for plan in plans)
    return text.replace(_START, f"VALUES ?plan {{ {named} }}")


def findings_query(name: str, plan: str) -> str:
    """Return the SPARQL query for the findings `name` of a plan, with the variables `?plan` and `?thing`."""
    return about(_FINDINGS[name], [plan])


def _within(text: str) -> tuple[str, str]:
    """Split a query into its prologue and its body, so that another query can include the body."""
    lines = text.splitlines(keepends=True)
    prefixes = [line for line in lines if line.startswith("PREFIX")]
    return "".join(prefixes), "".join(line for line in lines if not line.startswith(("PREFIX", "#")))


def _count_query(text: str) -> str:
    prefixes, pattern = _within(text)
    return f"{prefixes}SELECT ?plan (COUNT(*) AS ?count)\nWHERE {{ {{ {pattern} }} }}\nGROUP BY ?plan"


def _union_query(names: Iterable[str], plan: str) -> str:
    parts = {name: _within(about(_FINDINGS[name], [plan])) for name in names}
    prefixes = "".join(sorted({line for head, _ in parts.values() for line in head.splitlines(keepends=True)}))
    arms = "\nUNION ".join(f'{{ {{ {pattern} }} BIND ("{name}" AS ?query) }}' for name, (_, pattern) in parts.items())
    return f"{prefixes}SELECT ?query ?thing\nWHERE {{ {arms} }}"


def measure(store: ReleaseStore, plans: Sequence[str] | None = None) -> Iterator[PlanQuality]:
    """Yield the measurements of plans, sorted by IRI.

    Args:
        store: the release.
        plans: the plans to measure; by default all.
    """

    def ask(text: str) -> list[tuple[str, str]]:
        # COUNT with GROUP BY over no solutions returns one solution without a plan.
        found = store.select(text)
        return [(s["plan"].value, s["count" if "count" in s else "thing"].value) for s in found if "plan" in s]

    def query(name: str) -> str:
        return _FINDINGS[name] if plans is None else about(_FINDINGS[name], plans)

    every = [s["plan"].value for s in store.select(_PLANS)] if plans is None else sorted(plans)
    counts = {name: dict(ask(_count_query(query(name)))) for name in QUERIES}
    parts: dict[str, list[str]] = {}
    for plan, part in ask(query("parts-missing")):
        parts.setdefault(plan, []).append(part)
    for plan in every:
        found = {name: int(counts[name].get(plan, 0)) for name in QUERIES}
        yield PlanQuality(plan=plan, counts=found, parts=tuple(sorted(parts.get(plan, ()))))


async def find(engine: Engine, names: Iterable[str], plan: str) -> dict[str, list[tuple[str, ...]]]:
    """Return the findings of a plan for each of the queries `names`: one call of the engine.

    A finding is a tuple of one or more IRIs. Findings are sorted and unique.
    """
    found: dict[str, set[tuple[str, ...]]] = {name: set() for name in names}
    if found:
        for solution in await select(engine, Query(_union_query(found, plan))):
            found[solution["query"].value].add(tuple(sorted(set(solution["thing"].value.split()))))
    return {name: sorted(things) for name, things in found.items()}
