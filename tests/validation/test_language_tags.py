"""A right tag of another language is a warning, and a wrong tag a violation."""

import pytest

from plangraf.formats import TURTLE
from plangraf.validation.process import UploadValidator


@pytest.fixture(scope="module")
def validator() -> UploadValidator:
    return UploadValidator()


def _found(tag: str, validator: UploadValidator) -> dict[str, str]:
    """Return the results about the tag of a text, with their severity, by name of the shape."""
    data = f'<https://example.org/s> <http://www.w3.org/2004/02/skos/core#altLabel> "x"@{tag} .'
    results = validator.validate(data.encode(), TURTLE).results
    found = {str(result.shape).rpartition("#")[2]: result.severity.value for result in results}
    return {name: severity for name, severity in found.items() if name in ("LanguageTag", "OtherLanguage")}


@pytest.mark.parametrize("tag", ["de", "fr", "de-AT", "zh-Hans-CN", "fkv", "es-419", "de-CH-1996", "uk", "DE"])
def test_a_right_tag_of_another_language_is_a_warning(tag: str, validator: UploadValidator) -> None:
    assert _found(tag, validator) == {"OtherLanguage": "Warning"}


@pytest.mark.parametrize("tag", ["no", "nb-NO", "nor", "deu", "sme", "norsk", "xx"])
def test_a_wrong_tag_is_a_violation(tag: str, validator: UploadValidator) -> None:
    assert _found(tag, validator) == {"LanguageTag": "Violation"}


@pytest.mark.parametrize("tag", ["nb", "nn", "en", "se", "sma", "smj"])
def test_the_tags_of_the_pages_have_no_result(tag: str, validator: UploadValidator) -> None:
    assert _found(tag, validator) == {}
