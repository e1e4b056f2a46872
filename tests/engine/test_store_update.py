"""Updates of a store in memory."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from plangraf.engine.store_update import Span, StoreUpdate, UpdateFailed

LINES = [f'<https://e.example/{number}> <https://e.example/p> "{number}" .\n' for number in range(8)]
NEW = '<https://e.example/new> <https://e.example/p> "ny" <https://e.example/g> .\n'


def loaded(path: Path, lines: list[str]) -> ox.Store:
    path.write_text("".join(lines), encoding="utf-8")
    store = ox.Store()
    store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    return store


def update(folder: Path, after: list[str], quads: int | None = None) -> StoreUpdate:
    """Return the update from `LINES` to other lines, of which all may differ."""
    (folder / "after.nq").write_text("".join(after), encoding="utf-8")
    spans = [(Span(0, len("".join(lines).encode())),) for lines in (LINES, after)]
    return StoreUpdate(
        str(folder / "before.nq"),
        spans[0],
        str(folder / "after.nq"),
        spans[1],
        len(after) if quads is None else quads,
    )


def test_an_updated_store_holds_what_the_other_file_holds(tmp_path: Path) -> None:
    store = loaded(tmp_path / "before.nq", LINES)
    after = [*LINES[:3], NEW, *LINES[4:]]
    assert update(tmp_path, after).apply(store, 0) == 1
    assert set(store) == set(loaded(tmp_path / "other.nq", after))


def test_only_the_spans_are_read(tmp_path: Path) -> None:
    store = loaded(tmp_path / "before.nq", LINES)
    (tmp_path / "after.nq").write_text(NEW, encoding="utf-8")
    first, second = (len(line.encode()) for line in LINES[:2])
    spans = (Span(first, second),), (Span(0, len(NEW.encode())),)
    StoreUpdate(str(tmp_path / "before.nq"), spans[0], str(tmp_path / "after.nq"), spans[1], len(LINES)).apply(
        store, 0
    )
    assert set(store) == set(loaded(tmp_path / "other.nq", [LINES[0], *LINES[2:], NEW]))


def test_updates_end_when_half_of_a_store_has_been_replaced(tmp_path: Path) -> None:
    store = loaded(tmp_path / "before.nq", LINES)
    changed = update(tmp_path, [*LINES[:7], NEW])
    assert changed.apply(store, 3) == 4
    with pytest.raises(UpdateFailed, match="too much"):
        changed.apply(loaded(tmp_path / "before.nq", LINES), 4)


@pytest.mark.parametrize(
    ("after", "quads", "message"),
    [
        ([*LINES[:7], '_:b <https://e.example/p> "x" .\n'], None, "blank nodes"),
        ([*LINES[:7], "<https://e.example/s> <https://e.example/p> _:b .\n"], None, "blank nodes"),
        ([*LINES[:7], "no quad\n"], None, "Parser error"),
        ([*LINES[:7], NEW], 9, "8 quads instead of 9"),
    ],
)
def test_an_update_that_would_not_give_the_other_file_fails(
    tmp_path: Path, after: list[str], quads: int | None, message: str
) -> None:
    store = loaded(tmp_path / "before.nq", LINES)
    with pytest.raises(UpdateFailed, match=message):
        update(tmp_path, after, quads).apply(store, 0)


def test_an_update_fails_without_its_files(tmp_path: Path) -> None:
    store = loaded(tmp_path / "before.nq", LINES)
    changed = update(tmp_path, [NEW])
    (tmp_path / "before.nq").unlink()
    with pytest.raises(UpdateFailed, match=r"before\.nq"):
        changed.apply(store, 0)
