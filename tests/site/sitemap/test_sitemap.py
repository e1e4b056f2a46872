"""Sitemaps of a site that has too many pages for one."""

import asyncio
import re

import httpx
import pytest
from tests.engines import Counting, running
from tests.site.eksempelvik import get

from plangraf import settings
from plangraf.app import assemble_app, make_services
from plangraf.languages import INTERFACE_LANGUAGES
from plangraf.release.release import Release

PLAN = "trondheim/samfunnsplan-2020-2032"
SMALL = 150


def test_the_sitemaps_of_the_index_list_each_page_once(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    async def ask(*paths: str) -> list[httpx.Response]:
        async with running(release.quads) as engine:
            site = make_services(engine, release.manifest, release.quads, (), (), settings.load())
            transport = httpx.ASGITransport(assemble_app(site))
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                answers = [await client.get(path) for path in paths]
            await site.close()
        return answers

    [whole] = asyncio.run(ask("/sitemap.xml"))
    pages = re.findall("<loc>(.*?)</loc>", whole.text)
    monkeypatch.setattr("plangraf.site.sitemap.resource.PATHS", SMALL)
    monkeypatch.setattr("plangraf.site.sitemap.urlset.PATHS", SMALL)
    number = -(-len(pages) // (len(INTERFACE_LANGUAGES) * SMALL))
    assert number > 3
    index, *parts, beyond = asyncio.run(
        ask("/sitemap.xml", *(f"/sitemap/{part}.xml" for part in range(1, number + 1)), f"/sitemap/{number + 1}.xml")
    )
    assert len(re.findall("<loc>", index.text)) == number
    assert [page for part in parts for page in re.findall("<loc>(.*?)</loc>", part.text)] == pages
    assert beyond.status_code == 404


def test_quality_mappings_and_sitemap_are_not_asked_of_the_engine(release: Release) -> None:
    async def ask() -> list[str]:
        async with running(release.quads) as engine:
            counting = Counting(engine)
            site = make_services(counting, release.manifest, release.quads, (), (), settings.load())
            await site.facts.datasets()  # which all pages need
            counting.asked.clear()
            transport = httpx.ASGITransport(assemble_app(site))
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                for path in ("/quality.ttl", f"/quality/{PLAN}.ttl", "/mappings.sssom.tsv", "/sitemap.xml"):
                    answer = await client.get(path)
                    assert answer.status_code == 200, (path, answer.text)
            await site.close()
        return counting.asked

    assert asyncio.run(ask()) == []


def test_the_values_of_the_vocabulary_have_no_pages_of_their_own(eksempelvik: Release) -> None:
    [text] = get(eksempelvik, "/sitemap.xml")
    pages = re.findall("<loc>(.*?)</loc>", text)
    paths = {page.removeprefix("http://test").partition("?")[0] for page in pages}
    assert {"/doc/eksempelvik/samfunnsdel/focus/1", "/doc/eksempelvik/samfunnsdel/vedtak/1", "/ontology"} <= paths
    assert [path for path in paths if "ontology" in path] == ["/ontology"]
    assert [path for path in paths if "#" in path] == []
