"""The comparison itself: what it holds equal, and what it must tell apart."""

from pathlib import Path

import pytest
from tests.conformance.results import expected, received

from plangraf.formats import CSV, TSV, TURTLE

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("?a\n1\n2\n", "?a\n2\n1\n", True),
        ("?a\n1\n1\n", "?a\n1\n", False),
        ("?a\n1\n", "?b\n1\n", False),
        ("?a\t?b\n1\t\n", "?a\n1\n", False),
        ("?a\t?b\n1\t2\n", "?b\t?a\n2\t1\n", True),
        ("?a\t?b\n_:x\t_:y\n", "?a\t?b\n_:p\t_:q\n", True),
        ("?a\t?b\n_:x\t_:x\n", "?a\t?b\n_:p\t_:q\n", False),
        ("?a\n_:x\n_:x\n", "?a\n_:p\n_:q\n", False),
        ("?a\n1.50\n", "?a\n1.5\n", True),
        ("?a\n1\n", "?a\n1.0\n", False),
        ("?a\n100\n", "?a\n10\n", False),
        (f'?a\n"1"^^<{XSD}boolean>\n', "?a\ntrue\n", True),
        ('?a\n"x"@en\n', '?a\n"x"\n', False),
        ("?a\n", "?a\n\n", False),
    ],
)
def test_solutions_are_bags_with_blank_nodes(one: str, other: str, same: bool) -> None:
    assert (received(one.encode(), TSV) == received(other.encode(), TSV)) == same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a,b\r\n1,_:x\r\n", "b,a\r\n_:y,1\r\n", True),
        ("a\r\n1.0\r\n", "a\r\n1\r\n", False),
        ('a\r\n"x\r\ny"\r\n', "a\r\nx\r\n", False),
    ],
)
def test_csv_is_text(one: str, other: str, same: bool) -> None:
    assert (received(one.encode(), CSV) == received(other.encode(), CSV)) == same


def test_graphs_are_compared_up_to_the_names_of_blank_nodes(tmp_path: Path) -> None:
    graph = tmp_path / "graph.ttl"
    graph.write_text("<http://e.org/a> <http://e.org/p> [ <http://e.org/q> 1 ] , [ <http://e.org/q> 2 ] .")
    lines = [
        "<http://e.org/a> <http://e.org/p> _:x , _:y .",
        "_:y <http://e.org/q> 1 .",
        "_:x <http://e.org/q> 2 .",
    ]
    assert received("\n".join(lines).encode(), TURTLE) == expected(graph)
    assert received("\n".join(lines[:2]).encode(), TURTLE) != expected(graph)


def test_solutions_may_be_written_as_rdf(tmp_path: Path) -> None:
    listed = tmp_path / "listed.ttl"
    listed.write_text(
        """@prefix rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> .
        [] a rs:ResultSet ; rs:resultVariable "a" , "b" ;
           rs:solution [ rs:binding [ rs:variable "a" ; rs:value 1 ] , [ rs:variable "b" ; rs:value "x" ] ] ,
                       [ rs:binding [ rs:variable "a" ; rs:value 2 ] ] ."""
    )
    assert expected(listed) == received(b'?a\t?b\n2\t\n1\t"x"\n', TSV)
    assert expected(listed) != received(b'?a\t?b\n1\t"x"\n', TSV)
