import asyncio
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.engines import running

from plangraf.linkeddata.measures import BY_KEY, MEASURES, QUERIES, Kind
from plangraf.linkeddata.quality import PlanQuality, find, measure
from plangraf.linkeddata.release_store import ReleaseStore
from plangraf.namespaces import expand
from plangraf.release.release import Release

PREFIXES = """
@prefix dct: <http://purl.org/dc/terms/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix plan: <https://w3id.org/plangraf/ontology#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix sdg: <http://metadata.un.org/sdg/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <http://e.org/> .
"""
# A plan without a fault, and one with every fault that is looked for.
GOOD = """
<good> a plan:Plan ; skos:hasTopConcept <good/1> ; plan:transcription plan:HasNoStrategies , plan:HasNoSDGLinks .
<good/1> a plan:Goal ; skos:inScheme <good> ; skos:prefLabel "Ein"@nn , "En"@nb , "One"@en ;
  skos:definition "Alt"@nb ; skos:narrower <good/1.1> ; plan:contributesToSDG sdg:1 ; dct:source <doc> .
<good/1.1> a plan:Goal ; skos:inScheme <good> ; skos:prefLabel "To"@nn , "Toen"@nb , "Two"@en ; skos:note "Mer"@nb ;
  skos:broader <good/1> ; plan:contributesToSDG sdg:2 ; prov:wasRevisionOf <bad/1> ; dct:source <doc> .
<claim/1> owl:annotatedSource <good/1> ; owl:annotatedTarget sdg:1 ; plan:basis plan:StatedInPlan .
<claim/2> owl:annotatedSource <good> ; owl:annotatedTarget sdg:1 ; plan:basis plan:Editorial .
<claim/3> owl:annotatedSource <good/1> ; owl:annotatedTarget <http://e.org/theme> ; plan:basis plan:Editorial .
<other> skos:relatedMatch <good/1> , <good/1.1> .
"""
BAD = """
<bad> a plan:Plan ; plan:transcription plan:StrategiesMissing .
<bad/1> a plan:Goal ; skos:inScheme <bad> ; skos:prefLabel "Likt"@nb ; skos:broader <bad/2> ; dct:source <doc> .
<bad/2> a plan:Goal ; skos:inScheme <bad> ; skos:prefLabel "Likt"@nb ; skos:broader <bad/1> ; skos:related <bad/3> .
<bad/3> a plan:Goal ; skos:inScheme <bad> ; skos:prefLabel "Mål 3 (mangler)"@nb ; skos:broader <bad/1> ;
  plan:transcription plan:TitleMissing .
<bad/4> a plan:Strategy ; skos:inScheme <bad> ; skos:prefLabel " "@en , "Uten merke" .
<bad/5> a plan:Goal ; skos:inScheme <bad> ; skos:prefLabel "Fem"@nb ; plan:transcription plan:StatementMissing .
<top> a plan:Plan ; skos:hasTopConcept <top/1> .
<top/1> a plan:Goal ; skos:inScheme <top> ; skos:prefLabel "Topp"@nb ; skos:broader <top/2> .
<top/2> a plan:Goal ; skos:inScheme <top> ; skos:prefLabel "Over"@nb .
"""


@pytest.fixture
def quads(tmp_path: Path) -> Path:
    """Return the plans above in a graph each, of which the good one says where it is from."""
    found = []
    for name, text in (("good", GOOD), ("bad", BAD)):
        graph = ox.NamedNode(f"http://e.org/graph/{name}")
        for quad in ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE):
            found += [quad, ox.Quad(quad.subject, quad.predicate, quad.object, graph)]
    origin = ox.NamedNode(expand("prov:wasDerivedFrom"))
    found.append(ox.Quad(ox.NamedNode("http://e.org/graph/good"), origin, ox.NamedNode("http://e.org/pdf")))
    path = tmp_path / "quads.nq"
    ox.serialize(found, str(path), format=ox.RdfFormat.N_QUADS)
    return path


def _measure(quads: Path, *names: str) -> list[PlanQuality]:
    return list(measure(_store(quads), [f"http://e.org/{name}" for name in names]))


def _store(quads: Path) -> ReleaseStore:
    with quads.open("rb") as lines:
        return ReleaseStore(lines)


def test_a_plan_without_fault_has_no_findings(quads: Path) -> None:
    (good,) = _measure(quads, "good")
    assert {m.key: good.value(m) for m in MEASURES if m.better == "fewer" and good.value(m)} == {}
    shares = {m.key: good.value(m) for m in MEASURES if m.kind == Kind.SHARE}
    assert set(shares.values()) == {1}
    assert good.counts["concepts"] == good.counts["goals"] == 2


def test_stated_and_editorial_links_are_counted_apart_and_only_to_the_sdgs(quads: Path) -> None:
    (good,) = _measure(quads, "good")
    assert (good.counts["stated-links"], good.counts["editorial-links"]) == (1, 1)


def test_each_fault_is_found_once_in_the_plan_that_has_it(quads: Path) -> None:
    bad, good, top = _measure(quads, "good", "bad", "top")
    assert bad.counts == {
        "concepts": 5,
        "goals": 4,
        "statements": 23,
        "titles-missing": 1,
        "statements-missing": 1,
        "parts-missing": 1,
        "unsourced-concepts": 4,
        "unsourced-statements": 18,
        "stated-links": 0,
        "editorial-links": 0,
        "goals-without-sdg-link": 4,
        "without-label-nb": 2,
        "without-label-nn": 5,
        "without-label-en": 4,
        "omitted-or-invalid-language-tags": 1,
        "empty-labels": 1,
        "overlapping-labels": 1,
        "undocumented-concepts": 5,
        "orphan-concepts": 2,
        "cyclic-hierarchical-relations": 2,
        "valueless-associative-relations": 1,
        "omitted-top-concepts": 1,
        "top-concepts-having-broader-concepts": 0,
        "missing-out-links": 5,
        "missing-in-links": 4,
    }
    assert bad.value(BY_KEY["strategies-missing"]) is True
    assert bad.value(BY_KEY["goals-missing"]) is False
    assert top.counts["top-concepts-having-broader-concepts"] == 1
    assert good.plan.endswith("good")


def test_a_share_of_nothing_has_no_value(tmp_path: Path) -> None:
    path = tmp_path / "quads.nq"
    path.write_text("")
    (empty,) = _measure(path, "nothing")
    assert {empty.value(m) for m in MEASURES if m.kind == Kind.SHARE} == {None}


def test_what_is_found_is_told(quads: Path) -> None:
    async def ask() -> dict[str, list[tuple[str, ...]]]:
        async with running(quads) as engine:
            return await find(engine, ["overlapping-labels", "titles-missing", "parts-missing"], "http://e.org/bad")

    assert asyncio.run(ask()) == {
        "overlapping-labels": [("http://e.org/bad/1", "http://e.org/bad/2")],
        "titles-missing": [("http://e.org/bad/3",)],
        "parts-missing": [(expand("plan:StrategiesMissing"),)],
    }


def test_what_is_counted_is_what_is_found_in_the_shipped_plans(release: Release) -> None:
    async def ask() -> Iterable[tuple[PlanQuality, dict[str, list[tuple[str, ...]]]]]:
        async with running(release.quads) as engine:
            return [(quality, await find(engine, QUERIES, quality.plan)) for quality in qualities]

    qualities = list(measure(_store(release.quads)))
    assert tuple(quality.plan for quality in qualities) == release.manifest.plans

    several = {"statements", "unsourced-statements", "stated-links", "editorial-links"}
    for quality, found in asyncio.run(ask()):
        alone = {name: len(things) for name, things in found.items() if name not in several}
        assert alone == {name: count for name, count in quality.counts.items() if name not in several}


def test_counts_of_the_shipped_plans_are_those_of_the_quads(release: Release) -> None:
    dataset = ox.Store()
    dataset.bulk_load(path=str(release.quads), format=ox.RdfFormat.N_QUADS)
    default = ox.DefaultGraph()
    scheme, missing = ox.NamedNode(expand("skos:inScheme")), ox.NamedNode(expand("plan:transcription"))
    expected = {}
    for plan in release.manifest.plans:
        concepts = [q.subject for q in dataset.quads_for_pattern(None, scheme, ox.NamedNode(plan), default)]
        title = ox.NamedNode(expand("plan:TitleMissing"))
        expected[plan] = (
            len(concepts),
            sum(1 for c in concepts if list(dataset.quads_for_pattern(c, missing, title, default))),
        )

    found = measure(_store(release.quads))
    assert {
        quality.plan: (quality.counts["concepts"], quality.counts["titles-missing"]) for quality in found
    } == expected


def test_all_plans_at_once_are_measured_as_each_alone(quads: Path) -> None:
    every = list(measure(_store(quads)))
    assert [quality.plan for quality in every] == [f"http://e.org/{name}" for name in ("bad", "good", "top")]
    assert every == [quality for name in ("bad", "good", "top") for quality in _measure(quads, name)]


AREA = """
<area> a plan:Plan ; plan:transcription plan:MeasuresMissing , plan:HasNoStrategies , plan:IndicatorsMissing .
<area/1> a plan:FocusArea ; skos:inScheme <area> ; skos:prefLabel "Område"@nb .
<area/2> a plan:Goal ; skos:inScheme <area> ; skos:prefLabel "Mål"@nb ; skos:broader <area/1> .
<area/3> a plan:Strategy ; skos:inScheme <area> ; skos:prefLabel "Strategi"@nb .
<area/4> a plan:Measure ; skos:inScheme <area> ; skos:prefLabel "Tiltak"@nb ; plan:implements <area/3> .
"""


def test_focus_areas_are_measured_with_goals_and_measures_are_tied_to_strategies(tmp_path: Path) -> None:
    path = tmp_path / "quads.nq"
    triples = [quad.triple for quad in ox.parse(PREFIXES + AREA, format=ox.RdfFormat.TURTLE)]
    ox.serialize(triples, str(path), format=ox.RdfFormat.N_TRIPLES)
    (area,) = _measure(path, "area")
    assert (area.counts["goals"], area.counts["goals-without-sdg-link"], area.counts["concepts"]) == (2, 2, 4)
    assert area.counts["orphan-concepts"] == 0
    assert area.counts["parts-missing"] == 2
    flags = {m.key for m in MEASURES if m.kind == Kind.FLAG and area.value(m)}
    assert flags == {"measures-missing", "indicators-missing"}
