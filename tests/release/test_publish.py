import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from plangraf import shipped
from plangraf.errors import InputError, NonconformingError
from plangraf.namespaces import GRAPH, ID
from plangraf.release.history import Action
from plangraf.release.ledger import Ledger
from plangraf.release.publish import Publication, publish, rollback
from plangraf.release.release import MANIFEST, QUADS, Release
from plangraf.release.state import StateFolder, Switch
from plangraf.release.vanished import VanishedError
from plangraf.release.withdraw import ReplacementError, withdraw

SWITCH = Switch(Action.PUBLISH, "Kari Nordmann", "A change")
BACK = Switch(Action.ROLLBACK, "Kari Nordmann")
PLAN = """
@prefix plan: <https://w3id.org/plangraf/ontology#> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <https://w3id.org/plangraf/id/> .

<https://w3id.org/plangraf/graph/{publisher}/{plan}> a prov:Entity ;
  dct:title "Planen {plan}"@nb , "The plan {plan}"@en ;
  plan:graphRole plan:PublishersText ;
  dct:creator <plangraf> ;
  dct:license <http://publications.europa.eu/resource/authority/licence/NLOD_2_0> ;
  prov:wasDerivedFrom <https://www.eksempel.no/{plan}> .

<{publisher}/{plan}> a plan:Plan ;
  skos:prefLabel "Planen {plan}"@nb , "The plan {plan}"@en ;
  dct:title "Planen {plan}"@nb ;
  dct:publisher <plangraf> ;
  dct:language <http://publications.europa.eu/resource/authority/language/NOB> ;
  adms:status plan:Proposed ;
  plan:transcription plan:GoalsMissing , plan:SDGLinksMissing ;
  plan:vision "{vision}"@nb ;
  dct:source <https://www.eksempel.no/{plan}> .
{more}
"""


def write_plan(folder: Path, name: str, vision: str = "Vi ser langt fram", more: str = "") -> Path:
    """Write the file of a plan, `publisher/plan`, to its place in the folder of data, and return its folder."""
    publisher, plan = name.split("/")
    path = folder / name
    path.mkdir(parents=True, exist_ok=True)
    text = PLAN.format(publisher=publisher, plan=plan, vision=vision, more=more)
    (path / "plan.ttl").write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder of data with three plans of two publishers."""
    folder = tmp_path / "data"
    for name in ("fjell/ren-luft", "fjell/rent-vann", "vik/havna"):
        write_plan(folder, name)
    return folder


@pytest.fixture
def state(tmp_path: Path, data: Path) -> Path:
    """Return a state folder in which the three plans are published."""
    publish([data], tmp_path / "state", SWITCH)
    return tmp_path / "state"


def _graphs(publication: Publication) -> set[str]:
    names = {graph.removeprefix(GRAPH) for graph in publication.release.manifest.counts.graphs}
    return {name for name in names if name.startswith(("fjell", "vik")) and not name.endswith("derived")}


def test_publishing_a_plan_gives_what_building_all_gives(data: Path, state: Path, tmp_path: Path) -> None:
    changed = write_plan(data, "fjell/rent-vann", "Rent vann til alle")
    publication = publish([changed], state, SWITCH)
    whole = publish([data], tmp_path / "other", SWITCH)
    assert publication.changed
    assert publication.release.manifest.sha256 == whole.release.manifest.sha256
    assert _graphs(publication) == {"fjell/ren-luft", "fjell/rent-vann", "vik/havna"}


def test_the_sources_of_other_plans_are_not_needed(data: Path, state: Path, tmp_path: Path) -> None:
    changed = shutil.copytree(write_plan(data, "fjell/rent-vann", "Rent vann til alle"), tmp_path / "rent-vann")
    shutil.rmtree(data)
    with pytest.raises(InputError, match="its folder has another path"):
        publish([changed], state, SWITCH)
    (tmp_path / "fjell").mkdir()
    publication = publish([Path(shutil.move(changed, tmp_path / "fjell"))], state, SWITCH)
    assert _graphs(publication) == {"fjell/ren-luft", "fjell/rent-vann", "vik/havna"}
    assert "Rent vann til alle" in publication.release.quads.read_text(encoding="utf-8")


def test_a_file_replaces_the_graph_that_it_describes(data: Path, state: Path, tmp_path: Path) -> None:
    file = tmp_path / "anything.ttl"
    shutil.copy(write_plan(data, "vik/havna", "Havna er hel") / "plan.ttl", file)
    publication = publish([file], state, SWITCH)
    assert _graphs(publication) == {"fjell/ren-luft", "fjell/rent-vann", "vik/havna"}
    assert "Havna er hel" in publication.release.quads.read_text(encoding="utf-8")


def test_a_file_that_describes_no_graph_is_refused(state: Path, tmp_path: Path) -> None:
    file = tmp_path / "note.ttl"
    file.write_text('<https://e.org/a> <https://e.org/p> "1" .', encoding="utf-8")
    with pytest.raises(InputError, match="describes 0 graphs"):
        publish([file], state, SWITCH)


def test_the_same_plan_again_changes_nothing(data: Path, state: Path) -> None:
    publication = publish([data / "vik" / "havna"], state, SWITCH)
    assert not publication.changed
    assert len(StateFolder(state).history()) == 1


def test_what_breaks_the_shapes_leaves_the_current_release(data: Path, state: Path) -> None:
    before = StateFolder(state).current
    broken = write_plan(data, "vik/havna", more="<vik/havna> adms:status plan:Adopted .")
    with pytest.raises(NonconformingError):
        publish([broken], state, SWITCH)
    assert StateFolder(state).current == before
    assert len(StateFolder(state).history()) == 1


def test_an_iri_that_vanishes_is_refused_with_the_line_to_write(data: Path, state: Path) -> None:
    agent = (
        "<vik/havna/utvalget> a <http://xmlns.com/foaf/0.1/Agent> ; "
        '<http://www.w3.org/2000/01/rdf-schema#label> "Havneutvalget"@nb ; '
        "dct:source <https://www.eksempel.no/havna> ."
    )
    publish([write_plan(data, "vik/havna", more=agent)], state, SWITCH)
    with pytest.raises(NonconformingError) as raised:
        publish([write_plan(data, "vik/havna")], state, SWITCH)
    line = f"<{ID}vik/havna/utvalget> owl:deprecated true"
    assert line in raised.value.report_text
    withdrawn = (
        '<vik/havna/utvalget> <http://www.w3.org/2002/07/owl#deprecated> true ; skos:changeNote "Ikke i bruk"@nb .'
    )
    assert publish([write_plan(data, "vik/havna", more=withdrawn)], state, SWITCH).changed


def test_going_back_and_forth_is_in_the_history(data: Path, state: Path) -> None:
    first = StateFolder(state).current
    second = publish([write_plan(data, "vik/havna", "Havna er hel")], state, SWITCH)
    back = rollback(state, BACK)
    assert back.release.manifest.release == first
    forth = rollback(state, BACK, second.release.manifest.release)
    assert forth.release.manifest == second.release.manifest
    history = StateFolder(state).history()
    assert [entry.action for entry in history] == ["publish", "publish", "rollback", "rollback"]
    assert [entry.time for entry in history] == sorted(entry.time for entry in history)
    assert history[0].by == "Kari Nordmann"


def test_a_damaged_release_is_not_gone_back_to(data: Path, state: Path) -> None:
    first = StateFolder(state).current
    assert first is not None
    second = publish([write_plan(data, "vik/havna", "Havna er hel")], state, SWITCH)
    (state / first / QUADS).chmod(0o644)
    with (state / first / QUADS).open("ab") as quads:
        quads.write(b"\n")
    with pytest.raises(InputError, match="is damaged"):
        rollback(state, BACK)
    assert StateFolder(state).current == second.release.manifest.release


@pytest.mark.parametrize("name", ["../state", "r000000000000", ".", "current/../.."])
def test_a_name_that_is_no_release_is_refused(state: Path, name: str) -> None:
    with pytest.raises(InputError, match="no release of this name"):
        rollback(state, BACK, name)


def test_a_switch_that_was_not_recorded_is_recorded_by_the_next_writer(data: Path, state: Path) -> None:
    second = publish([write_plan(data, "vik/havna", "Havna er hel")], state, SWITCH)
    lines = (state / "history.jsonl").read_bytes().splitlines(keepends=True)
    (state / "history.jsonl").write_bytes(lines[0] + lines[1][:20])
    rollback(state, BACK)
    actions = [(entry.action, entry.release) for entry in StateFolder(state).history()]
    assert actions[1] == ("unrecorded", second.release.manifest.release)
    assert [action for action, _ in actions] == ["publish", "unrecorded", "rollback"]


def test_a_withdrawn_plan_leaves_the_reason_and_the_others_stay(state: Path) -> None:
    switch = Switch(Action.WITHDRAW, "Kari Nordmann", "Slått sammen med rent vann")
    replaced_by = f"{ID}fjell/rent-vann"
    publication = withdraw("fjell/ren-luft", state, switch, replaced_by)
    assert publication.release.manifest.plans == (f"{ID}fjell/rent-vann", f"{ID}vik/havna")
    quads = publication.release.quads.read_text(encoding="utf-8")
    plan = f"<{ID}fjell/ren-luft>"
    assert f'{plan} <http://www.w3.org/2004/02/skos/core#changeNote> "Slått sammen med rent vann"@nb' in quads
    assert f"{plan} <http://purl.org/dc/terms/isReplacedBy> <{replaced_by}>" in quads


def test_a_withdrawn_plan_can_come_back(data: Path, state: Path) -> None:
    before = Release.open(state).manifest
    withdraw("fjell/ren-luft", state, Switch(Action.WITHDRAW, message="Feil"))
    publication = publish([data / "fjell" / "ren-luft"], state, SWITCH)
    assert publication.release.manifest.sha256 == before.sha256


def test_each_withdrawn_plan_comes_back_alone_and_the_others_stay_withdrawn(
    data: Path, state: Path, tmp_path: Path
) -> None:
    withdraw("fjell", state, Switch(Action.WITHDRAW, message="Feil"))
    _withdrawn_are(state, "fjell", "fjell/ren-luft", "fjell/rent-vann")
    publish([data / "fjell" / "ren-luft"], state, SWITCH)
    _withdrawn_are(state, "fjell", "fjell/rent-vann")
    organisation = tmp_path / "organisation.ttl"
    organisation.write_text(
        f"""@prefix plan: <https://w3id.org/plangraf/ontology#> . @prefix dct: <http://purl.org/dc/terms/> .
        <{GRAPH}fjell> a <http://www.w3.org/ns/prov#Entity> ; plan:graphRole plan:Reference ; dct:title "Fjell"@nb ;
          dct:creator <{ID}fjell> .
        <{ID}fjell> a <http://xmlns.com/foaf/0.1/Agent> ; dct:source <{GRAPH}fjell> ;
          <http://www.w3.org/2000/01/rdf-schema#label> "Fjell"@nb .""",
        encoding="utf-8",
    )
    publish([organisation], state, SWITCH)
    _withdrawn_are(state, "fjell/rent-vann")
    ledger = Ledger(state)
    assert f"{ID}fjell/rent-vann" in ledger
    publish([data / "fjell" / "rent-vann"], state, SWITCH)
    _withdrawn_are(state)
    assert f"{ID}fjell/rent-vann" in ledger


def test_a_withdrawn_plan_that_comes_back_in_another_folder_is_not_withdrawn(data: Path, state: Path) -> None:
    withdraw("fjell/ren-luft", state, Switch(Action.WITHDRAW, message="Feil"))
    folder = data / "fjell" / "ren-luft"
    text = (folder / "plan.ttl").read_text(encoding="utf-8")
    (folder / "plan.ttl").write_text(text.replace("graph/fjell/ren-luft", "graph/fjell/luft"), encoding="utf-8")
    publish([folder.rename(folder.with_name("luft"))], state, SWITCH)
    _withdrawn_are(state)


def _withdrawn_are(state: Path, *names: str) -> None:
    quads = Release.open(state).quads.read_text(encoding="utf-8")
    assert set(re.findall(f"^<{ID}([^>]+)> <http://www.w3.org/2002/07/owl#deprecated>", quads, re.MULTILINE)) == set(
        names
    )


@pytest.mark.parametrize(
    ("name", "reason", "replaced_by", "language", "words"),
    [
        ("vik/havna", "Feil", "not an IRI", "nb", "absolute IRI"),
        ("vik/havna", "Feil", "relative", "nb", "absolute IRI"),
        ("vik/havna", "Feil", None, "klingon!!", "not the tag of a language"),
        ("vik/havna", " ", None, "nb", "the reason is missing"),
        ("sdg", "Feil", None, "nb", "is reference data"),
        ("plangraf", "Feil", None, "nb", "is reference data"),
        *(
            (name, "Feil", None, "nb", f"has no {name}; ")
            for name in ("", "/", "vik/", "../vik", "vik/havna/", "derived")
        ),
    ],
)
def test_what_cannot_be_withdrawn_changes_nothing(
    state: Path, name: str, reason: str, replaced_by: str | None, language: str, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        withdraw(name, state, Switch(Action.WITHDRAW, message=reason), replaced_by, language)
    assert len(StateFolder(state).history()) == 1


def test_a_text_that_the_history_cannot_hold_is_refused() -> None:
    with pytest.raises(InputError, match="UTF-8"):
        Switch(Action.PUBLISH, "Kari", "\udcff")


@pytest.mark.parametrize(
    "graph", ["", "vik//havna", "vik/havna/", "/vik", "derived", "vik/derived", "../vik", "vik/../x"]
)
def test_a_graph_that_cannot_be_one_of_data_is_not_published(state: Path, tmp_path: Path, graph: str) -> None:
    file = tmp_path / "graph.ttl"
    text = PLAN.format(publisher="vik", plan="havna", vision="x", more="")
    file.write_text(text.replace("graph/vik/havna", f"graph/{graph}"), encoding="utf-8")
    with pytest.raises((InputError, NonconformingError)):
        publish([file], state, SWITCH)
    assert len(StateFolder(state).history()) == 1


def test_a_clock_that_goes_backwards_does_not_turn_the_history_round(data: Path, state: Path) -> None:
    history = state / "history.jsonl"
    future = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3)
    line = history.read_text(encoding="utf-8").replace(
        StateFolder(state).history()[0].time.strftime("%Y-%m-%dT%H:%M:%SZ"), future.strftime("%Y-%m-%dT%H:%M:%SZ")
    )
    history.write_text(line, encoding="utf-8")
    publish([write_plan(data, "vik/havna", "Havna er hel")], state, SWITCH)
    rollback(state, BACK)
    times = [entry.time for entry in StateFolder(state).history()]
    assert times == [future + timedelta(seconds=each) for each in range(3)]


def test_a_line_that_is_no_entry_is_told_with_its_place_and_nothing_is_published(data: Path, state: Path) -> None:
    with (state / "history.jsonl").open("ab") as history:
        history.write(b"oops\n")
    before = StateFolder(state).current
    changed = write_plan(data, "vik/havna", "Ny")
    with pytest.raises(InputError, match=r"history\.jsonl:2: is not an entry"):
        publish([changed], state, SWITCH)
    with pytest.raises(InputError, match=r"history\.jsonl:2: is not an entry"):
        rollback(state, BACK)
    assert StateFolder(state).current == before


def test_a_withdrawn_publisher_takes_all_plans_along(state: Path) -> None:
    publication = withdraw("fjell", state, Switch(Action.WITHDRAW, message="Kommunen er slått sammen med Vik"))
    assert publication.release.manifest.plans == (f"{ID}vik/havna",)


def test_what_is_not_published_cannot_be_withdrawn(state: Path) -> None:
    with pytest.raises(InputError, match="the nearest names are: fjell/ren-luft, ") as refused:
        withdraw("Fjell/rent-luft", state, Switch(Action.WITHDRAW, message="Feil"))
    assert "vik" not in str(refused.value).partition(";")[2]
    with pytest.raises(InputError, match="has no zzz; published are: fjell, fjell/ren-luft, "):
        withdraw("zzz", state, Switch(Action.WITHDRAW, message="Feil"))


@pytest.mark.parametrize("iri", [f"{ID}fjell/finnes-ikke", f"{ID}fjell/ren-luft", f"{GRAPH}fjell/finnes-ikke"])
def test_what_is_not_published_replaces_nothing(state: Path, iri: str) -> None:
    before = StateFolder(state).current
    with pytest.raises(ReplacementError, match=f"--replaced-by names {iri}, "):
        withdraw("fjell/ren-luft", state, Switch(Action.WITHDRAW, message="Feil"), iri)
    assert StateFolder(state).current == before


@pytest.mark.parametrize("iri", [f"{ID}fjell/rent-vann", f"{ID}plangraf", f"{GRAPH}vik/havna", "https://e.org/plan"])
def test_what_is_published_or_of_others_replaces_what_is_withdrawn(state: Path, iri: str) -> None:
    publication = withdraw("fjell/ren-luft", state, Switch(Action.WITHDRAW, message="Feil"), iri)
    assert f"<http://purl.org/dc/terms/isReplacedBy> <{iri}>" in publication.release.quads.read_text(encoding="utf-8")


def test_nothing_is_carried_over_from_a_damaged_release(data: Path, state: Path) -> None:
    current = Release.open(state).path
    (current / MANIFEST).chmod(0o644)
    (current / MANIFEST).write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="nothing can be carried over"):
        publish([write_plan(data, "vik/havna", "Havna er hel")], state, SWITCH)


def test_the_first_publication_has_the_reference_data(state: Path) -> None:
    graphs = Release.open(state).manifest.counts.graphs
    assert f"{GRAPH}sdg" in graphs
    assert shipped.DATA.is_dir()


def test_the_state_folder_of_a_served_release_is_found(state: Path) -> None:
    current = StateFolder(state).current
    assert current is not None
    for served in (state, state / "current", state / current):
        assert StateFolder.around(served).path.resolve() == state.resolve()


def test_a_file_of_a_plan_leaves_the_graphs_below_it(data: Path, state: Path, tmp_path: Path) -> None:
    translation = data / "vik" / "havna" / "translation-en"
    translation.mkdir()
    (translation / "harbour.ttl").write_text(
        f"<{ID}vik/havna> <http://www.w3.org/2004/02/skos/core#altLabel> 'The harbour'@en .", encoding="utf-8"
    )
    publish([data / "vik" / "havna"], state, SWITCH)
    file = tmp_path / "anything.ttl"
    shutil.copy(write_plan(data, "vik/havna", "Havna er hel") / "plan.ttl", file)
    publication = publish([file], state, SWITCH)
    assert f"{GRAPH}vik/havna/translation-en" in publication.release.manifest.counts.graphs


@pytest.mark.parametrize(("count", "words"), [(1, "1 published IRI is no"), (2, "2 published IRIs are no")])
def test_the_refusal_counts_the_iris_that_vanish(count: int, words: str) -> None:
    assert words in VanishedError([f"{ID}vik/{number}" for number in range(count)]).report_text


def test_what_has_been_withdrawn_is_not_withdrawn_again(state: Path) -> None:
    withdraw("fjell/ren-luft", state, Switch(Action.WITHDRAW, message="Feil"))
    with pytest.raises(InputError, match="has been withdrawn before"):
        withdraw("fjell/ren-luft", state, Switch(Action.WITHDRAW, message="Enda en feil"))


def test_what_replaces_a_plan_is_named_by_an_address(state: Path) -> None:
    with pytest.raises(InputError, match="with http or https"):
        withdraw("fjell/ren-luft", state, Switch(Action.WITHDRAW, message="Feil"), "javascript:alert(1)")
