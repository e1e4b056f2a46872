"""The catalogue, the downloads and what leads to them, asked of a running server."""

import gzip
import hashlib
import html
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pyoxigraph as ox
import pytest
from tests.release.test_publish import SWITCH, write_plan
from tests.servers import PATIENCE, serving, soon

from plangraf.formats import CITATION_FORMATS, GRAPH_FORMATS, Format
from plangraf.languages import INTERFACE_LANGUAGES
from plangraf.linkeddata.catalogue import CATALOGUE, WHOLE_DATASET
from plangraf.namespaces import BASE, DATA_LICENCE, ID, PREFIXES, expand
from plangraf.release.publish import publish
from plangraf.search.index_build import index_release
from plangraf.site.sitemap.urlset import LIMIT, PATHS, urlset

PLAN = "/doc/trondheim/samfunnsplan-2020-2032"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SCHEMA = "https://schema.org/"
SCHEMA_ADDRESS = f"{PLAN}?_profile=schema"


def _triples(answer: httpx.Response) -> set[str]:
    assert answer.status_code == 200, answer.text
    rdf_format = ox.RdfFormat.from_media_type(answer.headers["content-type"])
    assert rdf_format is not None
    return {str(quad.triple) for quad in ox.parse(answer.content, format=rdf_format)}


def _links(answer: httpx.Response) -> dict[str, list[str]]:
    """Return the targets of the Link header by relation."""
    found: dict[str, list[str]] = {}
    for target, relation in re.findall(r'<([^>]*)>; rel="([^"]+)"', answer.headers["link"]):
        found.setdefault(relation, []).append(target)
    return found


@pytest.mark.parametrize("rdf_format", GRAPH_FORMATS, ids=lambda f: f.key)
def test_the_catalogue_comes_in_every_graph_format(server: str, rdf_format: Format) -> None:
    expected = _triples(httpx.get(f"{server}/catalog.nt"))
    assert len(expected) > 200
    asked = httpx.get(f"{server}/catalog", headers={"Accept": rdf_format.media_type})
    assert "Accept" in asked.headers["vary"]
    assert _triples(asked) == expected
    assert _triples(httpx.get(f"{server}/catalog.{rdf_format.extension}")) == expected
    assert server not in asked.text


def catalogue_pages(server: str) -> list[str]:
    """Return the pages of the catalogue in bokmål, as its links to the next page lead to them."""
    path, found = "/catalog?lang=nb", list[str]()
    while path:
        found.append(httpx.get(server + path, headers={"Accept": "text/html"}).text)
        following = re.findall(r'<a href="([^"]+)" rel="next">', found[-1])
        path = html.unescape(following[0]) if following else ""
    return found


def test_the_catalogue_and_the_list_of_downloads_have_pages(server: str) -> None:
    [first, *others] = catalogue_pages(server)
    assert others
    assert all('href="/catalog?page=1&amp;lang=nb" rel="prev"' in page for page in others[:1])
    datasets = httpx.get(f"{server}/catalog.nt").text.count(f"<{PREFIXES['dcat']}dataset> ")
    assert sum(page.count('class="dataset"') for page in (first, *others)) == datasets
    for path in ("/catalog", "/dumps"):
        assert httpx.get(f"{server}{path}?page=2").status_code == 200
        assert httpx.get(f"{server}{path}?page=999").status_code == 404
        assert httpx.get(f"{server}{path}?page=x").status_code == 400


def test_every_download_of_the_catalogue_is_there_with_its_checksum(server: str) -> None:
    lines = httpx.get(f"{server}/dumps/SHA256SUMS").text.splitlines()
    sums = {line.partition("  ")[2]: line.partition("  ")[0] for line in lines}
    page = "".join(catalogue_pages(server))
    linked = set(re.findall(r'href="/dumps/([^"]+)" download', page))
    catalogue = httpx.get(f"{server}/catalog.nt").text
    described = set(re.findall(rf"<{BASE}/dumps/([^>]+)> <{PREFIXES['rdf']}type>", catalogue))
    assert linked == described
    assert linked == set(sums)
    for name, checksum in sums.items():
        answer = httpx.get(f"{server}/dumps/{name}")
        assert hashlib.sha256(answer.content).hexdigest() == checksum
        assert (checksum in page, checksum in catalogue) == (name in linked, name in linked)


def test_downloads_hold_the_named_graphs(server: str) -> None:
    query = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    answer = httpx.get(f"{server}/sparql", params={"query": query}).json()
    expected = int(answer["results"]["bindings"][0]["n"]["value"])
    packed = httpx.get(f"{server}/dumps/all.nq.gz")
    assert packed.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in packed.headers
    quads = set(ox.parse(gzip.decompress(packed.content), format=ox.RdfFormat.N_QUADS))
    assert len(quads) == expected
    assert not any(isinstance(quad.graph_name, ox.DefaultGraph) for quad in quads)
    trig = httpx.get(f"{server}/dumps/all.trig")
    assert trig.headers["content-type"] == "application/trig"
    assert set(ox.parse(trig.content, format=ox.RdfFormat.TRIG)) == quads


def test_a_download_can_be_continued_and_need_not_be_repeated(server: str) -> None:
    address = f"{server}/dumps/graph/sdg.ttl"
    whole = httpx.get(address, headers={"Accept-Encoding": "identity"})
    packed = httpx.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(whole.content) / 3
    assert packed.content == whole.content
    assert whole.headers["content-length"] == str(len(whole.content))
    assert whole.headers["content-type"] == "text/turtle; charset=utf-8"
    part = httpx.get(address, headers={"Range": "bytes=100-199", "If-Range": whole.headers["etag"]})
    assert part.status_code == 206
    assert part.content == whole.content[100:200]
    same = httpx.get(address, headers={"If-None-Match": whole.headers["etag"], "Accept-Encoding": "identity"})
    assert (same.status_code, same.content) == (304, b"")
    head = httpx.head(address, headers={"Accept-Encoding": "identity"})
    assert head.headers["content-length"] == whole.headers["content-length"]


@pytest.mark.parametrize("name", ["nothing", "..%2f..%2fmanifest.json", "index.json", "graph/sdg"])
def test_no_other_file_is_served(server: str, name: str) -> None:
    assert httpx.get(f"{server}/dumps/{name}").status_code == 404


def test_a_page_is_signposted(server: str) -> None:
    links = _links(httpx.get(server + PLAN, headers={"Accept": "text/html"}))
    assert links["cite-as"] == [ID + PLAN.removeprefix("/doc/")]
    assert links["license"] == [DATA_LICENCE]
    assert {f"{SCHEMA}AboutPage", f"{SCHEMA}Dataset"} <= set(links["type"])
    assert links["describedby"] == [
        *(f"{PLAN}.{f.extension}" for f in GRAPH_FORMATS),
        *(f"/cite{PLAN}.{f.extension}" for f in CITATION_FORMATS),
    ]
    assert links["linkset"] == [f"/linkset{PLAN}"]
    assert f"/dumps/graph{PLAN.removeprefix('/doc')}.ttl" in links["item"]
    goal = _links(httpx.get(f"{server}{PLAN}/goal/1.1", headers={"Accept": "text/html"}))
    assert goal["cite-as"] == [f"{ID}{PLAN.removeprefix('/doc/')}/goal/1.1"]
    assert goal["collection"] == [PLAN]
    sdg = _links(httpx.get(f"{server}/doc/sdg/13", headers={"Accept": "text/html"}))
    assert sdg["cite-as"] == [f"{BASE}/doc/sdg/13"]  # the IRI of the SDG is the UN's, the document is ours
    for path in (*links["item"], *links["describedby"], *goal["linkset"]):
        assert httpx.get(server + path).status_code == 200


def test_data_and_downloads_lead_back(server: str) -> None:
    assert _links(httpx.get(f"{server}{PLAN}.ttl"))["describes"] == [PLAN]
    assert _links(httpx.get(f"{server}/dumps/all.trig"))["collection"] == ["/catalog"]


@pytest.mark.parametrize("path", [PLAN, f"{PLAN}/goal/1.1", "/graph/sdg", "/catalog", "/doc/sdg/13"])
def test_a_link_set_says_what_the_headers_say(server: str, path: str) -> None:
    answer = httpx.get(f"{server}/linkset{path}")
    assert answer.headers["content-type"] == "application/linkset+json"
    contexts = {context["anchor"]: context for context in answer.json()["linkset"]}
    landing = contexts[server + path]
    links = _links(httpx.get(server + path, headers={"Accept": "text/html"}))
    for relation in ("cite-as", "license", "describedby", "item", "collection"):
        expected = [server + target if target.startswith("/") else target for target in links.get(relation, [])]
        found = [target["href"] for target in landing.get(relation, [])]
        # A header that would be long leaves the last items to the link set.
        assert (found[: len(expected)] if relation == "item" else found) == expected
    for target in landing["describedby"]:
        assert contexts[target["href"]]["describes"] == [{"href": server + path, "type": "text/html"}]
    for target in landing.get("item", []):
        assert contexts[target["href"]]["collection"][0]["href"] == server + path


@pytest.mark.parametrize("path", ["/doc/nothing", "/sparql", "nothing"])
def test_what_has_no_links_has_no_link_set(server: str, path: str) -> None:
    assert httpx.get(f"{server}/linkset{path}").status_code == 404


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (SCHEMA_ADDRESS, {}),
        (f"{PLAN}?_profile=https://schema.org/&_mediatype=application/ld%2Bjson", {}),
        (PLAN, {"Accept-Profile": f"<{SCHEMA}>"}),
        (PLAN, {"Accept-Profile": f"<{BASE}/ontology>;q=0.4, <{SCHEMA}>;q=0.8, <https://example.org/>"}),
        (f"{PLAN}.jsonld?_profile=schema", {}),
    ],
)
def test_a_plan_comes_by_schema_org(server: str, path: str, headers: dict[str, str]) -> None:
    answer = httpx.get(server + path, headers=headers)
    assert answer.headers["content-type"] == "application/ld+json"
    assert (answer.headers["vary"] == "Accept-Encoding") == (".jsonld" in path)
    assert ("Accept-Profile" in answer.headers["vary"]) == ("_profile=" not in path)
    assert SCHEMA in _links(answer)["profile"]
    dataset = answer.json()
    assert dataset["@type"] == "Dataset"
    assert dataset["about"][0]["@id"] == ID + PLAN.removeprefix("/doc/")
    turtle = httpx.get(f"{server}{SCHEMA_ADDRESS}&_mediatype=text/turtle")
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"
    license_ = f"<{SCHEMA}license> <{DATA_LICENCE}>"
    assert any(license_ in triple for triple in _triples(turtle))


@pytest.mark.parametrize("headers", [{}, {"Accept-Profile": "<https://example.org/>"}])
def test_our_own_model_is_the_default_profile(server: str, headers: dict[str, str]) -> None:
    answer = httpx.get(server + PLAN, headers={"Accept": "text/turtle", **headers})
    links = _links(answer)
    assert links["profile"] == [f"{BASE}/ontology"]
    assert any("plan:Plan" in line for line in answer.text.splitlines())
    others = [target for target in links["alternate"] if "_profile=schema" in target]
    assert len(others) == len(GRAPH_FORMATS)
    for target in others:
        assert SCHEMA in _links(httpx.get(server + target))["profile"]


def test_an_address_with_an_ending_is_always_the_same(server: str) -> None:
    plain = httpx.get(f"{server}{PLAN}.jsonld")
    assert httpx.get(f"{server}{PLAN}.jsonld", headers={"Accept-Profile": f"<{SCHEMA}>"}).content == plain.content
    assert plain.headers["vary"] == "Accept-Encoding"


def test_the_alternates_are_listed_and_are_there(server: str) -> None:
    triples = _triples(httpx.get(f"{server}{PLAN}?_profile=alt", headers={"Accept": "application/n-triples"}))
    listed = [t for t in triples if re.search("altr#has(Default)?Representation>", t)]
    assert len(listed) == 2 * len(GRAPH_FORMATS) + 1  # the tree is JSON-LD only
    for triple in listed:
        address = triple.rpartition("<")[2].rstrip(">").replace(BASE, server)
        assert httpx.get(address).status_code == 200


def test_profiles_and_media_types_that_there_are_not_are_refused(server: str) -> None:
    assert httpx.get(f"{server}{PLAN}?_profile=nothing").status_code == 400
    for profile in ("plan", "schema", "tree", "alt"):
        answer = httpx.get(f"{server}{PLAN}?_profile={profile}&_mediatype=image/png")
        assert answer.status_code == 406
        assert answer.json()["available"]


@pytest.mark.parametrize(
    ("path", "iri"), [("/", WHOLE_DATASET), (PLAN, f"{WHOLE_DATASET}{PLAN.removeprefix('/doc')}")]
)
def test_pages_hold_their_dataset_for_search_engines(server: str, path: str, iri: str) -> None:
    for language, texts in (("nb", ("grafer", "delmål")), ("en", ("graphs", "sub-goals"))):
        page = httpx.get(f"{server}{path}?lang={language}", headers={"Accept": "text/html"}).text
        blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        assert "<" not in "".join(blocks)
        [dataset] = [each for each in map(json.loads, blocks) if each["@type"] == "Dataset"]
        assert (dataset["@context"], dataset["@id"]) == (SCHEMA, iri)
        assert dataset["includedInDataCatalog"]["@id"] == CATALOGUE
        assert dataset["dateModified"] == dataset["datePublished"]
        assert any(text in dataset["name"] + dataset["description"] for text in texts)
        downloads = [entry["contentUrl"] for entry in dataset["distribution"]]
        assert downloads
        for address in downloads:
            assert httpx.head(address.replace(BASE, server)).status_code == 200


def test_void_leads_to_the_downloads(server: str) -> None:
    dumps = [t for t in _triples(httpx.get(f"{server}/.well-known/void.nt")) if expand("void:dataDump") in t]
    assert len(dumps) > 5
    for triple in dumps:
        assert httpx.head(triple.rpartition("<")[2].rstrip(">").replace(BASE, server)).status_code == 200


def test_the_sitemap_has_every_page_in_both_languages(server: str) -> None:
    robots = httpx.get(f"{server}/robots.txt").text
    assert f"Sitemap: {server}/sitemap.xml" in robots
    answer = httpx.get(f"{server}/sitemap.xml")
    assert answer.headers["content-type"] == "application/xml"
    tree = ElementTree.fromstring(answer.content)  # noqa: S314  # our own answer
    addresses = [element.text or "" for element in tree.iter(f"{SITEMAP}loc")]
    for path in ("/", "/catalog", PLAN, f"{PLAN}/goal/1.1", "/doc/sdg/13.2"):
        assert {f"{server}{path}?lang=nb", f"{server}{path}?lang=en"} <= set(addresses)
    assert len(addresses) == len(set(addresses)) > 500
    languages = [link.get("hreflang") for link in next(iter(tree)) if link.tag.endswith("link")]
    assert languages == ["nb", "nn", "en", "x-default"]
    assert httpx.get(f"{server}/sitemap/1.xml").content == answer.content
    assert [httpx.get(f"{server}/sitemap/{number}.xml").status_code for number in ("0", "2", "x")] == [404] * 3
    with httpx.Client(headers={"Accept": "text/html"}) as client:
        for address in addresses[::40]:
            assert client.get(address).status_code == 200


def test_a_full_sitemap_is_within_the_limits() -> None:
    text = urlset("https://example.org", [f"/doc/a&b/{number:05}" for number in range(PATHS)]).decode()
    assert LIMIT - len(INTERFACE_LANGUAGES) < text.count("<url>") <= LIMIT
    assert len(text.encode()) < 50 * 1024 * 1024
    assert ElementTree.fromstring(text)[0][0].text == "https://example.org/doc/a&b/00000?lang=nb"  # noqa: S314


def test_the_catalogue_waits_for_no_dumps_and_has_their_checksums_when_they_are_written(tmp_path: Path) -> None:
    write_plan(tmp_path / "data", "vik/havna")
    publish([tmp_path / "data"], tmp_path / "state", SWITCH, make_files=index_release)
    with serving("--state", str(tmp_path / "state")) as server:
        first = httpx.get(f"{server.address}/catalog.nt", timeout=PATIENCE)
        assert first.status_code == 200
        assert "byteSize" not in first.text
        assert "/dumps/all.nq" in first.text
        soon(lambda: "byteSize" in httpx.get(f"{server.address}/catalog.nt").text)
        page = httpx.get(f"{server.address}/catalog", headers={"Accept": "text/html"}).text
        sums = httpx.get(f"{server.address}/dumps/SHA256SUMS").text
        assert sums.split()[0] in page


def test_a_dataset_is_one_line_that_opens_with_sizes_that_people_read(server: str) -> None:
    [page, *_] = catalogue_pages(server)
    entries = re.split('<section aria-labelledby="dataset["/]', page)[1:]
    assert ["<details open>" in entry for entry in entries] == [True] + [False] * (len(entries) - 1)
    assert all("<details" in entry for entry in entries)
    sizes = re.findall(r'class="number">([^<]+)</td>', page)
    assert sizes
    assert [size for size in sizes if not re.fullmatch(r"[0-9,]{1,4}\N{NO-BREAK SPACE}[kMG]?B", size)] == []
    assert "<td>TriG</td>" in page
    assert "application/trig" not in page.split("<main")[1].split("</main>")[0]
