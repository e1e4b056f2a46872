"""The places of statements are told in the order in which the parser yields the statements."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from plangraf import shipped
from plangraf.migration.turtle_layout import UnknownLayout
from plangraf.migration.turtle_layout_reader import layout_of
from plangraf.namespaces import expand

LINKS = (expand("rdf:first"), expand("rdf:rest"))
TEXTS = (
    "<s> <p> [ <q> <o> ; <r> [ <x> <y> ] , <z> ] , <o2> .",
    "[ <q> <o> ; <r> [ <x> 'y' ] ] <p> <o> . [ <q> <o> ] .",
    "<s> <p> [ <q> 'x' ] , [ <q> [ <r> 'x' ] ] , [ <q> 'x'@nb ] , [ <q> 1 ] , [ <q> true ] , ( 'x' ) .",
    "<s> <p> ( ( <c> [ <q> <r> ] ) [ <q> ( <m> 'n' ) ] ) ; <p2> () . ( [ <q> <r> ] ) <a> <b> .",
    "<s> <p> ( [ <q> ( [ <x> <y> ] ) ] <a> ) , 'x' ; ; <a> -1.5e3 , .5 , 1 ; .",
    "@prefix a.b: <http://a/> . a.b:c.d a.b:e\\,f a.b:%41:g-h. _:x.y a.b: a.b:1 .",
    "PREFIX : <http://a/> BASE <http://b/> :a :b '''x ' y''' , \"\"\"x \" # y\"\"\"^^:c , '\\'' , \"\" . # end",
)


def layout_faults(text: str, rdf_format: ox.RdfFormat = ox.RdfFormat.TURTLE) -> list[str]:
    """Return the statements of a text that are not where their places say."""
    quads = [
        quad for quad in ox.parse(text, format=rdf_format, base_iri="http://b/") if quad.predicate.value not in LINKS
    ]
    places = layout_of(text).places
    if len(quads) != len(places):
        return [f"{len(quads)} statements, {len(places)} places"]
    return [
        f"{text[place.group.objects[place.index].start :][:40]} is not the object of {quad}"
        for quad, place in zip(quads, places, strict=True)
        if not _stands(quad, text[place.group.objects[place.index].start : place.group.objects[place.index].end])
        or place.group.iri not in (None, quad.predicate.value)
    ]


def _stands(quad: ox.Quad, written: str) -> bool:
    """Return whether the object of a statement may be written so."""
    value = quad.object
    if isinstance(value, ox.BlankNode):
        return written.startswith(("_:", "[", "("))
    if isinstance(value, ox.NamedNode):
        last = value.value[-1]
        return written in ("()", "<>") or written.endswith(":") or last in written
    return isinstance(value, ox.Literal) and (written[0] in "\"'" or written.startswith(value.value))


@pytest.mark.parametrize("text", TEXTS)
def test_every_statement_has_its_place(text: str) -> None:
    assert layout_faults(text) == []


def test_named_graphs_have_no_place_of_their_own() -> None:
    text = "<g> { <s> <p> [ <q> 'o' ] } GRAPH <h> { <s> <p> <o> . } { <s> <p> <o> } <s> <p> <o> . [] { <a> <b> 'c' }"
    assert layout_faults(text, ox.RdfFormat.TRIG) == []


def test_the_shipped_files_and_those_of_others_are_known(conformance: Path) -> None:
    roots = (shipped.DATA, shipped.SHAPES, shipped.ONTOLOGY.parent, conformance)
    tried = 0
    for path in sorted(path for root in roots for path in root.rglob("*.ttl") if path.is_file()):
        text = path.read_text(encoding="utf-8")
        try:
            found = layout_faults(text)
        except SyntaxError:  # of a test of a parser
            continue
        tried += 1
        assert found == [], path
    assert tried > 400


@pytest.mark.parametrize("text", ["<a> <b> <c>", "<a> <b> [ <c> <d> ) .", "<a> <b> ??? .", "] .", "<a> , ."])
def test_a_text_that_is_no_turtle_is_refused(text: str) -> None:
    with pytest.raises(UnknownLayout):
        layout_of(text)
