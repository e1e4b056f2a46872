"""A program that makes one change of a graph, under limits that the kernel enforces.

The publishing service runs it as `python -m plangraf.publishing.change_process PARENT LIMITS`. It loads all
libraries and confines itself before it reads its standard input: a line of JSON (`GraphChange`), then the documents.
It writes a line of JSON (`ProcessReport`) to its standard output. If it ends early, the current release stays.
"""

import os
import random
import signal
import sys
from dataclasses import asdict

import orjson

from plangraf import shipped
from plangraf.confinement import EXIT_MEMORY, Memory, confine, end_with_parent
from plangraf.errors import InputError, RequestError, ServerFault, pack
from plangraf.languages import N_
from plangraf.publishing.change import GraphChange, GraphDocument, ProcessReport
from plangraf.publishing.change_graph import change_graph
from plangraf.release.history import HistoryError
from plangraf.validation.shapes import load_shapes

_WALL = 3
"""The time limit by the clock, as a multiple of that of the processor."""


def report(change: GraphChange, documents: list[GraphDocument]) -> ProcessReport:
    """Make a change, and return what has become of it."""
    try:
        return ProcessReport(outcome=change_graph(change, documents).model_dump())
    except RequestError as error:
        return ProcessReport(error=pack(error))
    except HistoryError as error:
        sys.stderr.write(f"a change of {change.request.graph} failed: {error}\n")
        return ProcessReport(
            error=pack(
                ServerFault(
                    N_(
                        "The history of the releases cannot be read, so nothing was changed. The fault is ours and "
                        "is in the server's log."
                    )
                )
            )
        )
    except InputError as error:
        sys.stderr.write(f"a change of {change.request.graph} failed: {error}\n")
        return ProcessReport(error=pack(ServerFault(N_("The fault is ours and is in the server's log."))))


def main() -> None:
    """Load libraries, confine the process, and make one change."""
    limits = orjson.loads(sys.argv[2])
    end_with_parent(int(sys.argv[1]))
    for ignored in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ignored, signal.SIG_IGN)  # the server stops this process after draining
    os.nice(10)  # requests have priority
    # On one core, the build starts no further processes, which would stay behind if this one were killed.
    os.sched_setaffinity(0, {random.choice(sorted(os.sched_getaffinity(0)))})  # noqa: S311  # no secret
    load_shapes(shipped.SHAPES)
    confine(Memory().mapped() + limits["memory"], files=True)
    try:
        header = sys.stdin.buffer.readline()
        if not header:
            return
        change = GraphChange.model_validate_json(header)
        documents = [GraphDocument(key, sys.stdin.buffer.read(size)) for key, size in change.documents]
        signal.setitimer(signal.ITIMER_PROF, limits["seconds"])
        signal.setitimer(signal.ITIMER_REAL, _WALL * limits["seconds"])
        found = report(change, documents)
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
            signal.setitimer(timer, 0)
    except MemoryError:
        sys.exit(EXIT_MEMORY)
    sys.stdout.buffer.write(orjson.dumps(asdict(found)) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
