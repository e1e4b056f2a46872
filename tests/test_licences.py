"""The usual licences by the addresses that people write."""

import pytest

from plangraf.licences import LICENCES, find_licence, licence_name, spdx_address

EU = "http://publications.europa.eu/resource/authority/licence/"


@pytest.mark.parametrize(
    ("iri", "spdx"),
    [
        (f"{EU}NLOD_2_0", "NLOD-2.0"),
        ("https://data.norge.no/nlod/no/2.0", "NLOD-2.0"),
        ("http://data.norge.no/nlod/no/1.0/", "NLOD-1.0"),
        (f"{EU}CC0", "CC0-1.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        (f"{EU}CC_BY_4_0", "CC-BY-4.0"),
        ("http://creativecommons.org/licenses/by/4.0", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by/4.0/deed.no", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/legalcode", "CC-BY-NC-SA-4.0"),
        ("https://spdx.org/licenses/CC-BY-4.0.html", "CC-BY-4.0"),
        ("http://spdx.org/licenses/ODbL-1.0", "ODbL-1.0"),
        ("https://opendatacommons.org/licenses/odbl/1-0/", "ODbL-1.0"),
        ("http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", "OGL-UK-3.0"),
    ],
)
def test_a_licence_is_found_by_each_of_its_addresses(iri: str, spdx: str) -> None:
    found = find_licence(iri)
    assert found is not None
    assert found.spdx == spdx
    assert spdx_address(iri) == f"https://spdx.org/licenses/{spdx}"
    assert licence_name(iri) == found.name


@pytest.mark.parametrize(
    "iri",
    [
        "https://free.example/licence",
        "urn:licence:1",
        "https://spdx.org/licenses/Nothing-1.0",
        "https://creativecommons.org/licenses/by/9.9/",
        "http://publications.europa.eu/resource/authority/licence/",
    ],
)
def test_an_unknown_address_names_itself(iri: str) -> None:
    assert find_licence(iri) is None
    assert spdx_address(iri) is None
    assert licence_name(iri) == iri


def test_no_two_licences_have_one_address() -> None:
    addresses = [address for licence in LICENCES for address in (*licence.known_by, licence.address)]
    assert len(addresses) == len(set(addresses))
