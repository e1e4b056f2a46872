"""Metrics for Prometheus, and the query log. Neither identifies a client.

With PROMETHEUS_MULTIPROC_DIR in the environment when this module is imported, each process of the server writes its
values into files there, and any of them reports the sums over all. The files are named by the role of a process, not
by its number, so a front that is started again continues the counters of the one before.
"""

import contextlib
import logging
import os
from collections.abc import Iterable
from pathlib import Path

import orjson
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest, values
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

_log = logging.getLogger("plangraf.query")

MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable of prometheus-client that names the folder of the files."""

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_KINDS = ("counter", "histogram", "gauge_livesum")
"""How prometheus-client begins the names of the files for the metrics below."""
_FILE_SIZE = 1024 * 1024
"""The initial size of a file in prometheus-client, in bytes; the values below need a fraction of it."""
_role = ["supervisor"]

if MULTIPROCESS in os.environ:
    # prometheus-client documents this for servers that number their workers.
    values.ValueClass = values.MultiProcessValue(lambda: _role[0])  # type: ignore[no-untyped-call]  # it has no types

_queries = Counter("plangraf_queries", "Queries by what became of them", ["outcome"])
_query_seconds = Histogram(
    "plangraf_query_seconds",
    "Seconds from a query to the end of its answer, those from the cache apart",
    ["cache"],
    buckets=_SECONDS,
)
_answer_bytes = Counter("plangraf_answer_bytes", "Bytes of answers")
_queries_running = Gauge("plangraf_queries_running", "Queries that run", multiprocess_mode="livesum")
_queries_waiting = Gauge("plangraf_queries_waiting", "Queries that wait", multiprocess_mode="livesum")
_workers_ended = Counter("plangraf_workers_ended", "Workers that ended, by reason", ["reason"])
_cache_bytes = Gauge("plangraf_cache_bytes", "Bytes in the answer caches", multiprocess_mode="livesum")
_release = Gauge(
    "plangraf_release_info", "Processes that serve a release, by release", ["release"], multiprocess_mode="livesum"
)
_refused = Counter("plangraf_requests_refused", "Requests and connections refused at a limit, by limit", ["limit"])
_faults = Counter("plangraf_faults", "Requests that were answered with 500 because of an error of the server")
_processes_ended = Counter(
    "plangraf_processes_ended", "Processes of the server that ended and were started again", ["process"]
)
_changes = Counter("plangraf_graph_changes", "Requests to change a graph by what became of them", ["outcome"])
_previews = Counter("plangraf_previews", "Previews of uploads by what became of them", ["outcome"])
_previews_removed = Counter("plangraf_previews_removed", "Previews that are gone, by reason", ["reason"])
_previews_kept = Gauge("plangraf_previews_kept", "Previews that are kept", multiprocess_mode="livesum")
_preview_bytes = Gauge("plangraf_preview_bytes", "Bytes of the previews that are kept", multiprocess_mode="livesum")
_switches = Counter("plangraf_release_switches", "Changes of the release that is served, by outcome", ["outcome"])


def set_role(role: str) -> None:
    """Name this process, after a fork, for the files of its values: two running processes must not share a name."""
    _role[0] = role


def reserve_files(roles: Iterable[str]) -> None:
    """Make the files of the values of each process at their full size.

    A process that writes to a file without space on the disk is killed by the kernel (SIGBUS), because the file is
    mapped into its memory.

    Raises:
        OSError: there is not enough space.
    """
    folder = Path(os.environ[MULTIPROCESS])
    for role in roles:
        for kind in _KINDS:
            with (folder / f"{kind}_{role}.db").open("ab") as file:
                os.posix_fallocate(file.fileno(), 0, _FILE_SIZE)


def forget_process(role: str) -> None:
    """Remove the gauges of a process that has ended; its counters stay."""
    if MULTIPROCESS in os.environ:
        mark_process_dead(role)  # type: ignore[no-untyped-call]  # it has no types
        with contextlib.suppress(OSError):  # the next process makes the file without a reserve
            reserve_files([role])


def count_refusal(limit: str) -> None:
    """Count a request or a connection that was refused at a limit below the application."""
    _refused.labels(limit).inc()


def count_fault() -> None:
    """Count a request that was answered with 500."""
    _faults.inc()


def count_ended_process(process: str) -> None:
    """Count a process of the server that has ended although nobody told it to."""
    _processes_ended.labels(process).inc()


def count_change(outcome: str) -> None:
    """Count a request to change a graph, by what has become of the graph or the slug of a problem type."""
    _changes.labels(outcome).inc()


def count_switch(outcome: str) -> None:
    """Count a change of the release: `switched`, or `refused` if the new release cannot be served."""
    _switches.labels(outcome).inc()


class PreviewMetrics:
    """The metrics of the previews of a server; it observes them."""

    def preview_made(self, outcome: str) -> None:
        """Count a preview by `made`, or by the reason why it could not be made."""
        _previews.labels(outcome).inc()

    def preview_removed(self, reason: str) -> None:
        """Count a preview that is gone, by reason."""
        _previews_removed.labels(reason).inc()

    def previews_changed(self, number: int, size: int) -> None:
        """Set the number of previews and their size in bytes."""
        _previews_kept.set(number)
        _preview_bytes.set(size)


def metrics_text() -> bytes:
    """Return all metrics in the text format of Prometheus."""
    if MULTIPROCESS not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # it has no types
    return generate_latest(registry)


class Metrics:
    """The metrics of the queries on one release, and the query log. It observes the engine and the answer cache.

    Several releases may be served at once during a switch, so gauges change by differences.
    """

    def __init__(self) -> None:
        self._answered = _queries.labels("ok")
        self._hits, self._misses = _query_seconds.labels("hit"), _query_seconds.labels("miss")
        self._running = 0
        self._waiting = 0
        self._cached = 0

    @property
    def logs_queries(self) -> bool:
        """Whether each query is logged, which requires that the engine counts the rows of its answer."""
        return _log.isEnabledFor(logging.INFO)

    def load_changed(self, running: int, waiting: int) -> None:
        """Set the numbers of running and waiting queries."""
        if running != self._running:
            _queries_running.inc(running - self._running)
        if waiting != self._waiting:
            _queries_waiting.inc(waiting - self._waiting)
        self._running, self._waiting = running, waiting

    def worker_ended(self, reason: str) -> None:
        """Count a worker that has ended, by reason."""
        _workers_ended.labels(reason).inc()

    def cache_changed(self, size: int) -> None:
        """Set the size of the answer cache in bytes."""
        if size != self._cached:
            _cache_bytes.inc(size - self._cached)
            self._cached = size

    def serve(self, release: str) -> None:
        """Record that this process serves `release` from now on."""
        _release.labels(release).set(1)

    def retire(self, release: str) -> None:
        """Record that this process no longer serves `release`, and give back what the gauges have of it."""
        _release.labels(release).set(0)
        self.load_changed(0, 0)
        self.cache_changed(0)

    def count(
        self,
        outcome: str,
        seconds: float,
        *,
        digest: str = "",
        form: str = "",
        rows: int | None = None,
        size: int = 0,
        cached: bool = False,
    ) -> None:
        """Count a query, and log it.

        Args:
            outcome: `ok`, `gone` (the client has disconnected), `broken` (the answer could not be completed), or the
                slug of a problem type.
            seconds: the time from the request to the end of the answer.
            digest: a hash of the query, which the log has instead of its text.
            form: the form of the answer; empty if there is no answer.
            rows: the number of solutions or triples, or None if they were not counted.
            size: the size of the answer in bytes, without a content coding.
            cached: whether the answer was in the answer cache.
        """
        (self._answered if outcome == "ok" else _queries.labels(outcome)).inc()
        (self._hits if cached else self._misses).observe(seconds)
        _answer_bytes.inc(size)
        if self.logs_queries:
            line = {
                "query": digest,
                "form": form,
                "outcome": outcome,
                "milliseconds": round(seconds * 1000, 2),
                "rows": rows,
                "bytes": size,
                "cached": cached,
            }
            _log.info("%s", orjson.dumps(line).decode())
