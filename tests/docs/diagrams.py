"""Read the diagrams of the architecture guide, and compare them with the calls of a program that runs."""

import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from types import CodeType, FrameType, ModuleType

_NODE = re.compile(r'(\w+)\["([\w.]+)(?:<br>[^"]+)?"\]')
_ARROW = re.compile(r" -->(?:\|[^|]+\|)? ")
_CHAIN = re.compile(rf"\w+(?:{_ARROW.pattern}\w+)+")


@dataclass(frozen=True)
class Diagram:
    """A path through the code.

    Attributes:
        steps: the names of functions and classes below the package, by their ids.
        elsewhere: the ids of those that run in a worker process.
        arrows: pairs of ids.
    """

    steps: Mapping[str, str]
    elsewhere: frozenset[str]
    arrows: tuple[tuple[str, str], ...]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The names of this process that follow each other, be it by way of another process."""
        return [
            (self.steps[start], self.steps[end])
            for start in self.steps
            if start not in self.elsewhere
            for end in self._following(start)
        ]

    def _following(self, start: str) -> list[str]:
        found = []
        for end in (end for begin, end in self.arrows if begin == start):
            found += self._following(end) if end in self.elsewhere else [end]
        return found


def parse(text: str) -> Diagram:
    """Return the diagram of a block of Mermaid; a line that is neither node, arrows nor subgraph is an error."""
    first, *lines = text.splitlines()
    assert first == "flowchart TD"
    steps: dict[str, str] = {}
    elsewhere: set[str] = set()
    arrows: list[tuple[str, str]] = []
    place = ""
    for line in map(str.strip, lines):
        node = _NODE.fullmatch(line)
        if node:
            assert node[1] not in steps, f"{node[1]} stands twice"
            steps[node[1]] = node[2]
            if place == "worker process":
                elsewhere.add(node[1])
        elif line.startswith("subgraph "):
            place = line.removeprefix("subgraph ")
        elif line == "end":
            place = ""
        else:
            assert _CHAIN.fullmatch(line), line
            ids = _ARROW.split(line)
            arrows += pairwise(ids)
    ends = {end for arrow in arrows for end in arrow}
    assert ends == set(steps), f"nodes without arrows, or arrows without nodes: {sorted(ends ^ set(steps))}"
    return Diagram(steps, frozenset(elsewhere), tuple(arrows))


def named(name: str) -> object:
    """Return what has this dotted name below the package.

    Raises:
        AttributeError: there is no such thing.
    """
    found: object = import_module("plangraf")
    path = "plangraf"
    for step in name.split("."):
        path = f"{path}.{step}"
        if isinstance(found, ModuleType) and not hasattr(found, step):
            try:
                import_module(path)
            except ModuleNotFoundError as error:
                raise AttributeError(f"there is no {path}") from error
        found = getattr(found, step)
    return found


def code_of(name: str) -> CodeType:
    """Return the code of a function, or of the method that a class stands for: `__call__`, else the constructor."""
    found = named(name)
    if inspect.isclass(found):
        found = vars(found).get("__call__") or found.__init__
    code = getattr(inspect.unwrap(found), "__code__", None)  # type: ignore[arg-type]  # a function by now, or no code
    assert isinstance(code, CodeType), f"{name} is no function of Python"
    return code


@contextmanager
def recorded() -> Iterator[dict[CodeType, None]]:
    """Yield what is called in this thread, in the order of the first calls."""
    calls: dict[CodeType, None] = {}

    def record(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            calls.setdefault(frame.f_code)

    sys.setprofile(record)
    try:
        yield calls
    finally:
        sys.setprofile(None)


def faults(diagram: Diagram, calls: Mapping[CodeType, None]) -> list[str]:
    """Return in what a diagram differs from the calls of a run."""
    found = []
    order = {code: number for number, code in enumerate(calls)}
    for step, name in diagram.steps.items():
        try:
            called = code_of(name) in order
        except AttributeError:
            found.append(f"{name} does not exist")
            continue
        if called == (step in diagram.elsewhere):
            found.append(f"{name} was {'' if called else 'not '}called in this process")
    if found:
        return found
    return [
        f"{before} was called after {after}"
        for before, after in diagram.pairs
        if order[code_of(before)] >= order[code_of(after)]
    ]
