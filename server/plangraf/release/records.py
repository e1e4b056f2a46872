"""The records of a release's parts: where each lies in the file of quads, and what it was built from."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from plangraf.errors import InputError
from plangraf.release.parts import PartIndex
from plangraf.release.release import CURRENT, QUADS, Counts, Release

PARTS = "parts.json"


class PartRecord(BaseModel):
    """The record of a part of a release.

    Attributes:
        name: of the part.
        files_digest: the hash of its files.
        index: what it is about and points to.
        input_digest: the hash of the data that it was built from: its files, what it needs, and the vocabulary.
        offset: where it begins in the file of quads, in bytes.
        size: how long it is there, in bytes.
        counts: how much there is in it.
        plans: the IRIs of its plans.
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
        build_digest: the hash of what built them: code, libraries and shapes.
        parts: in the order in which they lie in the file of quads.
    """

    model_config = ConfigDict(frozen=True)

    build_digest: str
    parts: tuple[PartRecord, ...]


class PreviousRelease:
    """The release that is current before a build, as far as the build may reuse it.

    Args:
        out: the directory of releases.
        build_digest: what builds now; the parts of a release that something else built are not reused.

    Attributes:
        quads: its file of quads.
        parts: the records of the parts that may be reused, by their names.
    """

    def __init__(self, out: Path, build_digest: str) -> None:
        self.quads = out / CURRENT / QUADS
        self.parts: dict[str, PartRecord] = {}
        try:
            records = PartRecords.model_validate_json((out / CURRENT / PARTS).read_bytes())
            if records.build_digest != build_digest:
                return
            Release.open(out)  # raises when the quads are damaged
        except (OSError, ValidationError, InputError):
            return  # there is none, it is damaged, or an older version wrote it
        self.parts = {part.name: part for part in records.parts}
