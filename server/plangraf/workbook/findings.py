"""Faults of cells, each with its place and its correction in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from plangraf.languages import N_, InterfaceLanguage, Msgid, filled
from plangraf.workbook.columns import Words
from plangraf.workbook.rows import CellPlace


class Weight(Enum):
    """How much a finding weighs, by the names that SHACL has for it."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


@dataclass(frozen=True)
class _Fault:
    weight: Weight
    template: Msgid


class CellFault(Enum):
    """The kinds of faults of a workbook; the value has the weight and the message."""

    MISSING_SHEET = _Fault(
        Weight.VIOLATION, N_("The workbook has no sheet “{sheet}”. Keep the names of the sheets of the template.")
    )
    MISSING_COLUMN = _Fault(Weight.VIOLATION, N_("The sheet has no column “{column}”, which each row needs."))
    UNKNOWN_SHEET = _Fault(Weight.INFO, N_("“{text}” is not one of the sheets of the template and is not read."))
    UNKNOWN_COLUMN = _Fault(Weight.WARNING, N_("“{text}” is not a column of this sheet and is not read."))
    COLUMN_TWICE = _Fault(
        Weight.WARNING, N_("There are two columns “{column}”. Only the first one is read; remove the other.")
    )
    SHEET_TWICE = _Fault(Weight.WARNING, N_("There is another sheet “{sheet}”. This one is not read."))
    MISSING_VALUE = _Fault(
        Weight.VIOLATION,
        N_("Fill in “{column}” on the sheet {sheet}: the cell is empty, and it needs a value."),
    )
    UNKNOWN_CODE = _Fault(
        Weight.VIOLATION, N_("“{text}” is not on the list of “{column}”. Choose from the list: {examples}.")
    )
    UNKNOWN_FIELD = _Fault(Weight.VIOLATION, N_("“{text}” is not the title of a field of these sheets."))
    UNKNOWN_REFERENCE = _Fault(
        Weight.VIOLATION,
        N_("“{text}” is neither number, name nor ID of a row on: {sheets}. Correct it, or write an address."),
    )
    AMBIGUOUS_REFERENCE = _Fault(Weight.VIOLATION, N_("“{text}” may be one of several rows: {places}. Write the ID."))
    NOT_A_DATE = _Fault(
        Weight.VIOLATION,
        N_("“{text}” is not a date. Write a day (2025-03-20 or 20.03.2025), a month (2025-03) or a year (2025)."),
    )
    NOT_A_YEAR = _Fault(Weight.VIOLATION, N_("“{text}” is not a year. Write four digits."))
    NOT_A_NUMBER = _Fault(
        Weight.VIOLATION, N_("“{text}” is not a number. Write digits with a comma or a point, and no unit.")
    )
    NOT_AN_INTEGER = _Fault(Weight.VIOLATION, N_("“{text}” is not a whole number."))
    NOT_AN_ADDRESS = _Fault(
        Weight.VIOLATION, N_("“{text}” is not a web address. It begins with https:// and has no spaces.")
    )
    NOT_A_CODE_OF_PLAN = _Fault(
        Weight.VIOLATION,
        N_("“{text}” is not a code of a plan. Write two short names with a slash between: eksempelvik/plan-2025."),
    )
    NUMBER_TWICE = _Fault(
        Weight.VIOLATION,
        N_("The number {text} is also in {places}. Correct one of them, or tell them apart by their IDs."),
    )
    ID_TWICE = _Fault(
        Weight.VIOLATION, N_("The ID {text} is also in {places}. Empty the cell of the row that is new.")
    )
    NUMBER_TAKEN = _Fault(
        Weight.WARNING,
        N_("Another row had the number {text} before and keeps its address ({places}). This row gets the ID {id}."),
    )
    OTHER_SDG = _Fault(Weight.VIOLATION, N_("The target {text} does not belong to the goal {goal}."))
    TWO_LINKS = _Fault(
        Weight.VIOLATION,
        N_("The row links to an SDG and to a goal of another plan. Give each link a row of its own."),
    )
    NO_SUCH_STATEMENT = _Fault(
        Weight.VIOLATION, N_("“{text}” is not the content of “{column}” there. Copy it from the cell that it is in.")
    )
    SEVERAL_STATEMENTS = _Fault(
        Weight.VIOLATION, N_("“{column}” has several values there. Copy the one that is meant into this cell.")
    )
    DATE_MADE = _Fault(
        Weight.VIOLATION,
        N_("The spreadsheet program made the date {text} of this. Format the column as text and write it again."),
    )
    NUMBER_MADE = _Fault(
        Weight.WARNING,
        N_("The cell is a number, so 1.10 and 1.1 are the same. Format the column as text."),
    )
    FORMULA = _Fault(Weight.INFO, N_("The cell has a formula. Its value “{text}” is read."))
    FORMULA_WITHOUT_VALUE = _Fault(
        Weight.VIOLATION,
        N_("The cell has a formula without a stored value. Open the file in a spreadsheet program and save it."),
    )
    ERROR_VALUE = _Fault(Weight.VIOLATION, N_("The cell has the error {text} of the spreadsheet program."))
    MERGED = _Fault(
        Weight.WARNING, N_("The cells {text} are merged. Their value is read once, for the first row and column.")
    )
    HIDDEN_ROW = _Fault(Weight.INFO, N_("The row is hidden. It is read like the others."))
    LIST_IN_CELL = _Fault(Weight.WARNING, N_("The cell looks like a list. Give each item a row of its own."))
    BROKEN_WORD = _Fault(
        Weight.WARNING,
        N_("A word seems to be divided at the end of a line. Remove the hyphen if it does not belong there."),
    )
    TWO_LANGUAGES = _Fault(
        Weight.WARNING,
        N_("The cell seems to have a text in two languages. Move one of them to the sheet “{sheet}”."),
    )
    DRAFT = _Fault(
        Weight.WARNING, N_("A program filled in this row. Read it over, correct it, and empty the cell “{column}”.")
    )
    MACROS = _Fault(Weight.INFO, N_("The workbook has macros. They are not run and not kept."))
    EXTERNAL_LINKS = _Fault(
        Weight.INFO, N_("The workbook has links to other files. They are not followed; stored values are read.")
    )
    OLD_TEMPLATE = _Fault(
        Weight.INFO,
        N_("The workbook was made with version {text} of the template. The newest one may have more columns."),
    )
    ENCODING = _Fault(Weight.INFO, N_("The file is read as {text}. Save it as UTF-8 if letters are wrong."))

    @property
    def weight(self) -> Weight:
        """The weight of the fault."""
        return self.value.weight

    @property
    def camel_case(self) -> str:
        """The name of the fault in IRIs."""
        return "".join(part.capitalize() for part in self.name.split("_"))


@dataclass(frozen=True)
class CellFinding:
    """A fault at a place.

    Attributes:
        fault: the kind of fault.
        place: the cell.
        values: the values for the placeholders of the message.
    """

    fault: CellFault
    place: CellPlace
    values: Mapping[str, str | Words] = field(default_factory=dict, hash=False)

    def message(self, language: InterfaceLanguage) -> str:
        """Return the fault and its correction in one of the languages."""
        values = {
            name: value.in_language(language) if isinstance(value, Words) else value
            for name, value in self.values.items()
        }
        return filled(self.fault.value.template, values, language)


class Findings:
    """The findings of one workbook, each once, in the order in which they are added.

    Attributes:
        language: the language of the sheets and columns of the file, in which messages name them, or None.
    """

    def __init__(self) -> None:
        self.language: InterfaceLanguage | None = None
        self._found: dict[tuple[object, ...], CellFinding] = {}

    def add(self, fault: CellFault, place: CellPlace, **values: str | Words) -> None:
        """Add a finding, unless it was added before."""
        if self.language is not None:
            values = {
                name: each.in_language(self.language) if isinstance(each, Words) else each
                for name, each in values.items()
            }
        key = (fault, place, *sorted((name, str(each)) for name, each in values.items()))
        self._found.setdefault(key, CellFinding(fault, place, values))

    @property
    def all(self) -> tuple[CellFinding, ...]:
        """The findings."""
        return tuple(self._found.values())
