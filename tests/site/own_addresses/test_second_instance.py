"""A second instance: the plan of the guide with addresses of its publisher, browsed, searched, validated."""

import asyncio
import re
from collections.abc import Sequence
from html import unescape
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import httpx
import pyoxigraph as ox
import pytest
from tests.docs.documents import DOCS, blocks
from tests.engines import running
from tests.servers import PATIENCE

from plangraf import settings, shipped
from plangraf.app import assemble_app, make_services
from plangraf.namespaces import BASE, GRAPH, ID, PREFIXES
from plangraf.release.build import build_release
from plangraf.release.check import check_files
from plangraf.release.release import Release
from plangraf.search.index_build import index_release
from plangraf.sources.dataset import list_files
from plangraf.sources.reference import list_reference
from plangraf.sparql.examples import load_examples

HOST = "data.eksempelvik.example"
SPACE = f"https://{HOST}/plan/"
PLAN = f"{SPACE}samfunnsplan-2025-2037"
GOAL = f"{PLAN}/goal/1.1"
COUNCIL = f"{ID}eksempelvik/kommunestyret"
HASH = "https://kart.fjell.example/plan#"
FOREIGN = "https://andre.example/plan/"
OWN_PAGE = re.compile("/(doc|browse|quality|cite|graph|compare)[/?].*(eksempelvik|fjell|andre|plangraf)")
ORGANISATION = """
<{graph}> a prov:Entity ; plan:graphRole plan:Reference ; {declared}
  dct:title "Om {name}"@nb , "About {name}"@en ; dct:creator <{id}plangraf> ;
  dct:license <http://publications.europa.eu/resource/authority/licence/NLOD_2_0> ;
  prov:wasDerivedFrom <https://www.{name}.example/om> .
{more}
"""
SMALL = """
<{graph}> a prov:Entity ; plan:graphRole plan:PublishersText ; dct:title "Planen"@nb , "The plan"@en ;
  dct:creator <{id}plangraf> ; prov:wasDerivedFrom <https://www.{name}.example/om> ;
  dct:license <http://publications.europa.eu/resource/authority/licence/NLOD_2_0> .
<{plan}> a plan:Plan ; skos:prefLabel "Planen til {name}"@nb ; dct:title "Planen til {name}"@nb ;
  dct:publisher <{id}plangraf> ; adms:status plan:Proposed ; skos:hasTopConcept <{goal}> ;
  dct:language <http://publications.europa.eu/resource/authority/language/NOB> ;
  plan:transcription plan:SDGLinksMissing , plan:StrategiesMissing ; dct:source <https://www.{name}.example/om> .
<{goal}> a plan:Goal ; skos:inScheme <{plan}> ; skos:prefLabel "Målet til {name}"@nb ;
  dct:source <https://www.{name}.example/om> .
"""
AGENT = (
    '<{iri}> a foaf:Agent ; rdfs:label "Kommunestyret i Eksempelvik"@nb ; '
    "dct:source <https://www.eksempelvik.example/om> ."
)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    path.write_text(prefixes + text, encoding="utf-8")


def organisation(name: str, space: str, more: str = "") -> str:
    declared = f'void:uriSpace "{space}" ;'
    return ORGANISATION.format(graph=f"{GRAPH}{name}", id=ID, name=name, declared=declared, more=more)


def small(name: str, plan: str, goal: str) -> str:
    return SMALL.format(graph=f"{GRAPH}{name}/plan", id=ID, name=name, plan=plan, goal=goal)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the plan of the guide with other addresses, one below a hash, and one without a declared prefix."""
    folder = tmp_path_factory.mktemp("own")
    [guide] = blocks(DOCS / "municipality.md", "turtle complete")
    plan = folder / "eksempelvik" / "samfunnsplan-2025-2037" / "plan.ttl"
    plan.parent.mkdir(parents=True)
    plan.write_text(guide.text.replace(f"{ID}eksempelvik/", SPACE), encoding="utf-8")
    write(folder / "eksempelvik" / "organisation.ttl", organisation("eksempelvik", SPACE, AGENT.format(iri=COUNCIL)))
    write(folder / "fjell" / "organisation.ttl", organisation("fjell", HASH))
    write(folder / "fjell" / "plan" / "plan.ttl", small("fjell", HASH.removesuffix("#"), f"{HASH}maal"))
    write(folder / "andre" / "plan" / "plan.ttl", small("andre", FOREIGN, f"{FOREIGN}mål-1?a=b&c"))
    return folder


@pytest.fixture(scope="module")
def own(data: Path) -> Release:
    """Return a release of the data, which conform to the shapes."""
    files = (*list_files([data]), *list_reference())
    return build_release(files, data.parent / f"{data.name}-releases", make_files=index_release)


def ask(
    release: Release, *paths: str, host: str = "test", peer: str = "127.0.0.1", headers: dict[str, str] | None = None
) -> list[httpx.Response]:
    """Return what a server of the release answers to a GET at each of `paths`."""

    async def run() -> list[httpx.Response]:
        async with running(release.quads) as engine:
            services = make_services(
                engine,
                release.manifest,
                release.quads,
                (),
                load_examples(shipped.DATA / "queries"),
                settings.load(trusted_proxies=["10.0.0.1"]),
            )
            await services.indexes.index()
            transport = httpx.ASGITransport(assemble_app(services), client=(peer, 1))
            async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}", timeout=PATIENCE) as client:
                found = [await client.get(path, headers={"Accept": "text/html", **(headers or {})}) for path in paths]
            await services.close()
            return found

    return asyncio.run(run())


def document(space: str, publisher: str, iri: str) -> str:
    return f"/doc/{publisher}/{iri.removeprefix(space)}"


def test_the_data_conform_on_their_own(data: Path) -> None:
    report = check_files(list_files([data]), list_reference())
    assert [result for result in report.results if result.severity.value == "Violation"] == []


@pytest.mark.parametrize("iri", [PLAN, GOAL, f"{PLAN}/adoption", f"{PLAN}/link/1.1-13.1"])
def test_a_thing_has_its_page_and_all_forms(own: Release, iri: str) -> None:
    path = document(SPACE, "eksempelvik", iri)
    page, turtle, triples, json_ld, xml = ask(own, path, *(f"{path}.{end}" for end in ("ttl", "nt", "jsonld", "rdf")))
    assert f"<code data-copies>{iri}</code>" in page.text
    assert f'<link rel="canonical" href="{iri}">' in page.text
    assert f'<{iri}>; rel="cite-as"' in page.headers["link"]
    topic = f"<{BASE}{path}> <http://xmlns.com/foaf/0.1/primaryTopic> <{iri}> ."
    assert topic in triples.text
    graphs = [
        {quad.triple for quad in ox.parse(answer.content, format=form)}
        for answer, form in ((turtle, ox.RdfFormat.TURTLE), (xml, ox.RdfFormat.RDF_XML))
    ]
    whole = {quad.triple for quad in ox.parse(triples.content, format=ox.RdfFormat.N_TRIPLES)}
    assert graphs == [whole, whole]
    assert iri in json_ld.text


def test_the_canonical_address_of_a_page_in_a_language_keeps_the_language(own: Release) -> None:
    [page] = ask(own, f"{document(SPACE, 'eksempelvik', GOAL)}?lang=en")
    assert f'<link rel="canonical" href="{GOAL}?lang=en">' in page.text


def test_links_on_pages_stay_on_the_server(own: Release) -> None:
    paths = ["/", document(SPACE, "eksempelvik", PLAN), document(SPACE, "eksempelvik", GOAL), "/quality", "/browse"]
    for page in ask(own, *paths, "/search?q=klima", "/compare", "/doc/sdg/13.1"):
        assert page.status_code == 200
        links = re.findall(r'<a [^>]*href="([^"]*)"', page.text)
        assert [
            link for link in links if urlsplit(link).netloc in (HOST, "kart.fjell.example", "andre.example")
        ] == []


def test_every_local_link_of_the_instance_leads_somewhere(own: Release) -> None:
    seen, waiting = {"/"}, ["/"]
    wrong: list[tuple[str, int]] = []
    while waiting:
        pages = ask(own, *waiting)
        found: list[str] = []
        for path, page in zip(waiting, pages, strict=True):
            if page.status_code != 200:
                wrong.append((path, page.status_code))
                continue
            for link in re.findall(r'<a [^>]*href="([^"#]*)', page.text):
                target = urlsplit(urljoin(f"http://test{path}", unescape(link)))
                whole = f"{target.path}?{target.query}" if target.query else target.path
                if target.netloc == "test" and whole not in seen and OWN_PAGE.match(whole):
                    seen.add(whole)
                    found.append(whole)
        waiting = found if len(seen) < 500 else []
    assert wrong == []
    assert document(SPACE, "eksempelvik", GOAL) in seen
    assert "/doc/fjell/maal" in seen


def test_search_and_sitemap_have_what_is_below_a_uri_space(own: Release) -> None:
    hits, suggestions, sitemap = ask(
        own, "/search.json?q=vannet+kommer", "/search/suggest.json?q=Ingen+bygger", "/sitemap.xml"
    )
    assert GOAL in [hit["iri"] for hit in hits.json()["results"]]
    assert [one["page"] for one in suggestions.json()["suggestions"]] == [document(SPACE, "eksempelvik", GOAL)]
    for path in (
        "/doc/fjell/collection/goal",
        document(SPACE, "eksempelvik", GOAL),
        "/doc/eksempelvik/kommunestyret",
        "/doc/fjell/maal",
        "/doc/fjell/",
    ):
        assert f"<loc>http://test{path}?lang=nb</loc>" in sitemap.text


def test_lists_of_the_plan_are_found_by_its_name(own: Release) -> None:
    name = "eksempelvik/samfunnsplan-2025-2037"
    concepts, quality, cited, linkset = ask(
        own, f"/browse/{name}.json", f"/quality/{name}", f"/cite/doc/{name}/goal/1.1.bib", f"/linkset/doc/{name}"
    )
    pages = {concept["iri"]: concept["page"] for concept in concepts.json()["records"]}
    assert pages[GOAL] == f"http://test{document(SPACE, 'eksempelvik', GOAL)}"
    assert quality.status_code == 200
    assert GOAL in cited.text
    assert linkset.json()["linkset"][0]["cite-as"] == [{"href": PLAN}]


def test_an_iri_of_w3id_keeps_its_path_beside_those_of_the_publisher(own: Release) -> None:
    redirect, page = ask(own, "/id/eksempelvik/kommunestyret", "/doc/eksempelvik/kommunestyret")
    assert (redirect.status_code, redirect.headers["location"]) == (303, "/doc/eksempelvik/kommunestyret")
    assert f"<code data-copies>{COUNCIL}</code>" in page.text


@pytest.mark.parametrize("prefix", ["/id/eksempelvik/", "/plan/"])
def test_an_iri_redirects_to_its_document(own: Release, prefix: str) -> None:
    host = HOST if prefix == "/plan/" else "test"
    path = f"{prefix}samfunnsplan-2025-2037/goal/1.1"
    found, query, missing = ask(own, path, f"{path}?lang=en", f"{prefix}finnes/ikke", host=host)
    target = document(SPACE, "eksempelvik", GOAL)
    assert (found.status_code, found.headers["location"]) == (303, target)
    assert query.headers["location"] == f"{target}?lang=en"
    assert f'<{GOAL}>; rel="cite-as"' in found.headers["link"]
    assert missing.status_code == 404


@pytest.mark.parametrize("extension", ["html", "ttl", "jsonld", "nt", "rdf"])
def test_a_form_has_the_address_of_the_iri_with_its_extension(own: Release, extension: str) -> None:
    path = "/plan/samfunnsplan-2025-2037/goal/1.1"
    found, unknown = ask(own, f"{path}.{extension}", f"/plan/finnes/ikke.{extension}", host=HOST)
    [document_here] = ask(own, f"{document(SPACE, 'eksempelvik', GOAL)}.{extension}", host=HOST)
    assert (found.status_code, found.content) == (200, document_here.content)
    assert found.headers["content-type"] == document_here.headers["content-type"]
    assert unknown.status_code == 404
    [elsewhere, hash_document] = [
        ask(own, f"{path}.{extension}", host="test")[0],
        ask(own, f"/plan.{extension}", host="kart.fjell.example")[0],
    ]
    assert elsewhere.status_code == 404
    assert hash_document.status_code == 200
    assert HASH.removesuffix("#") in hash_document.text


def test_hosts_are_not_mixed(own: Release) -> None:
    path = "/plan/samfunnsplan-2025-2037/goal/1.1"
    for host, status in (
        (HOST, 303),
        ("test", 404),
        (f"{HOST}:443", 303),
        ("annet.example", 404),
        (HOST.upper(), 303),
    ):
        answer, again = ask(own, path, path, host="any", headers={"Host": host})
        assert (answer.status_code, again.status_code) == (status, status)
        assert "Host" in answer.headers["vary"].split(", ")


def test_answers_with_absolute_addresses_vary_by_host(own: Release, release: Release) -> None:
    paths = ("/", document(SPACE, "eksempelvik", GOAL), "/sitemap.xml", "/browse.json", "/id/ukjent")
    for answer in ask(own, *paths):
        assert "Host" in answer.headers["vary"].split(", ")
    assert "Host" not in ask(release, "/")[0].headers["vary"].split(", ")


def test_one_server_tells_the_hosts_of_one_path_apart(own: Release) -> None:
    path = "/plan/samfunnsplan-2025-2037"
    headers = [{"Host": HOST}, {"Host": "test"}, {"Host": HOST}]

    async def run() -> list[int]:
        async with running(own.quads) as engine:
            services = make_services(engine, own.manifest, own.quads, (), (), settings.load())
            transport = httpx.ASGITransport(assemble_app(services))
            async with httpx.AsyncClient(transport=transport, base_url="http://any", timeout=PATIENCE) as client:
                answers = await asyncio.gather(*(client.get(path, headers=chosen) for chosen in headers))
            await services.close()
            return [answer.status_code for answer in answers]

    assert asyncio.run(run()) == [303, 404, 303]


def test_the_host_that_a_trusted_proxy_reports_counts_and_no_other(own: Release) -> None:
    path, forwarded = "/plan/samfunnsplan-2025-2037", {"X-Forwarded-Host": HOST, "X-Forwarded-For": "192.0.2.1"}
    [trusted] = ask(own, path, host="inside", peer="10.0.0.1", headers=forwarded)
    [other] = ask(own, path, host="inside", peer="192.0.2.9", headers=forwarded)
    assert (trusted.status_code, other.status_code) == (303, 404)
    assert trusted.headers["location"] == document(SPACE, "eksempelvik", PLAN)
    assert "X-Forwarded-Host" in trusted.headers["vary"]


def test_a_prefix_of_a_proxy_is_part_of_the_iri(own: Release) -> None:
    headers = {"X-Forwarded-Host": HOST, "X-Forwarded-For": "192.0.2.1", "X-Forwarded-Prefix": "/plan"}
    paths = ("/samfunnsplan-2025-2037", "/doc/eksempelvik/samfunnsplan-2025-2037", "/")
    found, page, front = ask(own, *paths, host="inside", peer="10.0.0.1", headers=headers)
    assert found.headers["location"] == "/plan/doc/eksempelvik/samfunnsplan-2025-2037"
    assert f"<code data-copies>{PLAN}</code>" in page.text
    assert 'href="/plan/doc?iri=https://www.eksempelvik.example/"' in front.text


def test_the_site_is_on_the_host_of_a_publisher_too(own: Release) -> None:
    answers = ask(own, "/", "/search?q=klima", document(SPACE, "eksempelvik", GOAL), host=HOST)
    assert [answer.status_code for answer in answers] == [200, 200, 200]


def test_the_address_of_a_uri_space_itself_leads_to_its_publisher(own: Release) -> None:
    [found] = ask(own, "/plan/", host=HOST)
    assert (found.status_code, found.headers["location"]) == (303, "/graph/eksempelvik")


def test_things_below_a_hash_have_pages_and_their_document_redirects(own: Release) -> None:
    page, plan = ask(own, "/doc/fjell/maal", "/doc/fjell/")
    assert f"<code data-copies>{HASH}maal</code>" in page.text
    assert f"<code data-copies>{HASH.removesuffix('#')}</code>" in plan.text
    [redirect] = ask(own, "/plan", host="kart.fjell.example")
    assert (redirect.status_code, redirect.headers["location"]) == (303, "/doc/fjell/")


FOREIGN_GOAL = f"{FOREIGN}mål-1?a=b&c"


@pytest.mark.parametrize("iri", [FOREIGN, FOREIGN_GOAL])
def test_a_thing_of_others_is_shown_by_its_iri(own: Release, iri: str) -> None:
    query = f"iri={quote(iri, safe='')}"
    page, triples, negotiated = ask(own, f"/doc?{query}", f"/doc.nt?{query}", f"/doc?{query}&_mediatype=turtle")
    assert page.status_code == 200
    assert f"<code data-copies>{iri.replace('&', '&amp;')}</code>" in page.text
    assert f"<{iri}>" in triples.text
    assert negotiated.headers["content-type"].startswith("text/turtle")
    [form] = re.findall(r'<link rel="alternate" type="text/turtle" href="([^"]*)">', page.text)
    [followed] = ask(own, unescape(form))
    assert followed.content == negotiated.content
    links = re.findall(r'<([^>]*)>; rel="alternate"; type="text/turtle"', page.headers["link"])
    assert links[0] == unescape(form)


@pytest.mark.parametrize("iri", [FOREIGN, FOREIGN_GOAL])
def test_a_thing_of_others_has_a_citation_and_a_link_set(own: Release, iri: str) -> None:
    query = f"iri={quote(iri, safe='')}"
    page, citation, bibtex, linkset = ask(
        own, f"/doc?{query}", f"/cite/doc?{query}&lang=en", f"/cite/doc.bib?{query}", f"/linkset/doc?{query}"
    )
    assert [answer.status_code for answer in (page, citation, bibtex, linkset)] == [200, 200, 200, 200]
    release = own.manifest.release
    address = f"https://w3id.org/plangraf{_here(iri)}&release={release}"
    assert address in bibtex.text.replace("\\", "")
    assert address in unescape(citation.text)
    assert f"<code>{iri.replace('&', '&amp;')}</code>" in citation.text
    [bib] = re.findall(r'href="(/cite/doc[.]bib[^"]*)"', citation.text)
    assert ask(own, unescape(bib))[0].content == ask(own, f"/cite/doc.bib?{query}&lang=en")[0].content
    other = unescape(re.findall(r'href="(/cite/doc[^"]*lang=nb)"', citation.text)[0])
    assert ask(own, other)[0].status_code == 200
    [cited] = re.findall(r'href="(/cite/doc[?][^"]*)"', page.text)
    [followed] = ask(own, unescape(cited))
    assert followed.status_code == 200
    assert linkset.json()["linkset"][0]["anchor"] == f"http://test{_here(iri)}"
    assert f'</linkset{_here(iri)}>; rel="linkset"' in page.headers["link"]


def _here(iri: str) -> str:
    return f"/doc?iri={quote(iri, safe=chr(47) + ':@!$' + chr(39) + '()*,;-._~')}"


@pytest.mark.parametrize("start", ["/cite", "/linkset"])
def test_what_is_at_a_path_of_its_own_is_found_by_its_iri_too(own: Release, start: str) -> None:
    for iri, path in ((GOAL, document(SPACE, "eksempelvik", GOAL)), (f"{GRAPH}fjell", "/graph/fjell")):
        by_iri, by_path = ask(own, f"{start}/doc?iri={quote(iri, safe='')}", f"{start}{path}")
        assert (by_iri.status_code, by_iri.text.count(iri)) == (200, by_path.text.count(iri))
    missing, unknown = ask(own, f"{start}/doc", f"{start}/doc?iri=https://andre.example/ukjent")
    assert (missing.status_code, unknown.status_code) == (400, 404)


@pytest.mark.parametrize(
    ("iri", "location"),
    [
        (GOAL, "/doc/eksempelvik/samfunnsplan-2025-2037/goal/1.1"),
        (COUNCIL, "/doc/eksempelvik/kommunestyret"),
        ("http://metadata.un.org/sdg/13", "/doc/sdg/13"),
        (f"{HASH}maal", "/doc/fjell/maal"),
        (f"{GRAPH}fjell", "/graph/fjell"),
        (f"{BASE}/ontology#Goal", "/ontology#Goal"),
    ],
)
def test_what_has_its_own_path_redirects_to_it(own: Release, iri: str, location: str) -> None:
    plain, turtle = ask(own, f"/doc?iri={quote(iri, safe='')}", f"/doc.ttl?lang=en&iri={quote(iri, safe='')}")
    assert (plain.status_code, plain.headers["location"]) == (303, location)
    stem, hash_mark, fragment = location.partition("#")
    ending = "" if fragment else ".ttl"
    assert turtle.headers["location"] == f"{stem}{ending}?lang=en{hash_mark}{fragment}"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("iri=https://andre.example/ukjent", 404),
        (f"iri={ID}eksempelvik/ukjent", 404),
        (f"iri={SPACE}ukjent", 404),
        (f"iri={BASE}//ondt.example/", 404),
        ("iri=ikke en IRI", 404),
        ("iri=%00", 404),
        ("iri=", 400),
        ("", 400),
    ],
)
def test_what_the_release_does_not_describe_is_not_found(own: Release, query: str, status: int) -> None:
    assert [answer.status_code for answer in ask(own, f"/doc?{query}")] == [status]


def test_pages_of_a_plan_of_others_link_to_its_parts_here(own: Release) -> None:
    [page] = ask(own, f"/doc?iri={FOREIGN}")
    hrefs: Sequence[str] = [unescape(href) for href in re.findall(r'href="([^"]*)"', page.text)]
    assert f"/doc?iri={FOREIGN}m%C3%A5l-1%3Fa%3Db%26c" in hrefs
    assert f"/quality/{quote(FOREIGN, safe='')}" in hrefs
