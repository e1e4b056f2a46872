"""A load of runaway queries from other loopback addresses, during which another client sends small queries."""

import asyncio
from collections import Counter
from dataclasses import dataclass

import httpx

from bench.load import Load, Target, ask
from bench.queries import JSON, Template
from bench.servers import Server

CLIENTS = tuple(f"127.0.0.{host}" for host in range(2, 10))
EACH = 4  # runaway queries at once from each client
CONNECTIONS = 2  # on which small queries are asked, from 127.0.0.1
STALLED = 2.0  # seconds after which a small query counts as failed
_AGAIN = 1.0  # seconds after an answer until a client sends its next runaway query


@dataclass(frozen=True)
class Storm:
    """The results of a storm.

    Attributes:
        calm: the small queries before it.
        stormy: the small queries during it.
        ended: how the runaway queries ended that did: by status, or "broken" for a connection that broke.
    """

    calm: Load
    stormy: Load
    ended: Counter[str]


def storm(server: Server, runaway: Template, small: Target, seconds: float) -> Storm:
    """Keep 32 runaway queries running on `server`, and measure small queries at the same time.

    Args:
        server: the server, which may be unusable afterwards.
        runaway: a query that does not end.
        small: the small queries.
        seconds: the duration of the storm.
    """
    calm = ask(small, CONNECTIONS, 2, STALLED)
    return asyncio.run(_storm(server, runaway, small, seconds, calm))


async def _storm(server: Server, runaway: Template, small: Target, seconds: float, calm: Load) -> Storm:
    ended: Counter[str] = Counter()
    texts = runaway.texts()

    async def send(client: httpx.AsyncClient) -> None:
        while True:
            try:
                query = {"query": next(texts)}
                answer = await client.get(server.address + server.path, params=query, headers={"Accept": JSON})
                ended[str(answer.status_code)] += 1
            except httpx.TransportError:
                ended["broken"] += 1
            await asyncio.sleep(_AGAIN)

    clients = [
        httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(local_address=address), timeout=seconds + 30)
        for address in CLIENTS
    ]
    tasks = [asyncio.create_task(send(client)) for client in clients for _ in range(EACH)]
    try:
        await asyncio.sleep(0.5)  # until all are under way
        stormy = await asyncio.to_thread(ask, small, CONNECTIONS, seconds, STALLED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for client in clients:
            await client.aclose()
    return Storm(calm, stormy, ended)
