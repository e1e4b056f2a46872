"""The page of a plan: vision, goals as a tree, links to the SDGs, challenges, actors, missing parts."""

from dataclasses import dataclass

from plangraf.engine.ask import load_query
from plangraf.engine.interface import Query
from plangraf.http.services import Services
from plangraf.http.signposting import Landing
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import ID, expand
from plangraf.site.browse.schemes import browse_path
from plangraf.site.plan.plan_chart import plan_chart
from plangraf.site.plan.tree import goal_tree
from plangraf.site.quality.page import quality_path
from plangraf.view.claims import read_claims
from plangraf.view.downloads import download
from plangraf.view.page import Metadata, Page
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading, Reference, read
from plangraf.view.term_names import term_names
from plangraf.vocabulary import PLAN_CONCEPTS, PlanConceptKind

SHOWN = 20
"""The maximum length of a list on the page; a link leads to the whole list."""

_QUERY = load_query(__package__, "plan")
_CONCEPTS = load_query(__package__, "concepts")
_LISTS = tuple(kind for kind in PLAN_CONCEPTS if kind.key != "goal")  # the goals are a tree


@dataclass(frozen=True)
class PlanList:
    """A list of the concepts of one kind in a plan.

    Attributes:
        key: the key of the kind in URLs.
        title: the heading.
        things: the first concepts, each with its direction if it is an indicator.
        count: the number of all concepts of the kind.
        href: the link to the list of all of them.
    """

    key: str
    title: str
    things: list[tuple[Reference, list[Reference]]]
    count: int
    href: str


async def read_plan(services: Services, iri: str, reader: Reader) -> Reading:
    """Return the statements on the page of the plan `iri`: two calls of the engine, at the same time."""
    queries = (plan_query(iri), Query(_CONCEPTS, bindings={"subject": iri}))
    return await read(services, queries, reader, term_names(reader.language))


def plan_page(reading: Reading, iri: str, metadata: Metadata) -> Page:
    """Return the page of the plan `iri` from the statements of `read_plan`."""
    statements = reading.statements
    adoption = statements.iri(iri, expand("prov:wasGeneratedBy"))
    period = statements.iri(iri, expand("dct:temporal"))
    claims = read_claims(reading)
    goals = _of(reading, iri, expand("plan:Goal"))
    lists = [_listed(reading, iri, kind) for kind in _LISTS]
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
        "before": reading.references(iri, "prov:wasRevisionOf"),
        "after": reading.sorted(statements.subjects(expand("prov:wasRevisionOf"), iri)),
        "missing": reading.references(iri, "plan:transcription"),
        "tree": goal_tree(reading, goals, claims),
        "goals": len(goals),
        "claims": claims,
        "chart": plan_chart(reading, iri, claims),
        "lists": [listed for listed in lists if listed.count],
        "browse": browse_path(iri.removeprefix(ID)),
        "shown": SHOWN,
        "quality": quality_path(iri),
        "sources": reading.references(iri, "dct:source"),
        "see_also": reading.references(iri, "rdfs:seeAlso"),
        "graphs": [
            (reading.reference(graph), reading.references(graph, "plan:graphRole")) for graph in _graphs(statements)
        ],
    }
    texts = (reading.text(iri, name) for name in ("dct:title", "plan:vision", "dct:description"))
    description = " – ".join([reading.name(iri).text, *(text.text for text in texts if text)])
    return Page(
        "plan/plan.html",
        reading.name(iri).text,
        context,
        metadata,
        plan_landing(statements, iri),
        description=description,
    )


def plan_query(iri: str) -> Query:
    """Return the query for the statements on the page of a plan, without those about its concepts."""
    return Query(_QUERY, bindings={"subject": iri})


def plan_landing(statements: Statements, iri: str) -> Landing:
    """Return the facts about a plan for the Link header: the downloads of its graphs."""
    return Landing(iri, types=("Dataset",), items=tuple(map(download, _graphs(statements))))


def _graphs(statements: Statements) -> list[str]:
    """Return the graphs that say something of the plan; the query gives the role of each, and of nothing else."""
    return statements.subjects_with(expand("plan:graphRole"))


def _of(reading: Reading, plan: str, *classes: str) -> list[str]:
    return [iri for iri in reading.statements.instances(*classes) if iri != plan]


def _listed(reading: Reading, plan: str, kind: PlanConceptKind) -> PlanList:
    things = _of(reading, plan, *kind.classes)
    first = reading.sorted(things, SHOWN)
    shown = [(thing, reading.references(thing.iri, "plan:direction")) for thing in first]
    href = reading.reader.href(browse_path(plan.removeprefix(ID), parameters=[("kind", kind.key)]))
    return PlanList(kind.key, kind.heading, shown, len(things), href)
