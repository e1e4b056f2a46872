"""The address of `security.txt` (RFC 9116)."""

from datetime import UTC, datetime, timedelta

from plangraf.errors import ResourceNotFound
from plangraf.formats import TEXT
from plangraf.http.content import Content
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource, no_model
from plangraf.http.services import Services
from plangraf.languages import INTERFACE_LANGUAGES, N_

_PATH = "/.well-known/security.txt"
_GOOD_FOR = timedelta(days=90)


async def _write(_: None, request: RecordingRequest, services: Services) -> Content:
    """Return the contacts of the settings.

    Raises:
        ResourceNotFound: the settings have no contact, which the file must have.
    """
    email, url = services.settings.contact_email, services.settings.contact_url
    contacts = [*([f"mailto:{email}"] if email else []), *([url] if url else [])]
    if not contacts:
        raise ResourceNotFound(N_("The operator of this server has set no contact."))
    expires = (datetime.now(UTC) + _GOOD_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        *(f"Contact: {contact}" for contact in contacts),
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        f"Preferred-Languages: {', '.join(INTERFACE_LANGUAGES)}",
        f"Canonical: {request.base}{_PATH}",
    ]
    return Content("\n".join([*lines, ""]).encode())


RESOURCES = (
    Resource(
        path=_PATH,
        summary="the contact for reports of security problems (RFC 9116); 404 if the settings have none",
        model=no_model,
        forms=(Form(TEXT, _write),),
        lasting=False,  # it expires
        of_release=False,
    ),
)
