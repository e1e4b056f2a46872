import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from plangraf.publishing.audit import AUDIT, AuditEntry, InvalidTokenLimit, append_audit

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
ENTRY = AuditEntry(
    time=NOW,
    publisher="vik",
    client="192.0.2.1",
    method="PUT",
    graph="https://e.org/g",
    status=204,
    before="a",
    after="b",
)


def test_lines_are_appended_and_only_the_owner_reads_them(tmp_path: Path) -> None:
    for _ in range(2):
        append_audit(tmp_path, ENTRY)
    lines = (tmp_path / AUDIT).read_bytes().splitlines()
    assert [AuditEntry.model_validate_json(line) for line in lines] == [ENTRY, ENTRY]
    assert stat.S_IMODE((tmp_path / AUDIT).stat().st_mode) == 0o600


def test_a_line_that_was_cut_does_not_swallow_the_next(tmp_path: Path) -> None:
    append_audit(tmp_path, ENTRY)
    with (tmp_path / AUDIT).open("ab") as file:
        file.write(b'{"time":"2026')
    append_audit(tmp_path, ENTRY)
    lines = (tmp_path / AUDIT).read_bytes().splitlines()
    assert len(lines) == 3
    assert AuditEntry.model_validate_json(lines[2]) == ENTRY


def test_strangers_fill_only_a_few_lines_a_minute_and_the_rest_are_counted() -> None:
    limit = InvalidTokenLimit(most=3)
    assert [limit.admits(NOW) for _ in range(5)] == [True, True, True, False, False]
    assert limit.admits(NOW + timedelta(minutes=1))
    assert limit.take_omitted() == 2
    assert limit.take_omitted() == 0
