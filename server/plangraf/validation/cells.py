"""The results about cells of workbooks that are faulty whatever the shapes say."""

from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from rdflib import Literal, URIRef

from plangraf.languages import INTERFACE_LANGUAGES
from plangraf.namespaces import SHAPES
from plangraf.sources.dataset import SourceFile
from plangraf.validation.result import Location, Result, Severity

CELL_SHAPES = f"{SHAPES}#Cell"
"""How the IRIs of the kinds of faults of cells begin."""


def with_cell_results(results: Iterable[Result], files: Iterable[SourceFile]) -> Iterator[Result]:
    """Yield results and those about cells; what a shape misses in a cell that is known to be faulty is said once."""
    own = list(_cell_results(files))
    faulty = {result.location for result in own if result.severity is Severity.VIOLATION}
    yield from (result for result in results if result.value is not None or result.location not in faulty)
    yield from own


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
