from pathlib import Path

from rdflib import Graph, URIRef

from plangraf.namespaces import SHAPES, expand
from plangraf.validation.absences import Absences
from plangraf.validation.shapes import load_shapes

SHIPPED = Path(__file__).parents[2] / "shapes"


def missed(absences: Absences, name: str) -> set[str]:
    return set(absences.properties(URIRef(f"{SHAPES}#{name}")))


def test_a_rule_is_about_the_absence_of_what_its_query_excludes() -> None:
    absences = load_shapes(SHIPPED).absences
    found = missed(absences, "IndicatorWhole")
    assert {expand("plan:direction"), expand("plan:targetYear")} <= found
    assert expand("plan:nothing") not in found
    assert expand("plan:basis") in missed(absences, "SDGLinksUnsaid")


def test_a_shape_is_about_the_properties_of_all_its_parts() -> None:
    shapes = Graph().parse(
        data="""
        @prefix psh: <https://w3id.org/plangraf/shapes#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix ex: <https://a.example/> .
        psh:Whole sh:or ( [ sh:property psh:Part ] [ sh:not psh:Other ] ) .
        psh:Part sh:path [ sh:alternativePath ( ex:one ex:two ) ] ; sh:node psh:Whole .
        psh:Other sh:property [ sh:path [ sh:inversePath ex:three ] ] .
        """
    )
    found = missed(Absences(shapes), "Whole")
    assert found == {f"https://a.example/{name}" for name in ("one", "two", "three")}
