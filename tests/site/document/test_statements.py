import html
import re

from tests.site.eksempelvik import get

from plangraf.release.release import Release

CLAIM = "/doc/eksempelvik/samfunnsdel/link/11.7"


def test_the_page_of_a_claim_quotes_its_evidence_with_the_source(eksempelvik: Release) -> None:
    [page] = get(eksempelvik, f"{CLAIM}?lang=nb")
    [quote] = re.findall(r'<blockquote class="quote">(.*?)</blockquote>', page, re.DOTALL)
    assert re.sub(r"<[^>]+>", "", html.unescape(quote)).startswith("«Bydelene skal ha grønne møteplasser for alle.»")
    assert "Kommunens planside" in quote


def test_the_page_of_a_claim_says_what_is_linked_to_what_on_whose_word(eksempelvik: Release) -> None:
    [page] = get(eksempelvik, f"{CLAIM}?lang=nb")
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2])).split())
    assert "Østlige bydeler får nye møteplasser → 11.7 Grønne lunger" in text
    assert "11.7, redaksjonell Vurdert av en redaktør, ikke planens egne ord." in text
    assert "Hvem som sier det Eksempelvik kommune" in text
    assert "<title>Østlige bydeler får nye møteplasser → 11.7 Grønne lunger – " in page


def test_every_property_of_a_claim_and_of_an_event_has_a_name(eksempelvik: Release) -> None:
    paths = (
        CLAIM,
        *(f"/doc/eksempelvik/samfunnsdel/{name}" for name in ("vedtak/1", "horing/frist", "source/vision")),
    )
    for page in get(eksempelvik, *(f"{path}?lang={language}" for path in paths for language in ("nb", "en"))):
        names = re.findall(r'<th scope="row"><a [^>]*>([^<]+)<', page)
        assert len(names) > 1
        assert [name for name in names if re.fullmatch(r"[a-z]+:\w+", name)] == []
