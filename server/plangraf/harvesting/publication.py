"""The publication of the documents of a source: what cannot be published stays behind, and the rest is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from plangraf.errors import NonconformingError
from plangraf.harvesting.context import HarvestContext
from plangraf.harvesting.document import HarvestedDocument
from plangraf.harvesting.faults import HarvestFault
from plangraf.harvesting.harvested_file import Subject, publisher_of
from plangraf.harvesting.reader import ReadDocument
from plangraf.harvesting.reporting import built_results
from plangraf.harvesting.statements import PROVENANCE, WITHDRAWAL, withdrawal
from plangraf.languages import N_
from plangraf.release.carried import carry_over
from plangraf.release.history import Action
from plangraf.release.placement import Placement
from plangraf.release.publish import publish_placement
from plangraf.release.records import PreviousRelease
from plangraf.release.state import Switch
from plangraf.release.vanished import VanishedError
from plangraf.release.violated import ViolatedError
from plangraf.release.withdraw import withdraw_graphs
from plangraf.release.write import ReleaseContent
from plangraf.sources.listed import ListedFile
from plangraf.validation.result import Result, Severity

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
    """What has become of the documents of a source.

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

    The caller holds the lock of the state folder.

    Args:
        candidates: the documents.
        context: all that a harvest needs.
        address: the address of the source, for the history.

    Raises:
        InputError: the state folder cannot be used.
    """
    attempt = PublicationAttempt()
    remaining = {candidate.read.address: candidate for candidate in candidates}
    vanished: set[str] = set()
    while remaining:
        found: list[Result] = []
        chosen = tuple(remaining.values())
        graphs = frozenset(graph for each in chosen for graph in each.document.graphs)
        replaced = graphs.union(*(each.before for each in chosen))
        files = [file for each in chosen for file in each.files]
        if vanished:
            files += withdrawal(vanished, graphs, _stated(context, replaced), context.now())
        paths = frozenset({PROVENANCE, WITHDRAWAL, *(file.path for file in files)})
        publishers = frozenset(map(publisher_of, graphs))

        def look(content: ReleaseContent, found: list[Result] = found, own: frozenset[str] = publishers) -> None:
            found.extend(built_results(content, own))

        switch = Switch(Action.PUBLISH, context.by, f"Hentet fra {address}")
        try:
            publication = publish_placement(
                Placement(tuple(files), frozenset(), replaced),
                context.state,
                switch,
                context.progress,
                context.make_files,
                look=look,
            )
        except VanishedError as error:
            if vanished.issuperset(error.iris):
                fault = HarvestFault(
                    template=N_("The source describes no longer what is published here, such as {iri}."),
                    values={"iri": error.iris[0]},
                )
                attempt.faults.update(dict.fromkeys(remaining, fault))
                return attempt
            vanished.update(error.iris)
        except ViolatedError as error:
            violations = [each for each in error.report.results if each.severity == Severity.VIOLATION]
            guilty = _guilty(violations, chosen)
            attempt.faults.update((each.read.address, _violated(violations, each)) for each in guilty)
            attempt.results, attempt.paths, attempt.valid = error.report.results, paths, False
            for each in guilty:
                del remaining[each.read.address]
        else:
            attempt.published = chosen
            attempt.release = publication.release.manifest.release
            if attempt.valid:
                attempt.results, attempt.paths = found, paths
            return attempt
    return attempt


def _guilty(violations: Iterable[Result], chosen: Sequence[DocumentCandidate]) -> Sequence[DocumentCandidate]:
    """Return the documents in which there are violations; all of them, if these are elsewhere."""
    places = {each.location.path for each in violations if each.location is not None}
    return [each for each in chosen if not places.isdisjoint(file.path for file in each.document.files)] or chosen


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


def _stated(context: HarvestContext, graphs: frozenset[str]) -> list[ox.Quad]:
    """Return what is stated in graphs of the current release."""
    previous = PreviousRelease.open(context.state.path)
    kept = carry_over(previous.quads, previous.records.values(), (), lambda graph: graph not in graphs).files
    return [quad for file in kept for quad in file.read().quads]


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
