"""The documentation of the ontology and the JSON-LD context, asked of a running server."""

import re
from html import unescape
from html.parser import HTMLParser

import httpx
import orjson
import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from plangraf import shipped
from plangraf.formats import GRAPH_FORMATS, Format
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import ONTOLOGY, PLAN, expand

GOAL = "/doc/trondheim/samfunnsplan-2020-2032/goal/1.1"
EARLIER = "0.1.0"
PROPERTIES = ("owl:ObjectProperty", "owl:DatatypeProperty")


def ontology() -> Statements:
    return Statements(quad.triple for quad in ox.parse(path=shipped.ONTOLOGY))


VERSION = ontology().text(ONTOLOGY, expand("owl:versionInfo"))


def instances(*names: str) -> list[str]:
    return [iri for iri in ontology().instances(*map(expand, names)) if iri.startswith(PLAN)]


class Sections(HTMLParser):
    """Collects the text of each element with the class `term`, by its id, and every id and Turtle example."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.markup: dict[str, str] = {}
        self.ids: list[str] = []
        self.turtle: list[str] = []
        self._current: str | None = None
        self._example = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        identifier = values.get("id")
        if identifier:
            self.ids.append(identifier)
        if tag == "article" and values.get("class") == "term" and identifier:
            self._current = identifier
            self.texts[identifier] = self.markup[identifier] = ""
        if values.get("class") == "language-turtle":
            self._example = True
            self.turtle.append("")
        if self._current is not None:
            self.markup[self._current] += self.get_starttag_text() or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self._current = None
        if tag == "code":
            self._example = False

    def handle_data(self, data: str) -> None:
        if self._example:
            self.turtle[-1] += data
        if self._current is not None:
            self.texts[self._current] += data
            self.markup[self._current] += data


def facts(section: str) -> dict[str, str]:
    """Return the facts of a section, by heading; the markup has no end tags."""
    parts = re.findall(r"<dt>([^<]*)<dd>(.*?)(?=<dt>|<svg|<div|<details|$)", section, re.DOTALL)
    return {heading.strip(): " ".join(re.sub("<[^>]+>", "", text).split()) for heading, text in parts}


def sections(server: str, language: str) -> Sections:
    answer = httpx.get(f"{server}/ontology", params={"lang": language}, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return Sections(answer.text)


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_term_has_its_section_in_both_languages(server: str, language: str) -> None:
    terms = [iri for iri in ontology().subjects(expand("rdfs:isDefinedBy"), ONTOLOGY) if iri.startswith(PLAN)]
    groups = {*instances("dcmitype:Collection"), *instances("skos:ConceptScheme")}
    page = sections(server, language)
    assert sorted(page.texts) == sorted(iri.removeprefix(PLAN) for iri in terms if iri not in groups)
    assert [iri for iri in terms if iri.removeprefix(PLAN) not in page.ids] == []
    for iri in terms:
        if iri in groups:
            continue
        text = page.texts[iri.removeprefix(PLAN)]
        assert iri in text
        for name in ("rdfs:label", "skos:definition"):
            literals = ontology().literals(iri, expand(name))
            shown = [literal for literal in literals if literal.language != "nn"]
            assert {literal.language for literal in shown} == {"nb", "en"}
            assert [literal.value for literal in shown if literal.value not in text] == []


def test_readers_of_nynorsk_get_the_labels_in_nynorsk(server: str) -> None:
    page = sections(server, "nn")
    for iri in instances("owl:ObjectProperty"):
        [label] = [text.value for text in ontology().literals(iri, expand("rdfs:label")) if text.language == "nn"]
        assert label in page.texts[iri.removeprefix(PLAN)]


def test_ids_are_unique(server: str) -> None:
    ids = sections(server, "en").ids
    assert sorted(set(ids)) == sorted(ids)


def test_links_within_the_page_and_to_the_shapes_lead_to_anchors(server: str) -> None:
    with httpx.Client(base_url=server, headers={"Accept": "text/html"}) as client:
        page, shapes = client.get("/ontology").text, client.get("/shapes").text
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(Sections(page).ids)
    led_to = set(re.findall(r'href="/shapes#([^"]+)"', page))
    assert "Goal-broader" in led_to
    assert led_to <= set(Sections(shapes).ids)


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_class_has_a_diagram_with_a_name_and_a_description(server: str, language: str) -> None:
    page = sections(server, language)
    for iri in instances("owl:Class"):
        name = iri.removeprefix(PLAN)
        identifier = f"diagram-{name}"
        assert f'aria-labelledby="{identifier}-title {identifier}-desc"' in page.markup[name]
        assert f'<title id="{identifier}-title">plan:{name}' in page.markup[name]
        assert f'<desc id="{identifier}-desc">' in page.markup[name]


def test_terms_stand_below_what_they_are_about(server: str) -> None:
    html = httpx.get(f"{server}/ontology.html", params={"lang": "en"}).text
    places = {name: html.index(f'id="{name}"') for name in Sections(html).ids}

    def between(first: str, term: str, last: str) -> bool:
        return places[first] < places[term] < places[last]

    assert "Terms about the transcription" in html
    assert between("PlanTerms", "followsUp", "IndicatorTerms")
    assert between("IndicatorTerms", "baseline", "ObservationTerms")
    assert between("ObservationTerms", "ObservationStructure", "LinkTerms")
    assert between("LinkTerms", "statesContributionTo", "TranscriptionTerms")
    assert between("TranscriptionTerms", "quote", "values")
    assert between("StatusValues", "Adopted", "TranscriptionValues")
    assert between("deprecated", "inPlan", "nearest")


def test_a_deprecated_term_says_so_and_what_replaces_it(server: str) -> None:
    section = sections(server, "en").markup["inPlan"]
    assert "".join(re.sub("<[^>]+>", "", section).split()).startswith("plan:inPlaninplandeprecated")
    assert facts(section)["Status"] == "archaic"
    assert facts(section)["Replaced by"] == "skos:inScheme"


def test_a_property_says_what_it_is_used_on_and_what_values_it_takes(server: str) -> None:
    found = facts(sections(server, "nb").markup["planType"])
    assert found["Status"] == "under utprøving"
    assert found["Brukes på"] == "plan:Plan"
    assert found["Forventede verdier"] == "plan:ControlledValue"
    assert "plan:SocialElement" in found["Verdier"].split(", ")


@pytest.mark.parametrize("language", ["nb", "en"])
def test_each_class_and_property_has_its_row_of_nearest_terms(server: str, language: str) -> None:
    html = httpx.get(f"{server}/ontology.html", params={"lang": language}).text
    rows = re.findall(r"<tr>(.*?)</tr>", html[html.index('id="nearest"') :], re.DOTALL)[1:]
    texts = [unescape(" ".join(re.sub("<[^>]+>", "", row).split())) for row in rows]
    terms = instances("owl:Class", *PROPERTIES)
    assert sorted(text.partition(" ")[0] for text in texts) == sorted(iri.replace(PLAN, "plan:") for iri in terms)
    for iri in terms:
        notes = ontology().literals(iri, expand("skos:editorialNote"))
        [reason] = [note.value for note in notes if note.language == language]
        assert [text for text in texts if text.endswith(reason)]


def test_the_diagrams_say_what_the_shapes_say(server: str) -> None:
    page = sections(server, "en")
    assert "plan:Strategy – plan:supports 1..* → plan:Goal" in page.texts["Goal"]
    assert "plan:Goal – skos:broader 0..1 → plan:Goal" in page.texts["Goal"]
    assert "plan:Goal – rdfs:subClassOf → skos:Concept" in page.texts["Goal"]


def test_what_a_shape_demands_stands_with_the_class_and_with_the_property(server: str) -> None:
    def words(term: str) -> str:
        return " ".join(page.texts[term].split())

    page = sections(server, "en")
    assert "skos:broader 0..1 plan:Goal or plan:FocusArea Violation psh:Goal-broader" in words("Goal")
    assert "plan:transcription 0..* not plan:TitleMissing Info psh:Goal-titleMissing" in words("Goal")
    assert "skos:exactMatch 0 must not be there Violation psh:PlanConcept-exactMatch" in words("Goal")
    top = "skos:hasTopConcept | ^skos:topConceptOf 0..* plan:Goal or plan:FocusArea Violation psh:Plan-topConcept"
    assert top in words("Plan")
    assert "plan:Strategy 1..* plan:Goal or plan:FocusArea or plan:Plan Violation psh:supports" in words("supports")
    assert "plan:Claim" not in words("basis")
    values = "plan:StatedInPlan, plan:Editorial, sssom:NegatedPredicate"
    either = f"by plan:basis | sssom:predicate_modifier 1 one of {values}"
    for claim in ("plan:basis, plan:quote, sssom:confidence", "sssom:mapping_justification"):
        assert f"whatever has {claim}{either} Violation psh:Claim-basis" in words("basis")


def test_numbers_are_those_of_the_release(server: str) -> None:
    page = sections(server, "en")
    for term, pattern in (
        ("Goal", "?thing a plan:Goal"),
        ("level", "?thing plan:level ?value"),
        ("AsQuoted", "?thing plan:wording plan:AsQuoted"),
    ):
        query = f"PREFIX plan: <{PLAN}> SELECT (COUNT(*) AS ?number) {{ {pattern} }}"
        rows = httpx.get(f"{server}/sparql", params={"query": query, "format": "csv"}).text.split()
        assert int(rows[1]) > 0
        assert f"{rows[1]} times" in page.texts[term]


def test_examples_are_turtle_and_the_published_ones_are_in_the_release(server: str) -> None:
    page = sections(server, "en")
    assert len(page.turtle) > len(instances("owl:Class", *PROPERTIES))
    published = 0
    for turtle in page.turtle:
        triples = list(ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE))
        assert triples
        assert {prefix for prefix in re.findall(r"@prefix (\S+):", turtle) if turtle.count(f"{prefix}:") < 2} == set()
        if "/eksempelvik/" in turtle:
            continue
        published += 1
        statements = " . ".join(f"{t.subject} {t.predicate} {t.object}" for t in triples)
        answer = httpx.post(f"{server}/sparql", data={"query": f"ASK {{ {statements} }}", "format": "json"})
        assert answer.json()["boolean"] is True
    assert published > 20


@pytest.mark.parametrize("rdf_format", GRAPH_FORMATS, ids=lambda f: f.key)
def test_the_version_answers_in_every_form(server: str, rdf_format: Format) -> None:
    target = ox.RdfFormat.from_media_type(rdf_format.media_type)
    for answer in (
        httpx.get(f"{server}/ontology/{VERSION}.{rdf_format.extension}"),
        httpx.get(f"{server}/ontology/{VERSION}", headers={"Accept": rdf_format.media_type}),
    ):
        assert answer.status_code == 200
        assert f'</ontology/{VERSION}.ttl>; rel="alternate"' in answer.headers["link"]
        triples = Statements(quad.triple for quad in ox.parse(answer.content, format=target))
        assert triples.iri(ONTOLOGY, expand("owl:versionIRI")) == f"{ONTOLOGY}/{VERSION}"
    assert httpx.get(f"{server}/ontology/{VERSION}.html").headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("rdf_format", GRAPH_FORMATS, ids=lambda f: f.key)
def test_an_earlier_version_answers_with_what_it_said(server: str, rdf_format: Format) -> None:
    target = ox.RdfFormat.from_media_type(rdf_format.media_type)
    published = {quad.triple for quad in ox.parse(path=shipped.EARLIER_VERSIONS / f"{EARLIER}.ttl")}
    for answer in (
        httpx.get(f"{server}/ontology/{EARLIER}.{rdf_format.extension}"),
        httpx.get(f"{server}/ontology/{EARLIER}", headers={"Accept": rdf_format.media_type}),
    ):
        assert answer.status_code == 200
        assert {quad.triple for quad in ox.parse(answer.content, format=target)} == published


def test_the_prior_version_is_one_that_answers() -> None:
    assert ontology().iri(ONTOLOGY, expand("owl:priorVersion")) == f"{ONTOLOGY}/{EARLIER}"


def test_no_term_of_an_earlier_version_is_gone() -> None:
    now = set(ontology().subjects(expand("rdfs:isDefinedBy"), ONTOLOGY))
    for file in shipped.EARLIER_VERSIONS.glob("*.ttl"):
        before = Statements(quad.triple for quad in ox.parse(path=file))
        assert before.iri(ONTOLOGY, expand("owl:versionIRI")) == f"{ONTOLOGY}/{file.stem}"
        assert set(before.subjects(expand("rdfs:isDefinedBy"), ONTOLOGY)) <= now
        assert file.with_suffix(".jsonld").is_file()


def test_the_page_of_an_earlier_version_leads_to_the_current_one(server: str) -> None:
    answer = httpx.get(f"{server}/ontology/{EARLIER}.html", params={"lang": "en"})
    page = Sections(answer.text)
    assert f"The current version is {VERSION}:" in answer.text
    assert f'<{ONTOLOGY}/{EARLIER}>; rel="cite-as"' in answer.headers["link"]
    assert "FocusArea" not in page.texts
    assert "Planen er vedtatt" in page.texts["Adopted"]
    assert set(re.findall(r'href="#([^"]+)"', answer.text)) <= set(page.ids)
    assert "In this release" not in answer.text


def test_an_earlier_context_is_the_one_of_its_version(server: str) -> None:
    answer = httpx.get(f"{server}/ontology/{EARLIER}/context.jsonld")
    assert answer.content == (shipped.EARLIER_VERSIONS / f"{EARLIER}.jsonld").read_bytes()
    assert "FocusArea" not in answer.json()["@context"]


@pytest.mark.parametrize(
    "path",
    [
        "/ontology/0.0.9",
        "/ontology/0.0.9.ttl",
        "/ontology/0.0.9/context.jsonld",
        "/ontology/..%2Fversions%2F0.1.0",
        "/ontology/versions",
        "/ontology/0.1",
    ],
)
def test_other_versions_are_not_found(server: str, path: str) -> None:
    assert httpx.get(server + path).status_code == 404


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # by rdflib's own JSON-LD parser
@pytest.mark.parametrize("path", ["/ontology/context.jsonld", f"/ontology/{VERSION}/context.jsonld"])
def test_a_document_means_the_same_with_the_context_fetched(server: str, path: str) -> None:
    context = httpx.get(
        server + path, headers={"Accept": "application/ld+json, */*;q=0.1", "Origin": "https://e.org"}
    )
    assert context.status_code == 200
    assert context.headers["content-type"] == "application/ld+json"
    assert context.headers["access-control-allow-origin"] == "*"
    document = httpx.get(f"{server}{GOAL}.jsonld").json()
    assert isinstance(document["@context"], dict)
    document["@context"] = server + path
    fetched = Graph().parse(data=orjson.dumps(document), format="json-ld")
    turtle = Graph().parse(data=httpx.get(f"{server}{GOAL}.ttl").text, format="turtle")
    assert len(turtle) > 10
    assert isomorphic(fetched, turtle)


def test_the_context_has_every_class_and_property(server: str) -> None:
    terms = httpx.get(f"{server}/ontology/context.jsonld").json()["@context"]
    for iri in instances("owl:Class"):
        defined = terms[iri.removeprefix(PLAN)]
        assert (defined["@id"] if isinstance(defined, dict) else defined) == iri.replace(PLAN, "plan:")
    for iri in instances(*PROPERTIES):
        assert terms[iri.removeprefix(PLAN)]["@id"] == iri.replace(PLAN, "plan:")
    for iri in instances("owl:ObjectProperty"):
        assert terms[iri.removeprefix(PLAN)]["@type"] in ("@id", "@vocab")
