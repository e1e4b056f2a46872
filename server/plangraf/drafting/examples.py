"""Small documents of each kind; reading them loads what the libraries load on first use."""

import io
from collections.abc import Mapping

import docx
import pypdfium2 as pdfium

_TEXT = "Mål 1: Alle hører til"


def _html() -> bytes:
    return (
        f"<!DOCTYPE html><meta charset=utf-8><title>Plan</title><h1>Plan</h1><h2>{_TEXT}</h2>"
        "<p>Målet støtter FNs bærekraftsmål 10.</p><table><tr><th>Indikator<th>2023<tr><td>Trives<td>4 %</table>"
    ).encode()


def _docx() -> bytes:
    document = docx.Document()
    document.add_heading(_TEXT, 1)
    document.add_paragraph("Kommunen skal:")
    document.add_paragraph("rydde", style="List Bullet")
    document.add_table(1, 2)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _pdf() -> bytes:
    document = pdfium.PdfDocument.new()
    document.new_page(200, 200)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def examples() -> Mapping[str, bytes]:
    """Return the documents by their names."""
    return {"example.html": _html(), "example.docx": _docx(), "example.pdf": _pdf()}
