"""Publishing by those who have addresses of their own domains."""

from pathlib import Path

import pytest
from tests.release.test_publish import BACK, PLAN, SWITCH, write_plan

from plangraf.errors import NonconformingError
from plangraf.namespaces import GRAPH, ID
from plangraf.release.history import Action
from plangraf.release.ledger import Ledger
from plangraf.release.publish import publish, rollback
from plangraf.release.state import Switch
from plangraf.release.withdraw import withdraw

SPACE = "https://data.vik.example/plan/"


def write_publisher(folder: Path, publisher: str, space: str | None, more: str = "") -> Path:
    """Write the file in which a publisher declares a URI space, and return it."""
    path = folder / publisher / "organisation.ttl"
    path.parent.mkdir(parents=True, exist_ok=True)
    declared = f'<http://rdfs.org/ns/void#uriSpace> "{space}" ;' if space else ""
    head = PLAN.partition("<https://w3id.org/plangraf/graph/{publisher}/")[0]
    path.write_text(
        f"{head}<{GRAPH}{publisher}> a prov:Entity ; plan:graphRole plan:Reference ; {declared}\n"
        f'  dct:title "Om {publisher}"@nb , "About {publisher}"@en ; dct:creator <plangraf> ;\n'
        "  dct:license <http://publications.europa.eu/resource/authority/licence/NLOD_2_0> ;\n"
        f"  prov:wasDerivedFrom <https://www.eksempel.no/{publisher}> .\n{more}\n",
        encoding="utf-8",
    )
    return path


def write_own_plan(folder: Path, vision: str = "Vi ser langt fram", more: str = "") -> Path:
    """Write a plan whose IRI is below `SPACE`."""
    text = PLAN.format(publisher="vik", plan="havna", vision=vision, more=more)
    path = folder / "vik" / "havna" / "plan.ttl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace("<vik/havna>", f"<{SPACE}havna>"), encoding="utf-8")
    return path.parent


AGENT = (
    f"<{SPACE}utvalget> a <http://xmlns.com/foaf/0.1/Agent> ; "
    '<http://www.w3.org/2000/01/rdf-schema#label> "Utvalget"@nb ; dct:source <https://www.eksempel.no/havna> .'
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a folder of data with a plan that has addresses of its publisher."""
    folder = tmp_path / "own"
    write_publisher(folder, "vik", SPACE)
    write_own_plan(folder)
    write_plan(folder, "fjell/ren-luft")
    return folder


def test_what_is_below_a_uri_space_is_in_the_manifest_and_in_the_ledger(own: Path, tmp_path: Path) -> None:
    publication = publish([own], tmp_path / "new", SWITCH)
    assert publication.release.manifest.uri_spaces == {"vik": SPACE}
    assert f"{SPACE}havna" in Ledger(tmp_path / "new")
    publish([write_own_plan(own, more=AGENT)], tmp_path / "new", SWITCH)
    assert f"{SPACE}utvalget" in Ledger(tmp_path / "new")
    (tmp_path / "new" / "ledger.txt").unlink()
    rollback(tmp_path / "new", BACK)
    assert f"{SPACE}utvalget" in Ledger(tmp_path / "new")


def test_a_thing_below_a_uri_space_does_not_vanish(own: Path, tmp_path: Path) -> None:
    write_own_plan(own, more=AGENT)
    publish([own], tmp_path / "new", SWITCH)
    with pytest.raises(NonconformingError) as raised:
        publish([write_own_plan(own)], tmp_path / "new", SWITCH)
    assert f"<{SPACE}utvalget> owl:deprecated true" in raised.value.report_text


@pytest.mark.parametrize("space", [None, "https://data.vik.example/annet/"])
def test_a_uri_space_that_goes_takes_nothing_with_it(own: Path, tmp_path: Path, space: str | None) -> None:
    publish([own], tmp_path / "new", SWITCH)
    with pytest.raises(NonconformingError) as raised:
        publish([write_publisher(own, "vik", space)], tmp_path / "new", SWITCH)
    assert f"<{SPACE}havna> owl:deprecated true" in raised.value.report_text


def test_a_publisher_who_withdraws_keeps_the_uri_space(own: Path, tmp_path: Path) -> None:
    write_own_plan(own, more=AGENT)
    publish([own], tmp_path / "new", SWITCH)
    publication = withdraw("vik", tmp_path / "new", Switch(Action.WITHDRAW, message="Slått sammen"))
    assert publication.release.manifest.uri_spaces == {"vik": SPACE}
    assert (
        f'<{SPACE}havna> <http://www.w3.org/2002/07/owl#deprecated> "true"' in publication.release.quads.read_text()
    )


def report_on(publication: Path, state: Path) -> str:
    """Return the report that keeps files from being published."""
    with pytest.raises(NonconformingError) as raised:
        publish([publication], state, SWITCH)
    return raised.value.report_text


@pytest.mark.parametrize(
    "space", [SPACE, f"{SPACE}havna/", "https://data.vik.example/", "http://data.vik.example/plan/"]
)
def test_two_publishers_do_not_have_overlapping_uri_spaces(own: Path, tmp_path: Path, space: str) -> None:
    publish([own], tmp_path / "new", SWITCH)
    report = report_on(write_publisher(own, "fjell", space), tmp_path / "new")
    assert "fjell/organisation.ttl:" in report
    assert f"overlaps one of another publisher: {SPACE} (vik)" in report


def test_a_publisher_does_not_describe_what_is_below_the_uri_space_of_another(own: Path, tmp_path: Path) -> None:
    publish([own], tmp_path / "new", SWITCH)
    report = report_on(write_plan(own, "fjell/ren-luft", more=AGENT), tmp_path / "new")
    assert "fjell/ren-luft/plan.ttl:" in report
    assert f"This is below the prefix of another publisher: {SPACE} (vik)" in report
    assert "vik/havna" not in report


def test_a_uri_space_does_not_take_what_another_publisher_has_described(own: Path, tmp_path: Path) -> None:
    write_publisher(own, "vik", None)
    (own / "vik" / "havna" / "plan.ttl").unlink()
    write_plan(own, "fjell/ren-luft", more=AGENT)
    publish([own], tmp_path / "new", SWITCH)
    report = report_on(write_publisher(own, "vik", SPACE), tmp_path / "new")
    assert f"This is below the prefix of another publisher: {SPACE} (vik)" in report


@pytest.mark.parametrize("publisher", ["vik", "fjell"])
def test_two_things_do_not_have_one_page(own: Path, tmp_path: Path, publisher: str) -> None:
    publish([own], tmp_path / "new", SWITCH)
    twin = AGENT.replace(f"{SPACE}utvalget", f"{ID}vik/havna")
    write = write_own_plan(own, more=twin) if publisher == "vik" else write_plan(own, "fjell/ren-luft", more=twin)
    report = report_on(write, tmp_path / "new")
    assert f"The page about this is taken by {ID}vik/havna" in report


def test_a_link_to_what_nobody_describes_below_a_uri_space_is_refused(own: Path, tmp_path: Path) -> None:
    publish([own], tmp_path / "new", SWITCH)
    more = f"<fjell/ren-luft> dct:replaces <{SPACE}finnes-ikke> ; dct:relation <{SPACE}havna> ."
    report = report_on(write_plan(own, "fjell/ren-luft", more=more), tmp_path / "new")
    assert f"value: <{SPACE}finnes-ikke>" in report
    assert f"value: <{SPACE}havna>" not in report
