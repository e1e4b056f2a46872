"""Quality measurements of plans, for the page, the RDF and the command.

A query (`queries/quality/*.rq`) returns the findings of a measure for each plan. It is restricted to a few plans by a
VALUES clause, so a page of the report costs the same in a release of any size.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TypeVar, cast

import pyoxigraph as ox

from plangraf.engine.ask import select
from plangraf.engine.interface import Engine, Query
from plangraf.errors import ResourceNotFound
from plangraf.languages import N_
from plangraf.linkeddata.measures import QUERIES, Kind, Measure
from plangraf.linkeddata.sssom import mapping_set
from plangraf.namespaces import expand
from plangraf.once import OnceCache

PAGE = 50
"""The number of plans on a page of the report."""

_FOLDER = files(__package__) / "queries"
_PLANS = (_FOLDER / "plans.rq").read_text(encoding="utf-8")
_FINDINGS = {name: (_FOLDER / "quality" / f"{name}.rq").read_text(encoding="utf-8") for name in QUERIES}
_START = "?plan a plan:Plan ."
"""The first pattern of every query for findings; `about` replaces it with a VALUES clause."""
_ABREAST = 3
_KEPT = 200

T = TypeVar("T")


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


def _count_query(name: str, plans: Sequence[str]) -> str:
    prefixes, pattern = _within(about(_FINDINGS[name], plans))
    return f"{prefixes}SELECT ?plan (COUNT(*) AS ?count)\nWHERE {{ {{ {pattern} }} }}\nGROUP BY ?plan"


def _union_query(names: Iterable[str], plan: str) -> str:
    parts = {name: _within(about(_FINDINGS[name], [plan])) for name in names}
    prefixes = "".join(sorted({line for head, _ in parts.values() for line in head.splitlines(keepends=True)}))
    arms = "\nUNION ".join(f'{{ {{ {pattern} }} BIND ("{name}" AS ?query) }}' for name, (_, pattern) in parts.items())
    return f"{prefixes}SELECT ?query ?thing\nWHERE {{ {arms} }}"


async def list_plans(engine: Engine) -> tuple[str, ...]:
    """Return the IRIs of all plans, sorted."""
    return tuple(solution["plan"].value for solution in await select(engine, Query(_PLANS)))


async def measure(engine: Engine, plans: Sequence[str]) -> tuple[PlanQuality, ...]:
    """Return the measurements of `plans`: one call of the engine for each query, a few at a time."""
    abreast = asyncio.Semaphore(_ABREAST)

    async def ask(text: str) -> list[tuple[str, str]]:
        async with abreast:
            solutions = await select(engine, Query(text))
        # COUNT with GROUP BY over no solutions returns one solution without a plan.
        return [(s["plan"].value, s["count" if "count" in s else "thing"].value) for s in solutions if "plan" in s]

    counting = [ask(_count_query(name, plans)) for name in QUERIES]
    parts, *counted = await asyncio.gather(ask(about(_FINDINGS["parts-missing"], plans)), *counting)
    counts = {name: dict(found) for name, found in zip(QUERIES, counted, strict=True)}
    return tuple(
        PlanQuality(
            plan=plan,
            counts={name: int(counts[name].get(plan, 0)) for name in QUERIES},
            parts=tuple(sorted(value for of, value in parts if of == plan)),
        )
        for plan in plans
    )


async def find(engine: Engine, names: Iterable[str], plan: str) -> dict[str, list[tuple[str, ...]]]:
    """Return the findings of a plan for each of the queries `names`: one call of the engine.

    A finding is a tuple of one or more IRIs. Findings are sorted and unique.
    """
    found: dict[str, set[tuple[str, ...]]] = {name: set() for name in names}
    if found:
        for solution in await select(engine, Query(_union_query(found, plan))):
            found[solution["query"].value].add(tuple(sorted(set(solution["thing"].value.split()))))
    return {name: sorted(things) for name, things in found.items()}


class QualityService:
    """The quality of the plans of one release, measured at the first request and cached."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._known: OnceCache[str, object] = OnceCache(_KEPT)

    async def plans(self) -> tuple[str, ...]:
        """Return the IRIs of all plans, sorted."""
        return await self._once("plans", lambda: list_plans(self.engine))

    async def page(self, number: int) -> tuple[PlanQuality, ...]:
        """Return the measurements of the plans on page `number` of the report, counted from 1.

        Raises:
            ResourceNotFound: there is no such page.
        """
        plans = (await self.plans())[(number - 1) * PAGE : number * PAGE]
        if number < 1 or (number > 1 and not plans):
            raise ResourceNotFound(N_("There is no page {number} here."), number=number)
        return await self._once(f"page {number}", lambda: measure(self.engine, plans))

    async def plan(self, iri: str) -> PlanQuality:
        """Return the measurements of one plan.

        Raises:
            ResourceNotFound: there is no such plan.
        """
        if iri not in await self.plans():
            raise ResourceNotFound(N_("There is no plan {iri}."), iri=iri, members={"iri": iri})
        (quality,) = await self._once(iri, lambda: measure(self.engine, [iri]))
        return quality

    async def mappings(self, release: str) -> bytes:
        """Return the claims of the release as a mapping set in SSSOM/TSV, with `release` as its version."""
        return await self._once("mappings", lambda: mapping_set(self.engine, release))

    async def close(self) -> None:
        """Cancel unfinished measurements."""
        await self._known.close()

    async def _once(self, key: str, make: Callable[[], Awaitable[T]]) -> T:
        return cast("T", await self._known.once(key, make))
