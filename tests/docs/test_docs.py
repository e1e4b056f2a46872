"""The guides and the repository agree: links, targets of make, dependencies, rooms, what may not stand there."""

import ast
import json
import re
import tomllib
from pathlib import Path

from tests.docs.documents import DOCS, DOCUMENTS, ROOT, cases, headless_rows, tables

PACKAGE = ROOT / "server" / "plangraf"
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_NAME = re.compile(r"^[A-Za-z0-9._-]+")


def _anchors(document: Path) -> set[str]:
    headings = _HEADING.findall(document.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@cases(DOCUMENTS)
def test_relative_links_lead_to_files_and_headings(case: Path) -> None:
    for link in _LINK.findall(case.read_text(encoding="utf-8")):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (case.parent / path).resolve() if path else case
        assert target.exists(), f"{case.name}: {link}"
        assert not anchor or anchor in _anchors(target), f"{case.name}: {link}"


def test_readme_leads_to_every_guide() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [guide.name for guide in DOCS.glob("*.md") if f"](docs/{guide.name})" not in readme]
    assert missing == []


@cases(DOCUMENTS)
def test_every_run_of_rows_begins_with_a_header(case: Path) -> None:
    """An empty line inside a table makes the rows below it plain text."""
    assert headless_rows(case.read_text(encoding="utf-8")) == []


def test_rows_below_an_empty_line_have_no_header() -> None:
    assert headless_rows("| a | b |\n| --- | --- |\n| 1 | 2 |\n\n| 3 | 4 |\n") == [5]


def test_targets_of_make_are_those_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony is not None
    rows = tables(DOCS / "contributor.md", "target", "does")
    assert {row[0] for row in rows} == {f"make {target}" for target in phony[1].split()}
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        for target in re.findall(r"(?:^ {4}|`)make ([a-z]+)", text, re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{document.name}: make {target}"


def test_every_dependency_has_its_line_and_no_other_has() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    names = [match[0].lower() for match in map(_NAME.match, declared) if match]
    rows = tables(DOCS / "dependencies.md", "package", "why", "licence", "in its place")
    assert sorted(row[0] for row in rows) == sorted(names)
    assert all(all(row) for row in rows)


def test_every_package_of_npm_has_its_line_and_no_other_has() -> None:
    declared = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    rows = tables(DOCS / "dependencies.md", "npm package", "why", "licence", "in its place")
    assert [row[0] for row in rows] == list(declared)
    assert all(all(row) for row in rows)


def test_every_client_of_npm_has_its_line_and_no_other_has() -> None:
    declared = json.loads((ROOT / "tests" / "clients" / "package.json").read_text(encoding="utf-8"))[
        "devDependencies"
    ]
    rows = tables(DOCS / "dependencies.md", "client", "why", "licence", "in its place")
    assert [row[0] for row in rows] == list(declared)
    assert all(all(row) for row in rows)


def _rooms() -> list[list[str]]:
    rows = [row for row in tables(DOCS / "architecture.md", "room", "holds") if row[0]]
    return [re.findall(r"\w+", row[0]) for row in rows]


def test_every_room_has_its_row() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    modules = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    assert sorted(room for row in _rooms() for room in row) == sorted(packages | modules)


def test_imports_run_one_way() -> None:
    level = {room: number for number, row in enumerate(_rooms()) for room in row}
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room == "__init__":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("plangraf"):
                continue
            first = (node.module or "").split(".")[1:2] or [alias.name for alias in node.names]
            wrong += [f"{path.name} imports {name}" for name in first if level.get(name, 0) > level[room]]
    assert wrong == []


@cases(DOCUMENTS)
def test_no_machine_paths(case: Path) -> None:
    text = case.read_text(encoding="utf-8")
    assert re.findall(r"(?<![\w.>…-])/(?:home|root|work|tmp|Users|usr|var)/", text) == []


def test_a_class_name_stands_in_one_module() -> None:
    """One name for one thing; private names, which no other module imports, may be the same."""
    modules: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                modules.setdefault(node.name, []).append(str(path.relative_to(PACKAGE)))
    assert {name: found for name, found in modules.items() if len(found) > 1} == {}


def test_every_module_of_the_server_has_its_row_and_no_other_has() -> None:
    rows = tables(DOCS / "architecture.md", "module", "holds")
    listed = [name.strip() for row in rows for name in row[0].split(",")]
    there = {path.stem for path in (PACKAGE / "serving").glob("*.py")} - {"__init__"}
    assert sorted(listed) == sorted(there)
