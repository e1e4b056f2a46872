import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from tests.servers import COMMAND, PATIENCE, serving

from plangraf import shipped
from plangraf.release.release import Release


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # our own command
        [COMMAND, *arguments],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, **environment},
    )


def test_a_port_in_use_is_told_with_a_way_out() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        ended = run("serve", "--port", str(port))
    assert ended.returncode == 2
    assert f"port {port} on 127.0.0.1 is in use" in ended.stderr
    assert "--port" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--release", "/nowhere"), "is not a release"),
        (("--data", "/nowhere"), "there is no such file or folder"),
        (("--data", "/nowhere.ttl"), "there is no such file"),
        (("--port", "70000"), "the option --port cannot be 70000"),
        (("--host", "no.such.host.invalid"), "is not known"),
        (("--get", "catalog"), "does not start with a slash"),
        (("--get", "/", "--header", "text/turtle"), "takes a name, a colon and a value"),
        (("--get", "/", "--header", "Accept: a\r\nHost: b"), "takes a name, a colon and a value"),
        (("--include",), "belong to --get"),
    ],
)
def test_what_cannot_be_served_is_told_in_one_message(arguments: tuple[str, ...], words: str) -> None:
    ended = run("serve", *(arguments if "--port" in arguments else (*arguments, "--port", "0")))
    assert ended.returncode == 2
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("variable", "value"), [("PLANGRAF_PORT", "eighty"), ("PLANGRAF_DATA", "not JSON"), ("PLANGRAF_MAX_BODY", "0")]
)
def test_a_bad_setting_names_its_variable(variable: str, value: str) -> None:
    ended = run("serve", **{variable: value})
    assert ended.returncode == 2
    assert variable in ended.stderr
    assert "Traceback" not in ended.stderr


def test_data_that_break_the_shapes_are_not_served(tmp_path: Path) -> None:
    source = tmp_path / "broken.ttl"
    source.write_text("<https://e.org/p> a <https://w3id.org/plangraf/ontology#Plan> .")
    ended = run("serve", "--port", "0", "--data", str(source))
    assert ended.returncode == 1
    assert f"{source}:1" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_built_release_is_served_and_nothing_is_left_behind(tmp_path: Path, stop: signal.Signals) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with subprocess.Popen(  # noqa: S603  # our own command
        [COMMAND, "serve", "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    ) as process:
        assert process.stderr is not None
        try:
            greeting = process.stderr.readline()
            match = re.search(r"release (r[0-9a-f]{12}) on (http://\S+)", greeting)
            assert match is not None
            assert "the pages have no contact (contact_email, contact_url) and no accessibility statement" in greeting
            assert match[1] in httpx.get(match[2]).text
            assert len(list(temporary.iterdir())) == 1
        finally:
            process.send_signal(stop)
        assert process.wait(PATIENCE) == 0
        assert process.stderr.read() == ""
    assert list(temporary.iterdir()) == []


def test_serving_a_built_release_loads_neither_pyshacl_nor_rich(tmp_path: Path) -> None:
    built = run("build", "--out", str(tmp_path / "out"))
    assert built.returncode == 0, built.stderr
    with subprocess.Popen(  # noqa: S603  # our own command
        [sys.executable, "-X", "importtime", COMMAND, "serve", "--port", "0", "--release", str(tmp_path / "out")],
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        loaded = set()
        for line in process.stderr:
            if "Plangraf serves" in line:
                break
            loaded.add(line.rpartition("|")[2].strip())
        process.terminate()
        process.stderr.read()
    assert "plangraf.app" in loaded
    assert {"pyshacl", "rich"}.isdisjoint(loaded)


def test_a_release_on_disk_is_served(tmp_path: Path) -> None:
    built = run("build", "--out", str(tmp_path / "out"))
    assert built.returncode == 0, built.stderr
    with subprocess.Popen(  # noqa: S603  # our own command
        [COMMAND, "serve", "--port", "0", "--release", str(tmp_path / "out")], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        try:
            line = process.stderr.readline()
            release = (tmp_path / "out" / "current").resolve().name
            assert release in line
        finally:
            process.terminate()


def test_without_npm_the_pages_are_plain_and_the_first_line_says_so(tmp_path: Path) -> None:
    package = shipped.ROOT / "server" / "plangraf"
    shutil.copytree(package, tmp_path / "server" / "plangraf", ignore=shutil.ignore_patterns("vendor", "__pycache__"))
    for folder in ("data", "ontology", "shapes"):
        (tmp_path / folder).symlink_to(shipped.ROOT / folder)
    program = "from plangraf.cli import main; main()"
    with subprocess.Popen(  # noqa: S603  # our own package, without the third-party files
        [sys.executable, "-c", program, "serve", "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "server")},
    ) as process:
        assert process.stderr is not None
        try:
            line = process.stderr.readline()
            match = re.search(r"http://127\.0\.0\.1:\d+", line)
            assert match is not None, line
            assert "the pages are plain, since it was installed without npm" in line
            page = httpx.get(f"{match[0]}/sparql?lang=en", headers={"Accept": "text/html"}).text
            assert '<link rel="stylesheet" href="/static/plangraf.css?v=' in page
            assert 'id="query" name="query"' in page
            assert "/static/vendor/" not in page
            assert re.findall(r'src="/static/([\w.-]+)', page) == ["search.js", "plangraf.svg"]
        finally:
            process.terminate()


def test_get_writes_the_bytes_that_a_server_sends_for_the_same_request(release: Release) -> None:
    with serving(release=release.path) as server:
        for target, accept in [
            ("/browse?lang=nb", "text/csv"),
            ("/doc/trondheim/samfunnsplan-2020-2032", "text/turtle"),
            ("/search?q=gjøre", "application/json"),
            ("/sparql?query=ASK{}", "application/sparql-results+json"),
        ]:
            sent = httpx.get(server.address + target, headers={"Accept": accept, "Accept-Encoding": "identity"})
            ended = subprocess.run(  # noqa: S603  # our own command
                [
                    *(COMMAND, "serve", "--release", str(release.path), "--get", target, "--include"),
                    *("--header", f"Accept: {accept}", "--header", f"Host: {server.address.partition('//')[2]}"),
                ],
                capture_output=True,
                timeout=PATIENCE,
                check=True,
            )
            head, _, body = ended.stdout.partition(b"\r\n\r\n")
            status, *fields = head.decode("latin-1").split("\r\n")
            written = httpx.Headers([(name, value) for name, _, value in (field.partition(": ") for field in fields)])
            assert status == f"HTTP/1.1 {sent.status_code} OK"
            assert body == sent.content
            for name in ("content-type", "etag", "vary", "link", "content-language"):
                assert written.get(name) == sent.headers.get(name)
            assert ended.stderr == b""


def test_get_opens_no_socket_and_answers_where_the_port_is_in_use() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        ended = run("serve", "--port", str(holder.getsockname()[1]), "--get", "/robots.txt")
        holder.setblocking(False)
        with pytest.raises(BlockingIOError):
            holder.accept()
    assert ended.returncode == 0
    assert ended.stdout.startswith("User-agent:")


def test_get_ends_with_1_for_an_error_and_writes_the_problem() -> None:
    ended = run("serve", "--get", "/nothing")
    assert ended.returncode == 1
    assert json.loads(ended.stdout)["status"] == 404
    assert ended.stderr == ""


def test_get_says_that_an_answer_is_not_whole(release: Release) -> None:
    target = "/sparql?query=SELECT ?s ?p ?o {?s ?p ?o}&format=csv"
    ended = run("serve", "--release", str(release.path), "--get", target, PLANGRAF_ANSWER_SIZE="400000")
    assert ended.returncode == 1
    assert ended.stdout.startswith("s,p,o\n")
    assert ended.stderr == (
        "plangraf: the answer is incomplete: The answer has more bytes than an answer may have. Ask for less, with "
        "LIMIT or a narrower query.\n"
    )


def test_a_broken_answer_is_counted_and_not_logged_as_a_fault(release: Release) -> None:
    with serving(release=release.path, answer_size=400_000) as server:
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(f"{server.address}/sparql", params={"query": "SELECT * {?s ?p ?o}", "format": "csv"})
        assert 'plangraf_queries_total{outcome="broken"} 1.0' in httpx.get(f"{server.address}/metrics").text
        server.process.terminate()
        assert server.process.stderr is not None
        assert server.process.stderr.read() == ""
