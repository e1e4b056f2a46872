"""Programs that make files of a release, each in a process of its own: how they are run, and how they begin."""

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel

from plangraf.errors import InputError

J = TypeVar("J", bound=BaseModel)


async def run_program(module: str, job: BaseModel) -> str | None:
    """Run a module as a program that reads a job as JSON from standard input.

    The program ends early if the caller is cancelled, or ends: it is told so by the end of its standard input.

    Returns:
        what it has written to standard error if it has failed, else None.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None  # noqa: S101  # it is a pipe, see above
    assert process.stderr is not None  # noqa: S101  # it is a pipe, see above
    try:
        process.stdin.write(job.model_dump_json().encode() + b"\n")
        await process.stdin.drain()
        said = await process.stderr.read()
        status = await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return said.decode(errors="replace").strip() if status else None


def perform_job(kind: type[J], perform: Callable[[J], object]) -> int:
    """Read a job from standard input and perform it with low priority, and return the exit code of the program.

    The process ends at once at the end of its standard input, which means that the one that started it has ended.
    """
    job = kind.model_validate_json(sys.stdin.buffer.readline())

    def watch() -> None:
        while os.read(sys.stdin.fileno(), 1):  # the buffered reader would hold its lock at exit
            pass
        os._exit(1)

    os.nice(10)  # requests have priority
    threading.Thread(target=watch, daemon=True).start()
    try:
        perform(job)
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0
