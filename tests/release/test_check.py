from pathlib import Path

from plangraf.release.check import check_files
from plangraf.sources.dataset import list_files

PREFIXES = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix e: <http://e.org/> ."
SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://e.org/S> a sh:PropertyShape ; sh:targetSubjectsOf skos:exactMatch ; sh:path skos:exactMatch ;
  sh:class skos:Concept ."""


def test_files_are_checked_with_what_they_point_to_in_the_context(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(SHAPES)
    own, other = tmp_path / "own.ttl", tmp_path / "other.ttl"
    own.write_text(f"{PREFIXES} e:a skos:exactMatch e:b .")
    other.write_text(f"{PREFIXES} e:b a skos:Concept . e:c skos:exactMatch e:nothing .")
    assert not check_files(list_files([own]), shapes=(shapes,)).conforms
    report = check_files(list_files([own]), list_files([other]), shapes=(shapes,))
    assert report.conforms  # and what is wrong in the context itself is not reported


def test_a_reference_file_of_the_same_name_is_looked_up_all_the_same(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(SHAPES)
    for folder, text in (("new", "e:a skos:exactMatch e:b ."), ("old", "e:b a skos:Concept .")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.ttl").write_text(f"{PREFIXES} {text}")
    new, old = (list_files([tmp_path / folder / "plan.ttl"]) for folder in ("new", "old"))
    assert not check_files(new, shapes=(shapes,)).conforms
    assert check_files(new, old, shapes=(shapes,)).conforms


def test_the_reference_adds_nothing_to_what_the_files_describe(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <http://e.org/S> a sh:PropertyShape ; sh:targetClass skos:Concept ;
          sh:path skos:prefLabel ; sh:maxCount 1 ."""
    )
    own, other = tmp_path / "own.ttl", tmp_path / "other.ttl"
    own.write_text(f"{PREFIXES} e:a a skos:Concept ; skos:prefLabel 'ours' .")
    other.write_text(f"{PREFIXES} e:a skos:prefLabel 'theirs' .")
    assert check_files(list_files([own]), list_files([other]), shapes=(shapes,)).conforms
    assert not check_files(list_files([own, other]), shapes=(shapes,)).conforms


def test_a_file_that_is_validated_is_not_its_own_reference(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(SHAPES)
    own = tmp_path / "own.ttl"
    own.write_text(f"{PREFIXES} e:a skos:exactMatch e:b .")
    assert not check_files(list_files([own]), list_files([own]), shapes=(shapes,)).conforms
