"""Our HTTP door to a release that holds exactly what a test wants."""

import hashlib
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import httpx
import pyoxigraph as ox
from tests.engines import running

from plangraf import settings
from plangraf.app import assemble_app, make_services
from plangraf.release.count import count, plans
from plangraf.release.release import MANIFEST, QUADS, Manifest, Release, release_identifier

ADDRESS = "http://door.example"


@asynccontextmanager
async def open_door(quads: Iterable[ox.Quad], folder: Path, **chosen: object) -> AsyncIterator[httpx.AsyncClient]:
    """Yield a client of the application that serves `quads` and nothing else, written as a release into `folder`.

    A fault of the application is answered with 500, as by a server. `chosen` are the operator's settings.
    """
    release = write_release(quads, folder)
    async with running(release.quads) as engine:
        app = assemble_app(
            make_services(
                engine, release.manifest, release.quads, shapes=(), examples=(), settings=settings.load(**chosen)
            )
        )
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
            yield client


def write_release(quads: Iterable[ox.Quad], folder: Path) -> Release:
    """Write `quads` as they are into `folder`, with a manifest that fits."""
    dataset = ox.Dataset(quads)
    content = cast("bytes", ox.serialize(dataset, format=ox.RdfFormat.N_QUADS))
    digest = hashlib.sha256(content).hexdigest()
    manifest = Manifest(
        release=release_identifier(digest),
        sha256=digest,
        size=len(content),
        software="0",
        counts=count(dataset),
        plans=plans(dataset),
        validation={"violation": 0},
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / QUADS).write_bytes(content)
    (folder / MANIFEST).write_text(manifest.model_dump_json(), encoding="utf-8")
    return Release.open(folder)
