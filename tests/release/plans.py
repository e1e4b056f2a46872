"""Releases of small plans that a test writes, built without shapes."""

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from plangraf import shipped
from plangraf.namespaces import BASE, GRAPH, PREFIXES
from plangraf.release.build import build_release
from plangraf.release.release import Release
from plangraf.sources.dataset import ListedFile, list_files

NO_SHAPES = (
    "@prefix sh: <http://www.w3.org/ns/shacl#> . <http://e.org/S> a sh:NodeShape ; sh:targetClass sh:Nothing ."
)
HEADER = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items()) + f"BASE <{BASE}/>\n"
PLAN = """
<graph/a/p> a prov:Entity ; plan:graphRole plan:PublishersText ; dct:title "Graf"@nb ; dct:creator <id/a> ;
  dct:license <http://e.org/licence> .
<id/a/p> a plan:Plan ; skos:prefLabel "Løftet"@nb , "The Promise"@en ; skos:hasTopConcept <id/a/p/goal/1> .
<id/a/p/goal/1> a plan:Goal ; skos:inScheme <id/a/p> .
<id/a/p/goal/1.1> a plan:Goal ; skos:inScheme <id/a/p> ; skos:broader <id/a/p/goal/1> ; skos:broadMatch sdg:13.2 .
<id/a/p/challenge/1> a plan:Challenge ; skos:inScheme <id/a/p> .
"""
"""A plan that two goals, one below the other, and a challenge are in."""


def build(folder: Path, files: Mapping[str, str], out: str = "out") -> Release:
    """Build a release of the SDGs and of files of Turtle with our prefixes, whose paths in `folder` are given."""
    for name, text in files.items():
        path = folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEADER + text, encoding="utf-8")
    shapes = folder / "shapes.ttl"
    shapes.write_text(NO_SHAPES)
    sdg = [ListedFile(path, f"{GRAPH}sdg") for path in sorted((shipped.DATA / "sdg").glob("*.ttl"))]
    return build_release([*sdg, *list_files([folder / "data"])], folder / out, shapes=(shapes,))


def loaded(release: Release) -> ox.Store:
    """Return a store with the quads of a release."""
    store = ox.Store()
    store.bulk_load(path=str(release.quads), format=ox.RdfFormat.N_QUADS)
    return store


def rows(store: ox.Store, query: str) -> set[tuple[str, ...]]:
    """Return the solutions of a SELECT query as texts, without the canonical base."""
    found = store.query(HEADER + query)
    assert isinstance(found, ox.QuerySolutions)
    return {tuple(value.value.removeprefix(f"{BASE}/") if value else "" for value in each) for each in found}
