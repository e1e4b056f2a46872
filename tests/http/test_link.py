import pytest

from plangraf.http.link import Link, link_header


def _items(number: int, *others: Link) -> list[Link]:
    return [*others, *(Link(f"/dumps/graph/{'x' * 60}/{each}", "item") for each in range(number))]


def test_a_header_has_all_links_in_their_order() -> None:
    links = [Link("/a", "cite-as"), Link("https://e.org/æ", "type", {"type": "text/html"})]
    assert link_header(links) == '</a>; rel="cite-as", <https://e.org/%C3%A6>; rel="type"; type="text/html"'


def test_a_long_header_leaves_the_last_items_to_the_link_set() -> None:
    linkset = Link("/linkset/a", "linkset")
    header = link_header(_items(100, linkset))
    assert len(header) < 3100
    assert "/0>" in header
    assert "/99>" not in header
    assert str(linkset) in header


@pytest.mark.parametrize("links", [_items(100), _items(3, Link("/linkset/a", "linkset"))])
def test_nothing_is_left_out_of_a_short_header_or_without_a_link_set(links: list[Link]) -> None:
    assert link_header(links).count("rel=") == len(links)
