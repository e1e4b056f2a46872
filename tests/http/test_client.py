import pytest

from plangraf.http.client import client_at, client_of


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_a_client_is_an_ipv4_address_or_an_ipv6_network(address: str, client: str) -> None:
    assert client_at(address) == client
    assert client_of({"type": "http", "client": (address, 1)}) == client


def test_a_client_without_an_address_has_a_name() -> None:
    assert client_of({"type": "http", "client": None}) == "unknown"
