import time

import pytest

from plangraf.formats import GRAPH_FORMATS, HTML, RESULT_FORMATS, TURTLE
from plangraf.languages import INTERFACE_LANGUAGES, INTERFACE_MACROS
from plangraf.negotiation import choose_coding, choose_format, choose_language, choose_profile

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "text/turtle"),
        ("", "text/turtle"),
        ("   ", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/*", "text/turtle"),
        ("application/*", "application/ld+json"),
        ("application/ld+json", "application/ld+json"),
        ("APPLICATION/LD+JSON", "application/ld+json"),
        ("  text/turtle  ,  ", "text/turtle"),
        (", application/n-triples", "application/n-triples"),
        # q-values
        ("text/turtle;q=0.5, application/ld+json;q=0.6", "application/ld+json"),
        ("text/turtle ; q=0.5 , application/ld+json ; Q=0.6", "application/ld+json"),
        ("application/rdf+xml;q=0.7, application/ld+json;q=0.7", "application/rdf+xml"),
        ("application/ld+json;q=0.7, application/rdf+xml;q=0.7", "application/ld+json"),
        ("application/rdf+xml, application/ld+json;q=1.0", "application/rdf+xml"),
        ("text/turtle;q=0.001", "text/turtle"),
        ("text/turtle;q=0.9, */*;q=1", "application/ld+json"),
        # q=0 excludes
        ("text/turtle;q=0, */*", "application/ld+json"),
        ("text/turtle;q=0.000, text/*, application/n-triples;q=0.1", "application/n-triples"),
        ("*/*;q=0, application/rdf+xml", "application/rdf+xml"),
        ("text/*;q=0, */*;q=0.1", "application/ld+json"),
        ("text/turtle;q=0", None),
        ("*/*;q=0", None),
        # the most specific range decides, wherever it stands
        ("*/*, application/*;q=0.2, application/ld+json;q=0.9, text/*;q=0.1", "application/ld+json"),
        ("*/*;q=0.1, application/*;q=0.8, application/ld+json;q=0.2", "application/n-triples"),
        ("text/*;q=0.3, application/rdf+xml;q=0.2", "text/turtle"),
        # other parameters
        ("text/turtle;charset=utf-8", "text/turtle"),
        ("text/turtle;charset=utf-8;q=0.1, application/ld+json;q=0.2", "application/ld+json"),
        # aliases
        ("application/json", "application/json"),
        ("text/n3", "text/n3"),
        ("application/n-quads", "application/n-quads"),
        ("application/trig", "application/trig"),
        ("application/xml", "application/xml"),
        ("text/xml", "text/xml"),
        # obsolete names: the response has the registered type
        ("application/x-turtle", "text/turtle"),
        ("application/turtle", "text/turtle"),
        ("application/x-turtle;q=0.4, application/rdf+xml;q=0.3", "text/turtle"),
        ("application/x-turtle, text/turtle", "text/turtle"),
        ("text/plain", "text/plain"),
        ("text/plain, text/turtle;q=0.9", "text/plain"),
        # malformed q-values: the element is left out
        ("text/turtle;q=high", None),
        ("text/turtle;q=", None),
        ("text/turtle;q", None),
        ("text/turtle;q=1.1", None),
        ("text/turtle;q=-1", None),
        ("text/turtle;q=nan", None),
        ("text/turtle;q=high, application/rdf+xml;q=0.1", "application/rdf+xml"),
        # nothing is acceptable
        ("image/png", None),
        ("text/html", None),
        ("turtle", None),
        ("text", None),
        ("*", None),
    ],
)
def test_a_graph_is_negotiated(accept: str | None, expected: str | None) -> None:
    choice = choose_format(accept, GRAPH_FORMATS)
    assert (choice.media_type if choice else None) == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+json, application/json", "application/sparql-results+json"),
        ("application/sparql-results+json;q=0.5, application/json", "application/json"),
        ("application/json;q=0, */*", "application/sparql-results+json"),
        ("application/xml", "application/xml"),
        ("text/xml;q=0.4, application/xml;q=0.5", "application/xml"),
        ("text/*", "text/csv"),
        ("text/tab-separated-values, text/csv;q=0.9", "text/tab-separated-values"),
    ],
)
def test_a_result_is_answered_under_the_name_that_it_was_asked_by(accept: str, expected: str) -> None:
    choice = choose_format(accept, RESULT_FORMATS)
    assert choice is not None
    assert choice.media_type == expected
    assert expected in choice.format.media_types


@pytest.mark.parametrize(
    "accept",
    [
        BROWSER,
        # lynx, w3m, a crawler
        "text/html, text/plain, text/sgml, text/css, application/xhtml+xml, */*;q=0.01",
        "text/html, text/*;q=0.5, image/*, application/*, x-conference/*",
        "text/html, text/plain, text/css",
        "text/html, application/n-triples",
        "text/html, */*",
    ],
)
def test_a_browser_gets_html(accept: str) -> None:
    choice = choose_format(accept, (*GRAPH_FORMATS, HTML))
    assert choice is not None
    assert choice.format == HTML
    assert choice.media_type == "text/html"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "nb"),
        ("", "nb"),
        ("nb", "nb"),
        ("NB", "nb"),
        ("nb-NO", "nb"),
        ("no", "nb"),
        ("no-NO", "nb"),
        ("nn", "nn"),
        ("nn-NO", "nn"),
        ("en", "en"),
        ("en-GB", "en"),
        ("EN-us", "en"),
        ("en-Latn-GB", "en"),
        ("de", "nb"),
        ("english", "nb"),
        ("*", "nb"),
        ("de, en;q=0.5", "en"),
        ("de;q=0.9, fr", "nb"),
        ("nn, en;q=0.9", "nn"),
        ("en;q=0.9, nn;q=0.8", "en"),
        ("en;q=0.3, nb;q=0.4", "nb"),
        ("en, nb", "en"),
        ("en;q=0", "nb"),
        ("nb;q=0, en;q=0.1", "en"),
        ("en;q=much", "nb"),
        ("en;q=2, nn;q=0.1", "nn"),
        (" en-GB , en ; q=0.9 ", "en"),
        ("-", "nb"),
    ],
)
def test_a_language_is_negotiated(header: str | None, expected: str) -> None:
    assert choose_language(header, INTERFACE_LANGUAGES, INTERFACE_MACROS) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("", None),
        ("gzip", "gzip"),
        ("zstd", "zstd"),
        ("gzip, zstd", "zstd"),
        ("gzip;q=1, zstd;q=0.5", "gzip"),
        ("*", "zstd"),
        ("zstd;q=0, *", "gzip"),
        ("br", None),
        ("identity", None),
    ],
)
def test_a_coding_is_negotiated(header: str | None, expected: str | None) -> None:
    assert choose_coding(header, ("zstd", "gzip")) == expected


def test_a_quoted_parameter_may_hold_commas_and_semicolons() -> None:
    header = 'text/html;profile="a,b;c\\"d";q=0.5, text/turtle;q=0.6'
    choice = choose_format(header, (HTML, TURTLE))
    assert choice is not None
    assert choice.format == TURTLE


def test_empty_elements_are_no_wish() -> None:
    choice = choose_format(" , ,", (HTML, TURTLE))
    assert choice is not None
    assert choice.format == HTML


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "urn:a"),
        ("", "urn:a"),
        ("<urn:b>", "urn:b"),
        ("<urn:c>", "urn:a"),
        ("<urn:a>;q=0.5, <urn:b>", "urn:b"),
        ("<urn:a>; q=0.5, <urn:b>; q=0.4", "urn:a"),
        ("<urn:b>;q=0", "urn:a"),
        ("<urn:b>;q=much", "urn:a"),
        ("urn:b", "urn:a"),
    ],
)
def test_a_profile_is_chosen_by_quality(header: str | None, expected: str) -> None:
    assert choose_profile(header, ("urn:a", "urn:b")) == expected


@pytest.mark.parametrize("header", [";", ";;;", " ; ", ";q=1", ", ;,"])
def test_an_element_without_a_value_names_nothing(header: str) -> None:
    assert choose_format(header, GRAPH_FORMATS) is None
    assert choose_format(f"{header}, text/turtle", GRAPH_FORMATS) is not None
    assert choose_language(header, INTERFACE_LANGUAGES, INTERFACE_MACROS) == INTERFACE_LANGUAGES[0]
    assert choose_coding(header, ("gzip",)) is None
    assert choose_profile(header, ("https://example.org/",)) == "https://example.org/"


def test_a_language_range_that_is_longer_than_any_tag_matches_nothing() -> None:
    assert choose_language("en-" + "a-" * 16, ("nb", "en"), {}) == "en"
    assert choose_language("en-" + "a-" * 17, ("nb", "en"), {}) == "nb"


@pytest.mark.parametrize(
    "piece", ['"', ";", ",", "\\", '\\"', '"a,', "a/b,", "a;q=", "<", "<>;", "<> ", "a-", "en,", " "]
)
def test_the_time_to_read_a_header_grows_with_its_length_and_no_faster(piece: str) -> None:
    """A header 16 times as long takes 16 times as long, or 256 times if it were read over and over."""

    def seconds(length: int) -> float:
        header = (piece * length)[:length]
        begun = time.process_time()
        choose_format(header, (*GRAPH_FORMATS, *RESULT_FORMATS, HTML))
        choose_language(header, INTERFACE_LANGUAGES, INTERFACE_MACROS)
        choose_coding(header, ("zstd", "gzip"))
        choose_profile(header, ("http://e.org/a", "http://e.org/b"))
        return time.process_time() - begun

    short = min(seconds(10_000) for _ in range(5))
    assert min(seconds(160_000) for _ in range(3)) < 100 * max(short, 0.001)
