import pytest

from plangraf.validation.addresses import has_wrong_organisation_number, is_not_public, is_organisation_number
from plangraf.validation.authority_codes import AUTHORITY, is_unexpected_code


@pytest.mark.parametrize(
    "iri",
    [
        *(
            "urn:isbn:1",
            "file:///a",
            "mailto:a@b.no",
            "http://localhost/a",
            "http://intranett/a",
            "https://10.0.0.1/",
        ),
        *("http://a:b@example.org/", "ftp://example.org/", "http://[::1]/", "http://[x/"),
    ],
)
def test_an_address_that_the_public_cannot_reach(iri: str) -> None:
    assert is_not_public(iri)


@pytest.mark.parametrize(
    "iri", ["https://www.trondheim.kommune.no/a", "http://example.org/", "https://www.a.example:8/"]
)
def test_an_address_that_the_public_can_reach(iri: str) -> None:
    assert not is_not_public(iri)


@pytest.mark.parametrize(
    ("number", "right"),
    [("942110464", True), ("974761076", True), ("942110465", False), ("94211046", False), ("123456789", False)],
)
def test_the_check_digit_of_an_organisation_number(number: str, right: bool) -> None:
    assert is_organisation_number(number) is right
    iri = f"https://organization-catalog.fellesdatakatalog.digdir.no/organizations/{number}"
    assert has_wrong_organisation_number(iri) is not right


@pytest.mark.parametrize(
    ("code", "unknown"),
    [
        *(("language/NOB", False), ("language/NBO", True), ("licence/NLOD_2_0", False), ("data-theme/KLIMA", True)),
        *(("corporate-body/COM", False),),
    ],
)
def test_a_code_that_its_table_does_not_have(code: str, unknown: bool) -> None:
    assert is_unexpected_code(AUTHORITY + code) is unknown
