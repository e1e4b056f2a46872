"""SKOS tools take what is served: skosify has nothing to mend in the file of a plan."""

import logging
import re

import pytest
import skosify
from rdflib import RDF, SKOS, Graph, URIRef
from tests.site.published import answers

from plangraf.namespaces import PLAN
from plangraf.release.release import Release

PLANS = ("trondheim/samfunnsplan-2020-2032", "asker/temaplan-handling-mot-klimaendringene")
BROKEN = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <http://e.org/> .
<s> a skos:ConceptScheme ; skos:prefLabel "S"@en ; skos:hasTopConcept <a> .
<a> a skos:Concept ; skos:inScheme <s> ; skos:prefLabel "A"@en , "Another"@en ; skos:broader <b> .
<b> a skos:Concept ; skos:inScheme <s> ; skos:prefLabel "B"@en ; skos:broader <a> .
"""


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


def convert(graph: Graph, caplog: pytest.LogCaptureFixture) -> Graph:
    with caplog.at_level(logging.INFO):
        converted = skosify.skosify(graph, set_modified=False)
    assert isinstance(converted, Graph)
    return converted


@pytest.fixture(scope="module")
def served(release: Release) -> dict[str, Graph]:
    """Return the file of each plan, in which its graphs are merged with what is derived."""
    found = answers(release, [f"/dumps/dataset/{plan}.ttl" for plan in PLANS])
    graphs = (Graph().parse(data=answer.content, format="turtle") for answer in found.values())
    return dict(zip(PLANS, graphs, strict=True))


@pytest.mark.parametrize("plan", PLANS)
def test_skosify_finds_nothing_wrong_in_a_plan(
    served: dict[str, Graph], caplog: pytest.LogCaptureFixture, plan: str
) -> None:
    graph = served[plan]
    converted = convert(graph, caplog)
    assert warnings(caplog) == []
    assert set(converted.subject_objects(SKOS.member)) == set(graph.subject_objects(SKOS.member)) != set()


def test_what_skosify_finds_outside_the_hierarchy_is_in_a_collection(
    served: dict[str, Graph], caplog: pytest.LogCaptureFixture
) -> None:
    graph = served[PLANS[0]]
    convert(graph, caplog)
    loose = {URIRef(iri) for iri in re.findall(r"Marking loose concept (\S+) as top concept", caplog.text)}
    assert loose
    assert loose <= set(graph.objects(None, SKOS.member))
    assert loose.isdisjoint(graph.subjects(RDF.type, URIRef(f"{PLAN}Goal")))


def test_skosify_finds_what_is_wrong(caplog: pytest.LogCaptureFixture) -> None:
    convert(Graph().parse(data=BROKEN, format="turtle"), caplog)
    assert len(warnings(caplog)) >= 2  # the circle, and the two labels
