"""The worker: a forked process that evaluates one query at a time, under limits that the kernel enforces."""

import errno
import os
import signal
import socket
from collections.abc import Callable

import pyoxigraph as ox

from plangraf.confinement import EXIT_MEMORY, Memory, confine
from plangraf.engine import frames
from plangraf.engine.errors import AnswerTooLarge, EngineError, QueryRefused, ServiceRefused
from plangraf.engine.evaluation import evaluate
from plangraf.engine.frames import CHUNK, HEADER, AnswerBegin, AnswerEnd, FrameKind, QueryFailed, unpack_query
from plangraf.engine.interface import AnswerForm, Query
from plangraf.engine.limits import Limits
from plangraf.engine.service import find_service
from plangraf.negotiation import Choice

_RECYCLED_AT = 8
"""The divisor of the memory limit: the pool replaces a worker that has grown by more than an eighth of it."""


def work(stream: socket.socket, store: ox.Store, limits: Limits, *, files: bool) -> None:
    """Answer queries from `stream` until it ends.

    The limits on this process are permanent, so callers must call this in a forked process.

    Args:
        stream: the stream of queries and answers.
        store: the data.
        limits: the limits of each query.
        files: whether the store opens files during evaluation; if not, this process can open no more files.
    """
    memory = Memory()
    baseline = memory.mapped()
    confine(baseline + limits.memory, files=files)

    def has_grown() -> bool:
        return memory.mapped() > baseline + limits.memory // _RECYCLED_AT

    try:
        recycle = False
        while not recycle and (payload := _receive(stream)) is not None:
            recycle = _answer(stream, store, unpack_query(payload), limits, has_grown)
    except MemoryError:
        os._exit(EXIT_MEMORY)
    except (BrokenPipeError, ConnectionResetError):
        return


def _answer(
    stream: socket.socket, store: ox.Store, query: Query, limits: Limits, has_grown: Callable[[], bool]
) -> bool:
    """Answer a query, and return whether the pool must replace this worker."""
    out = _FrameOutput(stream, limits.size)
    # The signal has no handler, so the kernel ends the process even in native code.
    signal.setitimer(signal.ITIMER_REAL, query.seconds or limits.seconds)
    error: EngineError
    try:
        _refuse_service(query)
        rows = evaluate(store, query, out)
        recycle = has_grown()
        out.end(rows, recycle=recycle)
        return recycle
    except EngineError as refused:
        error = refused
    except RuntimeError as failure:  # valid SPARQL, but for example with an unknown function
        error = QueryRefused(str(failure))
    except OSError as failure:
        # SERVICE failed to open a socket; pyoxigraph gives the number of the error only in the message.
        if failure.errno != errno.EMFILE and f"(os error {errno.EMFILE})" not in str(failure):
            raise
        error = ServiceRefused()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    recycle = has_grown()
    failed = QueryFailed(frames.pack_error(error), recycle)
    stream.sendall(frames.frame(FrameKind.ERROR, frames.pack(failed)))
    return recycle


def _refuse_service(query: Query) -> None:
    """Refuse a query with SERVICE here, where reading a long text costs only its client.

    Raises:
        ServiceRefused: the query contains SERVICE.
    """
    place = find_service(query.text)
    if place is not None:
        raise ServiceRefused(*place)


class _FrameOutput:
    """Sends an answer as frames. The query's timer stops while the server is slow to read them."""

    def __init__(self, stream: socket.socket, size: int) -> None:
        self._stream = stream
        self._limit = size
        self._left = size
        self._size = 0
        self._buffer = bytearray()

    def begin(self, form: AnswerForm, choice: Choice, *, cut: bool) -> None:
        begin = AnswerBegin(form.value, choice.format.key, choice.media_type, cut)
        self._buffer += frames.frame(FrameKind.BEGIN, frames.pack(begin))
        self._start = len(self._buffer)
        self._buffer += HEADER.pack(FrameKind.DATA, 0)

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise AnswerTooLarge(self._limit)
        self._buffer += data
        self._size += len(data)
        if len(self._buffer) - self._start >= CHUNK:
            self._send()
            self._start = 0
            self._buffer += HEADER.pack(FrameKind.DATA, 0)
        return len(data)

    def flush(self) -> None:
        """Do nothing, because `end` sends the buffered bytes."""

    def end(self, rows: int | None, *, recycle: bool) -> None:
        self._close_frame()
        self._buffer += frames.frame(FrameKind.END, frames.pack(AnswerEnd(self._size, rows, recycle)))
        signal.setitimer(signal.ITIMER_REAL, 0)
        self._stream.sendall(self._buffer)

    def _close_frame(self) -> None:
        length = len(self._buffer) - self._start - HEADER.size
        HEADER.pack_into(self._buffer, self._start, FrameKind.DATA, length)

    def _send(self) -> None:
        self._close_frame()
        left, _ = signal.setitimer(signal.ITIMER_REAL, 0)
        self._stream.sendall(self._buffer)
        self._buffer.clear()
        signal.setitimer(signal.ITIMER_REAL, max(left, 0.001))


def _receive(stream: socket.socket) -> bytes | None:
    header = _read(stream, HEADER.size)
    if header is None:
        return None
    _, length = HEADER.unpack(header)
    return _read(stream, length)


def _read(stream: socket.socket, length: int) -> bytes | None:
    data = bytearray()
    while len(data) < length:
        piece = stream.recv(length - len(data))
        if not piece:
            return None
        data += piece
    return bytes(data)
