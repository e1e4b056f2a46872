"""The table of kinds is held to the ontology: a class that is missing in it would be missing on every page."""

import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef

import plangraf
from plangraf import shipped
from plangraf.namespaces import PLAN, SHAPES, compact
from plangraf.vocabulary import CLASSES, GOAL_CLASSES, KINDS, PLAN_CONCEPTS


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(shipped.ONTOLOGY)


def _subclasses(ontology: Graph, superclass: URIRef) -> set[str]:
    return {
        str(iri) for iri in ontology.subjects(RDFS.subClassOf, superclass) if (iri, RDF.type, OWL.Class) in ontology
    }


def test_every_class_of_concepts_in_the_ontology_is_a_kind_of_plan_concept(ontology: Graph) -> None:
    values = {f"{PLAN}ControlledValue"}  # of the vocabulary itself, not of a plan
    assert {iri for kind in PLAN_CONCEPTS for iri in kind.classes} == _subclasses(ontology, SKOS.Concept) - values


def test_every_class_of_schemes_in_the_ontology_is_a_kind_of_things(ontology: Graph) -> None:
    schemes = _subclasses(ontology, SKOS.ConceptScheme)
    assert schemes
    assert schemes <= set(CLASSES)


def test_the_table_names_no_class_that_the_ontology_lacks(ontology: Graph) -> None:
    own = [iri for iri in CLASSES if iri.startswith(PLAN)]
    assert [iri for iri in own if (URIRef(iri), RDF.type, OWL.Class) not in ontology] == []


def test_the_shape_of_concepts_of_plans_has_the_classes_of_the_table_for_its_targets() -> None:
    shapes = Graph().parse(shipped.SHAPES / "plan.ttl")
    targets = {str(iri) for iri in shapes.objects(URIRef(f"{SHAPES}#PlanConcept"), SH.targetClass)}
    assert targets == {iri for kind in PLAN_CONCEPTS for iri in kind.classes}


def test_no_two_kinds_share_a_key_a_rank_a_class_or_a_position() -> None:
    positions = [kind.position for kind in KINDS if kind.position is not None]
    for values in ([kind.key for kind in KINDS], [kind.rank for kind in KINDS], CLASSES, positions):
        assert [value for value, times in Counter(values).items() if times > 1] == []


def test_every_kind_is_told_by_its_classes_or_by_its_scheme() -> None:
    assert [kind.key for kind in KINDS if not kind.classes and kind.scheme is None] == []


def test_every_class_of_the_ontology_has_its_own_place_in_the_diagram() -> None:
    own = [kind for kind in KINDS if any(iri.startswith(PLAN) for iri in kind.classes)]
    assert own
    assert [kind.key for kind in own if kind.position is None] == []


def test_focus_areas_are_listed_with_goals() -> None:
    assert {compact(iri) for iri in GOAL_CLASSES} == {"plan:Goal", "plan:FocusArea"}


def test_every_query_for_goals_is_for_all_that_is_listed_with_goals() -> None:
    folders = (Path(plangraf.__file__).parent, shipped.DATA / "queries")
    queries = [path for folder in folders for path in folder.rglob("*.rq") if "derivation" not in path.parts]
    texts = {path.name: re.sub(r"^#.*", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE) for path in queries}
    classes = [re.compile(rf"{compact(iri)}\b") for iri in GOAL_CLASSES]
    of_goals = {name for name, text in texts.items() if any(term.search(text) for term in classes)}
    assert len(of_goals) >= 8
    assert [name for name in of_goals if not all(term.search(texts[name]) for term in classes)] == []
