"""Graphs describe themselves, and each publisher has its own."""

from pathlib import Path

import pytest

from plangraf import shipped
from plangraf.errors import NonconformingError
from plangraf.namespaces import GRAPH, PREFIXES
from plangraf.release.build import build_release
from plangraf.release.check import check_files
from plangraf.reserved_segments import reserved_segments
from plangraf.sources.dataset import list_files
from plangraf.sources.reference import list_reference
from plangraf.validation.result import Result, Severity

PREFIX_LINES = "".join(
    f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in ("plan", "skos", "dct", "adms", "prov", "foaf", "rdfs")
)
DESCRIPTION = """
<{graph}> a prov:Entity ; plan:graphRole plan:PublishersText ; dct:title "Grafen"@nb ;
  dct:creator <https://{name}.example/> ; dct:license <http://publications.europa.eu/resource/authority/licence/CC0> .
"""
PLAN = """
<https://w3id.org/plangraf/id/{name}/plan> a plan:Plan ; skos:prefLabel "Planen"@nb ; dct:title "Planen"@nb ;
  dct:publisher <https://{name}.example/> ; adms:status plan:Adopted ;
  plan:transcription plan:StrategiesMissing , plan:SDGLinksMissing ;
  dct:language <http://publications.europa.eu/resource/authority/language/NOB> ;
  skos:hasTopConcept <https://w3id.org/plangraf/id/{name}/plan/goal/1> ; dct:source <https://{name}.example/plan> .
<https://w3id.org/plangraf/id/{name}/plan/goal/1> a plan:Goal ; skos:notation "1" ; skos:prefLabel "Målet"@nb ;
  skos:inScheme <https://w3id.org/plangraf/id/{name}/plan> ; dct:source <https://{name}.example/plan> .
<https://{name}.example/> a foaf:Agent ; rdfs:label "Kommunen"@nb ; dct:source <https://{name}.example/om> .
"""


def write(root: Path, folder: str, name: str = "vik", description: str = DESCRIPTION) -> Path:
    """Write a plan to a folder below a root, and return its file."""
    text = PREFIX_LINES + description.format(graph=f"{GRAPH}{name}/plan", name=name) + PLAN.format(name=name)
    (root / folder).mkdir(parents=True)
    file = root / folder / "plan.ttl"
    file.write_text(text, encoding="utf-8")
    return file


def results(*paths: Path) -> list[Result]:
    return list(check_files(list_files(paths), list_files([shipped.DATA])).results)


def shapes_of(found: list[Result]) -> list[str]:
    return sorted(str(result.shape).removeprefix(PREFIXES["psh"]) for result in found)


def test_a_graph_that_describes_itself_has_no_result(tmp_path: Path) -> None:
    assert results(write(tmp_path, "vik/plan")) == []
    assert results(tmp_path) == []


def test_a_graph_with_a_plan_and_no_description_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path, "vik/plan", description="")
    assert shapes_of(results(file)) == ["PlanGraph"]
    [result] = results(tmp_path)
    assert f"<{GRAPH}vik/plan>" in result.messages["en"]


def test_a_graph_without_a_role_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "vik/plan", description=DESCRIPTION.replace("plan:graphRole plan:PublishersText ;", ""))
    assert shapes_of(results(tmp_path)) == ["PlanGraph"]


def test_a_graph_without_a_creator_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "vik/plan", description=DESCRIPTION.replace("dct:creator <https://{name}.example/> ;", ""))
    assert shapes_of(results(tmp_path)) == ["Graph-creator"]


def test_a_graph_without_a_licence_is_a_warning_and_is_built(tmp_path: Path) -> None:
    description = DESCRIPTION.partition("dct:license")[0].rstrip(" ;\n") + " ."
    write(tmp_path / "data", "vik/plan", description=description)
    [result] = results(tmp_path / "data")
    assert (shapes_of([result]), result.severity) == (["Graph-licenceStated"], Severity.WARNING)
    release = build_release([*list_files([tmp_path / "data"]), *list_reference()], tmp_path / "out")
    assert release.manifest.validation["warning"] == 1


@pytest.mark.parametrize(
    "name", ["sdg", "los", "u4ssc", "county", "graph", "derived", "search", "plangraf", "workbook"]
)
def test_a_plan_below_a_name_that_is_taken_is_refused_by_its_address_and_by_its_folder(
    name: str, tmp_path: Path
) -> None:
    by_address = results(write(tmp_path, "alone", name))
    assert "PublisherName" in shapes_of(by_address)
    (message,) = (each.messages["nb"] for each in by_address if str(each.shape).endswith("#PublisherName"))
    assert f"«{name}» kan ikke være navnet på en utgiver" in message
    folder = tmp_path / "data" / name / "plan"
    folder.mkdir(parents=True)
    text = PREFIX_LINES + DESCRIPTION.format(graph=f"{GRAPH}{name}/plan", name="vik") + PLAN.format(name="vik")
    (folder / "plan.ttl").write_text(text, encoding="utf-8")
    assert "PublisherName" in shapes_of(results(tmp_path / "data"))


def test_the_shipped_publishers_and_files_on_their_own_have_no_name_that_is_taken(tmp_path: Path) -> None:
    publishers = {path.parts[-3] for path in shipped.DATA.glob("*/*/plan.ttl")}
    assert publishers
    assert publishers.isdisjoint(reserved_segments())
    alone = write(tmp_path, "vik/plan").rename(tmp_path / "search.ttl")
    assert "PublisherName" not in shapes_of(results(alone))


@pytest.mark.parametrize("named", ["vik", "vik/plan"])
def test_a_folder_that_is_named_too_deep_is_refused_with_the_folder_that_is_due(named: str, tmp_path: Path) -> None:
    write(tmp_path, "vik/plan")
    [result] = results(tmp_path / named)
    assert shapes_of([result]) == ["PlanGraph"]
    assert "Put the file in the folder vik/plan, and name the folder above it" in result.messages["en"]


def test_a_build_knows_the_graph_of_a_file_on_its_own(tmp_path: Path) -> None:
    file = write(tmp_path, "vik/plan")
    with pytest.raises(NonconformingError) as caught:
        build_release([*list_files([file]), *list_reference()], tmp_path / "out")
    assert "Put the file in the folder vik/plan" in caught.value.report_text


def test_two_publishers_do_not_share_a_graph(tmp_path: Path) -> None:
    write(tmp_path / "one", "plan", "vik", DESCRIPTION.replace("<{graph}>", f"<{GRAPH}plan>"))
    write(tmp_path / "two", "plan", "nes", DESCRIPTION.replace("<{graph}>", f"<{GRAPH}plan>"))
    found = results(tmp_path / "one", tmp_path / "two")
    assert "SharedGraph" in shapes_of(found)
    [first, second] = (each for each in found if str(each.shape).endswith("SharedGraph"))
    assert {str(first.focus), str(second.focus)} == {
        "https://w3id.org/plangraf/id/vik/plan",
        "https://w3id.org/plangraf/id/nes/plan",
    }
