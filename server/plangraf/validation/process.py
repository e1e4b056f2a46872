"""Validate what a visitor sends: a program for one upload, which the kernel holds to its limits.

The validation service runs it as `python -m plangraf.validation.process PARENT LIMITS`. It makes itself ready,
confines itself (no file and no socket can be opened from then on, so that nothing is fetched whatever the data say),
and only then reads from its standard input: a line of JSON (`ValidationTask`) and the data up to the end. It answers
on its standard output with a line of JSON (`ValidationOutcome`) and the report.
"""

import signal
import sys
from pathlib import Path

import orjson
import pyoxigraph as ox

from plangraf import shipped
from plangraf.confinement import EXIT_MEMORY, Memory, confine, end_with_parent
from plangraf.errors import InputError
from plangraf.formats import RDF_XML, SOURCE_FORMATS, TURTLE, Format, by_key
from plangraf.languages import N_
from plangraf.namespaces import GRAPH, ONTOLOGY
from plangraf.problems import UploadMalformed
from plangraf.sources.dataset import Dataset, ListedFile, SourceFile, list_files
from plangraf.sources.rdf import read_bytes
from plangraf.validation.context import DescriptionIndex
from plangraf.validation.render import to_csv, to_json, to_turtle
from plangraf.validation.report import Report
from plangraf.validation.shapes import Shapes, load_shapes
from plangraf.validation.task import ValidationOutcome, ValidationTask
from plangraf.validation.validate import validate_in_context

MOST_RESULTS = 2000
"""Results that a report lists; the gravest come first, and all are counted."""

_BASE = f"{GRAPH}upload/"
_WARM = """<http://e.org/a> a <https://w3id.org/plangraf/ontology#Goal> ;
  <http://e.org/p> "1" , "a text that is long enough for its language to be told"@en ."""

_ENTITY = N_("Line {line}: the upload declares an entity (<!ENTITY …>); write out what it stands for.")
_NOT_UTF8 = N_("Line {line}, column {column}: the upload is not UTF-8 here; save the file as UTF-8.")
_NOT_WELL_FORMED = N_("Line {line}, column {column}: the upload is not well-formed {format}: {cause}.")
_NOT_WELL_FORMED_SOMEWHERE = N_("The upload is not well-formed {format}: {cause}.")
_UNCHECKED = N_("The upload cannot be checked: {cause}.")


class UploadValidator:
    """Validates uploads against the shipped shapes; they may refer to the shipped data and to the vocabulary."""

    def __init__(self) -> None:
        self._shapes: Shapes = load_shapes(shipped.SHAPES)
        self._ontology = ListedFile(shipped.ONTOLOGY, ONTOLOGY).read().quads
        known = [quad for file in list_files([shipped.DATA]) for quad in file.read().quads]
        self._known = DescriptionIndex([*known, *self._ontology])

    def validate(self, data: bytes, rdf_format: Format) -> Report:
        """Return what the shapes find in `data`; what the data describe is taken from them alone.

        Raises:
            UploadMalformed: they declare an entity.
            InputError: they cannot be read; names line and column.
        """
        path = Path(f"data.{rdf_format.extension}")
        entity = data.find(b"<!ENTITY") if rdf_format == RDF_XML else -1
        if entity >= 0:  # a few entities within one another are a document of any size
            line = data.count(b"\n", 0, entity) + 1
            raise UploadMalformed(_ENTITY, line=line, members={"line": line})
        quads = read_bytes(data, rdf_format, path, ox.NamedNode(_BASE), _BASE)
        dataset = Dataset((SourceFile(path, tuple(quads), data),))
        return validate_in_context(dataset, self._known, self._ontology, self._shapes)

    def report(self, data: bytes, task: ValidationTask) -> tuple[ValidationOutcome, bytes]:
        """Return the outcome of a task, and the report when there is one."""
        rdf_format = by_key(task.source, SOURCE_FORMATS)
        assert rdf_format is not None  # noqa: S101  # the server chose it from the same registry
        try:
            report = self.validate(data, rdf_format).first(MOST_RESULTS)
        except InputError as error:
            return ValidationOutcome(_malformed(error, rdf_format).pack()), b""
        except UploadMalformed as problem:
            return ValidationOutcome(problem.pack()), b""
        if task.report == "turtle":
            return ValidationOutcome(), to_turtle(report).encode()
        if task.report == "csv":
            return ValidationOutcome(), to_csv(report, task.language).encode()
        return ValidationOutcome(), to_json(report)


def _malformed(error: InputError, rdf_format: Format) -> UploadMalformed:
    """Return the problem with an upload, from the error about it as a file."""
    line, column, reason = error.line, error.column, error.reason
    if line is None or column is None:
        if reason is None:
            return UploadMalformed(_UNCHECKED, cause=error.message)
        return UploadMalformed(_NOT_WELL_FORMED_SOMEWHERE, format=rdf_format.label, cause=reason)
    place = {"line": line, "column": column}
    if reason is None:
        return UploadMalformed(_NOT_UTF8, line=line, column=column, members=place)
    return UploadMalformed(
        _NOT_WELL_FORMED, line=line, column=column, format=rdf_format.label, cause=reason, members=place
    )


def main() -> None:
    """Get ready, be confined, and do one task."""
    limits = orjson.loads(sys.argv[2])
    end_with_parent(int(sys.argv[1]))
    for ignored in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ignored, signal.SIG_IGN)  # the server ends this process when it has drained
    validator = UploadValidator()
    for report in ("json", "turtle", "csv"):  # libraries load what they need when they first need it
        validator.report(_WARM.encode(), ValidationTask(TURTLE.key, report, "nb"))
    memory = Memory()
    confine(memory.mapped() + limits["memory"], files=False)
    try:
        header = sys.stdin.buffer.readline()
        if not header:
            return
        data = sys.stdin.buffer.read()
        # No handler is set: the kernel ends the process, whatever native code it is in.
        signal.setitimer(signal.ITIMER_REAL, limits["seconds"])
        outcome, body = validator.report(data, ValidationTask(**orjson.loads(header)))
        signal.setitimer(signal.ITIMER_REAL, 0)
    except MemoryError:
        sys.exit(EXIT_MEMORY)
    sys.stdout.buffer.write(orjson.dumps(outcome) + b"\n" + body)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
