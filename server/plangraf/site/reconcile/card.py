"""The card about an entity that other pages show in a frame (Reconciliation Service API 0.2, section 5)."""

from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.search.things import KINDS
from plangraf.site.reconcile.suggest import find_entity
from plangraf.view.page import Page
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading
from plangraf.view.shorten import cut

FRAMED = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self' data:; font-src 'self'; style-src 'self'; form-action 'none'; "
        "base-uri 'none'; frame-ancestors *"
    )
}
"""The policy of the card: everybody may frame it, and it has no script."""
_LONGEST_NAME, _LONGEST_TEXT = 160, 320


async def card_page(_: None, request: RecordingRequest, services: Services) -> Page:
    """Return the card about the entity that the parameter `id` names.

    Raises:
        ResourceNotFound: there is none.
        IndexUnavailable: the index of the release has not been made yet.
    """
    thing = await find_entity(request.parameter("id") or "", services)
    reader = Reader.of(request)
    described = {iri for iri in (thing.iri, thing.plan, *thing.profile.publishers) if iri}
    reading = Reading(await services.search.texts(described), reader, described=described)
    reference = reading.reference(thing.iri)
    definition = reading.text(thing.iri, "skos:definition") or reading.text(thing.iri, "dct:description")
    plan = thing.plan if thing.plan != thing.iri else None
    return Page(
        template="reconcile/card.html",
        title=cut(reference.name.text, _LONGEST_NAME),
        context={
            "name": reference.name,
            "short": cut(reference.name.text, _LONGEST_NAME),
            "sdg": reference.sdg,
            "number": reference.notation,
            "kind": reader.gettext(KINDS[thing.profile.kind]),
            "definition": definition,
            "told": cut(definition.text, _LONGEST_TEXT) if definition else None,
            "plan": cut(reading.name(plan).text, _LONGEST_NAME) if plan else None,
            "publishers": [cut(reading.name(iri).text, _LONGEST_NAME) for iri in thing.profile.publishers[:2]],
            "page": reader.href(services.addresses.described_path(thing.iri)),
            "identifier": thing.iri,
        },
        headers=FRAMED,
        query=request.query,
    )
