"""The answer to a batch of queries (Reconciliation Service API 0.2, section 4.2)."""

import asyncio
from collections.abc import Sequence

import orjson

from plangraf.http.services import Services
from plangraf.matching.query import MatchCandidate
from plangraf.search.names import NameRole
from plangraf.site.reconcile.batch import read_batch
from plangraf.site.reconcile.client import ClientLanguage
from plangraf.site.reconcile.labels import Labels, read_labels
from plangraf.site.reconcile.types import type_object


async def answer_batch(text: str, client: ClientLanguage, services: Services) -> bytes:
    """Return the candidates for each query of a batch, both in JSON.

    The work is done in threads, so that a large batch does not hold up others on the event loop.

    Raises:
        RequestMalformed: the batch is not as the specification says.
        BodyTooLarge: it has too many queries.
        IndexUnavailable: the index of the release has not been made yet.
    """
    batch = await asyncio.to_thread(read_batch, text)
    found = await services.matching.match([*batch.values()])
    labels = await read_labels({candidate.thing for results in found for candidate in results}, services)

    def write() -> bytes:
        answers = {
            key: {"result": _results(candidates, labels, client)}
            for key, candidates in zip(batch, found, strict=True)
        }
        return orjson.dumps(answers, option=orjson.OPT_APPEND_NEWLINE)

    return await asyncio.to_thread(write)


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
