import pytest

from plangraf.namespaces import BASE, PREFIXES
from plangraf.site.resources import RESOURCES
from plangraf.uri_spaces import (
    LONGEST,
    SITE_SEGMENTS,
    SpaceFault,
    is_of_site,
    name_within,
    overlap,
    space_fault,
    space_of,
)

SPACE = "https://data.example.no/plan/"


@pytest.mark.parametrize(
    "space",
    [
        SPACE,
        "http://data.example.no/",
        "https://plan.example.no/2025/id/",
        "https://data.example.no/id/",
        "https://data.example.no:8443/plan/",
        "https://data.example.no/plan#",
        "https://data.example.no/plan/#",
        "https://xn--brum-roa.kommune.no/plan/",
        "https://data.example.no/%C3%A5/",
        "https://[2001:db8::1]/plan/",
        f"https://data.example.no/{'a' * (LONGEST - len(SPACE))}/",
    ],
)
def test_a_prefix_that_can_be_served_has_no_fault(space: str) -> None:
    assert space_fault(space) is None


@pytest.mark.parametrize(
    ("space", "fault"),
    [
        ("", SpaceFault.SCHEME),
        ("data.example.no/plan/", SpaceFault.SCHEME),
        ("ftp://data.example.no/plan/", SpaceFault.SCHEME),
        ("urn:example:plan:", SpaceFault.SCHEME),
        ("HTTPS://data.example.no/plan/", SpaceFault.SCHEME),
        ("https:/data.example.no/plan/", SpaceFault.SCHEME),
        (" https://data.example.no/plan/", SpaceFault.SCHEME),
        ("https://kari@data.example.no/plan/", SpaceFault.USERINFO),
        ("https://kari:ord@data.example.no/plan/", SpaceFault.USERINFO),
        ("https:///plan/", SpaceFault.HOST),
        ("https://Data.example.no/plan/", SpaceFault.HOST),
        ("https://data.bærum.no/plan/", SpaceFault.HOST),
        ("https://data_.example.no/plan/", SpaceFault.HOST),
        ("https://data.example.no./plan/", SpaceFault.HOST),
        ("https://data.example.no:443/plan/", SpaceFault.HOST),
        ("http://data.example.no:80/plan/", SpaceFault.HOST),
        ("https://data.example.no:/plan/", SpaceFault.HOST),
        ("https://data.example.no:0443/plan/", SpaceFault.HOST),
        ("https://data.example.no:x/plan/", SpaceFault.HOST),
        ("https://data.example.no:99999/plan/", SpaceFault.HOST),
        ("https://[x/plan/", SpaceFault.HOST),
        ("https://data.example.no/plan?id=", SpaceFault.QUERY),
        ("https://data.example.no/plan/?", SpaceFault.QUERY),
        ("https://data.example.no", SpaceFault.ENDING),
        ("https://data.example.no/plan", SpaceFault.ENDING),
        ("https://data.example.no/plan#del/", SpaceFault.ENDING),
        ("https://data.example.no/plan##", SpaceFault.ENDING),
        ("https://data.example.no/må l/", SpaceFault.CHARACTERS),
        ("https://data.example.no/a b/", SpaceFault.CHARACTERS),
        ("https://data.example.no//plan/", SpaceFault.CHARACTERS),
        ("https://data.example.no/../plan/", SpaceFault.CHARACTERS),
        ("https://data.example.no/./plan/", SpaceFault.CHARACTERS),
        ("https://data.example.no/pl%61n/", SpaceFault.CHARACTERS),
        (f"https://data.example.no/{'a' * LONGEST}/", SpaceFault.LONG),
        (f"{BASE}/id/", SpaceFault.OURS),
        (f"{BASE}/id/eksempelvik/", SpaceFault.OURS),
        ("https://w3id.org/", SpaceFault.OURS),
        ("http://w3id.org/plangraf/", SpaceFault.OURS),
        ("http://purl.org/", SpaceFault.VOCABULARY),
        ("http://www.w3.org/2004/02/skos/core#", SpaceFault.VOCABULARY),
        ("https://schema.org/Plan/", SpaceFault.VOCABULARY),
        ("http://metadata.un.org/sdg/", SpaceFault.VOCABULARY),
        ("https://psi.norge.no/los/tema/", SpaceFault.VOCABULARY),
        ("https://data.example.no/doc/", SpaceFault.SITE),
        ("https://data.example.no/search#", SpaceFault.SITE),
        ("https://data.example.no/.well-known/plan/", SpaceFault.SITE),
    ],
)
def test_each_fault_of_a_prefix_is_found(space: str, fault: SpaceFault) -> None:
    assert space_fault(space) == fault


@pytest.mark.parametrize("namespace", [iri for iri in PREFIXES.values() if iri.startswith("http")])
def test_no_namespace_of_a_vocabulary_can_be_claimed(namespace: str) -> None:
    assert space_fault(namespace) in (SpaceFault.OURS, SpaceFault.VOCABULARY)


@pytest.mark.parametrize(
    ("other", "shared"),
    [
        (SPACE, True),
        ("http://data.example.no/plan/", True),
        ("https://data.example.no/", True),
        (f"{SPACE}2025/", True),
        ("https://data.example.no/plan/#", True),
        ("https://data.example.no/plan#", False),
        ("https://data.example.no/planer/", False),
        ("https://data.example.no:8443/plan/", False),
        ("https://annen.example.no/plan/", False),
    ],
)
def test_prefixes_overlap_if_an_iri_can_be_below_both(other: str, shared: bool) -> None:
    assert overlap(SPACE, other) is shared
    assert overlap(other, SPACE) is shared


@pytest.mark.parametrize(
    ("iri", "space", "name"),
    [
        (f"{SPACE}goal/1", SPACE, "goal/1"),
        (SPACE, SPACE, ""),
        ("https://data.example.no/plan", None, ""),
        ("https://data.example.no/planer/1", None, ""),
        ("http://data.example.no/plan/1", None, ""),
        ("https://e.no/a#1", "https://e.no/a#", "1"),
        ("https://e.no/a#b/c", "https://e.no/a#", "b/c"),
        ("https://e.no/a", "https://e.no/a#", ""),
        ("https://e.no/a/b", None, ""),
        ("urn:x:y", None, ""),
    ],
)
def test_an_iri_is_below_the_space_that_it_begins_with(iri: str, space: str | None, name: str) -> None:
    assert space_of(iri, {SPACE, "https://e.no/a#"}) == space
    if space is not None:
        assert name_within(iri, space) == name


def test_the_pages_of_the_site_are_known() -> None:
    """A segment that is missing from `SITE_SEGMENTS` could be that of an IRI, whose address would be the page's."""
    paths = {path for resource in RESOURCES for path in resource.paths if resource.prefix != "/id/"}
    assert sorted(path for path in paths if not is_of_site(path)) == []
    first = {path.split("/")[1].partition(".")[0] or path.split("/")[1] for path in paths}
    assert SITE_SEGMENTS - first <= {"timegate", "timemap", ".well-known"}
