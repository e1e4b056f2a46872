import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from plangraf.errors import InputError
from plangraf.release.file_stretch import FileStretch, joined


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    return path


def copied(stretches: list[FileStretch], target: Path) -> bytes:
    with target.open("wb") as out:
        for stretch in stretches:
            stretch.copy(out)
    return target.read_bytes()


def hashed(stretch: FileStretch) -> str:
    digest = hashlib.sha256()
    stretch.hash(digest)
    return digest.hexdigest()


@pytest.mark.parametrize(("offset", "size"), [(0, 10), (3, 4), (10, 0), (0, 0), (9, 1)])
def test_a_stretch_is_read_copied_and_hashed(file: Path, tmp_path: Path, offset: int, size: int) -> None:
    stretch, content = FileStretch(file, offset, size), b"0123456789"[offset : offset + size]
    assert b"".join(stretch.read()) == content
    assert copied([stretch, stretch], tmp_path / "copy") == content * 2
    assert hashed(stretch) == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    "use",
    [
        lambda stretch, _: list(stretch.read()),
        lambda stretch, folder: copied([stretch], folder / "copy"),
        lambda stretch, _: hashed(stretch),
    ],
)
@pytest.mark.parametrize(("offset", "missing"), [(0, 2), (8, 10)])
def test_a_file_that_is_too_short_is_named(
    file: Path, tmp_path: Path, use: Callable[[FileStretch, Path], object], offset: int, missing: int
) -> None:
    with pytest.raises(InputError, match=rf"file: is shorter than expected, by {missing} bytes"):
        use(FileStretch(file, offset, 12), tmp_path)


def test_stretches_that_follow_each_other_are_joined(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    stretches = [
        FileStretch(file, 0, 2),
        FileStretch(file, 2, 3),
        FileStretch(other, 5, 1),
        FileStretch(file, 6, 1),
        FileStretch(file, 8, 1),
    ]
    assert list(joined(stretches)) == [
        FileStretch(file, 0, 5),
        FileStretch(other, 5, 1),
        FileStretch(file, 6, 1),
        FileStretch(file, 8, 1),
    ]
    assert list(joined([])) == []
