"""The example plan that comes with the ontology."""

import pyoxigraph as ox

from plangraf import shipped
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import ONTOLOGY, PLAN, expand
from plangraf.sources.dataset import read_dataset
from plangraf.sources.rdf import read_file
from plangraf.validation.shapes import Shapes
from plangraf.validation.validate import validate


def test_it_uses_every_class_and_property() -> None:
    terms = Statements(quad.triple for quad in ox.parse(path=shipped.ONTOLOGY))
    example = Statements(quad.triple for quad in ox.parse(path=shipped.EXAMPLE))
    classes = [iri for iri in terms.instances(expand("owl:Class")) if iri != PLAN + "ControlledValue"]
    properties = terms.instances(expand("owl:ObjectProperty"), expand("owl:DatatypeProperty"))
    # What a build derives, and what is deprecated, no plan states.
    unstated = {*terms.subjects(expand("rdfs:subPropertyOf"), expand("plan:contributesToSDG")), expand("plan:inPlan")}
    used = {quad.predicate.value for quad in ox.parse(path=shipped.EXAMPLE)} | unstated
    assert [iri for iri in classes if not example.instances(iri)] == []
    assert [iri for iri in properties if iri not in used] == []


def test_it_conforms(shapes: Shapes) -> None:
    context = [
        *read_dataset([shipped.DATA / "sdg"]).quads(),
        *read_file(shipped.ONTOLOGY, ox.NamedNode(ONTOLOGY)),
    ]
    assert list(validate(read_dataset([shipped.EXAMPLE]), context, shapes).results) == []
