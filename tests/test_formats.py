import pyoxigraph as ox
import pytest

from plangraf.formats import (
    CSV,
    GRAPH_FORMATS,
    HTML,
    JSON,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    RESULT_FORMATS,
    SOURCE_FORMATS,
    TRIG,
    TURTLE,
    XML,
    Format,
    by_extension,
    by_key,
    content_type,
)

EVERY_FORMAT = dict.fromkeys((HTML, *GRAPH_FORMATS, *RESULT_FORMATS, *SOURCE_FORMATS))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plan.ttl", TURTLE),
        ("plan.nt", N_TRIPLES),
        ("plan.jsonld", JSON_LD),
        ("plan.rdf", RDF_XML),
        ("plan.trig", TRIG),
        ("plan.nq", N_QUADS),
        ("Plan.TTL", TURTLE),
        ("goal/1.1.ttl", TURTLE),
        ("plan.csv", None),
        ("ttl", None),
        ("plan", None),
        ("plan.ttl.gz", None),
    ],
)
def test_the_ending_tells_the_format(name: str, expected: Format | None) -> None:
    assert by_extension(name, SOURCE_FORMATS) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("json", JSON),
        ("application/json", JSON),
        ("application/sparql-results+json", JSON),
        ("xml", XML),
        ("text/xml", XML),
        ("csv", CSV),
        ("JSON", JSON),
        ("sparql-results+json", JSON),
        ("application/sparql-results xml", XML),
        ("text/csv; header=present", CSV),
        ("turtle", None),
        ("", None),
        (";", None),
    ],
)
def test_a_result_format_is_named_by_key_ending_or_media_type(key: str, expected: Format | None) -> None:
    assert by_key(key, RESULT_FORMATS) == expected


@pytest.mark.parametrize("key", ["turtle", "ttl", "text/turtle", "application/x-turtle", "n3", "text/n3", "TTL"])
def test_turtle_has_several_names(key: str) -> None:
    assert by_key(key, GRAPH_FORMATS) == TURTLE


def test_the_own_name_of_a_format_goes_before_the_further_name_of_another() -> None:
    assert [by_key(name, SOURCE_FORMATS) for name in ("trig", "application/trig", "nq", "application/n-quads")] == [
        TRIG,
        TRIG,
        N_QUADS,
        N_QUADS,
    ]


def test_the_registered_media_type_comes_before_the_aliases() -> None:
    assert JSON.media_types == ("application/sparql-results+json", "application/json")


@pytest.mark.parametrize("formats", [(HTML, *GRAPH_FORMATS), (HTML, *RESULT_FORMATS), SOURCE_FORMATS])
def test_no_own_name_stands_for_two_formats_of_one_offer(formats: tuple[Format, ...]) -> None:
    names = [name for f in formats for name in {f.key, f.extension, f.media_type}]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("rdf_format", dict.fromkeys((*GRAPH_FORMATS, *SOURCE_FORMATS)))
def test_the_engine_knows_every_rdf_format_by_media_type_and_ending(rdf_format: Format) -> None:
    known = ox.RdfFormat.from_media_type(rdf_format.media_type)
    assert known is not None
    assert known == ox.RdfFormat.from_extension(rdf_format.extension)


@pytest.mark.parametrize("result_format", RESULT_FORMATS)
def test_the_engine_knows_every_result_format(result_format: Format) -> None:
    known = ox.QueryResultsFormat.from_media_type(result_format.media_type)
    assert known is not None
    assert known == ox.QueryResultsFormat.from_extension(result_format.extension)


@pytest.mark.parametrize("any_format", EVERY_FORMAT)
def test_text_says_that_it_is_utf_8(any_format: Format) -> None:
    for media_type in any_format.media_types:
        named = content_type(media_type).endswith("; charset=utf-8")
        assert named == media_type.startswith("text/")
        assert content_type(media_type).startswith(media_type)


@pytest.mark.parametrize("any_format", [f for f in EVERY_FORMAT if f != HTML], ids=lambda f: f.key)
def test_every_format_but_html_has_an_iri_of_its_own(any_format: Format) -> None:
    assert str(any_format.iri).startswith("http://www.w3.org/ns/formats/")
    assert [f for f in EVERY_FORMAT if f.iri == any_format.iri] == [any_format]


@pytest.mark.parametrize("any_format", [f for f in EVERY_FORMAT if f not in (HTML, JSON_LD)], ids=lambda f: f.key)
def test_the_engine_has_the_same_iri(any_format: Format) -> None:
    known = ox.RdfFormat.from_media_type(any_format.media_type) or ox.QueryResultsFormat.from_media_type(
        any_format.media_type
    )
    assert known is not None
    assert known.iri == any_format.iri
