"""Programs that make files of a release, each in a process of its own."""

import asyncio
import sys

from pydantic import BaseModel


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
