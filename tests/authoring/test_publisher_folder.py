import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.release.test_publish import SWITCH

from plangraf import shipped
from plangraf.authoring.publisher_folder import LANGUAGES, NewPublisher, check_segment, write_publisher_folder
from plangraf.errors import InputError
from plangraf.namespaces import GRAPH, ID, expand
from plangraf.release.check import check_files
from plangraf.release.publish import publish
from plangraf.sources.dataset import list_files, read_dataset
from plangraf.validation.result import Severity

NEW = NewPublisher("nyvik", "Nyvik kommune", "samfunnsplan", "Samfunnsplan for Nyvik", "2026-2038")
HARD = 'Nyvik "ved \\ fjorden" $graph #1'


@pytest.mark.parametrize(
    "new",
    [
        NEW,
        *(replace(NEW, language=language) for language in LANGUAGES),
        replace(NEW, period=None),
        replace(NEW, base="https://data.nyvik.no/plan/"),
        replace(NEW, name=HARD, title=HARD),
    ],
    ids=str,
)
def test_the_files_conform_and_say_what_is_missing(new: NewPublisher, tmp_path: Path) -> None:
    written = write_publisher_folder(new, tmp_path)
    assert [path.relative_to(tmp_path / "nyvik").as_posix() for path in written if path.parent.name != "x"] == sorted(
        path.relative_to(tmp_path / "nyvik").as_posix() for path in tmp_path.rglob("*.ttl")
    )
    report = check_files(list_files([tmp_path]), list_files([shipped.DATA]))
    assert report.conforms
    shapes = {str(result.shape).rpartition("#")[2] for result in report.results}
    assert {"Graph-licenceStated", "Plan-goalsMissing"} <= shapes
    assert report.counts[Severity.WARNING] == 4  # the licence of each graph, which the author has to choose


def test_it_states_what_the_author_says_and_nothing_else(tmp_path: Path) -> None:
    write_publisher_folder(NEW, tmp_path)
    quads = list(read_dataset([tmp_path]).quads())
    plan = ox.NamedNode(f"{ID}nyvik/samfunnsplan")
    said = {(quad.predicate.value, getattr(quad.object, "value", "")) for quad in quads if quad.subject == plan}
    assert said == {
        (expand("rdf:type"), expand("plan:Plan")),
        (expand("skos:prefLabel"), NEW.title),
        (expand("dct:title"), NEW.title),
        (expand("dct:publisher"), f"{ID}nyvik"),
        (expand("dct:language"), "http://publications.europa.eu/resource/authority/language/NOB"),
        (expand("adms:status"), expand("plan:StatusNotLookedUp")),
        (expand("dct:temporal"), f"{plan.value}/period"),
        (expand("plan:transcription"), expand("plan:GoalsMissing")),
        (expand("plan:transcription"), expand("plan:StrategiesMissing")),
        (expand("plan:transcription"), expand("plan:SDGLinksMissing")),
        (expand("dct:source"), f"{GRAPH}nyvik/samfunnsplan"),
    }
    terms = {term.value for quad in quads for term in (quad.subject, quad.object) if isinstance(term, ox.NamedNode)}
    assert not {term for term in terms if "example" in term}


def test_what_the_comments_show_parses_where_it_stands(tmp_path: Path) -> None:
    """The comments are examples that an author uncomments, and the files then still parse."""
    for path in write_publisher_folder(NEW, tmp_path):
        text = path.read_text(encoding="utf-8")
        lines = [_uncommented(line) for line in text.splitlines()]
        assert lines != text.splitlines()
        statements = list(ox.parse("\n".join(lines), format=ox.RdfFormat.TURTLE))
        assert len(statements) > len(list(ox.parse(text, format=ox.RdfFormat.TURTLE)))


def _uncommented(line: str) -> str:
    """Return a line of a file without its comment mark, if it is an example in Turtle and no sentence."""
    found = re.fullmatch(r"(\s*)# (.* [;.]|<.*>)", line)
    return f"{found[1]}{found[2]}" if found else line


def test_with_a_base_the_things_are_below_it_and_the_organisation_states_it(tmp_path: Path) -> None:
    base = "https://data.nyvik.no/plan/"
    write_publisher_folder(replace(NEW, base=base), tmp_path)
    quads = list(read_dataset([tmp_path]).quads())
    stated = {quad.object for quad in quads if quad.predicate.value == expand("void:uriSpace")}
    assert stated == {ox.Literal(base)}
    plans = {quad.subject for quad in quads if quad.object == ox.NamedNode(expand("plan:Plan"))}
    assert plans == {ox.NamedNode(f"{base}samfunnsplan")}
    assert ox.NamedNode(f"{base}samfunnsplan/period") in {quad.subject for quad in quads}
    assert not [quad for quad in quads if str(quad.subject).startswith(f"<{ID}nyvik/")]


def test_the_folder_can_be_published(tmp_path: Path) -> None:
    write_publisher_folder(NEW, tmp_path / "data")
    publication = publish([tmp_path / "data" / "nyvik"], tmp_path / "state", SWITCH)
    assert publication.release.manifest.plans == (f"{ID}nyvik/samfunnsplan",)


@pytest.mark.parametrize(
    "segment",
    [
        *("", ".", "..", "../vik", "/etc", "a/b", "a\\b", "a%2Fb", "a.b"),
        *("Vik", "vík", "a b", "a--b", "-a", "a-", "a\n", "a" * 101),
    ],
)
def test_what_is_no_segment_is_refused_and_nothing_is_written(segment: str, tmp_path: Path) -> None:
    for new in (replace(NEW, publisher=segment), replace(NEW, plan=segment)):
        with pytest.raises(InputError):
            write_publisher_folder(new, tmp_path / "data")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("plan", ["derived", "editorial", "translation", "translation-en"])
def test_the_name_of_a_part_of_a_plan_is_no_plan(plan: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="part of a plan"):
        write_publisher_folder(replace(NEW, plan=plan), tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"name": " "},
        {"title": ""},
        {"title": "a\nb"},
        {"title": "a\udcffb"},
        {"name": "\x1b[31m"},
        {"period": "2038-2026"},
        {"period": "soon"},
        {"period": "2026"},
        {"language": "no"},
    ],
)
def test_what_cannot_be_said_is_refused(change: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(InputError):
        write_publisher_folder(replace(NEW, **change), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "base",
    [
        *("", "data.nyvik.no/plan/", "https://data.nyvik.no", "https://data.nyvik.no/plan", "ftp://data.nyvik.no/"),
        *("https://data.nyvik.no/../", "https://data.nyvik.no/a/./", "https://data.nyvik.no/?a/", "https:///plan/"),
        *("https://data.nyvik.no/#/", "https://u:p@data.nyvik.no/", "https://data.nyvik.no/a b/", "https://x:y/"),
        *("https://w3id.org/plangraf/id/nyvik/", "https://w3id.org/", "https://data.nyvik.no//", 'https://a.no/">/'),
    ],
)
def test_what_is_no_prefix_of_ones_own_is_refused(base: str, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        write_publisher_folder(replace(NEW, base=base), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_exists_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "nyvik").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="exists already"):
        write_publisher_folder(NEW, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["nyvik"]


def test_a_taken_segment_is_refused() -> None:
    with pytest.raises(InputError, match="sdg is taken"):
        check_segment("sdg", "the publisher", {"sdg"})
    assert check_segment("nyvik", "the publisher", {"sdg"}) == "nyvik"
