"""The first sheet of the template, which says how to fill in the others."""

from collections.abc import Sequence

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from plangraf.languages import InterfaceLanguage
from plangraf.workbook.cleaning import clean
from plangraf.workbook.columns import Words
from plangraf.workbook.sheets import SHEETS
from plangraf.workbook.template import GUIDE

FONT = "Calibri"
PLAIN, BOLD = Font(name=FONT, size=11), Font(name=FONT, size=11, bold=True)
_TITLE = Font(name=FONT, size=16, bold=True)
_HEADING = Words("En plan som arbeidsbok", "A plan as a workbook")
_STEPS = (
    Words(
        "Fyll ut arkene fra venstre mot høyre. Begynn med Plan, så Mål.",
        "Fill in the sheets from left to right. Begin with Plan, then Goals.",
    ),
    Words(
        "Mørkere overskrifter med stjerne er påkrevd. Hold musen over en overskrift for hjelp.",
        "Darker headings with an asterisk are required. Point at a heading for help.",
    ),
    Words(
        "Skriv hvor hver opplysning står, i kolonnen Kilde.",
        "Write in the column Source where each statement stands.",
    ),
    Words(
        "La kolonnen ID stå: den holder på adressene når planen endres.",
        "Leave the column ID as it is: it keeps the addresses when the plan changes.",
    ),
    Words(
        "Gule celler mangler. Grå rader er et eksempel: erstatt dem med planens egne.",
        "Yellow cells are missing. Grey rows are an example: replace them with those of the plan.",
    ),
    Words(
        "Noen ark har flere kolonner: klikk på plusstegnet over dem.",
        "Some sheets have more columns: click the plus sign above them.",
    ),
    Words(
        "Kontroller arbeidsboken på nettsiden «Sjekk data» (/validate), eller med: "
        "plangraf validate plan.xlsx --lang nb",
        "Check the workbook on the page “Check data” (/validate), or with: plangraf validate plan.xlsx",
    ),
)


def write_guide(worksheet: Worksheet, language: InterfaceLanguage, remarks: Sequence[str] = ()) -> None:
    """Write the steps, for each sheet what belongs into it, with a link to it, and remarks about the rows."""
    worksheet.title = GUIDE.in_language(language)
    worksheet.column_dimensions["A"].width = 20
    worksheet.column_dimensions["B"].width = 110
    worksheet["A1"] = _HEADING.in_language(language)
    worksheet["A1"].font = _TITLE
    for number, words in enumerate(_STEPS, 1):
        worksheet.cell(number + 2, 1, f"{number}.").alignment = Alignment(horizontal="right")
        worksheet.cell(number + 2, 2, words.in_language(language))
    for number, sheet in enumerate(SHEETS, len(_STEPS) + 4):
        title = sheet.title.in_language(language)
        name = worksheet.cell(number, 1, title)
        name.hyperlink = f"#'{title}'!A1"
        worksheet.cell(number, 2, sheet.help.in_language(language))
    for number, text in enumerate(remarks, len(_STEPS) + len(SHEETS) + 5):
        remark = worksheet.cell(number, 2)
        remark.value = clean(text)
        remark.data_type = "s"  # never a formula, whatever it begins with
        remark.alignment = Alignment(wrap_text=True, vertical="top")
    for row in worksheet.iter_rows(min_row=2):
        row[0].font, row[1].font = BOLD, PLAIN
