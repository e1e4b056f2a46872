"""The example plan that comes with the ontology."""

import pyoxigraph as ox

from plangraf import shipped
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import ONTOLOGY, PLAN, expand
from plangraf.sources.dataset import read_dataset
from plangraf.sources.rdf import read_file
from plangraf.validation.shapes import Shapes
from plangraf.validation.validate import validate


def test_it_uses_every_class_and_property_that_an_author_writes() -> None:
    terms = Statements(quad.triple for quad in ox.parse(path=shipped.ONTOLOGY))
    example = Statements(quad.triple for quad in ox.parse(path=shipped.EXAMPLE))
    classes = [iri for iri in terms.instances(expand("owl:Class")) if iri != PLAN + "ControlledValue"]
    derived = set(terms.subjects(expand("rdfs:subPropertyOf"), PLAN + "contributesToSDG"))
    properties = [
        iri
        for iri in terms.instances(expand("owl:ObjectProperty"), expand("owl:DatatypeProperty"))
        if iri not in derived and terms.text(iri, expand("owl:deprecated")) != "true"
    ]
    used = {quad.predicate.value for quad in ox.parse(path=shipped.EXAMPLE)}
    assert [iri for iri in classes if not example.instances(iri)] == []
    assert [iri for iri in properties if iri not in used] == []


def test_it_conforms(shapes: Shapes) -> None:
    context = [
        *read_dataset([shipped.DATA / "sdg"]).quads(),
        *read_file(shipped.ONTOLOGY, ox.NamedNode(ONTOLOGY)),
    ]
    assert list(validate(read_dataset([shipped.EXAMPLE]), context, shapes).results) == []
