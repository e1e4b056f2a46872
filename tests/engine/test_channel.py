import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
import uvloop

from plangraf.engine.channel import Channel, ChannelClosed
from plangraf.engine.frames import HEADER, FrameKind, frame


@asynccontextmanager
async def connected() -> AsyncIterator[tuple[Channel, socket.socket]]:
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    _, channel = await asyncio.get_running_loop().create_unix_connection(Channel, sock=ours)
    try:
        yield channel, theirs
    finally:
        channel.close()
        await channel.wait_closed()
        theirs.close()


def test_frames_come_whole_and_in_order_however_they_are_cut() -> None:
    sent = [(FrameKind.BEGIN, b"{}"), (FrameKind.DATA, b"x" * 1000), (FrameKind.DATA, b""), (FrameKind.END, b"end")]
    stream = b"".join(frame(kind, payload) for kind, payload in sent)

    async def run(size: int) -> list[tuple[int, bytes]]:
        async with connected() as (channel, worker):

            async def send() -> None:
                for start in range(0, len(stream), size):
                    await asyncio.get_running_loop().sock_sendall(worker, stream[start : start + size])

            sending = asyncio.ensure_future(send())
            received = [await channel.receive() for _ in sent]
            await sending
            return received

    for size in (1, 2, 700, len(stream)):
        assert asyncio.run(run(size)) == sent


def test_what_is_sent_is_framed() -> None:
    async def run() -> bytes:
        async with connected() as (channel, worker):
            channel.send(FrameKind.QUERY, b"ASK {}")
            return await asyncio.get_running_loop().sock_recv(worker, 100)

    assert asyncio.run(run()) == HEADER.pack(FrameKind.QUERY, 6) + b"ASK {}"


def test_a_closed_channel_says_so_after_its_last_frame() -> None:
    async def run() -> tuple[int, bytes]:
        async with connected() as (channel, worker):
            worker.send(frame(FrameKind.END, b"1") + b"\x03broken")
            worker.close()
            last = await channel.receive()
            with pytest.raises(ChannelClosed):
                await channel.receive()
            assert channel.ended
            return last

    assert asyncio.run(run()) == (FrameKind.END, b"1")


def test_a_worker_is_kept_waiting_while_nobody_takes_its_frames() -> None:
    piece = frame(FrameKind.DATA, b"x" * 65536)

    async def run() -> tuple[int, int]:
        async with connected() as (channel, worker):
            sent = 0

            async def send() -> None:
                nonlocal sent
                for _ in range(100):
                    await asyncio.get_running_loop().sock_sendall(worker, piece)
                    sent += 1

            sending = asyncio.ensure_future(send())
            await asyncio.sleep(0.2)
            before = sent
            received = 0
            while received < 100:
                await channel.receive()
                received += 1
            await sending
            return before, received

    before, received = asyncio.run(run())
    assert before < 30
    assert received == 100


@pytest.mark.parametrize("loop", [asyncio.new_event_loop, uvloop.new_event_loop])
def test_sending_to_a_worker_that_has_ended_is_left_to_the_receiver(
    loop: Callable[[], asyncio.AbstractEventLoop],
) -> None:
    async def run() -> None:
        async with connected() as (channel, worker):
            worker.close()
            await channel.wait_closed()
            channel.send(FrameKind.QUERY, b"ASK {}")
            with pytest.raises(ChannelClosed):
                await channel.receive()

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(run())
