"""Faults of files that parse, or could, and still cannot be used."""

import os
from collections.abc import Sequence
from enum import Enum, auto
from pathlib import Path

from plangraf.errors import InputError


class SourceFault(Enum):
    """The kinds of faults, each of which has its own remedy."""

    NOT_UTF8 = auto()
    ENCODING_UNKNOWN = auto()
    ENCODING_WRONG = auto()
    ENTITY = auto()
    REMOTE_CONTEXT = auto()
    TRIPLE_TERM = auto()
    DIRECTION = auto()
    NO_STATEMENTS = auto()
    NO_CONTEXT = auto()


_MESSAGES = {
    SourceFault.NOT_UTF8: "is not UTF-8 here; save the file as UTF-8",
    SourceFault.ENCODING_UNKNOWN: "declares the encoding {subject}, which is not read; save the file as UTF-8",
    SourceFault.ENCODING_WRONG: "declares the encoding {subject} but is not {subject} here; save the file as UTF-8",
    SourceFault.ENTITY: (
        "declares an entity (<!ENTITY …>) here that refers to a file or another entity, or that makes the document "
        "too large; write out what it stands for"
    ),
    SourceFault.REMOTE_CONTEXT: (
        "takes its terms from the JSON-LD context {subject}, which is not fetched; write the content of the context "
        "in place of its address, or save the data as Turtle with a program that fetches it"
    ),
    SourceFault.TRIPLE_TERM: (
        "has a triple term, which RDF 1.1 lacks; to say something about a statement, describe an owl:Axiom with "
        "owl:annotatedSource, owl:annotatedProperty and owl:annotatedTarget"
    ),
    SourceFault.DIRECTION: "has a text with a direction, which RDF 1.1 lacks; keep only its language tag",
    SourceFault.NO_STATEMENTS: "has no statements, so there is nothing to check",
    SourceFault.NO_CONTEXT: (
        "has no statements: it is JSON without @context, which says what its names mean; "
        "add one, or export the data as RDF"
    ),
}


def no_statements(paths: Sequence[Path]) -> "UnusableSourceError":
    """Return the error about files that have no statement at all."""
    if len(paths) == 1 and paths[0].is_file():
        return empty(paths[0], paths[0].read_bytes())
    return UnusableSourceError(SourceFault.NO_STATEMENTS, Path(os.path.commonpath(paths)) if paths else None)


def empty(path: Path, data: bytes) -> "UnusableSourceError":
    """Return the error about a file without statements, which may be JSON that is no JSON-LD."""
    json = data.lstrip().startswith((b"{", b"[")) and path.suffix in (".jsonld", ".json")
    return UnusableSourceError(
        SourceFault.NO_CONTEXT if json and b'"@context"' not in data else SourceFault.NO_STATEMENTS, path
    )


class UnusableSourceError(InputError):
    """A file has one of the faults that `SourceFault` names.

    Attributes:
        fault: the kind of fault.
        subject: the encoding or the context at fault, if there is one.
    """

    def __init__(
        self,
        fault: SourceFault,
        path: Path | None,
        line: int | None = None,
        column: int | None = None,
        subject: str = "",
    ) -> None:
        self.fault = fault
        self.subject = subject
        super().__init__(_MESSAGES[fault].format(subject=subject), path, line, column)
