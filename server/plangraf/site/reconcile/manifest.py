"""The manifest of the reconciliation service (Reconciliation Service API 0.2, section 3.1)."""

from plangraf import __version__
from plangraf.languages import translations
from plangraf.linkeddata.addresses import DOCUMENTS
from plangraf.namespaces import ID, PLAN
from plangraf.site.reconcile.client import ClientLanguage
from plangraf.site.reconcile.limits import BATCH
from plangraf.site.reconcile.types import type_objects
from plangraf.view.assets import own_path

RECONCILE = "/reconcile"
HELP = f"{RECONCILE}/help"
PREVIEW = f"{RECONCILE}/preview"
EXTEND = f"{RECONCILE}/extend"
PROPOSALS = f"{RECONCILE}/properties"
SUGGEST = f"{RECONCILE}/suggest/"
FLYOUT = f"{RECONCILE}/flyout/"
SUGGESTED = ("entity", "type", "property")
WIDTH, HEIGHT = 430, 240
"""The size of a preview in pixels."""


def manifest(base: str, client: ClientLanguage) -> dict[str, object]:
    """Return the manifest of the service at the address of a server.

    Args:
        base: the address of the server, without a slash at its end.
        client: the language of the client, which the addresses in the manifest keep if it is named.
    """
    words = translations(client.language)
    return {
        "versions": ["0.2"],
        "name": words.gettext("Plangraf: municipal plans, SDGs, themes and publishers"),
        "identifierSpace": ID,
        "schemaSpace": PLAN,
        "documentation": base + client.address(HELP),
        "logo": base + own_path("plangraf.svg"),
        "serviceVersion": __version__,
        "defaultTypes": type_objects(client.language),
        "view": {"url": f"{base}{DOCUMENTS}?iri={{{{id}}}}"},
        "preview": {
            "url": f"{base}{client.address(f'{PREVIEW}?id={{{{id}}}}')}",
            "width": WIDTH,
            "height": HEIGHT,
        },
        "suggest": {
            kind: {
                "service_url": base,
                "service_path": client.address(f"{SUGGEST}{kind}"),
                "flyout_service_url": base,
                "flyout_service_path": client.address(f"{FLYOUT}{kind}?id=${{id}}"),
            }
            for kind in SUGGESTED
        },
        "extend": {
            "propose_properties": {"service_url": base, "service_path": client.address(PROPOSALS)},
            "property_settings": [],
        },
        "batchSize": BATCH,
    }
