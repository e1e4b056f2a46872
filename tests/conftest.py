"""Fixtures that are real: a release of the shipped data, a server process, a browser."""

import inspect
import os
import re
import subprocess
from collections.abc import Generator, Iterator
from pathlib import Path

import httpx
import pytest
from tests import counts
from tests.clients.javascript import Javascript
from tests.servers import CERTIFICATES, COMMAND, PATIENCE, soon

from plangraf import shipped
from plangraf.release.build import build_release
from plangraf.release.release import Release
from plangraf.search.index_build import index_release
from plangraf.sources.dataset import list_files
from plangraf.validation.shapes import Shapes, load_shapes
from plangraf.view.assets import STATIC
from plangraf.view.vendor import FOLDER, MANIFEST

# httpx by default waits five seconds, which a cold page on a busy machine may need, and reads the certificates of the
# machine for each request, which takes longer than most answers.
for _function in (
    *(httpx.get, httpx.head, httpx.options, httpx.post, httpx.put, httpx.delete, httpx.request, httpx.stream),
    *(httpx.Client.__init__, httpx.AsyncClient.__init__),
):
    _defaults = inspect.unwrap(_function).__kwdefaults__
    assert _defaults is not None
    assert _defaults.keys() >= {"timeout", "verify"}
    _defaults.update(timeout=PATIENCE, verify=CERTIFICATES)


def pytest_report_header() -> str:
    """Say in the header of a run how much is tried, and with what seed."""
    return counts.SETTING


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say the same with each failure."""
    report = yield
    if report.failed:
        report.sections.append(("tried with", counts.SETTING))
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many of the mutants of each kind the shapes report, and which mutations pass as valid."""
    lines = [
        value
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, ())
        for key, value in getattr(report, "user_properties", ())
        if key == "mutants"
    ]
    if lines:
        terminalreporter.section("mutants of plans: kind, reported of planted")
    for kind, planted, reported, missed in lines:
        terminalreporter.write_line(f"{kind:18}{reported:5} of {planted:4}  {reported / planted:5.0%}")
        if terminalreporter.verbosity > 0 and missed:
            terminalreporter.write_line(f"    not reported: {'; '.join(missed)}")


@pytest.fixture(scope="session")
def shapes() -> Shapes:
    """Return the shipped shapes."""
    return load_shapes(shipped.SHAPES)


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory, shapes: Shapes) -> Release:
    """Return a release of the shipped data."""
    out = tmp_path_factory.mktemp("releases")
    return build_release(list_files([shipped.DATA]), out, make_files=index_release)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Yield the address of `plangraf serve` with the shipped data and their dumps, with two fronts and no hurry."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PLANGRAF_")}
    environment |= {"PLANGRAF_FRONTS": "2", "PLANGRAF_QUERY_SECONDS": "600"}
    with subprocess.Popen(  # noqa: S603  # our own command
        [COMMAND, "serve", "--port", "0"], stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stderr is not None
        try:
            line = process.stderr.readline()
            match = re.search(r"http://127\.0\.0\.1:\d+", line)
            assert match is not None, line + process.stderr.read()
            soon(lambda: httpx.get(f"{match[0]}/dumps/SHA256SUMS", timeout=PATIENCE).status_code == 200)
            yield match[0]
        except BaseException:
            process.kill()
            raise
        process.terminate()
        rest = process.stderr.read()
        assert process.wait(PATIENCE) == 0, rest
        assert "Traceback" not in rest


@pytest.fixture(scope="session")
def vendor() -> Path:
    """Return the folder of third-party files; where it is missing, that is an error on CI."""
    folder = STATIC / FOLDER
    if not (folder / MANIFEST).is_file():
        message = "no third-party files: install npm, then remove .venv/.ready and run make"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)  # the pages work without them, and so may who has no npm; the gate has failed above
    return folder


@pytest.fixture(scope="session")
def javascript() -> Javascript:
    """Return what runs the JavaScript clients; where they are not installed, that is an error on CI."""
    folder = shipped.ROOT / ".venv" / "clients"
    if not (folder / ".ready").is_file():
        message = "no JavaScript clients: make clients installs them with npm"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)  # who has no npm may still work; the gate, with CI=true, has failed above
    return Javascript(folder)


@pytest.fixture(scope="session")
def conformance() -> Path:
    """Return the folder of other people's test data; where it is missing, that is an error on CI."""
    folder = Path(os.environ.get("PLANGRAF_CONFORMANCE", shipped.ROOT.parent / "shared" / "conformance"))
    if not folder.is_dir():
        message = f"no conformance data at {folder}; PLANGRAF_CONFORMANCE names their folder"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)  # who has not got them may still work; the gate, with CI=true, has failed above
    return folder
