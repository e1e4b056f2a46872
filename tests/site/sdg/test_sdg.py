import html
import re

import pytest
from tests.site.eksempelvik import get

from plangraf.release.release import Release


@pytest.mark.parametrize("path", ["/doc/sdg/11?lang=nb", "/doc/sdg/11.7?lang=nb", "/compare?sdg=11&lang=nb"])
def test_what_contributes_to_an_sdg_has_its_evidence_as_a_quotation(eksempelvik: Release, path: str) -> None:
    [page] = get(eksempelvik, path)
    quotes = re.findall(r'<blockquote class="quote">(.*?)</blockquote>', page, re.DOTALL)
    texts = [re.sub(r"<[^>]+>", "", html.unescape(quote)) for quote in quotes]
    assert len(texts) == 2  # one below each of the plan's publishers
    for text in texts:
        assert "«Bydelene skal ha grønne møteplasser for alle.»" in text
        assert "Kilde: Kommunens planside" in text
