"""How programs find and understand the site: links, descriptions, sitemaps, and the APIs and their descriptions."""

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import UTC, datetime
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import httpx
import pyoxigraph as ox
import pytest
from tests.site.addresses import PAGE_EXAMPLES
from tests.site.published import answers, links

from plangraf.linkeddata.catalogue import CATALOGUE, WHOLE_DATASET, dataset_iri
from plangraf.linkeddata.measures import MEASURES
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import BASE, ID, expand
from plangraf.release.release import Release
from plangraf.site.resources import RESOURCES

PLAN = "trondheim/samfunnsplan-2020-2032"
GOAL = f"/doc/{PLAN}/goal/1.1"
HTML = {"Accept": "text/html"}
PAGES = [example.path for example in PAGE_EXAMPLES.values() if example.status == 200]
_BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def pages(server: str) -> dict[str, httpx.Response]:
    """Return the pages of all examples."""
    return {path: httpx.get(server + path, headers=HTML) for path in PAGES}


@pytest.fixture(scope="module")
def catalogue(server: str) -> Statements:
    answer = httpx.get(f"{server}/catalog.ttl")
    return Statements(quad.triple for quad in ox.parse(answer.content, format=ox.RdfFormat.TURTLE))


def data(answer: httpx.Response, kind: str) -> list[dict[str, object]]:
    """Return the JSON-LD objects of a type in a page."""
    found = [json.loads(block) for block in _BLOCK.findall(answer.text)]
    return [block for block in found if block["@type"] == kind]


@pytest.mark.parametrize(
    "iri", [f"/id/{PLAN}", f"/id/{PLAN}/goal/1.1", f"/id/{PLAN}/link/1.1-13.2", f"/id/{PLAN}/challenge/1"]
)
def test_the_redirect_from_a_thing_has_the_links_of_its_page(server: str, iri: str) -> None:
    redirect = httpx.get(server + iri)
    page = httpx.get(server + redirect.headers["location"], headers=HTML)
    assert redirect.status_code == 303
    relations = ("cite-as", "type", "author", "license", "describedby", "item", "collection", "linkset", "alternate")
    own = {relation: links(redirect, relation) for relation in relations}
    for relation, found in own.items():
        of_page = [target for target in links(page, relation) if "_profile=" not in target and found != []]
        if relation == "type":
            assert set(found) <= set(links(page, relation))
        elif relation == "item":  # a header that would be long leaves the last ones to the link set
            assert found[: len(of_page)] == of_page
        else:
            assert found == of_page
    assert all(own[relation] for relation in ("cite-as", "type", "author", "license", "describedby", "linkset"))


def test_the_front_page_has_the_links_of_the_catalogue(pages: dict[str, httpx.Response]) -> None:
    front, catalogue = pages["/"], pages["/catalog"]
    for relation in ("cite-as", "type", "author", "license", "describedby", "item", "linkset"):
        assert links(front, relation) == links(catalogue, relation) != []
    assert links(front, "api-catalog") == ["/.well-known/api-catalog"]


def test_an_author_is_the_creator_of_the_graph(pages: dict[str, httpx.Response]) -> None:
    assert f"{ID}plangraf" in links(pages[GOAL.replace("1.1", "1")], "author")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_what_it_is_about_and_what_its_addresses_are(
    pages: dict[str, httpx.Response], server: str, path: str
) -> None:
    text = pages[path].text
    (description,) = re.findall(r'<meta name="description" content="([^"]+)">', text)
    assert len(description) >= 50
    (canonical,) = re.findall(r'<link rel="canonical" href="([^"]+)">', text)
    alternates = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', text))
    assert set(alternates) == {"nb", "nn", "en", "x-default"}
    assert canonical == alternates["x-default"]
    assert all(address.startswith(f"{server}/") for address in alternates.values())
    assert urlsplit(canonical).path == urlsplit(path).path


@pytest.mark.parametrize("language", ["nb", "en", "nn"])
def test_a_page_in_a_language_is_canonical_in_that_language(server: str, language: str) -> None:
    text = httpx.get(f"{server}{GOAL}.html?lang={language}").text
    assert f'<link rel="canonical" href="{server}{GOAL}?lang={language}">' in text
    assert f'hreflang="{language}" href="{server}{GOAL}?lang={language}"' in text


def test_a_problem_has_no_address_to_be_listed_under(server: str) -> None:
    text = httpx.get(f"{server}/doc/nothing", headers=HTML).text
    assert 'rel="canonical"' not in text
    assert 'hreflang="x-default"' not in text


def _sitemap(server: str) -> list[ET.Element]:
    return list(ET.fromstring(httpx.get(f"{server}/sitemap.xml").content))  # noqa: S314  # our own


def test_no_two_pages_have_one_title(server: str) -> None:
    """Every page of the sitemap, in one language."""
    addresses = [entry[0].text or "" for entry in _sitemap(server)]
    with httpx.Client() as client:
        titles = Counter(
            found[1]
            for address in addresses
            if address.endswith("lang=en")
            if (found := re.search("<title>(.*?)</title>", client.get(address, headers=HTML).text))
        )
    assert len(titles) > 100
    assert [title for title, number in titles.items() if number > 1] == []


def test_the_sitemap_has_every_fixed_page_and_the_time_of_the_release(server: str, release: Release) -> None:
    entries = _sitemap(server)
    paths = {urlsplit(entry[0].text or "").path for entry in entries}
    expected = {r.path for r in RESOURCES if r.has_page and not r.variable and not r.sitemap.unlisted}
    assert {"/dumps", "/quality", "/catalog"} < expected <= paths
    times = {entry[1].text for entry in entries}
    (time,) = times
    assert datetime.fromisoformat(time or "") <= datetime.now(UTC)


def test_robots_txt_forbids_nothing_that_stands_in_the_sitemap(server: str) -> None:
    rules = httpx.get(f"{server}/robots.txt").text
    parser = RobotFileParser()
    parser.parse(rules.splitlines())
    refused = [
        re.compile(re.escape(line.partition(": ")[2]).replace(r"\*", ".*"))
        for line in rules.splitlines()
        if line.startswith("Disallow")
    ]
    for entry in _sitemap(server):
        address = entry[0].text or ""
        parts = urlsplit(address)
        assert parser.can_fetch("any", address)
        assert not [rule for rule in refused if rule.match(f"{parts.path}?{parts.query}")]
    assert not parser.can_fetch("any", f"{server}/sparql?query=ASK%7B%7D")
    assert [rule for rule in refused if rule.match("/fragments?subject=http://metadata.un.org/sdg/13")]


def test_the_catalogue_and_each_dataset_have_creators_and_dates(catalogue: Statements, release: Release) -> None:
    for iri in (CATALOGUE, WHOLE_DATASET, dataset_iri(PLAN), dataset_iri("sdg"), dataset_iri("other")):
        assert catalogue.iris(iri, expand("dct:creator"))
        for name in ("dct:issued", "dct:modified"):
            assert datetime.fromisoformat(catalogue.text(iri, expand(name)) or "") <= datetime.now(UTC)


def test_every_named_graph_is_in_a_dataset_of_its_own_catalogue_entry(
    catalogue: Statements, release: Release
) -> None:
    within = [iri for iri in catalogue.iris(CATALOGUE, expand("dcat:dataset")) if iri != WHOLE_DATASET]
    graphs = [graph for dataset in within for graph in catalogue.iris(dataset, expand("void:subset"))]
    assert sorted(graphs) == sorted(release.manifest.counts.graphs)


def test_a_dataset_is_described_in_fifty_letters_at_least(catalogue: Statements) -> None:
    for dataset in (CATALOGUE, *catalogue.iris(CATALOGUE, expand("dcat:dataset"))):
        descriptions = catalogue.literals(dataset, expand("dct:description"))
        assert {text.language for text in descriptions} >= {"nb", "en"}
        assert min(len(text.value) for text in descriptions) >= 50


def test_a_download_has_the_size_that_it_comes_with(server: str, catalogue: Statements) -> None:
    for distribution in catalogue.iris(dataset_iri(PLAN), expand("dcat:distribution")):
        address = catalogue.iri(distribution, expand("dcat:downloadURL"))
        if address is not None:
            (size,) = catalogue.literals(distribution, expand("dcat:byteSize"))
            assert size.datatype.value == expand("xsd:nonNegativeInteger")
            headers = httpx.head(server + address.removeprefix(BASE), headers={"Accept-Encoding": "identity"}).headers
            assert headers["content-length"] == size.value


def test_the_licence_is_also_named_by_its_spdx_address(catalogue: Statements) -> None:
    (licence,) = catalogue.iris(dataset_iri(PLAN), expand("dct:license"))
    assert catalogue.iris(licence, expand("skos:exactMatch")) == ["https://spdx.org/licenses/NLOD-2.0"]


def test_the_page_of_a_plan_has_its_dataset_for_search_engines(release: Release) -> None:
    path = f"/doc/{PLAN}"
    (dataset,) = data(answers(release, [path])[path], "Dataset")
    assert "https://spdx.org/licenses/NLOD-2.0" in dataset["license"]  # type: ignore[operator]  # a list
    assert {"creator", "datePublished", "dateModified"} <= set(dataset)
    assert len(str(dataset["description"])) >= 50
    assert all(re.fullmatch(r"\d+ B", file["contentSize"]) for file in dataset["distribution"])  # type: ignore[attr-defined]  # a list


def test_the_page_of_the_catalogue_lists_its_datasets_for_search_engines(
    pages: dict[str, httpx.Response], catalogue: Statements
) -> None:
    (found,) = data(pages["/catalog"], "DataCatalog")
    datasets = found["dataset"]
    assert isinstance(datasets, list)
    found_on_page = {dataset["@id"] for dataset in datasets}
    assert found_on_page < set(catalogue.iris(CATALOGUE, expand("dcat:dataset")))
    assert all(f'id="{iri.partition("#")[2]}"' in pages["/catalog"].text for iri in found_on_page)
    assert {"creator", "datePublished", "dateModified", "license"} <= set(found)


def test_a_goal_and_an_sdg_are_defined_terms_with_the_path_to_them(
    pages: dict[str, httpx.Response], server: str
) -> None:
    for path, code in ((GOAL.replace("1.1", "1"), "1"), ("/doc/sdg/13", "13")):
        (term,) = data(pages[path], "DefinedTerm")
        assert term["termCode"] == code
        assert term["inDefinedTermSet"]
        (crumbs,) = data(pages[path], "BreadcrumbList")
        steps = crumbs["itemListElement"]
        assert isinstance(steps, list)
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert steps[0]["item"] == f"{server}/"
        assert steps[-1]["item"] == server + path


@pytest.mark.parametrize("form", ["csv", "json"])
def test_quality_is_also_a_table_of_all_plans(server: str, release: Release, form: str) -> None:
    answer = httpx.get(f"{server}/quality.{form}")
    assert answer.headers["content-type"].startswith("text/csv" if form == "csv" else "application/json")
    if form == "json":
        records = answer.json()["records"]
        assert [record["plan"] for record in records] == list(release.manifest.plans)
        assert set(records[0]) == {"plan", "page", *(measure.key for measure in MEASURES)}
    else:
        header, *rows = answer.text.splitlines()
        assert header.split(",")[2:] == [measure.key for measure in MEASURES]
        assert [row.partition(",")[0] for row in rows] == list(release.manifest.plans)


def test_the_list_of_downloads_has_the_files_of_the_checksums(server: str) -> None:
    sums = dict(line.split("  ")[::-1] for line in httpx.get(f"{server}/dumps/SHA256SUMS").text.splitlines())
    records = httpx.get(f"{server}/dumps.json").json()["records"]
    assert {record["name"]: record["sha256"] for record in records} == sums
    assert all(record["license"] for record in records)
    assert len(httpx.get(f"{server}/dumps.csv").text.splitlines()) == len(sums) + 1
    pages = -(-len(sums) // 100)
    shown = "".join(httpx.get(f"{server}/dumps?page={page + 1}", headers=HTML).text for page in range(pages))
    assert all(f'href="/dumps/{name}"' in shown for name in sums)


def test_the_catalogue_of_apis_names_their_descriptions(server: str) -> None:
    answer = httpx.get(f"{server}/.well-known/api-catalog")
    assert answer.headers["content-type"] == (
        'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
    )
    assert links(httpx.head(f"{server}/.well-known/api-catalog"), "api-catalog") == ["/.well-known/api-catalog"]
    contexts = {context["anchor"]: context for context in answer.json()["linkset"]}
    apis = [item["href"] for item in contexts[f"{server}/.well-known/api-catalog"]["item"]]
    paths = ("/", "/sparql", "/fragments", "/changes", "/reconcile")
    assert apis == [f"{server}{path}" for path in paths]
    for api in apis:
        for relation in ("service-desc", "service-doc", "service-meta"):
            for link in contexts[api][relation]:
                found = httpx.get(link["href"], headers={"Accept": link["type"]})
                assert found.status_code == 200
                assert found.headers["content-type"].startswith(link["type"])


def test_openapi_describes_every_resource(server: str) -> None:
    answer = httpx.get(f"{server}/openapi.json")
    assert answer.headers["content-type"] == "application/vnd.oai.openapi+json"
    document = answer.json()
    assert document["openapi"].startswith("3.1.")
    assert document["servers"] == [{"url": server}]
    paths = document["paths"]
    assert {resource.path.replace(":path}", "}") for resource in RESOURCES} <= set(paths)
    assert "text/turtle" in paths["/doc/{name}"]["get"]["responses"]["200"]["content"]
    assert list(paths["/quality.csv"]["get"]["responses"]["200"]["content"]) == ["text/csv"]
    assert paths["/doc/{name}"]["parameters"][0]["name"] == "name"
    assert "application/sparql-query" in paths["/sparql"]["post"]["requestBody"]["content"]
    assert "text/csv" in paths["/sparql"]["get"]["responses"]["200"]["content"]
    assert "text/turtle" in paths["/validate"]["post"]["requestBody"]["content"]
    assert {parameter["name"] for parameter in paths["/graphs"]["parameters"]} >= {"graph", "default", "format"}
    for path, item in paths.items():
        declared = {parameter["name"] for parameter in item.get("parameters", []) if parameter["in"] == "path"}
        assert declared == set(re.findall(r"\{(\w+)\}", path))


@pytest.mark.parametrize("language", ["nb", "en"])
def test_browsers_can_take_the_search_with_its_suggestions(server: str, language: str) -> None:
    page = httpx.get(f"{server}/?lang={language}", headers=HTML).text
    href = re.search(r'<link rel="search" type="application/opensearchdescription\+xml"[^>]* href="([^"]+)">', page)
    assert href is not None
    answer = httpx.get(server + href[1])
    assert answer.headers["content-type"] == "application/opensearchdescription+xml"
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    urls = {url.get("type"): url.get("template") or "" for url in ET.fromstring(answer.content).iter(f"{space}Url")}  # noqa: S314  # our own
    results = httpx.get(urls["text/html"].replace("{searchTerms}", "klima"))
    assert f'lang="{language}"' in results.text
    assert 'value="klima"' in results.text
    suggested = httpx.get(urls["application/x-suggestions+json"].replace("{searchTerms}", "klima"))
    assert suggested.headers["content-type"] == "application/x-suggestions+json"
    text, names, kinds, targets = suggested.json()
    assert text == "klima"
    assert len(names) == len(kinds) == len(targets) > 0
    assert httpx.get(targets[0], headers=HTML).status_code == 200


def test_security_txt_has_the_contact_of_the_settings_and_is_missing_without(release: Release) -> None:
    path = "/.well-known/security.txt"
    chosen = answers(release, [path], contact_email="post@by.example", contact_url="https://by.example/")[path]
    lines = dict(line.split(": ", 1)[::-1] for line in chosen.text.splitlines())
    assert lines["mailto:post@by.example"] == lines["https://by.example/"] == "Contact"
    (expires,) = [value for value, name in lines.items() if name == "Expires"]
    assert datetime.now(UTC) < datetime.fromisoformat(expires)
    assert chosen.headers["content-type"] == "text/plain; charset=utf-8"
    assert answers(release, [path])[path].status_code == 404
