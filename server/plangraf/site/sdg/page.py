"""The pages of the SDGs: the overview of all 17, and the page of one goal, target or indicator."""

from collections.abc import Mapping
from dataclasses import dataclass

from plangraf.engine.ask import construct, load_query, select
from plangraf.engine.interface import Engine, Query
from plangraf.http.services import Services
from plangraf.http.signposting import Landing
from plangraf.languages import N_
from plangraf.linkeddata.schema_org import defined_term
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import SDG, SDG_SCHEME, expand
from plangraf.site.sdg.contributions import ask_contributions, contributions_query, label_page, list_contributions
from plangraf.view.page import Metadata, Page
from plangraf.view.query_link import sparql_href
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading, Reference
from plangraf.vocabulary import GOAL_NUMBERS

_COVERAGE = load_query(__package__, "coverage")
_HOME = load_query("plangraf.site.home", "home")
_DESCRIPTION = N_("{title}: the goals of Norwegian municipal plans that contribute to it, and on whose word.")


@dataclass(frozen=True)
class Coverage:
    """The number of things that are linked to an SDG, and the lengths of the bars, in percent of the longest."""

    goal: Reference
    stated: int
    editorial: int
    stated_share: float
    editorial_share: float


async def coverage(engine: Engine, reading: Reading) -> list[Coverage]:
    """Return the coverage of each SDG goal in `reading`: one call of the engine."""
    stated: dict[str, int] = {}
    editorial: dict[str, int] = {}
    for solution in await select(engine, Query(_COVERAGE)):
        counts = stated if solution["basis"].value == expand("plan:StatedInPlan") else editorial
        counts[solution["goal"].value] = int(solution["things"].value)
    goals = reading.sorted(reading.statements.instances(expand("sdgo:Goal")))
    return share_out(goals, stated, editorial)


def share_out(goals: list[Reference], stated: Mapping[str, int], editorial: Mapping[str, int]) -> list[Coverage]:
    """Return the coverage of each goal from counts by IRI."""
    longest = max((stated.get(goal.iri, 0) + editorial.get(goal.iri, 0) for goal in goals), default=0) or 1
    return [
        Coverage(
            goal,
            stated.get(goal.iri, 0),
            editorial.get(goal.iri, 0),
            round(100 * stated.get(goal.iri, 0) / longest, 1),
            round(100 * editorial.get(goal.iri, 0) / longest, 1),
        )
        for goal in goals
    ]


async def sdg_overview_page(engine: Engine, reader: Reader, metadata: Metadata) -> Page:
    """Return the page of the SDG scheme: two calls of the engine."""
    reading = Reading(await construct(engine, Query(_HOME)), reader)
    _ = reader.gettext
    context = {"coverage": await coverage(engine, reading), "query_href": sparql_href(Query(_COVERAGE), reader)}
    title = _("The Sustainable Development Goals")
    return Page("sdg/overview.html", title, context, metadata, Landing(SDG_SCHEME))


async def sdg_page(services: Services, iri: str, reader: Reader, number: int, metadata: Metadata) -> Page:
    """Return the page of the SDG goal, target or indicator `iri`; `number` is the page of the contributions.

    Raises:
        ResourceNotFound: there is no such page.
    """
    asked = await ask_contributions(services.engine, iri)
    found = list_contributions(Reading(asked, reader))
    reading, contributions = await label_page(services, asked, found, number, reader)
    statements = reading.statements
    concept = reading.reference(iri)
    parts = [part for part in statements.subjects(expand("skos:broader"), iri) if part != iri]
    context = {
        "concept": concept,
        "kinds": [reading.reference(kind) for kind in sorted(statements.types(iri) - {expand("skos:Concept")})],
        "in_our_words": expand("plan:InOurWords") in statements.iris(iri, expand("plan:wording")),
        "retired": statements.text(iri, expand("owl:deprecated")) == "true",
        "replaced_by": reading.references(iri, "dct:isReplacedBy"),
        "note": reading.text(iri, "skos:editorialNote"),
        "code": statements.text(iri, expand("dct:identifier")),
        "notations": [literal.value for literal in statements.literals(iri, expand("skos:notation"))],
        "tiers": reading.references(iri, "sdgo:tier"),
        "parents": reading.references(iri, "skos:broader"),
        "targets": reading.sorted(part for part in parts if _is(statements, part, "Target")),
        "indicators": [
            (indicator, statements.text(indicator.iri, expand("owl:deprecated")) == "true")
            for indicator in reading.sorted(part for part in parts if _is(statements, part, "Indicator"))
        ],
        "contributions": contributions,
        "concept_path": reader.addresses.document_path(iri),
        "compared": goal_number(iri),
        "query_href": sparql_href(contributions_query(iri), reader),
        "contributes": not _is(statements, iri, "Indicator"),
        "sources": reading.references(iri, "dct:source"),
    }
    scheme = reading.reference(SDG_SCHEME)
    title = concept.name.text if concept.name.text.endswith(")") else f"{concept.notation} {concept.name.text}"
    trail = (scheme, *reading.references(iri, "skos:broader"))
    query = f"page={number}" if number > 1 else ""
    return Page(
        "sdg/sdg.html",
        title,
        context,
        metadata,
        Landing(iri, types=("DefinedTerm",)),
        trail,
        query,
        description=reader.gettext(_DESCRIPTION).format(title=title),
        defined=defined_term(statements, iri, reader.addresses.described_path(iri), reader.language),
    )


def goal_number(iri: str) -> str | None:
    """Return the number of the SDG goal `iri`, or None if it is not a goal."""
    number = iri.removeprefix(SDG)
    return number if iri.startswith(SDG) and number in GOAL_NUMBERS else None


def _is(statements: Statements, iri: str, kind: str) -> bool:
    return expand(f"sdgo:{kind}") in statements.types(iri)
