"""The page with the list of all downloads."""

from plangraf.http.negotiate import page_number
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.linkeddata.catalogue import CATALOGUE_PATH
from plangraf.linkeddata.datasets import graphs_of_dump
from plangraf.release.dumps import Dumps
from plangraf.view.page import Page
from plangraf.view.paging import count_pages
from plangraf.view.reader import Reader
from plangraf.view.reading import Name, Reference

DUMPS_PATH = "/dumps"

_ON_PAGE = 100
"""The maximum number of files on a page, so that its HTML is below 100 kB."""

_DESCRIPTION = N_(
    "All files of the release to download: the whole release, each dataset and each named graph, with size, checksum "
    "and licence."
)


async def dumps_page(dumps: Dumps, request: RecordingRequest, services: Services) -> Page:
    """Return a page of the list of all downloads: no call of the engine once the facts of the release are read.

    Raises:
        RequestMalformed: the number of the page is none.
        ResourceNotFound: there is no such page.
    """
    datasets, reader, number = await services.facts.datasets(), Reader.of(request), page_number(request)
    pages = count_pages(len(dumps.files), _ON_PAGE, number)
    _ = reader.gettext
    title, description = _("Downloads"), _(_DESCRIPTION)
    files = [
        (dump, f"/dumps/{dump.name}", datasets.sources(graphs_of_dump(dump.name, datasets)).licences)
        for dump in dumps.files[(number - 1) * _ON_PAGE : number * _ON_PAGE]
    ]
    catalogue = Reference(
        CATALOGUE_PATH, reader.href(CATALOGUE_PATH), Name(_("Catalogue and downloads")), None, local=True
    )
    data = [
        (label, media_type, reader.href(f"{DUMPS_PATH}{ending}"))
        for label, media_type, ending in (("CSV", "text/csv", ".csv"), ("JSON", "application/json", ".json"))
    ]
    context = {
        "files": files,
        "lead": description,
        "data": data,
        "at": number,
        "pages": pages,
        "before": reader.href(f"{DUMPS_PATH}?page={number - 1}"),
        "after": reader.href(f"{DUMPS_PATH}?page={number + 1}"),
    }
    query = f"page={number}" if number > 1 else ""
    return Page("dumps/dumps.html", title, context, query=query, trail=(catalogue,), description=description)
