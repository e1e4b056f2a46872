"""Files that are written anew, in stable order, because their formats cannot be edited in place."""

from collections.abc import Iterable, Mapping
from typing import cast

import pyoxigraph as ox

from plangraf.formats import JSON_LD, RDF_XML, Format
from plangraf.namespaces import expand
from plangraf.rdf.serialization import serialize

_TYPE = ox.NamedNode(expand("rdf:type"))


def written_anew(
    quads: Iterable[ox.Quad], rdf_format: Format, prefixes: Mapping[str, str], comments: Iterable[str] = ()
) -> bytes:
    """Return a file with the statements, in an order that depends on them alone.

    Args:
        quads: the statements; those of no graph are in the default graph.
        rdf_format: the format of the file.
        prefixes: the prefixes of the former file.
        comments: its comments, which stand at the top in formats that have comments of this kind.

    Raises:
        NotAcceptable: the format cannot express a statement.
    """
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    ordered = sorted(
        dataset,
        key=lambda quad: (str(quad.graph_name), str(quad.subject), quad.predicate != _TYPE, str(quad)),
    )
    named = any(not isinstance(quad.graph_name, ox.DefaultGraph) for quad in ordered)
    if rdf_format == RDF_XML or (rdf_format == JSON_LD and not named):
        return serialize((quad.triple for quad in ordered), rdf_format)
    written = cast(
        "bytes",
        ox.serialize(
            ordered,
            format=ox.RdfFormat.from_media_type(rdf_format.media_type),
            prefixes=None if rdf_format == JSON_LD else dict(prefixes),
        ),
    )
    return "".join(f"{comment}\n" for comment in comments).encode() + written
