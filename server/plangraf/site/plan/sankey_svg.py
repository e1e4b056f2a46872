"""The SVG elements of a Sankey diagram, which has hundreds of them: a template would take most of a page's time."""

from collections.abc import Iterator

from markupsafe import Markup, escape

from plangraf.languages import InterfaceLanguage, number
from plangraf.site.plan.sankey import Band, Sankey, SankeyNode

_RIGHT = 600
"""The horizontal position from which nodes are in the right column, whose labels are not names from the plan."""


def sankey_elements(picture: Sankey, language: InterfaceLanguage) -> Markup:
    """Return the bands, the nodes and their labels with their counts, one element a line.

    Args:
        picture: the diagram.
        language: the language of the interface, for the format of numbers.
    """
    elements = [_path(band) for band in picture.bands]
    for node in picture.nodes:
        elements += _node(node, language)
    return Markup("".join(elements))  # noqa: S704  # the texts in the elements are escaped


def _path(band: Band) -> str:
    basis = "" if band.stated else " editorial"
    return f'<path class="tone-{band.tone}{basis}" d="{band.path}"><title>{escape(band.title)}</title></path>\n'


def _node(node: SankeyNode, language: InterfaceLanguage) -> Iterator[str]:
    size = f'y="{round(node.y, 2)}" width="14" height="{round(node.height, 2)}"'
    yield f'<rect class="{node.kind}" x="{node.x}" {size}/>\n'
    kind = ' class="name"' if node.x < _RIGHT else ""
    counts = f' <tspan class="count">({number(node.stated, language)} + {number(node.editorial, language)})</tspan>'
    places = node.places()
    for place, (x, y, text) in enumerate(places, start=1):
        last = counts if place == len(places) else ""
        yield f'<text{kind} x="{x}" y="{round(y, 1)}">{escape(text)}{last}</text>\n'
