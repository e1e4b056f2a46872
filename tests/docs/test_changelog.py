"""Changelog, citation metadata and the package agree on the version."""

import datetime
import re
import tomllib
from importlib.resources import files

import yaml  # type: ignore[import-untyped]  # its stubs would be one more dependency for this file alone
from tests.docs.documents import ROOT

import plangraf

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
_VERSION = re.compile(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})$", re.MULTILINE)
_SECTION = re.compile(r"^### (.+)$", re.MULTILINE)


def _changelog() -> str:
    return (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_newest_version_of_the_changelog_is_that_of_the_package() -> None:
    versions = [version for version, _ in _VERSION.findall(_changelog())]
    assert versions[0] == PROJECT["version"] == plangraf.__version__


def test_versions_of_the_changelog_go_from_new_to_old_below_unreleased() -> None:
    headings = re.findall(r"^## (.+)$", _changelog(), re.MULTILINE)
    found = _VERSION.findall(_changelog())
    assert headings[0] == "[Unreleased]"
    assert len(found) == len(headings) - 1
    numbers = [tuple(map(int, version.split("."))) for version, _ in found]
    assert numbers == sorted(set(numbers), reverse=True)
    dates = [datetime.date.fromisoformat(date) for _, date in found]
    assert dates == sorted(dates, reverse=True)


def test_sections_of_the_changelog_are_those_of_keep_a_changelog() -> None:
    allowed = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(_SECTION.findall(_changelog())) <= allowed


def test_citation_has_what_version_1_2_of_the_format_requires() -> None:
    assert CITATION["cff-version"] == "1.2.0"
    assert all(CITATION[key] for key in ("message", "title", "authors"))


def test_citation_names_version_and_date_of_the_newest_version_in_the_changelog() -> None:
    newest = _VERSION.search(_changelog())
    assert newest is not None
    assert str(CITATION["version"]) == newest[1]
    assert CITATION["date-released"] == datetime.date.fromisoformat(newest[2])


def test_citation_names_licence_and_holder_as_the_package_does() -> None:
    assert CITATION["license"] == PROJECT["license"]
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    holders = re.findall(r"^Copyright \(c\) \d+ (.+)$", licence, re.MULTILINE)
    assert [author["name"] for author in CITATION["authors"]] == holders


def test_package_says_that_it_is_typed() -> None:
    assert (files(plangraf) / "py.typed").is_file()
