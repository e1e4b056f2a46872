"""The geometry of the picture of a plan, its goals and the SDGs."""

import itertools
import random
from collections import defaultdict

import pytest

from plangraf.site.plan.sankey import Band, Flow, Sankey, SdgNode, sankey
from plangraf.view.shorten import cut, isolated

WORDS = ("{count} stated", "{count} editorial")


def _picture(middles: int, ends: int, most: int = 5, label: str = "A goal") -> Sankey:
    chance = random.Random(middles * 100 + ends)  # noqa: S311  # the same every time
    flows = [
        Flow(middle, right, chance.randint(1, most), chance.random() < 0.5)
        for middle in range(middles)
        for right in range(ends)
    ]
    return sankey("A plan", [label] * middles, [SdgNode(str(n + 1), label) for n in range(ends)], flows, WORDS)


SIZES = [(1, 1), (3, 5), (12, 17), (30, 17)]


@pytest.mark.parametrize(("middles", "ends"), SIZES)
def test_bands_do_not_overlap_where_they_begin_and_end(middles: int, ends: int) -> None:
    picture = _picture(middles, ends)
    edges: dict[float, list[tuple[float, float]]] = defaultdict(list)
    for band in picture.bands:
        edges[band.x1].append((band.y1, band.height))
        edges[band.x2].append((band.y2, band.height))
    assert len(edges) == 4
    for spans in edges.values():
        for (y, height), (following, _) in itertools.pairwise(sorted(spans)):
            assert y + height <= following + 1e-6


@pytest.mark.parametrize(("middles", "ends"), SIZES)
def test_widths_add_up_to_the_nodes(middles: int, ends: int) -> None:
    picture = _picture(middles, ends)

    def within(bands: list[tuple[float, Band]], top: float, height: float) -> float:
        return sum(band.height for y, band in bands if top - 1e-6 <= y < top + height - 1e-6)

    into = [(band.y2, band) for band in picture.bands]
    out = [(band.y1, band) for band in picture.bands]
    for node in picture.middle:
        for chosen in (
            [pair for pair in into if pair[1].x2 == node.x],
            [pair for pair in out if pair[1].x2 != node.x],
        ):
            assert within(chosen, node.y, node.height) == pytest.approx(node.height, abs=1e-3)
    for node in picture.right:
        ends_here = [pair for pair in into if pair[1].x2 == node.x]
        assert within(ends_here, node.y, node.height) == pytest.approx(node.height, abs=1e-3)


@pytest.mark.parametrize(("middles", "ends"), SIZES)
def test_labels_have_room_and_all_is_in_the_picture(middles: int, ends: int) -> None:
    picture = _picture(middles, ends, most=500, label="A goal whose name is so long that it needs two lines of text")
    for column in (picture.middle, picture.right):
        places = [y for node in column for _, y, _ in node.places()]
        assert all(b - a >= 15.9 for a, b in itertools.pairwise(places))
        assert min(places) > 0
        assert max(places) < picture.height
    assert all(0 <= node.y <= node.y + node.height <= picture.height for node in picture.nodes)


def test_the_same_flows_in_any_order_give_the_same_picture() -> None:
    flows = [Flow(0, 0, 2, True), Flow(0, 0, 1, False), Flow(1, 0, 3, True)]
    ends = [SdgNode("13", "Climate")]
    assert sankey("P", ["a", "b"], ends, flows, WORDS) == sankey("P", ["a", "b"], ends, flows[::-1], WORDS)


def test_stated_and_editorial_are_bands_of_their_own() -> None:
    flows = [Flow(0, 0, 2, True), Flow(0, 0, 1, False)]
    picture = sankey("P", ["a"], [SdgNode("13", "Climate")], flows, WORDS)
    assert [band.stated for band in picture.bands] == [True, False, True, False]
    assert (picture.left.stated, picture.left.editorial) == (2, 1)


@pytest.mark.parametrize("label", ["x" * 10_000, "word " * 2_000, "", "   ", "\u202eabc", "<b>\"'&"])
def test_any_label_fits(label: str) -> None:
    picture = _picture(2, 2, label=label)
    assert all(len(text) <= 45 for node in picture.nodes for text in node.texts)
    assert all(len(band.title) < 220 for band in picture.bands)


def test_texts_that_turn_are_kept_to_themselves() -> None:
    assert isolated("plain") == "plain"
    assert isolated("שלום") == "\u2068שלום\u2069"
    assert cut("a" * 100, 10) == "a" * 9 + "…"
    assert cut(" a \n b ", 10) == "a b"
