"""The pages of a preview: those of the application on a release of the upload alone, with links to one another."""

import re
import zlib
from dataclasses import replace
from html import unescape

from starlette.types import ASGIApp

from plangraf import shipped
from plangraf.app import assemble_app, make_services
from plangraf.engine.store_engine import StoreEngine
from plangraf.errors import InputError
from plangraf.formats import HTML, TURTLE, XLSX, Format
from plangraf.http.in_process import Head, get
from plangraf.languages import INTERFACE_LANGUAGES, InterfaceLanguage
from plangraf.linkeddata.addresses import DOCUMENTS, Addresses
from plangraf.namespaces import SDG
from plangraf.previewing.bundle import PreviewBundle, PreviewPage
from plangraf.previewing.limits import LIMITS, PreviewLimits
from plangraf.previewing.outcome import PreviewFailure
from plangraf.previewing.upload_release import UploadRelease, UploadReleases
from plangraf.release.dump_service import DumpService
from plangraf.release.dumps import Dumps, DumpSelection
from plangraf.settings import Settings
from plangraf.site.preview.resource import preview_path
from plangraf.view.preview_links import with_preview_links
from plangraf.view.render import compile_templates
from plangraf.workbook.example import example_rows
from plangraf.workbook.xlsx_writer import write_xlsx

_NOWHERE = shipped.DATA / "quads.nq"
"""The file of quads, which no page of a document reads."""
_HREF = re.compile(r' href="(/doc[/?][^"]*)"')
_FOLDERS = ("document", "goal", "plan", "sdg")
"""The folders of the site whose pages a document may have."""
_PLAN = shipped.DATA / "trondheim" / "samfunnsplan-2020-2032" / "plan.ttl"
"""A plan with things of every kind."""


class _NoDumps(DumpService):
    """The dumps of what is nowhere on disk: a confined process cannot even look for them."""

    def made(self, selection: DumpSelection) -> Dumps | None:
        return None


class PreviewRenderer:
    """Renders the pages of uploads.

    Args:
        settings: what every page says of the operator.
        limits: how many pages a preview has, and how large they may be.
    """

    def __init__(self, settings: Settings, limits: PreviewLimits = LIMITS) -> None:
        self._settings = settings.model_copy(
            update={"state": None, "release": None, "cache_size": 0, "page_cache_size": 0}
        )
        self._limits = limits
        self._releases = UploadReleases()

    async def warm(self) -> None:
        """Render something of each kind, because libraries load modules and files on first use."""
        compile_templates(_FOLDERS)
        await self.render(write_xlsx(example_rows("nb")), XLSX, "")
        await self.render(_PLAN.read_bytes(), TURTLE, "")

    async def render(self, data: bytes, source: Format, token: str) -> PreviewBundle | PreviewFailure:
        """Return the page of the first plan of an upload and those of its first things, in each language.

        Args:
            data: the upload.
            source: its format.
            token: the secret part of the address of the preview.
        """
        try:
            release = self._releases.of(data, source)
        except InputError:
            return PreviewFailure.NO_PLAN
        if not release.manifest.plans:
            return PreviewFailure.NO_PLAN
        services = make_services(StoreEngine(release.store), release.manifest, _NOWHERE, (), (), self._settings)
        services.facts.dump_service = _NoDumps(_NOWHERE)
        app = assemble_app(replace(services, preview=self._limits))
        return await self._pages(app, release, services.addresses, preview_path(token))

    async def _pages(
        self, app: ASGIApp, release: UploadRelease, addresses: Addresses, address: str
    ) -> PreviewBundle | PreviewFailure:
        """Render the pages until there are enough, and have their links lead to each other."""
        plan = addresses.described_path(release.manifest.plans[0])
        rendered: dict[str, dict[InterfaceLanguage, bytes]] = {}
        size = 0
        page = await _page(app, plan, "nb")
        if page is None:
            return PreviewFailure.CRASH  # the log has the fault
        for path in (plan, *_things(release, addresses, plan, page)):
            pages = await self._in_each_language(app, path)
            size += sum(map(len, pages.values()))
            if path == plan and (not pages or size > self._limits.largest):
                return PreviewFailure.TOO_LARGE
            if size > self._limits.largest or len(rendered) > self._limits.things:
                break
            if pages:
                rendered[path] = pages
        numbers = {path: f"{address}/{number}" if number else address for number, path in enumerate(rendered)}
        return PreviewBundle(
            {
                PreviewPage(number, language): _compressed(with_preview_links(_html(page), numbers))
                for number, pages in enumerate(rendered.values())
                for language, page in pages.items()
            }
        )

    async def _in_each_language(self, app: ASGIApp, path: str) -> dict[InterfaceLanguage, bytes]:
        """Return a page in each language, compressed; nothing if it cannot be shown in one of them."""
        pages: dict[InterfaceLanguage, bytes] = {}
        for language in INTERFACE_LANGUAGES:
            page = await _page(app, path, language)
            if page is None or len(page) > self._limits.largest_page:
                return {}
            pages[language] = _compressed(page)
        return pages


def _things(release: UploadRelease, addresses: Addresses, plan: str, page: str) -> list[str]:
    """Return the paths of the documents about what the upload describes, those first that the plan's page names.

    Args:
        release: the release of the upload.
        addresses: its addresses.
        plan: the path of the document about the plan.
        page: the page of the plan.
    """
    described = {
        path
        for iri in release.described
        if not iri.startswith(SDG) and (path := addresses.described_path(iri)).startswith(DOCUMENTS)
    } - {plan}
    linked = [_without_language(unescape(link)) for link in _HREF.findall(page)]
    return [path for path in dict.fromkeys((*linked, *sorted(described))) if path in described]


async def _page(app: ASGIApp, path: str, language: InterfaceLanguage) -> str | None:
    """Return the HTML of a page of the application, or None if it has another status than 200."""
    heads: list[Head] = []
    body: list[bytes] = []
    target = f"{path}{'&' if '?' in path else '?'}lang={language}"
    status = await get(app, target, [("Host", "localhost"), ("Accept", HTML.media_type)], heads.append, body.append)
    return b"".join(body).decode() if status == 200 else None


def _without_language(link: str) -> str:
    """Return the path of a link of a page that `lang` has selected."""
    return re.sub(r"[?&]lang=\w+$", "", link.partition("#")[0])


def _compressed(page: str) -> bytes:
    return zlib.compress(page.encode())


def _html(page: bytes) -> str:
    return zlib.decompress(page).decode()
