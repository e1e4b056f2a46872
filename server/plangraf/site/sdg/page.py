"""The pages of the SDGs: the overview of all 17, and the page of one goal, target or indicator."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from plangraf.engine.ask import construct, load_query, select
from plangraf.engine.interface import Engine, Query
from plangraf.http.negotiate import page_number
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.http.signposting import Landing
from plangraf.languages import N_
from plangraf.linkeddata.schema_org import defined_term
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import SDG, SDG_SCHEME, compact, expand
from plangraf.site.sdg.contributions import (
    DEFAULT_SORT,
    SdgContribution,
    absent_publishers,
    ask_contributions,
    contributions_query,
    label_page,
    list_contributions,
    requested_sort,
    sort_columns,
    sort_contributions,
)
from plangraf.view.page import Metadata, Page
from plangraf.view.publishers import read_publishers
from plangraf.view.query_link import sparql_href
from plangraf.view.reader import Reader
from plangraf.view.reading import Name, Reading, Reference
from plangraf.vocabulary import GOAL_NUMBERS

_COVERAGE = load_query(__package__, "coverage")
_HOME = load_query("plangraf.site.home", "home")
_SYSTEMS = {"wd": "Wikidata", "sdgio": "SDG Interface Ontology (UNEP)"}
"""The names of other systems that describe the SDGs, by prefix."""
_DESCRIPTION = N_("{title}: the goals of Norwegian municipal plans that contribute to it, and on whose word.")


@dataclass(frozen=True)
class Coverage:
    """The number of things that are linked to an SDG, and the lengths of the bars, in percent of the longest."""

    goal: Reference
    stated: int
    editorial: int
    stated_share: float
    editorial_share: float


@dataclass(frozen=True)
class TargetCount:
    """A target of an SDG, and the numbers of things that are linked to it."""

    target: Reference
    stated: int
    editorial: int


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


async def sdg_page(services: Services, iri: str, request: RecordingRequest, metadata: Metadata) -> Page:
    """Return the page of the SDG goal, target or indicator `iri`.

    Args:
        services: the services of the release.
        iri: the IRI.
        request: the request, with the page and the order of the table of contributions.
        metadata: the metadata of the page.

    Raises:
        RequestMalformed: the table has no such order.
        ResourceNotFound: there is no such page.
    """
    reader, number, sort = Reader.of(request), page_number(request), requested_sort(request)
    asked = await ask_contributions(services.engine, iri)
    everything = Reading(asked, reader)
    found = list_contributions(everything)
    path = reader.addresses.described_path(iri)

    columns = sort_columns(reader, sort, lambda order: _page_path(path, order, 1))
    ordered = sort_contributions(everything, found, sort)
    reading, contributions = await label_page(services, asked, ordered, number, reader, columns)
    statements = reading.statements
    concept = reading.reference(iri)
    parts = [part for part in statements.subjects(expand("skos:broader"), iri) if part != iri]
    indicators = reading.sorted(part for part in parts if _is(statements, part, "Indicator"))
    context = {
        "concept": concept,
        "kinds": [reading.reference(kind) for kind in sorted(statements.types(iri) - {expand("skos:Concept")})],
        "in_our_words": expand("plan:InOurWords") in statements.iris(iri, expand("plan:wording")),
        "retired": _retired(statements, iri),
        "replaced_by": reading.references(iri, "dct:isReplacedBy"),
        "note": reading.text(iri, "skos:editorialNote"),
        "code": statements.text(iri, expand("dct:identifier")),
        "same": [_named_by_system(each) for each in reading.references(iri, "skos:exactMatch")],
        "notations": [literal.value for literal in statements.literals(iri, expand("skos:notation"))],
        "tiers": reading.references(iri, "sdgo:tier"),
        "parents": reading.references(iri, "skos:broader"),
        "scope_note": reading.text(iri, "skos:scopeNote"),
        "targets": _targets(reading, (part for part in parts if _is(statements, part, "Target")), found),
        "indicators": [indicator for indicator in indicators if not _retired(statements, indicator.iri)],
        "retired_indicators": [indicator for indicator in indicators if _retired(statements, indicator.iri)],
        "contributions": contributions,
        "absent": absent_publishers(everything, read_publishers(everything), found),
        "before": reader.href(_page_path(path, sort, number - 1)),
        "after": reader.href(_page_path(path, sort, number + 1)),
        "compared": goal_number(iri),
        "query_href": sparql_href(contributions_query(iri), reader),
        "contributes": not _is(statements, iri, "Indicator"),
        "sources": reading.references(iri, "dct:source"),
    }
    scheme = reading.reference(SDG_SCHEME)
    title = concept.name.text if concept.name.text.endswith(")") else f"{concept.notation} {concept.name.text}"
    trail = (scheme, *reading.references(iri, "skos:broader"))
    query = _page_query(sort, number)
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


def _named_by_system(same: Reference) -> Reference:
    """Return a reference to the same SDG elsewhere with the name of the system that it is in, if that is known."""
    name = _SYSTEMS.get(compact(same.iri).partition(":")[0])
    return replace(same, name=Name(name)) if name else same


def _is(statements: Statements, iri: str, kind: str) -> bool:
    return expand(f"sdgo:{kind}") in statements.types(iri)


def _retired(statements: Statements, iri: str) -> bool:
    return statements.text(iri, expand("owl:deprecated")) == "true"


def _targets(reading: Reading, targets: Iterable[str], found: Iterable[SdgContribution]) -> list[TargetCount]:
    """Return the targets of an SDG with the numbers of things that contributions link to them."""
    things: dict[tuple[str, bool], set[str]] = {}
    for contribution in found:
        things.setdefault((contribution.target, contribution.stated), set()).add(contribution.source)
    return [
        TargetCount(target, len(things.get((target.iri, True), ())), len(things.get((target.iri, False), ())))
        for target in reading.sorted(targets)
    ]


def _page_query(sort: str, number: int) -> str:
    pairs = [("sort", sort)] if sort != DEFAULT_SORT else []
    return urlencode([*pairs, ("page", number)] if number > 1 else pairs)


def _page_path(path: str, sort: str, number: int) -> str:
    query = _page_query(sort, number)
    return f"{path}?{query}" if query else path
