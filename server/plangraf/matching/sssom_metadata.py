"""The metadata above the table of an SSSOM/TSV file, as far as links need it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plangraf.namespaces import ID, PREFIXES

_PREFIXES = {
    **PREFIXES,
    "plangraf": ID,
    "orcid": "https://orcid.org/",
    "orgnr": "https://organization-catalog.fellesdatakatalog.digdir.no/organizations/",
}
_CURIE = re.compile(r"([A-Za-z_][\w.-]*):(?!//)(.+)")
_SLOT = re.compile(r"\s*([\w.-]+)\s*:\s*(.*?)\s*")
_LISTED = re.compile(r"\s*-\s*(\S+)\s*")
_MAP = "curie_map"


@dataclass(frozen=True)
class MappingSetMetadata:
    """The metadata of a mapping set that hold for all its mappings.

    Attributes:
        slots: the slots with one value, and the first value of the others.
        prefixes: the prefixes of CURIEs, with those that Plangraf knows without a declaration.
    """

    slots: Mapping[str, str]
    prefixes: Mapping[str, str]

    def expanded(self, text: str) -> str:
        """Return the IRI of a CURIE with a known prefix, or else the text without angle brackets."""
        text = text.removeprefix("<").removesuffix(">")
        curie = _CURIE.fullmatch(text)
        return self.prefixes[curie[1]] + curie[2] if curie and curie[1] in self.prefixes else text


def read_metadata(comments: Sequence[str]) -> MappingSetMetadata:
    """Return the metadata in the lines above a table, without their `#`; other comments are passed over."""
    slots: dict[str, str] = {}
    prefixes = dict(_PREFIXES)
    within = ""
    for key, value, indented in _slots(comments):
        if not indented:
            within = key if not value else ""
            slots[key] = value
        elif within == _MAP and value:
            prefixes[key] = value
        elif within and not slots[within]:
            slots[within] = value
    return MappingSetMetadata(slots, prefixes)


def _slots(comments: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """Yield name and value of each line, and whether it belongs to the slot above it."""
    for line in comments:
        if listed := _LISTED.fullmatch(line):
            yield "", listed[1].strip("\"'"), True
        elif found := _SLOT.fullmatch(line):
            yield found[1], found[2].strip("\"'"), line.startswith("  ")
