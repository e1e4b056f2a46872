"""The publication of the documents of a source: what cannot be published stays behind, and the rest is."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from plangraf.errors import NonconformingError
from plangraf.harvesting.context import HarvestContext
from plangraf.harvesting.document import HarvestedDocument
from plangraf.harvesting.faults import HarvestFault
from plangraf.harvesting.harvested_file import Subject, publisher_of
from plangraf.harvesting.reader import ReadDocument
from plangraf.harvesting.reporting import built_results
from plangraf.harvesting.shipped_reference import missing_reference
from plangraf.harvesting.statements import PROVENANCE, WITHDRAWAL, withdrawal
from plangraf.languages import N_
from plangraf.release.carried import carry_over
from plangraf.release.history import Action
from plangraf.release.placement import Placement, unit
from plangraf.release.publish import publish_placement
from plangraf.release.records import PreviousRelease
from plangraf.release.state import Switch
from plangraf.release.vanished import VanishedError
from plangraf.release.violated import ViolatedError
from plangraf.release.withdraw import withdraw_graphs
from plangraf.release.write import ReleaseContent
from plangraf.sources.listed import ListedFile
from plangraf.validation.result import Result, Severity

_ROUNDS = 2
"""The number of attempts after which all documents of a publisher stand and fall together."""
_REMOVED = "Utgiveren har fjernet dette fra dataene sine."
"""The reason of the withdrawal of graphs, in bokmål, as everyone may read it."""


@dataclass(frozen=True)
class DocumentCandidate:
    """A document whose new content may be published.

    Attributes:
        read: the document as it was found.
        document: its statements.
        left_out: the things of others, about which it says something that is left out.
        files: its files, with what is stated about their origin.
        before: the graphs that are published from it now.
    """

    read: ReadDocument
    document: HarvestedDocument
    left_out: frozenset[Subject]
    files: tuple[ListedFile, ...]
    before: frozenset[str]


@dataclass
class PublicationAttempt:
    """The outcome for the documents of a source.

    Attributes:
        published: the documents whose new content is published.
        faults: why the new content of documents is not published, by address.
        results: the results of the last validation; None if there was none.
        paths: the names of the documents in them.
        valid: whether the results are about what is published.
        release: the release that is current then; empty if nothing was published.
    """

    published: tuple[DocumentCandidate, ...] = ()
    faults: dict[str, HarvestFault] = field(default_factory=dict)
    results: Sequence[Result] | None = None
    paths: frozenset[Path] = frozenset()
    valid: bool = True
    release: str = ""


def publish_candidates(
    candidates: Iterable[DocumentCandidate], context: HarvestContext, address: str
) -> PublicationAttempt:
    """Publish documents; those that violate the shapes stay behind, and the others are tried again without them.

    The documents of a plan stand and fall together, so that no translation is of another version than its plan. The
    caller holds the lock of the state folder.

    Args:
        candidates: the documents.
        context: all that a harvest needs.
        address: the address of the source, for the history.

    Raises:
        InputError: the state folder cannot be used, or what a document says cannot be validated.
    """
    attempt = PublicationAttempt()
    remaining = tuple(candidates)
    vanished: set[str] = set()
    rounds = 0
    while remaining:
        rounds += 1
        built: list[Result] = []
        files = _files(remaining, vanished, context)
        try:
            publication = publish_placement(
                Placement(tuple(files), frozenset(), _replaced(remaining, files)),
                context.state,
                Switch(Action.PUBLISH, context.by, f"Hentet fra {address}"),
                context.progress,
                context.make_files,
                look=partial(_collect, built, frozenset(publisher_of(file.graph) for file in files)),
            )
        except VanishedError as error:
            if vanished.issuperset(error.iris):
                words = N_("The source describes no longer what is published here, such as {iri}.")
                fault = HarvestFault(template=words, values={"iri": error.iris[0]})
                attempt.faults.update((each.read.address, fault) for each in remaining)
                return attempt
            vanished.update(error.iris)
        except ViolatedError as error:
            attempt.results = error.report.results
            attempt.paths, attempt.valid = _paths(files), False
            faults = _faults(error.report.results, remaining, by_publisher=rounds > _ROUNDS)
            attempt.faults.update(faults)
            remaining = tuple(each for each in remaining if each.read.address not in faults)
        else:
            attempt.published = remaining
            attempt.release = publication.release.manifest.release
            if attempt.valid:
                attempt.results, attempt.paths = built, _paths(files)
            return attempt
    return attempt


def _collect(found: list[Result], publishers: frozenset[str], content: ReleaseContent) -> None:
    found.extend(built_results(content, publishers))


def _files(
    candidates: Sequence[DocumentCandidate], vanished: Collection[str], context: HarvestContext
) -> list[ListedFile]:
    """Return the files to publish: those of documents, notices of what has vanished, and missing reference data."""
    previous = PreviousRelease.open(context.state.path)
    quads = (quad for each in candidates for quad in each.document.quads)
    files = [*missing_reference(quads, previous.records), *(file for each in candidates for file in each.files)]
    if vanished:
        graphs = frozenset(graph for each in candidates for graph in each.document.graphs)
        replaced = graphs.union(*(each.before for each in candidates))
        kept = carry_over(previous.quads, previous.records.values(), (), lambda graph: graph not in replaced).files
        files += withdrawal(vanished, graphs, (quad for file in kept for quad in file.read().quads), context.now())
    return files


def _replaced(candidates: Sequence[DocumentCandidate], files: Iterable[ListedFile]) -> frozenset[str]:
    before = frozenset(graph for each in candidates for graph in each.before | each.document.graphs)
    return before | {file.graph for file in files}


def _paths(files: Iterable[ListedFile]) -> frozenset[Path]:
    return frozenset({PROVENANCE, WITHDRAWAL, *(file.path for file in files)})


def _faults(
    results: Iterable[Result], candidates: Sequence[DocumentCandidate], *, by_publisher: bool
) -> dict[str, HarvestFault]:
    """Return the documents that cannot be published, and why: those with violations, and what belongs to them.

    Args:
        results: the results of the validation.
        candidates: the documents.
        by_publisher: whether all documents of a publisher belong together; otherwise those of a plan do.
    """
    violations = [each for each in results if each.severity == Severity.VIOLATION]
    places = {each.location.path for each in violations if each.location is not None}
    guilty = [each for each in candidates if not places.isdisjoint(file.path for file in each.document.files)]
    if not guilty:  # the violations are elsewhere, or have no place
        return {each.read.address: _violated(violations, each) for each in candidates}
    whole = publisher_of if by_publisher else unit
    units = {whole(graph): each for each in guilty for graph in each.document.graphs}
    faults = {each.read.address: _violated(violations, each) for each in guilty}
    for each in candidates:
        other = next((units[whole(graph)] for graph in each.document.graphs if whole(graph) in units), None)
        if other is not None and each.read.address not in faults:
            words = N_("The document stays as it was, because it belongs to another one that is faulty: {other}.")
            faults[each.read.address] = HarvestFault(template=words, values={"other": other.read.address})
    return faults


def _violated(violations: Sequence[Result], candidate: DocumentCandidate) -> HarvestFault:
    """Return the words about a document that violates the shapes."""
    paths = {file.path for file in candidate.document.files}
    own = [each for each in violations if each.location is not None and each.location.path in paths]
    return HarvestFault(
        template=N_(
            "The document breaks {count} of the requirements to data that are published here; the report says which, "
            "and what to do."
        ),
        values={"count": len(own or violations)},
    )


def withdraw_documents(graphs: Iterable[str], context: HarvestContext) -> tuple[str, HarvestFault | None]:
    """Withdraw the graphs of documents that a source does not have any more; the caller holds the lock.

    Returns:
        the release that is current then, empty if none was made; and why the graphs could not be withdrawn, if so.

    Raises:
        InputError: the state folder cannot be used.
    """
    left, release = set(graphs), ""
    for graph in sorted(left, key=len):
        if graph not in left:
            continue
        within = frozenset(each for each in left if each == graph or each.startswith(f"{graph}/"))
        left -= within
        try:
            publication = withdraw_graphs(
                graph,
                within.__contains__,
                context.state,
                Switch(Action.WITHDRAW, context.by, _REMOVED),
                progress=context.progress,
                make_files=context.make_files,
            )
        except NonconformingError as error:
            return release, HarvestFault(
                template=N_(
                    "The source does not have {graph} any more, and it cannot be withdrawn, because others refer to "
                    "it: {cause}"
                ),
                values={"graph": graph, "cause": error.report_text.partition("\n")[0]},
            )
        release = publication.release.manifest.release
    return release, None
