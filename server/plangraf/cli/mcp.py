"""`plangraf mcp`: answer an assistant over standard input."""

import asyncio
import tempfile
from importlib.util import find_spec
from pathlib import Path

from plangraf import settings
from plangraf.cli.state_option import StateOption
from plangraf.errors import InputError


def mcp(state: StateOption = None) -> None:
    """Answer an assistant over standard input and output (Model Context Protocol), until it ends.

    Without a state folder, the command answers from the shipped data. The limits are those of the server.
    """
    if find_spec("mcp") is None:
        raise InputError("the package mcp is not installed: pip install 'plangraf[mcp]'")
    # A local import, because the package is an extra.
    from plangraf.serving.assistant import answer_assistant

    with tempfile.TemporaryDirectory(prefix="plangraf-") as scratch:
        asyncio.run(answer_assistant(settings.load(state=state), Path(scratch)))
