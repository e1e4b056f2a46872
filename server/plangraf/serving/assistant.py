"""`plangraf mcp`: the tools for assistants over standard input and output, in this process without a server."""

from pathlib import Path

from mcp.server.stdio import stdio_server

from plangraf.app import make_services
from plangraf.engine.embedded import EmbeddedEngine, policy
from plangraf.serving.candidate import open_release, store_location
from plangraf.serving.configuration import query_limits, read_examples, read_shapes
from plangraf.settings import Settings
from plangraf.site.assistants.asking import Asking
from plangraf.site.assistants.server import protocol_server


async def answer_assistant(settings: Settings, scratch: Path) -> None:
    """Answer an assistant until it closes standard input.

    Args:
        settings: the settings, which name the release.
        scratch: a folder for a temporary release.

    Raises:
        InputError: the release cannot be opened, or the data cannot be read.
        NonconformingError: the data violate the shapes.
        EngineUnavailable: the release cannot be loaded.
    """
    release = open_release(settings, scratch)
    services = make_services(
        engine=EmbeddedEngine(
            store_location(settings, release),
            query_limits(settings),
            policy(settings.workers, settings.client_queries),
        ),
        manifest=release.manifest,
        quads=release.quads,
        shapes=read_shapes(),
        examples=read_examples(),
        settings=settings,
    )
    try:
        await services.start()
        server = protocol_server(Asking.here(services))
        async with stdio_server() as (received, sent):
            await server.run(received, sent, server.create_initialization_options())
    finally:
        await services.close()
