"""The memory of the processes of a server (Linux)."""

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
