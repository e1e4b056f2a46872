"""The version of the layout of a state folder, in a file that its first writer makes."""

import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from plangraf.errors import InputError
from plangraf.release.files import synchronize_folder

LAYOUT = "layout.json"
_VERSION = 1
"""The version that this code reads and writes; a folder without the file, of an older Plangraf, has it too."""


class LayoutVersion(BaseModel):
    """The layout of a state folder.

    Attributes:
        layout: its version.
    """

    model_config = ConfigDict(frozen=True)

    layout: int


def check_layout(folder: Path) -> None:
    """Refuse a state folder whose layout this version does not know.

    Raises:
        InputError: a newer version of Plangraf has written the folder, or the file cannot be read.
    """
    path = folder / LAYOUT
    try:
        found = LayoutVersion.model_validate_json(path.read_bytes()).layout
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path) from error
    except ValidationError as error:
        raise InputError(f'is not the version of a state folder: write {{"layout": {_VERSION}}}', path) from error
    if found > _VERSION:
        raise InputError(
            f"has layout {found}, and this version of Plangraf knows layout {_VERSION}: "
            "use the version that wrote the folder or a later one, or name another folder with --state",
            folder,
        )


def mark_layout(folder: Path) -> None:
    """Write the version into a state folder that has none; the caller holds the lock of the folder.

    Raises:
        OSError: the file cannot be written.
    """
    path = folder / LAYOUT
    if path.exists():
        return
    fresh = path.with_name(f".{LAYOUT}-{os.getpid()}")
    fresh.write_text(LayoutVersion(layout=_VERSION).model_dump_json() + "\n", encoding="ascii")
    fresh.replace(path)
    synchronize_folder(folder)
