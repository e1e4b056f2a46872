"""A release on disk whose things can be compared with those of another, part by part."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError

from plangraf.errors import InputError
from plangraf.release.parts import PartIndex
from plangraf.release.records import PartRecords
from plangraf.release.release import PARTS, QUADS


@dataclass(frozen=True)
class DescribedPart:
    """A part of a release: where it is in the file of quads, and what it was built from."""

    offset: int
    size: int
    digest: str


@dataclass(frozen=True)
class DescribedRelease:
    """A release on disk whose things can be read.

    Attributes:
        folder: its folder.
        parts: its parts by name.
        plans: the IRIs of its plans.
    """

    folder: Path
    parts: Mapping[str, DescribedPart]
    plans: frozenset[str]

    @classmethod
    def open(cls, folder: Path) -> "DescribedRelease | None":
        """Return the release in a folder, or None if its quads or the records of its parts are not there."""
        try:
            size = (folder / QUADS).stat().st_size
            records: dict[str, Any] = orjson.loads((folder / PARTS).read_bytes())
            parts = {
                part["name"]: DescribedPart(
                    part["offset"], part["size"], f"{records['build_digest']} {part['input_digest']}"
                )
                for part in records["parts"]
            }
            plans = frozenset(plan for part in records["parts"] for plan in part["plans"])
        except (OSError, orjson.JSONDecodeError, KeyError, TypeError):
            return None
        return cls(folder, parts, plans) if sum(part.size for part in parts.values()) == size else None

    def differing(self, other: "DescribedRelease") -> set[str]:
        """Return the names of the parts that are not the same in both releases."""
        return {
            name
            for name in {*self.parts, *other.parts}
            if name not in self.parts or name not in other.parts or not self._same(other, name)
        }

    def describes(self, iri: str, without: set[str]) -> bool:
        """Return whether one of the parts describes a resource, other than those whose names are given.

        Raises:
            InputError: the records of the parts cannot be read.
        """
        return any(index.describes(iri) for name, index in self._indexes.items() if name not in without)

    @cached_property
    def _indexes(self) -> dict[str, PartIndex]:
        try:
            records = PartRecords.model_validate_json((self.folder / PARTS).read_bytes())
        except (OSError, ValidationError) as error:
            raise InputError("cannot be read", self.folder / PARTS) from error
        return {part.name: part.index for part in records.parts}

    def _same(self, other: "DescribedRelease", name: str) -> bool:
        one, two = self.parts[name], other.parts[name]
        if one.digest == two.digest:
            return True
        if one.size != two.size:
            return False
        with (self.folder / QUADS).open("rb") as left, (other.folder / QUADS).open("rb") as right:
            left.seek(one.offset)
            right.seek(two.offset)
            return left.read(one.size) == right.read(two.size)
