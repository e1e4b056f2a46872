"""The results about cells of workbooks that are faulty whatever the shapes say."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from rdflib import Literal, URIRef

from plangraf.languages import INTERFACE_LANGUAGES, N_, filled
from plangraf.namespaces import SHAPES
from plangraf.sources.dataset import SourceFile
from plangraf.validation.absences import Absences
from plangraf.validation.precedence import RuleResult
from plangraf.validation.result import Location, Result, Severity

CELL_SHAPES = f"{SHAPES}#Cell"
"""How the IRIs of the kinds of faults of cells begin."""


_FILL = N_("Fill in “{column}” on the sheet {sheet}.")
_LOOK = N_("See “{column}” on the sheet {sheet}.")


class CellResults:
    """The results about the cells of workbooks; what follows from a faulty cell is silent, so that it is said once.

    Args:
        files: the files of the dataset.
        absences: the properties that shapes and rules look for.
    """

    def __init__(self, files: Iterable[SourceFile], absences: Absences) -> None:
        self._files = {file.path: file for file in files}
        self._absences = absences
        self._unmade = frozenset(key for file in self._files.values() for key in file.unmade)
        self._own = list(_cell_results(self._files.values()))

    def without_due(self, ruled: Iterable[RuleResult]) -> Iterator[RuleResult]:
        """Yield results of rules, without those about the place of a value that a faulty cell should have given."""
        return (each for each in ruled if (str(each.result.focus), str(each.due)) not in self._unmade)

    def merged(self, results: Iterable[Result]) -> Iterator[Result]:
        """Yield the results that do not follow from a faulty cell, with the names of columns, and those of cells."""
        faulty = {result.location for result in self._own if result.severity is Severity.VIOLATION}
        for result in results:
            if result.value is None and result.location in faulty:
                continue
            if not self._follows(result):
                yield self._with_field(self._at_blank(result))
        yield from self._own

    def _follows(self, result: Result) -> bool:
        """Return whether a result is about the absence of a statement that a faulty cell does not make."""
        if not self._unmade:
            return False
        missed = self._absences.properties(result.shape)
        return any((str(term), prop) in self._unmade for term in (result.focus, result.value) for prop in missed)

    def _at_blank(self, result: Result) -> Result:
        """Return a result about a whole row at the empty cell that would mend it, if there is just one."""
        at = result.location
        if result.path is not None or at is None or at.cell is None:
            return result
        blanks = self._files[at.path].blanks
        missed = self._absences.properties(result.shape)
        keys = ((str(term), prop) for term in (result.focus, result.value) for prop in missed)
        found = {blanks[key] for key in keys if key in blanks}
        if len(found) != 1:
            return result
        [cell] = found
        return replace(result, location=Location(at.path, cell.row, cell))

    def _with_field(self, result: Result) -> Result:
        """Return a result whose messages begin with the sheet and the column of its cell."""
        cell = result.location.cell if result.location is not None else None
        if result.location is None or cell is None:
            return result
        field = self._files[result.location.path].fields.get(cell)
        about = {str(result.path), *self._absences.properties(result.shape)}
        if field is None or field.properties.isdisjoint(about):
            return result
        template = _LOOK if field.filled else _FILL
        messages = dict(result.messages)
        for language in INTERFACE_LANGUAGES:
            if language in messages:
                words = {"column": field.column.in_language(language), "sheet": cell.sheet}
                messages[language] = f"{filled(template, words, language)} {messages[language]}"
        return replace(result, messages=messages)


def _cell_results(files: Iterable[SourceFile]) -> Iterator[Result]:
    """Yield a result for each faulty cell; its focus node is the address of the cell."""
    for file in files:
        address = file.address or (file.path.resolve().as_uri() if file.findings else "")
        for finding in file.findings:
            severity = Severity(finding.fault.weight.value)
            shape = URIRef(CELL_SHAPES + finding.fault.camel_case)
            text = finding.values.get("text")
            yield Result(
                severity=severity,
                declared=severity.iri,
                focus=URIRef(f"{address}#{quote(str(finding.place), safe='!')}"),
                label={},
                path=None,
                value=Literal(text) if isinstance(text, str) else None,
                shape=shape,
                component=shape,
                messages={language: finding.message(language) for language in INTERFACE_LANGUAGES},
                location=Location(file.path, finding.place.row, finding.place),
            )


def is_about_cell(result: Result, files: Container[Path] | None = None) -> bool:
    """Return whether a result is about a cell, and not about what it says.

    Args:
        result: the result.
        files: the files whose cells are meant; None for all.
    """
    if not str(result.shape).startswith(CELL_SHAPES):
        return False
    return files is None or (result.location is not None and result.location.path in files)
