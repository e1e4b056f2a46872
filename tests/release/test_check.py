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


def test_a_part_of_the_context_gives_way_to_the_files(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(SHAPES)
    for folder, text in (("new", "e:a skos:exactMatch e:b ."), ("old", "e:b a skos:Concept .")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.ttl").write_text(f"{PREFIXES} {text}")
    new, old = (list_files([tmp_path / folder / "plan.ttl"]) for folder in ("new", "old"))
    assert not check_files(new, old, shapes=(shapes,)).conforms
