"""The client of the harvest against sites that do harm."""

import gzip
from dataclasses import replace

import pytest
from tests.harvesting.web import HOST, LIMITS, Handler, Page, Site, client

from plangraf.harvesting.address import parse_address
from plangraf.harvesting.client import HarvestResponse, Known
from plangraf.harvesting.faults import HarvestError
from plangraf.harvesting.limits import HarvestLimits

SHORT = replace(LIMITS, seconds=0.3)
"""The time in which an answer would have to come that never comes."""
SMALL = replace(LIMITS, size=10_000)


def _get(web: Site, path: str = "/plan.ttl", limits: HarvestLimits = LIMITS) -> HarvestResponse:
    with client(limits) as asking:
        return asking.get(parse_address(f"{web.address}{path}"))


def test_a_document_comes_with_what_is_needed_to_ask_again(web: Site) -> None:
    web.pages["/plan.ttl"] = Page("<a> <b> <c> .", headers={"ETag": '"1"', "Last-Modified": "yesterday"})
    found = _get(web)
    assert (found.data, found.media_type) == (b"<a> <b> <c> .", "text/turtle")
    with client() as asking:
        again = asking.get(found.address, Known(found.etag, found.modified))
    assert (again.unchanged, again.data) == (True, b"")
    assert [fields.get("if-none-match") for path, fields in web.asked if path == "/plan.ttl"] == [None, '"1"']


def test_the_client_says_who_asks_and_how_to_reach_them(web: Site) -> None:
    web.pages["/plan.ttl"] = Page("x")
    with client(contact="mailto:post@eksempel.no") as asking:
        asking.get(parse_address(f"{web.address}/plan.ttl"))
    agents = {fields["user-agent"] for _, fields in web.asked}
    assert len(agents) == 1
    assert agents.pop().endswith(" (+mailto:post@eksempel.no)")


def test_redirects_are_followed_and_the_last_address_counts(web: Site) -> None:
    web.pages["/plan.ttl"] = Page(status=301, headers={"Location": "/b.ttl"})
    web.pages["/b.ttl"] = Page("<a> <b> <c> .")
    assert str(_get(web).address) == f"{web.address}/b.ttl"


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("/plan.ttl", "leads round in a circle"),
        ("http://localhost:{port}/x", "localhost is at an address that is not public"),
        ("http://[::1]:{port}/x", "is at an address that is not public"),
        ("http://[::ffff:127.0.0.1]:{port}/x", "is at an address that is not public"),
        ("http://169.254.169.254/latest/meta-data", "is at an address that is not public"),
        ("http://2130706433:{port}/x", "its host is a number"),
        ("http://0x7f.1:{port}/x", "its host is a number"),
        ("file:///etc/passwd", "only addresses with http or https"),
        ("http://a:b@127.0.0.1/", "a user name or a password"),
        ("http://a b/", "is not the address of anything"),
    ],
)
def test_redirects_that_lead_astray_are_not_followed(web: Site, target: str, reason: str) -> None:
    port = web.address.rpartition(":")[2]
    web.pages["/plan.ttl"] = Page(status=302, headers={"Location": target.format(port=port)})
    with pytest.raises(HarvestError, match=reason):
        _get(web)
    assert web.paths() == ["/plan.ttl"]


def test_redirects_without_end_are_given_up(web: Site) -> None:
    for number in range(20):
        web.pages[f"/{number}"] = Page(status=302, headers={"Location": f"/{number + 1}"})
    with pytest.raises(HarvestError, match="More than 5 redirects"):
        _get(web, "/0")


def test_a_document_that_is_too_large_is_not_read_to_its_end(web: Site) -> None:
    def endless(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/turtle\r\n\r\n")
        while not web.ended.is_set():
            try:
                handler.wfile.write(b"# more\n" * 1000)
            except OSError:
                break

    web.pages["/plan.ttl"] = endless
    with pytest.raises(HarvestError, match="more than 10,000 bytes"):
        _get(web, limits=SMALL)


@pytest.mark.parametrize("coding", ["gzip", ""])
def test_a_document_that_grows_beyond_the_limit_when_it_is_decompressed_is_refused(web: Site, coding: str) -> None:
    bomb = gzip.compress(gzip.compress(b" " * 5_000_000)) if coding else gzip.compress(b" " * 5_000_000)
    assert len(bomb) < 10_000
    web.pages["/plan.ttl"] = Page(bomb, headers={"Content-Encoding": coding})
    with pytest.raises(HarvestError, match="more than 10,000 bytes"):
        _get(web, limits=SMALL)


def test_compressed_documents_are_read(web: Site) -> None:
    twice = gzip.compress(b"<a> <b> ") + gzip.compress(b"<c> .")
    web.pages["/plan.ttl"] = Page(twice, headers={"Content-Encoding": "gzip"})
    web.pages["/plan.nt.gz"] = Page(twice, "application/gzip")
    assert _get(web).data == _get(web, "/plan.nt.gz").data == b"<a> <b> <c> ."
    web.pages["/plan.ttl"] = Page(twice[:-3], headers={"Content-Encoding": "gzip"})
    with pytest.raises(HarvestError, match="damaged or not whole"):
        _get(web)
    web.pages["/plan.ttl"] = Page("x", headers={"Content-Encoding": "br"})
    with pytest.raises(HarvestError, match="the content coding br"):
        _get(web)


@pytest.mark.parametrize(
    "begun", [b"", b"HTTP/1.1 200 OK\r\nContent-Ty", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<a>"]
)
def test_an_answer_that_does_not_come_is_given_up(web: Site, begun: bytes) -> None:
    def stall(handler: Handler) -> None:
        handler.wfile.write(begun)
        web.ended.wait()

    web.pages["/plan.ttl"] = stall
    with pytest.raises(HarvestError, match="has not sent its answer within 1 seconds"):
        _get(web, limits=SHORT)


def test_an_answer_that_drips_is_given_up(web: Site) -> None:
    def drip(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not web.ended.wait(0.01):
            try:
                handler.wfile.write(b"x")
            except OSError:
                break

    web.pages["/plan.ttl"] = drip
    with pytest.raises(HarvestError, match="has not sent its answer"):
        _get(web, limits=SHORT)
    with pytest.raises(HarvestError, match="has not sent all its documents"):
        _get(web, limits=replace(LIMITS, source_seconds=0.3))


@pytest.mark.parametrize(
    ("status", "reason"),
    [(404, "nothing at"), (410, "nothing at"), (403, "not for everybody"), (503, "come back later"), (204, "204")],
)
def test_other_answers_are_told_in_words(web: Site, status: int, reason: str) -> None:
    web.pages["/plan.ttl"] = Page(status=status)
    with pytest.raises(HarvestError, match=reason):
        _get(web)


def test_what_is_no_http_is_told_in_words(web: Site) -> None:
    def greet(handler: Handler) -> None:
        handler.wfile.write(b"SSH-2.0-x\r\n\r\n")

    web.pages["/plan.ttl"] = greet
    with pytest.raises(HarvestError, match="does not answer"):
        _get(web)
    with pytest.raises(HarvestError, match="does not answer"), client() as asking:
        asking.get(parse_address(f"https://{web.address.removeprefix('http://')}/plan.ttl"))


def test_the_rules_of_a_site_are_obeyed(web: Site) -> None:
    web.pages["/plan.ttl"] = Page("x")
    web.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /plan\n", "text/plain")
    with pytest.raises(HarvestError, match="asks crawlers to stay away"):
        _get(web)
    assert web.paths() == []
    web.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /\n\nUser-agent: Plangraf\nAllow: /\n", "text/plain")
    assert _get(web).data == b"x"
    web.pages["/robots.txt"] = Page(status=500)
    with pytest.raises(HarvestError, match=r"robots\.txt answers with the status 500"):
        _get(web)


def test_rules_that_lead_elsewhere_are_not_followed_there(web: Site) -> None:
    web.pages["/robots.txt"] = Page(status=302, headers={"Location": "http://169.254.169.254/"})
    with pytest.raises(HarvestError, match="not public"):
        _get(web)


def test_the_client_waits_between_requests_to_one_host(web: Site) -> None:
    waited: list[float] = []
    web.pages |= {"/a": Page("a"), "/b": Page("b"), "/robots.txt": Page("User-agent: *\nCrawl-delay: 7\n")}
    with client(replace(LIMITS, delay=5), sleep=waited.append) as asking:
        for path in "ab":
            asking.get(parse_address(f"{web.address}/{path}"))
    assert len(waited) == 1
    assert 0 < waited[0] <= 7


def test_a_name_is_connected_to_at_the_address_that_was_checked(web: Site) -> None:
    web.pages["/plan.ttl"] = Page("x")
    asked: list[str] = []

    def resolve(host: str, _: int) -> list[str]:
        asked.append(host)
        return [HOST]

    port = web.address.rpartition(":")[2]
    limits = replace(LIMITS, hosts=frozenset({f"plan.eksempel.no:{port}"}))
    with client(limits, resolver=resolve) as asking:
        asking.get(parse_address(f"http://plan.eksempel.no:{port}/plan.ttl"))
    assert {fields["host"] for _, fields in web.asked} == {f"plan.eksempel.no:{port}"}
    assert 1 <= len(asked) <= 2, "a name is looked up once for a connection"


def test_a_name_that_changes_its_address_leads_nowhere_else(web: Site) -> None:
    """DNS rebinding: the name is at a public address at first, and at one of this machine then."""
    answers = iter([["203.0.113.7"], [HOST], ["8.8.8.8", HOST]])
    web.pages["/plan.ttl"] = Page("x")
    port = web.address.rpartition(":")[2]
    for _ in range(3):
        with (
            client(LIMITS, resolver=lambda *_: next(answers)) as asking,
            pytest.raises(HarvestError, match=r"plan\.eksempel\.no is at an address that is not public"),
        ):
            asking.get(parse_address(f"http://plan.eksempel.no:{port}/plan.ttl"))
    assert web.asked == []


def test_a_name_that_there_is_not_is_told() -> None:
    with client() as asking, pytest.raises(HarvestError, match="no host with the name"):
        asking.get(parse_address("http://plan.invalid/"))


def test_links_in_the_header_are_read() -> None:
    header = (
        '</a.ttl>; rel="alternate describedby"; type="text/turtle", <b>;rel=next , </c>; title="x, y"; rel=alternate'
    )
    found = HarvestResponse(parse_address("http://eksempel.no/"), links=header)
    assert found.linked(frozenset({"describedby"})) == [("/a.ttl", "text/turtle")]
    assert found.linked(frozenset({"alternate"})) == [("/a.ttl", "text/turtle"), ("/c", "")]
