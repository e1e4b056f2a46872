"""Whether there is or has been an answer at an address, in any release."""

from urllib.parse import unquote

from plangraf.errors import ResourceGone, ResourceNotFound
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services


async def has_been(path: str, request: RecordingRequest, services: Services) -> bool:
    """Return whether a path is that of a page of the site, or of something that any release has published.

    Args:
        path: the raw path.
        request: the request in which it is named.
        services: the services of the current release.

    Raises:
        PlangrafError: it cannot be told now, as when the search index is being made.
    """
    resource = next((each for each in services.resources if each.matches(unquote(path))), None)
    if resource is None or not resource.variable:
        return resource is not None
    asked = request.at(path, resource.endings)
    if resource.about is not None:
        names = {iri: None for stem in (asked.stem, path) for iri in resource.about(stem, services)}
        return any(iri in services.manifest.counts.graphs or iri in services.ledger for iri in names) or (
            await services.changes.ask(lambda log: any(log.versions(iri, 1) for iri in names))
        )
    try:
        if resource.ready is not None:
            await resource.ready(services)
        await resource.model(asked, services)
    except (ResourceGone, ResourceNotFound):
        return False
    return True
