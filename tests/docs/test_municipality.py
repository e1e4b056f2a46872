"""The publishing guide names every rewrite of the migration, and no other."""

from tests.docs.documents import DOCS, tables

from plangraf.migration.rewrites import REWRITES


def test_every_rewrite_has_its_row_and_no_other_has() -> None:
    rows = tables(DOCS / "municipality.md", "version 0.1", "version 0.2", "why")
    assert rows == [[rewrite.old, rewrite.new, rewrite.sentence] for rewrite in REWRITES]
