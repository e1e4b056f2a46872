"""The tools for assistants, over HTTP and standard input, as the package's own client uses them."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.shared.exceptions import MCPError
from mcp.types import CallToolResult
from tests.engines import running
from tests.release.test_publish import SWITCH, write_plan
from tests.servers import COMMAND, serving, soon
from tests.site.assistants.transcript import GUIDE, in_guide, make_transcript

from plangraf import settings
from plangraf.app import assemble_app, make_services
from plangraf.engine.limits import Limits
from plangraf.release.publish import publish
from plangraf.release.release import Release
from plangraf.search.index_build import index_release

GOAL = "https://w3id.org/plangraf/id/asker/kommuneplan-2020-2032/goal/13"
PLAN = "https://w3id.org/plangraf/id/trondheim/samfunnsplan-2020-2032"
HEADERS = {"Accept": "application/json", "Content-Type": "application/json"}
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER (?a != ?l && ?d != ?g) }"


async def _call(client: Client, name: str, **arguments: object) -> CallToolResult:
    answer = await client.call_tool(name, arguments)
    assert isinstance(answer, CallToolResult)
    return answer


async def _answer(client: Client, name: str, **arguments: object) -> dict[str, Any]:
    """Return an answer, after checking that it says where it is from."""
    found = await _call(client, name, **arguments)
    assert not found.is_error, found.content
    answer = found.structured_content
    assert isinstance(answer, dict)
    assert answer["release"]
    assert answer["licences"]
    assert answer["cite"].endswith("/cite")
    return answer


async def _refusal(client: Client, name: str, **arguments: object) -> str:
    found = await _call(client, name, **arguments)
    assert found.is_error
    [content] = found.content
    assert content.type == "text"
    return content.text


def _with_client(address: str, use: Callable[[Client], Awaitable[None]]) -> None:
    async def run() -> None:
        async with Client(f"{address}/mcp") as client:
            await use(client)

    asyncio.run(run())


def _post(address: str, body: object, **headers: str) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return httpx.post(f"{address}/mcp", content=content, headers={**HEADERS, **headers})


def _request(method: str, **parameters: object) -> dict[str, object]:
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}


def test_every_tool_answers_as_its_schema_says_and_can_be_cited(server: str) -> None:
    calls: dict[str, dict[str, object]] = {
        "search": {"text": "klima", "sdg": 13},
        "describe": {"iri": GOAL},
        "plan": {"plan": "trondheim/samfunnsplan-2020-2032"},
        "compare": {"publishers": ["trondheim", "baerum"]},
        "who_contributes": {"sdg": "13"},
        "query": {"query": "SELECT ?s ?o { ?s a ?o }", "rows": 2},
        "validate": {"data": f"<{GOAL}> a <https://w3id.org/plangraf/ontology#Goal> ."},
    }

    async def use(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert tools.keys() == calls.keys()
        for name, arguments in calls.items():
            tool = tools[name]
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint
            Draft202012Validator(tool.input_schema).validate(arguments)
            assert tool.output_schema is not None
            Draft202012Validator(tool.output_schema).validate(await _answer(client, name, **arguments))

    _with_client(server, use)


def test_answers_tell_stated_from_editorial_and_from_what_is_missing(server: str) -> None:
    async def use(client: Client) -> None:
        found = await _answer(client, "who_contributes", sdg="13")
        by_thing = {claim["thing"]["iri"]: claim for claim in found["contributions"]}
        stated = by_thing[GOAL]
        assert stated["basis"] == "stated"
        assert [creator["name"] for creator in stated["creators"]] == ["Asker kommune"]
        assert stated["sources"]
        assert stated["claim"].startswith("https://")
        assert {claim["basis"] for claim in by_thing.values()} == {"stated", "editorial"}
        assert "Bærum kommune" in {one["name"] for one in found["missing"]}
        only = await _answer(client, "who_contributes", sdg="13", basis="stated", publishers=["asker"])
        assert [claim["thing"]["iri"] for claim in only["contributions"]] == [GOAL]
        compared = await _answer(client, "compare", publishers=["baerum", "asker"])
        assert {one["key"]: one["basis"] for one in compared["publishers"]} == {"asker": None, "baerum": "missing"}
        results = (await _answer(client, "search", text="Bærumsamfunnet miljø", kind="goal"))["results"]
        assert [(one["links"], one["basis"]) for one in results] == [([], "missing")]

    _with_client(server, use)


def test_a_plan_has_all_its_parts_each_below_the_one_that_has_it(server: str) -> None:
    async def use(client: Client) -> None:
        parts: list[dict[str, Any]] = []
        number, pages = 1, 1
        while number <= pages:
            answer = await _answer(client, "plan", plan=PLAN, page=number)
            parts, pages, number = [*parts, *answer["parts"]], answer["pages"], number + 1
        assert len({part["thing"]["iri"] for part in parts}) == len(parts) == answer["total"]
        seen: set[str] = set()
        for part in parts:
            assert part["below"] is None or part["below"] in seen
            seen.add(part["thing"]["iri"])
        query = f"SELECT DISTINCT ?part {{ ?part <http://www.w3.org/2004/02/skos/core#inScheme> <{PLAN}> }}"
        asked = await _answer(client, "query", query=query, rows=1000)
        assert {row["part"]["value"] for row in asked["rows"]} == seen

    _with_client(server, use)


def test_what_cannot_be_answered_is_told_in_words(server: str) -> None:
    async def use(client: Client) -> None:
        assert "Line 1, column 7" in await _refusal(client, "query", query="SELECT")
        assert "SERVICE" in await _refusal(client, "query", query="SELECT * { SERVICE <http://x/> { ?s ?p ?o } }")
        tenfold = " ".join(f"BIND (CONCAT({', '.join([f'?x{n}'] * 10)}) AS ?x{n + 1})" for n in range(5))
        long = f'SELECT ?x5 {{ VALUES ?x0 {{ "a text of twenty one" }} {tenfold} }}'
        assert "The answer is too large" in await _refusal(client, "query", query=long)
        assert "not well-formed Turtle" in await _refusal(client, "validate", data="<http://a/b")
        assert "sdg/99" in await _refusal(client, "who_contributes", sdg="99")
        assert "nowhere" in await _refusal(client, "compare", publishers=["nowhere"])
        assert "a/b" in await _refusal(client, "plan", plan="a/b")
        assert "a b" in await _refusal(client, "describe", iri="a b")
        assert "page" in await _refusal(client, "compare", page=400)
        assert "text: Input should be a valid string" in await _refusal(client, "search", text=5)
        assert "page" in await _refusal(client, "search", page=0)
        assert "extra" in (await _refusal(client, "search", extra=1)).lower()
        assert "sdg: Field required" in await _refusal(client, "who_contributes")
        with pytest.raises(MCPError, match="There is no tool 'nothing'"):
            await client.call_tool("nothing", {})
        with pytest.raises(MCPError, match="There is no resource"):
            await client.read_resource("plangraf:nothing")

    _with_client(server, use)


def test_the_vocabulary_and_the_example_queries_are_resources(server: str) -> None:
    async def use(client: Client) -> None:
        listed = (await client.list_resources()).resources
        assert str(listed[0].uri) == "plangraf:vocabulary"
        [vocabulary] = (await client.read_resource("plangraf:vocabulary")).contents
        assert "plan:Goal a" in getattr(vocabulary, "text", "")
        [example] = (await client.read_resource(str(listed[1].uri))).contents
        assert (await _answer(client, "query", query=getattr(example, "text", "")))["rows"]

    _with_client(server, use)


def test_malformed_frames_are_errors_of_the_protocol(server: str) -> None:
    for body in (b"{bad", b"\xff", b"null", b"[]", b"[" * 50_000, b'{"id": 1}'):
        answer = _post(server, body)
        assert answer.status_code == 400
        assert answer.json()["error"]["code"] in (-32700, -32600, -32602)
    unknown = _post(server, _request("nothing"))
    assert unknown.json()["error"]["code"] == -32601
    for arguments in ("text", [1], 5):
        answer = _post(server, _request("tools/call", name="search", arguments=arguments))
        assert answer.json()["error"]["code"] == -32602
    assert _post(server, b" " * (3 * 1024 * 1024)).json()["type"].endswith("#body-too-large")


def test_requests_behind_any_proxy_and_of_older_clients_are_answered(server: str) -> None:
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}}
    answer = _post(server, _request("initialize", **hello), Host="plans.example", Origin="https://chat.example")
    assert answer.json()["result"]["serverInfo"]["name"] == "plangraf"
    assert answer.headers["cache-control"] == "no-store"
    listed = _post(server, _request("tools/list"), **{"MCP-Protocol-Version": "2025-06-18"})
    assert len(listed.json()["result"]["tools"]) == 7


def test_other_methods_than_post_are_refused(server: str) -> None:
    for method in ("GET", "PUT", "DELETE"):
        answer = httpx.request(method, f"{server}/mcp")
        assert answer.status_code == 405
        assert "POST" in answer.headers["allow"]


def test_the_transcript_in_the_guide_is_that_of_a_run(server: str) -> None:
    assert in_guide(GUIDE.read_text(encoding="utf-8")) == asyncio.run(make_transcript(server)).strip()


def test_a_query_that_reaches_a_limit_and_hosts_that_the_settings_do_not_name(release: Release) -> None:
    async def run() -> None:
        async with running(release.quads, Limits(seconds=0.3)) as engine:
            chosen = settings.load().model_copy(update={"mcp_hosts": ("plans.example",), "max_body": 5000})
            services = make_services(engine, release.manifest, release.quads, (), (), chosen)
            transport = httpx.ASGITransport(assemble_app(services))

            async def post(host: str, body: object, **headers: str) -> httpx.Response:
                async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as client:
                    return await client.post("/mcp", json=body, headers={**HEADERS, **headers})

            assert (await post("other.example", _request("tools/list"))).status_code == 421
            refused = await post("plans.example", _request("tools/list"), Origin="http://other.example")
            assert refused.status_code == 403
            assert (await post("plans.example", _request("tools/list"))).status_code == 200
            assert (await post("plans.example", _request("x", long="x" * 6000))).status_code == 413
            query = _request("tools/call", name="query", arguments={"query": SLOW})
            result = (await post("plans.example", query)).json()["result"]
            assert result["isError"]
            assert "0.3" in result["content"][0]["text"]
            await services.close()

    asyncio.run(run())


def test_after_a_switch_the_answers_are_those_of_the_new_release(tmp_path: Path) -> None:
    def asks(address: str) -> dict[str, Any]:
        body = _request("tools/call", name="query", arguments={"query": "ASK {}"})
        found: dict[str, Any] = _post(address, body).json()["result"]["structuredContent"]
        return found

    write_plan(tmp_path / "data", "vik/havna")
    first = publish([tmp_path / "data"], tmp_path / "state", SWITCH, make_files=index_release).release
    with serving(state=tmp_path / "state") as server:
        assert asks(server.address)["release"] == first.manifest.release
        plan = write_plan(tmp_path / "data", "vik/havna", "Havna er hel")
        second = publish([plan], tmp_path / "state", SWITCH, make_files=index_release).release
        soon(lambda: asks(server.address)["release"] == second.manifest.release)


def test_the_command_answers_over_standard_input(release: Release, tmp_path: Path) -> None:
    async def run() -> None:
        command = StdioServerParameters(
            command=COMMAND, args=["mcp"], env={"PLANGRAF_RELEASE": str(release.path)}, cwd=tmp_path
        )
        async with Client(stdio_client(command)) as client:
            answer = await _answer(client, "describe", iri=GOAL)
            assert answer["thing"]["page"].startswith("https://w3id.org/plangraf/doc/asker/")
            assert answer["release"] == release.manifest.release
            assert (await _answer(client, "search", text="klima"))["total"] > 5
            assert "column 7" in await _refusal(client, "query", query="SELECT")

    asyncio.run(run())


def test_without_the_package_there_is_no_endpoint_and_the_command_says_what_to_install() -> None:
    program = (
        "import importlib.util as util, sys\n"
        "find = util.find_spec\n"
        "util.find_spec = lambda name, *package: None if name == 'mcp' else find(name, *package)\n"
        "from plangraf.site.resources import RESOURCES\n"
        "assert '/mcp' not in {resource.path for resource in RESOURCES}\n"
        "assert 'mcp' not in sys.modules\n"
        "from plangraf.cli import main\n"
        "sys.argv = ['plangraf', 'mcp']\n"
        "main()\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)  # noqa: S603  # our own program
    assert run.returncode == 2
    assert "pip install 'plangraf[mcp]'" in run.stderr
