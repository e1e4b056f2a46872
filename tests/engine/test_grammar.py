from pathlib import Path

import pyoxigraph as ox
import pytest

from plangraf import shipped
from plangraf.engine.grammar import token_starts, unexpected_token
from plangraf.engine.tokens import TOKEN


@pytest.mark.parametrize("query", sorted(shipped.DATA.glob("queries/*.rq")), ids=lambda query: query.stem)
def test_an_example_query_has_no_unexpected_token(query: Path) -> None:
    assert unexpected_token(query.read_text(encoding="utf-8")) is None


def test_a_query_of_the_w3c_suites_that_the_engine_parses_has_no_unexpected_token(conformance: Path) -> None:
    wrong = []
    for path in sorted((conformance / "sparql").glob("**/*.rq")):
        query = path.read_text(encoding="utf-8", errors="replace")
        try:
            ox.Store().query(query, base_iri="http://e.org/")
        except (SyntaxError, RuntimeError):
            continue
        if unexpected_token(query) is not None:
            wrong.append(path.name)
    # The engine reads the comparison `?a<?a&&?b>?y` as the specification does not: `<?a&&?b>` is an IRI.
    assert wrong == ["syn-bad-26.rq"]


@pytest.mark.parametrize("ending", ["", " ", "\n# end"])
def test_the_end_of_a_query_that_is_not_complete_is_unexpected(ending: str) -> None:
    query = f"SELECT * {{ ?s ?p ?o{ending}"
    assert unexpected_token(query) == len(query)


def test_a_query_that_is_cut_off_behind_a_token_is_unexpected_there_and_not_before() -> None:
    query = "PREFIX e: <http://e.org/> SELECT ?s (COUNT(*) AS ?n) { ?s e:p/^e:q* [ e:r 'x'@en , 1.5 ] } GROUP BY ?s"
    for match in TOKEN.finditer(query[: query.index("}")]):
        cut = query[: match.end()]
        assert unexpected_token(cut) == len(cut)


def test_deep_nesting_is_read_without_recursion() -> None:
    query = "SELECT * " + "{" * 100_000 + "~"
    assert unexpected_token(query) == len(query) - 1


def test_comments_and_spaces_are_no_tokens() -> None:
    assert token_starts("SELECT # *\n * {}") == [0, 12, 14, 15, 16]
