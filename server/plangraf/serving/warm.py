"""Requests for the pages that visitors ask for most, once a release is served."""

from time import monotonic

from starlette.types import ASGIApp

from plangraf.http import in_process
from plangraf.linkeddata.addresses import Addresses
from plangraf.release.release import Manifest

_SECONDS = 0.5
"""The time for all requests; it bounds what other clients notice of a switch."""
_LANGUAGES = ("nb", "en")


async def warm(app: ASGIApp, manifest: Manifest) -> None:
    """Make the front page and the pages of plans in each language, as far as the time allows."""
    until = monotonic() + _SECONDS
    for path in ("/", *map(Addresses.of(manifest).described_path, manifest.plans)):
        for language in _LANGUAGES:
            if monotonic() > until:
                return
            headers = [("accept", "text/html"), ("accept-language", language)]
            await in_process.get(app, path, headers, lambda _: None, lambda _: None)
