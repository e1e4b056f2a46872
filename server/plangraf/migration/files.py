"""The files of a migration: read for their facts, then rewritten one by one."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from plangraf.errors import InputError
from plangraf.formats import SOURCE_FORMATS, by_extension
from plangraf.migration.facts import Facts
from plangraf.migration.migrate import MigratedFile, MigrationSource, migrate
from plangraf.sources.dataset import list_files
from plangraf.sources.recognition import recognize


@dataclass(frozen=True)
class FileMigration:
    """The outcome of the migration of one file.

    Attributes:
        path: the path of the file.
        before: its content, if it could be read.
        after: the file after the migration, or None if it stays as it is because of an error.
        error: the error.
    """

    path: Path
    before: bytes = b""
    after: MigratedFile | None = None
    error: InputError | None = None


def migrations(paths: Sequence[Path]) -> Iterator[FileMigration]:
    """Yield the migration of each file among `paths` and below the folders among them; write nothing.

    All files are read before the first is migrated, because a rewrite may depend on what another file says.

    Raises:
        InputError: a path does not exist, or a folder holds no RDF file.
    """
    listed = list_files(paths)
    facts = Facts()
    errors: dict[Path, InputError] = {}
    for file in listed:
        try:
            facts.add(read_source(file.path).quads())
        except InputError as error:
            errors[file.path] = error
    for path in dict.fromkeys(file.path for file in listed):
        if path in errors:
            yield FileMigration(path, error=errors[path])
            continue
        try:
            source = read_source(path)
            yield FileMigration(path, source.content, migrate(source, facts))
        except InputError as error:
            yield FileMigration(path, error=error)


def read_source(path: Path) -> MigrationSource:
    """Return the file at `path`, unparsed.

    Raises:
        InputError: the file cannot be read, or is of an unknown kind.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path) from error
    known = by_extension(path.name, SOURCE_FORMATS)
    return MigrationSource(path, content, known or recognize(content), path.resolve().as_uri())


def write_atomically(path: Path, content: bytes) -> None:
    """Replace the content of a file at once, so that it is never half written; its permissions stay.

    Raises:
        InputError: the file cannot be written.
    """
    target = path.resolve()  # of a symbolic link, the file that it leads to
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            shutil.copymode(target, beside)
            beside.replace(target)
        except OSError:
            with suppress(OSError):
                beside.unlink()
            raise
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", path) from error
