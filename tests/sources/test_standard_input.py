import time

import pytest

from plangraf.errors import InputError
from plangraf.formats import N_QUADS, Format
from plangraf.namespaces import GRAPH
from plangraf.sources.standard_input import standard_input

QUADS = (
    b'# a comment\n<http://e.org/a> <http://e.org/p> "a \\" b"@nb .\n_:b <http://e.org/p> _:c <http://e.org/g> .\n'
)


@pytest.mark.parametrize(
    ("data", "graphs"),
    [
        (b"@prefix e: <http://e.org/> . e:a e:p e:b .", {f"{GRAPH}stdin"}),
        (b"<http://e.org/a> <http://e.org/p> <http://e.org/b> .", {f"{GRAPH}stdin"}),
        (b"<http://e.org/g> { <http://e.org/a> <http://e.org/p> 1 }", {"http://e.org/g"}),
        (QUADS, {f"{GRAPH}stdin", "http://e.org/g"}),
        (b'{"@id": "http://e.org/a", "http://e.org/p": 1}', {f"{GRAPH}stdin"}),
        (
            b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Seq rdf:about="http://e.org/a"/>'
            b"</rdf:RDF>",
            {f"{GRAPH}stdin"},
        ),
    ],
)
def test_the_format_is_told_from_the_data(data: bytes, graphs: set[str]) -> None:
    assert {quad.graph_name.value for quad in standard_input(data).read().quads} == graphs  # type: ignore[union-attr]  # it is an IRI


@pytest.mark.parametrize(("rdf_format", "line"), [(None, 2), (N_QUADS, 2)])
def test_an_error_has_its_line(rdf_format: Format | None, line: int) -> None:
    with pytest.raises(InputError) as raised:
        standard_input(b"<http://e.org/a> <http://e.org/p> 'x' .\n<http://e.org/a> oops\n", rdf_format).read()
    assert str(raised.value).startswith(f"<stdin>:{1 if rdf_format else line}:")


@pytest.mark.parametrize("data", [b" " * 100_000 + b"x", b"# " * 50_000, b'<a> <b> "' + b"\\" * 100_001])
def test_strange_data_take_no_long_time(data: bytes) -> None:
    begun = time.process_time()
    with pytest.raises(InputError):
        standard_input(data + b"\nx").read()
    assert time.process_time() - begun < 10
