"""The page of a plan: vision, facts, goals with their links to the SDGs, the other parts, events, what is missing."""

from dataclasses import dataclass

from plangraf.engine.ask import load_query
from plangraf.engine.interface import Query
from plangraf.http.services import Services
from plangraf.http.signposting import Landing
from plangraf.linkeddata.addresses import with_query
from plangraf.linkeddata.measures import ABSENT
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import expand
from plangraf.site.browse.schemes import browse_path
from plangraf.site.plan.dot_table import dot_table, notation_ranges
from plangraf.site.plan.events import adopting_bodies, adoption_dates, plan_events
from plangraf.site.plan.lists import plan_lists
from plangraf.site.plan.wordings import goal_wordings
from plangraf.site.quality.page import quality_path
from plangraf.site.suggestions.model import suggestions_path
from plangraf.site.workbook.plan_workbook import workbook_path
from plangraf.view.claims import read_claims
from plangraf.view.downloads import download
from plangraf.view.page import Metadata, Page
from plangraf.view.periods import read_dates, written_period
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading, Reference, read
from plangraf.view.statement_sources import read_statement_sources
from plangraf.view.term_names import term_names
from plangraf.view.transcription import missing_parts
from plangraf.vocabulary import GOAL_CLASSES, GOAL_KINDS

_QUERY = load_query(__package__, "plan")
_CONCEPTS = load_query(__package__, "concepts")
MOST_OTHER_PLANS = 8
"""The maximum number of other plans of the publisher on the page, which links to all."""
_ABSENT = frozenset(expand(f"plan:{name}") for name in ABSENT)


@dataclass(frozen=True)
class OtherPlan:
    """Another plan of the same publisher, with its status."""

    reference: Reference
    status: tuple[Reference, ...]


async def read_plan(services: Services, iri: str, reader: Reader) -> Reading:
    """Return the statements on the page of the plan `iri`: two calls of the engine, at the same time."""
    queries = (plan_query(iri), Query(_CONCEPTS, bindings={"subject": iri}))
    return await read(services, queries, reader, term_names(reader.language))


def plan_page(reading: Reading, iri: str, metadata: Metadata) -> Page:
    """Return the page of the plan `iri` from the statements of `read_plan`."""
    statements = reading.statements
    table = dot_table(reading, iri, read_claims(reading))
    goals = _of(reading, iri, *GOAL_CLASSES)
    goal_counts = [(kind, len(_of(reading, iri, *kind.classes))) for kind in GOAL_KINDS]
    events = plan_events(reading, iri)
    missing = reading.references(iri, "plan:transcription")
    creators = metadata.sources.creators if metadata.sources else ()
    context = {
        "name": reading.name(iri),
        "full_title": reading.text(iri, "dct:title"),
        "description": reading.text(iri, "dct:description"),
        "vision": reading.text(iri, "plan:vision"),
        "publishers": reading.references(iri, "dct:publisher"),
        "status": reading.references(iri, "adms:status"),
        "plan_types": reading.references(iri, "plan:planType"),
        "adopted": adoption_dates(reading, iri),
        "adopted_by": adopting_bodies(reading, iri),
        "issued": [day.written(reading.reader.language) for day in read_dates(reading, iri, "dct:issued")],
        "period": written_period(reading, iri),
        "before": reading.references(iri, "dct:replaces"),
        "after": reading.sorted(statements.subjects(expand("dct:replaces"), iri)),
        "follows_up": reading.references(iri, "plan:followsUp"),
        "followed_up_by": reading.sorted(statements.subjects(expand("plan:followsUp"), iri)),
        "audience": reading.references(iri, "dct:audience"),
        "documents": reading.references(iri, "foaf:page"),
        # The facts tell of an adoption that has no more than its date and its bodies.
        "events": events if len(events) > 1 or any(event.cases or event.notes for event in events) else [],
        "others": _other_plans(reading, iri)[:MOST_OTHER_PLANS],
        "missing": missing_parts(value for value in missing if value.iri not in _ABSENT),
        "absent": [value for value in missing if value.iri in _ABSENT],
        "table": table,
        "untitled": notation_ranges(table.untitled),
        "wordings": goal_wordings(reading, set(goals) - {goal.iri for goal in table.untitled}, creators),
        "goal_counts": goal_counts,
        "has_other_kinds": any(count for kind, count in goal_counts if kind.key != "goal"),
        "lists": plan_lists(reading, iri),
        "browse": browse_path(reading.reader.addresses.name(iri)),
        "nested": with_query(metadata.data_path or "", "_profile=tree&_mediatype=application/ld%2Bjson"),
        "quality": quality_path(iri, reading.reader.addresses),
        "suggestions": suggestions_path(iri, reading.reader.addresses),
        "workbook": workbook_path(iri, reading.reader.addresses),
        "sources": reading.references(iri, "dct:source"),
        "statement_sources": read_statement_sources(reading, iri),
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
        tuple(reading.references(iri, "dct:publisher")),
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


def _other_plans(reading: Reading, iri: str) -> list[OtherPlan]:
    """Return the other plans of the publishers of a plan: those in force first."""
    statements = reading.statements
    publishers = statements.iris(iri, expand("dct:publisher"))
    published = {p for publisher in publishers for p in statements.subjects(expand("dct:publisher"), publisher)}
    # The documents that the plan names have a publisher too, but no status.
    found = [
        OtherPlan(plan, tuple(reading.references(plan.iri, "adms:status")))
        for plan in reading.sorted(published - {iri})
        if statements.iris(plan.iri, expand("adms:status"))
    ]
    adopted = expand("plan:Adopted")
    return sorted(found, key=lambda plan: adopted not in {status.iri for status in plan.status})


def _of(reading: Reading, plan: str, *classes: str) -> list[str]:
    return [iri for iri in reading.statements.instances(*classes) if iri != plan]
