"""Read the README and the guides: blocks of code, tables, links, curl lines."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
DOCUMENTS = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md")))
ADDRESS = "http://127.0.0.1:8000"

_STATUS = re.compile(r"^# answers (\d{3})$")
_RULE = re.compile(r"\|( ?:?-+:? ?\|)+$")
_CELL = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Block:
    """A fenced block of code.

    Attributes:
        document: the file that it stands in.
        line: the line of its fence.
        info: what stands behind the fence, such as `turtle complete`.
        text: the code.
    """

    document: Path
    line: int
    info: str
    text: str

    @property
    def language(self) -> str:
        return self.info.partition(" ")[0]

    def __str__(self) -> str:
        return f"{self.document.name}:{self.line}"


@dataclass(frozen=True)
class Curl:
    """A curl line, the status that the text announces, and the output that the text shows, where it does."""

    place: str
    line: str
    status: int | None
    output: Block | None

    def __str__(self) -> str:
        return self.place


def blocks(document: Path, info: str | None = None) -> list[Block]:
    """Return the fenced blocks of a document, in their order; those with this info string, or all."""
    found: list[Block] = []
    start, opening, lines = 0, "", list[str]()
    for number, line in enumerate(document.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            if start:
                found.append(Block(document, start, opening, "".join(f"{text}\n" for text in lines)))
                start = 0
            else:
                start, opening, lines = number, line.removeprefix("```"), []
        elif start:
            lines.append(line)
    assert not start, f"{document.name}:{start}: the block does not end"
    return [block for block in found if info in (None, block.info)]


def all_blocks(info: str) -> list[Block]:
    """Return the blocks of all documents that have this info string."""
    return [block for document in DOCUMENTS for block in blocks(document, info)]


def following(block: Block) -> Block | None:
    """Return the block that comes next in the document, if there is one."""
    return next((other for other in blocks(block.document) if other.line > block.line), None)


def _commands(block: Block) -> list[tuple[str, int | None]]:
    """Return the commands of a shell block, each with the status that the comment above it announces."""
    commands: list[tuple[str, int | None]] = []
    status: int | None = None
    command = ""
    for line in block.text.splitlines():
        announced = _STATUS.match(line)
        if announced and not command:
            status = int(announced[1])
            continue
        command = f"{command}\n{line}" if command else line
        if command.count("'") % 2 == 0 and not command.endswith("\\"):
            commands.append((command.replace("\\\n", " "), status))
            command, status = "", None
    assert not command, f"{block}: a quotation does not end"
    return commands


def curl_lines() -> list[Curl]:
    """Return all curl lines; the only one of a block has the JSON or CSV block behind it as its output."""
    found: list[Curl] = []
    for block in all_blocks("sh"):
        commands = _commands(block)
        behind = following(block)
        output = behind if len(commands) == 1 and behind and behind.language in ("json", "csv") else None
        found += [
            Curl(f"{block}-{index}", line, status, output)
            for index, (line, status) in enumerate(commands)
            if line.startswith("curl ")
        ]
    return found


def command_lines(documents: Iterable[Path] = DOCUMENTS) -> list[str]:
    """Return the lines of shell blocks that call `plangraf`."""
    return [
        line
        for document in documents
        for block in blocks(document, "sh")
        for line, _ in _commands(block)
        if line.startswith("plangraf ")
    ]


def tables(document: Path, *header: str) -> list[list[str]]:
    """Return the rows of all tables of a document that have this header; code is without its backticks."""
    rows: list[list[str]] = []
    inside = False
    for line in document.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            inside = False
            continue
        cells = [cell.strip().replace("`", "") for cell in _CELL.split(line)[1:-1]]
        if tuple(cells) == header:
            inside = True
        elif inside and set("".join(cells)) != {"-"}:
            rows.append(cells)
    assert rows, f"{document.name} has no table with the columns {', '.join(header)}"
    return rows


def headless_rows(text: str) -> list[int]:
    """Return the lines, from 1, where a run of table rows begins without a header; code is not looked at."""
    found: list[int] = []
    lines = text.splitlines()
    in_code = False
    for number, (before, line) in enumerate(zip(["", *lines], lines, strict=False), 1):
        if line.startswith("```"):
            in_code = not in_code
        begins = line.startswith("|") and not before.startswith("|")
        if begins and not in_code and not any(map(_RULE.match, lines[number : number + 1])):
            found.append(number)
    return found


def cases(found: Sequence[object]) -> pytest.MarkDecorator:
    """Parametrize a test with what was found in the documents, as `case`; there must be something."""
    assert found, "nothing was found in the documents"
    return pytest.mark.parametrize("case", found, ids=str)
