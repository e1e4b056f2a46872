"""The page about this server: Plangraf, the operator, and privacy."""

from plangraf import __version__
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.previewing.limits import LIMITS
from plangraf.view.assets import LICENCES_PATH, vendored
from plangraf.view.page import Page
from plangraf.view.reader import Reader
from plangraf.vocabulary import GOAL_KINDS

ABOUT_PATH = "/about"


async def about_page(_: None, request: RecordingRequest, services: Services) -> Page:
    """Return the page about this server: from its release and its settings, without the engine."""
    manifest, settings, reader = services.manifest, services.settings, Reader.of(request)
    classes = manifest.counts.classes
    context = {
        "settings": settings,
        "release": manifest.release,
        "software": __version__,
        "built": manifest.built.date().isoformat() if manifest.built else None,
        "plans": len(manifest.plans),
        "goal_counts": [(kind, sum(classes.get(iri, 0) for iri in kind.classes)) for kind in GOAL_KINDS],
        "statements": manifest.counts.triples,
        "packages": sorted({(asset.package, asset.version, asset.licence) for asset in vendored().values()}),
        "licences": LICENCES_PATH,
        "preview_minutes": LIMITS.minutes,
    }
    return Page("about/about.html", reader.gettext("About Plangraf"), context)
