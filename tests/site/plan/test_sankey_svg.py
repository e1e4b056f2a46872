import re

from plangraf.site.plan.sankey import Flow, SdgNode, sankey
from plangraf.site.plan.sankey_svg import sankey_elements


def test_every_band_and_node_is_drawn_with_its_escaped_label_and_its_counts() -> None:
    flows = [Flow(0, 0, 1200, True), Flow(0, 0, 3, False)]
    picture = sankey("A <plan>", ["Goals & means"], [SdgNode("13", "Climate")], flows, ("{count} s", "{count} e"))
    elements = sankey_elements(picture, "en")
    assert elements.count("<path") == len(picture.bands)
    assert elements.count(" editorial") == sum(not band.stated for band in picture.bands)
    assert elements.count("<rect") == len(picture.nodes)
    assert re.findall(r">([^<>]+) <tspan class=\"count\">\(1,200 \+ 3\)", elements) == [
        "A &lt;plan&gt;",
        "Goals &amp; means",
        "13 Climate",
    ]
    assert elements.count('<text class="name"') == 2
