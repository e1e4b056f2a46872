"""A change of a graph: a validated release in which the graph is replaced, extended or withdrawn."""

from collections.abc import Sequence
from pathlib import Path

import orjson
import pyoxigraph as ox

from plangraf.errors import (
    DataRefused,
    GraphForbidden,
    InputError,
    NonconformingError,
    ResourceNotFound,
    StateLockedError,
    UploadMalformed,
)
from plangraf.formats import JSON_LD, SOURCE_FORMATS, WORKBOOK_FORMATS, XLSX, by_key
from plangraf.languages import N_
from plangraf.namespaces import GRAPH, expand
from plangraf.publishing.change import ChangeOutcome, GraphChange, GraphDocument
from plangraf.publishing.ownership import foreign_subjects
from plangraf.publishing.runner import busy
from plangraf.publishing.stored_graph import StoredGraph
from plangraf.release.history import Action
from plangraf.release.placement import Placement
from plangraf.release.publish import Publication, publish_placement, recovered
from plangraf.release.state import StateFolder, Switch
from plangraf.release.vanished import VanishedError
from plangraf.release.violated import ViolatedError
from plangraf.release.withdraw import ReplacementError, withdraw_graphs
from plangraf.release.writer_lock import writer_lock
from plangraf.search.index_build import index_release
from plangraf.sources.file_in_memory import FileInMemory
from plangraf.sources.workbook_file import WorkbookFile, graph_names
from plangraf.validation.process import malformed_upload
from plangraf.validation.render import to_json
from plangraf.validation.report import MOST_RESULTS
from plangraf.validation.terms import UPLOAD_BASE

_LOCK = "publishing"
_REASON = "Trukket tilbake av utgiveren"
_TYPE = ox.NamedNode(expand("rdf:type"))
_PLAN = ox.NamedNode(expand("plan:Plan"))
_MOST_FOREIGN = 20
"""The number of others' things that a refusal lists."""


def change_graph(change: GraphChange, documents: Sequence[GraphDocument]) -> ChangeOutcome:
    """Make a change, and the release with it the current one.

    Raises:
        UploadMalformed: a document cannot be parsed, or has graphs of its own.
        GraphForbidden: a document describes what belongs to others.
        PreconditionFailed: the graph is not in the state that the client requires.
        ResourceNotFound: there is no graph to withdraw.
        DataRefused: the release would violate the shapes or lose an IRI that has been published, or nothing
            describes what should replace the graph.
        PublishingBusy: another process changes the state folder.
        InputError: the state folder cannot be used.
    """
    request = change.request
    files = [_sent(number, document, request.graph) for number, document in enumerate(documents, 1)]
    quads = [quad for file in files for quad in _parsed(file)]
    _check_ownership(change.publisher, quads)
    try:
        with writer_lock(Path(change.folder), _LOCK):
            state = recovered(Path(change.folder))
            stored = StoredGraph(state, request.graph)
            request.conditions.check(stored.exists, stored.has_tag)
            publication = (
                _withdraw(change, state, stored)
                if request.method == "DELETE"
                else _publish(change, state, stored, files, quads)
            )
    except StateLockedError as error:
        raise busy() from error
    except NonconformingError as error:
        raise _refused(error) from error
    except ReplacementError as error:
        raise DataRefused(
            N_(
                "The parameter replaced-by names {iri}, which nothing describes after the withdrawal. Check the "
                "spelling, or publish it first. Nothing has changed."
            ),
            iri=error.iri,
            members={"iri": error.iri},
        ) from error
    release = publication.release.manifest.release
    if request.method == "DELETE":
        return ChangeOutcome(kind="deleted", release=release)
    if not stored.exists:
        return ChangeOutcome(kind="created", release=release)
    return ChangeOutcome(kind="changed" if publication.changed else "unchanged", release=release)


def _sent(number: int, document: GraphDocument, graph: str) -> FileInMemory | WorkbookFile:
    found = by_key(document.format, (*SOURCE_FORMATS, *WORKBOOK_FORMATS))
    assert found is not None  # noqa: S101  # the server chose it from the same registry
    path = Path(f"document-{number}.{found.extension}")
    if found in WORKBOOK_FORMATS:
        return WorkbookFile.sent(document.data, path, graph, UPLOAD_BASE)
    return FileInMemory(path=path, graph=graph, placed=True, data=document.data, format=found, base=graph)


def _parsed(file: FileInMemory | WorkbookFile) -> tuple[ox.Quad, ...]:
    try:
        quads = file.read().quads
    except InputError as error:
        raise malformed_upload(error, file.format if isinstance(file, FileInMemory) else XLSX) from error
    if isinstance(file, WorkbookFile):
        _check_plan(file, quads)
    elif file.format == JSON_LD and any(
        not isinstance(quad.graph_name, ox.DefaultGraph)
        for quad in ox.parse(file.data, format=ox.RdfFormat.JSON_LD, base_iri=file.graph)
    ):
        raise UploadMalformed(
            N_("The data have a graph of their own (@graph with @id), but are those of the graph {graph} alone."),
            graph=file.graph,
        )
    return quads


def _check_plan(file: WorkbookFile, quads: Sequence[ox.Quad]) -> None:
    """Check that a workbook is of the plan whose graph it replaces.

    Raises:
        UploadMalformed: it is of another plan.
    """
    graph = min(graph_names(quads), key=len, default=file.graph)
    if graph != file.graph:
        raise UploadMalformed(
            N_(
                "The workbook is of the plan {code}, and not of the graph {graph}. Send it to the graph {own}, or "
                "correct the code on the sheet of the plan."
            ),
            code=graph.removeprefix(GRAPH),
            graph=file.graph,
            own=graph,
        )


def _check_ownership(publisher: str, quads: Sequence[ox.Quad]) -> None:
    foreign = sorted(foreign_subjects(publisher, quads))
    if foreign:
        raise GraphForbidden(
            N_(
                "The data describe what belongs to others ({count}), such as {iri}. A publisher describes what "
                "is below its own addresses; a link to a thing of others is stated of one's own."
            ),
            count=len(foreign),
            iri=foreign[0],
            members={"foreign": foreign[:_MOST_FOREIGN]},
        )


def _publish(
    change: GraphChange,
    state: StateFolder,
    stored: StoredGraph,
    files: Sequence[FileInMemory | WorkbookFile],
    quads: Sequence[ox.Quad],
) -> Publication:
    request = change.request
    adds = request.method == "POST" and stored.exists
    if not quads and not adds:
        raise UploadMalformed(N_("The data have no statements, and there are no empty graphs; DELETE removes one."))
    # A workbook replaces the graphs that it yields, and others below that of its plan stay.
    replaced = frozenset() if adds else graph_names(quads) | {request.graph}
    placement = Placement(tuple(files), frozenset(), replaced)
    switch = Switch(Action.PUBLISH, change.by, request.message)
    return publish_placement(placement, state, switch, None, index_release)


def _withdraw(change: GraphChange, state: StateFolder, stored: StoredGraph) -> Publication:
    request = change.request
    if not stored.exists:
        raise ResourceNotFound(N_("There is no graph {iri} to withdraw."), iri=request.graph)
    switch = Switch(Action.WITHDRAW, change.by, request.message or _REASON)
    # The translations of a plan, and the links from it, are nothing without it.
    has_plan = any(triple.predicate == _TYPE and triple.object == _PLAN for triple in stored.triples)
    return withdraw_graphs(
        request.graph,
        lambda graph: graph == request.graph or (has_plan and graph.startswith(f"{request.graph}/")),
        state,
        switch,
        request.replaced_by,
        request.language,
        make_files=index_release,
    )


def _refused(error: NonconformingError) -> DataRefused:
    """Return the answer about data that cannot be published, with the report."""
    if isinstance(error, VanishedError):
        return DataRefused(
            N_(
                "What is published here would no longer be described ({count}), such as {iri}, and a published "
                "address never breaks. Describe it again, or withdraw it with the statements. Nothing has changed."
            ),
            count=len(error.iris),
            iri=error.iris[0],
            members={"vanished": error.iris[:MOST_RESULTS], "statements": error.statements},
        )
    assert isinstance(error, ViolatedError)  # noqa: S101  # there are no others
    report = orjson.loads(to_json(error.report.first(MOST_RESULTS)))
    return DataRefused(
        N_("The data do not meet the requirements: the results say where, and what to fix. Nothing has changed."),
        members=report,
    )
