from pathlib import Path

import pytest

from plangraf import shipped
from plangraf.namespaces import GRAPH
from plangraf.release.build import build_release
from plangraf.release.build_digest import build_digest
from plangraf.release.records import PreviousRelease
from plangraf.release.release import PARTS
from plangraf.sources.dataset import ListedFile

MAKER = ListedFile(shipped.DATA / "plangraf" / "organisation.ttl", f"{GRAPH}plangraf")
DIGEST = build_digest([shipped.SHAPES])


@pytest.fixture
def out(tmp_path: Path) -> Path:
    build_release([MAKER], tmp_path)
    return tmp_path


def test_the_parts_of_a_release_are_found_where_their_records_say(out: Path) -> None:
    previous = PreviousRelease.open(out).for_build(DIGEST)
    assert "plangraf" in previous.parts
    content = previous.quads.read_bytes()
    assert sum(record.size for record in previous.parts.values()) == len(content)
    record = previous.parts["plangraf"]
    part = content[record.offset : record.offset + record.size]
    assert f"<{GRAPH}plangraf>".encode() in part
    assert len(part.splitlines()) == sum(record.counts.graphs.values()) + record.counts.triples


def test_nothing_is_reused_of_what_another_digest_has_built(out: Path) -> None:
    assert PreviousRelease.open(out).for_build("other").parts == {}


def test_nothing_is_reused_where_there_is_no_release(tmp_path: Path) -> None:
    assert PreviousRelease.open(tmp_path / "none").for_build(DIGEST).parts == {}


def test_nothing_is_reused_by_records_that_cannot_be_read(out: Path) -> None:
    records = out / "current" / PARTS
    records.chmod(0o644)
    records.write_text('{"parts": []}')
    assert PreviousRelease.open(out).for_build(DIGEST).parts == {}
