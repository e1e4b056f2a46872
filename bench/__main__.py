"""Run benchmarks and print tables of ratios. `python -m bench --help` lists the options."""

import argparse
import contextlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench import tables
from bench.building import measure_build
from bench.drafts import measure_drafts
from bench.fronts import measure_fronts, measure_fronts_storm, measure_switch
from bench.load import generator
from bench.matching import measure_matching
from bench.parts import (
    measure_curve,
    measure_memory,
    measure_pages,
    measure_queries,
    measure_start,
    measure_storm,
    storm_table,
    timed_release,
)
from bench.publishing import measure_publish
from bench.reach import reach_table
from bench.servers import OURS, SERVERS, NotInstalledError, Server, running
from bench.workbook import measure_workbook
from plangraf.release.release import Release

PARTS = (
    *("start", "queries", "pages", "memory", "storm", "fronts", "switch", "curve"),
    *("build", "publish", "workbook", "draft", "matching"),
)
DEFAULT = ("start", "queries", "pages", "memory", "storm", "fronts", "switch", "curve")
_SERVED = ("queries", "pages", "memory", "storm")  # these parts need all servers


def main() -> None:
    """Run the selected parts."""
    run = _Run(_parser().parse_args())
    run.measure()
    run.finish()


class _Run:
    """One run: its options and its results."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        # Paths on this machine are not part of the command that is shown above a table.
        given = vars(options).keys() - {"work", "write"}
        changed = (name for name in sorted(given) if getattr(options, name) != _parser().get_default(name))
        self._command = " ".join(tables.option(name, getattr(options, name)) for name in changed)
        self._found: dict[str, float] = {}
        self._sections: dict[str, str] = {}

    def measure(self) -> None:
        """Run each selected part, and print its tables as soon as they are finished."""
        asked = self._options
        if "start" in asked.parts:
            self._add("start", measure_start(5, self._found))
        with contextlib.ExitStack() as ending:
            work = asked.work or Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="plangraf-bench-")))
            work.mkdir(parents=True, exist_ok=True)
            work = work.resolve()
            if set(asked.parts) & set(_SERVED):
                release, _ = timed_release(work, asked.plans, asked.seed)
                self._measure_served(release, work)
            if {"fronts", "switch"} & set(asked.parts):
                self._measure_fronts(work)
            if "curve" in asked.parts:
                self._add("curve", measure_curve(asked.sizes, asked.seed, asked.seconds, work))
            if "workbook" in asked.parts:
                self._add("workbook", measure_workbook(work, 5, self._found))
            if "publish" in asked.parts:
                changes = min(asked.changes, asked.plans)
                self._add("publish", [*measure_publish(work, asked.plans, asked.seed, changes, self._found)])
            if "matching" in asked.parts:
                release, _ = timed_release(work, asked.plans, asked.seed)
                self._add("matching", measure_matching(release, work, asked.seed, self._found))
            if "draft" in asked.parts:
                self._add("draft", measure_drafts(work, self._found))
            if "build" in asked.parts:
                self._add("build", measure_build(work, asked.plans, asked.seed, asked.limit, self._found))

    def finish(self) -> None:
        """Print the table of goals, and write all tables into the document, if there is one.

        Goals without a new measurement keep the values of earlier runs in the document.
        """
        document: Path | None = self._options.write
        text = document.read_text(encoding="utf-8") if document else ""
        values = {**tables.values(text), **self._found}
        self._add("reach", [reach_table(values)])
        self._sections["reach"] = tables.keep(reach_table(values), values)
        if document is not None:
            for name, content in self._sections.items():
                text = tables.replace(text, name, content)
            document.write_text(text, encoding="utf-8")

    def _measure_served(self, release: Release, work: Path) -> None:
        asked, missing = self._options, list[str]()
        servers: dict[Server, contextlib.ExitStack] = {}
        with contextlib.ExitStack() as all_ending:
            for name in asked.servers:
                tables.progress(f"starting {name}")
                ending = all_ending.enter_context(contextlib.ExitStack())
                try:
                    servers[ending.enter_context(running(name, release, work))] = ending
                except NotInstalledError:
                    missing.append(name)
            if "memory" in asked.parts:
                self._add("memory-before", measure_memory(list(servers)))
            if "queries" in asked.parts:
                found = measure_queries(list(servers), missing, asked.plans, asked.seconds, self._found)
                self._add("queries", found)
            for server in servers:
                if server.name == OURS and "pages" in asked.parts:
                    self._add("pages", measure_pages(server, asked.plans, asked.seconds, self._found))
            if "memory" in asked.parts and "queries" in asked.parts:
                self._add("memory-after", measure_memory(list(servers)))
            if "storm" in asked.parts:
                self._measure_storms(servers)

    def _measure_storms(self, servers: dict[Server, contextlib.ExitStack]) -> None:
        """Measure one server after the other, and stop each one, so that its load does not affect the next."""
        rows: list[Sequence[str]] = []
        for server, ending in servers.items():
            tables.progress(f"storm: {server.name}")
            rows.append(measure_storm(server, self._options.plans, self._options.storm_seconds, self._found))
            ending.close()
        self._add("storm", [storm_table(rows)])

    def _measure_fronts(self, work: Path) -> None:
        """Measure our server alone, with one front and with two."""
        asked = self._options
        release, _ = timed_release(work, asked.plans, asked.seed)
        if "fronts" in asked.parts:
            costs = measure_fronts(release, asked.plans, asked.seconds, work, self._found)
            storms = measure_fronts_storm(release, asked.plans, asked.storm_seconds, work)
            self._add("fronts", [costs, storm_table(storms)])
        if "switch" in asked.parts:
            self._add("switch", [measure_switch(release, asked.plans, asked.seed, work, self._found)])

    def _add(self, name: str, content: list[str]) -> None:
        self._sections[name] = tables.section(f"python -m bench {self._command}".strip(), content)
        tables.say(f"## {name}\n\n{self._sections[name]}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description=f"Measure ratios in one run on one machine, with {generator()} as the load generator.",
    )
    parser.add_argument("--parts", type=_names(PARTS), default=DEFAULT, help=f"of {', '.join(PARTS)}")
    parser.add_argument("--servers", type=_names(tuple(SERVERS)), default=tuple(SERVERS), help="which to compare")
    parser.add_argument("--plans", type=int, default=357, help="the size of the release that is served (357)")
    parser.add_argument("--sizes", type=_sizes, default=(13, 357), help="plans at each point of the curve (13,357)")
    parser.add_argument("--seed", type=int, default=1, help="of the synthetic plans (1)")
    parser.add_argument("--seconds", type=float, default=2, help="of each measurement (2)")
    parser.add_argument("--storm-seconds", type=float, default=8, help="of each storm (8)")
    parser.add_argument("--limit", type=float, default=300, help="seconds after which a build is ended (300)")
    parser.add_argument("--changes", type=int, default=357, help="plans that are changed and published (357)")
    parser.add_argument("--work", type=Path, help="a folder that keeps the releases for the next run")
    parser.add_argument("--write", type=Path, help="a document whose tables are replaced by those of this run")
    return parser


class _names:  # noqa: N801  # argparse shows the name of a type in its messages
    """A comma-separated list of known names."""

    def __init__(self, known: Sequence[str]) -> None:
        self._known = known

    def __call__(self, text: str) -> tuple[str, ...]:
        """Return the names in `text`."""
        names = tuple(name.strip() for name in text.split(","))
        unknown = [name for name in names if name not in self._known]
        if unknown:
            raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: not one of {', '.join(self._known)}")
        return names


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(size) for size in text.split(","))


if __name__ == "__main__":
    main()
