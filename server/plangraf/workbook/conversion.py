"""The statements that the cells of a row make: for each value of a column with a property, one."""

from dataclasses import dataclass, field

import pyoxigraph as ox

from plangraf.namespaces import expand
from plangraf.workbook.addresses import PlanAddresses
from plangraf.workbook.code_lists import code_lists
from plangraf.workbook.columns import LANGUAGE_COLUMN, Column, ValueKind, Words
from plangraf.workbook.findings import CellFault, Findings
from plangraf.workbook.identities import Identities
from plangraf.workbook.references import AmbiguousReference, References, pieces, split
from plangraf.workbook.rows import CellPlace, Row, WorkbookRows
from plangraf.workbook.sheets import BY_KEY
from plangraf.workbook.statements import StatementList, node
from plangraf.workbook.values import Term, ValueFault, parse_code, parse_value

_EXAMPLES = 4
ANY_LANGUAGE = "nb"


@dataclass
class Conversion:
    """The conversion of one workbook, with all that is known of it so far.

    Attributes:
        addresses: the addresses of the plan.
        language: the language of texts whose row has none.
        findings: takes the faults.
        identities: the IRIs of the rows.
        references: the things that rows may refer to.
        statements: the statements made so far.
        blanks: the cells that are empty or faulty, by the subject and the property of the statements that they could
            make.
        rows: the rows of the workbook.
    """

    addresses: PlanAddresses
    language: str
    findings: Findings
    identities: Identities
    references: References
    statements: StatementList = field(default_factory=StatementList)
    blanks: dict[tuple[str, str], CellPlace] = field(default_factory=dict)
    rows: WorkbookRows = field(default_factory=WorkbookRows)

    def language_of(self, row: Row) -> str:
        """Return the language of the texts of a row."""
        return self.code(row, LANGUAGE_COLUMN) or self.language

    def code(self, row: Row, key: str) -> str:
        """Return the value that a cell with a single code stands for; empty if there is none, or a wrong one."""
        cell = row.cells.get(key)
        if cell is None:
            return ""
        column = row.sheet.by_key[key]
        try:
            return parse_code(cell.text, column)
        except ValueFault as fault:
            self.report(fault.fault, cell.place, column, cell.text)
            return ""

    def role(self, row: Row, default: str = "") -> str:
        """Return the last part of the IRI of the graph of a row; a translation is in the graph of its language."""
        cell = row.cells.get("role")
        text = cell.text if cell is not None else ""
        entry = code_lists()["role"].find(text) if text else None
        tail = entry.value if entry is not None else default
        if entry is None and cell is not None:
            if "/" in text or not text.replace("-", "").isalnum():
                self.report(CellFault.UNKNOWN_CODE, cell.place, row.sheet.by_key["role"], text)
            else:
                tail = text
        return f"translation-{self.language_of(row)}" if tail == "translation" else tail

    def reference(self, row: Row, key: str) -> str | None:
        """Return the IRI that a cell with a single reference names, or None."""
        found = self.terms(row, row.sheet.by_key[key])
        return found[0][0].value if found else None

    def terms(self, row: Row, column: Column) -> list[tuple[Term, CellPlace]]:
        """Return the values of the cell of a column, without those that are faulty, which are reported."""
        cell = row.cells.get(column.key)
        if cell is None:
            return []
        language = self.language_of(row) if column.kind is ValueKind.TEXT else ""
        found: list[tuple[Term, CellPlace]] = []
        for text in split(cell.text, column):
            try:
                found += [(term, cell.place) for term in self._parse(text, column, language, cell.place)]
            except ValueFault as fault:
                self.report(fault.fault, cell.place, column, text)
        return found

    def add(self, subject: str, prop: str, value: Term, graph: str, place: CellPlace, row: Row) -> None:
        """Add a statement.

        Args:
            subject: the IRI of the subject.
            prop: the property, as a prefixed name or an IRI.
            value: the value.
            graph: the IRI of the graph.
            place: the place of the value.
            row: the row of the subject.
        """
        quad = ox.Quad(ox.NamedNode(subject), node(prop), value, ox.NamedNode(graph))
        self.statements.add(quad, place, row.place)

    def add_type(self, subject: str, types: tuple[str, ...], graph: str, row: Row) -> None:
        """Add the types of a thing."""
        for each in types:
            self.add(subject, "rdf:type", node(each), graph, row.place, row)

    def add_columns(self, row: Row, subject: str, graph: str, *, but: tuple[str, ...] = ()) -> None:
        """Add the statements of all columns with a property.

        Args:
            row: the row.
            subject: the IRI of its thing.
            graph: the IRI of the graph of statements that have no other.
            but: the keys of columns to leave out.
        """
        for column in row.sheet.columns:
            if column.key in but or not column.properties:
                continue
            terms = self.terms(row, column)
            if not terms:
                for prop in column.properties:
                    self.blanks.setdefault((subject, expand(prop)), self._place_to_fill(row, column))
            if column.prop is None:
                continue
            target = self.addresses.graph(column.graph) if column.graph else graph
            for term, place in terms:
                self.add(subject, column.prop, term, target, place, row)

    def _place_to_fill(self, row: Row, column: Column) -> CellPlace:
        """Return the cell whose value is missing: that of the column, or one whose value stands for it."""
        if column.key not in row.cells:
            for sheet, key in column.defaults:
                for other in self.rows.of(sheet):
                    if other is not row and (key in other.cells or other.sheet.by_key[key].required):
                        return other.place_of(key)
        return row.place_of(column.key)

    def require(self, row: Row) -> None:
        """Report the required cells that are empty; a column that the sheet lacks has been reported once."""
        for column in row.sheet.columns:
            if column.required and column.key not in row.cells and not row.lacks_column(column.key):
                place = row.place_of(column.key)
                self.findings.add(CellFault.MISSING_VALUE, place, column=column.title, sheet=place.sheet)

    def report(self, fault: CellFault, place: CellPlace, column: Column, text: str) -> None:
        """Report a fault of a value."""
        values: dict[str, str | Words] = {"text": text, "column": column.title}
        if fault is CellFault.UNKNOWN_CODE and column.codes is not None:
            entries = code_lists()[column.codes].entries[:_EXAMPLES]
            values["examples"] = Words(*(", ".join(entry.shown(each) for entry in entries) for each in ("nb", "en")))
        elif fault is CellFault.UNKNOWN_REFERENCE:
            values["sheets"] = sheet_titles(column.targets)
        self.findings.add(fault, place, **values)

    def _parse(self, text: str, column: Column, language: str, place: CellPlace) -> list[Term]:
        if column.kind is ValueKind.REFERENCE:
            return [ox.NamedNode(iri) for iri in self._references(text, column, place)]
        if column.kind is ValueKind.CODE and column.multiple:
            try:
                return [parse_value(text, column, language)]
            except ValueFault:
                parts = pieces(text)
                if not parts:
                    raise
                return [parse_value(part, column, language) for part in parts]
        return [parse_value(text, column, language)]

    def _references(self, text: str, column: Column, place: CellPlace) -> list[str]:
        """Return the IRIs that a text refers to, as a whole or between commas.

        Raises:
            ValueFault: there is none.
        """
        try:
            found = self.references.find(text, column.targets)
            if found is not None:
                return [found]
            parts = [self.references.find(part, column.targets) for part in pieces(text)] if column.multiple else []
        except AmbiguousReference as error:
            places = ", ".join(str(thing.place) for thing in error.things)
            self.findings.add(CellFault.AMBIGUOUS_REFERENCE, place, text=text, places=places)
            return []
        iris = [part for part in parts if part is not None]
        if not iris or len(iris) < len(parts):
            raise ValueFault(CellFault.UNKNOWN_REFERENCE)
        return iris


def sheet_titles(keys: tuple[str, ...]) -> Words:
    """Return the titles of sheets, with commas between."""
    titles = [BY_KEY[key].title for key in keys]
    return Words(", ".join(each.nb for each in titles), ", ".join(each.en for each in titles))
