"""The difference of two releases: the things that were added, removed and changed, and the statements, as RDF Patch.

Only parts that differ are read. What is derived follows from the rest, and is left out of the things.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from pydantic import ValidationError

from plangraf.errors import InputError
from plangraf.namespaces import compact, expand, is_derived_graph
from plangraf.release.records import PartRecord, PartRecords
from plangraf.release.release import PARTS, QUADS, is_pruned, pruned
from plangraf.vocabulary import KINDS

_TYPE = expand("rdf:type")
_LABELS = ("skos:prefLabel", "rdfs:label", "foaf:name", "dct:title")
_LANGUAGES = ("en", "nb", "nn")
_KINDS = {iri: kind.word for kind in KINDS for iri in kind.classes}
_PIECE = 1024 * 1024


@dataclass(frozen=True)
class Statement:
    """A statement of a named graph.

    Attributes:
        subject, property, value, graph: the terms in N-Quads.
    """

    subject: str
    property: str
    value: str
    graph: str

    def line(self) -> str:
        """Return the statement as in N-Quads, without the full stop."""
        return f"{self.subject} {self.property} {self.value} {self.graph}"


@dataclass(frozen=True)
class ChangedThing:
    """A thing that differs between two releases.

    Attributes:
        iri: its IRI.
        kind: the word for its kind, such as "goal"; "thing" if it is of no kind that Plangraf knows.
        label: its name; empty if it has none.
        removed: the statements that the later release no longer has, sorted.
        added: the statements that it has in addition, sorted.
    """

    iri: str
    kind: str
    label: str
    removed: tuple[Statement, ...]
    added: tuple[Statement, ...]


@dataclass(frozen=True)
class Difference:
    """The difference of two releases.

    Attributes:
        added: the things that only the later one describes.
        removed: the things that only the earlier one describes.
        changed: the things that both describe, differently.
        removed_statements: the statements of named graphs that only the earlier one has, sorted.
        added_statements: those that only the later one has.
    """

    added: tuple[ChangedThing, ...]
    removed: tuple[ChangedThing, ...]
    changed: tuple[ChangedThing, ...]
    removed_statements: tuple[Statement, ...]
    added_statements: tuple[Statement, ...]

    def summary(self) -> str:
        """Return the numbers in a sentence."""
        if not (self.removed_statements or self.added_statements):
            return "the same statements."
        return (
            f"{_number(len(self.added), 'thing')} added, {len(self.removed)} removed, {len(self.changed)} changed "
            f"({_number(len(self.added_statements), 'statement')} more, {len(self.removed_statements)} fewer)."
        )

    def text(self) -> str:
        """Return the things in words, with the statements that differ."""
        blocks = [self.summary()]
        for heading, things, whole in (
            ("Added", self.added, True),
            ("Removed", self.removed, True),
            ("Changed", self.changed, False),
        ):
            if things:
                blocks.append("\n".join([f"{heading}:", *(_block(thing, whole=whole) for thing in things)]))
        return "\n\n".join(blocks) + "\n"

    def patch(self) -> Iterator[str]:
        """Yield the lines of an RDF Patch that makes the named graphs of the later release from those of the earlier.

        The format is that of https://afs.github.io/rdf-delta/rdf-patch.html.
        """
        yield "TX .\n"
        for statement in self.removed_statements:
            yield f"D {statement.line()} .\n"
        for statement in self.added_statements:
            yield f"A {statement.line()} .\n"
        yield "TC .\n"


def difference(earlier: Path, later: Path) -> Difference:
    """Return the difference of two releases.

    Args:
        earlier: the folder of the one.
        later: the folder of the other.

    Raises:
        InputError: one of them cannot be read, is damaged so that it is no RDF, or has been pruned.
    """
    one_build, before = _records(earlier)
    other_build, after = _records(later)
    old: set[Statement] = set()
    new: set[Statement] = set()
    for name in sorted({*before, *after}):
        one, other = before.get(name), after.get(name)
        if one is not None and other is not None:
            # The same build makes the same quads of the same input.
            same_input = one_build == other_build and one.input_digest == other.input_digest
            if same_input or _same(earlier / QUADS, one, later / QUADS, other):
                continue
        if one is not None:
            old.update(_statements(earlier / QUADS, one))
        if other is not None:
            new.update(_statements(later / QUADS, other))
    removed, added = sorted(old - new, key=Statement.line), sorted(new - old, key=Statement.line)
    gone, come = _by_subject(removed), _by_subject(added)
    described_before, described_after = _by_subject(old), _by_subject(new)
    texts = _Texts([*sorted(old, key=Statement.line), *sorted(new, key=Statement.line)])
    things = [texts.thing(subject, gone, come) for subject in sorted({*gone, *come})]
    return Difference(
        added=tuple(thing for thing in things if f"<{thing.iri}>" not in described_before),
        removed=tuple(thing for thing in things if f"<{thing.iri}>" not in described_after),
        changed=tuple(
            thing for thing in things if f"<{thing.iri}>" in described_before and f"<{thing.iri}>" in described_after
        ),
        removed_statements=tuple(removed),
        added_statements=tuple(added),
    )


def _by_subject(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    """Return the statements about each resource that has an IRI, except those that are derived."""
    found: dict[str, list[Statement]] = {}
    for each in statements:
        if each.subject.startswith("<") and not is_derived_graph(each.graph[1:-1]):
            found.setdefault(each.subject, []).append(each)
    return found


def _records(folder: Path) -> tuple[str, dict[str, PartRecord]]:
    """Return the digest of the build of a release, and the records of its parts by name."""
    try:
        records = PartRecords.model_validate_json((folder / PARTS).read_bytes())
    except OSError as error:
        if is_pruned(folder):
            raise pruned(folder) from error
        raise InputError(f"cannot be read: {error.strerror}", folder / PARTS) from error
    except ValidationError as error:
        raise InputError("was written by another version, so its parts are not known", folder / PARTS) from error
    return records.build_digest, {record.name: record for record in records.parts}


def _same(one: Path, first: PartRecord, other: Path, second: PartRecord) -> bool:
    """Return whether a part has the same bytes in both releases."""
    if first.size != second.size:
        return False
    with one.open("rb") as left, other.open("rb") as right:
        left.seek(first.offset)
        right.seek(second.offset)
        rest = first.size
        while rest:
            size = min(rest, _PIECE)
            if left.read(size) != right.read(size):
                return False
            rest -= size
    return True


def _statements(path: Path, record: PartRecord) -> Iterator[Statement]:
    """Yield the statements of a part in named graphs."""
    with path.open("rb") as file:
        file.seek(record.offset)
        content = file.read(record.size)
    try:
        for quad in ox.parse(content, format=ox.RdfFormat.N_QUADS):
            if quad.graph_name != ox.DefaultGraph():
                yield Statement(str(quad.subject), str(quad.predicate), str(quad.object), str(quad.graph_name))
    except (SyntaxError, ValueError) as error:
        raise InputError("is damaged", path) from error


def _literal(value: str) -> str:
    return value[1 : value.rindex('"')] if value.startswith('"') else value


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _block(thing: ChangedThing, *, whole: bool) -> str:
    name = f' "{thing.label}"' if thing.label else ""
    head = f"  {thing.kind}{name} <{thing.iri}>"
    if whole:
        return head
    lines = [f"    - {_words(each)}" for each in thing.removed] + [f"    + {_words(each)}" for each in thing.added]
    return "\n".join([head, *lines])


def _words(statement: Statement) -> str:
    value = compact(statement.value[1:-1]) if statement.value.startswith("<") else statement.value
    return f"{compact(statement.property[1:-1])} {value}"


class _Texts:
    """The names and kinds of the things in statements of two releases, of which the later ones win.

    The report is in English, so English names are taken first, and then Norwegian ones.
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._labels: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        properties = {f"<{expand(name)}>": place for place, name in enumerate(_LABELS)}
        ranks: dict[str, tuple[int, int]] = {}
        for each in statements:
            if each.property in properties:
                language = each.value.rpartition("@")[2]
                rank = (
                    properties[each.property],
                    _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES),
                )
                if rank <= ranks.get(each.subject, rank):
                    ranks[each.subject] = rank
                    self._labels[each.subject] = each.value
            elif each.property == f"<{_TYPE}>" and each.value[1:-1] in _KINDS:
                self._kinds[each.subject] = _KINDS[each.value[1:-1]]

    def thing(
        self, subject: str, gone: Mapping[str, list[Statement]], come: Mapping[str, list[Statement]]
    ) -> ChangedThing:
        """Return a thing with the statements that differ."""
        return ChangedThing(
            iri=subject[1:-1],
            kind=self._kinds.get(subject, "thing"),
            label=_literal(self._labels[subject]) if subject in self._labels else "",
            removed=tuple(gone.get(subject, ())),
            added=tuple(come.get(subject, ())),
        )
