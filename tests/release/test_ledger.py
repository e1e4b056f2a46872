import random
from pathlib import Path

from plangraf.namespaces import ID
from plangraf.release.ledger import LEDGER, Ledger, described_iris, extend_ledger


def test_a_folder_without_a_ledger_knows_nothing(tmp_path: Path) -> None:
    assert f"{ID}a" not in Ledger(tmp_path)


def test_it_knows_what_was_added_and_nothing_else(tmp_path: Path) -> None:
    chosen = random.Random(1)  # noqa: S311  # a seeded sample
    names = [f"{ID}{chosen.choice('abcæøå')}/{chosen.randrange(10 ** chosen.randrange(1, 9))}" for _ in range(2000)]
    known, unknown = set(names[:1000]), set(names[1000:]) - set(names[:1000])
    for start in range(0, 1000, 250):
        extend_ledger(tmp_path, {iri.encode() for iri in names[start : start + 250]})
    ledger = Ledger(tmp_path)
    assert [iri for iri in known if iri not in ledger] == []
    assert [iri for iri in unknown if iri in ledger] == []
    lines = (tmp_path / LEDGER).read_bytes().splitlines()
    assert lines == sorted(set(lines))
    assert {path.name for path in tmp_path.iterdir()} == {LEDGER}


def test_what_a_line_describes_is_its_subject() -> None:
    lines = [
        b"<https://w3id.org/plangraf/id/a> <http://e.org/p> <https://w3id.org/plangraf/id/b> .\n",
        b"<http://e.org/c> <http://e.org/p> <https://w3id.org/plangraf/id/d> .\n",
        b'_:b <http://e.org/p> "<https://w3id.org/plangraf/id/e>" .\n',
    ]
    assert described_iris(lines) == {b"https://w3id.org/plangraf/id/a"}
