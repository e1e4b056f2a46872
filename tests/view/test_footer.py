import httpx
from tests.servers import serving


def test_the_foot_of_every_page_leads_to_the_accessibility_statement_when_there_is_one() -> None:
    statement, feedback = "https://example.org/erklæring?a=1&b=2", "mailto:feil@example.org"
    with serving(accessibility_url=statement, feedback_url=feedback, workers=3) as server:
        for path, title in (
            ("/?lang=nb", "Tilgjengelighetserklæring"),
            ("/nothing?lang=en", "Accessibility statement"),
        ):
            foot = httpx.get(f"{server.address}{path}", headers={"Accept": "text/html"}).text.split("<footer")[1]
            assert f'<a href="https://example.org/erklæring?a=1&amp;b=2">{title}</a>' in foot
            assert f'<a href="{feedback}">' in foot


def test_without_one_nothing_is_said(server: str) -> None:
    assert "ccessibility" not in httpx.get(f"{server}/?lang=en").text.split("<footer")[1]


def test_the_foot_leads_to_whom_to_ask_when_that_is_known(server: str) -> None:
    with serving(contact_email="post@example.org", workers=3) as asked:
        assert '<a href="mailto:post@example.org">Contact</a>' in _foot(asked.address)
    with serving(contact_email="post@example.org", contact_url="https://example.org/", workers=3) as asked:
        assert '<a href="https://example.org/">Contact</a>' in _foot(asked.address)
    foot = _foot(server)
    assert "Contact" not in foot
    assert '<a href="/about?lang=en">' in foot
    assert '<a href="/cite?lang=en">' in foot


def _foot(address: str) -> str:
    return httpx.get(f"{address}/?lang=en").text.split("<footer")[1]
