"""What files are read as, and what is refused with a remedy."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from plangraf.errors import InputError
from plangraf.formats import JSON_LD, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format
from plangraf.sources.faults import SourceFault, UnusableSourceError
from plangraf.sources.rdf import read_bytes, read_file
from plangraf.sources.recognition import recognize

GRAPH = ox.NamedNode("https://example.org/graph")
XML = (
    '<?xml version="1.0"{}?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"\n'
    ' xmlns:e="http://e.org/">\n{}\n</rdf:RDF>'
)


def _read(data: bytes, rdf_format: Format) -> list[ox.Quad]:
    return read_bytes(data, rdf_format, Path("a"), GRAPH, "http://e.org/")


def _texts(data: bytes) -> set[tuple[str, str | None]]:
    return {(q.object.value, q.object.language) for q in _read(data, RDF_XML) if isinstance(q.object, ox.Literal)}


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("ISO-8859-1", "iso-8859-1"),
        ("iso-8859-15", "iso-8859-15"),
        ("windows-1252", "windows-1252"),
        ("UTF-16", "utf-16"),
        ("utf-8", "utf-8"),
        ("UTF-8", "utf-8-sig"),
        *(
            ("utf8", "utf-8"),
            ("UTF_8", "utf-8"),
            ("latin1", "latin-1"),
            ("ISO8859-1", "latin-1"),
            ("cp1252", "cp1252"),
        ),
    ],
)
def test_xml_is_read_in_the_encoding_that_it_declares(declared: str, encoding: str) -> None:
    text = XML.format(f' encoding="{declared}"', "<e:a><e:p>Blåbær</e:p></e:a>")
    assert _texts(text.encode(encoding)) == {("Blåbær", None)}


@pytest.mark.parametrize(
    ("data", "fault", "line"),
    [
        (XML.format(' encoding="EBCDIC-NO"', "").encode(), SourceFault.ENCODING_UNKNOWN, 1),
        (XML.format(' encoding="us-ascii"', "<e:a><e:p>å</e:p></e:a>").encode(), SourceFault.ENCODING_WRONG, 4),
        (XML.format("", "<e:a><e:p>å</e:p></e:a>").encode("latin-1"), SourceFault.NOT_UTF8, 4),
    ],
)
def test_xml_in_another_encoding_is_refused_with_the_line(data: bytes, fault: SourceFault, line: int) -> None:
    with pytest.raises(UnusableSourceError) as caught:
        _read(data, RDF_XML)
    assert (caught.value.fault, caught.value.line) == (fault, line)


def test_an_empty_language_tag_takes_the_language_away() -> None:
    body = (
        '<e:a xml:lang="nb"><e:p>Mål</e:p><e:p xml:lang="">1</e:p><e:p xml:lang=\'\'>2</e:p>'
        '<!-- xml:lang="" --><e:p>say xml:lang="" here</e:p></e:a>'
    )
    assert _texts(XML.format("", body).encode()) == {
        ("Mål", "nb"),
        ("1", None),
        ("2", None),
        ('say xml:lang="" here', "nb"),
    }


@pytest.mark.parametrize(
    ("body", "line", "says"),
    [
        ('<e:a>\n <e:p rdf:resource="http://e.org/x y"/></e:a>', 5, "%20"),
        ("<e:a>\n <e:p>1</e:q></e:a>", 5, "e:p"),
        ('<e:a>\n\n <e:p xml:lang="norwegian">x</e:p></e:a>', 6, "BCP 47"),
        ("<e:a>\n <f:p>1</f:p></e:a>", 5, "f:"),
    ],
)
def test_an_error_in_rdf_xml_has_its_line(body: str, line: int, says: str) -> None:
    with pytest.raises(InputError, match="is not well-formed RDF/XML") as caught:
        _read(XML.format("", body).encode(), RDF_XML)
    assert caught.value.line == line
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("document", "context", "line"),
    [
        ('{"@context": "https://schema.org", "name": "x"}', "https://schema.org", 1),
        (
            '{"@context":\n [{"a": "http://e.org/a"},\n "https://www.w3.org/ns/x.jsonld"]}',
            "https://www.w3.org/ns/x.jsonld",
            3,
        ),
        ('{"@graph": [{\n"@context": "http://e.org/c"}]}', "http://e.org/c", 2),
        (
            '{"@context": {"t": {"@id": "http://e.org/t",\n "@context": "http://e.org/c"}}, "t": {}}',
            "http://e.org/c",
            2,
        ),
        ('{"@context": {"@version": 1.1,\n "@import": "http://e.org/i"}, "a": 1}', "http://e.org/i", 2),
    ],
)
def test_a_remote_context_is_named_as_such(document: str, context: str, line: int) -> None:
    with pytest.raises(UnusableSourceError) as caught:
        _read(document.encode(), JSON_LD)
    assert caught.value.fault == SourceFault.REMOTE_CONTEXT
    assert (caught.value.subject, caught.value.line) == (context, line)
    assert "not well-formed" not in str(caught.value)


S = "<http://e.org/s> <http://e.org/p>"


@pytest.mark.parametrize(
    ("text", "rdf_format", "line"),
    [
        (f"{S} 1 .\n\n{S} <<( {S} 1 )>> .", TURTLE, 3),
        (f"{S} 1 .\n<< {S} 1 >> <http://e.org/q> 2 .", TURTLE, 2),
        (f"{S} 1 .\n{S} 2\n {{| <http://e.org/q> 2 |}} .", TURTLE, 3),
        (f'{S} "1" .\n{S} <<( {S} "1" )>> .', N_TRIPLES, 2),
        (f"<http://e.org/g> {{\n{S} <<( {S} 1 )>> }}", TRIG, 2),
    ],
)
def test_triple_terms_are_refused_with_their_line(text: str, rdf_format: Format, line: int) -> None:
    with pytest.raises(UnusableSourceError, match="owl:Axiom") as caught:
        _read(text.encode(), rdf_format)
    assert (caught.value.fault, caught.value.line) == (SourceFault.TRIPLE_TERM, line)


def test_texts_with_a_direction_are_refused_with_their_line() -> None:
    with pytest.raises(UnusableSourceError) as caught:
        _read(f'{S} "x"@ar .\n{S} "x"@ar--rtl .'.encode(), TURTLE)
    assert (caught.value.fault, caught.value.line) == (SourceFault.DIRECTION, 2)


@pytest.mark.parametrize(
    ("data", "rdf_format"),
    [
        (b'<?xml version="1.0"?><rdf:RDF/>', RDF_XML),
        (b"\xef\xbb\xbf<rdf:RDF xmlns:rdf='x'/>", RDF_XML),
        (b"\n<!-- made by x -->\n<rdf:RDF/>", RDF_XML),
        (b'\n{"@context": {}}', JSON_LD),
        (b'[\n {"@id": "http://e.org/"}]', JSON_LD),
        (b"@prefix e: <http://e.org/> .", TURTLE),
        (b"[] a <http://e.org/C> .", TURTLE),
        (b"<http://e.org/s> <http://e.org/p> 1 .", TURTLE),
        (b"{ <http://e.org/s> <http://e.org/p> 1 }", TURTLE),
    ],
)
def test_a_format_is_recognized_by_the_content(data: bytes, rdf_format: Format) -> None:
    assert recognize(data) == rdf_format


@pytest.mark.parametrize("name", ["a.owl", "a.xml", "a.json"])
def test_a_file_with_an_ending_of_several_formats_is_read_as_what_it_is(name: str, tmp_path: Path) -> None:
    for text in (
        XML.format("", '<e:a rdf:about="http://e.org/s"/>'),
        '{"@id": "http://e.org/s", "@type": "http://e.org/a"}',
        "<http://e.org/s> a <http://e.org/a> .",
    ):
        (tmp_path / name).write_text(text)
        [quad] = read_file(tmp_path / name, GRAPH)
        assert quad.object == ox.NamedNode("http://e.org/a")


def test_blank_nodes_have_the_same_labels_from_run_to_run(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("[] <http://e.org/p> [ <http://e.org/q> 1 ] .")
    assert read_file(tmp_path / "a.ttl", GRAPH) == read_file(tmp_path / "a.ttl", GRAPH)
