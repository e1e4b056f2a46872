"""The load generator: it sends requests to a server for some seconds, and reports the rate and the latency.

It runs `wrk` if that is installed. The fallback is a smaller generator with httpx, which uses more CPU time and thus
reports lower rates.
"""

import asyncio
import itertools
import json
import math
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import httpx

_BLOCK = 10_000_000  # numbers kept for one measurement, so that none is used twice
_started = itertools.count(1)
TIMEOUT = 30.0  # seconds that one answer may take
SLOW_TIMEOUT = 60.0

_SCRIPT = """\
local before = {}
local between = {}
local iris = {}
for line in io.lines("parts.txt") do before[#before + 1] = line end
for line in io.lines("iris.txt") do iris[#iris + 1] = line end
local number = tonumber(before[1])
local step = tonumber(before[2])
local path = before[3]
local headers = {}
headers["Accept"] = before[4]
function request()
  number = number + step
  local filled = path:gsub("@n@", string.format("%d", number))
  local iri = (iris[number % #iris + 1] or ""):gsub("%%", "%%%%")
  filled = filled:gsub("@iri@", iri)
  return wrk.format("GET", filled, headers)
end
function done(summary, latency, requests)
  io.stderr:write(string.format(
    '{"requests": %d, "seconds": %.6f, "p50": %.6f, "p99": %.6f, "slowest": %.6f, "failures": %d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    latency.max / 1e3,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write
      + summary.errors.timeout))
end
"""


@dataclass(frozen=True)
class Load:
    """The result of a measurement.

    Attributes:
        rate: successful answers per second.
        p50: the median latency in milliseconds.
        p99: the 99th percentile of the latency in milliseconds.
        answers: the number of answers, including failures.
        failures: the number of failures: a status of 400 or more, a broken connection, a timeout.
    """

    rate: float
    p50: float
    p99: float
    answers: int
    failures: int


@dataclass(frozen=True)
class Target:
    """A request: a path with the placeholders `@n@` and `@iri@`, percent-encoded.

    Attributes:
        address: the address of the server, without a trailing slash.
        path: the path, with the query string.
        accept: the value of Accept.
        iris: the values of `@iri@`, percent-encoded.
        varied: whether each request has a different number.
    """

    address: str
    path: str
    accept: str
    iris: Sequence[str] = ()
    varied: bool = True


def sparql_path(path: str, query: Mapping[str, str]) -> str:
    """Return a path with a query string in which `{n}` and `{iri}` are replaced by placeholders."""
    encoded = urlencode(query)
    return f"{path}?{encoded}".replace("%7Bn%7D", "@n@").replace("%7Biri%7D", "@iri@")


def percentile(times: Sequence[float], share: float) -> float:
    """Return the smallest of `times` that at least `share` percent of them do not exceed (nearest rank).

    Raises:
        ValueError: there are no times.
    """
    if not times:
        raise ValueError("no times")
    return sorted(times)[max(0, math.ceil(share / 100 * len(times)) - 1)]


def generator() -> str:
    """Return the name of the load generator in use."""
    return "wrk" if shutil.which("wrk") else "httpx"


def ask(target: Target, connections: int, seconds: float, timeout: float = TIMEOUT) -> Load:
    """Send requests to `target` on several connections, each as soon as the previous answer has arrived.

    Args:
        target: the request.
        connections: the number of connections.
        seconds: the duration.
        timeout: seconds after which a missing answer is a failure.
    """
    first = next(_started) * _BLOCK
    wrk = shutil.which("wrk")
    if wrk is None:
        return asyncio.run(_ask_with_httpx(target, connections, seconds, first, timeout))
    return _ask_with_wrk(wrk, target, connections, seconds, first, timeout)


def ask_slowly(target: Target, connections: int, seconds: float) -> Load:
    """Send requests for some seconds and wait for the last answers, for queries that take long."""
    return asyncio.run(_ask_with_httpx(target, connections, seconds, next(_started) * _BLOCK, SLOW_TIMEOUT))


def _ask_with_wrk(wrk: str, target: Target, connections: int, seconds: float, first: int, timeout: float) -> Load:
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        parts = (str(first), "1" if target.varied else "0", target.path, target.accept)
        (here / "parts.txt").write_text("\n".join(parts) + "\n", encoding="utf-8")
        (here / "iris.txt").write_text("".join(f"{iri}\n" for iri in target.iris), encoding="utf-8")
        (here / "ask.lua").write_text(_SCRIPT, encoding="utf-8")
        ended = subprocess.run(  # noqa: S603  # the load generator, with our own arguments
            [
                *(wrk, "--threads", "1", "--connections", str(connections), "--duration", f"{math.ceil(seconds)}s"),
                *("--timeout", f"{math.ceil(timeout)}s", "--script", "ask.lua", target.address),
            ],
            cwd=here,
            capture_output=True,
            text=True,
            timeout=seconds + timeout + 10,
            check=False,
        )
    if "{" not in ended.stderr:  # no connection could be made
        return Load(0, math.inf, math.inf, 0, connections)
    said = json.loads(ended.stderr[ended.stderr.index("{") :])
    good = max(0, said["requests"] - said["failures"])
    if not said["requests"]:
        return Load(0, math.inf, math.inf, 0, max(connections, said["failures"]))
    return Load(good / said["seconds"], said["p50"], said["p99"], said["requests"], said["failures"])


async def _ask_with_httpx(target: Target, connections: int, seconds: float, first: int, patience: float) -> Load:
    times: list[float] = []
    failures = 0
    numbers = itertools.count(first) if target.varied else itertools.repeat(first)

    async def one() -> None:
        nonlocal failures
        while True:
            number = next(numbers)
            iri = target.iris[number % len(target.iris)] if target.iris else ""
            path = target.path.replace("@n@", str(number)).replace("@iri@", iri)
            asked = time.perf_counter()
            try:
                answer = await client.get(target.address + path, headers={"Accept": target.accept})
                failures += answer.is_error
            except httpx.TransportError:
                failures += 1
            times.append((time.perf_counter() - asked) * 1000)
            if time.perf_counter() - begun >= seconds:
                return

    async with httpx.AsyncClient(timeout=patience, limits=httpx.Limits(max_connections=None)) as client:
        begun = time.perf_counter()
        await asyncio.gather(*(one() for _ in range(connections)))
    took = time.perf_counter() - begun
    return Load((len(times) - failures) / took, percentile(times, 50), percentile(times, 99), len(times), failures)
