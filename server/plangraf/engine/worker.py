"""The worker: a forked process that evaluates one query at a time, under limits that the kernel enforces."""

import errno
import os
import signal
import socket

import pyoxigraph as ox

from plangraf.confinement import EXIT_MEMORY, Memory, confine
from plangraf.engine import frames
from plangraf.engine.errors import AnswerTooLarge, EngineError, QueryRefused, ServiceRefused
from plangraf.engine.evaluation import evaluate
from plangraf.engine.frames import (
    CHUNK,
    HEADER,
    AnswerBegin,
    AnswerEnd,
    FrameKind,
    QueryFailed,
    pack_whole,
    unpack_query,
)
from plangraf.engine.interface import AnswerForm, Query
from plangraf.engine.limits import Limits
from plangraf.engine.service import find_service

_RECYCLED_AT = 8
"""The divisor of the memory limit: the pool replaces a worker that has grown by more than an eighth of it."""
_LOOKED_AFTER = 0.01
"""The seconds of evaluation after which a worker looks at its size: in less, none grows by that much."""
_LONG = 8192
"""The size of a query, in bytes, up to which it is received at once."""


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
    growth = _Growth(memory, baseline + limits.memory // _RECYCLED_AT)
    try:
        recycle = False
        while not recycle and (payload := _receive(stream)) is not None:
            recycle = _answer(stream, store, unpack_query(payload), limits, growth)
    except MemoryError:
        os._exit(EXIT_MEMORY)
    except (BrokenPipeError, ConnectionResetError):
        return


class _Growth:
    """Tells whether this process has grown too much. It looks only now and then, since that takes a system call.

    Args:
        memory: the memory of this process.
        most: the size in bytes from which on the pool replaces the worker.
    """

    def __init__(self, memory: Memory, most: int) -> None:
        self._memory = memory
        self._most = most
        self._since = 0.0

    def is_over(self, seconds: float) -> bool:
        """Return whether the process has grown too much, after a query that took a number of seconds."""
        self._since += seconds
        if self._since < _LOOKED_AFTER:
            return False
        self._since = 0.0
        return self._memory.mapped() > self._most


def _answer(stream: socket.socket, store: ox.Store, query: Query, limits: Limits, growth: _Growth) -> bool:
    """Answer a query, and return whether the pool must replace this worker."""
    seconds = query.seconds or limits.seconds
    out = _FrameOutput(stream, limits.size)
    # The signal has no handler, so the kernel ends the process even in native code.
    signal.setitimer(signal.ITIMER_REAL, seconds)
    error: EngineError
    try:
        _refuse_service(query)
        rows = evaluate(store, query, out)
        recycle = growth.is_over(seconds - _stop_timer())
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
    recycle = growth.is_over(seconds - _stop_timer())
    failed = QueryFailed(frames.pack_error(error), recycle)
    stream.sendall(frames.frame(FrameKind.ERROR, frames.pack_failure(failed)))
    return recycle


def _stop_timer() -> float:
    """Stop the timer of the query, and return the seconds that were left."""
    left, _ = signal.setitimer(signal.ITIMER_REAL, 0)
    return left


def _refuse_service(query: Query) -> None:
    """Refuse a query with SERVICE here, where reading a long text costs only its client.

    Raises:
        ServiceRefused: the query contains SERVICE.
    """
    call = find_service(query.text)
    if call is not None:
        raise ServiceRefused(call.line, call.column, call.name)


class _FrameOutput:
    """Sends an answer as frames. The query's timer stops while the server is slow to read them."""

    def __init__(self, stream: socket.socket, size: int) -> None:
        self._stream = stream
        self._limit = size
        self._left = size
        self._buffer = bytearray()
        self._begin: AnswerBegin | None = None  # until it has been sent

    def begin(self, form: AnswerForm, *, cut: bool) -> None:
        self._begin = AnswerBegin(form, cut)

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise AnswerTooLarge(self._limit)
        self._buffer += data
        if len(self._buffer) >= CHUNK:
            left = _stop_timer()
            self._send()
            signal.setitimer(signal.ITIMER_REAL, max(left, 0.001))
        return len(data)

    def flush(self) -> None:
        """Do nothing, because `end` sends the buffered bytes."""

    def end(self, rows: int | None, *, recycle: bool) -> None:
        end = AnswerEnd(rows, recycle)
        if self._begin is not None:
            self._stream.sendall(frames.frame(FrameKind.WHOLE, pack_whole(self._begin, self._buffer, end)))
        else:
            self._send(frames.frame(FrameKind.END, end.pack()))

    def _send(self, last: bytes = b"") -> None:
        first = b"" if self._begin is None else frames.frame(FrameKind.BEGIN, self._begin.pack())
        self._begin = None
        header = HEADER.pack(FrameKind.DATA, len(self._buffer))
        self._stream.sendall(b"".join((first, header, self._buffer, last)))
        self._buffer.clear()


def _receive(stream: socket.socket) -> bytes | None:
    """Return the payload of the next query, or None at the end; the pool sends one only after the last answer."""
    data = stream.recv(_LONG)
    while data and len(data) < HEADER.size:
        piece = stream.recv(HEADER.size - len(data))
        data = data + piece if piece else b""
    if not data:
        return None
    _, length = HEADER.unpack_from(data)
    pieces, left = [data[HEADER.size :]], HEADER.size + length - len(data)
    while left:
        piece = stream.recv(min(left, CHUNK))
        if not piece:
            return None
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)
