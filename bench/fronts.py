"""Our server with one front and with two: processor seconds for a thousand answers, and point queries meanwhile."""

import asyncio
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.load import Load, Target, ask
from bench.parts import measure_storm, target
from bench.processes import ProcessorTime, processor_time
from bench.queries import mix
from bench.releases import write_release
from bench.servers import Server, ours
from bench.tables import number, progress, ratio, table
from plangraf.release.release import Release

FRONTS = (1, 2)
_CONNECTIONS = 8
_QUERIES = (("point", True), ("page", True), ("filter", True), ("construct", True), ("point", False))
_SWITCHES = 4
"""The times that a server changes its release while its point queries are measured."""
_BETWEEN = 6.0
"""Seconds between two changes, in which a release of 357 plans is loaded."""


@dataclass(frozen=True)
class Cost:
    """A load and its cost.

    Attributes:
        load: the load.
        used: the processor time for it.
    """

    load: Load
    used: ProcessorTime

    @property
    def front(self) -> float:
        """Processor seconds of fronts for a thousand answers."""
        return 1000 * self.used.front / self.load.answers if self.load.answers else 0.0

    @property
    def worker(self) -> float:
        """Processor seconds of workers for a thousand answers."""
        return 1000 * self.used.worker / self.load.answers if self.load.answers else 0.0

    @property
    def total(self) -> float:
        """Processor seconds for a thousand answers."""
        return self.front + self.worker


def measure_cost(server: Server, asked: Target, seconds: float) -> Cost:
    """Measure a load with the processor time that it takes, after a moment of the same load."""
    ask(asked, _CONNECTIONS, 1)
    before = processor_time(server.pid)
    load = ask(asked, _CONNECTIONS, seconds)
    return Cost(load, processor_time(server.pid).since(before))


def measure_fronts(
    release: Release, plans: int, seconds: float, work: Path, found: MutableMapping[str, float]
) -> str:
    """Measure what answers cost on one front and on two, and return the table."""
    templates = mix(plans)
    costs: dict[tuple[str, bool], list[Cost]] = {}
    for fronts in FRONTS:
        with ours(release.path, work, fronts) as server:
            for key, varied in _QUERIES:
                progress(f"processor seconds: {key}, {fronts} fronts")
                asked = target(server, templates[key], varied)
                costs.setdefault((key, varied), []).append(measure_cost(server, asked, seconds))
    rows = []
    for (key, varied), (one, two) in costs.items():
        name = f"{key}, {'first time' if varied else 'repeated'}"
        for fronts, cost in zip(FRONTS, (one, two), strict=True):
            values = (cost.load.rate, cost.front, cost.worker, cost.total)
            more = (ratio(two.load.rate, one.load.rate), ratio(two.total, one.total)) if cost is two else ("", "")
            rows.append((name, str(fronts), *map(number, values), *more, str(cost.load.failures)))
    point_one, point_two = costs["point", True]
    found["fronts point cost"] = point_two.total / point_one.total
    found["fronts repeated rate"] = costs["point", False][1].load.rate / costs["point", False][0].load.rate
    header = ("query", "fronts", "answers a second", "front, s", "worker, s", "both, s", "2 / 1, rate", "2 / 1, s")
    return table((*header, "failures"), rows)


def measure_fronts_storm(release: Release, plans: int, seconds: float, work: Path) -> list[Sequence[str]]:
    """Measure the storm on two fronts, and return a row of the table of storms."""
    with ours(release.path, work, FRONTS[-1]) as server:
        name, *values = measure_storm(server, plans, seconds, {})
    return [(f"{name}, {FRONTS[-1]} fronts", *values)]


def measure_switch(release: Release, plans: int, seed: int, work: Path, found: MutableMapping[str, float]) -> str:
    """Measure point queries while the release changes, on one front and on two, and return the table."""
    other = write_release(work / f"release-{plans}-{seed + 1}", plans, seed + 1)
    rows = []
    for fronts in FRONTS:
        progress(f"switch: {fronts} fronts")
        folder = work / f"switching-{fronts}"
        folder.mkdir(exist_ok=True)
        current = folder / "current"
        _point(current, release.path)
        with ours(folder, work, fronts) as server:
            asked = target(server, mix(plans)["point"])
            calm = ask(asked, 2, _BETWEEN)
            switching = asyncio.run(_ask_through_switches(asked, current, (other.path, release.path)))
        rows.append((str(fronts), *map(number, (calm.rate, calm.p99, switching.rate, switching.p99))))
        rows[-1] = (*rows[-1], str(_SWITCHES), str(switching.failures))
        found["switch p99"] = max(found.get("switch p99", 0.0), switching.p99)
    header = ("fronts", "calm: answers a second", "calm: p99, ms", "switching: answers a second")
    return table((*header, "switching: p99, ms", "switches", "failures"), rows)


async def _ask_through_switches(asked: Target, current: Path, releases: Sequence[Path]) -> Load:
    load = asyncio.create_task(asyncio.to_thread(ask, asked, 2, _BETWEEN * (_SWITCHES + 1)))
    for number_of in range(_SWITCHES):
        await asyncio.sleep(_BETWEEN)
        _point(current, releases[number_of % len(releases)])
    return await load


def _point(current: Path, release: Path) -> None:
    """Let the link `current` name a release, in one step."""
    new = current.with_name("next")
    new.unlink(missing_ok=True)
    new.symlink_to(release)
    new.replace(current)
