"""What every route needs: the engine, the release, the shapes, the settings."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pyoxigraph as ox
from fastapi import Depends, Request

from plangraf.engine.interface import Engine
from plangraf.release.release import Manifest
from plangraf.settings import Settings
from plangraf.sparql.examples import Example


@dataclass(frozen=True)
class Site:
    """One release being served.

    Attributes:
        engine: answers queries on the release.
        manifest: what the release says of itself.
        quads: the release's file of quads, which dumps are made from.
        shapes: the triples of the shapes that the release conforms to.
        examples: example queries.
        settings: the operator's choices.
    """

    engine: Engine
    manifest: Manifest
    quads: Path
    shapes: tuple[ox.Triple, ...]
    examples: tuple[Example, ...]
    settings: Settings


def _site(request: Request) -> Site:
    site = request.app.state.site
    assert isinstance(site, Site)  # noqa: S101  # assemble_app put it there
    return site


TheSite = Annotated[Site, Depends(_site)]
