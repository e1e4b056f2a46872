"""The results about cells of workbooks that are faulty whatever the shapes say."""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from rdflib import Literal, URIRef

from plangraf.languages import INTERFACE_LANGUAGES
from plangraf.namespaces import SHAPES
from plangraf.sources.dataset import SourceFile
from plangraf.validation.result import Location, Result, Severity

_CELL = f"{SHAPES}#Cell"


def cell_results(files: Iterable[SourceFile]) -> Iterator[Result]:
    """Yield a result for each faulty cell; its focus node is the address of the cell."""
    for file in files:
        for finding in file.findings:
            severity = Severity(finding.fault.weight.value)
            shape = URIRef(_CELL + finding.fault.camel_case)
            text = finding.values.get("text")
            yield Result(
                severity=severity,
                declared=severity.iri,
                focus=URIRef(f"{file.path.resolve().as_uri()}#{quote(str(finding.place), safe='!')}"),
                label={},
                path=None,
                value=Literal(text) if isinstance(text, str) else None,
                shape=shape,
                component=shape,
                messages={language: finding.message(language) for language in INTERFACE_LANGUAGES},
                location=Location(file.path, finding.place.row, finding.place),
            )


def is_about_cell(result: Result) -> bool:
    """Return whether a result is about a cell, and not about what it says."""
    return str(result.shape).startswith(_CELL)
