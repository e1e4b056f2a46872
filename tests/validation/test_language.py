import subprocess
import sys

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


def test_data_are_validated_without_the_extra_library_too() -> None:
    program = """
import sys
sys.modules["lingua"] = None  # as where the extra `language` is not installed
from plangraf.release.build import build_release
from plangraf.validation.language import looks_norwegian
print(looks_norwegian("Vi bygger ikke der vannet kommer, og vi tar vare på elvebreddene"))
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)  # noqa: S603  # our own
    assert (ended.stdout, ended.stderr) == ("False\n", "")
