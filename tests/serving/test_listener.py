import socket

import pytest

from plangraf.errors import AddressInUseError, InputError
from plangraf.serving.listener import Listeners


def test_sockets_share_a_port_that_the_kernel_has_chosen() -> None:
    listeners = Listeners("127.0.0.1", 0, 3)
    listeners.listen()
    assert {listener.getsockname()[1] for listener in listeners.sockets} == {listeners.port}
    with socket.create_connection(("127.0.0.1", listeners.port)):
        pass
    listeners.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", listeners.port))


def test_a_port_of_another_server_is_refused_even_if_both_share_theirs_among_fronts() -> None:
    first = Listeners("127.0.0.1", 0, 2)
    first.listen()
    with pytest.raises(AddressInUseError):
        Listeners("127.0.0.1", first.port, 2)
    first.close()


@pytest.mark.parametrize(
    ("host", "words"), [("192.0.2.1", "cannot listen on 192.0.2.1"), ("no.such.host.invalid", "is not known")]
)
def test_an_address_that_is_not_ours_is_told(host: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        Listeners(host, 0, 1)


def test_ipv6_is_bound() -> None:
    listeners = Listeners("::1", 0, 2)
    assert listeners.sockets[0].family == socket.AF_INET6
    listeners.close()
