"""The cost of `plangraf build`: time and peak memory, for all plans and again with one changed plan."""

import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from bench.plans import PLAN
from bench.processes import memory
from bench.releases import write_plans
from bench.servers import command
from bench.tables import number, progress, table

_PROMISED = 357  # plans
_LOOK = 0.2  # seconds between two samples of the memory


@dataclass(frozen=True)
class Build:
    """The result of a build.

    Attributes:
        seconds: the duration in seconds.
        most: the peak memory of its processes in MiB (PSS).
        conforms: whether it wrote a release.
    """

    seconds: float
    most: float
    conforms: bool


def measure_build(work: Path, plans: int, seed: int, limit: float, found: dict[str, float]) -> list[str]:
    """Measure a build, and a second one after a change of one plan.

    Args:
        work: a writable folder.
        plans: the number of plans.
        seed: the seed of the plans.
        limit: seconds after which a build is stopped.
        found: receives the measured values.
    """
    data, out = work / "build-data", work / "build-releases"
    for folder in (data, out):
        shutil.rmtree(folder, ignore_errors=True)
    write_plans(data, plans, seed)
    first = _build(data, out, limit)
    rows = [_row(f"{plans} plans", first, limit)]
    if first.conforms:
        changed = data / "kommune-0001" / PLAN / "plan.ttl"
        text = changed.read_text(encoding="utf-8")
        changed.write_text(text.replace("Kommune 0001 for alle", "Kommune 0001 for alle i morgen"), encoding="utf-8")
        second = _build(data, out, limit)
        rows.append(_row("again, one plan changed", second, limit))
        if plans == _PROMISED:
            found["rebuild seconds"] = second.seconds
    if plans == _PROMISED:
        found.update({"build seconds": first.seconds, "build memory": first.most})
    return [table(("build", "seconds", "memory at most, MiB", "release made"), rows)]


def _row(name: str, build: Build, limit: float) -> tuple[str, str, str, str]:
    ended = "" if build.conforms else f"no; ended after {limit:.0f} s" if build.seconds >= limit else "no"
    return name, number(build.seconds), number(build.most), ended or "yes"


def _build(data: Path, out: Path, limit: float) -> Build:
    progress("build")
    begun, most = time.perf_counter(), 0.0
    arguments = [command("PLANGRAF", "plangraf"), "build", "--data", str(data), "--out", str(out)]
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL) as process:  # noqa: S603  # our own command
        while process.poll() is None:
            most = max(most, memory(process.pid).pss)
            if time.perf_counter() - begun > limit:
                process.kill()
            time.sleep(_LOOK)
    return Build(time.perf_counter() - begun, most, process.returncode == 0)
