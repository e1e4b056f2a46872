import pytest

from plangraf.engine.prologue import declared_prefixes


@pytest.mark.parametrize(
    ("query", "declared"),
    [
        ("SELECT * {}", {}),
        ("PREFIX e: <http://e.org/> SELECT * {}", {"e": "http://e.org/"}),
        ("prefix : <http://e.org/#>\nPrefix f:<urn:f:>SELECT * {}", {"": "http://e.org/#", "f": "urn:f:"}),
        ("# PREFIX a: <http://a/>\nBASE <http://b/> PREFIX e: <http://e.org/> ASK {}", {"e": "http://e.org/"}),
        ("PREFIX e: <http://e.org/> # PREFIX a: <http://a/>\nASK {}", {"e": "http://e.org/"}),
        ("PREFIX e: <http://a/> PREFIX e: <http://b/> ASK {}", {"e": "http://b/"}),
        ("PREFIX e: <relative/> ASK {}", {}),
        ("PREFIX ask: <http://ask/> ASK { ?s ?p 'PREFIX e: <http://e.org/>' }", {"ask": "http://ask/"}),
        ("", {}),
    ],
)
def test_prefixes_are_read_before_the_query_alone(query: str, declared: dict[str, str]) -> None:
    assert declared_prefixes(query) == declared
