import pytest
from tests.http.requests import scope_of

from plangraf.errors import RequestMalformed
from plangraf.formats import GRAPH_FORMATS, HTML, TURTLE
from plangraf.http.request import Read, RecordingRequest, Source


def test_a_request_records_what_is_read_of_it_once_and_in_order() -> None:
    request = RecordingRequest(scope_of("/a?page=2&lang=en", ("Accept", "text/html")))
    assert (request.parameter("page"), request.header("accept"), request.parameter("page")) == ("2", "text/html", "2")
    assert request.header("accept-language") is None
    assert request.base == "http://server.example:8000"
    assert request.query == "page=2&lang=en"
    assert list(request.reads) == [
        Read(Source.PARAMETER, "page"),
        Read(Source.HEADER, "accept"),
        Read(Source.HEADER, "accept-language"),
        Read(Source.BASE),
        Read(Source.QUERY),
    ]
    assert request.varying == ["Accept", "Accept-Language"]


def test_looking_up_a_value_is_not_recorded_and_gives_what_a_handler_would_read() -> None:
    request = RecordingRequest(
        scope_of("/a?x=1&x=2", ("Host", "h"), ("Accept", "a"), ("Accept", "b"), scheme="https")
    )
    assert request.value(Read(Source.PARAMETER, "x")) == request.parameters("x") == ("1", "2")
    assert request.value(Read(Source.HEADER, "accept")) == request.header("accept") == "a, b"
    assert request.value(Read(Source.BASE)) == request.base == "https://h"
    assert request.value(Read(Source.QUERY)) == request.query == "x=1&x=2"
    assert request.value(Read(Source.PARAMETER, "y")) == ()
    assert len(request.reads) == 4


def test_a_derived_value_is_recorded_instead_of_the_header() -> None:
    def has_html(header: str | None) -> str:
        return "yes" if header and "html" in header else "no"

    read = Read(Source.HEADER, "accept", has_html)
    requests = [
        RecordingRequest(scope_of("/", ("Accept", value))) for value in ("text/html", "text/html;q=0.9", "a/b")
    ]
    assert [request.derive("accept", has_html) for request in requests] == ["yes", "yes", "no"]
    for request in requests:
        assert list(request.reads) == [read]
        assert request.varying == ["Accept"]
    assert RecordingRequest(scope_of("/", ("Accept", f"text/html, {'x' * 5000}"))).value(read) == "yes"
    assert RecordingRequest(scope_of("/")).value(read) == "no"


def test_all_lines_of_a_header_are_one_list() -> None:
    request = RecordingRequest(scope_of("/", ("Accept-Language", "de"), ("X", "y"), ("Accept-Language", "en")))
    assert request.header("accept-language") == "de, en"
    assert request.content_language() == ("en", False)


@pytest.mark.parametrize(
    ("path", "stem", "ending"),
    [
        ("/doc/a.ttl", "/doc/a", TURTLE),
        ("/doc/a.html?x=.ttl", "/doc/a", HTML),
        ("/doc/a%2Ettl", "/doc/a%2Ettl", None),
        ("/doc/a.ttl.x", "/doc/a.ttl.x", None),
        ("/doc/%C3%B8", "/doc/%C3%B8", None),
    ],
)
def test_the_path_is_as_it_was_sent_and_its_ending_names_the_form(path: str, stem: str, ending: object) -> None:
    request = RecordingRequest(scope_of(path), (HTML, *GRAPH_FORMATS))
    assert (request.stem, request.ending) == (stem, ending)
    assert request.path == path.partition("?")[0]
    assert not request.reads


@pytest.mark.parametrize(
    ("path", "accept_language", "expected"),
    [
        ("/", None, ("nb", False)),
        ("/?lang=en", "nb", ("en", True)),
        ("/?lang=nn", None, ("nn", True)),
        ("/?lang=nn-NO", "en", ("nn", True)),
        ("/?lang=", "en", ("en", False)),
        ("/", "no;q=0.5, de", ("nb", False)),
    ],
)
def test_the_address_names_the_language_or_the_client_prefers_one(
    path: str, accept_language: str | None, expected: tuple[str, bool]
) -> None:
    headers = [("Accept-Language", accept_language)] if accept_language else []
    assert RecordingRequest(scope_of(path, *headers)).content_language() == expected


def test_an_unknown_language_in_the_address_is_an_error_except_where_errors_are_answered() -> None:
    with pytest.raises(RequestMalformed, match="nb, nn, en"):
        RecordingRequest(scope_of("/?lang=xx")).content_language()
    scope = scope_of("/?lang=xx", ("Accept-Language", "en"))
    assert RecordingRequest(scope, lenient=True).content_language() == ("en", False)
