"""The words for the declaration of a workbook: sheets, their columns, and the kinds of values in these."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from plangraf.languages import InterfaceLanguage, bilingual

LANGUAGE_COLUMN = "lang"
"""The key of the column with the language of the texts of a row."""
ID_COLUMN = "id"
"""The key of the column by which a row keeps its IRI."""


@dataclass(frozen=True)
class Words:
    """A text in bokmål and English."""

    nb: str
    en: str

    def in_language(self, language: InterfaceLanguage) -> str:
        """Return the text for a reader of `language`."""
        return self.nb if bilingual(language) == "nb" else self.en

    @property
    def both(self) -> tuple[str, str]:
        """The text in both languages, Norwegian first."""
        return (self.nb, self.en)


class ValueKind(Enum):
    """The kinds of values that the cells of a column hold.

    TEXT has the language of its row, PLAIN has none. DATE is a day, a month or a year. CODE is an entry of a code
    list, REFERENCE names the row of a thing or an IRI, and ADDRESS is an IRI.
    """

    TEXT = auto()
    PLAIN = auto()
    INTEGER = auto()
    NUMBER = auto()
    DATE = auto()
    YEAR = auto()
    CODE = auto()
    REFERENCE = auto()
    ADDRESS = auto()


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a sheet, or a field of a form.

    Attributes:
        key: the name in CSV metadata and in programs.
        title: the heading.
        help: what belongs into the cells.
        kind: the kind of the values.
        prop: the property of the model, as a prefixed name, or None for a column with a meaning of its own.
        required: whether each row needs a value.
        multiple: whether a cell may hold several values, with a vertical bar between them.
        codes: the key of the code list of a CODE.
        targets: the keys of the sheets whose rows a REFERENCE may name.
        graph: the last part of the IRI of the graph of the statements; empty for the graph of the plan itself.
        defaults: the columns whose values stand for an empty cell, by the keys of sheet and column, the first first.
        feeds: the properties of statements that the cells make beside `prop`, as prefixed names.
    """

    key: str
    title: Words
    help: Words
    kind: ValueKind = ValueKind.TEXT
    prop: str | None = None
    required: bool = False
    multiple: bool = False
    codes: str | None = None
    targets: tuple[str, ...] = ()
    graph: str = ""
    defaults: tuple[tuple[str, str], ...] = ()
    feeds: tuple[str, ...] = ()

    @property
    def properties(self) -> tuple[str, ...]:
        """The properties of all statements that the cells make, as prefixed names."""
        return (self.prop, *self.feeds) if self.prop is not None else self.feeds


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet of the workbook.

    Attributes:
        key: the name in CSV folders and in programs.
        title: the name of the sheet.
        help: what its rows are.
        columns: the columns, in the order of the template.
        types: the classes of the things that the rows describe, as prefixed names.
        path: the part of a minted IRI before the number, such as `goal`.
        form: whether the sheet describes one thing, with a row for each field.
    """

    key: str
    title: Words
    help: Words
    columns: tuple[Column, ...]
    types: tuple[str, ...] = ()
    path: str = ""
    form: bool = False

    @cached_property
    def by_key(self) -> Mapping[str, Column]:
        """The columns by their keys."""
        return {column.key: column for column in self.columns}
