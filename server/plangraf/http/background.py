"""The work that is done once for a server and not in the processes that answer: validation, changes, files."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from plangraf.http.metrics import PreviewMetrics
from plangraf.http.problems import problem_of
from plangraf.previewing.bundle import PreviewPage
from plangraf.previewing.outcome import PreviewOutcome
from plangraf.previewing.service import PreviewService
from plangraf.publishing.change import GraphRequest
from plangraf.publishing.service import PublishingPlace, PublishingService
from plangraf.release.dump_service import write_dumps
from plangraf.release.dump_writer import DumpJob
from plangraf.search.index_service import write_index
from plangraf.search.release_index import IndexJob
from plangraf.settings import Settings
from plangraf.validation.service import ValidationPlace, ValidationService


class Background(Protocol):
    """Validates uploads, changes graphs and makes files of a release, in processes of their own.

    Attributes:
        scratch: the directory for files of a release whose own directory is not writable; None for a temporary one.
    """

    scratch: Path | None

    async def get_ready(self) -> None:
        """Start a process for the next upload, unless there is one."""

    def validation_place(self, client: str) -> AbstractAsyncContextManager[ValidationPlace]:
        """Hold a place for an upload of `client`, whose body is read only then.

        Raises:
            TooManyUploads: all places, or those that one client may have, are taken.
        """

    async def get_preview_ready(self) -> None:
        """Start a process for the preview of an upload that is about to be validated."""

    async def make_preview(self, data: bytes, source: str) -> PreviewOutcome:
        """Render the pages of an upload that has been validated and still has its place, and keep them for a while.

        Args:
            data: the upload.
            source: the key of its format.
        """

    async def preview_page(self, token: str, page: PreviewPage) -> bytes | None:
        """Return a page of a preview, compressed with zlib; None if there is none, or not any more."""

    def publishing_place(self, request: GraphRequest) -> AbstractAsyncContextManager[PublishingPlace]:
        """Hold a place for a request to change a graph, whose body is read only then.

        Raises:
            RequestError: the token or the graph is refused, or another change is under way.
        """

    async def write_dumps(self, job: DumpJob) -> None:
        """Write dumps; concurrent calls with the same job share the work.

        Raises:
            DumpsUnavailable: writing failed.
        """

    async def write_index(self, job: IndexJob) -> None:
        """Make a search index; concurrent calls with the same job share the work.

        Raises:
            IndexUnavailable: making it failed.
        """

    async def close(self) -> None:
        """Stop what this process has started."""


class LocalBackground:
    """The background work of an application that runs in a single process."""

    scratch: Path | None = None

    def __init__(self, settings: Settings) -> None:
        self._validation = ValidationService(settings)
        self._previews = PreviewService(settings, PreviewMetrics())
        self._publishing = PublishingService(settings, lambda error: problem_of(error).status)

    async def get_ready(self) -> None:
        """Start a process for the next upload."""
        self._validation.get_ready()

    def validation_place(self, client: str) -> AbstractAsyncContextManager[ValidationPlace]:
        """Hold a place for an upload."""
        return self._validation.place(client)

    async def get_preview_ready(self) -> None:
        """Start a process for the next preview."""
        self._previews.get_ready()

    async def make_preview(self, data: bytes, source: str) -> PreviewOutcome:
        """Render the pages of an upload in a process, and keep them."""
        return await self._previews.make(data, source)

    async def preview_page(self, token: str, page: PreviewPage) -> bytes | None:
        """Return a page of a preview."""
        return self._previews.page(token, page)

    def publishing_place(self, request: GraphRequest) -> AbstractAsyncContextManager[PublishingPlace]:
        """Hold a place for a request to change a graph."""
        return self._publishing.place(request)

    async def write_dumps(self, job: DumpJob) -> None:
        """Write dumps in a process."""
        await write_dumps(job)

    async def write_index(self, job: IndexJob) -> None:
        """Make a search index in a process."""
        await write_index(job)

    async def close(self) -> None:
        """Stop the processes that wait for an upload."""
        await self._previews.close()
        await self._validation.close()
