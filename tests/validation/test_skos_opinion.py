"""A second opinion: other people's examples of what SKOS allows and forbids (S13, S14, S27, S46)."""

from pathlib import Path

import pytest

from plangraf import shipped
from plangraf.namespaces import ONTOLOGY, PREFIXES
from plangraf.sources.dataset import ListedFile, read_dataset
from plangraf.validation.context import DescriptionIndex
from plangraf.validation.shapes import Shapes
from plangraf.validation.validate import validate_in_context

FORBIDDEN = {
    **dict.fromkeys(("ex12",), "Labels-onePreferred"),
    **dict.fromkeys(("ex13", "ex15"), "Labels-preferred"),
    **dict.fromkeys(("ex14",), "Labels-alternative"),
    **dict.fromkeys(("ex26", "ex27", "ex28", "ex29", "ex59", "ex60", "ex61"), "RelatedAndBroader"),
    **dict.fromkeys(("ex52", "ex53"), "ExactAndOther"),
}
NAMES = {*FORBIDDEN.values(), "MappedNonConcept"}


def found(file: Path, shapes: Shapes) -> set[str]:
    ontology = ListedFile(shipped.ONTOLOGY, ONTOLOGY).read().quads
    report = validate_in_context(read_dataset([file]), DescriptionIndex([]), ontology, shapes)
    return {str(result.shape).removeprefix(PREFIXES["psh"]) for result in report.results} & NAMES


@pytest.mark.parametrize("example", sorted(FORBIDDEN))
def test_what_skos_forbids_is_found(example: str, conformance: Path, shapes: Shapes) -> None:
    file = conformance / "skos" / "tests" / "invalid" / "skos.shacl.ttl" / f"{example}.ttl"
    assert FORBIDDEN[example] in found(file, shapes)


def test_what_skos_allows_is_let_through(conformance: Path, shapes: Shapes) -> None:
    files = sorted((conformance / "skos" / "tests" / "valid" / "skos.shacl.ttl").glob("*.ttl"))
    assert len(files) > 20
    assert {file.stem: found(file, shapes) for file in files if found(file, shapes)} == {}
