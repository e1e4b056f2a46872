"""The answer to a batch of queries (Reconciliation Service API 0.2, section 4.2)."""

from collections.abc import Mapping, Sequence

from plangraf.http.services import Services
from plangraf.matching.query import MatchCandidate, MatchQuery
from plangraf.search.names import NameRole
from plangraf.site.reconcile.client import ClientLanguage
from plangraf.site.reconcile.labels import Labels, read_labels
from plangraf.site.reconcile.types import type_object


async def answer_batch(
    batch: Mapping[str, MatchQuery], client: ClientLanguage, services: Services
) -> dict[str, object]:
    """Return the candidates for each query of a batch as a JSON object.

    Raises:
        IndexUnavailable: the index of the release has not been made yet.
    """
    found = await services.matching.match([*batch.values()])
    labels = await read_labels({candidate.thing for results in found for candidate in results}, services)
    return {
        key: {"result": _results(candidates, labels, client)} for key, candidates in zip(batch, found, strict=True)
    }


def _results(candidates: Sequence[MatchCandidate], labels: Labels, client: ClientLanguage) -> list[dict[str, object]]:
    return [_result(candidate, labels, client) for candidate in candidates]


def _result(candidate: MatchCandidate, labels: Labels, client: ClientLanguage) -> dict[str, object]:
    thing, language = candidate.thing, client.among(candidate.language)
    shown = candidate.role == NameRole.PREFERRED and candidate.language == language and candidate.name
    return {
        "id": thing.iri,
        "name": shown or labels.name(thing.iri, language),
        "description": labels.description(thing, language),
        "score": candidate.score,
        "match": candidate.certain,
        "type": [type_object(thing.profile.kind, language)],
        "features": [{"id": "exact", "value": candidate.exact}],
    }
