"""The usual open licences: their SPDX identifiers, their names, and the addresses by which publishers name them."""

import re
from dataclasses import dataclass
from functools import cached_property

_EU = "http://publications.europa.eu/resource/authority/licence/"
_SPDX = "https://spdx.org/licenses/"
_ODC = "//opendatacommons.org/licenses/"
_SPDX_ADDRESS = re.compile(r"https?://(?:www\.)?spdx\.org/licenses/([A-Za-z0-9.+-]+?)(?:\.html|\.json|\.txt)?/?")
_CREATIVE_COMMONS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)/(\d\.\d)(?:/.*)?", re.IGNORECASE
)
_NLOD = re.compile(r"https?://data\.norge\.no/nlod/(?:[a-z]{2}/)?(\d\.\d)/?", re.IGNORECASE)


def _plain(iri: str) -> str:
    """Return an address without the parts in which its spellings differ."""
    scheme, separator, rest = iri.partition("://")
    if not separator or scheme.casefold() not in ("http", "https"):
        return iri
    return f"//{rest.removeprefix('www.').rstrip('/').casefold()}"


@dataclass(frozen=True)
class Licence:
    """A licence of the SPDX list (https://spdx.org/licenses/).

    Attributes:
        spdx: its SPDX identifier.
        name: its short name, the same in every language.
        code: its code in the EU's table of licences, if it is in the table.
        addresses: further addresses, without `http:` or `https:`, and without a slash at the end.
    """

    spdx: str
    name: str
    code: str | None = None
    addresses: tuple[str, ...] = ()

    @property
    def authority(self) -> str | None:
        """The address in the EU's table of licences, which DCAT-AP-NO requires."""
        return _EU + self.code if self.code else None

    @property
    def address(self) -> str:
        """The SPDX address, which tools compare with their lists."""
        return _SPDX + self.spdx

    @cached_property
    def known_by(self) -> frozenset[str]:
        """The addresses that name the licence, as `_plain` returns them."""
        return frozenset((*([_plain(self.authority)] if self.authority else ()), *self.addresses))


LICENCES = (
    Licence("NLOD-2.0", "NLOD 2.0", "NLOD_2_0"),
    Licence("NLOD-1.0", "NLOD 1.0", "NLOD_1_0"),
    Licence("CC0-1.0", "CC0 1.0", "CC0"),
    Licence("CC-BY-4.0", "CC BY 4.0", "CC_BY_4_0"),
    Licence("CC-BY-3.0", "CC BY 3.0", "CC_BY_3_0"),
    Licence("CC-BY-SA-4.0", "CC BY-SA 4.0", "CC_BYSA_4_0"),
    Licence("CC-BY-SA-3.0", "CC BY-SA 3.0", "CC_BYSA_3_0"),
    Licence("CC-BY-NC-4.0", "CC BY-NC 4.0", "CC_BYNC_4_0"),
    Licence("CC-BY-ND-4.0", "CC BY-ND 4.0", "CC_BYND_4_0"),
    Licence("CC-BY-NC-SA-4.0", "CC BY-NC-SA 4.0", "CC_BYNCSA_4_0"),
    Licence("CC-BY-NC-ND-4.0", "CC BY-NC-ND 4.0", "CC_BYNCND_4_0"),
    Licence("ODbL-1.0", "ODbL 1.0", "ODC_BL", (f"{_ODC}odbl/1-0", f"{_ODC}odbl")),
    Licence("ODC-By-1.0", "ODC-By 1.0", "ODC_BY", (f"{_ODC}by/1-0", f"{_ODC}by")),
    Licence("PDDL-1.0", "PDDL 1.0", "ODC_PDDL", (f"{_ODC}pddl/1-0", f"{_ODC}pddl")),
    Licence("OGL-UK-3.0", "OGL 3.0", "OGL_3_0", ("//nationalarchives.gov.uk/doc/open-government-licence/version/3",)),
    Licence("DL-DE-BY-2.0", "DL-DE BY 2.0", "DL_DE_BY2_0", ("//govdata.de/dl-de/by-2-0",)),
    Licence("DL-DE-ZERO-2.0", "DL-DE Zero 2.0", "DL_DE_ZERO2_0", ("//govdata.de/dl-de/zero-2-0",)),
    Licence("etalab-2.0", "Licence Ouverte 2.0", "ETALAB_2_0"),
    Licence("EUPL-1.2", "EUPL 1.2", "EUPL_1_2"),
    Licence("MIT", "MIT", "MIT", ("//opensource.org/licenses/mit", "//opensource.org/license/mit")),
)
"""The licences of the Norwegian state, of the Creative Commons, and others that open data usually have."""

_BY_SPDX = {licence.spdx.casefold(): licence for licence in LICENCES}
_BY_ADDRESS = {address: licence for licence in LICENCES for address in licence.known_by}


def find_licence(iri: str) -> Licence | None:
    """Return the licence that `iri` names, in any of the usual ways to write its address, or None."""
    if match := _SPDX_ADDRESS.fullmatch(iri):
        return _BY_SPDX.get(match[1].casefold())
    if match := _CREATIVE_COMMONS.fullmatch(iri):
        kind = match[1].casefold()
        return _BY_SPDX.get(f"cc0-{match[2]}" if kind == "zero" else f"cc-{kind}-{match[2]}")
    if match := _NLOD.fullmatch(iri):
        return _BY_SPDX.get(f"nlod-{match[1]}")
    return _BY_ADDRESS.get(_plain(iri))


def licence_name(iri: str) -> str:
    """Return the short name of the licence that `iri` names, or `iri` if it is none of the usual ones."""
    found = find_licence(iri)
    return found.name if found else iri


def spdx_address(iri: str) -> str | None:
    """Return the SPDX address of the licence that `iri` names, or None if it is none of the usual ones."""
    found = find_licence(iri)
    return found.address if found else None
