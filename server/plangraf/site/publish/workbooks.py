"""The workbooks to begin with: the empty template and the worked example, in each language."""

from dataclasses import dataclass
from functools import cache

from anyio import to_thread

from plangraf.formats import XLSX
from plangraf.http.content import Content
from plangraf.http.disposition import attachment
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import BILINGUAL_LANGUAGES, BilingualLanguage


@dataclass(frozen=True)
class WorkbookDownload:
    """A workbook to begin with.

    Attributes:
        language: the language of the names of sheets and columns.
        example: whether it is filled in with the worked example.
    """

    language: BilingualLanguage
    example: bool

    @property
    def file_name(self) -> str:
        """The name under which browsers save it."""
        return f"{'example' if self.example else 'template'}-{self.language}.{XLSX.extension}"

    @property
    def path(self) -> str:
        """The path of its address."""
        return f"/publish/{self.file_name}"

    async def content(self, _: None, __: RecordingRequest, ___: Services) -> Content:
        """Return the workbook, which has the same bytes at each request of every server of this version."""
        data = await to_thread.run_sync(_written, self)
        headers = {"Content-Disposition": attachment(self.file_name)}
        return Content(data, language=self.language, headers=headers)


WORKBOOKS = tuple(
    WorkbookDownload(language, example) for language in BILINGUAL_LANGUAGES for example in (False, True)
)
"""All of them."""


@cache
def _written(download: WorkbookDownload) -> bytes:
    # They import openpyxl, which servers need for little else.
    from plangraf.workbook.example import example_rows
    from plangraf.workbook.rows import WorkbookRows
    from plangraf.workbook.xlsx_writer import write_xlsx

    rows = example_rows(download.language) if download.example else WorkbookRows()
    return write_xlsx(rows, download.language, example=download.example)
