"""The candidate: a release that is opened, checked and, for a store on disk, prepared in a process of its own."""

import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import orjson

from plangraf import shipped
from plangraf.engine.store_location import StoreLocation
from plangraf.engine.store_update import StoreUpdate
from plangraf.errors import InputError, NonconformingError, PlangrafError
from plangraf.release.disk import disk_store
from plangraf.release.release import CURRENT, MANIFEST, Release
from plangraf.serving.update import find_update
from plangraf.settings import Settings
from plangraf.sources.dataset import list_files
from plangraf.sources.reference import list_reference


@dataclass(frozen=True)
class Candidate:
    """A release that can be served.

    Attributes:
        release: its identifier.
        folder: its path.
        location: the location of its quads.
        update: the difference from the release that is served, if the keeper of that one can be updated.
        verified: whether the hash of its quads has been verified.
    """

    release: str
    folder: str
    location: StoreLocation
    update: StoreUpdate | None = None
    verified: bool = True


@dataclass(frozen=True)
class Rejection:
    """Why a release cannot be served.

    Attributes:
        reason: a sentence for the operator.
        exit_code: the exit code of the command, if it is the first release.
    """

    reason: str
    exit_code: int


def release_stamp(path: Path) -> tuple[str, int, int] | None:
    """Return what changes when another release becomes current in the directory `path`, or when one is repaired.

    Returns:
        the target of the link with the number and time of its manifest, or None if there is no release.
    """
    try:
        folder = (path / CURRENT).resolve(strict=True)
        status = (folder / MANIFEST).stat()
    except OSError:
        return None
    return str(folder), status.st_ino, status.st_mtime_ns


def find_candidates(settings: Settings, scratch: Path, served: Candidate | None) -> Iterator[bytes]:
    """Yield a `Candidate` or a `Rejection`, serialized in a line, for the release that the settings name.

    A release that is in memory and differs little from the one that is served comes before its quads have been
    verified, and once more, or its rejection, after that.

    Args:
        settings: the settings of the server.
        scratch: the directory for a temporary release.
        served: the release that is served, if there is one.
    """
    early = _updated_candidate(settings, served)
    try:
        if early is not None:
            yield _serialized(early)
            Release.open(Path(early.folder))
            yield _serialized(replace(early, verified=True))
            return
        release = open_release(settings, scratch)
        location = store_location(settings, release)
    except PlangrafError as error:
        yield _serialized(Rejection(str(error), error.exit_code))
    except OSError as error:
        yield _serialized(Rejection(f"{error.filename or scratch}: {error.strerror}", 2))
    else:
        yield _serialized(Candidate(release.manifest.release, str(release.path), location))


def _updated_candidate(settings: Settings, served: Candidate | None) -> Candidate | None:
    """Return the release that the settings name, unverified, if the store of the served one can be updated to it."""
    if served is None or served.location.quads is None or settings.served is None or settings.store == "disk":
        return None
    try:
        release = Release(*Release.locate(settings.served))
    except InputError:
        return None  # the error is found again, and reported, when the release is opened
    update = find_update(Path(served.folder), release) if str(release.path) != served.folder else None
    if update is None:
        return None
    return Candidate(
        release.manifest.release, str(release.path), store_location(settings, release), update, verified=False
    )


def _serialized(result: Candidate | Rejection) -> bytes:
    return orjson.dumps(asdict(result), option=orjson.OPT_APPEND_NEWLINE)


def read_candidate(data: bytes) -> Candidate | Rejection:
    """Return what is in a line of `find_candidates`; nothing means that its process was killed."""
    if not data:
        return Rejection("the process that opens releases was killed", 1)
    fields = orjson.loads(data)
    if "reason" in fields:
        return Rejection(**fields)
    update = fields["update"]
    return Candidate(
        fields["release"],
        fields["folder"],
        StoreLocation(**fields["location"]),
        StoreUpdate.of(update) if update is not None else None,
        verified=fields["verified"],
    )


def open_release(settings: Settings, scratch: Path) -> Release:
    """Open the release that the settings name, or build a temporary one.

    Args:
        settings: the settings of the server.
        scratch: the directory for a temporary release.

    Raises:
        InputError: the release or the data cannot be read.
        NonconformingError: the data violate the shapes; the report has been written to standard error.
    """
    if settings.served is not None:
        return Release.open(settings.served)
    # The build imports pySHACL, which a server with a release does not need.
    from plangraf.release.build import build_release

    files = [*list_files(settings.data or (shipped.DATA,)), *(list_reference() if settings.data else ())]
    try:
        return build_release(files, scratch)
    except NonconformingError as error:
        sys.stderr.write(error.report_text)
        raise


def store_location(settings: Settings, release: Release) -> StoreLocation:
    """Return the location of the quads of a release; a store on disk is made if it is missing.

    Raises:
        InputError: the store on disk cannot be made.
    """
    if settings.store == "disk":
        return StoreLocation(directory=str(disk_store(release)))
    return StoreLocation(quads=str(release.quads))
