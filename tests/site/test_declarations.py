"""What holds for all resources, read off their declarations."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import product
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx
import pytest
from tests.engines import running

from plangraf import settings, site
from plangraf.app import assemble_app, make_services
from plangraf.engine.interface import Engine
from plangraf.http.declaration import Example
from plangraf.http.resource import Resource
from plangraf.release.release import Release
from plangraf.site.resources import RESOURCES

WITH_PAGES = [resource for resource in RESOURCES if resource.has_page]
EXAMPLES = [(resource, example) for resource in RESOURCES for example in resource.examples]


@asynccontextmanager
async def _client(engine: Engine, release: Release) -> AsyncIterator[httpx.AsyncClient]:
    """Yield a client of an application in this process that nobody has asked anything yet."""
    services = make_services(engine, release.manifest, release.quads, (), (), settings.load())
    transport = httpx.ASGITransport(assemble_app(services))
    try:
        async with httpx.AsyncClient(transport=transport, base_url="http://one.example") as client:
            yield client
    finally:
        await services.close()


WITHOUT_ADDRESS = {"goal", "plan", "sdg"}
"""The folders of pages that the resource of documents chooses by the kind of thing."""


def test_every_folder_of_the_site_is_a_package_that_declares_resources() -> None:
    """One that lacks a module would be passed over in silence."""
    folders = [path for path in Path(*site.__path__).iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert len(folders) > len(WITHOUT_ADDRESS)
    assert [folder.name for folder in folders if not (folder / "__init__.py").is_file()] == []
    assert {folder.name for folder in folders if not (folder / "resource.py").is_file()} == WITHOUT_ADDRESS


def test_no_two_examples_have_the_same_name_or_address() -> None:
    for count in (Counter(example.name for _, example in EXAMPLES), Counter(one.path for _, one in EXAMPLES)):
        assert count.most_common(1)[0][1] == 1


@pytest.mark.parametrize(
    "resource", [one for one in WITH_PAGES if not one.sitemap.unlisted], ids=lambda resource: resource.path
)
def test_a_resource_whose_pages_are_listed_has_an_example(resource: Resource[object]) -> None:
    assert resource.examples


@pytest.mark.parametrize("resource", WITH_PAGES, ids=lambda resource: resource.path)
def test_a_resource_with_pages_lists_them_in_the_sitemap_or_says_why_not(resource: Resource[object]) -> None:
    listed = resource.sitemap
    assert bool(listed.unlisted) + bool(listed.paths or listed.indexed) + (not resource.variable) >= 1
    assert not (listed.unlisted and listed.paths)


def test_every_address_that_answers_html_is_in_the_sitemap_or_its_resource_says_why_not(server: str) -> None:
    """Of the addresses of the examples and of all that their pages link to."""
    with httpx.Client(base_url=server, headers={"Accept": "text/html"}) as client:
        listed = set(re.findall(rf"<loc>{server}([^?<]*)\?lang=nb</loc>", client.get("/sitemap.xml").text))
        linked = set()
        for _, example in EXAMPLES:
            targets = re.findall(r'<a [^>]*?href="([^"]+)"', client.get(example.path).text)
            linked |= {urlsplit(target).path for target in targets if re.match(r"/(?!/)", target)}
        explained, unexplained = set(), []
        for path in sorted((linked | {urlsplit(example.path).path for _, example in EXAMPLES}) - listed):
            answer = client.get(path)
            if answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"):
                resource = _resource_of(path)
                explained.add(resource.path)
                if not resource.sitemap.unlisted:
                    unexplained.append(path)
        assert unexplained == []
        assert explained, "no page is left out, so this test has compared nothing"
        missing = [path for path in ("/compare", "/quality", "/validate", "/browse") if path not in listed]
        assert missing == []
        assert [path for path in sorted(listed)[::25] if client.get(path).status_code != 200] == []


def _resource_of(path: str) -> Resource[object]:
    """Return the resource that a path is routed to."""
    for resource in RESOURCES:
        pattern = re.sub(r"\\\{\w+:path\\\}", ".+", re.escape(resource.path))
        if re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", pattern), path) or path in resource.paths:
            return resource
    raise AssertionError(path)


class _Request(NamedTuple):
    """A request for an example, as it differs from the plain one in one thing or in none."""

    path: str
    scheme: str = "http"
    headers: Sequence[tuple[str, str]] = ()


LANGUAGES = ("nb", "en", "nn")
PLAIN = (("Accept", "*/*"),)


def _requests(resource: Resource[object], example: Example) -> list[_Request]:
    """Return requests that differ in one thing: scheme, host, language, form or parameter."""
    path, _, query = example.path.partition("?")
    languages = [f"{example.path}{'&' if query else '?'}lang={language}" for language in LANGUAGES]
    forms = [form.format for form in resource.forms]
    endings = [f"{path}.{form.extension}?{query}" for form in forms if resource.endings and path != "/"]
    return [
        _Request(example.path, headers=PLAIN),
        _Request(example.path, scheme="https", headers=PLAIN),
        _Request(example.path, headers=(*PLAIN, ("Host", "other.example"))),
        *(_Request(example.path, headers=(("Accept", form.media_type),)) for form in forms),
        *(_Request(example.path, headers=(*PLAIN, ("Accept-Language", language))) for language in LANGUAGES),
        _Request(example.path, headers=(*PLAIN, ("Accept-Language", "fi"), ("Accept-Language", "en"))),
        _Request(
            example.path, headers=(("Accept", f"{forms[0].media_type};q=0.1"), ("Accept", forms[-1].media_type))
        ),
        *(_Request(address, headers=PLAIN) for address in (*languages, *endings)),
    ]


UNKEPT = ("server-timing", "date", "age")
"""Header fields that tell of the request and not of the answer."""
Told = tuple[int, tuple[tuple[str, str], ...], bytes]


async def _ask(client: httpx.AsyncClient, request: _Request) -> Told:
    host = dict(request.headers).get("Host", "one.example")
    built = client.build_request("GET", f"{request.scheme}://{host}{request.path}", headers=list(request.headers))
    answer = await client.send(built)
    headers = ((name, value) for name, value in answer.headers.multi_items() if name not in UNKEPT)
    return answer.status_code, tuple(sorted(headers)), answer.content


def _addresses() -> list[tuple[Resource[object], Example]]:
    """Return the examples, and for each resource without one, its own path where that has no variable part."""
    fixed = [
        (resource, Example(resource.path, resource.path, 0))
        for resource in RESOURCES
        if not resource.examples and not resource.variable and resource.application is None
    ]
    return [*((resource, example) for resource, example in EXAMPLES if resource.application is None), *fixed]


def test_two_requests_that_differ_in_one_thing_that_the_answer_names_never_share_an_answer(release: Release) -> None:
    """Two servers are asked the same, the second in the opposite order.

    Where an answer to one request were given to another, the two servers would differ, since each would give what was
    asked for first.
    """
    asked = [(resource, _requests(resource, example)) for resource, example in _addresses() if resource.lasting]

    async def ask() -> list[tuple[_Request, Told, Told]]:
        async with AsyncExitStack() as stack:
            engine = await stack.enter_async_context(running(release.quads))
            forward, backward = [await stack.enter_async_context(_client(engine, release)) for _ in "ab"]
            for client in (forward, backward):  # the catalogue has the checksums of the dumps once they are written
                for _ in range(1000):
                    if (await client.get("/dumps/SHA256SUMS")).status_code != 503:
                        break
                    await asyncio.sleep(0.1)
            requests = [request for _, ones in asked for request in ones]
            first = {request: await _ask(forward, request) for request in requests}
            second = {request: await _ask(backward, request) for request in reversed(requests)}
            return [(request, first[request], second[request]) for request in requests]

    told = asyncio.run(ask())
    assert [request for request, one, other in told if one != other] == []
    answers = {request: one for request, one, _ in told}
    for resource, requests in asked:
        plain = answers[requests[0]]
        for request, name in product(requests[1:], ("Accept", "Accept-Language")):
            [*values] = [value for key, value in request.headers if key == name]
            alone = request.path == requests[0].path and request.scheme == "http"
            if alone and "Host" not in dict(request.headers) and values != ["*/*"] and values:
                answer = answers[request]
                named = dict(answer[1]).get("vary", "").title().split(", ")
                if answer[2] != plain[2] and answer[0] == plain[0] == 200:
                    assert name in named, (resource.path, request)
