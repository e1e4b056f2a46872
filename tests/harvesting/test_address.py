import pytest

from plangraf.harvesting.address import is_public, parse_address
from plangraf.harvesting.faults import HarvestError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://Plan.Eksempel.no", "https://plan.eksempel.no/"),
        ("http://eksempel.no:80/a?b=c#d", "http://eksempel.no/a?b=c"),
        ("http://eksempel.no:8080/å.ttl", "http://eksempel.no:8080/%C3%A5.ttl"),
        ("https://blåbær.no/", "https://xn--blbr-roah.no/"),
        ("http://[2001:DB8::1]:81/x", "http://[2001:db8::1]:81/x"),
        ("http://1.2.3.4/", "http://1.2.3.4/"),
        ("http://eksempel.no./", "http://eksempel.no/"),
        ("http://eksempel.no/a?b[]=~c'd", "http://eksempel.no/a?b%5B%5D=~c'd"),
    ],
)
def test_an_address_is_written_in_one_way(text: str, expected: str) -> None:
    assert str(parse_address(text)) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ftp://eksempel.no/plan.ttl", "only addresses with http or https"),
        ("file:///etc/passwd", "only addresses with http or https"),
        ("plan.ttl", "only addresses with http or https"),
        ("http://user:secret@eksempel.no/", "a user name or a password"),
        ("http://user@eksempel.no/", "a user name or a password"),
        ("http://2130706433/", "its host is a number"),
        ("http://0x7f000001/", "its host is a number"),
        ("http://0177.0.0.1/", "its host is a number"),
        ("http://127.1/", "its host is a number"),
        ("http://1.2.3.0x4/", "its host is a number"),
        ("http://[fe80::1%25eth0]/", "its host is a number"),
        ("http://eksempel.no:99999/", "is not the address of anything"),
        ("http://eksempel.no\\@127.0.0.1/", "is not the address of anything"),
        ("http://ekse mpel.no/", "is not the address of anything"),
        ("http://eksempel.no/\r\nHost: x", "is not the address of anything"),
        ("http:///plan.ttl", "is not the address of anything"),
        ("http://[::1/", "is not the address of anything"),
        (f"http://eksempel.no/{'a' * 2000}", "has more than 2,000 characters"),
    ],
)
def test_other_addresses_are_refused(text: str, reason: str) -> None:
    with pytest.raises(HarvestError, match=reason) as refused:
        parse_address(text)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"],
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("0.1.2.3", "255.255.255.255", "224.0.0.1", "240.0.0.1", "192.0.2.1", "198.18.0.1"),
        *("::", "::1", "fe80::1", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "::127.0.0.1"),
        *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b:1::808:808", "2002:7f00:1::1"),
        *("2001::1", "fe80::1%eth0", "no address"),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)
