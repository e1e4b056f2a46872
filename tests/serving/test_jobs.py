"""The protocol between fronts and the background process."""

import asyncio
import socket
from pathlib import Path

from plangraf.release.dump_writer import DumpJob
from plangraf.release.dumps import DumpSelection
from plangraf.serving.jobs import Job, connect, listen, read_line, read_result, write_line, write_result


def test_a_job_may_name_the_graphs_of_thousands_of_plans(tmp_path: Path) -> None:
    graphs = tuple(f"https://w3id.org/plangraf/graph/kommune-{number:05}/plan-2024-2036" for number in range(20_000))
    selection = DumpSelection(graphs=graphs, datasets={"all": graphs})
    job = Job(kind="files", dumps=DumpJob(quads=tmp_path, selection=selection, parent=tmp_path))
    arrived: list[Job] = []

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived.append(Job.model_validate(await read_line(reader)))
        write_result(writer, None, b"done")
        await writer.drain()
        writer.close()

    async def run() -> bytes:
        with socket.socket(socket.AF_UNIX) as stream:
            stream.bind(str(tmp_path / "jobs"))
            stream.listen()
            server = await listen(accept, stream)
            reader, writer = await connect(str(tmp_path / "jobs"))
            write_line(writer, job.model_dump(mode="json"))
            body = await read_result(reader)
            writer.close()
            server.close()
            return body

    assert asyncio.run(run()) == b"done"
    assert arrived == [job]
