"""A worker: a forked process that evaluates one query at a time, and that the kernel ends at a limit."""

import errno
import os
import signal
import socket
from collections.abc import Callable

import pyoxigraph as ox

from plangraf.confinement import EXIT_MEMORY, Memory, confine
from plangraf.engine import frames
from plangraf.engine.errors import AnswerTooLarge, EngineError, QueryRefused, ServiceCallRefused
from plangraf.engine.evaluation import evaluate
from plangraf.engine.frames import HEADER, PIECE, Begin, End, Kind, Refusal, unpack_query
from plangraf.engine.interface import Form, Query
from plangraf.engine.limits import Limits
from plangraf.negotiation import Choice

WORN = 8
"""A worker that has mapped an eighth of its allowance for good makes place for a fresh one."""


def work(stream: socket.socket, store: ox.Store, limits: Limits, *, files: bool) -> None:
    """Answer queries from `stream` until it ends. Confines this process for good; call it in a fork.

    Args:
        stream: where queries come from and answers go to.
        store: the data.
        limits: what a query may use.
        files: whether the store has files to open while it answers; else nothing can be opened any more.
    """
    memory = Memory()
    born = memory.mapped()
    confine(born + limits.memory, files=files)

    def is_worn() -> bool:
        return memory.mapped() > born + limits.memory // WORN

    try:
        worn = False
        while not worn and (payload := _receive(stream)) is not None:
            worn = _answer(stream, store, unpack_query(payload), limits, is_worn)
    except MemoryError:
        os._exit(EXIT_MEMORY)
    except (BrokenPipeError, ConnectionResetError):
        return


def _answer(
    stream: socket.socket, store: ox.Store, query: Query, limits: Limits, is_worn: Callable[[], bool]
) -> bool:
    """Answer a query, and return whether this worker is worn after it."""
    out = _Output(stream, limits.size)
    # No handler is set: the kernel ends the process, whatever native code it is in.
    signal.setitimer(signal.ITIMER_REAL, query.seconds or limits.seconds)
    error: EngineError
    try:
        rows = evaluate(store, query, out)
        worn = is_worn()
        out.end(rows, worn=worn)
        return worn
    except EngineError as refused:
        error = refused
    except RuntimeError as failure:  # the query is SPARQL, but for instance names a function that there is not
        error = QueryRefused(str(failure))
    except OSError as failure:
        # No socket can be opened; the engine tells the number of the error in its text alone.
        if failure.errno != errno.EMFILE and f"(os error {errno.EMFILE})" not in str(failure):
            raise
        error = ServiceCallRefused()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    worn = is_worn()
    refusal = Refusal(frames.pack_error(error), worn)
    stream.sendall(frames.frame(Kind.ERROR, frames.pack(refusal)))
    return worn


class _Output:
    """Cuts an answer into frames. While the front is slow to take them, the query's time stands still."""

    def __init__(self, stream: socket.socket, size: int) -> None:
        self._stream = stream
        self._limit = size
        self._left = size
        self._size = 0
        self._buffer = bytearray()

    def begin(self, form: Form, choice: Choice, *, cut: bool) -> None:
        begin = Begin(form.value, choice.format.key, choice.media_type, cut)
        self._buffer += frames.frame(Kind.BEGIN, frames.pack(begin))
        self._start = len(self._buffer)
        self._buffer += HEADER.pack(Kind.DATA, 0)

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise AnswerTooLarge(self._limit)
        self._buffer += data
        self._size += len(data)
        if len(self._buffer) - self._start >= PIECE:
            self._send()
            self._start = 0
            self._buffer += HEADER.pack(Kind.DATA, 0)
        return len(data)

    def flush(self) -> None:
        """Do nothing: the end of the answer sends what is left."""

    def end(self, rows: int | None, *, worn: bool) -> None:
        self._close_frame()
        self._buffer += frames.frame(Kind.END, frames.pack(End(self._size, rows, worn)))
        signal.setitimer(signal.ITIMER_REAL, 0)
        self._stream.sendall(self._buffer)

    def _close_frame(self) -> None:
        length = len(self._buffer) - self._start - HEADER.size
        HEADER.pack_into(self._buffer, self._start, Kind.DATA, length)

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
