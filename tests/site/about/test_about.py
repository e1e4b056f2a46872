import re

import httpx
from tests.servers import serving

from plangraf import __version__
from plangraf.languages import translations
from plangraf.namespaces import expand
from plangraf.release.release import Release
from plangraf.view.assets import LICENCES_PATH, vendored


def _words(html: str) -> str:
    """Return the words of the main part of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("<main")[1].split("</main>")[0]).split())


def test_the_page_tells_how_fresh_the_data_are_and_who_publishes_them(server: str, release: Release) -> None:
    words = _words(httpx.get(f"{server}/about?lang=en").text)
    assert "Plangraf publishes the data on this server." in words
    assert f"Release {release.manifest.release}" in words
    assert f"Plans {len(release.manifest.plans)}" in words
    assert f"Goals and sub-goals {release.manifest.counts.classes[expand('plan:Goal')]}" in words
    assert f"Facts (RDF statements) {release.manifest.counts.triples:,}" in words
    assert re.search(r"Date of the release \d{1,2} [A-Z][a-z]+ \d{4}", words)
    assert "Queries are not logged." in words
    assert "has not" not in words  # the operator is told when the server starts


def test_the_page_names_the_version_that_runs(server: str) -> None:
    assert f"Plangraf {__version__}" in _words(httpx.get(f"{server}/about?lang=en").text)


def test_what_others_have_made_is_named_with_its_licence(server: str) -> None:
    html = httpx.get(f"{server}/about?lang=en").text
    assert {asset.package for asset in vendored().values()} >= {"@digdir/designsystemet-css", "@zazuko/yasqe"}
    for asset in vendored().values():
        assert f"{asset.package} {asset.version} ({asset.licence})" in _words(html)
    assert f'href="{LICENCES_PATH}"' in html
    assert httpx.get(server + LICENCES_PATH).status_code == 200


def test_what_the_operator_says_is_told() -> None:
    with serving(
        publisher_name="Etaten <b>",
        contact_email="post@example.org",
        contact_url="https://example.org/kontakt",
        accessibility_url="https://example.org/erklæring",
        feedback_url="mailto:feil@example.org",
        log_queries=True,
        workers=3,
    ) as server:
        html = httpx.get(f"{server.address}/about?lang=en").text.split("<main")[1].split("</main>")[0]
    assert "Etaten &lt;b&gt; publishes the data on this server." in html
    for address in ("mailto:post@example.org", "https://example.org/kontakt", "https://example.org/erklæring"):
        assert f'<a href="{address}">' in html
    assert '<a href="mailto:feil@example.org">' in html
    assert "a fingerprint of it" in html
    assert "Queries are not logged." not in html
    assert "has not" not in html


def test_the_page_sets_no_cookie_and_leads_on(server: str) -> None:
    answer = httpx.get(f"{server}/about?lang=nb")
    assert "set-cookie" not in answer.headers
    assert answer.headers["content-language"] == "nb"
    for path in ("/catalog", "/quality", "/cite"):
        assert f'<a href="{path}?lang=nb">' in answer.text
    assert translations("nb").gettext("Privacy") in answer.text
