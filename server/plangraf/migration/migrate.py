"""The migration of a file: what it says afterwards, and its text."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

import pyoxigraph as ox

from plangraf.errors import InputError, NotAcceptable
from plangraf.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format
from plangraf.migration.anew import written_anew
from plangraf.migration.facts import Facts
from plangraf.migration.line_edit import edited_lines
from plangraf.migration.rewrites import Rewrite, StatementMigration, outcomes, statements
from plangraf.migration.turtle_edit import edited
from plangraf.migration.turtle_layout import UnknownLayout
from plangraf.migration.turtle_tokens import UnknownToken, tokens
from plangraf.sources.rdf import parsable, read_bytes

_DEFAULT = ox.NamedNode("urn:x-plangraf:default-graph")
_ELSEWHERE = "https://elsewhere.invalid/"
_BYTE_ORDER_MARK = "\ufeff".encode()


class Manner(Enum):
    """The manner in which a file is rewritten."""

    EDITED = auto()
    WRITTEN_ANEW = auto()


@dataclass(frozen=True)
class MigratedFile:
    """A file after the migration.

    Attributes:
        content: its content.
        counts: how often each rewrite was made.
        manner: how the content was made; None if it is as it was.
        lost_comments: whether the file had comments that its new content lacks.
    """

    content: bytes
    counts: Mapping[Rewrite, int]
    manner: Manner | None
    lost_comments: bool = False


@dataclass(frozen=True)
class MigrationSource:
    """A file to migrate.

    Attributes:
        path: the path, or a name for messages.
        content: the content.
        rdf_format: the format.
        base: the IRI against which relative IRIs are resolved.
    """

    path: Path
    content: bytes
    rdf_format: Format
    base: str

    def quads(self, content: bytes | None = None, base: str | None = None) -> list[ox.Quad]:
        """Return the statements, in the order of the parser; those of no graph are in the default graph.

        Args:
            content: another content of the same file.
            base: another base.

        Raises:
            InputError: the content is not well-formed, or is none that Plangraf reads.
        """
        content = self.content if content is None else content
        base = self.base if base is None else base
        quads = read_bytes(content, self.rdf_format, self.path, _DEFAULT, base)
        if self.rdf_format == JSON_LD:  # whose named graphs are not kept when a dataset is read
            text = parsable(content, self.rdf_format, self.path)
            quads = list(ox.parse(text, format=ox.RdfFormat.JSON_LD, base_iri=base))
        default = ox.DefaultGraph()
        return [
            ox.Quad(quad.subject, quad.predicate, quad.object, default) if quad.graph_name == _DEFAULT else quad
            for quad in quads
        ]


def migrate(source: MigrationSource, facts: Facts) -> MigratedFile:
    """Return a file after the migration, which says what the old one says with the rewrites made, and no more.

    Args:
        source: the file.
        facts: the facts of all files of the migration, this one among them.

    Raises:
        InputError: the file is not well-formed, or would have to be written anew and cannot be.
    """
    found = outcomes(source.quads(), facts)
    counts = Counter(outcome.rewrite for outcome in found if outcome.rewrite is not None and outcome.changes)
    if not counts:
        return MigratedFile(source.content, {}, None)
    expected = statements(found)
    content = _edited(source, found)
    if content is not None and _says(source, content, expected):
        return MigratedFile(content, counts, Manner.EDITED)
    content = _anew(source, expected)
    comments = source.rdf_format == RDF_XML and b"<!--" in source.content
    return MigratedFile(content, counts, Manner.WRITTEN_ANEW, lost_comments=comments)


def _edited(source: MigrationSource, found: Sequence[StatementMigration]) -> bytes | None:
    """Return the edited content, or None if it cannot be edited."""
    text = source.content.removeprefix(_BYTE_ORDER_MARK).decode()
    try:
        if source.rdf_format in (TURTLE, TRIG):
            text = edited(text, found)
        elif source.rdf_format in (N_TRIPLES, N_QUADS):
            text = edited_lines(text, found)
        else:
            return None
    except UnknownLayout:
        return None
    mark = _BYTE_ORDER_MARK if source.content.startswith(_BYTE_ORDER_MARK) else b""
    return mark + text.encode()


def _anew(source: MigrationSource, expected: set[ox.Quad]) -> bytes:
    """Return the content written anew, which is found to say what it should.

    Raises:
        InputError: the content would depend on the address of the file, or cannot say it.
    """
    if not _same(source.quads(), source.quads(base=_ELSEWHERE)):
        raise InputError(
            "has addresses that are relative to that of the file, so it cannot be written anew; declare a base first",
            source.path,
        )
    try:
        content = written_anew(expected, source.rdf_format, _prefixes(source), _comments(source))
    except NotAcceptable as error:
        raise InputError(f"cannot be written anew: {error}", source.path) from error
    if not _says(source, content, expected):
        raise InputError("cannot be written anew so that it says the same", source.path)
    return content


def _prefixes(source: MigrationSource) -> Mapping[str, str]:
    if source.rdf_format not in (TURTLE, TRIG):
        return {}
    parser = ox.parse(
        parsable(source.content, source.rdf_format, source.path),
        format=ox.RdfFormat.from_media_type(source.rdf_format.media_type),
        base_iri=source.base,
    )
    for _ in parser:
        pass
    return dict(parser.prefixes)


def _comments(source: MigrationSource) -> list[str]:
    """Return the comments of a Turtle or TriG file."""
    if source.rdf_format not in (TURTLE, TRIG):
        return []
    try:
        found = tokens(source.content.removeprefix(_BYTE_ORDER_MARK).decode())
        return [token.text for token in found if token.kind == "comment"]
    except UnknownToken:
        return []


def _says(source: MigrationSource, content: bytes, expected: set[ox.Quad]) -> bool:
    """Return whether a new content of a file is well-formed and says what is expected."""
    try:
        return _same(source.quads(content), expected)
    except InputError:
        return False


def _same(some: Iterable[ox.Quad], others: Iterable[ox.Quad]) -> bool:
    """Return whether two datasets say the same, whatever the labels of their blank nodes."""
    return _canonical(some) == _canonical(others)


def _canonical(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)
