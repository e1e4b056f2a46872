"""The time of a batch of 100 queries at the reconciliation service, and what others wait for meanwhile.

The queries are names of the release: as they are, without a word, with the words in another order, or with a typing
error. No text is asked twice.
"""

import json
import random
import statistics
import threading
import time
from collections.abc import MutableMapping, Sequence
from pathlib import Path

import httpx

from bench.processes import processor_time
from bench.servers import ours
from bench.tables import number, progress, table
from plangraf.release.release import Release

_BATCH = 100
_BATCHES = 20
_PATIENCE = 600.0  # seconds for the index, which the server makes beside the first answers
_NAMES = (
    "SELECT ?name (COUNT(*) AS ?things) WHERE { ?thing <http://www.w3.org/2004/02/skos/core#prefLabel> ?name } "
    "GROUP BY ?name"
)


def measure_matching(release: Release, work: Path, seed: int, found: MutableMapping[str, float]) -> list[str]:
    """Measure batches, one after another, on a server with one front.

    Args:
        release: the release to serve.
        work: a writable folder.
        seed: the seed of the choice of names.
        found: takes the median of the batches, in milliseconds.
    """
    rows = []
    with ours(release.path, work, 1) as server, httpx.Client(base_url=server.address, timeout=_PATIENCE) as client:
        begun = time.perf_counter()
        while client.post("/reconcile", data={"queries": '{"q": {"query": "klima"}}'}).status_code != 200:
            if time.perf_counter() - begun > _PATIENCE:
                raise TimeoutError(f"no index after {_PATIENCE} seconds")
            time.sleep(0.5)
        batches = _batches(client, seed)
        for name, extra in (("any type", {}), ("goals only", {"type": "plan:Goal"})):
            progress(f"matching, {name}")
            before = processor_time(server.pid)
            times, waits = _measure(client, server.address, [_json(batch, extra) for batch in batches])
            used = processor_time(server.pid).since(before).front / _BATCHES * 1000
            if not extra:
                found["matching batch"] = statistics.median(times)
            measured = (times[0], statistics.median(times), max(times), used, _p99(waits))
            rows.append((name, *map(number, measured), str(_BATCHES)))
    columns = ("first, ms", "median, ms", "most, ms", "of the front's processor, ms", "others' p99, ms", "batches")
    return [table(("batches of 100", *columns), rows)]


def _measure(client: httpx.Client, address: str, batches: Sequence[str]) -> tuple[list[float], list[float]]:
    """Return the times of batches, and of the requests for a small document that are made meanwhile; all in ms."""
    waits, ended = list[float](), threading.Event()

    def wait() -> None:
        with httpx.Client(base_url=address, timeout=_PATIENCE) as other:
            while not ended.wait(0.01):
                waits.append(_timed(other, "GET", "/opensearch.xml"))

    waiting = threading.Thread(target=wait)
    waiting.start()
    try:
        return [_timed(client, "POST", "/reconcile", {"queries": batch}) for batch in batches], waits
    finally:
        ended.set()
        waiting.join()


def _timed(client: httpx.Client, method: str, path: str, form: dict[str, str] | None = None) -> float:
    """Return the milliseconds until a request is answered."""
    begun = time.perf_counter()
    client.request(method, path, data=form).raise_for_status()
    return (time.perf_counter() - begun) * 1000


def _batches(client: httpx.Client, seed: int) -> list[list[str]]:
    answer = client.get("/sparql", params={"query": _NAMES, "format": "json"}).raise_for_status().json()
    names = sorted(row["name"]["value"] for row in answer["results"]["bindings"])
    chance = random.Random(seed)  # noqa: S311  # the numbers must be reproducible
    chance.shuffle(names)
    return [[_varied(name, chance) for name in names[at : at + _BATCH]] for at in range(0, _BATCH * _BATCHES, _BATCH)]


def _varied(name: str, chance: random.Random) -> str:
    words, way = name.split(), chance.random()
    if way < 0.3 or len(words) < 2:
        return name
    if way < 0.6:
        words.pop(chance.randrange(len(words)))
    elif way < 0.8:
        chance.shuffle(words)
    else:
        place = chance.randrange(len(words))
        letter = chance.randrange(len(words[place]))
        words[place] = words[place][:letter] + words[place][letter + 1 :] or words[place]
    return " ".join(words)


def _json(batch: Sequence[str], extra: dict[str, str]) -> str:
    return json.dumps({f"q{place}": {"query": text, **extra} for place, text in enumerate(batch)})


def _p99(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]
