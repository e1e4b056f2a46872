from pathlib import Path

import pytest
from rdflib import SH, URIRef

from plangraf.errors import InputError
from plangraf.namespaces import SHAPES
from plangraf.validation.shapes import Rule, Shapes, load_shapes

PREFIXES = """
@prefix e: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""


def load(text: str, folder: Path) -> Shapes:
    (folder / "shapes.ttl").write_text(PREFIXES + text, encoding="utf-8")
    return load_shapes(folder / "shapes.ttl")


def test_a_message_has_a_language(tmp_path: Path) -> None:
    shapes = load('e:S a sh:NodeShape ; sh:message "Nei"@nb , "No"@en .', tmp_path)
    assert shapes.messages(URIRef("https://example.org/S")) == {"nb": "Nei", "en": "No"}


def test_a_message_without_a_language_counts_as_english(tmp_path: Path) -> None:
    shapes = load('e:S a sh:NodeShape ; sh:message "No" .', tmp_path)
    assert shapes.messages(URIRef("https://example.org/S")) == {"en": "No"}


def test_a_shape_without_messages_has_none(tmp_path: Path) -> None:
    assert load("e:S a sh:NodeShape .", tmp_path).messages(URIRef("https://example.org/S")) == {}


def test_rules_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    text = """
      e:B a sh:SPARQLConstraint ; sh:select "SELECT ?this {}" .
      e:A a sh:SPARQLConstraint ; sh:severity sh:Warning ; sh:message "{?this}!"@en ;
        sh:select "SELECT ?this { }" ."""
    assert load(text, tmp_path).rules == (
        Rule("https://example.org/A", str(SH.Warning), {"en": "{?this}!"}, "SELECT ?this { }"),
        Rule("https://example.org/B", str(SH.Violation), {}, "SELECT ?this {}"),
    )


def test_the_core_is_all_but_the_rules(tmp_path: Path) -> None:
    text = "e:S a sh:NodeShape . e:R a sh:SPARQLConstraint ; sh:select 'SELECT ?this {}' ."
    assert set(load(text, tmp_path).core.subjects()) == {URIRef("https://example.org/S")}


def test_a_shape_is_called_by_its_label_or_its_iri(tmp_path: Path) -> None:
    shapes = load('e:S a sh:NodeShape ; rdfs:label "Plan"@nb , "The plan"@en . e:T a sh:NodeShape .', tmp_path)
    assert shapes.label(URIRef("https://example.org/S"), "nb") == "Plan"
    assert shapes.label(URIRef("https://example.org/S"), "en") == "The plan"
    assert shapes.label(URIRef("https://example.org/T"), "nb") == "https://example.org/T"


def test_files_and_folders_are_read_together(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    load("e:R a sh:SPARQLConstraint ; sh:select 'SELECT ?this {}' .", tmp_path / "rules")
    load("e:S a sh:NodeShape .", tmp_path)
    assert len(load_shapes(tmp_path).graph) == 3
    assert len(load_shapes(tmp_path / "shapes.ttl", tmp_path / "rules").graph) == 3


def test_a_file_without_shapes_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no shapes found in .*shapes\.ttl"):
        load("e:S rdfs:label 'No shape' .", tmp_path)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        load_shapes(tmp_path / "shapes.ttl")


def test_the_shipped_shapes_and_rules_are_ours(shapes: Shapes) -> None:
    kinds = (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint)
    found = {str(shape) for kind in kinds for shape in shapes.graph.subjects(None, kind)}
    assert {shape for shape in found if not shape.startswith(f"{SHAPES}#")} == set()


def test_the_shipped_node_shapes_and_rules_have_labels_in_both_languages(shapes: Shapes) -> None:
    for kind in (SH.NodeShape, SH.SPARQLConstraint):
        for shape in shapes.graph.subjects(None, kind):
            assert str(shape) not in (shapes.label(shape, "nb"), shapes.label(shape, "en"))


def test_every_shipped_property_shape_is_used(shapes: Shapes) -> None:
    used = {shape for shape in shapes.graph.objects(None, SH.property) if isinstance(shape, URIRef)}
    assert set(shapes.graph.subjects(None, SH.PropertyShape)) - used == set()
    assert used - set(shapes.graph.subjects(None, SH.PropertyShape)) == set()
