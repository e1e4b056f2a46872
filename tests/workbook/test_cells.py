"""What people and their programs do to cells: handled, or named by cell."""

from datetime import datetime

import pytest
from openpyxl.workbook.workbook import Workbook
from tests.workbook.books import (
    PLAN,
    SOURCE,
    CellValue,
    changed,
    column,
    example,
    faults,
    field_row,
    read,
    rows_with,
    sheet_of,
    statements,
    values,
    with_cells,
)

from plangraf.languages import InterfaceLanguage
from plangraf.namespaces import ID, expand
from plangraf.workbook.addresses import PlanAddresses
from plangraf.workbook.findings import CellFault
from plangraf.workbook.from_statements import from_statements
from plangraf.workbook.rows import WorkbookRows
from plangraf.workbook.sheets import SHEETS
from plangraf.workbook.xlsx_writer import write_xlsx

OTHER = "https://w3id.org/plangraf/id/bergen/bergen-2030/goal/gronn"
NAME = expand("skos:prefLabel")
NOTATION = expand("skos:notation")
GOAL_NAME = f"{column('goals', 'name')}3"
GOAL_NUMBER = f"{column('goals', 'number')}3"
GOAL_PARENT = f"{column('goals', 'parent')}3"


@pytest.mark.parametrize(
    ("cell", "value", "fault"),
    [
        (GOAL_NAME, None, None),
        (GOAL_PARENT, "Delmål 7", CellFault.UNKNOWN_REFERENCE),
        (f"{column('goals', 'order')}3", "først", CellFault.NOT_AN_INTEGER),
        (f"{column('goals', 'wording')}3", "som gjettet", CellFault.UNKNOWN_CODE),
        (f"{column('goals', 'see_also')}3", "www.eksempelvik.example", CellFault.NOT_AN_ADDRESS),
        (GOAL_NUMBER, datetime(2026, 10, 1), CellFault.DATE_MADE),  # cells have no zone
        (GOAL_NUMBER, 1.1, CellFault.NUMBER_MADE),
        (GOAL_NAME, "#REF!", None),
        (GOAL_NAME, "• Rene strender\n• Åpne bekker", CellFault.LIST_IN_CELL),
        (GOAL_NAME, "Kommunen er klima-\nnøytral", CellFault.BROKEN_WORD),
        (GOAL_NAME, "Vi tar vare på vannet / We look after the water", CellFault.TWO_LANGUAGES),
        (GOAL_NAME, "Rent vann til alle\nClean water to all of us", CellFault.TWO_LANGUAGES),
        (GOAL_NAME, "Vi tar vare på vannet (We look after the water)", CellFault.TWO_LANGUAGES),
        (f"{column('goals', 'draft')}3", "ja", CellFault.DRAFT),
    ],
)
def test_a_wrong_cell_is_named_once(cell: str, value: CellValue, fault: CellFault | None) -> None:
    found = faults(read(with_cells("Mål", {cell: value})))
    if fault is None:
        expected = CellFault.ERROR_VALUE if value else CellFault.MISSING_VALUE
        assert (expected, f"Mål!{cell}") in found
    else:
        # A number that is lost takes references to it along.
        assert found[0] == (fault, f"Mål!{cell}")
        assert len(found) == 1 or fault is CellFault.DATE_MADE


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("  Ingen bygger der vannet kommer ", "Ingen bygger der vannet kommer"),
        ("Ingen\u00a0bygger der\u2009vannet kommer", "Ingen bygger der vannet kommer"),
        ("Ingen byg\u00adger der van\u200bnet kommer\ufeff", "Ingen bygger der vannet kommer"),
        ("Ingen bygger\nder vannet\r\nkommer", "Ingen bygger der vannet kommer"),
        ("A\u030a pne bekker".replace(" p", "p"), "Åpne bekker"),
    ],
)
def test_stray_characters_are_removed(written: str, meant: str) -> None:
    found = read(with_cells("Mål", {GOAL_NAME: written}))
    assert meant in values(found, "goal/1.1", NAME)
    assert found.findings == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (datetime(2025, 3, 20), "2025-03-20"),  # cells have no zone
        ("20.03.2025", "2025-03-20"),
        ("20. mars 2025", "2025-03-20"),
        ("mars 2025", "2025-03"),
        ("2025-3", "2025-03"),
        (2025, "2025"),
        ("2025 ", "2025"),
    ],
)
def test_dates_are_read_as_people_and_programs_write_them(written: CellValue, meant: str) -> None:
    found = read(with_cells("Plan", {f"B{field_row('accepted')}": written}))
    assert values(found, PLAN, expand("dct:dateAccepted")) == [meant]
    assert found.findings == ()


@pytest.mark.parametrize("written", ["31.02.2025", "i fjor", "2025-13", "20.3.25", "2025/2026"])
def test_what_is_no_date_is_an_error(written: str) -> None:
    place = f"B{field_row('accepted')}"
    assert faults(read(with_cells("Plan", {place: written}))) == [(CellFault.NOT_A_DATE, f"Plan!{place}")]


@pytest.mark.parametrize(
    ("written", "meant"), [("12,5", "12.5"), (12.5, "12.5"), ("1 200", "1200"), ("1.10", "1.10"), (-3, "-3")]
)
def test_numbers_are_read_with_comma_and_point(written: CellValue, meant: str) -> None:
    found = read(with_cells("Indikatorer", {f"{column('indicators', 'baseline')}2": written}))
    assert values(found, "indicator/1", expand("plan:baseline")) == [meant]
    assert found.findings == ()


def test_a_formula_is_read_by_its_value_and_one_without_is_an_error() -> None:
    found = read(with_cells("Mål", {GOAL_NAME: "=A1&B1"}))
    assert (CellFault.FORMULA_WITHOUT_VALUE, f"Mål!{GOAL_NAME}") in faults(found)


def test_merged_cells_and_hidden_rows_are_read_and_named() -> None:
    def change(workbook: Workbook) -> None:
        worksheet = sheet_of(workbook, "Mål")
        worksheet.merge_cells("E2:E3")
        worksheet.row_dimensions[3].hidden = True

    found = read(changed(change))
    assert (CellFault.MERGED, "Mål!E2") in faults(found)
    assert (CellFault.HIDDEN_ROW, "Mål!A3") in faults(found)
    assert values(found, "goal/1.1", NOTATION) == ["1.1"]


def test_order_names_and_language_of_sheets_and_columns_do_not_matter() -> None:
    def change(workbook: Workbook) -> None:
        worksheet = sheet_of(workbook, "Mål")
        worksheet.insert_rows(2, 2)
        worksheet.insert_cols(3)
        worksheet.insert_rows(1)
        worksheet.title = "Våre mål 2025"
        names = {title: each.title.en for each in SHEETS[2].columns for title in each.title.both}
        for cell in worksheet[2]:
            cell.value = names.get(str(cell.value).rstrip("* "), cell.value)
        workbook.move_sheet("Strategier", -3)
        sheet_of(workbook, "Strategier").title = "Strategies"

    found = read(changed(change))
    assert found.findings == ()
    assert set(found.quads) == set(read(example()).quads)


def test_other_sheets_and_columns_are_named_and_not_read() -> None:
    def change(workbook: Workbook) -> None:
        workbook.create_sheet("Notater")["A1"] = "Husk møtet"
        worksheet = sheet_of(workbook, "Mål")
        last = worksheet.max_column + 1
        worksheet.cell(1, last).value = "Saksbehandler"
        worksheet.cell(2, last).value = "Kari"

    found = faults(read(changed(change)))
    assert {fault for fault, _ in found} == {CellFault.UNKNOWN_SHEET, CellFault.UNKNOWN_COLUMN}
    assert (CellFault.UNKNOWN_SHEET, "Notater!A1") in found


def test_a_sheet_and_a_column_that_are_missing_are_named() -> None:
    def change(workbook: Workbook) -> None:
        del workbook["Plan"]
        sheet_of(workbook, "Mål").delete_cols(3)

    found = read(changed(change))
    assert {CellFault.MISSING_SHEET, CellFault.MISSING_COLUMN} <= {fault for fault, _ in faults(found)}


def test_an_id_keeps_the_address_of_what_is_renumbered_and_its_number_can_be_used_again() -> None:
    goals = [
        {"id": "goal/1.1", "number": "1.2", "name": "Den gamle"},
        {"number": "1.1", "name": "Den nye"},
    ]
    found = statements(rows_with(goals=goals))
    assert values(found, "goal/1.1", NOTATION) == ["1.2"]
    assert values(found, "goal/1.1-2", NAME) == ["Den nye"]
    taken = [finding for finding in found.findings if finding.fault is CellFault.NUMBER_TAKEN]
    assert len(taken) == 1
    assert "goal/1.1-2" in taken[0].message("nb")


def test_two_rows_with_one_number_or_one_id_are_errors() -> None:
    numbers = statements(rows_with(goals=[{"number": "1", "name": "En"}, {"number": "1", "name": "To"}]))
    assert CellFault.NUMBER_TWICE in {finding.fault for finding in numbers.findings}
    ids = statements(rows_with(goals=[{"id": "goal/a", "name": "En"}, {"id": "goal/a", "name": "To"}]))
    assert CellFault.ID_TWICE in {finding.fault for finding in ids.findings}


def test_numbers_may_restart_below_each_thing_and_the_address_names_what_is_above() -> None:
    goals = [
        {"kind": "satsingsområde", "name": "Smart"},
        {"kind": "satsingsområde", "name": "Grønn by"},
        {"number": "1", "name": "En", "parent": "Smart"},
        {"number": "1", "name": "To", "parent": "Grønn by"},
        {"number": "2", "name": "Tre", "parent": "Grønn by"},
    ]
    strategies = [{"number": "A", "name": f"Strategi {text}", "supports": text} for text in ("En", "To")]
    found = statements(rows_with(goals=goals, strategies=strategies))
    assert CellFault.NUMBER_TWICE not in {finding.fault for finding in found.findings}
    for address, name in (("goal/smart-1", "En"), ("goal/gronn-by-1", "To"), ("goal/2", "Tre")):
        assert values(found, address, NAME) == [name]
    assert values(found, "strategy/en-a", NAME) == ["Strategi En"]
    assert values(found, "strategy/to-a", NAME) == ["Strategi To"]


def test_the_name_of_a_period_is_translated_and_its_years_have_sources() -> None:
    texts = [{"thing": "period", "lang": "en", "text": "towards 2037"}]
    texts += [{"thing": "period", "property": "Navn på perioden", "lang": "nn", "text": "mot 2037"}]
    sources = [{"thing": "period", "property": "Periode fra", "source": SOURCE}]
    found = statements(rows_with(texts=texts, statements=sources))
    assert found.findings == ()
    assert {"towards 2037", "mot 2037"} <= set(values(found, "period", expand("rdfs:label")))
    assert values(found, "source/period-startdate", expand("owl:annotatedProperty")) == [expand("dcat:startDate")]


def test_a_single_source_is_of_the_statement_in_the_language_of_its_row() -> None:
    texts = [{"thing": "Plan", "property": "Visjon", "lang": "en", "text": "Near the water"}]
    sources = [{"thing": "Plan", "property": "Visjon", "source": SOURCE}]
    found = statements(rows_with(texts=texts, statements=sources))
    assert found.findings == ()
    (target,) = values(found, "source/plan-vision", expand("owl:annotatedTarget"))
    assert target != "Near the water"


def test_a_single_source_of_several_statements_says_that_one_is_to_be_copied() -> None:
    texts = [{"thing": "Plan", "property": "Andre navn", "lang": "nb", "text": text} for text in ("En", "To")]
    sources = [{"thing": "Plan", "property": "Andre navn", "source": SOURCE}]
    found = statements(rows_with(texts=texts, statements=sources))
    assert [finding.fault for finding in found.findings] == [CellFault.SEVERAL_STATEMENTS]
    assert "Andre navn" in found.findings[0].message("nb")


def test_a_row_links_to_a_goal_of_another_plan_by_its_address() -> None:
    goals = [{"number": "1", "name": "Rene bekker", "wording": "som vedtatt", "source": SOURCE}]
    link = {"thing": "1", "other": OTHER, "relation": "tilsvarer omtrent", "basis": "redaksjonell"}
    found = statements(rows_with(goals=goals, links=[{**link, "source": SOURCE}]))
    assert found.findings == ()
    assert values(found, "goal/1", expand("skos:closeMatch")) == [OTHER]
    claim = "link/1-bergen-bergen-2030-goal-gronn"
    assert values(found, claim, expand("owl:annotatedTarget")) == [OTHER]
    assert values(found, claim, expand("plan:basis")) == [expand("plan:Editorial")]
    again = from_statements(found.quads, PlanAddresses.of(PLAN.removeprefix(ID))).rows
    [row] = again.of("links")
    assert (row.text("other"), row.text("sdg_goal"), row.text("relation")) == (OTHER, "", "tilsvarer omtrent")
    assert set(statements(again).quads) == set(found.quads)


def test_a_refused_link_to_a_goal_of_another_plan_returns_as_a_row() -> None:
    goals = [{"number": "1", "name": "Rene bekker", "wording": "som vedtatt", "source": SOURCE}]
    link = {"thing": "1", "other": OTHER, "basis": "redaksjonell", "refused": "ja", "source": SOURCE}
    found = statements(rows_with(goals=goals, links=[link]))
    assert found.findings == ()
    assert values(found, "goal/1", expand("skos:relatedMatch")) == []
    assert values(found, "refusal/1-bergen-bergen-2030-goal-gronn", expand("owl:targetIndividual")) == [OTHER]
    again = from_statements(found.quads, PlanAddresses.of(PLAN.removeprefix(ID))).rows
    assert [(row.text("other"), row.text("refused")) for row in again.of("links")] == [(OTHER, "ja")]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"other": OTHER, "sdg_goal": "13"}, CellFault.TWO_LINKS),
        ({}, CellFault.MISSING_VALUE),
        ({"other": "mål 1 i Bergen"}, CellFault.NOT_AN_ADDRESS),
    ],
)
def test_a_row_links_to_one_thing(cells: dict[str, str], fault: CellFault) -> None:
    goals = [{"number": "1", "name": "Rene bekker", "wording": "som vedtatt", "source": SOURCE}]
    link = {"thing": "1", "basis": "redaksjonell", "source": SOURCE, **cells}
    found = statements(rows_with(goals=goals, links=[link]))
    assert [each.fault for each in found.findings] == [fault]


def test_the_former_name_of_a_relation_is_understood() -> None:
    goals = [{"number": "1", "name": "Rene bekker", "wording": "som vedtatt", "source": SOURCE}]
    link = {"thing": "1", "sdg_goal": "13", "relation": "har tatt inn teksten", "basis": "redaksjonell"}
    found = statements(rows_with(goals=goals, links=[link]))
    assert values(found, "goal/1", expand("skos:closeMatch")) == ["http://metadata.un.org/sdg/13"]


def test_a_target_of_another_goal_is_an_error_and_only_the_code_counts() -> None:
    target = f"{column('links', 'sdg_target')}2"
    wrong = read(with_cells("Bærekraftsmål", {target: "12.2 Noe helt annet"}))
    assert faults(wrong) == [(CellFault.OTHER_SDG, f"Bærekraftsmål!{target}")]
    right = read(with_cells("Bærekraftsmål", {target: "13.2 Climate in policy"}))
    assert right.findings == ()
    assert values(right, "goal/1.1", expand("skos:broadMatch")) == ["http://metadata.un.org/sdg/13.2"]


def test_references_may_stand_with_commas_lines_and_names() -> None:
    goals = [{"number": "1", "name": "En, to"}, {"number": "2", "name": "Tre"}]
    for text in ("1, 2", "1;2", "1 | 2", "En, to | Tre", "1 En, to | 2", f"{PLAN}/goal/1 | goal/2"):
        found = statements(rows_with(goals=goals, strategies=[{"number": "1", "name": "S", "supports": text}]))
        assert values(found, "strategy/1", expand("plan:supports")) == [f"{PLAN}/goal/1", f"{PLAN}/goal/2"], text


def test_a_name_of_two_rows_is_no_reference() -> None:
    goals = [{"number": "1", "name": "Ren fjord"}, {"number": "2", "name": "Ren fjord"}]
    found = statements(rows_with(goals=goals, strategies=[{"name": "S", "supports": "ren fjord"}]))
    assert CellFault.AMBIGUOUS_REFERENCE in {finding.fault for finding in found.findings}


def test_addresses_are_below_the_prefix_of_the_publisher_if_there_is_one() -> None:
    found = read(with_cells("Plan", {f"B{field_row('iri')}": "https://data.eksempelvik.example/plan/25"}))
    assert values(found, "https://data.eksempelvik.example/plan/25/goal/1.1", NOTATION) == ["1.1"]
    assert found.addresses.graph() == "https://w3id.org/plangraf/graph/eksempelvik/samfunnsplan-2025-2037"


def test_a_workbook_of_a_former_template_is_read_and_named() -> None:
    def change(workbook: Workbook) -> None:
        sheet_of(workbook, "_lists")["A1"] = "plangraf template 0"
        sheet_of(workbook, "Mål").delete_cols(12, 4)

    found = read(changed(change))
    assert faults(found) == [(CellFault.OLD_TEMPLATE, "Veiledning!A1")]


def test_an_empty_template_asks_for_the_plan() -> None:
    found = read(write_xlsx(WorkbookRows()))
    assert [fault for fault, _ in faults(found)] == [CellFault.MISSING_SHEET]


@pytest.mark.parametrize(("language", "sheet", "title"), [("nb", "Mål", "Navn"), ("en", "Goals", "Name")])
def test_a_message_names_sheets_and_columns_as_the_file_does(
    language: InterfaceLanguage, sheet: str, title: str
) -> None:
    data = with_cells(sheet, {f"{column('goals', 'name')}2": None}, example(language))
    [finding] = [each for each in read(data).findings if each.fault is CellFault.MISSING_VALUE]
    assert finding.place.sheet == sheet
    assert finding.message("nb") == f"Fyll ut «{title}» i arket {sheet}: cellen er tom, og den må ha en verdi."
    assert (
        finding.message("en") == f"Fill in “{title}” on the sheet {sheet}: the cell is empty, and it needs a value."
    )
