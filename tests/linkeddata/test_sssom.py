"""The mapping set, read back by the rules of the specification (spec-formats-tsv) and compared with the claims."""

import csv
import io
import json
from collections import Counter

import pyoxigraph as ox

from plangraf.engine.ask import Solution
from plangraf.linkeddata.release_store import ReleaseStore
from plangraf.linkeddata.sssom import COLUMNS, find_mappings, read_mappings, write_mapping_set
from plangraf.namespaces import DATA_LICENCE, PREFIXES, expand
from plangraf.release.release import Release

BUILT_IN = {prefix: PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "semapv", "skos", "sssom", "xsd")}
Metadata = dict[str, str]


def parse(text: str) -> tuple[Metadata, dict[str, str], list[dict[str, str]]]:
    """Return the metadata, the map of prefixes, and the rows with their identifiers as IRIs."""
    lines = text.split("\n")
    head = [line[1:] for line in lines if line.startswith("#")]
    assert lines[: len(head)] == [f"#{line}" for line in head]
    assert head[0] == "curie_map:"
    prefixes, metadata = dict(BUILT_IN), Metadata()
    for line in head[1:]:
        name, _, value = line.partition(": ")
        target = prefixes if line.startswith("  ") else metadata
        target[name.strip()] = json.loads(value)
    table = csv.DictReader(io.StringIO("\n".join(lines[len(head) :])), delimiter="\t", strict=True)
    rows = []
    for row in table:
        for column in ("subject_id", "predicate_id", "object_id", "mapping_justification"):
            prefix, _, local = row[column].partition(":")
            row[column] = prefixes[prefix] + local
        rows.append(row)
    return metadata, prefixes, rows


def _claims(release: Release) -> Counter[tuple[str, str, str, str]]:
    found: dict[str, dict[str, str]] = {}
    for quad in ox.parse(path=str(release.quads), format=ox.RdfFormat.N_QUADS):
        if isinstance(quad.graph_name, ox.DefaultGraph) and isinstance(quad.object, ox.NamedNode):
            found.setdefault(str(quad.subject), {})[quad.predicate.value] = quad.object.value
    names = ("owl:annotatedSource", "owl:annotatedProperty", "owl:annotatedTarget", "plan:basis")
    claims = [values for values in found.values() if expand("plan:basis") in values]
    return Counter(tuple(claim[expand(name)] for name in names) for claim in claims)  # type: ignore[misc]  # four


def test_the_mapping_set_holds_every_claim_of_the_release(release: Release) -> None:
    with release.quads.open("rb") as lines:
        found_mappings = find_mappings(ReleaseStore(lines))
    document = write_mapping_set(found_mappings).document(release.manifest.release)
    metadata, prefixes, rows = parse(document.decode())
    assert metadata["mapping_set_id"] == "https://w3id.org/plangraf/mappings.sssom.tsv"
    assert metadata["mapping_set_version"] == release.manifest.release
    assert metadata["license"] == DATA_LICENCE
    basis = {row["other"]: row["other"].replace("plan:basis=plan:", prefixes["plan"]) for row in rows}
    found = Counter((row["subject_id"], row["predicate_id"], row["object_id"], basis[row["other"]]) for row in rows)
    assert found == _claims(release)
    assert [column for column in COLUMNS if column in rows[0]] == list(rows[0])
    assert rows == sorted(rows, key=lambda row: (row["subject_id"], row["subject_label"], row["predicate_id"]))
    assert all(row["subject_label"] and row["object_label"] for row in rows)


def _solution(**values: str) -> Solution:
    terms: Solution = {
        "claim": ox.NamedNode("http://e.org/claim"),
        "subject": ox.NamedNode("http://e.org/a/1"),
        "predicate": ox.NamedNode(expand("skos:broadMatch")),
        "object": ox.NamedNode("http://metadata.un.org/sdg/1"),
        "justification": ox.NamedNode(expand("semapv:ManualMappingCuration")),
    }
    return terms | {
        name: ox.NamedNode(value) if value.startswith("http") else ox.Literal(value) for name, value in values.items()
    }


def _written(solutions: list[Solution]) -> str:
    return write_mapping_set(read_mappings(solutions)).document("abc").decode()


def test_values_with_tabs_and_quotes_are_quoted() -> None:
    _, _, (row,) = parse(_written([_solution(subjectNb='Et\t"mål"')]))
    assert row["subject_label"] == 'Et\t"mål"'


def test_several_creators_and_sources_stand_in_one_row() -> None:
    solutions = [_solution(creator=f"http://e.org/{c}", creatorName=f"{c}|{c}", source=s) for c in "ba" for s in "21"]
    _, prefixes, (row,) = parse(_written(solutions))
    (own,) = (prefix for prefix, namespace in prefixes.items() if namespace == "http://e.org/")
    assert row["creator_id"] == f"{own}:a|{own}:b"
    assert row["creator_label"] == r"a\|a|b\|b"
    assert row["see_also"] == "1|2"


def test_columns_without_values_and_prefixes_without_use_are_left_out() -> None:
    text = _written([_solution()])
    _, prefixes, (row,) = parse(text)
    assert set(prefixes) - set(BUILT_IN) == {"ns1", "sdg"}
    assert "confidence" not in row
    assert parse(_written([_solution(confidence="0.8")]))[2][0]["confidence"] == "0.8"


def test_the_date_of_a_mapping_is_when_it_was_authored() -> None:
    claim = f"""
    @prefix dct: <http://purl.org/dc/terms/> . @prefix owl: <{PREFIXES["owl"]}> . @prefix pav: <{PREFIXES["pav"]}> .
    @prefix sssom: <{PREFIXES["sssom"]}> . @prefix xsd: <{PREFIXES["xsd"]}> . @base <http://e.org/> .
    <c> a owl:Axiom ; owl:annotatedSource <a> ; owl:annotatedProperty <p> ; owl:annotatedTarget <b> ;
      sssom:mapping_justification <j> ; pav:authoredOn "2026-11-20"^^xsd:date .
    """
    triples = (quad.triple for quad in ox.parse(claim, format=ox.RdfFormat.TURTLE))
    lines = (f"{triple.subject} {triple.predicate} {triple.object} .\n".encode() for triple in triples)
    [mapping] = find_mappings(ReleaseStore(lines))
    assert mapping.values["mapping_date"] == ["2026-11-20"]


REFUSAL = """
<urn:r> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#NegativePropertyAssertion> .
<urn:r> <http://www.w3.org/2002/07/owl#sourceIndividual> <https://w3id.org/plangraf/id/x/y/goal/1> .
<urn:r> <http://www.w3.org/2002/07/owl#assertionProperty> <http://www.w3.org/2004/02/skos/core#broadMatch> .
<urn:r> <http://www.w3.org/2002/07/owl#targetIndividual> <http://metadata.un.org/sdg/13.2> .
<urn:r> <https://w3id.org/sssom/predicate_modifier> <https://w3id.org/sssom/NegatedPredicate> .
<urn:r> <https://w3id.org/sssom/mapping_justification> <https://w3id.org/semapv/vocab/ManualMappingCuration> .
"""


def test_a_refused_link_is_a_row_with_the_modifier_not() -> None:
    store = ReleaseStore(f"{line}\n".encode() for line in REFUSAL.strip().splitlines())
    _, _, (row,) = parse(write_mapping_set(find_mappings(store)).document("1").decode())
    assert row["predicate_modifier"] == "Not"
    assert (row["subject_id"], row["object_id"]) == (
        "https://w3id.org/plangraf/id/x/y/goal/1",
        f"{PREFIXES['sdg']}13.2",
    )
    assert "other" not in row
