"""The licence of what is published is the publisher's: at every place that states one."""

import httpx
import pyoxigraph as ox
import pytest
from tests.site.published import answers, links, write_release

from plangraf.linkeddata.catalogue import CATALOGUE, SERVICE, WHOLE_DATASET, dataset_iri
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import BASE, DATA_LICENCE, GRAPH, expand
from plangraf.release.release import Release

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
OTHER = "https://free.example/licence"
PLANS = {"free/plan": CC_BY, "silent/plan": None, "other/plan": OTHER}
DOCUMENTS = ("/doc/{}", "/doc/{}/goal/1", "/doc/{}/link/1-13", "/graph/{}")
DATA = ("/catalog.ttl", "/.well-known/void.ttl", "/sparql", "/quality/free/plan.ttl", "/quality/silent/plan.ttl")
FILES = ("dataset/{}.trig", "graph/{}.ttl")
OTHERS = (
    *("/", "/about", "/catalog", "/catalog?page=2", "/catalog?page=3"),
    *("/doc/sdg/13", "/doc/sdg/13.ttl", "/cite/doc/silent/plan", "/cite/doc/free/plan"),
    *("/mappings.sssom.tsv", "/dumps/all.trig", "/doc/trondheim/samfunnsplan-2020-2032/goal/1", "/doc/sdg/13.3"),
)


@pytest.fixture(scope="module")
def served(release: Release, tmp_path_factory: pytest.TempPathFactory) -> dict[str, httpx.Response]:
    """Return the answers of a server with plans under several licences and one without."""
    made = write_release(release, tmp_path_factory.mktemp("licences") / "release", PLANS)
    pages = [path.format(name) for name in PLANS for path in DOCUMENTS]
    files = [f"/dumps/{path.format(name)}" for name in PLANS for path in FILES]
    rdf = [f"{path}.ttl" for path in pages]
    found = answers(made, (*pages, *rdf, *files, *OTHERS, *(path for path in DATA if path != "/sparql")))
    return found | answers(made, ("/sparql",), "text/turtle")


def _statements(answer: httpx.Response) -> Statements:
    return Statements(quad.triple for quad in ox.parse(answer.content, format=ox.RdfFormat.TURTLE))


def _licences(statements: Statements, iri: str) -> list[str]:
    return statements.iris(iri, expand("dct:license"))


def _footer(answer: httpx.Response) -> str:
    return answer.text.partition("<footer>")[2]


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_page_links_to_the_licence_of_its_graph(served: dict[str, httpx.Response], name: str, path: str) -> None:
    answer, licence = served[path.format(name)], PLANS[name]
    assert links(answer, "license") == ([licence] if licence else [])
    assert f'href="{DATA_LICENCE}"' not in _footer(answer)
    assert "NLOD" not in _footer(answer)
    assert ("Ingen lisens er oppgitt." in _footer(answer)) is (licence is None)
    if licence:
        assert f'<a href="{licence}" rel="license">' in _footer(answer)


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("path", DOCUMENTS[:3])
def test_an_rdf_document_states_the_licence_of_its_graph(
    served: dict[str, httpx.Response], name: str, path: str
) -> None:
    here, licence = path.format(name), PLANS[name]
    statements = _statements(served[f"{here}.ttl"])
    assert _licences(statements, BASE + here) == ([licence] if licence else [])
    assert statements.iris(BASE + here, expand("dct:source")) == [f"{GRAPH}{name}"]
    assert _licences(statements, f"{GRAPH}{name}") == ([licence] if licence else [])


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("path", FILES)
def test_a_dump_links_to_the_licence_of_its_graphs(served: dict[str, httpx.Response], name: str, path: str) -> None:
    licence = PLANS[name]
    assert links(served[f"/dumps/{path.format(name)}"], "license") == ([licence] if licence else [])


def test_a_document_of_several_licences_states_that_of_each_graph(served: dict[str, httpx.Response]) -> None:
    assert links(served["/doc/sdg/13"], "license") == []
    statements = _statements(served["/doc/sdg/13.ttl"])
    assert _licences(statements, f"{BASE}/doc/sdg/13") == []
    assert _licences(statements, f"{GRAPH}sdg") == [DATA_LICENCE]
    assert _licences(statements, f"{GRAPH}free/plan") == [CC_BY]
    assert {f"{GRAPH}{name}" for name in PLANS} < set(statements.iris(f"{BASE}/doc/sdg/13", expand("dct:source")))
    footer = _footer(served["/doc/sdg/13"])
    assert all(f'<a href="{licence}" rel="license">' in footer for licence in (CC_BY, OTHER, DATA_LICENCE))
    assert "Noen av dataene oppgir ingen lisens." in footer


@pytest.mark.parametrize("path", ["/doc/sdg/13.3", "/doc/trondheim/samfunnsplan-2020-2032/goal/1"])
def test_what_is_only_ours_keeps_its_licence(served: dict[str, httpx.Response], path: str) -> None:
    assert links(served[path], "license") == [DATA_LICENCE]
    assert "(NLOD) 2.0" in _footer(served[path])


@pytest.mark.parametrize("iri", [CATALOGUE, SERVICE, WHOLE_DATASET])
def test_the_catalogue_as_a_whole_claims_no_licence_for_what_is_others(
    served: dict[str, httpx.Response], iri: str
) -> None:
    assert _licences(_statements(served["/catalog.ttl"]), iri) == []


@pytest.mark.parametrize("name", PLANS)
def test_the_catalogue_states_the_licence_of_each_dataset_and_of_its_files(
    served: dict[str, httpx.Response], name: str
) -> None:
    statements, expected = _statements(served["/catalog.ttl"]), [licence for licence in [PLANS[name]] if licence]
    dataset = dataset_iri(name)
    assert _licences(statements, dataset) == expected
    for distribution in statements.iris(dataset, expand("dcat:distribution")):
        assert _licences(statements, distribution) == expected


def test_void_and_the_service_description_state_the_licence_of_each_graph(
    served: dict[str, httpx.Response],
) -> None:
    for path, dataset in (
        ("/.well-known/void.ttl", f"{BASE}/.well-known/void#dataset"),
        ("/sparql", f"{BASE}/sparql#dataset"),
    ):
        statements = _statements(served[path])
        assert _licences(statements, dataset) == []
        for name, licence in (*PLANS.items(), ("sdg", DATA_LICENCE)):
            assert _licences(statements, f"{GRAPH}{name}") == ([licence] if licence else []), (path, name)


def test_the_quality_report_of_a_plan_has_the_licence_of_the_plan(served: dict[str, httpx.Response]) -> None:
    assert _licences(_statements(served["/quality/free/plan.ttl"]), f"{BASE}/quality/free/plan") == [CC_BY]
    assert _licences(_statements(served["/quality/silent/plan.ttl"]), f"{BASE}/quality/silent/plan") == []


def test_the_mapping_set_states_the_licence_of_each_claim(served: dict[str, httpx.Response]) -> None:
    lines = served["/mappings.sssom.tsv"].text.splitlines()
    assert '#license: "https://w3id.org/sssom/license/unspecified"' in lines
    header, *rows = [line.split("\t") for line in lines if not line.startswith("#")]
    found = {row[0]: row[header.index("license")] for row in rows}
    assert {name: found[f"plangraf:{name}/goal/1"] for name in PLANS} == {
        n: licence or "" for n, licence in PLANS.items()
    }
    assert found["plangraf:trondheim/samfunnsplan-2020-2032/goal/1.1"] == DATA_LICENCE


def test_a_citation_has_the_licence_of_what_is_cited(served: dict[str, httpx.Response]) -> None:
    assert f'<a href="{CC_BY}">CC BY 4.0</a>' in served["/cite/doc/free/plan"].text
    assert "<dt>Lisens</dt><dd>Ingen lisens er oppgitt.</dd>" in served["/cite/doc/silent/plan"].text


@pytest.mark.parametrize("path", ["/", "/about", "/catalog"])
def test_pages_of_the_whole_release_name_all_its_licences(served: dict[str, httpx.Response], path: str) -> None:
    answer = served[path]
    assert links(answer, "license") == []
    assert all(f'href="{licence}"' in answer.text for licence in (CC_BY, OTHER, DATA_LICENCE))
    assert "også for penger" not in answer.text
    assert links(served["/dumps/all.trig"], "license") == []


def test_the_page_of_the_catalogue_says_where_no_licence_is_stated(served: dict[str, httpx.Response]) -> None:
    catalogue = "".join(served[path].text for path in ("/catalog", "/catalog?page=2", "/catalog?page=3"))
    section = catalogue.partition('<h3 id="dataset/silent/plan">')[2].partition("</section>")[0]
    assert "Ingen lisens er oppgitt." in section
