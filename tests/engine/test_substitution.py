import pytest

from plangraf.engine.interface import Query
from plangraf.engine.substitution import substitute


def test_a_binding_stands_where_its_variable_stood_and_nowhere_else() -> None:
    query = Query("SELECT * { ?thing ?p ?things . ?q $thing ?thing2 }", bindings={"thing": "http://x.example/a"})
    assert substitute(query) == "SELECT * { <http://x.example/a> ?p ?things . ?q <http://x.example/a> ?thing2 }"


def test_values_come_at_the_end() -> None:
    query = Query("SELECT * { ?s ?p ?o }", values={"s": ("http://x.example/a", "http://x.example/b")})
    assert substitute(query) == "SELECT * { ?s ?p ?o }\nVALUES ?s { <http://x.example/a> <http://x.example/b> }"


@pytest.mark.parametrize("iri", ["a", "http://x.example/> } #", "http://x.example/a b", ""])
def test_what_is_no_iri_is_not_written(iri: str) -> None:
    with pytest.raises(ValueError, match="IRI"):
        substitute(Query("SELECT * { ?s ?p ?o }", bindings={"s": iri}))
