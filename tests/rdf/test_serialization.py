import subprocess
import sys

import orjson
import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from plangraf.formats import GRAPH_FORMATS, JSON_LD, TURTLE, Format
from plangraf.rdf.serialization import serialize
from plangraf.rdf.terms import to_graph

SOURCE = """
@prefix e: <http://e.org/> . @prefix plan: <https://w3id.org/plangraf/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
e:a a plan:Goal ; skos:notation "1.10" ; skos:prefLabel "Mål"@nb , "Goal"@en ; skos:broader e:b , e:c , e:d ;
  e:number 2.50 ; e:text "line\\nline \\"quoted\\"" ; e:with [ e:inside e:b ] .
"""


def triples() -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(SOURCE, format=ox.RdfFormat.TURTLE)]


@pytest.mark.parametrize("rdf_format", GRAPH_FORMATS, ids=lambda f: f.key)
def test_every_form_says_the_same(rdf_format: Format) -> None:
    target = ox.RdfFormat.from_media_type(rdf_format.media_type)
    written = to_graph(ox.parse(serialize(triples(), rdf_format), format=target))
    assert isomorphic(written, Graph().parse(data=SOURCE, format="turtle"))


@pytest.mark.parametrize("rdf_format", GRAPH_FORMATS, ids=lambda f: f.key)
def test_every_process_writes_the_same_bytes(rdf_format: Format) -> None:
    program = (
        "import sys, pyoxigraph as ox\n"
        "from plangraf.formats import GRAPH_FORMATS, by_key\n"
        "from plangraf.rdf.serialization import serialize\n"
        "triples = [q.triple for q in ox.parse(sys.stdin.read(), format=ox.RdfFormat.TURTLE)]\n"
        "sys.stdout.buffer.write(serialize(triples, by_key(sys.argv[1], GRAPH_FORMATS)))\n"
    )
    named = SOURCE.replace("[ e:inside e:b ]", "e:c")
    written = {
        subprocess.run(  # noqa: S603  # our own program
            [sys.executable, "-c", program, rdf_format.key],
            input=named.encode(),
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(written) == 1


def test_turtle_declares_the_prefixes_that_it_uses_and_no_others() -> None:
    text = serialize(triples(), TURTLE).decode()
    assert "@prefix skos:" in text
    assert "@prefix dcat:" not in text


def test_json_ld_is_compact_and_carries_its_context() -> None:
    document = orjson.loads(serialize(triples()[:-2], JSON_LD))
    goal = next(node for node in document.get("@graph", [document]) if node.get("notation"))
    assert goal["prefLabel"] == {"nb": "Mål", "en": "Goal"}
    assert goal["broader"] == ["http://e.org/b", "http://e.org/c", "http://e.org/d"]
    assert document["@context"]["prefLabel"]["@container"] == "@language"
