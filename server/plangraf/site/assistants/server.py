"""The server of the Model Context Protocol: its tools and resources, for one assistant that asks.

This module needs the package `mcp`, an extra; no other module of the room does but `endpoint` on its first request.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import mcp_types as types
import orjson
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.shared.exceptions import MCPError
from pydantic import ValidationError

from plangraf import __version__, shipped
from plangraf.engine.errors import EngineError
from plangraf.errors import RequestError
from plangraf.http.problems import problem_of
from plangraf.site.assistants.answers import SourcedAnswer
from plangraf.site.assistants.arguments import ToolArguments
from plangraf.site.assistants.asking import Asking
from plangraf.site.assistants.tools import TOOLS, TOOLS_BY_NAME, AssistantTool

_Context = ServerRequestContext[Any, Any]

INSTRUCTIONS = (
    "Plangraf publishes the plans of Norwegian municipalities as linked open data. Each answer names the release, "
    "licences and IRIs: cite them. 'stated' means that the plan or its publisher says so, "
    "'editorial' that an editor has judged it, 'missing' that the plan is not transcribed that far. Say which; "
    "never present an editorial tie as the plan's own, and never take missing data for an absence."
)
_VOCABULARY = "plangraf:vocabulary"
_QUERIES = "plangraf:queries/"
_SPARQL = "application/sparql-query"
_READ_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def protocol_server(asking: Asking) -> Server[Any]:
    """Return the server that answers an assistant."""
    return Server(
        "plangraf",
        version=__version__,
        title="Plangraf",
        instructions=INSTRUCTIONS,
        website_url=asking.base,
        on_list_tools=_list_tools,
        on_call_tool=_Calls(asking),
        on_list_resources=_Listing(asking),
        on_read_resource=_Reading(asking),
    )


async def _list_tools(_: _Context, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
    return types.ListToolsResult(tools=_tools())


@cache
def _tools() -> list[types.Tool]:
    return [
        types.Tool(
            name=tool.name,
            title=tool.title,
            description=tool.description,
            input_schema=tool.arguments.model_json_schema(),
            output_schema=tool.answer.model_json_schema(mode="serialization"),
            annotations=_READ_ONLY,
        )
        for tool in TOOLS
    ]


class _Calls:
    """Answers calls of tools. A call that cannot be answered is an error of the tool, in words for the model."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    async def __call__(self, _: _Context, call: types.CallToolRequestParams) -> types.CallToolResult:
        """Answer a call.

        Raises:
            MCPError: there is no such tool.
        """
        tool = TOOLS_BY_NAME.get(call.name)
        if tool is None:
            known = ", ".join(TOOLS_BY_NAME)
            raise MCPError(types.INVALID_PARAMS, f"There is no tool {call.name[:80]!r}; the tools are {known}.")
        try:
            given = tool.arguments.model_validate(call.arguments or {})
        except ValidationError as error:
            return _refused("The arguments cannot be used", _in_words(error))
        try:
            answer = await self._answer(tool, given)
        except (RequestError, EngineError) as error:
            problem = problem_of(error)
            return _refused(problem.title, problem.detail)
        return _answered(answer)

    async def _answer(self, tool: AssistantTool, given: ToolArguments) -> SourcedAnswer:
        if tool.limited:
            return await tool.call(self._asking, given)
        async with self._asking.services.making.hold(self._asking.client):  # as a page
            return await tool.call(self._asking, given)


class _Listing:
    """Lists the resources: the vocabulary and the example queries."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    async def __call__(self, _: _Context, __: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        """Return the list."""
        vocabulary = types.Resource(
            uri=_VOCABULARY,
            name="vocabulary",
            title="The vocabulary of plans",
            description="The classes and properties, with their definitions, for SPARQL queries.",
            mime_type="text/turtle",
        )
        queries = [
            types.Resource(
                uri=f"{_QUERIES}{example.key}",
                name=example.key,
                title=example.titles["en"],
                description=example.descriptions["en"],
                mime_type=_SPARQL,
            )
            for example in self._asking.services.examples
        ]
        return types.ListResourcesResult(resources=[vocabulary, *queries])


class _Reading:
    """Reads the resources."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    async def __call__(self, _: _Context, given: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        """Return a resource.

        Raises:
            MCPError: there is no such resource.
        """
        uri = str(given.uri)
        if uri == _VOCABULARY:
            text = shipped.ONTOLOGY.read_text(encoding="utf-8")
            return _read(uri, text, "text/turtle")
        found = {f"{_QUERIES}{example.key}": example for example in self._asking.services.examples}.get(uri)
        if found is None:
            raise MCPError(types.INVALID_PARAMS, f"There is no resource {uri[:200]!r}.", {"uri": uri[:200]})
        return _read(uri, found.text, _SPARQL)


def _read(uri: str, text: str, media_type: str) -> types.ReadResourceResult:
    return types.ReadResourceResult(contents=[types.TextResourceContents(uri=uri, text=text, mime_type=media_type)])


def _answered(answer: SourcedAnswer) -> types.CallToolResult:
    document: Mapping[str, Any] = answer.model_dump(mode="json")
    text = orjson.dumps(document).decode()
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=text)], structured_content=dict(document), is_error=False
    )


def _refused(title: str, detail: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=f"{title}. {detail}")], is_error=True)


def _in_words(error: ValidationError) -> str:
    """Return what is wrong with arguments, without the values."""
    found = [f"{'.'.join(map(str, each['loc'])) or 'arguments'}: {each['msg']}" for each in error.errors()[:10]]
    return "; ".join(found) + "."
