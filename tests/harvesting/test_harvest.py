"""The harvest of sources into a state folder, which the tests share: each has publishers of its own."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.harvesting.web import LIMITS, Page, Site, client, plan_with_goals, site
from tests.release.test_publish import SWITCH, write_plan
from tests.workbook.books import example

from plangraf.harvesting.context import HarvestContext
from plangraf.harvesting.faults import HarvestError
from plangraf.harvesting.harvest import harvest
from plangraf.harvesting.records import HarvestOutcome, SourceDetails, SourceRecord, SourceRecords
from plangraf.namespaces import GRAPH, ID, expand
from plangraf.release.publish import publish, rollback
from plangraf.release.release import CURRENT, QUADS
from plangraf.release.state import StateFolder
from plangraf.release.write import no_files
from plangraf.workbook.csv_folder import csv_folder_files
from plangraf.workbook.example import example_rows

NOW = datetime(2026, 11, 26, 3, 15, tzinfo=UTC)


class Hub:
    """A state folder with a local plan, and a site whose plans are harvested."""

    def __init__(self, state: Path, web: Site) -> None:
        self.state = state
        self.web = web

    def harvest(self, path: str, *, accept_loss: bool = False, speaks_for: tuple[str, ...] = ()) -> SourceRecord:
        """Harvest what the site has at a path."""
        with client() as asking:
            context = HarvestContext(
                StateFolder(self.state), asking, LIMITS, "Kari", make_files=no_files, now=lambda: NOW
            )
            self.records.folder.mkdir(exist_ok=True)
            return harvest(f"{self.web.address}{path}", context, accept_loss=accept_loss, speaks_for=speaks_for)

    @property
    def records(self) -> SourceRecords:
        return SourceRecords(self.state)

    def details(self, record: SourceRecord) -> SourceDetails:
        return self.records.details(record)

    @property
    def current(self) -> str:
        return (self.state / CURRENT).readlink().name

    def quads(self, publisher: str) -> set[tuple[str, str, str]]:
        """Return the statements in the graphs of a publisher, without what is derived."""
        found = set()
        for quad in ox.parse(path=str(self.state / CURRENT / QUADS), format=ox.RdfFormat.N_QUADS):
            graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
            if f"{graph}/".startswith(f"{GRAPH}{publisher}/") and not graph.endswith("/derived"):
                found.add((str(quad.subject).strip("<>"), quad.predicate.value, str(quad.object)))
        return found

    def has(self, text: str, publisher: str) -> bool:
        """Return whether a value in the graphs of a publisher has this text."""
        return any(text in value for _, _, value in self.quads(publisher))


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    folder = tmp_path_factory.mktemp("hub")
    publish([write_plan(folder / "data", "local/plan", "Vår egen")], folder / "state", SWITCH)
    with site() as web:
        yield Hub(folder / "state", web)


def test_a_plan_is_published_with_its_origin_and_asked_for_again_only_if_it_has_changed(hub: Hub) -> None:
    hub.web.pages["/fjell.ttl"] = Page(plan_with_goals("fjell/luft", 3), headers={"ETag": '"1"'})
    record = hub.harvest("/fjell.ttl")
    assert (record.outcome, record.fault, record.documents, record.concepts) == (HarvestOutcome.GOOD, None, 1, 3)
    assert record.graphs == (f"{GRAPH}fjell/luft",)
    assert record.licences == ("http://publications.europa.eu/resource/authority/licence/NLOD_2_0",)
    assert record.release == hub.current
    graph = f"{GRAPH}fjell/luft"
    assert (graph, expand("pav:retrievedFrom"), f"<{hub.web.address}/fjell.ttl>") in hub.quads("fjell")
    assert (graph, expand("pav:retrievedOn"), f'"2026-11-26T03:15:00Z"^^<{expand("xsd:dateTime")}>') in hub.quads(
        "fjell"
    )
    history = StateFolder(hub.state).history()
    assert (history[-1].by, history[-1].message) == ("Kari", f"Hentet fra {hub.web.address}/fjell.ttl")
    hub.web.asked.clear()
    again = hub.harvest("/fjell.ttl")
    assert [fields.get("if-none-match") for path, fields in hub.web.asked if path == "/fjell.ttl"] == ['"1"']
    assert (again.outcome, again.release, len(StateFolder(hub.state).history())) == (
        record.outcome,
        record.release,
        len(history),
    )
    assert hub.has("Vår egen", "local")


def test_a_workbook_and_a_folder_of_csv_files_are_harvested(hub: Hub) -> None:
    hub.web.pages["/plan.xlsx"] = Page(example(), "application/octet-stream")
    record = hub.harvest("/plan.xlsx")
    assert (record.outcome, record.documents) == (HarvestOutcome.GOOD, 1)
    assert record.concepts > 2
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in csv_folder_files(example_rows("nb"), "nb").items():
            archive.writestr(name, content)
    hub.web.pages["/plan.zip"] = Page(out.getvalue(), "application/zip")
    same = hub.harvest("/plan.zip")
    assert same.fault is not None
    assert f"{hub.web.address}/plan.xlsx has, too" in same.fault.text("en")
    hub.records.remove(record)
    taken = hub.harvest("/plan.zip", speaks_for=("eksempelvik",))
    assert (taken.outcome, taken.graphs, taken.concepts) == (HarvestOutcome.GOOD, record.graphs, record.concepts)


def test_a_faulty_source_keeps_its_last_good_state_until_it_is_mended(hub: Hub) -> None:
    hub.web.pages["/elv.ttl"] = Page(plan_with_goals("elv/plan", 2, "Først"))
    good = hub.harvest("/elv.ttl")
    hub.web.pages["/elv.ttl"] = Page(plan_with_goals("elv/plan", 2, "Så").replace("@nb", "@norsk"))
    record = hub.harvest("/elv.ttl")
    assert record.outcome == HarvestOutcome.FAILED
    assert (record.graphs, record.concepts, record.release) == (good.graphs, good.concepts, good.release)
    report = hub.details(record).report
    assert report is not None
    assert not report.published
    assert {result.shape.rpartition("#")[2] for result in report.results} == {"LanguageTag"}
    assert report.results[0].place.startswith(f"{hub.web.address.removeprefix('http://')}/elv.ttl:")
    assert hub.has("Først", "elv")
    for page in (Page("<html>", "text/html"), Page(status=500), Page("<a> <b>"), Page("<urn:a> <urn:b> <urn:c> .")):
        hub.web.pages["/elv.ttl"] = page
        failed = hub.harvest("/elv.ttl")
        assert (failed.outcome, failed.graphs) == (HarvestOutcome.FAILED, good.graphs)
        assert failed.fault is not None
    assert hub.has("Først", "elv")
    hub.web.pages["/elv.ttl"] = Page(plan_with_goals("elv/plan", 2, "Mended"))
    mended = hub.harvest("/elv.ttl")
    assert (mended.outcome, mended.fault) == (HarvestOutcome.GOOD, None)
    assert hub.has("Mended", "elv")
    assert not hub.has("Først", "elv")


def test_a_source_that_changes_its_language_tags_to_other_valid_ones_is_published(hub: Hub) -> None:
    hub.web.pages["/tag.ttl"] = Page(plan_with_goals("tag/plan", 2))
    hub.harvest("/tag.ttl")
    hub.web.pages["/tag.ttl"] = Page(plan_with_goals("tag/plan", 2).replace("@nb", "@nn"))
    assert hub.harvest("/tag.ttl").outcome == HarvestOutcome.GOOD
    assert hub.has('"Mål nummer 1"@nn', "tag")
    assert not hub.has("@nb", "tag")


def test_what_a_source_no_longer_describes_is_withdrawn(hub: Hub) -> None:
    hub.web.pages["/vann.ttl"] = Page(plan_with_goals("vann/plan", 4))
    hub.harvest("/vann.ttl")
    hub.web.pages["/vann.ttl"] = Page(plan_with_goals("vann/plan", 3))
    record = hub.harvest("/vann.ttl")
    assert (record.outcome, record.concepts) == (HarvestOutcome.GOOD, 3)
    goal = f"{ID}vann/plan/goal/4"
    about = {(relation, value) for subject, relation, value in hub.quads("vann") if subject == goal}
    assert (expand("owl:deprecated"), f'"true"^^<{expand("xsd:boolean")}>') in about
    assert (expand("skos:prefLabel"), '"Mål nummer 4"@nb') in about
    hub.web.pages["/vann.ttl"] = Page(plan_with_goals("vann/plan", 4))
    assert hub.harvest("/vann.ttl").concepts == 4
    assert expand("owl:deprecated") not in {relation for subject, relation, _ in hub.quads("vann") if subject == goal}


def test_a_source_that_has_lost_more_than_half_is_held_back_until_somebody_says_yes(hub: Hub) -> None:
    hub.web.pages["/tap.ttl"] = Page(plan_with_goals("tap/plan", 5))
    before = hub.harvest("/tap.ttl")
    hub.web.pages["/tap.ttl"] = Page(plan_with_goals("tap/plan", 2, "Mindre"))
    for _ in range(2):
        held = hub.harvest("/tap.ttl")
        assert (held.outcome, held.concepts, held.graphs) == (HarvestOutcome.HELD, 5, before.graphs)
        assert held.fault is not None
        assert "has 2 goals and other parts of plans, and had 5 before" in held.fault.text("en")
    assert not hub.has("Mindre", "tap")
    accepted = hub.harvest("/tap.ttl", accept_loss=True)
    assert (accepted.outcome, accepted.concepts) == (HarvestOutcome.GOOD, 2)
    assert hub.has("Mindre", "tap")


def test_what_a_source_says_of_the_things_of_others_is_left_out(hub: Hub) -> None:
    others = f"""
<local/plan> skos:prefLabel "Kapret"@nb .
<http://metadata.un.org/sdg/13> skos:prefLabel "Kapret"@nb .
<plangraf> <http://xmlns.com/foaf/0.1/name> "Kapret" .
<{GRAPH}local/plan> dct:license <https://www.eksempel.no/kapret> .
[] a <http://www.w3.org/2002/07/owl#Axiom> ; <http://www.w3.org/2002/07/owl#annotatedSource> <local/plan> ;
  <http://www.w3.org/2002/07/owl#annotatedProperty> skos:related ;
  <http://www.w3.org/2002/07/owl#annotatedTarget> <http://metadata.un.org/sdg/13> .
<kap/plan/goal/1> skos:closeMatch <local/plan> .
"""
    text = plan_with_goals("kap/plan", 2, more=others).replace(
        "skos:closeMatch <local/plan>", "dct:relation <local/plan>"
    )
    hub.web.pages["/kap.ttl"] = Page(text)
    record = hub.harvest("/kap.ttl")
    assert record.outcome == HarvestOutcome.GOOD, hub.details(record)
    assert not hub.has("Kapret", "kap")
    assert not hub.has("kapret", "kap")
    [document] = hub.details(record).documents
    assert document.left_out == 5
    assert document.example.startswith("http")
    assert (f"{ID}kap/plan/goal/1", expand("dct:relation"), f"<{ID}local/plan>") in hub.quads("kap")


def test_publishers_belong_to_whoever_was_first(hub: Hub) -> None:
    hub.web.pages["/ny.ttl"] = Page(plan_with_goals("local/ny", 2, "Kapret"))
    record = hub.harvest("/ny.ttl")
    assert record.outcome == HarvestOutcome.FAILED
    assert record.fault is not None
    assert "the publisher local, who publishes on this server" in record.fault.text("en")
    assert not hub.has("Kapret", "local")
    hub.web.pages["/land.ttl"] = Page(plan_with_goals("land/plan", 2))
    hub.harvest("/land.ttl")
    with site() as other:
        other.pages["/x.ttl"] = Page(plan_with_goals("land/annen", 2))
        refused = Hub(hub.state, other).harvest("/x.ttl")
        assert refused.fault is not None
        assert f"come from another source, {hub.web.address}/land.ttl" in refused.fault.text("en")
        taken = Hub(hub.state, other).harvest("/x.ttl", speaks_for=("land",))
        assert (taken.outcome, taken.speaks_for) == (HarvestOutcome.GOOD, ("land",))


def test_a_publisher_who_begins_to_publish_at_home_is_handed_over(hub: Hub, tmp_path: Path) -> None:
    publish([write_plan(tmp_path, "hjem/plan", "Skrevet av for dem")], hub.state, SWITCH)
    hub.web.pages["/hjem.ttl"] = Page(plan_with_goals("hjem/plan", 2, "Vår egen tekst"))
    assert hub.harvest("/hjem.ttl").outcome == HarvestOutcome.FAILED
    assert hub.harvest("/hjem.ttl", speaks_for=("hjem",)).outcome == HarvestOutcome.GOOD
    assert hub.has("Vår egen tekst", "hjem")
    assert not hub.has("Skrevet av for dem", "hjem")


def test_the_documents_of_a_catalogue_stand_and_fall_alone(hub: Hub) -> None:
    def catalogue(*names: str) -> Page:
        listed = "".join(
            f"<#{name}> a dcat:Dataset ; dcat:distribution [ dcat:downloadURL </{name}.ttl> ; dct:license "
            "<https://creativecommons.org/licenses/by/4.0/> ] .\n"
            for name in names
        )
        prefixes = "PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/>\n"
        return Page(f"{prefixes}<#c> a dcat:Catalog .\n{listed}")

    licence = "  dct:license <http://publications.europa.eu/resource/authority/licence/NLOD_2_0> ;\n"
    hub.web.pages["/dcat"] = catalogue("a", "b", "c")
    hub.web.pages["/a.ttl"] = Page(plan_with_goals("kat/a", 2).replace(licence, ""))
    hub.web.pages["/b.ttl"] = Page(plan_with_goals("kat/b", 2).replace("a plan:Goal", "a plan:Gaol"))
    record = hub.harvest("/dcat")
    assert (record.outcome, record.documents, record.faulty) == (HarvestOutcome.PARTLY, 1, 2)
    faults = {each.address.rpartition("/")[2]: each.fault for each in hub.details(record).documents}
    assert faults["a.ttl"] is None
    assert faults["b.ttl"] is not None
    assert "breaks" in faults["b.ttl"].text("en")
    assert faults["c.ttl"] is not None
    assert "There is nothing at" in faults["c.ttl"].text("en")
    assert record.licences == ("https://creativecommons.org/licenses/by/4.0/",)
    hub.web.pages["/b.ttl"] = Page(plan_with_goals("kat/b", 2))
    hub.web.pages["/c.ttl"] = Page(plan_with_goals("kat/c", 2))
    record = hub.harvest("/dcat")
    assert (record.outcome, record.documents, record.concepts) == (HarvestOutcome.GOOD, 3, 6)
    hub.web.pages["/dcat"] = catalogue("b", "c")
    hub.web.pages["/c.ttl"] = Page(status=410)
    assert hub.harvest("/dcat").outcome == HarvestOutcome.HELD
    record = hub.harvest("/dcat", accept_loss=True)
    assert (record.outcome, record.documents, record.concepts) == (HarvestOutcome.GOOD, 1, 2)
    assert record.graphs == (f"{GRAPH}kat/b",)
    for gone in ("a", "c"):
        about = {relation for subject, relation, _ in hub.quads("kat") if subject == f"{GRAPH}kat/{gone}"}
        assert expand("owl:deprecated") in about


def test_the_documents_of_a_plan_stand_and_fall_together(hub: Hub) -> None:
    graphs = ("sam/plan", "sam/plan/translation-en", "sam/annen")
    subsets = " , ".join(f"<{GRAPH}{graph}>" for graph in graphs)
    catalogue = "<https://w3id.org/plangraf/catalog"
    hub.web.pages["/catalog"] = Page(
        f"{catalogue}> a <http://www.w3.org/ns/dcat#Catalog> .\n{catalogue}#dataset/sam> a "
        f"<http://www.w3.org/ns/dcat#Dataset> ; <http://rdfs.org/ns/void#subset> {subsets} ."
    )
    translation = (
        f"@prefix plan: <https://w3id.org/plangraf/ontology#> . @prefix dct: <http://purl.org/dc/terms/> .\n"
        f"<{GRAPH}sam/plan/translation-en> plan:graphRole plan:Translation ; dct:title 'Oversatt'@nb ; "
        f"dct:creator <{ID}plangraf> ; dct:license <http://publications.europa.eu/resource/authority/licence/CC0> .\n"
        f"<{ID}sam/plan/goal/1> <http://www.w3.org/2004/02/skos/core#prefLabel> 'Goal number 1'@en ."
    )
    hub.web.pages["/graph/sam/plan"] = Page(plan_with_goals("sam/plan", 2).replace("@nb", "@xx"))
    hub.web.pages["/graph/sam/plan/translation-en"] = Page(translation)
    hub.web.pages["/graph/sam/annen"] = Page(plan_with_goals("sam/annen", 2))
    record = hub.harvest("/catalog")
    assert (record.outcome, record.graphs) == (HarvestOutcome.PARTLY, (f"{GRAPH}sam/annen",))
    faults = {each.address.rpartition("/")[2]: each.fault for each in hub.details(record).documents}
    assert faults["translation-en"] is not None
    assert f"belongs to another one that is faulty: {hub.web.address}/graph/sam/plan" in faults[
        "translation-en"
    ].text("en")
    hub.web.pages["/graph/sam/plan"] = Page(plan_with_goals("sam/plan", 2))
    record = hub.harvest("/catalog")
    assert (record.outcome, len(record.graphs)) == (HarvestOutcome.GOOD, 3)


def test_reference_data_that_a_plan_refers_to_come_with_it(hub: Hub) -> None:
    assert not hub.quads("county")
    hub.web.pages["/fylke.ttl"] = Page(
        plan_with_goals("fylke/plan", 1, more=f"<fylke/plan> dct:relation <{ID}county/32> .\n")
    )
    assert hub.harvest("/fylke.ttl").outcome == HarvestOutcome.GOOD
    assert hub.quads("county")


def test_after_a_rollback_the_source_is_asked_as_if_it_were_new(hub: Hub) -> None:
    hub.web.pages["/om.ttl"] = Page(plan_with_goals("om/plan", 2), headers={"ETag": '"1"'})
    hub.harvest("/om.ttl")
    published = hub.current
    rollback(hub.state, replace(SWITCH))
    assert not hub.quads("om")
    record = hub.harvest("/om.ttl")
    assert record.outcome == HarvestOutcome.GOOD
    assert hub.current == published or hub.quads("om")


def test_an_address_that_cannot_be_asked_for_is_not_recorded(hub: Hub) -> None:
    before = hub.records.all()
    with client() as asking, pytest.raises(HarvestError):
        harvest("ftp://eksempel.no/", HarvestContext(StateFolder(hub.state), asking, LIMITS))
    assert hub.records.all() == before
