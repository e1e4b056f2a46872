"""The harvest of a source: what it has becomes a release, or the source keeps its last good state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from plangraf.errors import InputError
from plangraf.harvesting.address import SourceAddress, parse_address
from plangraf.harvesting.context import HarvestContext
from plangraf.harvesting.faults import HarvestError, HarvestFault
from plangraf.harvesting.harvested_file import publisher_of
from plangraf.harvesting.ownership import SourceRights
from plangraf.harvesting.publication import (
    DocumentCandidate,
    PublicationAttempt,
    publish_candidates,
    withdraw_documents,
)
from plangraf.harvesting.reader import ReadSource, SourceReader
from plangraf.harvesting.records import (
    DocumentRecord,
    HarvestOutcome,
    SourceDetails,
    SourceRecord,
    SourceRecords,
    SourceReport,
    source_key,
)
from plangraf.harvesting.reporting import source_report
from plangraf.harvesting.statements import provenance
from plangraf.languages import N_
from plangraf.release.publish import recovered
from plangraf.release.records import PartRecord, PreviousRelease
from plangraf.release.writer_lock import writer_lock

LOCK = "harvest"
"""The command that holds the locks, for the message to others."""
PATIENCE = 600.0
"""The time in seconds that a harvest waits for another process that changes the state folder."""


def harvest(
    address: str, context: HarvestContext, *, accept_loss: bool = False, speaks_for: Iterable[str] = ()
) -> SourceRecord:
    """Harvest a source, and return its record; the caller holds the lock of the records.

    Args:
        address: the address of the source.
        context: all that a harvest needs.
        accept_loss: whether it may have lost more than half of its concepts.
        speaks_for: publishers for whom it speaks, also if they publish here.

    Raises:
        HarvestError: the address is none that can be asked for, so that nothing is recorded.
        InputError: the state folder cannot be used.
        StateLockedError: another process changes the state folder.
    """
    asked = parse_address(address)
    record = recorded(asked, context.records, speaks_for)
    others = tuple(source for source in context.records.all() if source.address != record.address)
    source = _Source(asked, record, context.records.details(record), others, context)
    record, details = source.harvest(accept_loss=accept_loss)
    context.records.put(record, details)
    return record


def recorded(address: SourceAddress, records: SourceRecords, speaks_for: Iterable[str]) -> SourceRecord:
    """Return the record of a source, or a new one.

    Args:
        address: its address.
        records: the records of all sources.
        speaks_for: publishers for whom it speaks from now on, too.

    Raises:
        InputError: the records cannot be read.
    """
    found = next((each for each in records.all() if each.address == str(address)), None)
    found = found or SourceRecord(address=str(address), key=source_key(str(address)))
    return found.model_copy(update={"speaks_for": tuple(sorted({*found.speaks_for, *speaks_for}))})


def with_fault(
    record: SourceRecord, fault: HarvestFault, now: datetime, outcome: HarvestOutcome = HarvestOutcome.FAILED
) -> SourceRecord:
    """Return the record of a source that keeps its last good state because of a fault."""
    return record.model_copy(update={"outcome": outcome, "fault": fault, "checked": now})


@dataclass(frozen=True)
class _Source:
    """A source as it is recorded.

    Attributes:
        address: its address.
        record: its record.
        details: the record of its documents.
        others: all other sources.
        context: all that a harvest needs.
    """

    address: SourceAddress
    record: SourceRecord
    details: SourceDetails
    others: tuple[SourceRecord, ...]
    context: HarvestContext

    def harvest(self, *, accept_loss: bool) -> tuple[SourceRecord, SourceDetails]:
        """Harvest the source, and return its new record."""
        context = self.context
        context.client.begin_source()
        parts = PreviousRelease.begin(context.state.path).records
        current = self.record.parts == _parts(parts, self.record.graphs)
        known = {each.address: each for each in self.details.documents}
        reader = SourceReader(
            context.client,
            known if current else {},  # what was rolled back is asked for as if it were new
            self._rights(parts).may_publish,
            context.limits.documents,
        )
        try:
            read = reader.read(self.address)
        except HarvestError as error:
            return with_fault(self.record, error.fault, context.now()), self.details
        with writer_lock(context.state.path, LOCK, PATIENCE):
            recovered(context.state.path)
            try:
                return self._publish(read, known, accept_loss=accept_loss)
            except InputError as error:  # such as data that a rule cannot be run on; other sources go on
                failure = HarvestError(N_("The source could not be published: {cause}."), cause=str(error))
                return with_fault(self.record, failure.fault, context.now()), self.details

    def _publish(
        self, read: ReadSource, known: Mapping[str, DocumentRecord], *, accept_loss: bool
    ) -> tuple[SourceRecord, SourceDetails]:
        """Publish what was read, and return the new record."""
        faults = {each.address: each.fault for each in read.documents if each.fault is not None}
        candidates, refused = self._candidates(read, known)
        faults |= refused
        gone = [each for address, each in known.items() if address not in {found.address for found in read.documents}]
        before = sum(each.concepts for each in known.values())
        after = before - sum(each.concepts for each in gone)
        for each in candidates:
            old = known.get(each.read.address)
            after += each.document.concepts - (old.concepts if old is not None else 0)
        if 2 * after < before and not accept_loss:
            fault = HarvestFault(
                template=N_(
                    "The source has {after} goals and other parts of plans, and had {before} before. Its last state "
                    "stays until the operator accepts the loss."
                ),
                values={"after": after, "before": before},
            )
            return with_fault(self.record, fault, self.context.now(), HarvestOutcome.HELD), self.details
        attempt = publish_candidates(candidates, self.context, str(self.address))
        faults |= attempt.faults
        kept = {graph for each in known.values() if each not in gone for graph in each.graphs}
        kept |= {graph for each in attempt.published for graph in each.document.graphs}
        removed = {graph for each in gone for graph in each.graphs if graph not in kept}
        release, withdrawing = withdraw_documents(removed, self.context) if removed else ("", None)
        staying = gone if withdrawing is not None else []
        records = self._documents(read, known, attempt, faults, staying)
        report = self._report(attempt)
        return self._recorded(read, records, release or attempt.release, withdrawing, report), SourceDetails(
            documents=records, report=report
        )

    def _candidates(
        self, read: ReadSource, known: Mapping[str, DocumentRecord]
    ) -> tuple[list[DocumentCandidate], dict[str, HarvestFault]]:
        """Return the documents that may be published, and why others may not."""
        records = PreviousRelease.begin(self.context.state.path).records
        rights = self._rights(records)
        taken = {
            graph: each.address
            for each in read.documents
            if each.document is None and each.address in known
            for graph in known[each.address].graphs
        }
        taken |= {graph: source.address for source in self.others for graph in source.graphs}
        candidates: list[DocumentCandidate] = []
        faults: dict[str, HarvestFault] = {}
        for each in read.documents:
            if each.document is None:
                continue
            try:
                rights.check(each.document.graphs)
                for graph in sorted(each.document.graphs):
                    if taken.setdefault(graph, each.address) != each.address:
                        raise HarvestError(
                            N_("The document has the graph {graph}, which {other} has, too."),
                            graph=graph,
                            other=taken[graph],
                        )
            except HarvestError as error:
                faults[each.address] = error.fault
                continue
            left_out = rights.foreign(each.document.quads)
            document = each.document.without(left_out)
            origin = provenance(document, each.address, self.context.now(), each.entry.licence)
            old = known.get(each.address)
            before = frozenset(old.graphs if old is not None else ())
            candidates.append(DocumentCandidate(each, document, left_out, (*document.files, *origin), before))
        return candidates, faults

    def _rights(self, records: Mapping[str, PartRecord]) -> SourceRights:
        """Return which publishers belong to the source, and which to others."""
        site = parse_address(self.record.address).origin
        same = [each for each in self.others if parse_address(each.address).origin == site]
        return SourceRights(
            records,
            own=frozenset(graph for each in (self.record, *same) for graph in each.graphs),
            speaks_for=frozenset(self.record.speaks_for),
            elsewhere={
                publisher_of(graph): each.address for each in self.others if each not in same for graph in each.graphs
            },
        )

    def _documents(
        self,
        read: ReadSource,
        known: Mapping[str, DocumentRecord],
        attempt: PublicationAttempt,
        faults: Mapping[str, HarvestFault],
        staying: Iterable[DocumentRecord],
    ) -> tuple[DocumentRecord, ...]:
        """Return the records of the documents."""
        published = {each.read.address: each for each in attempt.published}
        found = list(staying)
        for each in read.documents:
            candidate, old = published.get(each.address), known.get(each.address)
            if candidate is None:
                old = old or DocumentRecord(address=each.address)
                found.append(old.model_copy(update={"fault": faults.get(each.address)}))
                continue
            assert each.download is not None  # noqa: S101  # what is published was sent
            stated = candidate.document.licences or ((each.entry.licence,) if each.entry.licence else ())
            examples = sorted(str(subject).strip("<>") for subject in candidate.left_out)
            found.append(
                DocumentRecord(
                    address=each.address,
                    graphs=tuple(sorted(candidate.document.graphs)),
                    digest=each.digest,
                    etag=each.download.etag,
                    modified=each.download.modified,
                    retrieved=self.context.now(),
                    concepts=candidate.document.concepts,
                    licences=stated,
                    left_out=len(candidate.left_out),
                    example=next((iri for iri in examples if "://" in iri), ""),
                )
            )
        return tuple(sorted(found, key=lambda record: record.address))

    def _report(self, attempt: PublicationAttempt) -> SourceReport | None:
        """Return the report on the last validation; the one before, if there was none."""
        if attempt.results is None:
            return self.details.report
        return source_report(attempt.results, attempt.paths, self.context.now(), published=attempt.valid)

    def _recorded(
        self,
        read: ReadSource,
        documents: tuple[DocumentRecord, ...],
        release: str,
        fault: HarvestFault | None,
        report: SourceReport | None,
    ) -> SourceRecord:
        """Return the record of the source after its documents were published, or not."""
        records = PreviousRelease.begin(self.context.state.path).records
        faulty = [each for each in documents if each.fault is not None]
        good = [each for each in documents if each.fault is None]
        outcome = (
            HarvestOutcome.GOOD
            if not faulty and fault is None
            else HarvestOutcome.PARTLY
            if good
            else HarvestOutcome.FAILED
        )
        graphs = tuple(sorted({graph for each in documents for graph in each.graphs}))
        now = self.context.now()
        return self.record.model_copy(
            update={
                "outcome": outcome,
                "checked": now,
                "changed": now if release else self.record.changed,
                "release": release or self.record.release,
                "fault": fault or (faulty[0].fault if len(documents) == 1 and faulty else None),
                "documents": sum(bool(each.graphs) for each in documents),
                "faulty": len(faulty),
                "graphs": graphs,
                "concepts": sum(each.concepts for each in documents),
                "licences": tuple(sorted({licence for each in documents for licence in each.licences})),
                "parts": _parts(records, graphs),
                "passed": tuple(sorted(read.passed)),
                "unusable": read.unusable,
                "warnings": report.counts.get("Warning", 0) if report is not None else 0,
            }
        )


def _parts(records: Mapping[str, PartRecord], graphs: Iterable[str]) -> dict[str, str]:
    """Return the hashes of the parts of a release that have some graphs."""
    publishers = sorted({publisher_of(graph) for graph in graphs})
    return {each: records[each].files_digest for each in publishers if each in records}
