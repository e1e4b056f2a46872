"""The parts of a run: each measures one thing and returns its tables.

They store values for the goals in `reach` in a dictionary.
"""

import statistics
import time
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from bench.load import SLOW_TIMEOUT, Load, Target, ask, ask_slowly, sparql_path
from bench.plans import plan_iri
from bench.processes import memory
from bench.queries import JSON, Template, mix
from bench.releases import write_release
from bench.servers import OURS, Server, running, start_time
from bench.storm import storm
from bench.tables import number, progress, ratio, table
from plangraf.release.release import Release

CONNECTIONS = (1, 8)
_FIT = 10  # minimum answers per connection for the load generator, which drops unfinished requests at the end
_FIRST_TIME = ("point", "page", "filter", "construct", "analytic")
_REPEATED = ("point", "analytic")
Measured = MutableMapping[str, float]


def measure_start(runs: int, found: Measured) -> list[str]:
    """Measure the time from start to first answer with the shipped data."""
    starts = [start_time() for _ in range(runs)]
    found["start"] = statistics.median(starts)
    row = (number(found["start"]), number(min(starts)), number(max(starts)), str(runs))
    return [table(("median, s", "least, s", "most, s", "runs"), [row])]


def measure_queries(
    servers: Sequence[Server], missing: Sequence[str], plans: int, seconds: float, found: Measured
) -> list[str]:
    """Measure the mix on all servers, query by query, so that all run under the same conditions."""
    templates = mix(plans)
    rates: list[Sequence[str]] = []
    details: list[Sequence[str]] = []
    notes = [f"Not installed: {', '.join(missing)}.\n"] if missing else []
    for key, varied in [*((key, False) for key in _REPEATED), *((key, True) for key in _FIRST_TIME)]:
        name = f"{key}, {'first time' if varied else 'repeated'}"
        probes = {server.name: _probe(server, templates[key]) for server in servers}
        if len({probe.rows for probe in probes.values()}) > 1:
            counts = ", ".join(f"{server} {probe.rows}" for server, probe in probes.items())
            notes.append(f"The answers to {key} differ in their number of rows: {counts}.\n")
        for connections in CONNECTIONS:
            progress(f"{name}, {connections} connections")
            loads = {
                server.name: _load(
                    target(server, templates[key], varied), connections, seconds, probes[server.name].seconds
                )
                for server in servers
            }
            rates.append((name, str(connections), *_compared(loads, servers)))
            details.extend(_detail(name, connections, server.name, loads[server.name]) for server in servers)
            _keep(key, varied, loads, found)
    others = [server.name for server in servers if server.name != OURS]
    header = ("query", "connections", f"{OURS}, answers a second", *(f"{OURS} / {other}" for other in others))
    details_header = ("query", "connections", "server", "answers a second", "p50, ms", "p99, ms", "failures")
    return [table(header, rates), *notes, table(details_header, details)]


def measure_pages(ours: Server, plans: int, seconds: float, found: Measured) -> list[str]:
    """Measure the HTML pages of plans, each at its first request."""
    paths = tuple(urlsplit(plan_iri(plan)).path.replace("/plangraf/id/", "/doc/") for plan in range(1, plans + 1))
    asked = Target(ours.address, "@iri@?lang=en", "text/html", paths)
    load = _load(asked, 1, seconds, ask_slowly(asked, 1, 0).p50 / 1000)
    found["page p50"] = load.p50
    first_time = "yes" if load.answers < plans else "no, some were asked again"
    row = (number(load.rate), number(load.p50), number(load.p99), str(load.failures), first_time)
    return [table(("pages a second", "p50, ms", "p99, ms", "failures", "each for the first time"), [row])]


def measure_memory(servers: Sequence[Server]) -> list[str]:
    """Measure the current memory of the processes of each server."""
    rows = []
    held = {server.name: memory(server.pid) for server in servers}
    for server in servers:
        its = held[server.name]
        times = ratio(held[OURS].pss, its.pss) if OURS in held else ""
        rows.append((server.name, str(its.processes), number(its.rss), number(its.pss), times, number(server.start)))
    header = ("server", "processes", "RSS, MiB", "PSS, MiB", f"{OURS} / it, PSS", "load and start, s")
    return [table(header, rows)]


def measure_storm(server: Server, plans: int, seconds: float, found: Measured) -> Sequence[str]:
    """Measure small queries during a storm, and return a row of the table."""
    templates = mix(plans)
    done = storm(server, templates["runaway"], target(server, templates["point"]), seconds)
    if server.name == OURS:
        found.update({"storm failures": done.stormy.failures, "storm p99": done.stormy.p99})
    ended = ", ".join(f"{count} × {status}" for status, count in sorted(done.ended.items())) or "none ended"
    return (
        server.name,
        *(number(value) for value in (done.calm.p50, done.calm.p99)),
        *(number(value) for value in (done.stormy.rate, done.stormy.p50, done.stormy.p99)),
        str(done.stormy.failures),
        ended,
    )


def storm_table(rows: Sequence[Sequence[str]]) -> str:
    """Return the table of the storms."""
    header = (
        "server",
        "calm: p50, ms",
        "calm: p99, ms",
        "storm: answers a second",
        "storm: p50, ms",
        "storm: p99, ms",
    )
    return table((*header, "storm: failures", "runaway queries that ended"), rows)


def measure_curve(sizes: Sequence[int], seed: int, seconds: float, work: Path) -> list[str]:
    """Measure the cost of releases of several sizes, each with its own server."""
    rows = []
    for plans in sizes:
        release, made = timed_release(work, plans, seed)
        triples = release.manifest.counts.triples
        progress(f"curve: {triples:,} triples")
        templates = mix(plans)
        with running(OURS, release, work) as server:
            loads = []
            for key in ("point", "page", "analytic"):
                took = _probe(server, templates[key]).seconds
                loads.append(_load(target(server, templates[key]), 1, seconds, took))
            held = memory(server.pid)
            rows.append(
                (
                    *(f"{plans:,}", f"{triples:,}", number(release.manifest.size / 2**20), made),
                    *(number(server.start), number(held.pss), number(held.pss * 2**20 / triples)),
                    *(number(load.p50) for load in loads),
                )
            )
    header = ("plans", "triples", "file, MiB", "made in, s", "start, s", "PSS, MiB", "bytes a triple")
    return [table((*header, "point p50, ms", "page p50, ms", "analytic p50, ms"), rows)]


def timed_release(work: Path, plans: int, seed: int) -> tuple[Release, str]:
    """Return a release of synthetic plans, and the build time in seconds, if it did not exist."""
    folder = work / f"release-{plans}-{seed}"
    there = (folder / "manifest.json").exists()
    progress(f"a release of {plans} plans")
    begun = time.perf_counter()
    release = write_release(folder, plans, seed)
    return release, "was there" if there else number(time.perf_counter() - begun)


def target(server: Server, template: Template, varied: bool = True) -> Target:
    """Return the request for `template` to `server`."""
    path = sparql_path(server.path, {"query": template.text})
    iris = tuple(iri.replace(":", "%3A").replace("/", "%2F") for iri in template.iris)
    return Target(server.address, path, template.accept, iris, varied)


def _probe(server: Server, template: Template) -> "_Probe":
    """Send one request, and return its duration and the size of the answer."""
    with httpx.Client(timeout=SLOW_TIMEOUT, headers={"Accept": template.accept}) as client:
        client.get(server.address + server.path, params={"query": "ASK {}"})  # opens the connection
        begun = time.perf_counter()
        answer = client.get(server.address + server.path, params={"query": template.fill(0)})
        took = time.perf_counter() - begun
    answer.raise_for_status()
    solutions = template.accept == JSON
    rows = len(answer.json()["results"]["bindings"]) if solutions else len(set(answer.content.splitlines()))
    if not rows:
        raise RuntimeError(f"{server.name} answers {template.key} with nothing")
    return _Probe(took, rows)


@dataclass(frozen=True)
class _Probe:
    seconds: float
    rows: int


def _load(asked: Target, connections: int, seconds: float, took: float) -> Load:
    """Measure with the load generator, or for slow queries until the last answer has arrived."""
    few = took * connections * _FIT > seconds
    return ask_slowly(asked, connections, seconds) if few else ask(asked, connections, seconds)


def _compared(loads: Mapping[str, Load], servers: Sequence[Server]) -> list[str]:
    ours = loads[OURS].rate if OURS in loads else 0
    return [number(ours), *(ratio(ours, loads[s.name].rate) for s in servers if s.name != OURS)]


def _detail(name: str, connections: int, server: str, load: Load) -> Sequence[str]:
    values = (number(load.rate), number(load.p50), number(load.p99))
    return (name, str(connections), server, *values, str(load.failures))


def _keep(key: str, varied: bool, loads: Mapping[str, Load], found: Measured) -> None:
    """Store the ratios for the goals: the smallest over the numbers of connections."""
    for server, load in loads.items():
        if server != OURS and OURS in loads and load.rate:
            name = f"{key if varied else 'repeated'} / {server}"
            times = loads[OURS].rate / load.rate
            found[name] = min(times, found.get(name, times))
