"""Contributions to an SDG: a table of claims, which can be sorted, with paging."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from plangraf.engine.ask import load_query
from plangraf.engine.interface import Engine, Query
from plangraf.errors import RequestMalformed
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import N_, Msgid
from plangraf.linkeddata.statements import Statements, construct_statements
from plangraf.namespaces import PREFIXES, SDG, expand
from plangraf.view.claims import Claim, claim_href, read_claims
from plangraf.view.paging import count_pages
from plangraf.view.place import NOWHERE
from plangraf.view.publishers import Publisher, is_transcribed, read_publishers
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading, Reference, add_labels, reference_key
from plangraf.view.term_names import term_names

PAGE = 40
"""The number of claims on a page."""

SORTS: dict[str, Msgid] = {"municipality": N_("Municipality"), "goal": N_("Goal"), "basis": N_("Who says so")}
"""The orders of the table, with the headings of their columns; the first is the default."""

DEFAULT_SORT = "municipality"

_QUERY = load_query(__package__, "sdg")


@dataclass(frozen=True)
class SdgContribution:
    """A claim about a link to an SDG, with the publisher and the plan of its source; the other values are IRIs."""

    publisher: Publisher | None
    plan: Reference | None
    claim: str
    source: str
    target: str
    relation: str
    stated: bool


@dataclass(frozen=True)
class SortColumn:
    """A column by which the table can be sorted: its heading, the link, and whether the table is sorted by it."""

    heading: str
    href: str
    current: bool


@dataclass(frozen=True)
class ContributionRow:
    """A row of the table: a claim, the publisher and the plan of what it is about, and the address of the claim."""

    publisher: Publisher | None
    plan: Reference | None
    claim: Claim
    href: str | None


@dataclass(frozen=True)
class AbsentPublishers:
    """The publishers without a contribution: those with transcribed links, and those without."""

    transcribed: tuple[Publisher, ...]
    untranscribed: tuple[Publisher, ...]


@dataclass(frozen=True)
class Contributions:
    """A page of contributions to an SDG.

    Attributes:
        rows: the contributions on this page.
        number: the number of this page, from 1.
        pages: the number of pages, at least one.
        stated: the number of stated claims on all pages.
        editorial: the number of editorial claims on all pages.
        columns: the columns, with the links that sort by them.
    """

    rows: tuple[ContributionRow, ...]
    number: int
    pages: int
    stated: int
    editorial: int
    columns: tuple[SortColumn, ...]


def contributions_query(iri: str) -> Query:
    """Return the query for an SDG goal or target with all claims about it or a part of it."""
    return Query(_QUERY, bindings={"subject": iri})


async def ask_contributions(engine: Engine, iri: str) -> Statements:
    """Return the statements about an SDG goal or target and all claims about it or a part of it: one engine call."""
    return await construct_statements(engine, contributions_query(iri))


def list_contributions(
    reading: Reading, publishers: Collection[str] | None = None, basis: str | None = None
) -> list[SdgContribution]:
    """Return the claims about contributions among the statements, in display order.

    Args:
        reading: the statements.
        publishers: the keys of the selected publishers, or None for all.
        basis: `stated`, `editorial`, or None for both.
    """
    statements = reading.statements
    by_plan: dict[str, list[tuple[int, Publisher, Reference]]] = {}
    for place, publisher in enumerate(read_publishers(reading)):
        for plan in publisher.plans:
            by_plan.setdefault(plan.iri, []).append((place, publisher, plan))
    found: list[tuple[object, SdgContribution]] = []
    for claim in statements.instances(PREFIXES["owl"] + "Axiom"):
        source = statements.iri(claim, expand("owl:annotatedSource"))
        target = statements.iri(claim, expand("owl:annotatedTarget"))
        relation = statements.iri(claim, expand("owl:annotatedProperty"))
        if source is None or relation is None or target is None or not target.startswith(SDG):
            continue
        stated = expand("plan:StatedInPlan") in statements.iris(claim, expand("plan:basis"))
        if basis is not None and stated != (basis == "stated"):
            continue
        schemes = [source, *statements.iris(source, expand("skos:inScheme"))]
        homes = [home for scheme in schemes for home in by_plan.get(scheme, [])]
        order = (not stated, reading.key(source), target, claim)
        for place, publisher, plan in homes:
            if publishers is None or publisher.key in publishers:
                contribution = SdgContribution(publisher, plan, claim, source, target, relation, stated)
                found.append(((place, reference_key(plan), *order), contribution))
        if not homes and publishers is None:
            found.append(
                (
                    (1 << 30, (NOWHERE, "", ""), *order),
                    SdgContribution(None, None, claim, source, target, relation, stated),
                )
            )
    found.sort(key=lambda pair: pair[0])  # type: ignore[arg-type,return-value]  # tuples of one shape
    return [contribution for _, contribution in found]


def requested_sort(request: RecordingRequest) -> str:
    """Return the order of the table from the parameter `sort`.

    Raises:
        RequestMalformed: there is no such order.
    """
    sort = request.parameter("sort") or DEFAULT_SORT
    if sort not in SORTS:
        raise RequestMalformed(N_("The parameter sort is one of {names}."), names=", ".join(SORTS))
    return sort


def sort_contributions(reading: Reading, found: list[SdgContribution], sort: str) -> list[SdgContribution]:
    """Return contributions in an order of `SORTS`; those that it does not tell apart stay as they are.

    Args:
        reading: the statements, with the labels of the things that contribute.
        found: the contributions in display order.
        sort: the key of the order.
    """
    if sort == "goal":
        return sorted(found, key=lambda contribution: reading.name(contribution.source).text.casefold())
    return sorted(found, key=lambda contribution: not contribution.stated) if sort == "basis" else found


async def label_page(
    services: Services,
    asked: Statements,
    found: list[SdgContribution],
    number: int,
    reader: Reader,
    columns: tuple[SortColumn, ...],
) -> tuple[Reading, Contributions]:
    """Return page `number` of the contributions, and the statements with labels for it.

    Args:
        services: the services of the release.
        asked: the statements of `ask_contributions`.
        found: all contributions.
        number: the number of the page.
        reader: the reader.
        columns: the columns by which the table can be sorted.

    Raises:
        ResourceNotFound: there is no such page.
    """
    pages = count_pages(len(found), PAGE, number)
    shown = found[(number - 1) * PAGE : number * PAGE]
    claims = {contribution.claim for contribution in shown}
    statements = _without_others(asked, claims, {contribution.source for contribution in shown})
    await add_labels(services, statements)
    reading = Reading(statements, reader, term_names(reader.language))
    read = {claim.iri: claim for claim in read_claims(reading, claims).everything}
    contributions = Contributions(
        rows=tuple(
            ContributionRow(one.publisher, one.plan, read[one.claim], claim_href(reading, read[one.claim]))
            for one in shown
        ),
        number=number,
        pages=pages,
        stated=len({contribution.claim for contribution in found if contribution.stated}),
        editorial=len({contribution.claim for contribution in found if not contribution.stated}),
        columns=columns,
    )
    return reading, contributions


def _without_others(asked: Statements, claims: Collection[str], sources: Collection[str]) -> Statements:
    """Return the statements without those about claims and sources on other pages."""
    claimed = expand("owl:annotatedSource")
    others = {*asked.subjects_with(claimed), *asked.values_of(claimed)}
    return asked.without(others - {*claims, *sources})


def sort_columns(reader: Reader, sort: str, path: Callable[[str], str]) -> tuple[SortColumn, ...]:
    """Return the columns by which a table of contributions can be sorted.

    Args:
        reader: the reader.
        sort: the key of the order in which the table is.
        path: returns the path of the page in an order.
    """
    return tuple(
        SortColumn(reader.gettext(heading), reader.href(path(key)), current=key == sort)
        for key, heading in SORTS.items()
    )


def absent_publishers(
    reading: Reading, publishers: Iterable[Publisher], found: Iterable[SdgContribution]
) -> AbsentPublishers:
    """Return those of `publishers` that none of the contributions `found` are of.

    Args:
        reading: statements that say of which plans the goals or the links are missing.
        publishers: the publishers to tell of.
        found: all contributions.
    """
    contributing = {contribution.publisher.key for contribution in found if contribution.publisher}
    others = [publisher for publisher in publishers if publisher.key not in contributing]
    transcribed = tuple(publisher for publisher in others if is_transcribed(reading, publisher))
    return AbsentPublishers(transcribed, tuple(publisher for publisher in others if publisher not in transcribed))
