"""Small documents for tests, and what is drafted from them."""

import io
from pathlib import Path

import docx
import pypdfium2 as pdfium
from docx.document import Document as WordFile

from plangraf.drafting.finds import FoundPart, PlanDraft
from plangraf.drafting.plan_recognizer import recognize_plan
from plangraf.drafting.reading import read_document

PAGE = Path("plan.html")


def page(body: str, *, lang: str = "nb") -> bytes:
    return f'<!DOCTYPE html><html lang="{lang}"><meta charset="utf-8"><title>Plan</title>{body}</html>'.encode()


def drafted(data: bytes, name: str = "plan.html") -> PlanDraft:
    return recognize_plan(read_document(data, Path(name)))


def shown(draft: PlanDraft) -> list[str]:
    """Return the parts of a draft, each in a line."""
    return [_line(part) for part in draft.parts]


def linked(draft: PlanDraft) -> list[tuple[str, str]]:
    """Return the links of a draft: the words of the thing, and the SDG."""
    return [(link.thing.name if link.thing is not None else "", link.code) for link in draft.links]


def _line(part: FoundPart) -> str:
    above = f" < {part.above.name}" if part.above is not None else ""
    return " ".join(filter(None, (part.kind.value, part.number, part.name))) + above


def saved(document: WordFile) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_plan() -> WordFile:
    """Return a Word document with a goal and its strategies."""
    document = docx.Document()
    document.add_heading("Mål 1: Alle hører til", 1)
    document.add_heading("Strategier", 2)
    document.add_paragraph("Vi åpner biblioteket.", style="List Bullet")
    return document


def picture_page() -> bytes:
    """Return a PDF whose only page is a picture, as a scanner makes it."""
    document = pdfium.PdfDocument.new()
    new_page = document.new_page(595, 842)
    bitmap = pdfium.PdfBitmap.new_native(60, 80, pdfium.raw.FPDFBitmap_BGR)
    bitmap.fill_rect((200, 200, 200, 255), 0, 0, 60, 80)
    image = pdfium.PdfImage.new(document)
    image.set_bitmap(bitmap)
    image.set_matrix(pdfium.PdfMatrix().scale(595, 842))
    new_page.insert_obj(image)
    new_page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def plain_pdf(*pages: str, trailer: str = "", objects: str = "") -> bytes:
    """Return a PDF with the given content streams as its pages, in a font that is not embedded."""
    count = len(pages)
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{' '.join(f'{4 + 2 * each} 0 R' for each in range(count))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(pages):
        parts += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream",
        ]
    written = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate([*parts, *([objects] if objects else [])], 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{part}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(written)}\n%%EOF\n"
    return written + f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def text_at(*lines: tuple[float, float, float, str]) -> str:
    """Return a content stream with texts, each with x, y and size."""
    return "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET" for x, y, size, text in lines)
