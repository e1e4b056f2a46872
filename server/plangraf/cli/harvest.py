"""`plangraf harvest`: publish what others publish at home."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from plangraf import settings
from plangraf.cli.operator import ByOption, operator_name
from plangraf.cli.progress import bar
from plangraf.cli.state_option import StateOption, state_folder
from plangraf.errors import InputError
from plangraf.languages import preferred_text
from plangraf.visible import visible

if TYPE_CHECKING:
    from plangraf.harvesting.records import SourceRecord, SourceRecords

_MOST_RESULTS = 5
"""The number of violations that are written; the server shows all of them."""
_NOT_ALL = 1
"""The exit status if a source is not published as it is now."""


def harvest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            help="addresses of files, workbooks, catalogues or other servers; none: all sources so far",
            metavar="URL…",
            show_default=False,
        ),
    ] = None,
    accept_loss: Annotated[
        bool, typer.Option("--accept-loss", help="publish sources that have lost more than half of their concepts")
    ] = False,
    speaks_for: Annotated[
        list[str] | None,
        typer.Option(
            "--speaks-for", metavar="PUBLISHER", help="a publisher for whom the source speaks, also if known here"
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="HOST", help="a host that is asked though its address is not public"),
    ] = None,
    forget: Annotated[
        bool, typer.Option("--forget", help="harvest the sources no more; what they have stays")
    ] = False,
    state: StateOption = None,
    by: ByOption = None,
) -> None:
    """Harvest plans that others publish: what URL has is published, and everything else stays.

    A source that cannot be published keeps its last good state. Exit 1: this happened to one of them, at least.
    """
    if not sources and (accept_loss or speaks_for or forget):
        raise InputError("name the sources for which --accept-loss, --speaks-for or --forget is meant")
    # Other commands do not need these.
    from plangraf.harvesting.records import HarvestOutcome, SourceRecords
    from plangraf.release.writer_lock import writer_lock

    folder = state_folder(state)
    given = settings.load(state=state)
    records = SourceRecords(folder)
    with writer_lock(records.folder, "harvest"):
        if forget:
            _forget(sources or (), records)
            return
        addresses = list(dict.fromkeys(sources or [record.address for record in records.all()]))
        if not addresses:
            raise InputError("has no sources yet: name the address of one", folder)
        # These import pySHACL and the HTTP client.
        from plangraf.harvesting.client import HOME, HarvestClient
        from plangraf.harvesting.confined import harvest_confined
        from plangraf.harvesting.context import HarvestContext
        from plangraf.harvesting.faults import HarvestError
        from plangraf.harvesting.limits import HarvestLimits
        from plangraf.release.state import StateFolder

        hosts = (*given.harvest_hosts, *(allow_host or ()))
        limits = HarvestLimits.of(given.model_copy(update={"harvest_hosts": hosts}))
        contact = given.contact_url or (f"mailto:{given.contact_email}" if given.contact_email else HOME)

        @contextmanager
        def begin() -> Iterator[HarvestContext]:
            with bar("harvesting") as progress, closing(HarvestClient(limits, contact)) as client:
                yield HarvestContext(StateFolder(folder), client, limits, operator_name(by), progress)

        good = True
        for address in addresses:
            try:
                record = harvest_confined(
                    address, folder, limits, begin, accept_loss=accept_loss, speaks_for=tuple(speaks_for or ())
                )
            except HarvestError as error:
                sys.stderr.write(visible(f"{address}: {error}") + "\n")
                good = False
                continue
            good = good and record.outcome == HarvestOutcome.GOOD
            _tell(record, records)
    if not good:
        raise typer.Exit(_NOT_ALL)


def _tell(record: "SourceRecord", records: "SourceRecords") -> None:
    """Write what has become of a source."""
    from plangraf.harvesting.records import HarvestOutcome

    words = {
        HarvestOutcome.GOOD: "harvested",
        HarvestOutcome.PARTLY: "harvested in part",
        HarvestOutcome.HELD: "held back",
        HarvestOutcome.FAILED: "not harvested",
    }
    published = f"{record.documents} documents, {len(record.graphs)} graphs, {record.concepts} concepts"
    release = f"release {record.release}" if record.release else "nothing published yet"
    changed = "changed" if record.changed is not None and record.changed == record.checked else "unchanged"
    lines = [f"{record.address}: {words[record.outcome]}; {published}; {release}, {changed}"]
    if record.fault is not None:
        lines.append(f"  {record.fault.text('en')}")
    details = records.details(record)
    lines += [
        f"  {each.address}: {each.fault.text('en')}"
        for each in details.documents
        if each.fault is not None and each.fault != record.fault
    ]
    if record.passed:
        lines.append(f"  passed over, because they belong to others: {', '.join(record.passed)}")
    left_out = sum(each.left_out for each in details.documents)
    if left_out:
        example = next((each.example for each in details.documents if each.example), "")
        lines.append(f"  left out: what it says about {left_out} things of others, such as {example}")
    report = details.report
    if report is not None and not report.published:
        for result in report.results[:_MOST_RESULTS]:
            if result.severity == "Violation":
                lines.append(f"  {result.place}: {result.focus}\n    {preferred_text(result.messages, 'en')}")
    sys.stdout.write("\n".join(map(visible, lines)) + "\n")


def _forget(addresses: Iterable[str], records: "SourceRecords") -> None:
    """Forget sources; what is published from them stays.

    Raises:
        InputError: one of them is not a source.
    """
    known = {record.address: record for record in records.all()}
    found = []
    for address in addresses:
        if address not in known:
            raise InputError(f"{address} is not one of the sources: {', '.join(known) or 'there are none'}")
        found.append(known[address])
    for record in found:
        records.remove(record)
        sys.stdout.write(f"{record.address}: forgotten; plangraf withdraw takes back what is published from it\n")
