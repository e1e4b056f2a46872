"""The SDG scheme, held against the UN's own edition of 2019 and the codes of 2025."""

import csv
import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from plangraf.namespaces import PREFIXES, SDG
from plangraf.release.release import Release

HEADER = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
EDITION = "<https://w3id.org/plangraf/id/sdg/edition/{}>"


@pytest.fixture(scope="module")
def ours(release: Release) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=str(release.quads), format=ox.RdfFormat.N_QUADS)
    return store


@pytest.fixture(scope="module")
def theirs(conformance: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=str(conformance / "un-sdg" / "sdg-kos-goals-targets-indicators.ttl"))
    return store


def pairs(store: ox.Store, query: str) -> set[tuple[str, ...]]:
    found = store.query(HEADER + query)
    assert isinstance(found, ox.QuerySolutions)
    return {tuple("" if value is None else value.value for value in solution) for solution in found}


@pytest.mark.parametrize(("kind", "count"), [("Goal", 17), ("Target", 169)])
def test_goals_and_targets_are_the_uns(ours: ox.Store, theirs: ox.Store, kind: str, count: int) -> None:
    query = f"SELECT ?c {{ ?c a sdgo:{kind} }}"
    assert pairs(ours, query) == pairs(theirs, query)
    assert len(pairs(ours, query)) == count


def test_targets_stand_below_the_uns_goals(ours: ox.Store, theirs: ox.Store) -> None:
    query = "SELECT ?t ?g { ?t a sdgo:Target ; skos:broader ?g }"
    assert pairs(ours, query) == pairs(theirs, query)


def test_the_goals_are_the_same_in_wikidata_and_elsewhere_as_the_un_says(ours: ox.Store, theirs: ox.Store) -> None:
    query = "SELECT ?g ?same { ?g a sdgo:Goal ; skos:exactMatch ?same }"
    assert pairs(ours, query) == pairs(theirs, query)
    assert len(pairs(ours, query)) == 34


def test_the_edition_of_2019_holds_the_uns_codes(ours: ox.Store, theirs: ox.Store) -> None:
    mine = pairs(ours, f"SELECT ?i {{ {EDITION.format(2019)} skos:member ?i }}")
    assert mine == pairs(theirs, "SELECT ?i { ?i a sdgo:Indicator }")
    assert len(mine) == 232


def test_an_indicator_that_did_not_change_stands_below_the_uns_targets(ours: ox.Store, theirs: ox.Store) -> None:
    query = "SELECT ?i ?t { ?i a sdgo:Indicator ; skos:broader ?t }"
    known = {code for code, _ in pairs(theirs, query)}
    differing = {pair for pair in pairs(ours, query) if pair[0] in known} ^ pairs(theirs, query)
    assert differing == set()


def test_editions_codes_and_retirements_agree(ours: ox.Store) -> None:
    new = pairs(ours, f"SELECT ?i {{ {EDITION.format(2025)} skos:member ?i }}")
    old = pairs(ours, f"SELECT ?i {{ {EDITION.format(2019)} skos:member ?i }}")
    retired = pairs(ours, "SELECT ?i { ?i a sdgo:Indicator ; owl:deprecated true }")
    assert (len(new), len(new - old), len(old - new)) == (234, 25, 23)
    assert retired == old - new
    assert pairs(ours, "SELECT ?new { sdg:C110601 dct:isReplacedBy ?new }") == {(SDG + "C110603",)}


def test_the_edition_of_2025_holds_the_codes_and_numbers_of_the_uns_list(ours: ox.Store, conformance: Path) -> None:
    listed = conformance.parent / "facts" / "sdg_indicators_2025.tsv"
    if not listed.is_file():
        if os.environ.get("CI") == "true":
            pytest.fail(f"no {listed}")
        pytest.skip(f"no {listed}")  # the gate, with CI=true, has failed above
    with listed.open(encoding="utf-8", newline="") as lines:
        table = {
            (f"{SDG}{row['code']}", number)
            for row in csv.DictReader(lines, delimiter="\t")
            for number in row["numbers"].split()
        }
    query = f"SELECT ?i ?n {{ {EDITION.format(2025)} skos:member ?i . ?i skos:notation ?n }}"
    assert pairs(ours, query) == table
    in_force = pairs(ours, f"SELECT ?i {{ {EDITION.format(2025)} skos:member ?i . ?i owl:deprecated true }}")
    assert in_force == set()


def test_a_replacement_is_in_force_and_has_the_same_number(ours: ox.Store) -> None:
    wrong = pairs(
        ours,
        f"""SELECT ?old {{
          ?old a sdgo:Indicator ; dct:isReplacedBy ?new .
          FILTER (NOT EXISTS {{ ?old skos:notation ?n . ?new skos:notation ?n }}
            || NOT EXISTS {{ {EDITION.format(2025)} skos:member ?new }})
        }}""",
    )
    assert wrong == set()


def test_an_indicators_targets_are_those_of_its_numbers(ours: ox.Store) -> None:
    """Hold each number against the target: 13.2.1 stands below 13.2."""
    found = pairs(ours, "SELECT ?i ?n ?t { ?i a sdgo:Indicator ; skos:notation ?n ; skos:broader/skos:notation ?t }")
    targets: dict[str, set[str]] = {}
    numbers: dict[str, set[str]] = {}
    for indicator, number, target in found:
        targets.setdefault(indicator, set()).add(target)
        numbers.setdefault(indicator, set()).add(number.rpartition(".")[0])
    assert targets == numbers


def test_the_labels_of_targets_are_ours_marked_so_and_not_the_uns(ours: ox.Store, theirs: ox.Store) -> None:
    query = "SELECT ?t ?l { ?t a sdgo:Target ; skos:prefLabel ?l FILTER (LANG(?l) = 'en') }"
    assert len(pairs(ours, query)) == 169
    assert not {label.casefold() for _, label in pairs(ours, query)} & {
        label.casefold() for _, label in pairs(theirs, query)
    }
    marked = pairs(ours, "SELECT ?t { ?t a sdgo:Target ; plan:wording plan:InOurWords }")
    assert len(marked) == 169


def test_labels_are_unique_within_a_language(ours: ox.Store) -> None:
    twice = pairs(
        ours,
        "SELECT ?l { ?c skos:inScheme <http://metadata.un.org/sdg> ; skos:prefLabel ?l } "
        "GROUP BY ?l HAVING (COUNT(?c) > 1)",
    )
    assert twice == set()
