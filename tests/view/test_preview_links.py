import pytest

from plangraf.view.preview_links import with_preview_links

PAGES = {
    "/doc/a/plan": "/preview/x",
    "/doc/a/plan/goal/1": "/preview/x/1",
    "/doc?iri=http://e.org/%3Fa%26b": "/preview/x/2",
}


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("/doc/a/plan", "/preview/x"),
        ("/doc/a/plan#goals", "/preview/x#goals"),
        ("/doc/a/plan?lang=nb", "/preview/x?lang=nb"),
        ("/doc/a/plan/goal/1?lang=nn#sdg", "/preview/x/1?lang=nn#sdg"),
        ("/doc?iri=http://e.org/%3Fa%26b", "/preview/x/2"),
        ("/doc?iri=http://e.org/%3Fa%26b&amp;lang=en", "/preview/x/2?lang=en"),
        ("/doc?lang=en&amp;iri=http://e.org/%3Fa%26b", "/preview/x/2?lang=en"),
        ("/doc/a/plan.ttl", "/doc/a/plan.ttl"),
        ("/doc/a/plan/goal/2?lang=nb", "/doc/a/plan/goal/2?lang=nb"),
        ("/doc/sdg/13", "/doc/sdg/13"),
        ("/browse/a/plan", "/browse/a/plan"),
        ("https://other.example/doc/a/plan", "https://other.example/doc/a/plan"),
    ],
)
def test_links_to_pages_of_the_preview_lead_to_them_and_no_others(link: str, leads: str) -> None:
    assert with_preview_links(f'<a class="b" href="{link}">', PAGES) == f'<a class="b" href="{leads}">'


def test_a_text_that_looks_like_a_link_stays() -> None:
    text = "<p> href=&#34;/doc/a/plan&#34;</p>"
    assert with_preview_links(text, PAGES) == text
