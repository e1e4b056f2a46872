import csv
import io
import json
from urllib.parse import urlencode

from tests.site.eksempelvik import get

from plangraf.namespaces import ONTOLOGY
from plangraf.release.release import Release
from plangraf.site.browse.schemes import SCHEMES

LIST = "/browse/eksempelvik/samfunnsdel"


def test_the_schemes_of_the_vocabularys_own_values_are_not_browsed(eksempelvik: Release) -> None:
    [text] = get(eksempelvik, "/browse.json")
    records = json.loads(text)["records"]
    assert {record["form"] for record in records} == {"plan"}
    assert [record["iri"] for record in records if record["iri"].startswith(ONTOLOGY)] == []


def test_the_query_behind_the_list_has_no_more_than_the_list(eksempelvik: Release) -> None:
    [answer, listed] = get(
        eksempelvik, f"/sparql?{urlencode({'query': SCHEMES.text, 'format': 'json'})}", "/browse.json"
    )
    rows = json.loads(answer)["results"]["bindings"]
    assert {row["scheme"]["value"] for row in rows} == {record["iri"] for record in json.loads(listed)["records"]}


def test_parts_are_sorted_by_kind_and_order_and_have_the_publishers_numbers_only(eksempelvik: Release) -> None:
    [text] = get(eksempelvik, f"{LIST}.csv?lang=nb")
    rows = [(row["kind"], row["notation"], row["label"]) for row in csv.DictReader(io.StringIO(text))]
    assert rows[:8] == [
        ("focus-area", "", "Åpen by"),
        ("focus-area", "", "Grønn vekst"),
        ("goal", "", "Østlige bydeler får nye møteplasser"),
        ("goal", "", "Alle har en å gå til"),
        ("goal", "A2", "Utslippene halveres"),
        ("goal", "A10", "Bussene går på strøm"),
        ("strategy", "", "Åpne skolene"),
        ("measure", "", "Vaktmestere om kvelden"),
    ]
    assert {"strength", "challenge", "actor"} <= {kind for kind, _, _ in rows}
    assert "concept" not in {kind for kind, _, _ in rows}
