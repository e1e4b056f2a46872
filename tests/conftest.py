"""Fixtures that are real: a release of the shipped data, a server process, a browser."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from plangraf import shipped
from plangraf.release.build import build_release
from plangraf.release.release import Release
from plangraf.sources.dataset import read_dataset
from plangraf.validation.shapes import Shapes, load_shapes

COMMAND = Path(sys.executable).with_name("plangraf")


@pytest.fixture(scope="session")
def shapes() -> Shapes:
    """The shipped shapes."""
    return load_shapes(shipped.SHAPES)


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory, shapes: Shapes) -> Release:
    """A release of the shipped data."""
    return build_release(read_dataset([shipped.DATA]), shipped.ONTOLOGY, shapes, tmp_path_factory.mktemp("releases"))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of `plangraf serve` with the shipped data, in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PLANGRAF_")}
    with subprocess.Popen(
        [COMMAND, "serve", "--port", "0"], stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        match = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        if match is None:
            process.kill()
            pytest.fail(f"the server did not start: {line}{process.stderr.read()}")
        _wait_for(int(match[1]))
        yield match[0]
        process.terminate()
        rest = process.stderr.read()
        assert process.wait(10) == 0, rest
        assert "Traceback" not in rest


def _wait_for(port: int) -> None:
    """Wait until something listens on `port`."""
    for _ in range(200):
        with socket.socket() as client:
            client.settimeout(0.05)
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
    pytest.fail(f"nothing listens on port {port}")
