"""The messages between `plangraf draft` and the process that reads a document: the task and its result."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from plangraf.drafting.finds import UnplacedHeading
from plangraf.languages import InterfaceLanguage
from plangraf.workbook.rows import WorkbookRows, made_row
from plangraf.workbook.sheets import BY_KEY


class DraftTask(BaseModel):
    """The parameters of a draft.

    Attributes:
        name: the name of the file.
        source: the address where the document is published; empty if it is not known.
        language: the language of the codes in the cells.
    """

    name: str
    source: str = ""
    language: InterfaceLanguage = "nb"


class DraftedPlan(BaseModel):
    """The rows that were drafted from a document.

    Attributes:
        texts: the texts of the cells, by the keys of their columns, for each row of each sheet.
        unplaced: the headings that could not be placed.
        pages: the number of pages, or 0 for a document without pages.
        scanned: the numbers of the pages that are pictures without text.
    """

    texts: Mapping[str, Sequence[Mapping[str, str]]]
    unplaced: Sequence[UnplacedHeading] = ()
    pages: int = 0
    scanned: Sequence[int] = ()

    def rows(self) -> WorkbookRows:
        """Return the rows."""
        return WorkbookRows({key: [made_row(BY_KEY[key], each) for each in rows] for key, rows in self.texts.items()})

    def counts(self) -> Mapping[str, int]:
        """Return how many rows each sheet has that a person is to read over, by the keys of the sheets."""
        return {key: len(rows) for key, rows in self.texts.items() if "draft" in BY_KEY[key].by_key}


class DraftAnswer(BaseModel):
    """The answer of the process.

    Attributes:
        draft: what was drafted, or None if the document cannot be read.
        error: why it cannot be read.
    """

    draft: DraftedPlan | None = None
    error: str = ""
