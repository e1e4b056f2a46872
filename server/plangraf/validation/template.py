"""The template of processes that validate uploads: it has loaded everything, and forks one for each upload.

The validation service runs it as `python -m plangraf.validation.template PARENT LIMITS`; its standard input is a Unix
socket. Each message on it has the descriptor of a socket for one upload. The forked process (`process.py`) reads the
upload from there to its end, and writes its answer; the template then adds the exit code, as `EXIT_CODE` packs it,
and ends the answer. If the service closes its end of that socket, the template kills the process.
"""

import gc
import os
import select
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass

import orjson

from plangraf.confinement import end_with_parent
from plangraf.validation.process import UploadValidator, validate_upload, warm_up
from plangraf.validation.service import EXIT_CODE

_READ = 1 << 16


@dataclass
class _Upload:
    """An upload under validation: its process, the pidfd of that, its socket, and whether the process has ended."""

    process: int
    pidfd: int
    connection: socket.socket
    ended: bool = False


class ValidationTemplate:
    """Forks a process for each upload.

    Args:
        control: the socket on which uploads come.
        limits: the limits of each process: time in seconds, and memory in bytes.
    """

    def __init__(self, control: socket.socket, limits: dict[str, float]) -> None:
        self._control = control
        self._limits = limits
        self._validator = UploadValidator()
        warm_up(self._validator)
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)
        self._running: dict[int, _Upload] = {}  # by the pidfd
        self._connected: dict[int, _Upload] = {}  # by the descriptor of the socket

    def run(self) -> None:
        """Serve uploads until the service closes its end of the control socket."""
        gc.collect()
        gc.freeze()  # so that collections of the forked processes copy no pages
        while True:
            for descriptor, event in self._poll.poll():
                if descriptor == self._control.fileno():
                    _, received, _, _ = socket.recv_fds(self._control, 1, 1)
                    if not received:
                        return
                    self._fork(socket.socket(fileno=received[0]))
                elif descriptor in self._running:
                    self._ended(self._running.pop(descriptor))
                elif descriptor in self._connected:
                    self._look_at(self._connected[descriptor], event)

    def _fork(self, connection: socket.socket) -> None:
        template = os.getpid()
        try:
            process = os.fork()
        except OSError:  # there are too many processes; that of another upload goes on
            upload = _Upload(0, -1, connection, ended=True)
            self._connected[connection.fileno()] = upload
            self._poll.register(connection, 0)
            self._end_answer(upload, os.EX_TEMPFAIL)
            return
        if process == 0:
            self._control.close()
            for other in self._connected.values():
                other.connection.close()
            end_with_parent(template)
            validate_upload(connection, self._validator, self._limits)
        upload = _Upload(process, os.pidfd_open(process), connection)
        self._running[upload.pidfd] = self._connected[connection.fileno()] = upload
        self._poll.register(upload.pidfd, select.POLLIN)
        self._poll.register(connection, 0)  # only that the service has closed its end

    def _ended(self, upload: _Upload) -> None:
        """Forget a process that has ended, and end its answer."""
        self._poll.unregister(upload.pidfd)
        os.close(upload.pidfd)
        _, status = os.waitpid(upload.process, 0)
        upload.ended = True
        self._end_answer(upload, os.waitstatus_to_exitcode(status))

    def _end_answer(self, upload: _Upload, code: int) -> None:
        try:
            upload.connection.sendall(EXIT_CODE.pack(code))
            upload.connection.shutdown(socket.SHUT_WR)
        except OSError:  # the service has closed its end
            self._close(upload)
        else:
            # What the process has left unread is still read, or the kernel would break the connection and the answer.
            self._poll.modify(upload.connection, select.POLLIN)

    def _look_at(self, upload: _Upload, event: int) -> None:
        """Read on after the end of a process, or kill it, because the service has closed its end."""
        if not upload.ended:
            os.kill(upload.process, signal.SIGKILL)
            self._poll.unregister(upload.connection)
            return
        try:
            unread = event & select.POLLIN and upload.connection.recv(_READ)
        except ConnectionError:
            unread = 0
        if not unread:
            self._close(upload)

    def _close(self, upload: _Upload) -> None:
        if self._connected.pop(upload.connection.fileno(), None) is not None:
            with suppress(KeyError):  # its process was killed
                self._poll.unregister(upload.connection)
        upload.connection.close()


def main() -> None:
    """Load libraries, and serve uploads until the server ends."""
    end_with_parent(int(sys.argv[1]))
    for ignored in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ignored, signal.SIG_IGN)  # the server stops this process after draining
    ValidationTemplate(socket.socket(fileno=0), orjson.loads(sys.argv[2])).run()


if __name__ == "__main__":
    main()
