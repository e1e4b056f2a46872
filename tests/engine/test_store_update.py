"""Updates of a store in memory."""

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from plangraf.engine.store_update import ByteRange, StoreSize, StoreUpdate, UpdateFailed

LINES = [f'<https://e.example/{number}> <https://e.example/p> "{number}" .\n' for number in range(8)]
SIZE = StoreSize(len(LINES))
NEW = '<https://e.example/new> <https://e.example/p> "ny" <https://e.example/g> .\n'


def loaded(path: Path, lines: list[str]) -> ox.Store:
    path.write_text("".join(lines), encoding="utf-8")
    store = ox.Store()
    store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    return store


def update(folder: Path, after: list[str], before: int = len(LINES), quads: int | None = None) -> StoreUpdate:
    """Return the update from `LINES` to other lines, of which all may differ."""
    (folder / "after.nq").write_text("".join(after), encoding="utf-8")
    removed, added = (ByteRange(0, len("".join(lines).encode())) for lines in (LINES, after))
    return StoreUpdate(
        before=str(folder / "before.nq"),
        quads_before=before,
        removed=(removed,),
        after=str(folder / "after.nq"),
        quads_after=len(after) if quads is None else quads,
        added=(added,),
    )


def test_an_updated_store_holds_what_the_other_file_holds(tmp_path: Path) -> None:
    store = loaded(tmp_path / "before.nq", LINES)
    after = [*LINES[:3], NEW, *LINES[4:]]
    assert update(tmp_path, after).apply(store, SIZE) == StoreSize(len(LINES), 1)
    assert set(store) == set(loaded(tmp_path / "other.nq", after))


def test_only_the_ranges_are_read(tmp_path: Path) -> None:
    store = loaded(tmp_path / "before.nq", LINES)
    first, second = (len(line.encode()) for line in LINES[:2])
    changed = replace(
        update(tmp_path, [NEW]),
        removed=(ByteRange(first, second),),
        added=(ByteRange(0, len(NEW.encode())),),
        quads_after=len(LINES),
    )
    changed.apply(store, SIZE)
    assert set(store) == set(loaded(tmp_path / "other.nq", [LINES[0], *LINES[2:], NEW]))


def test_updates_end_when_half_of_a_store_has_been_replaced(tmp_path: Path) -> None:
    store = loaded(tmp_path / "before.nq", LINES)
    changed = update(tmp_path, [*LINES[:7], NEW])
    assert changed.apply(store, StoreSize(len(LINES), 3)) == StoreSize(len(LINES), 4)
    with pytest.raises(UpdateFailed, match="too much"):
        changed.apply(loaded(tmp_path / "before.nq", LINES), StoreSize(len(LINES), 4))


@pytest.mark.parametrize(
    ("after", "before", "quads", "message"),
    [
        ([*LINES[:7], '_:b <https://e.example/p> "x" .\n'], 8, None, "blank nodes"),
        ([*LINES[:7], "<https://e.example/s> <https://e.example/p> _:b .\n"], 8, None, "blank nodes"),
        ([*LINES[:7], "no quad\n"], 8, None, "Parser error"),
        ([*LINES[:7], NEW], 8, 9, "8 quads instead of 9"),
        ([*LINES[:7], NEW], 9, 8, "8 quads instead of 9"),
    ],
)
def test_an_update_that_would_not_give_the_other_file_fails(
    tmp_path: Path, after: list[str], before: int, quads: int | None, message: str
) -> None:
    store = loaded(tmp_path / "before.nq", LINES)
    with pytest.raises(UpdateFailed, match=message):
        update(tmp_path, after, before, quads).apply(store, SIZE)


def test_an_update_fails_without_its_files(tmp_path: Path) -> None:
    store = loaded(tmp_path / "before.nq", LINES)
    changed = update(tmp_path, [NEW])
    (tmp_path / "before.nq").unlink()
    with pytest.raises(UpdateFailed, match=r"before\.nq"):
        changed.apply(store, SIZE)


@pytest.mark.parametrize("held", [[*LINES[:7], NEW], [*LINES[1:], NEW]])
def test_a_store_that_does_not_hold_the_first_file_is_not_updated(tmp_path: Path, held: list[str]) -> None:
    loaded(tmp_path / "before.nq", LINES)
    store = loaded(tmp_path / "held.nq", held)
    with pytest.raises(UpdateFailed, match="does not hold what the files say"):
        update(tmp_path, [*LINES[1:], NEW]).apply(store, SIZE)
