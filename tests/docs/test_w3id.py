"""The redirects of w3id.org, by a real Apache with the file of the repository."""

import http.client
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from tests.docs.documents import DOCS
from tests.servers import listens, soon

from plangraf.namespaces import BASE, ID
from plangraf.site.resources import RESOURCES

MODULES = Path("/usr/lib/apache2/modules")
PLACEHOLDER = "https://plangraf.example"
CONFIGURATION = """
ServerRoot {folder}
PidFile {folder}/pid
DefaultRuntimeDir {folder}
ServerName w3id.example
Listen 127.0.0.1:{port}
ErrorLog /dev/stderr
LogLevel error
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule rewrite_module {modules}/mod_rewrite.so
DocumentRoot {folder}/site
<Directory {folder}/site>
  AllowOverride All
  Require all granted
</Directory>
"""


@pytest.fixture(scope="module")
def w3id(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of Apache, which redirects to the server; where it is missing, that is an error on CI."""
    apache = shutil.which("apache2", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if apache is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Apache is not installed (apache2-bin)")
        pytest.skip("Apache is not installed")  # the gate, with CI=true, has failed above
    folder = tmp_path_factory.mktemp("apache")
    (folder / "site" / "plangraf").mkdir(parents=True)
    for above in (folder, *folder.parents[:2]):
        above.chmod(0o755)  # as root, Apache answers as another user
    rules = (DOCS / "w3id" / ".htaccess").read_text(encoding="utf-8")
    (folder / "site" / "plangraf" / ".htaccess").write_text(rules.replace(PLACEHOLDER, server), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = CONFIGURATION.format(folder=folder, port=port, modules=MODULES)
    (folder / "apache.conf").write_text(settings, encoding="utf-8")
    with subprocess.Popen(  # noqa: S603  # Debian's Apache
        [apache, "-f", str(folder / "apache.conf"), "-DFOREGROUND"], stderr=subprocess.PIPE
    ) as process:
        try:
            soon(lambda: process.poll() is not None or listens(port))
            assert process.poll() is None, process.stderr.read() if process.stderr else ""
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/ontology",
        "/id/trondheim/samfunnsplan-2020-2032/goal/1.1",
        "/id/%C3%A5/%c3%a5",
        "/id/a%20b+c;d=1,(e)'f!*~",
        "/id/a%3Fb%23c%25d%26e",
        "/doc?iri=http%3A%2F%2Fa.example%2F%C3%A5%3Fb%3D1%26c&lang=nb",
        "/sparql?query=ASK%20%7B%7D",
        "/doc/a?",
        "/doc/a?b=%25%31$1%1",
    ],
)
def test_the_path_and_the_query_string_stay_as_they_are(w3id: str, server: str, path: str) -> None:
    connection = http.client.HTTPConnection(w3id.removeprefix("http://"))  # httpx would encode some of these anew
    with closing(connection):
        connection.request("GET", f"/plangraf{path}")
        answer = connection.getresponse()
        assert answer.status == 307
        assert answer.headers["Location"] == server + path


def test_every_thing_is_found_by_its_iri(w3id: str) -> None:
    with httpx.Client(follow_redirects=True, headers={"Accept": "text/turtle"}) as client:
        for path in ("trondheim", "trondheim/samfunnsplan-2020-2032", "trondheim/samfunnsplan-2020-2032/goal/1.1"):
            answer = client.get(w3id + (ID + path).removeprefix("https://w3id.org"))
            assert [step.status_code for step in answer.history] == [307, 303]
            assert answer.status_code == 200
            subjects = {str(triple.subject) for triple in ox.parse(answer.content, ox.RdfFormat.TURTLE)}
            assert f"<{ID}{path}>" in subjects


def test_every_example_is_the_same_page_through_the_redirect(w3id: str, server: str) -> None:
    with httpx.Client(follow_redirects=True) as client:
        for resource in RESOURCES:
            example = resource.examples[0] if resource.examples else None
            if example is not None:
                through = client.get(w3id + BASE.removeprefix("https://w3id.org") + example.path)
                assert str(through.url) == str(httpx.URL(server + example.path))
                assert through.status_code == client.get(server + example.path).status_code


def test_a_query_by_post_stays_one(w3id: str) -> None:
    answer = httpx.post(f"{w3id}/plangraf/sparql", data={"query": "ASK {}"}, follow_redirects=True)
    assert answer.status_code == 200
    assert answer.json()["boolean"] is True
