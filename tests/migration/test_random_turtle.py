"""Turtle in random layouts: what it says after the migration, its comments, and that a second one changes nothing."""

import pytest
from tests.counts import chance, times
from tests.migration.documents import migrated, said, updated, written
from tests.migration.random_turtle import RandomTurtle

from plangraf.formats import N_QUADS, N_TRIPLES, TRIG, TURTLE
from plangraf.migration.migrate import Manner

ROUNDS = times(400)


@pytest.mark.soak
def test_edits_say_what_the_rewrites_say_and_keep_comments() -> None:
    maker = RandomTurtle(chance("turtle migration"))
    edits = 0
    for _ in range(ROUNDS):
        document = maker.document()
        content = document.encode()
        after = migrated(content)
        assert said(after.content) == updated(content), document
        if after.manner is None:
            assert after.content == content
            continue
        assert after.manner == Manner.EDITED, document
        edits += 1
        text = after.content.decode()
        for comment in maker.comments:
            assert text.count(comment) == document.count(comment), document
        assert migrated(after.content).content == after.content, document
    assert edits > ROUNDS / 2


@pytest.mark.soak
def test_other_formats_say_the_same() -> None:
    maker = RandomTurtle(chance("line migration"))
    for _ in range(ROUNDS // 4):
        document = maker.document()
        quads = said(document.encode())
        assert said(migrated(document, TRIG).content, TRIG) == updated(document.encode(), TURTLE), document
        for rdf_format in (N_TRIPLES, N_QUADS):
            lines = written(quads, rdf_format)
            after = migrated(lines, rdf_format)
            assert said(after.content, rdf_format) == updated(lines, N_TRIPLES), lines
            assert after.manner in (None, Manner.EDITED), lines
