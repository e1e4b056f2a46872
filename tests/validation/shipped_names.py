"""Which shapes, rules and hints speak."""

from rdflib import RDF, SH

from plangraf.namespaces import PREFIXES
from plangraf.validation.shapes import Shapes

KINDS = (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint, SH.Shape)


def names_with_a_message(shapes: Shapes) -> set[str]:
    """Return the names of what has a message, without their namespace."""
    return {
        str(shape).removeprefix(PREFIXES["psh"])
        for shape, kind in shapes.graph.subject_objects(RDF.type)
        if kind in KINDS and shapes.messages(shape)
    }
