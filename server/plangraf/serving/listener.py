"""The sockets that a server listens on: one for each front, all on the same address."""

import errno
import socket

from plangraf.errors import AddressInUseError, InputError

_BACKLOG = 2048


class Listeners:
    """Sockets that are bound to one address.

    Each front accepts connections on a socket of its own, and the kernel spreads new connections over them by a hash
    of the client's address and port (SO_REUSEPORT). The supervisor keeps all of them open, so that the connections
    that wait for a front which has ended are accepted by the next one.

    Attributes:
        sockets: the sockets, one for each front.
        port: the port; the kernel has chosen it if the port of the settings is 0.
    """

    def __init__(self, host: str, port: int, count: int) -> None:
        """Bind the sockets; connections are not accepted before `listen`.

        Raises:
            AddressInUseError: another process listens on the address.
            InputError: the address is unknown or not of this machine, or the port is not permitted.
        """
        with _bound(host, port, shared=False):
            pass  # a socket that is not shared shows whether another process listens, even one with shared sockets
        self.sockets = [_bound(host, port, shared=count > 1)]
        self.port = int(self.sockets[0].getsockname()[1])
        self.sockets += [_bound(host, self.port, shared=True) for _ in range(count - 1)]

    def listen(self) -> None:
        """Let clients connect; connections wait until a front accepts them.

        Raises:
            AddressInUseError: another process listens on the address meanwhile.
        """
        for listener in self.sockets:
            try:
                listener.listen(_BACKLOG)
            except OSError as error:
                raise AddressInUseError(*listener.getsockname()[:2]) from error

    def close(self) -> None:
        """Close the sockets; the kernel refuses new connections once the fronts have closed theirs too."""
        for listener in self.sockets:
            listener.close()


def _bound(host: str, port: int, *, shared: bool) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only for sockets with an explicit protocol.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise _refusal(error, host, port) from error
    return listener


def _refusal(error: OSError, host: str, port: int) -> AddressInUseError | InputError:
    if isinstance(error, PermissionError):
        return InputError(f"port {port} may not be used by this user; choose one above 1023")
    if isinstance(error, socket.gaierror):
        return InputError(f"the address {host} is not known")
    if error.errno == errno.EADDRINUSE:
        return AddressInUseError(host, port)
    return InputError(f"the server cannot listen on {host}: {error.strerror}; choose another address with --host")
