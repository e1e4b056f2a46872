"""The shipped example queries count what they say."""

import httpx

from plangraf import shipped

CLAIMS = "SELECT (COUNT(DISTINCT ?claim) AS ?n) { ?claim <https://w3id.org/plangraf/ontology#basis> ?basis }"


def test_the_query_for_claims_has_a_row_for_each_claim(server: str) -> None:
    def rows(query: str) -> list[dict[str, dict[str, str]]]:
        answer = httpx.post(f"{server}/sparql", data={"query": query, "format": "json"})
        found = answer.json()["results"]["bindings"]
        assert isinstance(found, list)
        return found

    query = (shipped.DATA / "queries" / "16-claims-with-provenance.rq").read_text(encoding="utf-8")
    found = rows(query)
    assert len(found) == int(rows(CLAIMS)[0]["n"]["value"])
    assert any(" " in row["sources"]["value"] for row in found)
