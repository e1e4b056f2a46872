"""The harvest of a source in a process of its own, under limits that the kernel enforces.

A document may be small and take for ever all the same, as blank nodes do that only differ in what surrounds them. A
process that ends early has changed nothing: the source keeps its last good state, and the next one is harvested.
"""

import multiprocessing
import os
import random
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from plangraf.confinement import EXIT_MEMORY, Memory, confine, end_with_parent, reason_of
from plangraf.errors import InputError, PlangrafError, StateLockedError
from plangraf.harvesting.address import parse_address
from plangraf.harvesting.context import HarvestContext
from plangraf.harvesting.faults import HarvestFault
from plangraf.harvesting.harvest import PATIENCE, harvest, recorded, with_fault
from plangraf.harvesting.limits import HarvestLimits
from plangraf.harvesting.records import SourceRecord, SourceRecords
from plangraf.languages import N_

_WALL = 3
"""The time limit of the processing by the clock, as a multiple of that of the processor."""
_FAULTS = {
    "time": N_(
        "It took more than {seconds} seconds of processor to process the source, which is the limit of this server."
    ),
    "memory": N_("It took more than {megabytes} MiB of memory to process the source, the limit of this server."),
    "crash": N_("The process that harvests the source has crashed. The fault is ours."),
}

Begin = Callable[[], AbstractContextManager[HarvestContext]]
"""Makes all that a harvest needs, in the process of the harvest."""


def harvest_confined(
    address: str, state: Path, limits: HarvestLimits, begin: Begin, *, accept_loss: bool, speaks_for: tuple[str, ...]
) -> SourceRecord:
    """Harvest a source in a process of its own, and return its record; the caller holds the lock of the records.

    Args:
        address: the address of the source.
        state: the state folder.
        limits: the limits.
        begin: makes all that the harvest needs.
        accept_loss: whether it may have lost more than half of its concepts.
        speaks_for: publishers for whom it speaks, also if they publish here.

    Raises:
        HarvestError: the address is none that can be asked for, so that nothing is recorded.
        InputError: the state folder cannot be used.
        StateLockedError: another process changes the state folder.
    """
    asked = parse_address(address)
    sys.stdout.flush()
    sys.stderr.flush()
    fork = multiprocessing.get_context("fork")  # a copy has all libraries at once
    receiving, sending = fork.Pipe(duplex=False)
    process = fork.Process(
        target=_run, args=(os.getpid(), sending, address, limits, begin, accept_loss, speaks_for), daemon=False
    )
    process.start()
    sending.close()
    message = ""
    # Read before the process ends, as one with a long message waits for that.
    with receiving, suppress(EOFError):  # without a message, the pipe is at its end
        message = receiving.recv_bytes().decode()
    process.join()
    code = process.exitcode or 0
    records = SourceRecords(state)
    record = recorded(asked, records, speaks_for)
    if code == 0:
        return record
    if code == StateLockedError.exit_code:
        raise StateLockedError(state, "another process")
    if message:
        raise InputError(message)
    fault = HarvestFault(
        template=_FAULTS[reason_of(code)],
        values={"seconds": int(limits.processing_seconds), "megabytes": limits.memory // (1024 * 1024)},
    )
    record = with_fault(record, fault, datetime.now(UTC).replace(microsecond=0))
    records.put(record, records.details(record))
    return record


def _run(
    parent: int,
    sending: Connection,
    address: str,
    limits: HarvestLimits,
    begin: Begin,
    accept_loss: bool,
    speaks_for: tuple[str, ...],
) -> None:
    """Harvest a source, and end the process with the exit code of the error if there is one."""
    end_with_parent(parent)
    # On one core, the build starts no further processes, which would stay behind if this one were killed.
    os.sched_setaffinity(0, {random.choice(sorted(os.sched_getaffinity(0)))})  # noqa: S311  # no secret
    confine(Memory().mapped() + limits.memory, files=True)
    signal.setitimer(signal.ITIMER_PROF, limits.processing_seconds)
    signal.setitimer(signal.ITIMER_REAL, limits.source_seconds + PATIENCE + _WALL * limits.processing_seconds)
    try:
        with begin() as context:
            harvest(address, context, accept_loss=accept_loss, speaks_for=speaks_for)
    except PlangrafError as error:
        sending.send_bytes(str(error).encode())
        sys.exit(error.exit_code)
    except MemoryError:
        sys.exit(EXIT_MEMORY)
