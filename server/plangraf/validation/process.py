"""A process that validates one upload, under limits that the kernel enforces.

The template (`template.py`) forks it when it has loaded all libraries. It confines itself (from then on it cannot
open files or sockets, so the data cannot make it fetch anything), and only then reads its socket: a line of JSON
(`ValidationTask`), then the data. It writes a line of JSON (`ValidationOutcome`) and the report to it.
"""

import io
import os
import signal
import socket
import zipfile
from base64 import b64encode
from collections.abc import Mapping
from typing import NoReturn

import orjson

from plangraf import shipped
from plangraf.confinement import EXIT_MEMORY, Memory, confine
from plangraf.errors import InputError, UploadMalformed, pack
from plangraf.formats import CSV_FOLDER, SOURCE_FORMATS, TURTLE, WORKBOOK_FORMATS, XLSX, Format, by_key
from plangraf.languages import INTERFACE_LANGUAGES, N_, number
from plangraf.namespaces import ONTOLOGY
from plangraf.sources.dataset import Dataset, ListedFile, list_files
from plangraf.sources.faults import SourceFault, UnusableSourceError, empty
from plangraf.sources.workbook_file import WorkbookFile
from plangraf.validation.annotated import annotated_copy
from plangraf.validation.context import DescriptionIndex
from plangraf.validation.render import to_csv, to_json, to_turtle
from plangraf.validation.report import MOST_RESULTS, Report
from plangraf.validation.shapes import Shapes, load_shapes
from plangraf.validation.task import ValidationOutcome, ValidationTask
from plangraf.validation.upload_file import upload_file
from plangraf.validation.validate import validate_in_context
from plangraf.workbook.example import example_rows
from plangraf.workbook.limits import WorkbookError
from plangraf.workbook.xlsx_writer import write_xlsx

_READ = 1 << 16
_WALL = 3
"""The time limit by the clock, as a multiple of that of the processor."""
_WARM = """@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
<http://e.org/a> a <https://w3id.org/plangraf/ontology#Goal> ;
  <http://e.org/p> "1" , "a text that is long enough for its language to be told"@en ,
    "<p>1</p>"^^rdf:HTML , "<a>1</a>"^^rdf:XMLLiteral , "{}"^^rdf:JSON ."""

_NOT_UTF8 = N_("Line {line}, column {column}: the upload is not UTF-8 here; save the file as UTF-8.")
_NOT_WELL_FORMED = N_("Line {line}, column {column}: the upload is not well-formed {format}: {cause}.")
_NOT_WELL_FORMED_SOMEWHERE = N_("The upload is not well-formed {format}: {cause}.")
_UNCHECKED = N_("The upload cannot be checked: {cause}.")
_FAULTS = {
    SourceFault.NOT_UTF8: _NOT_UTF8,
    SourceFault.ENCODING_UNKNOWN: N_(
        "Line {line}: the upload declares the encoding {subject}, which is not read; save the file as UTF-8."
    ),
    SourceFault.ENCODING_WRONG: N_(
        "Line {line}, column {column}: the upload declares the encoding {subject} but is not {subject} here; save "
        "the file as UTF-8."
    ),
    SourceFault.REMOTE_CONTEXT: N_(
        "Line {line}: the upload takes its terms from the JSON-LD context {subject}, which is not fetched. Write the "
        "content of the context in place of its address, or save the data as Turtle with a program that fetches it."
    ),
    SourceFault.TRIPLE_TERM: N_(
        "Line {line}, column {column}: a triple term, which RDF 1.1 lacks. To say something about a statement, "
        "describe an owl:Axiom with owl:annotatedSource, owl:annotatedProperty and owl:annotatedTarget."
    ),
    SourceFault.DIRECTION: N_(
        "Line {line}, column {column}: a text with a direction, which RDF 1.1 lacks; keep only its language tag."
    ),
    SourceFault.ENTITY: N_(
        "Line {line}, column {column}: the upload declares an entity (<!ENTITY …>) that refers to a file or another "
        "entity, or that makes the document too large; write out what it stands for."
    ),
    SourceFault.NO_STATEMENTS: N_("The upload has no statements, so there is nothing to check."),
    SourceFault.NO_CONTEXT: N_(
        "The upload has no statements: it is JSON without @context, which says what its names mean. Add one, or "
        "export the data as RDF."
    ),
}


class UploadValidator:
    """Validates uploads against the shipped shapes; uploads may refer to the shipped data and the ontology."""

    def __init__(self) -> None:
        self._shapes: Shapes = load_shapes(shipped.SHAPES)
        self._ontology = ListedFile(shipped.ONTOLOGY, ONTOLOGY).read().quads
        known = [quad for file in list_files([shipped.DATA]) for quad in file.read().quads]
        self._known = DescriptionIndex([*known, *self._ontology])

    def validate(self, data: bytes, source: Format) -> Report:
        """Return the validation report on `data`; its descriptions override shipped ones of the same resources.

        Raises:
            InputError: the data have a syntax error, with line and column, or no statements.
        """
        return self._validate(upload_file(data, source))

    def report(self, data: bytes, task: ValidationTask) -> tuple[ValidationOutcome, bytes]:
        """Return the outcome of a task, and the serialized report, which is empty if the data cannot be read."""
        source = by_key(task.source, (*SOURCE_FORMATS, *WORKBOOK_FORMATS))
        assert source is not None  # noqa: S101  # the server chose it from the same registry
        try:
            return ValidationOutcome(), self._written(upload_file(data, source), task)
        except InputError as error:
            return ValidationOutcome(pack(malformed_upload(error, source))), b""

    def _validate(self, file: ListedFile) -> Report:
        read = file.read()
        if not read.quads and not read.findings:
            raise empty(file.path, file.content())
        return validate_in_context(Dataset((read,)), self._known, self._ontology, self._shapes)

    def _written(self, file: ListedFile, task: ValidationTask) -> bytes:
        report = self._validate(file)
        listed = report.first(MOST_RESULTS)
        if task.report == "turtle":
            return to_turtle(listed).encode()
        if task.report == "csv":
            return to_csv(listed, task.language).encode()
        if not isinstance(file, WorkbookFile) or task.report == "json":
            return to_json(listed)
        copy = annotated_copy(file, report, task.language)
        if task.report == "xlsx":
            return copy.data
        found = orjson.loads(to_json(listed))
        return orjson.dumps({**found, "copy": b64encode(copy.data).decode(), "lacks": copy.lacks})


def malformed_upload(error: InputError, rdf_format: Format) -> UploadMalformed:
    """Return the error about an upload for an error about the file that it was read as."""
    line, column, reason = error.line, error.column, error.reason
    if isinstance(error, WorkbookError):
        malformed = UploadMalformed(error.template)
        malformed.values.update(error.values)
        return malformed
    if isinstance(error, UnusableSourceError):
        place = {} if line is None or column is None else {"line": line, "column": column}
        return UploadMalformed(_FAULTS[error.fault], members=place, subject=error.subject, **place)
    if line is None or column is None:
        if reason is None:
            return UploadMalformed(_UNCHECKED, cause=error.message)
        return UploadMalformed(_NOT_WELL_FORMED_SOMEWHERE, format=rdf_format.label, cause=reason)
    place = {"line": line, "column": column}
    return UploadMalformed(_NOT_WELL_FORMED, format=rdf_format.label, cause=reason or "", members=place, **place)


def warm_up(validator: UploadValidator) -> None:
    """Validate something of each kind, because libraries load modules and files on first use."""
    for report in ("json", "turtle", "csv"):
        validator.report(_WARM.encode(), ValidationTask(TURTLE.key, report, "nb"))
    validator.report(write_xlsx(example_rows("nb")), ValidationTask(XLSX.key, "page", "nb"))
    files = io.BytesIO()
    with zipfile.ZipFile(files, "w") as archive:
        archive.writestr("plan.csv", "")
    validator.report(files.getvalue(), ValidationTask(CSV_FOLDER.key, "json", "nb"))
    for language in INTERFACE_LANGUAGES:
        number(1, language)


def validate_upload(connection: socket.socket, validator: UploadValidator, limits: Mapping[str, float]) -> NoReturn:
    """Confine this process, which has been forked for one upload; perform the task, and end the process.

    Args:
        connection: where the task and the data come from, and the answer goes to.
        validator: the validator, which has loaded everything that it needs.
        limits: the time in seconds, and the memory in bytes.
    """
    memory = Memory()
    confine(memory.mapped() + int(limits["memory"]), files=False)
    try:
        received = bytearray()
        while part := connection.recv(_READ):
            received += part
        header, _, data = bytes(received).partition(b"\n")
        del received
        # Without a signal handler the kernel ends the process, even inside native code. The first limit is on the
        # processor, whose time does not depend on what else the machine does; that of the clock is for waiting.
        signal.setitimer(signal.ITIMER_PROF, limits["seconds"])
        signal.setitimer(signal.ITIMER_REAL, _WALL * limits["seconds"])
        outcome, body = validator.report(data, ValidationTask(**orjson.loads(header)))
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
            signal.setitimer(timer, 0)
        answer = orjson.dumps(outcome) + b"\n" + body
    except MemoryError:
        os._exit(EXIT_MEMORY)
    connection.sendall(answer)
    os._exit(0)
