from urllib.parse import quote

import pytest

from plangraf.engine.interface import Query
from plangraf.errors import (
    MediaTypeUnsupported,
    NotAcceptable,
    QueryMissing,
    RequestError,
    RequestMalformed,
    UpdateRefused,
)
from plangraf.formats import GRAPH_FORMATS, RESULT_FORMATS
from plangraf.sparql.protocol import Operation, choose_formats, read_operation, with_formats

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
ASK = "ASK { ?s ?p 'å' }"
ASK_ENCODED = quote(ASK).encode()


def test_a_query_by_get() -> None:
    assert read_operation("GET", b"query=" + ASK_ENCODED, None, b"") == Operation(Query(ASK))


def test_a_query_by_head() -> None:
    assert read_operation("HEAD", b"query=ASK+%7B%7D", None, b"").query.text == "ASK {}"


def test_a_query_by_form() -> None:
    assert read_operation("POST", b"", FORM, b"query=" + ASK_ENCODED) == Operation(Query(ASK))


def test_a_query_as_the_body() -> None:
    assert read_operation("POST", b"", DIRECT, ASK.encode()) == Operation(Query(ASK))


def test_a_percent_sign_is_decoded_once() -> None:
    assert read_operation("POST", b"", FORM, b"query=ASK+%7B%7D+%23+%252B").query.text == "ASK {} # %2B"
    assert read_operation("POST", b"", DIRECT, b"ASK {} # %2B+").query.text == "ASK {} # %2B+"


@pytest.mark.parametrize(
    "content_type",
    [
        "application/sparql-query;charset=utf-8",
        'application/sparql-query; charset="UTF-8"',
        "Application/SPARQL-Query; charset=utf8",
    ],
)
def test_utf_8_has_several_spellings(content_type: str) -> None:
    assert read_operation("POST", b"", content_type, ASK.encode()).query.text == ASK


def test_graphs_are_lists_in_their_order() -> None:
    graphs = b"default-graph-uri=http%3A%2F%2Fa&default-graph-uri=http%3A%2F%2Fb&named-graph-uri=http%3A%2F%2Fc"
    operation = read_operation("GET", b"query=ASK%7B%7D&" + graphs, None, b"")
    assert operation.query.default_graphs == ("http://a", "http://b")
    assert operation.query.named_graphs == ("http://c",)


def test_an_empty_field_names_no_graph() -> None:
    graphs = b"default-graph-uri=&named-graph-uri=&default-graph-uri=http%3A%2F%2Fa"
    query = read_operation("GET", b"query=ASK%7B%7D&" + graphs, None, b"").query
    assert (query.default_graphs, query.named_graphs) == (("http://a",), ())


@pytest.mark.parametrize(
    ("content_type", "body"), [(FORM, b"query=ASK%7B%7D&default-graph-uri=http://b"), (DIRECT, b"ASK{}")]
)
def test_graphs_of_the_address_hold_for_a_post(content_type: str, body: bytes) -> None:
    operation = read_operation("POST", b"default-graph-uri=http://a&named-graph-uri=http://c", content_type, body)
    assert operation.query.default_graphs[0] == "http://a"
    assert operation.query.named_graphs == ("http://c",)


def test_the_format_is_read() -> None:
    assert read_operation("GET", b"query=ASK%7B%7D&format=csv", None, b"").formats == ("csv",)
    assert read_operation("POST", b"format=xml", DIRECT, b"ASK{}").formats == ("xml",)


@pytest.mark.parametrize(
    ("method", "query_string", "content_type", "body"),
    [
        ("GET", b"", None, b""),
        ("GET", b"format=csv", None, b""),
        ("POST", b"", FORM, b""),
        ("POST", b"", FORM, b"q=1"),
    ],
)
def test_no_query(method: str, query_string: bytes, content_type: str | None, body: bytes) -> None:
    with pytest.raises(QueryMissing):
        read_operation(method, query_string, content_type, body)


@pytest.mark.parametrize(
    ("method", "query_string", "content_type", "body"),
    [
        ("GET", b"query=ASK%7B%7D&query=ASK%7B%7D", None, b""),
        ("POST", b"query=ASK%7B%7D", FORM, b"query=ASK%7B%7D"),
        ("POST", b"query=ASK%7B%7D", DIRECT, b"ASK{}"),
    ],
)
def test_two_queries(method: str, query_string: bytes, content_type: str | None, body: bytes) -> None:
    with pytest.raises(RequestMalformed, match="one query, not two"):
        read_operation(method, query_string, content_type, body)


@pytest.mark.parametrize(
    ("method", "query_string", "content_type", "body"),
    [
        ("GET", b"update=CLEAR+ALL", None, b""),
        ("GET", b"query=ASK%7B%7D&update=CLEAR+ALL", None, b""),
        ("POST", b"", FORM, b"update=CLEAR+ALL"),
        ("POST", b"", "application/sparql-update", b"CLEAR ALL"),
    ],
)
def test_an_update_is_refused(method: str, query_string: bytes, content_type: str | None, body: bytes) -> None:
    with pytest.raises(UpdateRefused, match="read-only"):
        read_operation(method, query_string, content_type, body)


@pytest.mark.parametrize(
    "content_type", [None, "", "text/plain", "application/json", "multipart/form-data; boundary=x", "nonsense"]
)
def test_another_content_type_is_refused_with_those_that_are_read(content_type: str | None) -> None:
    with pytest.raises(MediaTypeUnsupported) as caught:
        read_operation("POST", b"", content_type, b"ASK{}")
    assert caught.value.accepted == (FORM, DIRECT)


@pytest.mark.parametrize(
    ("parameter", "values"),
    [
        (
            "timeout",
            ("0", "-1", "1e-300", "0.0009", "1e999", "inf", "nan", "1_0", "٣", " 1", "0x10", "1,5", "soon", ""),
        ),
        ("limit", ("0", "-1", "1.5", "1e3", "1_0", "٣", " 1", "9" * 5000, "many", "")),
    ],
)
def test_a_number_that_is_none_or_too_small_is_refused(parameter: str, values: tuple[str, ...]) -> None:
    for value in values:
        asked = f"query=ASK%7B%7D&{parameter}={quote(value)}".encode()
        with pytest.raises(RequestMalformed, match=f"The parameter {parameter} is a number of at least") as raised:
            read_operation("GET", asked, None, b"")
        assert len(str(raised.value).splitlines()) == 1


@pytest.mark.parametrize(("value", "seconds"), [("0.001", 0.001), ("2", 2.0), (".5", 0.5), ("1e1", 10.0)])
def test_a_timeout_is_read(value: str, seconds: float) -> None:
    asked = f"query=ASK%7B%7D&timeout={value}".encode()
    assert read_operation("GET", asked, None, b"").query.seconds == seconds


def test_a_byte_order_mark_before_the_query_is_taken_off() -> None:
    assert read_operation("POST", b"", DIRECT, f"\ufeff{ASK}".encode()).query.text == ASK
    assert read_operation("GET", b"query=%EF%BB%BF" + ASK_ENCODED, None, b"").query.text == ASK


def test_another_charset_is_refused() -> None:
    with pytest.raises(MediaTypeUnsupported, match="not as “iso-8859-1”"):
        read_operation("POST", b"", f"{DIRECT}; charset=ISO-8859-1", ASK.encode("latin-1"))


@pytest.mark.parametrize(
    ("method", "query_string", "content_type", "body"),
    [
        ("GET", b"query=%E5", None, b""),
        ("GET", "query=å".encode(), None, b""),
        ("POST", b"", FORM, b"query=%E5"),
        ("POST", b"", FORM, b"query=\xe5"),
        ("POST", b"default-graph-uri=%FF", DIRECT, b"ASK{}"),
    ],
)
def test_parameters_that_are_not_utf_8(
    method: str, query_string: bytes, content_type: str | None, body: bytes
) -> None:
    with pytest.raises(RequestMalformed, match="not UTF-8"):
        read_operation(method, query_string, content_type, body)


def test_a_body_that_is_not_utf_8_says_at_which_byte() -> None:
    with pytest.raises(RequestMalformed, match=r"not UTF-8 \(byte 14\)"):
        read_operation("POST", b"", DIRECT, ASK.encode("latin-1"))


@pytest.mark.parametrize("field", ["release=r66e4224c5a77", "release=", "%72elease=x&release=y"])
def test_a_release_in_the_form_is_refused_with_where_to_name_it(field: str) -> None:
    with pytest.raises(RequestMalformed) as refused:
        read_operation("POST", b"", FORM, b"query=" + ASK_ENCODED + b"&" + field.encode())
    assert "/sparql?release=" in refused.value.template


def test_thousands_of_parameters_are_refused() -> None:
    with pytest.raises(RequestMalformed, match="cannot be read"):
        read_operation("GET", b"query=ASK%7B%7D" + b"&a=b" * 2000, None, b"")


def _media_types(formats: tuple[str, ...], accept: str | None) -> tuple[str | None, str | None]:
    choices = choose_formats(Operation(Query("ASK {}"), formats), accept)
    return tuple(choice.media_type if choice else None for choice in (choices.results, choices.graphs))  # type: ignore[return-value]  # mypy does not count the items of a generator


@pytest.mark.parametrize(
    ("name", "results", "graphs"),
    [
        ("csv", "text/csv", "application/ld+json"),
        ("json", "application/sparql-results+json", "application/ld+json"),
        ("xml", "application/sparql-results+xml", "application/rdf+xml"),
        ("XML", "application/sparql-results+xml", "application/rdf+xml"),
        ("turtle", "text/tab-separated-values", "text/turtle"),
        ("n3", "text/tab-separated-values", "text/turtle"),
        ("nt", "text/tab-separated-values", "application/n-triples"),
        ("json-ld", "text/tab-separated-values", "application/ld+json"),
        ("rdf+xml", "text/tab-separated-values", "application/rdf+xml"),
        ("rdf xml", "text/tab-separated-values", "application/rdf+xml"),
        ("application/rdf xml", "text/tab-separated-values", "application/rdf+xml"),
        ("application/rdf+xml; charset=utf-8", "text/tab-separated-values", "application/rdf+xml"),
        ("Application/SPARQL-Results+JSON;charset=UTF-8", "application/sparql-results+json", "application/ld+json"),
        ("pdf", "text/tab-separated-values", "application/ld+json"),
        ("", "text/tab-separated-values", "application/ld+json"),
        ("html", "text/html", "text/html"),
    ],
)
def test_a_name_goes_before_the_header_for_the_forms_that_it_fits(name: str, results: str, graphs: str) -> None:
    accept = "application/ld+json, text/tab-separated-values"
    assert _media_types((name,), accept) == (results, graphs)


def test_the_first_name_that_fits_decides() -> None:
    assert _media_types(("pdf", "csv", "tsv"), "*/*")[0] == "text/csv"


@pytest.mark.parametrize("parameter", ["format", "output", "results"])
def test_clients_name_a_format_in_one_of_three_parameters(parameter: str) -> None:
    asked = read_operation("GET", f"query=ASK{{}}&{parameter}=application/rdf+xml".encode(), None, b"")
    assert asked.formats == ("application/rdf xml",)
    assert not asked.unknown_parameters


@pytest.mark.parametrize(
    ("accept", "results", "graphs"),
    [
        (None, "application/sparql-results+json", "text/turtle"),
        ("*/*", "application/sparql-results+json", "text/turtle"),
        ("application/json", "application/json", "application/json"),
        ("text/turtle", None, "text/turtle"),
        ("text/csv, application/ld+json", "text/csv", "application/ld+json"),
        ("application/n-triples, text/html;q=0.5", "text/html", "application/n-triples"),
        ("text/html, text/plain;q=1, text/css", "text/html", "text/html"),
        ("text/html, text/*;q=0.5, image/*, application/*", "text/html", "text/html"),
        ("text/csv, text/html", "text/csv", "text/html"),
    ],
)
def test_each_form_of_answer_has_its_own_format(accept: str | None, results: str | None, graphs: str | None) -> None:
    assert _media_types((), accept) == (results, graphs)


@pytest.mark.parametrize(
    ("accept", "only_page"),
    [
        ("text/html", True),
        ("text/html, text/csv;q=0.9", True),
        ("text/html;q=0.9, text/turtle", False),
        (None, False),
    ],
)
def test_a_client_that_prefers_a_page_in_each_form_gets_one(accept: str | None, only_page: bool) -> None:
    assert choose_formats(Operation(Query("ASK {}")), accept).only_page is only_page


def test_the_query_itself_asks_for_data_alone() -> None:
    choices = choose_formats(Operation(Query("ASK {}")), "text/html;q=0.9, text/turtle")
    query = with_formats(Query("ASK {}"), choices)
    assert query.results is None
    assert query.graphs is not None
    assert query.graphs.media_type == "text/turtle"


@pytest.mark.parametrize(("name", "accept"), [("pdf", "image/png"), ("", "audio/*"), ("jpg", "*/*;q=0")])
def test_nothing_acceptable_is_answered_with_what_there_is(name: str, accept: str | None) -> None:
    with pytest.raises(NotAcceptable) as caught:
        with_formats(Query("ASK {}"), choose_formats(Operation(Query("ASK {}"), (name,)), accept))
    error: RequestError = caught.value
    assert error.members == {"available": [f.media_type for f in (*RESULT_FORMATS, *GRAPH_FORMATS)]}


def test_a_limit_that_no_answer_comes_to_is_as_good_as_the_largest_number() -> None:
    asked = read_operation("GET", b"query=ASK{}&limit=99999999999999999999999", None, b"").query
    assert asked.rows == 2**53


@pytest.mark.parametrize(
    ("query_string", "unknown"),
    [
        (b"query=ASK{}", False),
        (b"query=ASK{}&limit=1&timeout=1&format=csv&lang=nb", False),
        (b"query=ASK{}&x=1", True),
    ],
)
def test_a_parameter_that_means_nothing_is_seen(query_string: bytes, unknown: bool) -> None:
    assert read_operation("GET", query_string, None, b"").unknown_parameters is unknown
