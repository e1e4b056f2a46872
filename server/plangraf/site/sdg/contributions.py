"""Contributions to an SDG: claims by publisher and plan, with paging."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from plangraf.engine.ask import load_query
from plangraf.engine.interface import Engine, Query
from plangraf.http.services import Services
from plangraf.linkeddata.statements import Statements, construct_statements
from plangraf.namespaces import PREFIXES, SDG, expand
from plangraf.view.claims import Claim, Claims, read_claims
from plangraf.view.paging import count_pages
from plangraf.view.place import NOWHERE
from plangraf.view.publishers import Publisher, read_publishers
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading, Reference, add_labels, reference_key
from plangraf.view.term_names import term_names

PAGE = 50
"""The number of claims on a page."""

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
class PlanShare:
    """The claims of one plan on a page."""

    plan: Reference | None
    claims: Claims


@dataclass(frozen=True)
class Share:
    """The claims of one publisher on a page."""

    publisher: Publisher | None
    plans: tuple[PlanShare, ...]


@dataclass(frozen=True)
class Contributions:
    """A page of contributions to an SDG.

    Attributes:
        shares: the contributions on this page, by publisher.
        number: the number of this page, from 1.
        pages: the number of pages, at least one.
        stated: the number of stated claims on all pages.
        editorial: the number of editorial claims on all pages.
    """

    shares: tuple[Share, ...]
    number: int
    pages: int
    stated: int
    editorial: int


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


async def label_page(
    services: Services, asked: Statements, found: list[SdgContribution], number: int, reader: Reader
) -> tuple[Reading, Contributions]:
    """Return page `number` of the contributions, and the statements with labels for it.

    Args:
        services: the services of the release.
        asked: the statements of `ask_contributions`.
        found: all contributions.
        number: the number of the page.
        reader: the reader.

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
        shares=_shares(shown, read),
        number=number,
        pages=pages,
        stated=len({contribution.claim for contribution in found if contribution.stated}),
        editorial=len({contribution.claim for contribution in found if not contribution.stated}),
    )
    return reading, contributions


def _without_others(asked: Statements, claims: Collection[str], sources: Collection[str]) -> Statements:
    """Return the statements without those about claims and sources on other pages."""
    claimed = expand("owl:annotatedSource")
    others = {*asked.subjects_with(claimed), *asked.values_of(claimed)}
    return asked.without(others - {*claims, *sources})


def _shares(shown: list[SdgContribution], read: dict[str, Claim]) -> tuple[Share, ...]:
    shares = []
    for publisher, of_publisher in groupby(shown, key=lambda contribution: contribution.publisher):
        plans = []
        for plan, of_plan in groupby(of_publisher, key=lambda contribution: contribution.plan):
            claims = [read[contribution.claim] for contribution in of_plan]
            stated = tuple(claim for claim in claims if claim.stated)
            editorial = tuple(claim for claim in claims if not claim.stated)
            plans.append(PlanShare(plan, Claims(stated, editorial)))
        shares.append(Share(publisher, tuple(plans)))
    return tuple(shares)
