import asyncio

import pytest
from starlette.types import Message
from tests.servers import PATIENCE

from plangraf.http.disconnect import unless_gone


class Client:
    """A client that stays for some seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    async def receive(self) -> Message:
        await asyncio.sleep(self._seconds)
        return {"type": "http.disconnect"}


def test_work_is_stopped_when_its_client_goes() -> None:
    stopped: list[bool] = []

    async def work() -> None:
        try:
            await asyncio.sleep(PATIENCE)
        except asyncio.CancelledError:
            stopped.append(True)
            raise

    async def run() -> bool:
        gone = await asyncio.wait_for(unless_gone(Client(0.05).receive, work()), PATIENCE)
        await asyncio.sleep(0)  # what runs on is not cancelled too
        return gone

    assert asyncio.run(run())
    assert stopped == [True]


@pytest.mark.parametrize("seconds", [0, 0.1])
def test_work_whose_client_stays_is_done(seconds: float) -> None:
    done: list[bool] = []

    async def work() -> None:
        await asyncio.sleep(seconds)
        done.append(True)

    assert not asyncio.run(unless_gone(Client(PATIENCE).receive, work()))
    assert done == [True]


def test_an_error_of_the_work_is_not_hidden() -> None:
    async def work() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        asyncio.run(unless_gone(Client(PATIENCE).receive, work()))


def test_a_cancellation_from_elsewhere_goes_on() -> None:
    async def run() -> None:
        waiting = asyncio.ensure_future(unless_gone(Client(PATIENCE).receive, asyncio.sleep(PATIENCE)))
        await asyncio.sleep(0.05)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    asyncio.run(run())
