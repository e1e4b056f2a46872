import pytest

from plangraf.validation.language import looks_norwegian


@pytest.mark.parametrize(
    "text",
    [
        "Kommunen må være forberedt på mer nedbør og oftere flom.",
        "Eksempelvik er rustet for et klima i endring",
        "Det skal vere lett å leve miljøvenleg i heile kommunen",
    ],
)
def test_norwegian_is_seen(text: str) -> None:
    assert looks_norwegian(text)


@pytest.mark.parametrize(
    "text",
    [
        "The municipality must be prepared for more rain and floods.",
        "News item of the municipality of Sør-Trøndelag on Trondheimsløftet and the Øya park",
    ],
)
def test_english_is_let_through_whatever_names_are_in_it(text: str) -> None:
    assert not looks_norwegian(text)


@pytest.mark.parametrize(
    "text", ["", "Frivillig sektor", "Grønn by for alle", "Trondheim Oslo Bergen Stavanger Bodø"]
)
def test_what_is_too_short_to_tell_is_let_through(text: str) -> None:
    assert not looks_norwegian(text)
