"""The content of a release that is published: the files that are given, and all that is carried over."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from plangraf.namespaces import ONTOLOGY
from plangraf.release.carried import Described, carry_over
from plangraf.release.parts import divide
from plangraf.release.placement import Placement
from plangraf.release.records import PreviousRelease, unusable
from plangraf.sources.dataset import ListedFile
from plangraf.sources.reference import list_reference


@dataclass(frozen=True)
class Composition:
    """The input of a release.

    Attributes:
        files: the files, and the graphs that are carried over.
        recorded: the hashes of the files of parts that are carried over whole, by name of the part.
    """

    files: tuple[ListedFile, ...]
    recorded: Mapping[str, str]


def compose(placement: Placement, previous: PreviousRelease, current: Path | None) -> Composition:
    """Return what a release is built from in which files replace what they describe.

    The reference data are those that are shipped, unless the files replace them.

    Args:
        placement: the files, and the graphs that they replace.
        previous: the current release.
        current: its path, or None if there is no release yet.

    Raises:
        InputError: nothing can be carried over from the current release, or a file cannot be read.
    """
    reference = list_reference()
    given = [*placement.files, *(file for file in reference if not placement.replaces(file.graph))]
    fresh = {part.name for part in divide(given)}
    shipped = {part.name for part in divide(reference)} | {ONTOLOGY}
    if current is not None and not previous.records:
        raise unusable(current)
    carried = carry_over(
        previous.quads,
        (record for name, record in previous.records.items() if name not in shipped),
        fresh,
        placement.replaces,
        cache(partial(Described.of, placement.files)),
    )
    return Composition((*given, *carried.files), carried.recorded)
