"""The calls of OpenRefine in a session, in their order, as its source makes them.

It sends forms without an Accept header of its own (`StandardReconConfig`, `GuessTypesOfColumnCommand`,
`ReconciledDataExtensionJob`), and its pages ask for suggestions and cards from another origin.
"""

import json
from typing import Any
from urllib.parse import quote

import httpx
from tests.site.reconcile.schemas import Schemas

CELLS = ["Stoppe klimaendringene", "Utrydde sult", "God utdanning", "Likestilling mellom kjønnene", "Livet i havet"]
AGENT = {"User-Agent": "OpenRefine/3.9", "Accept": "*/*"}
PAGE = {"Origin": "http://127.0.0.1:3333", "Accept": "application/json, text/javascript, */*; q=0.01"}


def test_a_session_of_openrefine(client: httpx.Client, schemas: Schemas) -> None:
    # The service is added by its address.
    manifest = client.get("/reconcile?lang=nb", headers=PAGE).json()
    schemas.check("manifest", manifest)

    def post(name: str, value: object) -> Any:
        answer = client.post("/reconcile?lang=nb", data={name: json.dumps(value)}, headers=AGENT)
        assert answer.status_code == 200
        return answer.json()

    # It guesses the type of a column from its first cells.
    guessed = post("queries", {f"q{n}": {"query": cell, "limit": 3} for n, cell in enumerate(CELLS)})
    schemas.check("reconciliation-result-batch", guessed)
    firsts = [answer["result"][0]["type"][0] for answer in guessed.values()]
    sdg = {"id": "http://metadata.un.org/sdg/ontology#Goal", "name": "Bærekraftsmål"}
    assert firsts == [sdg] * len(CELLS)
    assert sdg in manifest["defaultTypes"]

    # It matches the cells, with another column as a property, and takes what the service is certain of.
    queries = {
        f"q{n}": {
            "query": cell,
            "type": sdg["id"],
            "type_strict": "should",
            "properties": [{"pid": "dct:publisher", "v": "FN"}],
        }
        for n, cell in enumerate(CELLS)
    }
    matched = post("queries", queries)
    schemas.check("reconciliation-result-batch", matched)
    ids = []
    for cell, answer in zip(CELLS, matched.values(), strict=True):
        [first, *_] = answer["result"]
        assert (first["match"], first["name"]) == (True, cell)
        ids.append(first["id"])

    # The cell is a link to the page of the match, and shows its card.
    viewed = client.get(manifest["view"]["url"].replace("{{id}}", quote(ids[0], safe="")), follow_redirects=True)
    assert viewed.status_code == 200
    card = client.get(manifest["preview"]["url"].replace("{{id}}", quote(ids[0], safe="")), headers=PAGE)
    assert "Stoppe klimaendringene" in card.text

    # Somebody searches for another match, for a type and for a property.
    for kind, prefix, parameters in (
        ("entity", "klima", {"type": sdg["id"], "type_strict": "should"}),
        ("type", "mål", {}),
        ("property", "utg", {}),
    ):
        service = manifest["suggest"][kind]
        asked = httpx.URL(service["service_url"] + service["service_path"]).copy_merge_params(
            {**parameters, "prefix": prefix, "limit": "11"}
        )
        [first, *_] = client.get(asked, headers=PAGE).json()["result"]
        flyout = service["flyout_service_url"] + service["flyout_service_path"].replace(
            "${id}", quote(first["id"], safe="")
        )
        assert client.get(flyout, headers=PAGE).json()["id"] == first["id"]

    # It adds columns: proposals for the type, then the values in batches of ten.
    proposals = manifest["extend"]["propose_properties"]
    url = httpx.URL(proposals["service_url"] + proposals["service_path"]).copy_merge_params({"type": sdg["id"]})
    proposed = client.get(url, headers=PAGE).json()
    schemas.check("data-extension-property-proposal", proposed)
    asked_for = [{"id": found["id"], "name": found["name"]} for found in proposed["properties"]]
    extended = post("extend", {"ids": ids, "properties": asked_for})
    schemas.check("data-extension-response", extended)
    assert list(extended["rows"]) == ids
    notation = "http://www.w3.org/2004/02/skos/core#notation"
    assert extended["rows"][ids[0]][notation] == [{"str": "13"}]
