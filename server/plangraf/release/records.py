"""The records of the parts of a release: position in the file of quads, and digests of the input."""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from plangraf.errors import InputError
from plangraf.release.parts import PartIndex
from plangraf.release.release import CURRENT, PARTS, QUADS, Counts, Release


class PartRecord(BaseModel):
    """The record of a part of a release.

    Attributes:
        name: the name of the part.
        files_digest: a hash of its files.
        index: the index of the part.
        input_digest: a hash of the data that it was built from: its files, the parts that it needs, and the ontology.
        offset: the position of its first byte in the file of quads.
        size: its size in the file of quads, in bytes.
        counts: the counts of the part.
        plans: the IRIs of the plans in the part.
        validation: the number of results by severity, in lower case.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    files_digest: str
    index: PartIndex
    input_digest: str
    offset: int
    size: int
    counts: Counts
    plans: tuple[str, ...]
    validation: dict[str, int]


class PartRecords(BaseModel):
    """The records of all parts of a release.

    Attributes:
        build_digest: the digest of the code, libraries and shapes that built them.
        parts: the records, in the order of the file of quads.
    """

    model_config = ConfigDict(frozen=True)

    build_digest: str
    parts: tuple[PartRecord, ...]


@dataclass(frozen=True)
class PreviousRelease:
    """The current release before a build, with the parts that the build may reuse.

    Attributes:
        quads: the file of quads.
        records: the records of all its parts, by name; empty if there is no release that this version reads.
        build_digest: the digest of the build that made it.
        parts: those of the parts that a build may reuse; none until `for_build` has been called.
    """

    quads: Path
    records: Mapping[str, PartRecord] = field(default_factory=dict)
    build_digest: str = ""
    parts: Mapping[str, PartRecord] = field(default_factory=dict)
    _verifying: "Future[Release] | None" = None

    @classmethod
    def open(cls, out: Path) -> "PreviousRelease":
        """Return the current release of a directory of releases, whose file of quads has been verified."""
        opened = cls.begin(out)
        try:
            opened.verify()
        except InputError:
            return cls(opened.quads)
        return opened

    @classmethod
    def begin(cls, out: Path) -> "PreviousRelease":
        """Return the current release while a thread verifies its file of quads; call `verify` before using that."""
        # Another build may switch the link meanwhile; the release that it points to now does not change.
        current = (out / CURRENT).resolve()
        try:
            records = PartRecords.model_validate_json((current / PARTS).read_bytes())
        except (OSError, ValidationError):
            return cls(current / QUADS)  # no release exists, or an older version wrote it
        verifier = ThreadPoolExecutor(1)  # the interpreter is free while a file is hashed
        verifying = verifier.submit(Release.open, current)
        verifier.shutdown(wait=False)
        by_name = {part.name: part for part in records.parts}
        return cls(current / QUADS, by_name, records.build_digest, _verifying=verifying)

    def verify(self) -> None:
        """Wait until the file of quads has been verified.

        Raises:
            InputError: the release is damaged, so that nothing can be carried over from it.
        """
        if self._verifying is not None:
            try:
                self._verifying.result()
            except InputError as error:
                raise unusable(self.quads.parent) from error

    def for_build(self, build_digest: str) -> "PreviousRelease":
        """Return the release for a build with this digest, which reuses parts only if the same build made them."""
        return replace(self, parts=self.records if build_digest == self.build_digest else {})


def unusable(folder: Path) -> InputError:
    """Return the error about a release in `folder` from which nothing can be carried over."""
    return InputError(
        "is damaged or of another version, so nothing can be carried over from it: "
        "go back to a release that is whole with plangraf rollback, or build all data with plangraf build",
        folder,
    )
