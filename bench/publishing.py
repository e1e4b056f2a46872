"""The cost of `plangraf publish`: changed plans, one by one, from the command until a server answers with them."""

import shutil
import statistics
import subprocess
import threading
import time
from collections.abc import MutableMapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from bench.load import Load, Target, ask, percentile
from bench.parts import target
from bench.plans import PLAN
from bench.queries import mix
from bench.releases import write_plans
from bench.servers import Server, command, ours
from bench.tables import number, progress, table
from plangraf.release.history import HISTORY
from plangraf.release.ledger import LEDGER

FRONTS = 2
_LOADED = 10  # publications while point queries run
_PRUNED = 10  # publications after which old releases are pruned
_LOOK = 0.02  # seconds between two looks at the release that is served
_PATIENCE = 120.0  # seconds until a release must be live
_CONNECTIONS = 2


@dataclass
class Operator:
    """Somebody who changes plans and publishes them.

    Attributes:
        data: the folder of data.
        state: the state folder.
        ended: the times in seconds until the command had ended.
        live: the times in seconds until the server answered with the new release.
    """

    data: Path
    state: Path
    ended: list[float] = field(default_factory=list)
    live: list[float] = field(default_factory=list)

    def run(self, *arguments: str) -> None:
        """Run a command on the state folder, and wait for its end."""
        program = [command("PLANGRAF", "plangraf"), *arguments, "--state", str(self.state)]
        subprocess.run(program, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # our own command

    def publish(self, plan: int, server: Server) -> None:
        """Change a plan, publish it, and wait until it is live."""
        folder = self.data / f"kommune-{plan:04}" / PLAN
        file = folder / "plan.ttl"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(f"{plan:04} for alle", f"{plan:04} for alle i morgen"), encoding="utf-8")
        before = _served(server)
        begun = time.perf_counter()
        publishing = threading.Thread(target=self._publish, args=(folder, begun))
        publishing.start()
        while _served(server) == before:
            if time.perf_counter() - begun > _PATIENCE:
                raise RuntimeError(f"plan {plan} does not become live")
            time.sleep(_LOOK)
        self.live.append(time.perf_counter() - begun)
        publishing.join()

    def _publish(self, folder: Path, begun: float) -> None:
        self.run("publish", str(folder))
        self.ended.append(time.perf_counter() - begun)


def measure_publish(
    work: Path, plans: int, seed: int, changes: int, found: MutableMapping[str, float]
) -> Sequence[str]:
    """Measure publications with a server that is otherwise idle, and then while it answers point queries.

    Args:
        work: a writable folder.
        plans: the number of plans in the state folder.
        seed: the seed of the plans.
        changes: the number of plans that are changed.
        found: receives the measured values.
    """
    operator = Operator(work / "publish-data", work / "publish-state")
    for folder in (operator.data, operator.state):
        shutil.rmtree(folder, ignore_errors=True)
    write_plans(operator.data, plans, seed)
    progress(f"publish: the first {plans} plans")
    operator.run("publish", str(operator.data))
    with ours(operator.state, work, FRONTS) as server:
        for plan in range(1, changes + 1):
            progress(f"publish: {plan} of {changes}")
            operator.publish(plan, server)
            if plan % _PRUNED == 0:
                operator.run("prune", "--keep", "2")
        quiet = Operator(operator.data, operator.state, list(operator.ended), list(operator.live))
        calm = ask(target(server, mix(plans)["point"]), _CONNECTIONS, 2)
        loaded = _publish_under_load(operator, server, target(server, mix(plans)["point"]), plans, changes)
    found["publish live"] = percentile(quiet.live, 99)
    found["publish p99"] = loaded.p99
    times = [
        (name, *(number(value) for value in (statistics.median(values), percentile(values, 99), max(values))))
        for name, values in (("command ended", quiet.ended), ("live", quiet.live))
    ]
    sizes = [
        (f"{changes + _LOADED + 1}", str((operator.state / HISTORY).stat().st_size)),
        (f"{changes + _LOADED + 1}", str((operator.state / LEDGER).stat().st_size)),
    ]
    return [
        table((f"{changes} of {plans} plans changed, seconds until", "median", "p99", "most"), times),
        table(
            ("point queries", "answers a second", "p50, ms", "p99, ms", "failures"),
            [_load_row("calm", calm), _load_row(f"during {_LOADED} publications", loaded)],
        ),
        table(
            ("file", "publications", "bytes"),
            [(name, *size) for name, size in zip((HISTORY, LEDGER), sizes, strict=True)],
        ),
    ]


def _publish_under_load(operator: Operator, server: Server, asked: Target, plans: int, changes: int) -> Load:
    """Publish further plans while point queries run, and return what these measure."""
    seconds = 1.5 * _LOADED * statistics.median(operator.live)
    loads: list[Load] = []
    asking = threading.Thread(target=lambda: loads.append(ask(asked, _CONNECTIONS, seconds)))
    asking.start()
    for count in range(_LOADED):
        progress(f"publish under load: {count + 1} of {_LOADED}")
        operator.publish((changes + count) % plans + 1, server)
    asking.join()
    return loads[0]


def _load_row(name: str, load: Load) -> tuple[str, ...]:
    return (name, number(load.rate), number(load.p50), number(load.p99), str(load.failures))


def _served(server: Server) -> str:
    """Return the release that the server answers with; the connection is a new one, and costs little."""
    host, _, port = server.address.removeprefix("http://").partition(":")
    with closing(HTTPConnection(host, int(port), timeout=_PATIENCE)) as connection:
        connection.request("HEAD", "/robots.txt")
        return connection.getresponse().headers["plangraf-release"]
