"""The things that a release describes, read from its file of quads; only what is asked for is parsed.

The lines of a part are sorted, so those about one subject are together. What is derived when a release is built
follows from the rest, and is no description.
"""

import mmap
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import pyoxigraph as ox

from plangraf.namespaces import expand, is_derived_graph
from plangraf.release.described import DescribedRelease
from plangraf.release.release import QUADS
from plangraf.vocabulary import KINDS_BY_RANK

_TYPE, _SCHEME, _DEPRECATED, _NOTATION = (
    expand(name).encode() for name in ("rdf:type", "skos:inScheme", "owl:deprecated", "skos:notation")
)
_NAMES = ("skos:prefLabel", "rdfs:label", "foaf:name", "dct:title")
_LABELS = {expand(name).encode(): rank for rank, name in enumerate(_NAMES)}
"""The properties of names, with their ranks; a thing has the names of the first property that it has."""
_KINDS = {f"<{iri}>".encode(): (rank, kind.key) for rank, kind in enumerate(KINDS_BY_RANK) for iri in kind.classes}
_SCHEMES = {f"<{kind.scheme}>".encode(): (rank, kind.key) for rank, kind in enumerate(KINDS_BY_RANK) if kind.scheme}


def _either(texts: Iterable[bytes]) -> bytes:
    return b"|".join(map(re.escape, texts))


_OBJECT = rb'(?:<[^>]*>|_:[^ ]+|"[^"\\]*(?:\\.[^"\\]*)*"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?)'
_PROPERTY = rb"%s|%s(?=> (?:%s))" % (  # the scheme only where it tells the kind
    _either((_TYPE, _DEPRECATED, _NOTATION, *_LABELS)),
    _either((_SCHEME,)),
    _either(_SCHEMES),
)
# The regular expression itself skips the lines between, in a fifth of the time of a loop over the lines. It is
# possessive and matches at the end too, because it would go back over them otherwise.
_FACT = re.compile(
    rb"(?:<[^>]*> (?!<(?:%s)> %s <).*\n)*+(?:<[^>]*> <(%s)> (%s) <([^>]*)> \.\n|\Z)"
    % (_PROPERTY, _OBJECT, _PROPERTY, _OBJECT)
)
_BLOCK = re.compile(rb"(<[^>]*>) .*\n(?:\1 .*\n)*|.*\n")
_QUAD = re.compile(rb"<[^>]*> (<[^>]*> %s) <([^>]*)> \.\n?" % _OBJECT)
_BLANK = re.compile(rb" _:[^ ]+$")


@dataclass(frozen=True)
class ThingFacts:
    """The facts about a thing in a list of changes, from its description.

    Attributes:
        kind: the key of its kind in the table of kinds; empty if it is of none.
        notation: its notation; empty if it has none.
        labels: its names by language tag.
        graphs: the named graphs that describe it.
        withdrawn: whether they hold no more than a note that it was withdrawn.
    """

    kind: str = ""
    notation: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    graphs: tuple[str, ...] = ()
    withdrawn: bool = False


class DescribedThings:
    """The things that some parts of a release describe, with the places of their statements.

    Args:
        release: the release; None describes nothing.
        parts: the names of the parts.

    Raises:
        OSError: the file of quads cannot be read.
    """

    def __init__(self, release: DescribedRelease | None, parts: Iterable[str]) -> None:
        self._quads: mmap.mmap | bytes = b""
        self._places: dict[bytes, list[slice]] = {}
        if release is None or not (release.folder / QUADS).stat().st_size:
            return
        with (release.folder / QUADS).open("rb") as file:
            self._quads = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        for name in parts:
            if (part := release.parts.get(name)) is not None:
                for match in _BLOCK.finditer(self._quads, part.offset, part.offset + part.size):
                    if match[1] is not None:  # else a line about a blank node
                        self._places.setdefault(match[1], []).append(slice(*match.span()))

    def __iter__(self) -> Iterator[bytes]:
        """Yield the IRIs of the subjects, in angle brackets."""
        return iter(self._places)

    def __contains__(self, subject: object) -> bool:
        """Return whether there are statements about a subject, derived ones included."""
        return subject in self._places

    def lines(self, subject: bytes) -> bytes:
        """Return the lines about a subject."""
        return b"".join(self._quads[place] for place in self._places.get(subject, ()))

    def facts(self, subject: bytes) -> ThingFacts | None:
        """Return the facts about a subject, or None if it is not described."""
        lines = self.lines(subject)
        found = [fact for fact in _FACT.findall(lines) if fact[0] and not _is_derived(fact[2])]
        if not found:
            graphs = tuple(sorted({graph for _, graph in stated(lines)}))
            return ThingFacts(graphs=graphs) if graphs else None
        return _facts(found)


def _facts(found: list[tuple[bytes, bytes, bytes]]) -> ThingFacts:
    kind, name_rank, notation = (len(KINDS_BY_RANK), ""), len(_LABELS), ""
    labels: dict[str, str] = {}
    typed = deprecated = False
    for prop, value, _ in found:
        if prop == _TYPE:
            typed = True
            kind = min(kind, _KINDS.get(value, kind))
        elif prop == _SCHEME:
            kind = min(kind, _SCHEMES.get(value, kind))
        elif prop == _NOTATION:
            notation = notation or _text(value)
        elif prop == _DEPRECATED:
            deprecated = deprecated or value.startswith((b'"true"', b'"1"'))
        elif value.startswith(b'"') and (rank := _LABELS[prop]) <= name_rank:
            if rank < name_rank:
                name_rank, labels = rank, {}
            labels.setdefault(_language(value), _text(value))
    return ThingFacts(
        kind=kind[1],
        notation=notation,
        labels=labels,
        graphs=tuple(sorted({graph.decode() for _, _, graph in found})),
        withdrawn=deprecated and not typed,
    )


@lru_cache(maxsize=4096)
def _is_derived(graph: bytes) -> bool:
    return is_derived_graph(graph.decode())


def stated(lines: bytes) -> set[tuple[bytes, str]]:
    """Return the properties with their values, and their graphs, in lines of N-Quads, without what is derived.

    The labels of blank nodes are left out, because they change with other statements.
    """
    found = ((_BLANK.sub(b" _:", said), graph.decode()) for said, graph in _QUAD.findall(lines))
    return {(said, graph) for said, graph in found if not is_derived_graph(graph)}


def _language(literal: bytes) -> str:
    """Return the language tag of a literal that is written as in N-Quads, or nothing."""
    after = literal[literal.rindex(b'"') + 1 :]
    return after[1:].decode() if after.startswith(b"@") else ""


def _text(literal: bytes) -> str:
    """Return the text of a literal that is written as in N-Quads."""
    if b"\\" not in literal:
        return literal[1 : literal.rindex(b'"')].decode()
    [triple] = ox.parse(b"<a:a> <a:a> " + literal + b" .", format=ox.RdfFormat.N_TRIPLES)
    assert isinstance(triple.object, ox.Literal)  # noqa: S101  # it begins with a quotation mark
    return triple.object.value
