import hashlib
from pathlib import Path

import pyoxigraph as ox
import pytest

from plangraf import shipped
from plangraf.errors import NonconformingError
from plangraf.release.build import build_release
from plangraf.release.release import Manifest, Release
from plangraf.sources.dataset import read_dataset
from plangraf.validation.shapes import Shapes

BROKEN = """
@prefix plan: <https://w3id.org/plangraf/ontology#> .
<https://w3id.org/plangraf/id/nowhere/plan> a plan:Plan .
"""


def test_the_shipped_data_conform(release: Release) -> None:
    assert release.manifest.validation["violation"] == 0
    assert release.manifest.validation["warning"] == 0


def test_the_same_data_give_the_same_release(release: Release, shapes: Shapes, tmp_path: Path) -> None:
    again = build_release(read_dataset([shipped.DATA]), shipped.ONTOLOGY, shapes, tmp_path)
    assert again.manifest == release.manifest
    assert again.quads.read_bytes() == release.quads.read_bytes()


def test_blank_nodes_do_not_change_the_release(shapes: Shapes, tmp_path: Path) -> None:
    source = tmp_path / "note.ttl"
    source.write_text('<http://e.org/a> <http://e.org/p> [ <http://e.org/q> "1" ] , [ <http://e.org/q> "2" ] .')
    first, second = (
        build_release(read_dataset([source]), shipped.ONTOLOGY, shapes, tmp_path / name) for name in ("one", "two")
    )
    assert first.manifest.sha256 == second.manifest.sha256


def test_the_manifest_tells_the_truth(release: Release) -> None:
    content = release.quads.read_bytes()
    manifest = release.manifest
    assert manifest.sha256 == hashlib.sha256(content).hexdigest()
    assert manifest.release == manifest.sha256[:12]
    assert manifest.size == len(content)
    store = ox.Store()
    store.bulk_load(content, format=ox.RdfFormat.N_QUADS)
    graphs = [graph for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)]
    counted = {g.value: len(list(store.quads_for_pattern(None, None, None, g))) for g in graphs}
    assert manifest.counts.graphs == counted
    assert manifest.counts.triples == len(list(store.quads_for_pattern(None, None, None, ox.DefaultGraph())))
    assert sum(counted.values()) + manifest.counts.triples == len(store)


def test_the_default_graph_is_the_merge_of_the_named_graphs(shapes: Shapes, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / "data" / name).mkdir(parents=True)
        (tmp_path / "data" / name / "same.ttl").write_text('<http://e.org/a> <http://e.org/p> "stated twice" .')
    release = build_release(read_dataset([tmp_path / "data"]), shipped.ONTOLOGY, shapes, tmp_path / "out")
    lines = [line for line in release.quads.read_text(encoding="utf-8").splitlines() if "stated twice" in line]
    assert len(lines) == 3
    assert sum("graph/" not in line for line in lines) == 1


def test_nothing_is_written_when_the_data_break_the_shapes(shapes: Shapes, tmp_path: Path) -> None:
    source = tmp_path / "broken.ttl"
    source.write_text(BROKEN)
    out = tmp_path / "out"
    with pytest.raises(NonconformingError) as raised:
        build_release(read_dataset([source]), shipped.ONTOLOGY, shapes, out)
    assert "broken.ttl:3" in raised.value.report_text
    assert not out.exists()


def test_the_previous_release_stays_current_when_the_next_fails(shapes: Shapes, tmp_path: Path) -> None:
    source = tmp_path / "note.ttl"
    source.write_text('<http://e.org/a> <http://e.org/p> "1" .')
    good = build_release(read_dataset([source]), shipped.ONTOLOGY, shapes, tmp_path / "out")
    source.write_text(BROKEN)
    with pytest.raises(NonconformingError):
        build_release(read_dataset([source]), shipped.ONTOLOGY, shapes, tmp_path / "out")
    assert Release.open(tmp_path / "out").manifest == good.manifest
    assert {path.name for path in (tmp_path / "out").iterdir()} == {good.manifest.release, "current"}


def test_a_new_release_becomes_current_and_the_old_one_stays(shapes: Shapes, tmp_path: Path) -> None:
    source = tmp_path / "note.ttl"
    manifests: list[Manifest] = []
    for text in ("1", "2"):
        source.write_text(f'<http://e.org/a> <http://e.org/p> "{text}" .')
        release = build_release(read_dataset([source]), shipped.ONTOLOGY, shapes, tmp_path / "out")
        manifests.append(release.manifest)
    assert Release.open(tmp_path / "out").manifest == manifests[1]
    assert Release.open(tmp_path / "out" / manifests[0].release).manifest == manifests[0]
    assert not (tmp_path / "out" / "current").readlink().is_absolute()
