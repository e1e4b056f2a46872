"""Download links for the data of a page."""

from plangraf.formats import TURTLE
from plangraf.release.dumps import graph_dump


def download(graph: str) -> tuple[str, str]:
    """Return the path of the dump of a named graph, and its media type."""
    return f"/dumps/{graph_dump(graph)}", TURTLE.media_type
