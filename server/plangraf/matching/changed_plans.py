"""The plans of a path into which claims are written: as a file beside the plan, or as rows of its workbook."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from plangraf.errors import InputError
from plangraf.formats import TURTLE
from plangraf.languages import InterfaceLanguage
from plangraf.matching.claim_statements import EDITORIAL
from plangraf.namespaces import expand
from plangraf.rdf.serialization import serialize
from plangraf.release.plan_source import PlanSource, plan_files, plan_source
from plangraf.sources.listed import SourceFile
from plangraf.sources.workbook_file import WorkbookFile
from plangraf.workbook.csv_folder import csv_folder_files, decoded, delimiter_of
from plangraf.workbook.file_names import csv_files
from plangraf.workbook.findings import Weight
from plangraf.workbook.from_statements import from_statements
from plangraf.workbook.rows import WorkbookRows

_MATCHES = "matches.ttl"
_COMMENT = b"# Written by plangraf link --accept, which writes it anew: comments are not kept.\n\n"
_LINKS, _GRAPHS = "links", "graphs"
_TYPE, _PLAN = ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("plan:Plan"))


@dataclass(frozen=True)
class ChangedPlan:
    """A plan that claims are written into.

    Attributes:
        source: its statements.
        path: its workbook or folder of CSV files, or the folder of its RDF files.
        workbook: the workbook, if it is one.
    """

    source: PlanSource
    path: Path
    workbook: WorkbookFile | None

    def files(self, quads: Sequence[ox.Quad], language: InterfaceLanguage) -> dict[Path, bytes]:
        """Return the content of the files that have further statements in the editorial graph of the plan.

        Args:
            quads: the statements.
            language: the language of a workbook.

        Raises:
            InputError: a workbook has no room for the statements, or a file cannot be read.
        """
        if self.workbook is not None:
            return self._workbook_files(self.workbook, quads, language)
        path = self.path / EDITORIAL / _MATCHES
        triples = [quad.triple for quad in quads]
        if path.exists():
            triples += [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]
        return {path: _COMMENT + serialize(sorted(set(triples), key=str), TURTLE)}

    def _workbook_files(
        self, workbook: WorkbookFile, quads: Sequence[ox.Quad], language: InterfaceLanguage
    ) -> dict[Path, bytes]:
        made = from_statements((*self.source.quads, *quads), self.source.addresses, language)
        lost = set(made.lost) & set(quads)
        if lost:
            example = min(map(str, lost))
            raise InputError(
                f"has no room for some of the links, such as {example}: convert it to Turtle first", self.path
            )
        names = {
            self.source.addresses.name(quad.subject.value) for quad in quads if isinstance(quad.subject, ox.NamedNode)
        }
        rows = workbook.rows().rows
        new = [row for row in made.rows.of(_LINKS) if row.text("id") in names]
        roles = {row.text("role") for row in rows.of(_GRAPHS)}
        graphs = [row for row in made.rows.of(_GRAPHS) if row.text("role") not in roles]
        full = WorkbookRows({**rows.rows, _LINKS: (*rows.of(_LINKS), *new), _GRAPHS: (*rows.of(_GRAPHS), *graphs)})
        if self.path.is_dir():
            first = next(iter(csv_files(self.path)))
            delimiter = delimiter_of(decoded(first.read_bytes(), first)[0])
            files = csv_folder_files(full, language, delimiter=delimiter)
            return {self.path / name: data for name, data in files.items()}
        # It takes its time, and only workbooks need it.
        from plangraf.workbook.xlsx_writer import write_xlsx

        return {self.path: write_xlsx(full, language)}


def changed_plans(path: Path) -> dict[str, ChangedPlan]:
    """Return the plans of a path by their IRIs.

    Args:
        path: a workbook, a folder of CSV files, a Turtle file of a plan, or a folder of these.

    Raises:
        InputError: a file cannot be read, there is no plan, or cells of a workbook are wrong.
    """
    if path.is_file() and path.suffix.lower() == f".{TURTLE.extension}":
        path = path.parent  # the claims that are known stand beside it
    listed = plan_files(path)
    files = [(file, file.read()) for file in listed]
    found = {}
    quads = [quad for _, file in files for quad in file.quads]
    for file, read in files:
        for quad in read.quads:
            plan, graph = quad.subject, quad.graph_name
            if quad.predicate != _TYPE or quad.object != _PLAN:
                continue
            if isinstance(plan, ox.NamedNode) and isinstance(graph, ox.NamedNode):
                workbook = file if isinstance(file, WorkbookFile) else None
                if workbook is None and file.path == path:
                    raise InputError(
                        "is one file; claims are written beside the Turtle files of a plan: "
                        "name the folder, or convert it with plangraf convert",
                        path,
                    )
                _refuse_faults(read)
                source = plan_source(plan.value, graph.value, quads)
                found[plan.value] = ChangedPlan(source, read.path if workbook else read.path.parent, workbook)
    if not found:
        raise InputError("has no plan (a thing of the class plan:Plan)", path)
    return found


def _refuse_faults(file: SourceFile) -> None:
    wrong = [finding for finding in file.findings if finding.fault.weight is Weight.VIOLATION]
    if wrong:
        raise InputError(
            f"{wrong[0].place}: {wrong[0].message('en')} Mend the cells first: plangraf validate", file.path
        )


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write files so that each is whole: none is replaced before all have been written beside their places.

    Raises:
        InputError: a file cannot be written.
    """
    drafts: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=False) as draft:
                drafts[path] = Path(draft.name)
                draft.write(data)
            drafts[path].chmod(path.stat().st_mode if path.exists() else 0o644)
        for path in files:
            drafts.pop(path).replace(path)
    except OSError as error:
        raise InputError(
            f"cannot be written: {error.strerror}", Path(error.filename) if error.filename else None
        ) from error
    finally:
        for draft_path in drafts.values():
            draft_path.unlink(missing_ok=True)
