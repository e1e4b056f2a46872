from pathlib import Path

import pytest

from plangraf.errors import InputError
from plangraf.sources.dataset import Dataset, read_dataset

TRIPLE = "<https://example.org/a> <https://example.org/b> <https://example.org/c> ."


def write(file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(TRIPLE, encoding="utf-8")
    return file


def graphs(dataset: Dataset) -> list[str]:
    return [
        str(quad.graph_name).strip("<>").removeprefix("https://w3id.org/plangraf/graph/") for quad in dataset.quads()
    ]


@pytest.mark.parametrize(
    ("name", "graph"),
    [
        ("trondheim/samfunnsplan/plan.ttl", "trondheim/samfunnsplan"),
        ("trondheim/samfunnsplan/editorial/links.nt", "trondheim/samfunnsplan/editorial"),
        ("trondheim/organisation.ttl", "trondheim"),
        ("sdg.nq", "sdg"),
        ("bodø kommune/plan.ttl", "bod%C3%B8%20kommune"),
    ],
)
def test_a_folder_is_a_graph(name: str, graph: str, tmp_path: Path) -> None:
    write(tmp_path / name)
    assert graphs(read_dataset([tmp_path])) == [graph]


def test_a_file_given_by_its_path_has_the_graph_of_its_name(tmp_path: Path) -> None:
    file = write(tmp_path / "trondheim" / "plan-2032.ttl")
    assert graphs(read_dataset([file])) == ["plan-2032"]


def test_files_of_one_folder_share_its_graph_and_come_in_order(tmp_path: Path) -> None:
    second, first = write(tmp_path / "sdg" / "targets.ttl"), write(tmp_path / "sdg" / "goals.ttl")
    dataset = read_dataset([tmp_path])
    assert [file.path for file in dataset.files] == [first, second]
    assert graphs(dataset) == ["sdg", "sdg"]


def test_other_files_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "plan.ttl")
    write(tmp_path / "README.md")
    write(tmp_path / "queries" / "1.rq")
    assert [file.path.name for file in read_dataset([tmp_path]).files] == ["plan.ttl"]


def test_several_paths_are_read_in_their_order(tmp_path: Path) -> None:
    folder, file = write(tmp_path / "b" / "plan" / "plan.ttl").parents[1], write(tmp_path / "a.ttl")
    assert graphs(read_dataset([folder, file])) == ["plan", "a"]


def test_no_paths_are_an_empty_dataset() -> None:
    assert list(read_dataset([]).quads()) == []


def test_an_empty_folder_is_an_error_that_says_what_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is a folder without RDF files \(looked for \.ttl, ") as caught:
        read_dataset([tmp_path])
    assert caught.value.path == tmp_path


def test_a_missing_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_dataset([tmp_path / "plan.ttl"])


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_dataset([tmp_path / "plans"])
    assert caught.value.path == tmp_path / "plans"


def test_a_broken_file_in_a_folder_is_named(tmp_path: Path) -> None:
    write(tmp_path / "a.ttl")
    broken = tmp_path / "b" / "c.ttl"
    broken.parent.mkdir()
    broken.write_text("x", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_dataset([tmp_path])
    assert caught.value.path == broken
