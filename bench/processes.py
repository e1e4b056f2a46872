"""The memory and the processor time of the processes of a server (Linux)."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

_PARENT = re.compile(r"^PPid:\s+(\d+)$", re.MULTILINE)
_RSS = re.compile(r"^Rss:\s+(\d+) kB$", re.MULTILINE)
_PSS = re.compile(r"^Pss:\s+(\d+) kB$", re.MULTILINE)


@dataclass(frozen=True)
class Memory:
    """Memory in MiB.

    Attributes:
        processes: the number of processes.
        rss: the sum of the resident set sizes, in which shared memory counts once for each process.
        pss: the sum of the proportional set sizes, in which shared memory counts once.
    """

    processes: int
    rss: float
    pss: float


def memory(root: int) -> Memory:
    """Return the memory of the process `root` and its descendants."""
    texts = [text for pid in _family(root) if (text := _read(f"/proc/{pid}/smaps_rollup"))]
    return Memory(len(texts), _sum(_RSS, texts), _sum(_PSS, texts))


@dataclass(frozen=True)
class ProcessorTime:
    """Processor time of our server in seconds.

    Attributes:
        front: that of its fronts, which speak HTTP.
        worker: that of its workers, which evaluate queries.
    """

    front: float
    worker: float

    def since(self, before: "ProcessorTime") -> "ProcessorTime":
        """Return the time that has been used since `before`."""
        return ProcessorTime(self.front - before.front, self.worker - before.worker)


def processor_time(root: int) -> ProcessorTime:
    """Return the processor time that the fronts and workers below the process `root` have used.

    Workers that have ended count too, but no fronts.
    """
    front = worker = 0.0
    for pid in _family(root):
        stat = parse_stat(_read(f"/proc/{pid}/stat"))
        if stat.name == "plangraf-front":
            front += stat.own
        elif stat.name == "plangraf-worker":
            worker += stat.own
        elif stat.name == "plangraf-keeper":
            worker += stat.ended
    return ProcessorTime(front, worker)


@dataclass(frozen=True)
class Stat:
    """What the stat file of a process says.

    Attributes:
        name: the name of the process.
        own: its processor time, in seconds.
        ended: that of its children that have ended, in seconds.
    """

    name: str
    own: float
    ended: float


def parse_stat(text: str) -> Stat:
    """Return the content of a stat file; it is empty if the process has ended."""
    name, _, rest = text.partition("(")[2].rpartition(")")
    ticks = [int(field) for field in rest.split()[11:15]]
    second = os.sysconf("SC_CLK_TCK")
    return Stat(name, sum(ticks[:2]) / second, sum(ticks[2:]) / second)


def _family(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and (parent := _PARENT.search(_read(f"/proc/{folder.name}/status"))):
            children.setdefault(int(parent[1]), []).append(int(folder.name))
    family = [root]
    for pid in family:
        family.extend(children.get(pid, ()))
    return family


def _sum(field: re.Pattern[str], texts: list[str]) -> float:
    return sum(int(found) for text in texts for found in field.findall(text)) / 1024


def _read(path: str) -> str:
    """Return the content of a file in /proc, or "" if its process has ended."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return ""
