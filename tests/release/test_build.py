import hashlib
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pyoxigraph as ox
import pytest

from plangraf import shipped
from plangraf.errors import InputError, NonconformingError
from plangraf.namespaces import DERIVED_GRAPH, GRAPH, expand
from plangraf.release import write
from plangraf.release.build import build_release
from plangraf.release.release import Manifest, Release
from plangraf.search.index_build import index_release
from plangraf.sources.dataset import ListedFile, list_files

# Whom every release names as the maker of what is derived.
MAKER = ListedFile(shipped.DATA / "plangraf" / "organisation.ttl", f"{GRAPH}plangraf")
BROKEN = """
@prefix plan: <https://w3id.org/plangraf/ontology#> .
<https://w3id.org/plangraf/id/nowhere/plan> a plan:Plan .
"""


def _undated(manifest: Manifest) -> Manifest:
    """Return what a manifest says of the data: the date is not theirs."""
    return manifest.model_copy(update={"built": None})


def test_the_shipped_data_conform(release: Release) -> None:
    assert release.manifest.validation["violation"] == 0
    assert release.manifest.validation["warning"] == 0


def test_the_same_data_give_the_same_release(release: Release, tmp_path: Path) -> None:
    again = build_release(list_files([shipped.DATA]), tmp_path, make_files=index_release)
    assert _undated(again.manifest) == _undated(release.manifest)
    assert again.quads.read_bytes() == release.quads.read_bytes()


def test_blank_nodes_do_not_change_the_release(tmp_path: Path) -> None:
    source = tmp_path / "note.ttl"
    source.write_text('<http://e.org/a> <http://e.org/p> [ <http://e.org/q> "1" ] , [ <http://e.org/q> "2" ] .')
    first, second = (build_release([MAKER, *list_files([source])], tmp_path / name) for name in ("one", "two"))
    assert first.manifest.sha256 == second.manifest.sha256


def test_the_manifest_tells_the_truth(release: Release) -> None:
    content = release.quads.read_bytes()
    manifest = release.manifest
    assert manifest.sha256 == hashlib.sha256(content).hexdigest()
    assert manifest.release == f"r{manifest.sha256[:12]}"
    assert manifest.size == len(content)
    store = ox.Store()
    store.bulk_load(content, format=ox.RdfFormat.N_QUADS)
    graphs = [graph for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)]
    counted = {g.value: len(list(store.quads_for_pattern(None, None, None, g))) for g in graphs}
    assert manifest.counts.graphs == counted
    assert manifest.counts.triples == len(list(store.quads_for_pattern(None, None, None, ox.DefaultGraph())))
    assert sum(counted.values()) + manifest.counts.triples == len(store)


def test_the_default_graph_is_the_merge_of_the_named_graphs(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / "data" / name).mkdir(parents=True)
        (tmp_path / "data" / name / "same.ttl").write_text('<http://e.org/a> <http://e.org/p> "stated twice" .')
    release = build_release([MAKER, *list_files([tmp_path / "data"])], tmp_path / "out")
    lines = [line for line in release.quads.read_text(encoding="utf-8").splitlines() if "stated twice" in line]
    assert len(lines) == 3
    assert sum("graph/" not in line for line in lines) == 1


def test_nothing_is_written_when_the_data_break_the_shapes(tmp_path: Path) -> None:
    source = tmp_path / "broken.ttl"
    source.write_text(BROKEN)
    out = tmp_path / "out"
    with pytest.raises(NonconformingError) as raised:
        build_release([MAKER, *list_files([source])], out)
    assert "broken.ttl:3" in raised.value.report_text
    assert not out.exists()


def test_the_previous_release_stays_current_when_the_next_fails(tmp_path: Path) -> None:
    source = tmp_path / "note.ttl"
    source.write_text('<http://e.org/a> <http://e.org/p> "1" .')
    good = build_release([MAKER, *list_files([source])], tmp_path / "out")
    source.write_text(BROKEN)
    with pytest.raises(NonconformingError):
        build_release([MAKER, *list_files([source])], tmp_path / "out")
    assert Release.open(tmp_path / "out").manifest == good.manifest
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {good.manifest.release, "current", "changes.sqlite", "history.jsonl", "ledger.txt", "lock"}


def test_a_new_release_becomes_current_and_the_old_one_stays(tmp_path: Path) -> None:
    source = tmp_path / "note.ttl"
    manifests: list[Manifest] = []
    for text in ("1", "2"):
        source.write_text(f'<http://e.org/a> <http://e.org/p> "{text}" .')
        release = build_release([MAKER, *list_files([source])], tmp_path / "out")
        manifests.append(release.manifest)
    assert Release.open(tmp_path / "out").manifest == manifests[1]
    assert Release.open(tmp_path / "out" / manifests[0].release).manifest == manifests[0]
    assert not (tmp_path / "out" / "current").readlink().is_absolute()


def plans(folder: Path, number: int) -> None:
    for each in range(1, number + 1):
        (folder / f"publisher-{each}").mkdir(parents=True)
        (folder / f"publisher-{each}" / "plan.ttl").write_text(
            f'<http://e.org/{each}> <http://e.org/p> "{each}" ; <http://e.org/of> <http://e.org/1> .'
        )


def test_the_derived_graph_says_what_it_is(release: Release) -> None:
    store = ox.Store()
    store.bulk_load(release.quads.read_bytes(), format=ox.RdfFormat.N_QUADS)
    graph = ox.NamedNode(DERIVED_GRAPH)
    said = {quad.predicate.value for quad in store.quads_for_pattern(graph, None, None, graph)}
    assert {expand("plan:graphRole"), expand("dct:creator"), expand("dct:license")} <= said


def test_a_part_that_has_not_changed_is_taken_over(tmp_path: Path) -> None:
    plans(tmp_path / "data", 3)
    out = tmp_path / "out"
    build_release([MAKER, *list_files([tmp_path / "data"])], out)
    done: list[tuple[int, int]] = []
    (tmp_path / "data" / "publisher-2" / "plan.ttl").write_text('<http://e.org/2> <http://e.org/p> "other" .')
    again = build_release([MAKER, *list_files([tmp_path / "data"])], out, lambda made, of: done.append((made, of)))
    anew = build_release([MAKER, *list_files([tmp_path / "data"])], tmp_path / "elsewhere")
    assert _undated(again.manifest) == _undated(anew.manifest)
    assert again.quads.read_bytes() == anew.quads.read_bytes()
    assert done == [(6, 6)]  # the others were there before the first was made


def test_what_other_code_has_built_is_built_anew(tmp_path: Path) -> None:
    plans(tmp_path / "data", 3)
    files = [MAKER, *list_files([tmp_path / "data"])]
    done: list[tuple[int, int]] = []

    def build() -> Release:
        done.clear()
        return build_release(files, tmp_path / "out", lambda built, of: done.append((built, of)))

    release = build()
    build()
    assert done == []  # every part was reused
    records = release.path / "parts.json"
    content = records.read_bytes()
    digest = orjson.loads(content)["build_digest"].encode()
    records.chmod(0o644)
    records.write_bytes(content.replace(digest, hashlib.sha256(b"other code").hexdigest().encode()))
    again = build()
    assert done == [(6, 6)]
    assert again.manifest == release.manifest
    assert records.read_bytes() == content  # so that the next build reuses every part
    build()
    assert done == []


def test_a_damaged_release_is_not_taken_over(tmp_path: Path) -> None:
    plans(tmp_path / "data", 2)
    files = [MAKER, *list_files([tmp_path / "data"])]
    good = build_release(files, tmp_path / "out")
    content = good.quads.read_bytes()
    good.quads.chmod(0o644)
    good.quads.write_bytes(content.replace(b'"2"', b'"3"'))
    (tmp_path / "data" / "publisher-1" / "plan.ttl").write_text('<http://e.org/1> <http://e.org/p> "other" .')
    again = build_release([MAKER, *list_files([tmp_path / "data"])], tmp_path / "out")
    assert b'"2"' in again.quads.read_bytes()
    assert b'"3"' not in again.quads.read_bytes()


def test_a_part_is_validated_again_when_what_it_points_to_has_changed(tmp_path: Path) -> None:
    one, two = tmp_path / "data" / "one", tmp_path / "data" / "two"
    for folder in (one, two):
        folder.mkdir(parents=True)
    one.joinpath("a.ttl").write_text(
        "<http://e.org/a> <http://www.w3.org/2004/02/skos/core#exactMatch> <http://e.org/b> ."
    )
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <http://e.org/S> a sh:NodeShape ; sh:targetSubjectsOf skos:exactMatch ; sh:property <http://e.org/P> .
        <http://e.org/P> a sh:PropertyShape ; sh:path skos:exactMatch ; sh:class skos:Concept ."""
    )
    concept = "<http://e.org/b> a <http://www.w3.org/2004/02/skos/core#{}> ."
    out = tmp_path / "out"
    two.joinpath("b.ttl").write_text(concept.format("Concept"))
    good = build_release([MAKER, *list_files([tmp_path / "data"])], out, shapes=(shapes,))
    two.joinpath("b.ttl").write_text(concept.format("Collection"))
    with pytest.raises(NonconformingError) as raised:
        build_release([MAKER, *list_files([tmp_path / "data"])], out, shapes=(shapes,))
    assert "http://e.org/a" in raised.value.report_text
    assert Release.open(out).manifest == good.manifest


def test_what_another_part_states_of_a_thing_counts_for_its_shapes(tmp_path: Path) -> None:
    for name, label in (("one", "Målet"), ("two", "Et annet navn")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.ttl").write_text(
            f'<http://e.org/a> <http://www.w3.org/2004/02/skos/core#prefLabel> "{label}"@nb .', encoding="utf-8"
        )
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <http://e.org/P> a sh:PropertyShape ; sh:targetSubjectsOf skos:prefLabel ; sh:path skos:prefLabel ;
          sh:uniqueLang true ."""
    )
    files = list_files([tmp_path / "one", tmp_path / "two"])
    assert build_release(files[:1], tmp_path / "out", shapes=(shapes,))
    apart = [ListedFile(file.path, f"{file.graph}-{number}") for number, file in enumerate(files)]
    with pytest.raises(NonconformingError):
        build_release(apart, tmp_path / "out", shapes=(shapes,))


def test_many_plans_are_made_in_processes_of_their_own_and_come_out_the_same(tmp_path: Path) -> None:
    filler = "# " + "x" * 100_000 + "\n"
    plans(tmp_path / "data", 50)
    few = build_release([MAKER, *list_files([tmp_path / "data"])], tmp_path / "one")
    for file in (tmp_path / "data").rglob("*.ttl"):
        file.write_text(filler + file.read_text())
    many = build_release([MAKER, *list_files([tmp_path / "data"])], tmp_path / "two")
    assert many.quads.read_bytes() == few.quads.read_bytes()
    (tmp_path / "data" / "publisher-7" / "plan.ttl").write_text("<http://e.org/7> <http://e.org/p> .")
    with pytest.raises(InputError, match=r"publisher-7/plan\.ttl:1"):
        build_release([MAKER, *list_files([tmp_path / "data"])], tmp_path / "two")


def test_a_release_has_the_date_when_it_was_first_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "note.ttl"
    source.write_text('<http://e.org/a> <http://e.org/p> "1" .')
    before = datetime.now(UTC).replace(microsecond=0)
    first = build_release([MAKER, *list_files([source])], tmp_path / "out")
    assert first.manifest.built is not None
    assert before <= first.manifest.built <= datetime.now(UTC)
    assert '"built": "20' in (first.path / "manifest.json").read_text()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    again = build_release([MAKER, *list_files([source])], tmp_path / "out")
    assert again.manifest == first.manifest
    elsewhere = build_release([MAKER, *list_files([source])], tmp_path / "elsewhere")
    assert elsewhere.manifest.built == datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)
    assert elsewhere.manifest.release == first.manifest.release
    assert '"built": "1970-01-01T00:00:01Z"' in (elsewhere.path / "manifest.json").read_text()


@pytest.mark.parametrize("text", ["yesterday", "1.5", "-1", "99999999999999", "9" * 400])
def test_a_date_that_is_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", text)
    with pytest.raises(InputError, match="SOURCE_DATE_EPOCH"):
        build_release([MAKER], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_build_keeps_to_the_release_that_was_current_when_it_began(tmp_path: Path) -> None:
    """Another build makes another release current while parts of the first are still to be copied."""
    data, out, fresh = tmp_path / "data", tmp_path / "out", tmp_path / "fresh"
    plans(data, 6)
    build_release([MAKER, *list_files([data])], out)
    (data / "publisher-6" / "plan.ttl").write_text('<http://e.org/6> <http://e.org/p> "changed" .')
    others = [data / f"publisher-{number}" for number in (2, 4, 6)]
    interrupted: list[bool] = []

    def build_another(_: int, __: int) -> None:
        if not interrupted:
            interrupted.append(True)
            build_release([MAKER, *list_files(others)], out)

    release = build_release([MAKER, *list_files([data])], out, build_another)
    assert interrupted
    assert release.quads.read_bytes() == build_release([MAKER, *list_files([data])], fresh).quads.read_bytes()


def test_a_damaged_release_is_replaced_by_a_build(tmp_path: Path) -> None:
    source, out = tmp_path / "note.ttl", tmp_path / "out"
    source.write_text('<http://e.org/a> <http://e.org/p> "1" .')
    good = build_release([MAKER, *list_files([source])], out)
    content = good.quads.read_bytes()
    good.quads.chmod(0o644)
    good.quads.write_bytes(content[:-10])
    with pytest.raises(InputError, match="build the release again"):
        Release.open(out)
    build_release([MAKER, *list_files([source])], out)
    assert Release.open(out).quads.read_bytes() == content


def test_a_release_that_other_code_builds_again_has_the_manifest_of_that_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "note.ttl"
    source.write_text('<http://e.org/a> <http://e.org/p> "1" .')
    first = build_release([MAKER, *list_files([source])], tmp_path / "out")
    monkeypatch.setattr(write, "__version__", "9.9.9")
    second = build_release([MAKER, *list_files([source])], tmp_path / "out")
    assert Release.open(tmp_path / "out").manifest == second.manifest
    assert second.manifest == first.manifest.model_copy(update={"software": "9.9.9"})
