"""Measure the quality of plans: one computation for the page, the RDF and the command.

A query finds the things that a measure counts, plan by plan (`queries/quality/*.rq`). It is asked of a few plans at a
time, which are named where its pattern begins, so that a page of the report costs the same in a release of any size.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import pyoxigraph as ox

from plangraf.engine.ask import select
from plangraf.engine.interface import Engine, Query
from plangraf.errors import ResourceNotFound
from plangraf.languages import N_
from plangraf.linkeddata.measures import QUERIES, Kind, Measure
from plangraf.linkeddata.sssom import mapping_set
from plangraf.namespaces import expand
from plangraf.once import Once

PAGE = 50
"""Plans on a page of the report."""

_FOLDER = files(__package__) / "queries"
_PLANS = (_FOLDER / "plans.rq").read_text(encoding="utf-8")
_FINDINGS = {name: (_FOLDER / "quality" / f"{name}.rq").read_text(encoding="utf-8") for name in QUERIES}
_START = "?plan a plan:Plan ."
"""What every query of findings begins with; the plans that are asked about are named in its place."""
_ABREAST = 3
_KEPT = 200


@dataclass(frozen=True)
class PlanQuality:
    """What was found of one plan.

    Attributes:
        plan: its IRI.
        counts: how many findings each query has.
        parts: the values of plan:transcription that the plan as a whole has, sorted.
    """

    plan: str
    counts: Mapping[str, int]
    parts: tuple[str, ...]

    def value(self, measure: Measure) -> int | float | bool | None:
        """Return the value of a measure; None when there is nothing that it could be a share of."""
        if measure.kind == Kind.FLAG:
            return expand(f"plan:{measure.missing}") in self.parts
        if measure.kind == Kind.COUNT:
            return self.counts[measure.query]
        total = self.total(measure)
        return 1 - self.counts[measure.query] / total if total else None

    def total(self, measure: Measure) -> int | None:
        """Return how many there are of what a measure counts."""
        return None if measure.of is None else self.counts[measure.of]


def about(text: str, plans: Sequence[str]) -> str:
    """Return a query that begins with all plans as one that begins with some of them."""
    named = " ".join(str(ox.NamedNode(plan)) for plan in plans)
    return text.replace(_START, f"VALUES ?plan {{ {named} }}")


def findings_query(name: str, plan: str) -> str:
    """Return the SPARQL query for the findings `name` of a plan, for people to ask: `?plan`, and `?thing` found."""
    return about(_FINDINGS[name], [plan])


def _within(text: str) -> tuple[str, str]:
    """Split a query into its prefixes and the rest, which can stand within another query."""
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
    """Measure some plans: one call of the engine for each query, a few at a time."""
    abreast = asyncio.Semaphore(_ABREAST)

    async def ask(text: str) -> list[tuple[str, str]]:
        async with abreast:
            solutions = await select(engine, Query(text))
        # COUNT with GROUP BY over nothing gives one solution that binds no plan.
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
    """Return what each of the queries `names` finds in a plan: one call of the engine.

    A finding is an IRI, or several where things are one finding together. They are sorted, and each comes once.
    """
    found: dict[str, set[tuple[str, ...]]] = {name: set() for name in names}
    if found:
        for solution in await select(engine, Query(_union_query(found, plan))):
            found[solution["query"].value].add(tuple(sorted(set(solution["thing"].value.split()))))
    return {name: sorted(things) for name, things in found.items()}


class Measured:
    """What has been measured of one release. It is measured when it is first asked for, once, and kept."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._once = Once(_KEPT)

    async def plans(self) -> tuple[str, ...]:
        """Return the IRIs of all plans, sorted."""
        return await self._once.get("plans", lambda: list_plans(self.engine))

    async def page(self, number: int) -> tuple[PlanQuality, ...]:
        """Return the plans on a page of the report, which are counted from 1.

        Raises:
            ResourceNotFound: there is no such page.
        """
        plans = (await self.plans())[(number - 1) * PAGE : number * PAGE]
        if number < 1 or (number > 1 and not plans):
            raise ResourceNotFound(N_("There is no page {number} here."), number=number)
        return await self._once.get(f"page {number}", lambda: measure(self.engine, plans))

    async def plan(self, iri: str) -> PlanQuality:
        """Return one plan.

        Raises:
            ResourceNotFound: there is no such plan.
        """
        if iri not in await self.plans():
            raise ResourceNotFound(N_("There is no plan {iri}."), iri=iri, members={"iri": iri})
        (quality,) = await self._once.get(iri, lambda: measure(self.engine, [iri]))
        return quality

    async def mappings(self, release: str) -> bytes:
        """Return the claims of the release as a mapping set, which names the release."""
        return await self._once.get("mappings", lambda: mapping_set(self.engine, release))
