"""The page with the list of all downloads."""

from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.linkeddata.catalogue import CATALOGUE_PATH
from plangraf.linkeddata.datasets import graphs_of_dump
from plangraf.release.dumps import Dumps
from plangraf.view.page import Page
from plangraf.view.reader import Reader
from plangraf.view.reading import Name, Reference

DUMPS_PATH = "/dumps"

_DESCRIPTION = N_(
    "All files of the release to download: the whole release, each dataset and each named graph, with size, checksum "
    "and licence."
)


async def dumps_page(dumps: Dumps, request: RecordingRequest, services: Services) -> Page:
    """Return the page with all downloads: no call of the engine once the facts of the release are read."""
    datasets, reader = await services.facts.datasets(), Reader.of(request)
    _ = reader.gettext
    title, description = _("Downloads"), _(_DESCRIPTION)
    files = [
        (dump, f"/dumps/{dump.name}", datasets.sources(graphs_of_dump(dump.name, datasets)).licences)
        for dump in dumps.files
    ]
    catalogue = Reference(
        CATALOGUE_PATH, reader.href(CATALOGUE_PATH), Name(_("Catalogue and downloads")), None, local=True
    )
    data = [
        (label, media_type, reader.href(f"{DUMPS_PATH}{ending}"))
        for label, media_type, ending in (("CSV", "text/csv", ".csv"), ("JSON", "application/json", ".json"))
    ]
    context = {"files": files, "lead": description, "data": data}
    return Page("dumps/dumps.html", title, context, trail=(catalogue,), description=description)
