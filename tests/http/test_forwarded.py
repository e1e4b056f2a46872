import time

import pytest

from plangraf.http.forwarded import Hop, forwarded_hops, x_forwarded_hops


@pytest.mark.parametrize(
    ("value", "hops"),
    [
        ("", []),
        ("for=192.0.2.60;proto=http;by=203.0.113.43", [Hop("192.0.2.60", "http")]),
        ('For="[2001:db8:cafe::17]:4711"', [Hop("2001:db8:cafe::17")]),
        ("for=192.0.2.43, for=198.51.100.17", [Hop("192.0.2.43"), Hop("198.51.100.17")]),
        ('for="_gazonk"', [Hop()]),
        ("for=unknown;host=example.org", [Hop(host="example.org")]),
        ('for="192.0.2.43:47011" ; host="example.org:8080"', [Hop("192.0.2.43", None, "example.org:8080")]),
        (r'host="a\"b";for=192.0.2.1', [Hop("192.0.2.1", None, 'a"b')]),
        ("for=192.0.2.1,,for=192.0.2.2", [Hop("192.0.2.1"), Hop(), Hop("192.0.2.2")]),
        # no part of an invalid value is believed: a client could hide in it what a proxy adds
        ('for="192.0.2.1, for=192.0.2.2', []),
        ('for="a, for="[2001:db8::1]"', []),
        ("192.0.2.1", []),
    ],
)
def test_forwarded_is_read(value: str, hops: list[Hop]) -> None:
    assert forwarded_hops(value) == hops


@pytest.mark.parametrize(
    ("clients", "schemes", "hosts", "hops"),
    [
        ([], [], [], []),
        (["192.0.2.1"], ["https"], ["example.org"], [Hop("192.0.2.1", "https", "example.org")]),
        (["192.0.2.1", "192.0.2.2"], ["https"], [], [Hop("192.0.2.1", "https"), Hop("192.0.2.2", "https")]),
        (["a", "192.0.2.2"], ["http", "https"], [], [Hop(None, "http"), Hop("192.0.2.2", "https")]),
        (["192.0.2.1:80", "[2001:db8::1]:80"], [], [], [Hop("192.0.2.1"), Hop("2001:db8::1")]),
        ([], ["https"], [], [Hop(None, "https")]),
    ],
)
def test_x_forwarded_is_read(clients: list[str], schemes: list[str], hosts: list[str], hops: list[Hop]) -> None:
    assert x_forwarded_hops(clients, schemes, hosts) == hops


@pytest.mark.parametrize("piece", [",", ";", '"', "for=a,", 'for="', "\\", " ", "a=", "[", 'a="\\'])
def test_the_time_to_read_forwarded_grows_with_its_length_and_no_faster(piece: str) -> None:
    def seconds(length: int) -> float:
        begun = time.process_time()
        forwarded_hops((piece * length)[:length])
        return time.process_time() - begun

    short = min(seconds(10_000) for _ in range(5))
    assert min(seconds(160_000) for _ in range(3)) < 100 * max(short, 0.001)
