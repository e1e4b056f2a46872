"""The records of the parts of a release: position in the file of quads, and digests of the input."""

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


class PreviousRelease:
    """The current release before a build, with the parts that the build may reuse.

    Args:
        out: the directory of releases.
        build_digest: the digest of this build; parts of a release with another digest are not reused.

    Attributes:
        quads: the file of quads.
        records: the records of all its parts, by name; empty if there is no release that this version reads.
        parts: those of the parts that may be reused.
    """

    def __init__(self, out: Path, build_digest: str) -> None:
        # Another build may switch the link meanwhile; the release that it points to now does not change.
        current = (out / CURRENT).resolve()
        self.quads = current / QUADS
        self.records: dict[str, PartRecord] = {}
        self.parts: dict[str, PartRecord] = {}
        try:
            records = PartRecords.model_validate_json((current / PARTS).read_bytes())
            Release.open(current)  # raises if the quads are damaged
        except (OSError, ValidationError, InputError):
            return  # no release exists, it is damaged, or an older version wrote it
        self.records = {part.name: part for part in records.parts}
        if records.build_digest == build_digest:
            self.parts = self.records
