"""The process that reads a document: what it gives back, and what it is kept from."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.drafting.papers import page, plain_pdf, saved, text_at, word_plan

from plangraf.drafting.confined import draft_confined
from plangraf.drafting.drafted import DraftTask
from plangraf.drafting.limits import DocumentError, LibraryMissingError

TASK = DraftTask(name="plan.pdf")
GOAL = text_at((50, 700, 10, "Mål 1: Alle hører til i bygda vår, uansett alder og helse"))


def test_documents_of_each_format_are_read_in_the_process() -> None:
    for name, data in (
        ("plan.pdf", plain_pdf(GOAL)),
        ("plan.docx", saved(word_plan())),
        ("plan.html", page("<h1>Mål 1: Alle hører til</h1>")),
    ):
        drafted = draft_confined(data, Path(name), DraftTask(name=name))
        assert [row["number"] for row in drafted.texts["goals"]] == ["1"], name


def test_an_error_about_the_document_names_its_path() -> None:
    with pytest.raises(DocumentError, match=r"^mappe/plan\.pdf: is damaged"):
        draft_confined(plain_pdf(GOAL)[:200], Path("mappe/plan.pdf"), TASK)


def test_a_document_that_takes_too_long_is_given_up() -> None:
    long = plain_pdf(*(["\n".join(text_at((50, y, 6, "ord " * 60)) for y in range(20, 800, 7))] * 300))
    with pytest.raises(DocumentError, match="takes more than 0 seconds"):
        draft_confined(long, Path("plan.pdf"), TASK, seconds=0.05)


def test_a_document_that_takes_too_much_memory_is_given_up() -> None:
    wide = page("<p>Mål 1: Alle hører til</p>" * 49_000)
    with pytest.raises(DocumentError, match=r"takes more than 25 MB of memory"):
        draft_confined(wide, Path("plan.html"), TASK, memory=25 * 1024 * 1024)


def test_elements_within_each_other_too_deeply_end_in_a_sentence() -> None:
    for deep in ("<b>" * 50_000 + "Mål", "<div>" * 50_000 + "Mål"):
        with pytest.raises(DocumentError, match=r"too deeply|ended the process"):
            draft_confined(page(deep), Path("plan.html"), TASK)


def test_the_process_ends_when_nobody_asks_it_anything() -> None:
    ended = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-m", "plangraf.drafting.process", str(os.getpid()), "1", "1000000"], input=b"", check=False
    )
    assert ended.returncode == 0


def test_a_library_that_is_not_installed_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(LibraryMissingError, match=r"python-docx.*pip install 'plangraf\[draft\]'"):
        draft_confined(plain_pdf(GOAL), Path("plan.pdf"), TASK)
