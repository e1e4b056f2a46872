"""The suggestions of a plan as a table and as SSSOM."""

from anyio import to_thread

from plangraf.http.content import Content
from plangraf.http.disposition import file_name, inline
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.http.table import Table
from plangraf.linkeddata.addresses import document_iri
from plangraf.matching.suggestion_files import suggestions_sssom
from plangraf.site.suggestions.model import PlanSuggestions, suggestions_path
from plangraf.view.reader import Reader

_COLUMNS = (
    *("goal", "goal_name", "relation", "suggested", "suggested_name"),
    *("confidence", "score", "justification", "reasons"),
)


async def suggestions_table(asked: PlanSuggestions, request: RecordingRequest, _: Services) -> Table:
    """Return the suggestions for all goals of the plan, without paging."""
    language = Reader.of(request).language
    records = [
        {
            "goal": each.goal.iri,
            "goal_name": each.goal.label(language),
            "relation": each.predicate,
            "suggested": each.thing.iri,
            "suggested_name": each.thing.label(language),
            "confidence": each.confidence,
            "score": round(each.score, 3),
            "justification": each.justification,
            "reasons": each.explanation(language),
        }
        for found in await to_thread.run_sync(asked.found, asked.goals)
        for each in found.suggestions
    ]
    return Table(_COLUMNS, records, language)


async def write_sssom(asked: PlanSuggestions, request: RecordingRequest, services: Services) -> Content:
    """Return the suggestions for all goals of the plan as a mapping set."""
    language = Reader.of(request).language
    found = await to_thread.run_sync(asked.found, asked.goals)
    identifier = document_iri(suggestions_path(asked.plan.iri, services.addresses) + asked.query(page=1))
    name = file_name(services.manifest.release, request.stem, "tsv")
    headers = {"Content-Disposition": inline(name)}
    return Content(suggestions_sssom(found, identifier, language), language=language, headers=headers)
