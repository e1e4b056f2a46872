"""The pages of the ontology and the shapes are rendered once a release for each language."""

import asyncio

import httpx
import pytest
from tests.engines import running

from plangraf import settings
from plangraf.app import assemble_app, make_services
from plangraf.release.release import Release

SAME = (("text/html", "nb"), ("text/html;q=0.9, */*;q=0.1", "nb;q=0.9, en;q=0.1"), ("*/*;q=0.2, text/html", "no"))
"""Values of Accept and Accept-Language that select the same form and language."""


@pytest.mark.parametrize("path", ["/ontology", "/shapes"])
def test_a_page_is_kept_under_its_form_and_language(release: Release, path: str) -> None:
    async def run() -> None:
        async with running(release.quads) as engine:
            services = make_services(engine, release.manifest, release.quads, (), (), settings.load())
            cache = services.representations
            transport = httpx.ASGITransport(assemble_app(services))
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                sizes, bodies = [], []
                for accept, language in (*SAME, ("text/html", "en")):
                    headers = {"Accept": accept, "Accept-Language": language, "Accept-Encoding": "identity"}
                    bodies.append((await client.get(path, headers=headers)).content)
                    sizes.append(cache.size)
            await services.close()
        assert sizes[0] > len(bodies[0])
        assert sizes[:3] == sizes[:1] * 3
        assert sizes[3] > sizes[0] + len(bodies[3])
        assert bodies[:3] == bodies[:1] * 3
        assert bodies[3] != bodies[0]

    asyncio.run(run())
