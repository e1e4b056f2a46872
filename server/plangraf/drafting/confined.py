"""Drafts made in a process of its own, which a document cannot make fetch, write or use up anything."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from plangraf.confinement import reason_of
from plangraf.drafting.drafted import DraftAnswer, DraftedPlan, DraftTask
from plangraf.drafting.limits import MEMORY, SECONDS, DocumentError, LibraryMissingError
from plangraf.drafting.reading import check_document

_MEGABYTE = 1024 * 1024


def draft_confined(
    data: bytes, path: Path, task: DraftTask, *, seconds: float = SECONDS, memory: int = MEMORY
) -> DraftedPlan:
    """Return the rows drafted from a document.

    Args:
        data: the document.
        path: its path, for messages.
        task: the parameters.
        seconds: the time limit, in seconds of processor; three times that by the clock.
        memory: the memory limit beyond the libraries, in bytes.

    Raises:
        DocumentError: the document cannot be read, or exceeds a limit.
        LibraryMissingError: the libraries that read documents are not installed.
    """
    check_document(data, path)
    check_libraries()
    process = subprocess.run(  # noqa: S603  # our own program
        (sys.executable, "-m", "plangraf.drafting.process", str(os.getpid()), str(seconds), str(memory)),
        input=task.model_dump_json().encode() + b"\n" + data,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # why it ended is told by how it ended
        check=False,
    )
    if process.returncode != 0 or not process.stdout:
        raise DocumentError(_limit(process.returncode, seconds, memory), path)
    answer = DraftAnswer.model_validate_json(process.stdout)
    if answer.draft is None:
        raise DocumentError(answer.error, path)
    return answer.draft


def check_libraries() -> None:
    """Check that the libraries that read documents are installed.

    Raises:
        LibraryMissingError: one of them is not.
    """
    for module, package in (("pypdfium2", "pypdfium2"), ("docx", "python-docx"), ("selectolax", "selectolax")):
        if find_spec(module) is None:
            raise LibraryMissingError(package)


def _limit(code: int, seconds: float, memory: int) -> str:
    reason = reason_of(code)
    if reason == "time":
        return f"takes more than {seconds:.0f} seconds to read; take out the pages that hold the goals"
    if reason == "memory":
        return f"takes more than {memory // _MEGABYTE} MB of memory to read; take out the pages that hold the goals"
    return "ended the process that read it: it is damaged; print it to a PDF, and take that"
