import asyncio

import pytest

from plangraf.errors import TooManyRequests
from plangraf.publishing.failures import Failures


def test_each_wrong_token_of_a_client_is_answered_later() -> None:
    async def run() -> list[float]:
        failures = Failures(first=0.001)
        delays = []
        for _ in range(4):
            delays.append(failures.delay("192.0.2.1"))
            await failures.slow("192.0.2.1")
        assert failures.delay("192.0.2.2") == 0.001
        return delays

    assert asyncio.run(run()) == [0.001, 0.002, 0.004, 0.008]


def test_the_delay_has_a_limit() -> None:
    async def run() -> float:
        failures = Failures(first=0.0)
        for _ in range(50):
            await failures.slow("192.0.2.1")
        return Failures(first=1000.0).delay("192.0.2.1")

    assert asyncio.run(run()) == 8.0


def test_a_client_cannot_have_many_answers_delayed_at_once() -> None:
    async def run() -> None:
        failures = Failures(first=60.0)
        waiting = [asyncio.ensure_future(failures.slow("192.0.2.1")) for _ in range(4)]
        await asyncio.sleep(0)
        with pytest.raises(TooManyRequests):
            await failures.slow("192.0.2.1")
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    asyncio.run(run())
