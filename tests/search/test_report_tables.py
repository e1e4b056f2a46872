"""The tables of the reports: what is written is read, whole and in part."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from plangraf.linkeddata.quality import PlanQuality
from plangraf.linkeddata.reports import ReportKeys, Reports
from plangraf.linkeddata.sssom import Mapping, MappingSet
from plangraf.search.report_tables import (
    count_paths,
    count_plans,
    read_mapping_set,
    read_paths,
    read_qualities,
    read_quality,
    update_reports,
    write_reports,
)


@dataclass(frozen=True)
class ReportContent:
    """All that the tables of an index file say."""

    qualities: tuple[PlanQuality, ...]
    mapping_set: MappingSet
    paths: tuple[str, ...]


def report_content(path: Path) -> ReportContent:
    """Return the reports in an index file."""
    with closing(sqlite3.connect(path)) as database:
        return _content(database)


def _content(database: sqlite3.Connection) -> ReportContent:
    found = ReportContent(
        read_qualities(database, 0, 1_000_000), read_mapping_set(database), read_paths(database, 0, 1_000_000)
    )
    assert len(found.qualities) == count_plans(database)
    assert len(found.paths) == count_paths(database)
    return found


def _reports(*names: str, label: str = "") -> Reports:
    mappings = (
        Mapping(
            f"http://e.org/{name}/1",
            {
                "subject_id": [f"http://e.org/{name}/1"],
                "object_id": ["http://metadata.un.org/sdg/1"],
                "subject_label": [label or name],
            },
        )
        for name in names
    )
    qualities = (PlanQuality(f"http://e.org/{name}", {"goals": len(name)}, ("x",)) for name in names)
    return Reports(tuple(qualities), tuple(mappings), {f"/doc/{name}" for name in names})


def _keys(*names: str) -> ReportKeys:
    return ReportKeys(
        frozenset(f"http://e.org/{name}" for name in names),
        frozenset(f"http://e.org/{name}/1" for name in names),
        frozenset(f"/doc/{name}" for name in names),
    )


def _written(reports: Reports) -> ReportContent:
    with closing(sqlite3.connect(":memory:")) as database:
        write_reports(database, reports)
        return _content(database)


def test_reports_are_read_as_they_were_written() -> None:
    found = _written(_reports("b", "a"))
    assert found.qualities == _reports("a", "b").qualities
    assert found.paths == ("/doc/a", "/doc/b")
    assert found.mapping_set.table.decode().splitlines() == [
        "subject_id\tsubject_label\tobject_id",
        "ns1:1\ta\tsdg:1",
        "ns2:1\tb\tsdg:1",
    ]


def test_claims_that_are_alike_stay_as_many_as_there_are() -> None:
    one = _reports("a")
    two = Reports(one.qualities, one.mappings * 2, one.paths)
    assert _written(two).mapping_set.table.count(b"\n") == _written(one).mapping_set.table.count(b"\n") + 1


@pytest.mark.parametrize(("now", "names"), [(("b", "d"), ("a", "b", "c", "d")), ((), ("a", "c"))])
def test_replaced_reports_are_those_of_a_whole_file(now: tuple[str, ...], names: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        write_reports(database, _reports("a", "b", "c", label="same"))
        update_reports(database, _keys("b"), _reports(*now, label="same"))
        assert _content(database) == _written(_reports(*names, label="same"))


def test_written_reports_take_the_place_of_all_others() -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        write_reports(database, _reports("a", "b"))
        write_reports(database, _reports("c"))
        assert _content(database) == _written(_reports("c"))


def test_a_part_of_the_plans_and_of_the_paths_is_read_in_order() -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        write_reports(database, _reports("a", "b", "c"))
        assert [quality.plan for quality in read_qualities(database, 1, 1)] == ["http://e.org/b"]
        assert read_paths(database, 1, 5) == ("/doc/b", "/doc/c")
        assert read_paths(database, 3, 5) == ()
        found = read_quality(database, "http://e.org/c")
        assert found is not None
        assert found.counts == {"goals": 1}
        assert read_quality(database, "http://e.org/c/1") is None
