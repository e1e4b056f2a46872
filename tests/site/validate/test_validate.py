"""Validation as a service, and the worst that can be uploaded to it, on a running server."""

import csv
import io
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial

import httpx
import pytest
from rdflib import RDF, SH, Graph
from tests.counts import chance, times
from tests.servers import CERTIFICATES, PATIENCE, Server, children, serving, soon

from plangraf import shipped
from plangraf.validation.report import MOST_RESULTS

PLAN = (shipped.DATA / "trondheim" / "samfunnsplan-2020-2032" / "plan.ttl").read_text(encoding="utf-8")
GOAL = """\
@prefix plan: <https://w3id.org/plangraf/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<https://example.org/goal/1> a plan:Goal ;
  skos:notation "1" ;
  skos:prefLabel "Et mål <b>for</b> alle"@no .
"""
XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.org/">{}</rdf:RDF>'


@pytest.fixture(scope="module")
def service() -> Iterator[Server]:
    with serving(upload_seconds=600, upload_memory=300 * 1024 * 1024, workers=3) as server:
        yield server


@pytest.fixture(scope="module")
def hasty() -> Iterator[Server]:
    """Yield a server whose time is up before any machine has checked thousands of goals."""
    with serving(upload_seconds=0.2, workers=3) as server:
        yield server


def send_from(server: Server, number: int) -> httpx.Response:
    """Send a small upload from one of several addresses, since one client has few places."""
    transport = httpx.HTTPTransport(verify=CERTIFICATES, local_address=f"127.0.0.{2 + number % 4}")
    with httpx.Client(transport=transport) as client:
        return client.post(f"{server.address}/validate", content=GOAL, headers={"Content-Type": "text/turtle"})


def test_one_client_does_not_take_all_places(service: Server) -> None:
    head = b"POST /validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/turtle\r\nContent-Length: 9\r\n\r\n"
    with ExitStack() as uploads:
        for _ in range(12):
            client = uploads.enter_context(socket.create_connection(("127.0.0.1", service.port)))
            client.sendall(head)
        assert send_from(service, 1).status_code == 200


@pytest.fixture
def unharmed(service: Server) -> Iterator[None]:
    """Check after a test that a small upload is answered, and that no process is left but one that is ready."""
    yield
    assert send(service, GOAL).status_code == 200
    soon(lambda: only_ready(service))


def only_ready(server: Server) -> bool:
    """Return whether a server has no process for uploads but the one that is ready."""
    return len(children(server.background)) <= 1


def goals(number: int) -> str:
    """Return an upload that breaks several shapes in each of its statements."""
    return "".join(
        f'<http://e.org/{n}> a <https://w3id.org/plangraf/ontology#Goal> ; <http://e.org/p> "{n}"@no .\n'
        for n in range(number)
    )


def send(server: Server, data: str | bytes, media_type: str = "text/turtle", **headers: str) -> httpx.Response:
    return httpx.post(f"{server.address}/validate", content=data, headers={"Content-Type": media_type, **headers})


def test_a_plan_that_conforms_is_told_so(service: Server) -> None:
    answer = send(service, PLAN)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    report = answer.json()
    assert report["conforms"]
    assert report["counts"] == {"violation": 0, "warning": 0, "info": 9}  # the titles that are missing


def test_what_is_uploaded_goes_before_what_is_published(service: Server) -> None:
    report = send(service, PLAN.replace('"Trondheimsløftet"@nb', '"Et annet navn"@nb')).json()
    assert report["conforms"], report["results"][:1]


def test_a_mistake_is_told_with_its_line_and_how_to_mend_it(service: Server) -> None:
    report = send(service, GOAL).json()
    [tag] = [result for result in report["results"] if result["sourceShape"].endswith("#LanguageTag")]
    assert tag["line"] == 6
    assert "nb" in tag["messages"]["nb"]
    assert set(tag["messages"]) == {"nb", "en"}
    assert not report["conforms"]


def test_a_report_comes_as_turtle(service: Server) -> None:
    answer = send(service, GOAL, Accept="text/turtle")
    assert answer.headers["content-type"].startswith("text/turtle")
    graph = Graph().parse(data=answer.text, format="turtle")
    [report] = graph.subjects(RDF.type, SH.ValidationReport)
    assert len(list(graph.objects(report, SH.result))) == len(send(service, GOAL).json()["results"])


def test_a_report_comes_as_csv_in_the_reader_s_language(service: Server) -> None:
    messages = []
    for language in ("nb", "en"):
        answer = httpx.post(
            f"{service.address}/validate",
            params={"format": "csv"},
            content=GOAL,
            headers={"Content-Type": "text/turtle", "Accept-Language": language},
        )
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        messages.append({row["message"] for row in rows})
    assert messages[0].isdisjoint(messages[1])


def test_data_are_read_by_their_media_type(service: Server) -> None:
    data = Graph().parse(data=GOAL, format="turtle").serialize(format="json-ld")
    report = send(service, data, "application/ld+json").json()
    assert {r["sourceShape"].partition("#")[2] for r in report["results"]} >= {"LanguageTag", "PlanConcept-scheme"}


@pytest.mark.parametrize(
    ("media_type", "data"),
    [
        ("application/trig", "<https://e.org/g> { <https://e.org/a> <https://e.org/p> 1 }"),
        ("application/n-quads", "<https://e.org/a> <https://e.org/p> <https://e.org/b> <https://e.org/g> ."),
        ("application/x-turtle", "<https://e.org/a> <https://e.org/p> 1 ."),
        ("text/n3; charset=utf-8", "<https://e.org/a> <https://e.org/p> 1 ."),
        ("application/json", '{"@id": "https://e.org/a", "https://e.org/p": 1}'),
        (
            "application/xml",
            XML.format('<rdf:Description rdf:about="https://e.org/a"><e:p>1</e:p></rdf:Description>'),
        ),
    ],
)
def test_other_names_of_media_types_are_known(service: Server, media_type: str, data: str) -> None:
    answer = send(service, data, media_type)
    assert (answer.status_code, answer.json().get("statements")) == (200, 1)


@pytest.mark.parametrize(("language", "word"), [("nb", "Må rettes"), ("en", "Must be fixed")])
def test_the_page_shows_results_with_their_lines_and_runs_nothing(service: Server, language: str, word: str) -> None:
    answer = httpx.post(
        f"{service.address}/validate",
        params={"lang": language},
        data={"data": GOAL, "source": "turtle", "format": "html"},
        headers={"Accept": "text/html"},
    )
    assert answer.status_code == 200
    assert f'<html lang="{language}" ' in answer.text
    assert word in answer.text
    assert "skos:prefLabel &#34;Et mål &lt;b&gt;for&lt;/b&gt; alle&#34;@no" in answer.text
    assert "<b>for</b>" not in answer.text
    assert "/shapes" in answer.text


def test_a_file_is_read_by_its_ending_and_its_name_is_not_a_path(service: Server) -> None:
    answer = httpx.post(
        f"{service.address}/validate",
        files={"file": ("../../../../etc/passwd.ttl", GOAL.encode(), "application/octet-stream")},
        data={"source": "jsonld"},
    )
    assert answer.status_code == 200
    assert {result["file"] for result in answer.json()["results"]} == {"data.ttl"}


@pytest.mark.usefixtures("unharmed")
@pytest.mark.parametrize(
    ("data", "media_type", "status", "says"),
    [
        pytest.param(PLAN[: len(PLAN) // 2], "text/turtle", 400, '"line":', id="truncated"),
        pytest.param(GOAL, "application/pdf", 415, "text/turtle", id="wrong type"),
        pytest.param(GOAL, "", 415, "Content-Type", id="no type"),
        pytest.param(b" " * (17 * 1024 * 1024), "text/turtle", 413, "16777216", id="17 MiB"),
        pytest.param(
            '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            + XML.format("<e:a><e:p>&x;</e:p></e:a>"),
            "application/rdf+xml",
            400,
            "upload-malformed",
            id="external entity",
        ),
        pytest.param("[" * 200_000, "text/turtle", (400, 503), "", id="deep Turtle"),
        pytest.param("[" * 200_000, "application/ld+json", (400, 503), "", id="deep JSON"),
        pytest.param(
            '{"@context": {"a": {"@id": "b", "@context": ' * 2000,
            "application/ld+json",
            (400, 503),
            "",
            id="deep context",
        ),
    ],
)
def test_what_cannot_be_read_is_told(
    service: Server, data: str | bytes, media_type: str, status: int | tuple[int, ...], says: str
) -> None:
    answer = send(service, data, media_type)
    assert answer.status_code in (status if isinstance(status, tuple) else (status,)), answer.text[:300]
    assert says in answer.text
    assert "root:" not in answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.soak
@pytest.mark.usefixtures("unharmed")
def test_bytes_that_were_changed_by_chance_are_checked_or_told(service: Server) -> None:
    random = chance("upload")
    for _ in range(times(3)):
        data = bytearray(GOAL.encode())
        for _ in range(random.randint(1, 10)):
            data[random.randrange(len(data))] = random.randrange(256)
        answer = send(service, bytes(data))
        assert answer.status_code in (200, 400), bytes(data)


@pytest.mark.usefixtures("unharmed")
@pytest.mark.parametrize("path", ["context", "import"])
def test_nothing_is_fetched(service: Server, path: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        elsewhere = f"http://127.0.0.1:{listener.getsockname()[1]}/{path}"
        if path == "context":
            answer = send(service, f'{{"@context": "{elsewhere}", "a": 1}}', "application/ld+json")
            assert answer.status_code == 400
        else:
            answer = send(service, f"<http://e.org/> <http://www.w3.org/2002/07/owl#imports> <{elsewhere}> .")
            assert answer.status_code == 200
        with pytest.raises(BlockingIOError):  # the answer has come, and nobody has knocked
            listener.accept()


@pytest.mark.usefixtures("unharmed")
def test_a_million_blank_nodes_come_to_a_limit(service: Server) -> None:
    data = "".join(f"_:{n:x} <a:> _:b.\n" for n in range(900_000))
    answer = send(service, data)
    assert answer.status_code == 503
    assert answer.json()["limit"] == "memory"


def test_uploads_that_take_long_come_to_the_limit_of_time(hasty: Server) -> None:
    answer = send(hasty, goals(20_000))
    assert answer.status_code == 504
    assert (answer.json()["limit"], answer.json()["seconds"]) == ("time", 0.2)
    soon(lambda: only_ready(hasty))


@pytest.mark.usefixtures("unharmed")
def test_shapes_in_an_upload_are_data_and_not_run(service: Server) -> None:
    shape = """@prefix sh: <http://www.w3.org/ns/shacl#> .
    <http://e.org/S> a sh:NodeShape ; sh:targetNode <http://e.org/S> ; sh:node <http://e.org/S> ;
      sh:property [ sh:path <http://e.org/p> ; sh:pattern "^(a+)+$" ; sh:minCount 1 ] ;
      <http://e.org/p> "aaaaaaaaaaaaaaaaaaaaaaaaaaaab" ."""
    report = send(service, shape).json()
    assert report["conforms"]


def test_a_report_lists_only_so_many_results_and_counts_all(service: Server) -> None:
    data = "".join(f'<http://e.org/{n}> <http://e.org/p> "x"@no .\n' for n in range(MOST_RESULTS + 10))
    report = send(service, data).json()
    assert report["counts"]["violation"] == MOST_RESULTS + 10
    assert (len(report["results"]), report["leftOut"]) == (MOST_RESULTS, 10)


@pytest.mark.parametrize("path", ["?format=pdf", "?format="])
def test_a_form_of_report_that_there_is_not_is_refused(service: Server, path: str) -> None:
    answer = httpx.post(
        f"{service.address}/validate{path}",
        content=GOAL,
        headers={"Content-Type": "text/turtle", "Accept": "application/pdf"},
    )
    assert answer.status_code == 406
    assert "application/json" in answer.json()["available"]


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"data=a", "multipart/form-data"),
        (b"data=+++", "application/x-www-form-urlencoded"),
        (b"data=a&source=word", "application/x-www-form-urlencoded"),
    ],
)
def test_a_broken_form_is_told(service: Server, content: bytes, media_type: str) -> None:
    answer = send(service, content, media_type)
    assert answer.status_code == 400
    assert answer.json()["type"].endswith("#request-malformed")


def test_a_browser_that_sends_nothing_gets_the_form_again_and_why(service: Server) -> None:
    answer = httpx.post(f"{service.address}/validate", data={"data": ""}, headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert '<form method="post"' in answer.text
    assert 'role="alert"' in answer.text


@pytest.mark.soak
@pytest.mark.usefixtures("unharmed")
def test_many_at_once_are_answered_or_told_to_wait(service: Server) -> None:
    number = times(12, most=60)
    with ThreadPoolExecutor(number) as visitors:
        answers = list(visitors.map(partial(send_from, service), range(number)))
    assert {answer.status_code for answer in answers} <= {200, 503}
    assert sum(answer.status_code == 200 for answer in answers) >= 10
    assert all("Retry-After" in answer.headers for answer in answers if answer.status_code == 503)


@pytest.mark.usefixtures("unharmed")
def test_a_visitor_who_leaves_takes_the_work_along(service: Server) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(
            f"{service.address}/validate",
            content=goals(40_000),
            headers={"Content-Type": "text/turtle"},
            timeout=httpx.Timeout(PATIENCE, read=0.7),
        )
    soon(lambda: only_ready(service))


def test_a_file_of_the_form_is_read_as_what_it_is(service: Server) -> None:
    rdf = XML.format('<e:a rdf:about="http://e.org/a"><e:p xml:lang="no">x</e:p></e:a>')
    for name in ("export.owl", "export.xml", "EXPORT.RDF"):
        answer = httpx.post(
            f"{service.address}/validate",
            files={"file": (name, rdf.encode(), "application/octet-stream")},
            data={"source": "turtle"},
        )
        assert answer.status_code == 200, answer.text
        assert answer.json()["counts"]["violation"] == 1
    data = Graph().parse(data=GOAL, format="turtle").serialize(format="json-ld")
    answer = httpx.post(f"{service.address}/validate", files={"file": ("export.json", data.encode())})
    assert answer.json()["found"]["goals"] == 1


def test_a_file_is_not_sent_back_in_the_form(service: Server) -> None:
    answer = httpx.post(
        f"{service.address}/validate",
        files={"file": ("plan.ttl", GOAL.encode())},
        data={"format": "html"},
    )
    assert answer.status_code == 200
    assert '<textarea class="ds-input" id="data" name="data" rows="14" spellcheck="false"></textarea>' in answer.text
    pasted = httpx.post(f"{service.address}/validate", data={"data": GOAL, "format": "html"})
    assert "@prefix plan:" in pasted.text
    long = httpx.post(f"{service.address}/validate", data={"data": goals(1000), "format": "html"})
    assert "<http://e.org/999> a" not in long.text.partition("<form")[2]


def test_the_page_shows_three_places_of_a_fault_and_folds_the_rest(service: Server) -> None:
    text = "".join(f'<http://e.org/{n}> <http://e.org/p> "x"@no .\n' for n in range(9))
    answer = httpx.post(f"{service.address}/validate", data={"data": text, "format": "html"})
    shown, _, folded = answer.text.partition("<details>")
    assert shown.count("<code>http://e.org/") == 3
    assert folded.partition("</details>")[0].count("<code>http://e.org/") == 6


def test_csv_says_what_it_leaves_out(service: Server) -> None:
    data = "".join(f'<http://e.org/{n}> <http://e.org/p> "x"@no .\n' for n in range(MOST_RESULTS + 10))
    rows = list(
        csv.DictReader(io.StringIO(send(service, data, **{"Accept": "text/csv", "Accept-Language": "en"}).text))
    )
    assert len(rows) == MOST_RESULTS + 1
    assert rows[-1]["message"] == "10 more results of this shape are left out."
    assert rows[-1]["sourceShape"].endswith("#LanguageTag")


@pytest.mark.parametrize("data", ["", "# nothing yet\n", "@prefix e: <http://e.org/> ."])
def test_an_upload_without_statements_is_refused(service: Server, data: str) -> None:
    answer = send(service, data)
    assert answer.status_code == 400
    assert answer.json()["type"].endswith("#upload-malformed")


@pytest.mark.parametrize(
    ("media_type", "data"),
    [
        (
            "text/turtle",
            "@prefix r: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . "
            '<https://e.org/a> <https://e.org/p> "<p>x</p>"^^r:HTML, "<a/>"^^r:XMLLiteral, "[1]"^^r:JSON, '
            '"<"^^r:HTML .',
        ),
        (
            "application/rdf+xml",
            '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://e.org/"><r:Description '
            'r:about="https://e.org/a"><e:p r:parseType="Literal"><b>x</b></e:p></r:Description></r:RDF>',
        ),
        (
            "application/ld+json",
            '{"@id": "https://e.org/a", "https://e.org/p": [{"@value": {"a": 1}, "@type": "@json"}, '
            '{"@value": "<p>x</p>", "@type": "http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML"}]}',
        ),
    ],
)
def test_markup_as_a_value_needs_no_module_that_has_not_been_loaded(server: str, media_type: str, data: str) -> None:
    """A confined process can open no file; the fixture fails if one has written a traceback."""
    answer = httpx.post(f"{server}/validate", content=data, headers={"Content-Type": media_type})
    assert answer.status_code == 200, answer.text
