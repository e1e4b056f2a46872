"""The tools about links to the SDGs: who contributes to one, and publishers compared."""

from collections.abc import Collection, Iterable

from plangraf.errors import RequestMalformed, ResourceNotFound
from plangraf.languages import N_, InterfaceLanguage
from plangraf.namespaces import SDG
from plangraf.site.assistants.answers import (
    CompareAnswer,
    ComparedPublisher,
    ContributorsAnswer,
    LinkClaim,
    SdgCount,
)
from plangraf.site.assistants.arguments import CompareArguments, ContributorsArguments
from plangraf.site.assistants.asking import Asking
from plangraf.site.compare.model import PATH, Comparison, SdgCounts, read_comparison
from plangraf.site.sdg.contributions import absent_publishers, ask_contributions, label_page, list_contributions
from plangraf.view.claims import Claim
from plangraf.view.paging import count_pages
from plangraf.view.publishers import Publisher, is_transcribed, read_publishers
from plangraf.view.reading import Reading, Reference
from plangraf.vocabulary import GOAL_NUMBERS

_ON_PAGE = 20
"""The maximum number of publishers on a page of a comparison."""
_PLANS = 10
"""The maximum number of plans of a publisher there."""
_ABSENT = 40
"""The maximum number of publishers without contributions in an answer."""


def link_claim(
    asking: Asking,
    claim: Claim,
    language: InterfaceLanguage,
    publisher: Publisher | None = None,
    plan: Reference | None = None,
) -> LinkClaim:
    """Return a claim as it is answered, with the plan and its publisher if they are known."""
    return LinkClaim(
        claim=claim.iri,
        basis="stated" if claim.stated else "editorial",
        thing=asking.thing(claim.source, language),
        relation=claim.relation.iri,
        sdg=asking.thing(claim.target, language),
        plan=asking.thing(found, language) if (found := plan or claim.plan) else None,
        publisher=asking.thing(publisher.reference, language) if publisher else None,
        creators=asking.things(claim.creators, language),
        sources=[source.iri for source in claim.sources],
        quotes=[quote.text for quote in claim.quotes],
    )


async def who_contributes(asking: Asking, given: ContributorsArguments) -> ContributorsAnswer:
    """Return who contributes to an SDG goal or target: one call of the engine.

    Raises:
        ResourceNotFound: there is no such SDG or page.
        RequestMalformed: there is no such publisher.
    """
    services, language = asking.services, given.language
    iri, reader = _sdg(given.sdg), asking.reader(language)
    asked = await ask_contributions(services.engine, iri)
    if iri not in asked:
        raise ResourceNotFound(N_("There is no description of {iri} in this release."), iri=iri, members={"iri": iri})
    everything = Reading(asked, reader)
    publishers = read_publishers(everything)
    _check(given.publishers, publishers)
    found = list_contributions(everything, given.publishers or None, given.basis)
    reading, shown = await label_page(services, asked, found, given.page, reader, ())
    chosen = [publisher for publisher in publishers if not given.publishers or publisher.key in given.publishers]
    absent = absent_publishers(everything, chosen, found)
    return ContributorsAnswer(
        **await asking.sourcing(),
        sdg=asking.thing(reading.reference(iri), language),
        stated=shown.stated,
        editorial=shown.editorial,
        contributions=[link_claim(asking, row.claim, language, row.publisher, row.plan) for row in shown.rows],
        without=asking.things((publisher.reference for publisher in absent.transcribed[:_ABSENT]), language),
        without_total=len(absent.transcribed),
        missing=asking.things((publisher.reference for publisher in absent.untranscribed[:_ABSENT]), language),
        missing_total=len(absent.untranscribed),
        page_number=given.page,
        pages=shown.pages,
    )


async def compare(asking: Asking, given: CompareArguments) -> CompareAnswer:
    """Return the numbers of links of publishers to each SDG: two calls of the engine.

    Raises:
        ResourceNotFound: there is no such page.
        RequestMalformed: there is no such publisher.
    """
    request = asking.request(PATH, given.language, {"publisher": given.publishers})
    comparison = await read_comparison(request, asking.services)
    counts = comparison.counts
    assert counts is not None  # noqa: S101  # no SDG is selected
    pages = count_pages(len(counts.publishers), _ON_PAGE, given.page)
    shown = counts.publishers[(given.page - 1) * _ON_PAGE : given.page * _ON_PAGE]
    return CompareAnswer(
        **await asking.sourcing(),
        publishers=[_compared(asking, comparison, counts, publisher, given.language) for publisher in shown],
        total=len(counts.publishers),
        page_number=given.page,
        pages=pages,
    )


def _compared(
    asking: Asking, comparison: Comparison, counts: SdgCounts, publisher: Publisher, language: InterfaceLanguage
) -> ComparedPublisher:
    numbers = [
        SdgCount(
            sdg=f"{SDG}{number}",
            stated=counts.count(publisher, number, "stated"),
            editorial=counts.count(publisher, number, "editorial"),
        )
        for number in GOAL_NUMBERS
    ]
    return ComparedPublisher(
        publisher=asking.thing(publisher.reference, language),
        key=publisher.key,
        plans=asking.things(publisher.plans[:_PLANS], language),
        counts=[each for each in numbers if each.stated or each.editorial],
        basis=None if is_transcribed(comparison.reading, publisher) else "missing",
    )


def _sdg(given: str) -> str:
    """Return the IRI of an SDG that is named by its number or its IRI."""
    text = given.strip()
    return text if text.startswith(("http://", "https://")) else SDG + text.removeprefix("SDG").strip()


def _check(given: Collection[str], publishers: Iterable[Publisher]) -> None:
    known = {publisher.key for publisher in publishers}
    for key in given:
        if key not in known:
            raise RequestMalformed(
                N_("No plan is published by {key}; {path} lists who publishes."), key=key[:80], path=PATH
            )
