from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from plangraf.errors import InputError
from plangraf.release.history import HISTORY, Action, HistoryEntry, append_history, next_time, read_history

FIRST = HistoryEntry(
    time=datetime(2026, 11, 26, 8, 0, tzinfo=UTC), release="r000000000001", action=Action.PUBLISH, by="Kari Nordmann"
)
SECOND = HistoryEntry(
    time=datetime(2026, 11, 26, 9, 0, tzinfo=UTC),
    release="r000000000002",
    action=Action.ROLLBACK,
    message='Rettet «målet»\nog "mer"',
)


def test_a_folder_without_a_history_has_no_entries(tmp_path: Path) -> None:
    assert read_history(tmp_path) == ()


def test_entries_are_read_as_they_were_appended(tmp_path: Path) -> None:
    append_history(tmp_path, FIRST)
    append_history(tmp_path, SECOND)
    assert read_history(tmp_path) == (FIRST, SECOND)
    assert len((tmp_path / HISTORY).read_bytes().splitlines()) == 2


@pytest.mark.parametrize("kept", [0, 1, 40, 5000])
def test_a_half_written_line_is_left_out_and_replaced(tmp_path: Path, kept: int) -> None:
    append_history(tmp_path, FIRST)
    half = SECOND.model_copy(update={"message": "x" * 6000}).model_dump_json().encode()[:kept]
    with (tmp_path / HISTORY).open("ab") as file:
        file.write(half)
    assert read_history(tmp_path) == (FIRST,)
    append_history(tmp_path, SECOND)
    assert read_history(tmp_path) == (FIRST, SECOND)


def test_a_line_that_is_no_entry_is_told_with_its_number(tmp_path: Path) -> None:
    append_history(tmp_path, FIRST)
    with (tmp_path / HISTORY).open("ab") as file:
        file.write(b"{}\n")
    with pytest.raises(InputError) as raised:
        read_history(tmp_path)
    assert raised.value.line == 2


def test_each_switch_is_later_than_the_one_before() -> None:
    before = SECOND.time - timedelta(days=1)
    assert next_time((FIRST, SECOND), before) == SECOND.time + timedelta(seconds=1)
    assert next_time((FIRST, SECOND), SECOND.time) == SECOND.time + timedelta(seconds=1)
    assert next_time((), before) == before
