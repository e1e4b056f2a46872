"""Metrics for Prometheus, and the query log. Neither identifies a client."""

import logging
from collections.abc import Iterable

import orjson
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from plangraf.engine.interface import Engine
from plangraf.http.answer_cache import AnswerCache

_log = logging.getLogger("plangraf.query")

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The metrics of a server and its query log.

    Args:
        engine: the engine, whose queues and workers are measured.
        cache: the answer cache, whose size is measured.
    """

    def __init__(self, engine: Engine, cache: AnswerCache) -> None:
        self._registry = CollectorRegistry()
        self._queries = Counter(
            "plangraf_queries", "Queries by what became of them", ["outcome"], registry=self._registry
        )
        self._seconds = Histogram(
            "plangraf_query_seconds",
            "Seconds from a query to the end of its answer, those from the cache apart",
            ["cache"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._answered = self._queries.labels("ok")
        self._hits, self._misses = self._seconds.labels("hit"), self._seconds.labels("miss")
        self._bytes = Counter("plangraf_answer_bytes", "Bytes of answers", registry=self._registry)
        cached = Gauge("plangraf_cache_bytes", "Bytes in the answer cache", registry=self._registry)
        cached.set_function(lambda: cache.size)
        self._registry.register(_EngineCollector(engine))

    @property
    def logs_queries(self) -> bool:
        """Whether each query is logged, which requires that the engine counts the rows of its answer."""
        return _log.isEnabledFor(logging.INFO)

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
        (self._answered if outcome == "ok" else self._queries.labels(outcome)).inc()
        (self._hits if cached else self._misses).observe(seconds)
        self._bytes.inc(size)
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

    def text(self) -> bytes:
        """Return all metrics in the text format of Prometheus."""
        return generate_latest(self._registry)


class _EngineCollector(Collector):
    """Reads the statistics of the engine when Prometheus scrapes the metrics."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def collect(self) -> Iterable[Metric]:
        """Yield the gauges of running and waiting queries, and the counter of ended workers."""
        statistics = self._engine.statistics()
        yield GaugeMetricFamily("plangraf_queries_running", "Queries that run", statistics.running)
        yield GaugeMetricFamily("plangraf_queries_waiting", "Queries that wait", statistics.waiting)
        ended = CounterMetricFamily("plangraf_workers_ended", "Workers that ended, by reason", labels=["reason"])
        for reason, number in statistics.workers_ended.items():
            ended.add_metric([reason], number)
        yield ended
