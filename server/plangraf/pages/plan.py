"""The page of a plan: vision, goals as a tree, links to the SDGs, challenges, actors, what is missing."""

from dataclasses import dataclass

from plangraf.engine.interface import Engine, Query
from plangraf.namespaces import PREFIXES, expand
from plangraf.pages.claims import read_claims
from plangraf.pages.downloads import download
from plangraf.pages.names import term_names
from plangraf.pages.page import Page
from plangraf.pages.plan_chart import plan_chart
from plangraf.pages.quality import quality_path
from plangraf.pages.reading import Name, Reader, Reading, Reference, page_query, read

_QUERY = page_query("plan")


@dataclass(frozen=True)
class Branch:
    """A goal with the goals below it."""

    goal: Reference
    level: Name | None
    missing: bool
    children: tuple["Branch", ...]


async def plan_page(engine: Engine, iri: str, reader: Reader) -> Page:
    """Return the page of the plan `iri`."""
    reading = await read(engine, Query(_QUERY, bindings={"subject": iri}), reader, term_names(reader.language))
    statements = reading.statements
    adoption = statements.iri(iri, expand("prov:wasGeneratedBy"))
    period = statements.iri(iri, expand("dct:temporal"))
    indicators = [
        (reading.reference(indicator), reading.references(indicator, "plan:direction"))
        for indicator in _of(reading, iri, "Indicator")
    ]
    claims = read_claims(reading)
    context = {
        "name": reading.name(iri),
        "full_title": reading.text(iri, "dct:title"),
        "description": reading.text(iri, "dct:description"),
        "vision": reading.text(iri, "plan:vision"),
        "publishers": reading.references(iri, "dct:publisher"),
        "status": reading.references(iri, "adms:status"),
        "adopted": statements.text(adoption, expand("dct:date")) if adoption else None,
        "adopted_by": reading.references(adoption, "prov:wasAssociatedWith") if adoption else [],
        "period": reading.reference(period) if period else None,
        "missing": reading.references(iri, "plan:transcription"),
        "goals": _tree(reading, iri),
        "claims": claims,
        "chart": plan_chart(reading, iri, claims),
        "challenges": reading.sorted(_of(reading, iri, "Challenge")),
        "actors": reading.sorted(_of(reading, iri, "ActorGroup")),
        "indicators": sorted(indicators, key=lambda pair: pair[0].iri),
        "strategies": reading.sorted(_of(reading, iri, "Strategy")),
        "contributions": reading.sorted(_of(reading, iri, "Contribution")),
        "quality": quality_path(iri),
        "sources": reading.references(iri, "dct:source"),
        "see_also": reading.references(iri, "rdfs:seeAlso"),
        "graphs": [
            (reading.reference(graph), reading.references(graph, "plan:graphRole"))
            for graph in statements.iris(iri, expand("prov:has_provenance"))
        ],
    }
    return Page(
        "plan.html",
        reading.name(iri).text,
        context,
        iri,
        types=("Dataset",),
        items=tuple(download(graph) for graph in statements.iris(iri, expand("prov:has_provenance"))),
    )


def _of(reading: Reading, plan: str, kind: str) -> list[str]:
    return [iri for iri in reading.statements.instances(PREFIXES["plan"] + kind) if iri != plan]


def _tree(reading: Reading, plan: str) -> tuple[Branch, ...]:
    """Return the goals as a tree. A goal is shown once, so that a cycle that slipped in ends."""
    statements = reading.statements
    goals = _of(reading, plan, "Goal")
    shown: set[str] = set()

    def branches(iris: list[str]) -> tuple[Branch, ...]:
        fresh = [iri for iri in iris if iri not in shown]
        shown.update(fresh)
        return tuple(
            Branch(
                goal=goal,
                level=reading.text(goal.iri, "plan:level"),
                missing=expand("plan:TitleMissing") in statements.iris(goal.iri, expand("plan:transcription")),
                children=branches(statements.subjects(expand("skos:broader"), goal.iri)),
            )
            for goal in reading.sorted(fresh)
        )

    tops = [goal for goal in goals if not statements.iris(goal, expand("skos:broader"))]
    return branches(tops)
