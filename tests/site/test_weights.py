"""The weight of pages: who pays for each megabyte gets the text of a page in less than 100 kB."""

import httpx
import pytest
from tests.site.addresses import PAGE_EXAMPLES

MOST = 100_000
"""The most bytes of HTML, before compression."""
WHOLE = {"ontology", "shapes", "shapes of an earlier version"}
"""The pages that hold a whole document, with an anchor for each of its terms."""


@pytest.mark.parametrize("kind", sorted(PAGE_EXAMPLES.keys() - WHOLE))
def test_the_html_of_a_page_is_below_100_kb(server: str, kind: str) -> None:
    answer = httpx.get(
        server + PAGE_EXAMPLES[kind].path, headers={"Accept": "text/html", "Accept-Encoding": "identity"}
    )
    assert len(answer.content) < MOST
