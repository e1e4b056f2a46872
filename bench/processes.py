"""What the processes of a server hold of the machine's memory (Linux)."""

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
        processes: how many there are.
        rss: what each has in memory, added up; what is shared counts once for each process.
        pss: the same, but what is shared counts once.
    """

    processes: int
    rss: float
    pss: float


def memory(root: int) -> Memory:
    """Return what the process `root` and all that descend from it hold."""
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
    """Return what a file of /proc says; nothing, when its process has ended."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return ""
