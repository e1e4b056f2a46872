"""The time in which `plangraf validate` checks a workbook of 500 rows."""

import resource
import statistics
import subprocess
import time
from collections.abc import MutableMapping
from pathlib import Path

from bench.servers import command
from bench.tables import number, progress, table
from plangraf.workbook.example import example_rows
from plangraf.workbook.rows import WorkbookRows, made_row
from plangraf.workbook.sheets import BY_KEY
from plangraf.workbook.xlsx_writer import write_xlsx

_GOALS = 50
_STRATEGIES = 6  # of each goal
_SOURCE = "https://www.eksempelvik.example/samfunnsplan.pdf"


def measure_workbook(work: Path, runs: int, found: MutableMapping[str, float]) -> list[str]:
    """Measure `plangraf validate` on a workbook, from its start to its end.

    Args:
        work: a folder for the workbook.
        runs: the number of runs.
        found: takes the median in seconds.
    """
    path = work / "workbook.xlsx"
    rows = _rows()
    path.write_bytes(write_xlsx(rows))
    program, times = command("PLANGRAF", "plangraf"), []
    before = _processor()
    for run in range(runs):
        progress(f"workbook, run {run + 1}")
        begun = time.perf_counter()
        subprocess.run([program, "validate", path], check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # our own command
        times.append(time.perf_counter() - begun)
    found["workbook"] = statistics.median(times)
    count = sum(1 for row in rows if row.sheet.key != "plan")
    cost = (_processor() - before) / runs
    row = (str(count), number(found["workbook"]), number(min(times)), number(max(times)), number(cost), str(runs))
    return [table(("rows", "median, s", "least, s", "most, s", "of the processor, s", "runs"), [row])]


def _processor() -> float:
    """Return the processor seconds of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _rows() -> WorkbookRows:
    """Return the rows of a plan that conforms: goals, strategies, measures, links to SDGs and translations."""
    numbers = range(1, _GOALS + 1)
    stated = {"wording": "AsAdopted", "source": _SOURCE}
    goals = [{"number": f"{n}", "name": f"Mål nummer {n} i planen", "level": "hovedmål", **stated} for n in numbers]
    strategies = [
        {"number": f"{n}.{k}", "name": f"Kommunen skal sikre sted {n}.{k}", "supports": f"{n}", **stated}
        for n in numbers
        for k in range(1, _STRATEGIES + 1)
    ]
    measures = [
        {"number": f"T{n}", "name": f"Vi bygger flomvoll {n}", "implements": f"{n}.1", **stated} for n in numbers
    ]
    links = [
        {
            "thing": f"goal/{n}",
            "sdg_goal": "13",
            "sdg_target": "13.2",
            "basis": "StatedInPlan",
            "quote": f"Målet svarer til bærekraftsmål 13, sted {n}.",
            "source": _SOURCE,
        }
        for n in numbers
    ]
    texts = [{"thing": f"goal/{n}", "lang": "en", "text": f"Goal number {n} of the plan"} for n in numbers]
    found = {"goals": goals, "strategies": strategies, "measures": measures, "links": links, "texts": texts}
    return WorkbookRows(
        {
            "plan": example_rows("nb").of("plan"),
            **{key: [made_row(BY_KEY[key], row) for row in rows] for key, rows in found.items()},
        }
    )
