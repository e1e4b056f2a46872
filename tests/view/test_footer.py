"""The foot of every page, of an application with an operator's settings."""

import asyncio
from pathlib import Path

import pytest
from tests.conformance.door import open_door

STATEMENT, FEEDBACK = "https://example.org/erklæring?a=1&b=2", "mailto:feil@example.org"


def _feet(folder: Path, *paths: str, **chosen: object) -> list[str]:
    """Return the foot of each page of a server with such settings."""

    async def ask() -> list[str]:
        async with open_door([], folder, **chosen) as client:
            answers = [await client.get(path, headers={"Accept": "text/html"}) for path in paths]
            return [answer.text.split("<footer")[1] for answer in answers]

    return asyncio.run(ask())


def test_it_leads_to_the_accessibility_statement_when_there_is_one(tmp_path: Path) -> None:
    paths = ("/?lang=nb", "/problems?lang=en", "/nothing?lang=en")
    titles = ("Tilgjengelighetserklæring", "Accessibility statement", "Accessibility statement")
    feet = _feet(tmp_path, *paths, accessibility_url=STATEMENT, feedback_url=FEEDBACK)
    for foot, title in zip(feet, titles, strict=True):
        assert f'<a href="https://example.org/erklæring?a=1&amp;b=2">{title}</a>' in foot
        assert f'<a href="{FEEDBACK}">' in foot


@pytest.mark.parametrize(
    ("chosen", "address"),
    [
        ({"contact_email": "post@example.org"}, "mailto:post@example.org"),
        ({"contact_email": "post@example.org", "contact_url": "https://example.org/"}, "https://example.org/"),
    ],
    ids=["email", "page"],
)
def test_it_leads_to_whom_to_ask_when_that_is_known(tmp_path: Path, chosen: dict[str, str], address: str) -> None:
    [foot] = _feet(tmp_path, "/?lang=en", **chosen)
    assert f'<a href="{address}">Contact</a>' in foot


def test_of_what_the_operator_has_not_said_it_says_nothing(tmp_path: Path) -> None:
    [foot] = _feet(tmp_path, "/?lang=en")
    assert "ccessibility" not in foot
    assert "Contact" not in foot
    assert '<a href="/about?lang=en">' in foot
    assert '<a href="/cite?lang=en">' in foot
