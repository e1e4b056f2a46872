"""The answers of the reconciliation service, and what it says to requests that are wrong."""

import json
from urllib.parse import quote

import httpx
import pytest
from tests.site.reconcile.schemas import Schemas

from plangraf.namespaces import ID, PLAN, SDG

GOAL = f"{ID}trondheim/samfunnsplan-2020-2032/goal/1.1"
ONE_OF_EACH = (
    *(f"{SDG}11", f"{SDG}11.6", f"{SDG}C110601", GOAL, f"{ID}trondheim", f"{ID}trondheim/samfunnsplan-2020-2032"),
    *("https://psi.norge.no/los/tema/folkehelse", "https://data.norge.no/vocabulary/indicator/U4SSC/2204"),
    *(
        f"{ID}bergen/bergen-2030/focus-area/gabyen",
        f"{ID}trondheim/klimaloftene/indicator/2",
        f"{ID}asker/kommunestyret",
    ),
)


def ask(client: httpx.Client, batch: object, **parameters: str) -> httpx.Response:
    return client.post("/reconcile", data={"queries": json.dumps(batch)}, params=parameters)


def extend(client: httpx.Client, ids: list[str], *properties: str, **parameters: str) -> dict[str, object]:
    asked = {"ids": ids, "properties": [{"id": name} for name in properties]}
    answer = client.post("/reconcile", data={"extend": json.dumps(asked)}, params=parameters)
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def test_the_manifest_says_what_the_service_does(client: httpx.Client, schemas: Schemas) -> None:
    manifest = client.get("/reconcile").json()
    schemas.check("manifest", manifest)
    assert manifest["versions"] == ["0.2"]
    assert (manifest["identifierSpace"], manifest["schemaSpace"]) == (ID, PLAN)
    assert client.get(manifest["documentation"]).status_code == 200
    assert client.get(manifest["logo"]).headers["content-type"].startswith("image/svg+xml")


def test_the_manifest_keeps_a_language(client: httpx.Client) -> None:
    english, bokmaal = (client.get("/reconcile", params={"lang": tag}).json() for tag in ("en", "nb"))
    assert english["defaultTypes"] != bokmaal["defaultTypes"]
    assert english["suggest"]["entity"]["service_path"].endswith("?lang=en")
    assert english["preview"]["url"].endswith("/reconcile/preview?id={{id}}&lang=en")


def test_batches_of_the_specification_are_answered(client: httpx.Client, schemas: Schemas) -> None:
    for name, text in schemas.examples("reconciliation-query-batch", "valid").items():
        for answer in (
            client.post("/reconcile", data={"queries": text}),
            client.get("/reconcile?queries=" + quote(text)),
        ):
            assert answer.status_code == 200, (name, answer.text)
            schemas.check("reconciliation-result-batch", answer.json())
            assert answer.json().keys() == json.loads(text).keys()


def test_invalid_batches_of_the_specification_are_refused(client: httpx.Client, schemas: Schemas) -> None:
    for name, text in schemas.examples("reconciliation-query-batch", "invalid").items():
        assert client.post("/reconcile", data={"queries": text}).status_code == 400, name


def test_candidates_come_with_name_type_and_description(client: httpx.Client, schemas: Schemas) -> None:
    answer = ask(client, {"q": {"query": "Climate action"}, "r": {"query": "gåbyen bergen"}}).json()
    schemas.check("reconciliation-result-batch", answer)
    [climate, *_], [walking, *_] = answer["q"]["result"], answer["r"]["result"]
    assert (climate["id"], climate["name"], climate["match"]) == (f"{SDG}13", "Climate action", True)
    assert walking["type"][0]["id"] == f"{PLAN}FocusArea"
    assert "Bergen" in walking["description"]
    assert not walking["match"]


def test_names_are_in_the_language_of_the_address_or_of_the_text(client: httpx.Client) -> None:
    named = {}
    for language in ("nb", "nn", "en"):
        answer = ask(client, {"q": {"query": "SDG 13"}, "r": {"query": "Climate action"}}, lang=language).json()
        named[language] = [answer[key]["result"][0]["name"] for key in ("q", "r")]
    assert named["nb"] == ["Stoppe klimaendringene"] * 2
    assert named["en"] == ["Climate action"] * 2
    assert ask(client, {"r": {"query": "Climate action"}}).json()["r"]["result"][0]["name"] == "Climate action"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            {"query": "God helse", "properties": [{"pid": "dct:publisher", "v": "Asker"}]},
            "asker/kommuneplan-2020-2032/goal/3",
        ),
        (
            {"query": "God helse", "properties": [{"pid": "publisher", "v": {"id": f"{ID}asker"}}]},
            "asker/kommuneplan-2020-2032/goal/3",
        ),
        (
            {
                "query": "God helse",
                "properties": [{"pid": "skos:inScheme", "v": ["Kommuneplan 2020–2032, samfunnsdelen"]}],
            },
            "asker/kommuneplan-2020-2032/goal/3",
        ),
        ({"query": "Mindre ulikhet", "type": [{"id": f"{PLAN}Goal"}]}, "kristiansund/samfunnsdel-2020-2032/goal/3"),
        (
            {"query": "Mindre ulikhet", "type": "goal", "type_strict": "any"},
            "kristiansund/samfunnsdel-2020-2032/goal/3",
        ),
        (
            {"properties": [{"pid": "dct:publisher", "v": "Bodø"}, {"pid": "type", "v": "plan"}]},
            "bodo/samfunnsdel-2018-2030",
        ),
    ],
)
def test_types_and_properties_narrow(client: httpx.Client, query: object, expected: str) -> None:
    assert ask(client, {"q": query}).json()["q"]["result"][0]["id"] == ID + expected


def test_unknown_types_and_properties_are_ignored(client: httpx.Client) -> None:
    unknown = {"type": "http://www.wikidata.org/entity/Q5", "properties": [{"pid": "P31", "v": [1, True, None, 2.5]}]}
    answer = ask(client, {"q": {"query": "SDG 11"}, "r": {"query": "SDG 11", **unknown}}).json()
    assert answer["q"] == answer["r"]


def test_the_limit_is_kept(client: httpx.Client) -> None:
    answer = ask(client, {str(limit): {"query": "helse", "limit": limit} for limit in (1, 3, 7, 1e9)}).json()
    assert [len(answer[key]["result"]) for key in ("1", "3", "7")] == [1, 3, 7]
    assert len(answer["1000000000.0"]["result"]) <= 50


def test_a_batch_of_the_size_in_the_manifest_is_answered_and_a_larger_one_refused(client: httpx.Client) -> None:
    size = client.get("/reconcile").json()["batchSize"]
    batch = {f"q{number}": {"query": "klima"} for number in range(10_000)}
    assert len(ask(client, dict([*batch.items()][:size])).json()) == size
    refused = ask(client, batch)
    assert (refused.status_code, refused.json()["limit"]) == (413, size)
    assert str(size) in refused.json()["detail"]


BAD = (
    *("", "{", "[]", "null", '"SDG 11"', "1", '{"q": null}', '{"q": []}', '{"q": "SDG 11"}', '{"q": {}}'),
    *('{"q": {"query": {}}}', '{"q": {"query": ["a"]}}', '{"q": {"query": true}}', '{"q": {"query": null}}'),
    *('{"q": {"query": "a", "limit": 0}}', '{"q": {"query": "a", "limit": "many"}}'),
    *('{"q": {"query": "a", "limit": -1e400}}', '{"q": {"query": "a", "limit": NaN}}'),
    *(
        '{"q": {"query": "a", "type": 1}}',
        '{"q": {"query": "a", "type": [[]]}}',
        '{"q": {"query": "a", "type": [{}, 2]}}',
    ),
    *('{"q": {"query": "a", "properties": {}}}', '{"q": {"query": "a", "properties": [1]}}'),
    *('{"q": {"query": "a", "properties": [{"v": 1}]}}', '{"q": {"query": "a", "properties": [{"pid": 1, "v": 1}]}}'),
    *('{"q": {"query": "a", "properties": [{"pid": "publisher", "v": [[]]}]}}', '{"q": {"query": "a", "props": []}}'),
    *('{"q": {"query": "\\ud800"}}', "[" * 100_000, '{"q":' * 5_000, '{"q": {"query": "a", "type": ' + "[" * 2_000),
)


@pytest.mark.parametrize("text", BAD, ids=lambda text: text[:40])
def test_what_is_no_batch_is_refused_with_what_to_do(client: httpx.Client, text: str) -> None:
    answer = client.post("/reconcile", data={"queries": text})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.json()["detail"]) > 20


def test_other_requests_are_refused_with_what_to_do(client: httpx.Client) -> None:
    for status, answer in (
        (400, client.post("/reconcile", data={"query": "SDG 11"})),
        (400, client.post("/reconcile", data={"queries": "{}", "callback": "f"})),
        (400, client.get("/reconcile?callback=f")),
        (400, client.get("/reconcile/suggest/entity?prefix=a&callback=f")),
        (400, client.get("/reconcile/suggest/entity?prefix=a&cursor=-1")),
        (400, client.get("/reconcile/properties?limit=many")),
        (400, client.get("/reconcile?extend=[]")),
        (400, client.get('/reconcile?extend={"ids":[1],"properties":[]}')),
        (400, client.get('/reconcile?extend={"ids":[],"properties":["a"]}')),
        (404, client.get("/reconcile/preview?id=nothing")),
        (404, client.get("/reconcile/preview")),
        (404, client.get("/reconcile/flyout/entity?id=nothing")),
        (404, client.get("/reconcile/flyout/type?id=nothing")),
        (404, client.get("/reconcile/suggest/other?prefix=a")),
        (405, client.put("/reconcile", content=b"{}")),
        (413, client.post("/reconcile", data={"queries": " " * 3_000_000})),
        (
            413,
            client.post(
                "/reconcile", data={"extend": json.dumps({"ids": [str(n) for n in range(201)], "properties": []})}
            ),
        ),
        (415, client.post("/reconcile", json={"queries": {}})),
        (
            400,
            client.post(
                "/reconcile", content=b"queries=%ff", headers={"content-type": "application/x-www-form-urlencoded"}
            ),
        ),
    ):
        assert answer.status_code == status, (answer.request.url, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["access-control-allow-origin"] == "*"


def test_long_and_strange_texts_are_answered(client: httpx.Client, schemas: Schemas) -> None:
    texts = (
        "x" * 500_000,
        "klima " * 50_000,
        "",
        " ",
        "\0",
        "<b>",
        "ש" * 300,
        "%",
        '"',
        "' OR 1=1",
        "NEAR(a b)",
        "label:*",
        "11.",
    )
    answer = ask(client, {str(number): {"query": text} for number, text in enumerate(texts)})
    assert answer.status_code == 200
    schemas.check("reconciliation-result-batch", answer.json())


def test_scripts_of_all_sites_may_ask(client: httpx.Client) -> None:
    origin = {"Origin": "https://example.org"}
    for answer in (
        client.get("/reconcile", headers=origin),
        client.post("/reconcile", data={"queries": "{}"}, headers=origin),
        client.options("/reconcile", headers={**origin, "Access-Control-Request-Method": "POST"}),
        client.get("/reconcile/suggest/type?prefix=goal", headers=origin),
    ):
        assert answer.headers["access-control-allow-origin"] == "*"


def test_suggestions_begin_with_the_text_or_are_its_identifier(client: httpx.Client, schemas: Schemas) -> None:
    begun = client.get("/reconcile/suggest/entity?prefix=klimaløf&lang=nb").json()
    schemas.check("suggest-entities-response", begun)
    assert begun["result"][0]["id"] == f"{ID}trondheim/klimaloftene"
    for identifier in (f"{SDG}11", GOAL, "11.6"):
        [first, *_] = client.get("/reconcile/suggest/entity", params={"prefix": identifier}).json()["result"]
        assert first["id"] in (identifier, f"{SDG}{identifier}")
    assert client.get("/reconcile/suggest/entity?prefix=").json() == {"result": []}


def test_suggestions_can_be_of_a_type_and_skipped(client: httpx.Client) -> None:
    asked = {"prefix": "he", "type": "http://metadata.un.org/sdg/ontology#Target"}
    found = client.get("/reconcile/suggest/entity", params=asked).json()["result"]
    assert {result["notable"][0]["id"] for result in found} == {asked["type"]}
    rest = client.get("/reconcile/suggest/entity", params={**asked, "cursor": 2}).json()["result"]
    assert [result["id"] for result in rest][: len(found) - 2] == [result["id"] for result in found][2:]


def test_types_and_properties_are_suggested_in_three_languages(client: httpx.Client, schemas: Schemas) -> None:
    for prefix in ("Mål", "goal", f"{PLAN}Goal"):
        found = client.get("/reconcile/suggest/type", params={"prefix": prefix}).json()
        schemas.check("suggest-types-response", found)
        assert f"{PLAN}Goal" in [result["id"] for result in found["result"]]
    for prefix in ("utgiver", "publisher", "http://purl.org/dc/terms/publisher"):
        found = client.get("/reconcile/suggest/property", params={"prefix": prefix}).json()
        schemas.check("suggest-properties-response", found)
        assert found["result"][0]["id"] == "http://purl.org/dc/terms/publisher"


def test_properties_are_proposed_for_a_type(client: httpx.Client, schemas: Schemas) -> None:
    goals, plans = (
        client.get("/reconcile/properties", params={"type": f"{PLAN}{name}"}).json() for name in ("Goal", "Plan")
    )
    schemas.check("data-extension-property-proposal", goals)
    assert len(goals["properties"]) > len(plans["properties"])
    limited = client.get("/reconcile/properties", params={"type": f"{PLAN}Goal", "limit": "2"}).json()
    assert (len(limited["properties"]), limited["limit"]) == (2, 2)
    assert client.get("/reconcile/properties?type=unknown").status_code == 200


def test_every_proposed_property_can_be_fetched(client: httpx.Client, schemas: Schemas) -> None:
    proposed = [found["id"] for found in client.get("/reconcile/properties").json()["properties"]]
    answer = extend(client, list(ONE_OF_EACH), *proposed)
    schemas.check("data-extension-response", answer)
    rows = answer["rows"]
    assert isinstance(rows, dict)
    assert list(rows) == list(ONE_OF_EACH)
    assert {name for row in rows.values() for name, values in row.items() if values} == set(proposed)


def test_values_are_those_of_the_release(client: httpx.Client) -> None:
    answer = extend(client, [GOAL, "unknown"], "dct:publisher", "skos:inScheme", "skos:prefLabel", "P31", lang="en")
    assert answer["rows"] == {
        GOAL: {
            "dct:publisher": [{"id": f"{ID}trondheim", "name": "Trondheim municipality"}],
            "skos:inScheme": [{"id": f"{ID}trondheim/samfunnsplan-2020-2032", "name": "The Trondheim Promise"}],
            "skos:prefLabel": [{"str": "Trondheim is a climate-neutral city"}],
            "P31": [],
        },
        "unknown": {"dct:publisher": [], "skos:inScheme": [], "skos:prefLabel": [], "P31": []},
    }


def test_the_card_of_each_kind_may_be_framed_and_has_no_script(client: httpx.Client) -> None:
    for identifier in ONE_OF_EACH:
        card = client.get("/reconcile/preview", params={"id": identifier})
        assert card.status_code == 200
        assert "<script" not in card.text
        policy = card.headers["content-security-policy"]
        assert "frame-ancestors *" in policy
        assert "script-src" not in policy
        assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in client.get("/reconcile/help").headers["content-security-policy"]


def test_the_view_of_each_kind_leads_to_its_page(client: httpx.Client) -> None:
    template = client.get("/reconcile").json()["view"]["url"]
    for identifier in ONE_OF_EACH:
        for written in (quote(identifier, safe=""), identifier):
            page = client.get(
                template.replace("{{id}}", written), follow_redirects=True, headers={"Accept": "text/html"}
            )
            assert page.status_code == 200, identifier
            assert page.headers["content-type"].startswith("text/html")


def test_the_flyout_escapes_what_it_shows(client: httpx.Client) -> None:
    shown = client.get("/reconcile/flyout/entity", params={"id": f"{SDG}11", "lang": "en"}).json()
    assert shown["id"] == f"{SDG}11"
    assert "Sustainable cities and communities" in shown["html"]
    typed = client.get("/reconcile/flyout/property", params={"id": "dct:publisher"}).json()
    assert "http://purl.org/dc/terms/publisher" in typed["html"]
