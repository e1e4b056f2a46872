import pytest

from plangraf.errors import PreconditionFailed, RequestMalformed
from plangraf.publishing.conditions import Conditions


@pytest.mark.parametrize(
    ("if_match", "if_none_match", "exists"),
    [
        (None, None, True),
        (None, None, False),
        ("*", None, True),
        ('"now"', None, True),
        ('"then", "now"', None, True),
        (' "then" ,, "now" ', None, True),
        (None, "*", False),
        (None, '"now"', False),
        (None, '"then"', True),
    ],
)
def test_conditions_that_hold(if_match: str | None, if_none_match: str | None, exists: bool) -> None:
    Conditions(if_match=if_match, if_none_match=if_none_match).check(exists, lambda tag: tag == "now")


@pytest.mark.parametrize(
    ("if_match", "if_none_match", "exists"),
    [
        ("*", None, False),
        ('"now"', None, False),
        ('"then"', None, True),
        ('W/"now"', None, True),
        (None, "*", True),
        (None, '"now"', True),
        (None, 'W/"now"', True),
        ('"now"', "*", True),
    ],
)
def test_conditions_that_do_not_hold(if_match: str | None, if_none_match: str | None, exists: bool) -> None:
    with pytest.raises(PreconditionFailed):
        Conditions(if_match=if_match, if_none_match=if_none_match).check(exists, lambda tag: tag == "now")


@pytest.mark.parametrize("value", ["now", "", ",", '"now', "'now'", '"now" or "then"', '*, "now"', ", " * 10_000])
def test_what_is_no_list_of_tags_is_refused(value: str) -> None:
    with pytest.raises(RequestMalformed):
        Conditions(if_match=value).check(True, lambda _: True)
