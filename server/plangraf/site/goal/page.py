"""The page of a goal, or of a focus area: how it is measured, who does what, its links, and similar goals."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from plangraf.engine.ask import load_query
from plangraf.engine.interface import Query
from plangraf.http.services import Services
from plangraf.linkeddata.addresses import document_iri
from plangraf.linkeddata.statements import Statements, select_statements
from plangraf.namespaces import expand
from plangraf.search.similar import Likeness, SimilarGoal, Topic, topics
from plangraf.site.browse.schemes import browse_path
from plangraf.site.document.concept import concept_context, page_of_concept
from plangraf.site.goal.links import SHOWN as SHOWN_LINKS
from plangraf.site.goal.links import link_row, link_snippet, read_incoming
from plangraf.site.goal.model import SHOWN, read_measurement, read_siblings, read_support, untold_parts
from plangraf.view.claims import Claims, read_claims
from plangraf.view.page import Metadata, Page
from plangraf.view.reading import Reading, Reference, add_labels
from plangraf.view.term_names import term_names
from plangraf.workbook.data_sheets import LINKS

_AROUND = load_query(__package__, "around")
_CLAIMS = 40
"""The number of claims with the same basis on the page."""
_INSTEAD = frozenset({"plan:supports", "plan:measures"})
"""The relations to a goal that the page tells in sections of their own."""


@dataclass(frozen=True)
class ListedSimilarGoal:
    """A similar goal with its plan, its publishers, and the reason in words.

    Attributes:
        goal: the goal.
        plan: its plan.
        publishers: the publishers of the plan.
        reason: what the goals have in common; a name in it is in its best language.
        editorial: whether it is an editor who links the similar goal to the SDG.
    """

    goal: Reference
    plan: Reference | None
    publishers: tuple[Reference, ...]
    reason: str
    editorial: bool


async def goal_page(services: Services, reading: Reading, iri: str, metadata: Metadata) -> Page:
    """Return the page of the goal `iri` from its description: one more call of the engine."""
    reader = reading.reader
    around = await select_statements(services.engine, Query(_AROUND, bindings={"subject": iri}))
    claims = read_claims(reading)
    plans = reading.statements.iris(iri, expand("skos:inScheme"))
    publishers = [publisher for plan in plans for publisher in around.iris(plan, expand("dct:publisher"))]
    # A preview is made by a process that opens no files, and its release has no index.
    asked = services.preview is None
    known = await services.search.similar(publishers, _topics(reading.statements, iri, claims)) if asked else None
    found = known or []
    around.add_texts(_statements(found))
    await add_labels(services, around)
    described = {each for similar in found for each in (similar.iri, similar.plan) if each is not None}
    beside = Reading(around, reader, term_names(reader.language), described)
    context = concept_context(reading, iri, metadata, _INSTEAD)
    incoming = read_incoming(reading, beside, iri)
    context |= {
        "incoming": incoming[:SHOWN_LINKS],
        "incoming_count": len(incoming),
        "snippet": _snippet(reading, iri) if asked else None,
        "row": link_row(iri, document_iri(reader.addresses.described_path(iri)), reader.language),
        "sheet": LINKS.title.in_language(reader.language),
        "claims": Claims(claims.stated[:_CLAIMS], claims.editorial[:_CLAIMS]),
        "more_claims": max(0, len(claims.stated) - _CLAIMS) + max(0, len(claims.editorial) - _CLAIMS),
        "measurement": read_measurement(beside, iri),
        "support": read_support(beside, iri),
        "untold": untold_parts(beside),
        "similar": [_listed(similar, beside) for similar in found],
        "siblings": read_siblings(beside, iri, reading.statements.iris(iri, expand("skos:broader"))),
        "shown": SHOWN,
        "lists": {
            kind: reader.href(browse_path(reader.addresses.name(plans[0]), parameters=[("kind", kind)]))
            for kind in ("indicator", "strategy", "contribution")
        }
        if plans
        else {},
    }
    page = page_of_concept("goal/goal.html", context, reading, iri, metadata)
    return page if known is not None else replace(page, lasting=False)


def _snippet(reading: Reading, iri: str) -> str:
    reader = reading.reader
    _ = reader.gettext
    page = document_iri(reader.addresses.described_path(iri))
    return link_snippet(iri, page, _("YYYY-MM-DD"), _("https://your-municipality.example/planning-department"))


def _topics(statements: Statements, iri: str, claims: Claims) -> list[Topic]:
    """Return the topics of a goal, which are those that the index has of it."""
    sdgs = {claim.target.iri: not claim.stated for claim in (*claims.editorial, *claims.stated)}
    return topics(statements.iris(iri, expand("dct:subject")), sdgs)


def _statements(found: Iterable[SimilarGoal]) -> Iterator[tuple[str, str, str]]:
    """Yield the statements about similar goals that their index holds, so that their labels are looked up."""
    for similar in found:
        if similar.topic.theme:
            yield f"<{similar.iri}>", f"<{expand('dct:subject')}>", f"<{similar.topic.theme}>"
        if similar.plan is not None:
            yield f"<{similar.iri}>", f"<{expand('skos:inScheme')}>", f"<{similar.plan}>"
            for publisher in similar.publishers:
                yield f"<{similar.plan}>", f"<{expand('dct:publisher')}>", f"<{publisher}>"


def _listed(similar: SimilarGoal, beside: Reading) -> ListedSimilarGoal:
    _ = beside.reader.gettext
    topic = similar.topic
    theme = beside.name(topic.theme).text if topic.theme else ""
    reasons = {
        Likeness.TARGET: _("same target: {sdg}"),
        Likeness.THEME_AND_SDG: _("same theme and SDG: {theme}, {sdg}"),
        Likeness.THEME: _("same theme: {theme}"),
        Likeness.SDG: _("same SDG: {sdg}"),
    }
    return ListedSimilarGoal(
        beside.reference(similar.iri),
        beside.reference(similar.plan) if similar.plan else None,
        tuple(beside.reference(publisher) for publisher in similar.publishers),
        reasons[topic.likeness].format(theme=theme, sdg=topic.sdg),
        topic.editorial,
    )
