"""The address of the endpoint for assistants, which is there if the package `mcp` is installed."""

from importlib.util import find_spec

from plangraf.http.declaration import Listed
from plangraf.http.resource import Resource, no_model
from plangraf.site.assistants.endpoint import METHODS, AssistantEndpoint

MCP_PATH = "/mcp"

_RESOURCE = Resource(
    path=MCP_PATH,
    summary="tools for assistants (Model Context Protocol), with the extra `mcp`; see [Assistants](assistants.md)",
    model=no_model,
    forms=(),
    sitemap=Listed(unlisted="it has no page"),
    application=AssistantEndpoint,
    application_methods=METHODS,
    media_types=("application/json",),
    body_types=("application/json",),
)
RESOURCES = (_RESOURCE,) if find_spec("mcp") is not None else ()
