"""How documents of each format are read, and refused."""

import io
import zipfile
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from tests.drafting.papers import drafted, linked, page, picture_page, plain_pdf, saved, shown, text_at, word_plan

from plangraf.drafting.document import BlockKind
from plangraf.drafting.limits import MOST_BYTES, DocumentError
from plangraf.drafting.reading import read_document

PLAN = "<h1>Mål 1: Små øyer får brønn</h1><h2>Strategier</h2><ul><li>Vi graver</li></ul>"
GOAL = ["goals 1 Små øyer får brønn", "strategies Vi graver < Små øyer får brønn"]


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(DocumentError) as raised:
        read_document(data, Path(name))
    return str(raised.value)


@pytest.mark.parametrize(
    "data",
    [
        f"<meta charset=utf-8>{PLAN}".encode(),
        PLAN.encode(),
        f"<meta charset='iso-8859-1'>{PLAN}".encode("latin-1"),
        f"<meta http-equiv='Content-Type' content='text/html; charset=windows-1252'>{PLAN}".encode("cp1252"),
        PLAN.encode("cp1252"),
        b"\xef\xbb\xbf" + PLAN.encode(),
        PLAN.encode("utf-16"),
        PLAN.encode("utf-16-le"),
        f"<meta charset=utf-8>{PLAN}".encode("cp1252"),
        f"<?xml version='1.0' encoding='ISO-8859-15'?>{PLAN}".encode("iso-8859-15"),
    ],
    ids=["utf-8", "none", "latin", "windows", "none-windows", "mark", "utf-16", "utf-16-no-mark", "wrong", "xml"],
)
def test_a_web_page_is_read_in_its_encoding(data: bytes) -> None:
    assert shown(drafted(data)) == GOAL


def test_an_encoding_that_is_not_known_is_named() -> None:
    assert refusal(f"<meta charset=klingon>{PLAN}".encode(), "plan.html").startswith(
        "plan.html: declares the encoding klingon"
    )
    assert "is not in the encoding ascii2" not in refusal(b"<meta charset=shift_jis>\x81", "plan.html")


def test_menus_hidden_parts_and_footnotes_of_a_web_page_are_no_text() -> None:
    draft = drafted(
        page(
            "<nav><h2>Mål 9: Meny</h2></nav><header><h2>Mål 8: Topp</h2></header><main><h2>Mål 1: Grønt</h2>"
            "<div hidden><h2>Mål 7: Skjult</h2></div><p style='display: none'>Mål 6: Skjult</p><h3>Strategier</h3>"
            "<ul><li>Vi planter<sup>2</sup> trær i fem&shy;tita.</li></ul><details><summary>Dette kan du gjøre"
            "</summary><ul><li>Vann dem.</li></ul></details></main><footer><h2>Mål 5: Bunn</h2></footer>"
        )
    )
    assert shown(draft) == [
        "goals 1 Grønt",
        "strategies Vi planter trær i femtita. < Grønt",
        "contributions Vann dem. < Grønt",
    ]


def test_a_web_page_without_text_is_refused() -> None:
    assert "has no text" in refusal(page("<div id=app></div><script>render()</script>"), "plan.html")


def test_a_word_document_is_read_with_its_lists_tables_and_pictures() -> None:
    document = word_plan()
    document.add_paragraph("Dette kan du gjøre:")
    document.add_paragraph("Låne bøker", style="List Number")
    paragraph = document.add_paragraph("Målet bygger på FNs bærekraftsmål 4.")
    raised = paragraph.add_run("7")
    raised.font.superscript = True
    picture = OxmlElement("wp:docPr")
    picture.set("descr", "Ikon for bærekraftsmål 10")
    paragraph.add_run()._r.append(picture)
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("Indikator", "Mål 2030", "Utlån", "12 000"), strict=True):
        cell.text = text
    draft = drafted(saved(document), "plan.docx")
    assert shown(draft) == [
        "goals 1 Alle hører til",
        "strategies Vi åpner biblioteket. < Alle hører til",
        "contributions Låne bøker < Alle hører til",
        "indicators Utlån < Alle hører til",
    ]
    assert draft.parts[3].cells == {"target": "12000", "target_year": "2030"}
    assert linked(draft) == [("Alle hører til", "4"), ("Alle hører til", "10")]


def test_deleted_and_hidden_text_of_a_word_document_is_not_read_and_inserted_text_is() -> None:
    document = word_plan()
    paragraph = document.add_paragraph(style="List Bullet")
    for tag, text in (("w:del", "Vi stenger"), ("w:ins", "Vi låner ut")):
        change = OxmlElement(tag)
        run = OxmlElement("w:r")
        words = OxmlElement("w:delText" if tag == "w:del" else "w:t")
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    hidden = paragraph.add_run(" kanskje")
    hidden.font.hidden = True
    assert shown(drafted(saved(document), "plan.docx"))[-1] == "strategies Vi låner ut < Alle hører til"


def test_the_pages_of_a_word_document_are_those_that_word_has_stored() -> None:
    document = word_plan()
    assert {block.page for block in read_document(saved(document), Path("p.docx")).blocks} == {None}
    run = document.add_paragraph().add_run()
    run.add_break(WD_BREAK.PAGE)
    run._r.append(OxmlElement("w:lastRenderedPageBreak"))
    document.add_heading("Mål 2: Grønt", 1)
    draft = drafted(saved(document), "plan.docx")
    assert [part.place.page for part in draft.parts] == [1, 1, 2]


def test_a_table_of_contents_of_a_word_document_is_no_text() -> None:
    document = docx.Document()
    style = document.styles.add_style("toc 1", 1)
    document.add_paragraph("Mål 1: Alle hører til\t3", style=style)
    document.add_heading("Mål 1: Alle hører til", 1)
    assert [block.kind for block in read_document(saved(document), Path("p.docx")).blocks] == [BlockKind.HEADING]


def test_numbers_that_word_counts_are_those_of_headings() -> None:
    document = docx.Document()
    heading = document.add_heading("Mål", 1)
    document.add_heading("Byen er grønn", 2)
    numbering = document.part.numbering_part.element
    abstract = numbering.makeelement(qn("w:abstractNum"), {qn("w:abstractNumId"): "77"})
    for level, text in (("0", "%1"), ("1", "%1.%2")):
        each = abstract.makeelement(qn("w:lvl"), {qn("w:ilvl"): level})
        for tag, value in (("w:start", "1"), ("w:numFmt", "decimal"), ("w:lvlText", text)):
            each.append(each.makeelement(qn(tag), {qn("w:val"): value}))
        abstract.append(each)
    numbering.insert(0, abstract)
    number = numbering.makeelement(qn("w:num"), {qn("w:numId"): "77"})
    number.append(number.makeelement(qn("w:abstractNumId"), {qn("w:val"): "77"}))
    numbering.append(number)
    for paragraph, level in ((heading, "0"), (document.paragraphs[1], "1")):
        properties = paragraph._p.get_or_add_pPr()
        numbers = properties.makeelement(qn("w:numPr"), {})
        numbers.append(numbers.makeelement(qn("w:ilvl"), {qn("w:val"): level}))
        numbers.append(numbers.makeelement(qn("w:numId"), {qn("w:val"): "77"}))
        properties.append(numbers)
    blocks = read_document(saved(document), Path("p.docx")).blocks
    assert [block.text for block in blocks] == ["1 Mål", "1.1 Byen er grønn"]


def test_lines_of_a_pdf_without_tags_are_read_in_columns() -> None:
    left = [(50, 700 - 13 * each, 10, f"linje {each} i venstre spalte som er lang") for each in range(8)]
    right = [(320, 700 - 13 * each, 10, f"linje {each} i den andre spalten her") for each in range(8)]
    lines = [line for pair in zip(left, right, strict=True) for line in pair]
    document = read_document(plain_pdf(text_at((50, 760, 20, "Tittel"), *lines)), Path("p.pdf"))
    texts = [block.text for block in document.blocks]
    assert texts[0] == "Tittel"
    assert " ".join(texts[1:]) == " ".join(text for *_, text in [*left, *right])


def test_running_lines_and_page_numbers_are_no_text() -> None:
    pages = [
        text_at(
            (50, 810, 8, "Vik kommune: samfunnsdel"),
            (50, 700, 10, f"Avsnitt nummer {'abc'[number]} er her."),
            (290, 30, 8, f"Side {number + 1}"),
        )
        for number in range(3)
    ]
    document = read_document(plain_pdf(*pages), Path("p.pdf"))
    assert [block.text for block in document.blocks] == [f"Avsnitt nummer {letter} er her." for letter in "abc"]


def test_a_pdf_whose_letters_are_shapes_is_refused_with_the_reason() -> None:
    assert "their letters are drawn as shapes" in refusal(plain_pdf("50 50 m 90 90 l S"), "plan.pdf")


def test_scanned_pages_among_others_are_named() -> None:
    text = "Mål 1: Alle hører til i bygda vår, uansett alder"
    document = pdfium.PdfDocument(plain_pdf(text_at((50, 700, 10, text))))
    document.import_pages(pdfium.PdfDocument(picture_page()))
    out = io.BytesIO()
    document.save(out)
    draft = drafted(out.getvalue(), "plan.pdf")
    assert (draft.pages, draft.scanned, len(draft.parts)) == (2, (2,), 1)


def test_a_scanned_pdf_is_refused_with_the_reason() -> None:
    assert "its pages are pictures, as a scanner makes them" in refusal(picture_page(), "plan.pdf")


def test_an_encrypted_pdf_is_refused_with_the_reason() -> None:
    locked = f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"
    data = plain_pdf(
        text_at((50, 700, 10, "Plan")), objects=locked, trailer=f"/Encrypt 6 0 R /ID [<{'43' * 16}> <{'43' * 16}>]"
    )
    assert refusal(data, "plan.pdf") == "plan.pdf: is encrypted; save it without a password"


@pytest.mark.parametrize("size", [8, 200, 400])
def test_a_broken_pdf_is_refused(size: int) -> None:
    data = plain_pdf(text_at((50, 700, 10, "Plan")))[:size]
    assert "is damaged" in refusal(data, "plan.pdf")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"Bare tekst", "is neither a PDF nor a Word document (.docx) nor a web page (HTML)"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "is neither a PDF"),
        (rb"{\rtf1\ansi Plan}", "is rich text (RTF); save it as .docx or PDF"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "is of an older version of Word; save it as .docx or PDF"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
        (b"PK\x03\x04" + bytes(50), "is damaged"),
    ],
    ids=["empty", "text", "picture", "rtf", "old", "encrypted", "zip"],
)
def test_what_is_no_document_is_named(data: bytes, reason: str) -> None:
    assert reason in refusal(data, "plan.pdf")


def test_a_document_is_read_whatever_its_name_says() -> None:
    assert shown(drafted(PLAN.encode(), "plan.pdf")) == GOAL


def test_a_zip_that_is_no_word_document_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("notat.txt", "Plan")
    assert "is no Word document, or is damaged" in refusal(out.getvalue(), "plan.docx")


def test_a_zip_bomb_is_refused_before_it_is_inflated() -> None:
    out = io.BytesIO(saved(word_plan()))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/bilde.xml", bytes(200 * 1024 * 1024))
    assert len(out.getvalue()) < 1024 * 1024
    assert "would take up more than 128 MB" in refusal(out.getvalue(), "plan.docx")


def test_entities_of_a_word_document_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(word_plan()))) as archive, zipfile.ZipFile(out, "w") as changed:
        for name in archive.namelist():
            data = archive.read(name)
            if name == "word/document.xml":
                declaration = b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
                data = data.replace(b"<w:document", declaration + b"<w:document", 1)
            changed.writestr(name, data)
    assert "declares a document type" in refusal(out.getvalue(), "plan.docx")


def test_a_document_of_too_many_bytes_is_refused() -> None:
    assert "64 MB" in refusal(b"%PDF-1.4" + bytes(MOST_BYTES), "plan.pdf")


def test_a_pdf_of_too_many_pages_is_refused() -> None:
    assert "601 pages" in refusal(plain_pdf(*(["BT ET"] * 601)), "plan.pdf")


def test_a_heading_in_a_column_does_not_cut_the_other_one() -> None:
    left = [(50.0, 700 - 13 * each, 10.0, f"linje {each} i venstre spalte som er lang") for each in range(8)]
    right = [(320.0, 700 - 13 * each, 10.0, f"linje {each} i den andre spalten her") for each in range(8)]
    left[4] = (50.0, 644, 14.0, "Overskrift i venstre")
    texts = [block.text for block in read_document(plain_pdf(text_at(*left, *right)), Path("p.pdf")).blocks]
    assert texts[1] == "Overskrift i venstre"
    assert " ".join(texts) == " ".join(text for *_, text in [*left, *right])


def test_a_heading_above_both_columns_comes_between_them() -> None:
    rows = [(700 - 13 * each, each) for each in range(4)] + [(560 - 13 * each, each + 4) for each in range(4)]
    left = [(50.0, y, 10.0, f"linje {number} i venstre spalte som er lang") for y, number in rows]
    right = [(320.0, y, 10.0, f"linje {number} i den andre spalten her") for y, number in rows]
    heading = (50.0, 600.0, 14.0, "Overskrift over begge")
    blocks = read_document(plain_pdf(text_at(*left, *right, heading)), Path("p.pdf")).blocks
    ordered = [*left[:4], *right[:4], heading, *left[4:], *right[4:]]
    assert " ".join(block.text for block in blocks) == " ".join(text for *_, text in ordered)


def test_the_words_of_a_stretched_line_are_one_line() -> None:
    words = [
        (50.0, 700.0, 10.0, "ord"),
        (94.7, 700.0, 10.0, "og"),
        (135.0, 700.0, 10.0, "ord"),
        (181.4, 700, 10.0, "til"),
    ]
    line = (50.0, 687.0, 10.0, "en linje som er like lang som den")
    (block,) = read_document(plain_pdf(text_at(*words, line)), Path("p.pdf")).blocks
    assert block.text == "ord og ord til en linje som er like lang som den"


def test_a_word_document_with_values_that_are_none_is_refused() -> None:
    document = word_plan()
    document.styles.element.find(qn("w:style")).set(qn("w:type"), "bilde")
    assert "is no Word document, or is damaged" in refusal(saved(document), "plan.docx")
