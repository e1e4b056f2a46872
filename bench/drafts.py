"""How much of a plan `plangraf draft` finds: documents of several layouts against listings of what they say."""

import csv
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import tables
from bench.servers import NotInstalledError
from plangraf.drafting.confined import draft_confined
from plangraf.drafting.drafted import DraftTask
from plangraf.drafting.finds import PlanDraft
from plangraf.drafting.plan_recognizer import recognize_plan
from plangraf.drafting.reading import read_document

SOURCES = Path(__file__).parent / "plan_documents"
SHEETS = ("goals", "strategies", "measures", "contributions", "indicators", "links", "challenges", "plan", "process")
LONG_PAGES = 60
"""The number of pages of the document whose time is measured."""
_PATIENCE = 300


@dataclass(frozen=True)
class PlanLayout:
    """A document of a layout.

    Attributes:
        source: the name of its source; beside it stands the listing of what it says, in a file of this name and .tsv.
        form: the ending of the document that is made of it, and read.
        words: what is special about it.
    """

    source: str
    form: str
    words: str

    @property
    def name(self) -> str:
        """The name of the document."""
        return f"{Path(self.source).stem}.{self.form}"


LAYOUTS = (
    PlanLayout("brochure.html", "pdf", "bokmål, two columns, boxes beside each other, divided words, icons"),
    PlanLayout("tables.html", "pdf", "bokmål, landscape, tables with rules"),
    PlanLayout("tables.html", "html", "the same as a web page"),
    PlanLayout("web.html", "pdf", "nynorsk, a web page that a browser printed, with its header and footer"),
    PlanLayout("web.html", "html", "the same as a web page"),
    PlanLayout("report.fodt", "pdf", "bokmål, contents, header, footer, footnotes, list over a page break"),
    PlanLayout("report.fodt", "docx", "the same as a Word document"),
    PlanLayout("magazine.html", "pdf", "nynorsk, two columns below full titles, contents, table without rules"),
    PlanLayout("magazine.html", "html", "the same as a web page"),
    PlanLayout("leaflet.html", "pdf", "bokmål, small pages, stretched lines, icons in a column, joined cells"),
    PlanLayout("leaflet.html", "html", "the same as a web page"),
    PlanLayout("folder.fodt", "pdf", "nynorsk, two columns of an office program, goals below focus areas"),
    PlanLayout("folder.fodt", "docx", "the same as a Word document"),
)


@dataclass(frozen=True, order=True)
class Statement:
    """One thing that a document says.

    Attributes:
        sheet: the key of the sheet that it belongs on.
        number: the number of a goal.
        text: its words, or the SDG of a link, the vision or the period of the plan, or the date of its adoption.
        belongs_to: the words of the goal that it belongs to.
    """

    sheet: str
    number: str
    text: str
    belongs_to: str


@dataclass(frozen=True)
class Score:
    """How well a draft agrees with a listing.

    Attributes:
        found: statements of the listing that the draft has, with the same goal above.
        missed: statements of the listing that it has not.
        false: statements that only the draft has.
    """

    found: tuple[Statement, ...]
    missed: tuple[Statement, ...]
    false: tuple[Statement, ...]


def made_document(layout: PlanLayout, folder: Path) -> Path:
    """Make a document of a layout, with Chromium or LibreOffice, and return its path.

    Raises:
        NotInstalledError: the program is missing.
    """
    source = SOURCES / layout.source
    made = folder / layout.name
    if layout.form == source.suffix.removeprefix("."):
        shutil.copy(source, made)
    elif source.suffix == ".html":
        print_page(source, made, header=source.stem == "web")
    else:
        convert_document(source, made)
    return made


def print_page(source: Path, made: Path, *, header: bool = False) -> None:
    """Print a web page to a PDF, with the browser's header and footer if asked.

    Raises:
        NotInstalledError: Chromium is missing.
    """
    with tempfile.TemporaryDirectory(prefix="plangraf-print-") as profile:
        _run(
            *("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"),
            *([] if header else ["--no-pdf-header-footer"]),
            *(f"--print-to-pdf={made}", source.resolve().as_uri()),
        )


def convert_document(source: Path, made: Path) -> None:
    """Convert a document with LibreOffice, to the format that the ending of `made` names.

    Raises:
        NotInstalledError: LibreOffice is missing.
    """
    with tempfile.TemporaryDirectory(prefix="plangraf-office-") as profile:
        _run(
            *("soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to"),
            *(made.suffix.removeprefix("."), "--outdir", str(made.parent), str(source)),
        )


def _run(program: str, *arguments: str) -> None:
    path = shutil.which(program)
    if path is None:
        raise NotInstalledError(program)
    subprocess.run([path, *arguments], check=True, capture_output=True, timeout=_PATIENCE)  # noqa: S603  # our own


def listing(layout: PlanLayout) -> list[Statement]:
    """Return what the document of a layout says, as a person has listed it."""
    path = SOURCES / f"{Path(layout.source).stem}.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Statement(row["sheet"], row["number"], row["text"], row["belongs to"]) for row in rows]


def statements(draft: PlanDraft) -> Iterator[Statement]:
    """Yield the statements of a draft, as listings have them."""
    for part in draft.parts:
        above = part.above.name if part.above is not None else ""
        number = part.number if part.kind.sheet == "goals" else ""
        yield Statement(part.kind.sheet, number, part.name, above)
    for link in draft.links:
        yield Statement("links", "", link.code, link.thing.name if link.thing is not None else "")
    if draft.vision is not None:
        yield Statement("plan", "", draft.vision.text, "")
    if draft.period is not None:
        yield Statement("plan", "", draft.period.text, "")
    if draft.adoption is not None:
        yield Statement("process", "", draft.adoption.date, "")


def score(draft: PlanDraft, expected: Sequence[Statement]) -> Score:
    """Return how well a draft agrees with a listing."""
    left, found, false = Counter(expected), list[Statement](), list[Statement]()
    for each in statements(draft):
        if left[each] > 0:
            left[each] -= 1
            found.append(each)
        else:
            false.append(each)
    return Score(tuple(found), tuple(left.elements()), tuple(false))


def drafted(path: Path) -> PlanDraft:
    """Return the draft of a document, made in this process."""
    return recognize_plan(read_document(path.read_bytes(), path))


def measure_drafts(work: Path, found: dict[str, float]) -> list[str]:
    """Measure what is found, missed and false, and the time of a long document, and return the tables."""
    rows: list[Sequence[str]] = []
    totals = Counter[str]()
    for layout in LAYOUTS:
        tables.progress(f"draft: {layout.name}")
        result = score(drafted(made_document(layout, work)), listing(layout))
        sheets = Counter(each.sheet for each in result.found), Counter(each.sheet for each in result.missed)
        by_sheet = (f"{sheets[0][key]}/{sheets[0][key] + sheets[1][key]}" for key in SHEETS)
        counts = {"found": len(result.found), "missed": len(result.missed), "false": len(result.false)}
        totals.update(counts)
        rows.append((layout.name, layout.words, *by_sheet, *map(str, counts.values())))
    rows.append(("all", "", *("" for _ in SHEETS), *(str(totals[key]) for key in ("found", "missed", "false"))))
    head = ("document", "layout", *SHEETS, "found", "missed", "false")
    seconds, pages, parts = long_document(work)
    found["draft seconds"] = seconds
    return [
        tables.table(head, rows),
        f"A PDF of {pages} pages, from which {parts} rows are drafted, takes {seconds:.1f} s from file to rows.",
    ]


def long_document(work: Path) -> tuple[float, int, int]:
    """Return the seconds that a document of 60 pages takes in the confined process, its pages and its rows."""
    source, made = work / "long.html", work / "long.pdf"
    source.write_text(long_source(), encoding="utf-8")
    print_page(source, made)
    begin = time.monotonic()
    plan = draft_confined(made.read_bytes(), made, DraftTask(name=made.name))
    return time.monotonic() - begin, plan.pages, sum(plan.counts().values())


def long_source(pages: int = LONG_PAGES) -> str:
    """Return a web page that prints to so many pages: a goal on each, in two columns."""
    text = (
        "Kommunen har vokst i øst og minket i vest, og avstandene til skole, butikk og lege blir lengre for dem som "
        "blir igjen. Det krever at vi tenker nytt om hvor tjenestene er, og hvordan vi kommer fram til dem. "
    )
    goals = "".join(
        f"<section><h2>Mål {number}: Det {number}. målet er nådd</h2><p>{text * 3}</p><div><p>{text * 8}</p>"
        f"<h3>Slik gjør vi det</h3><ul>{''.join(f'<li>Vi gjør ting {number}.{item}.</li>' for item in range(8))}</ul>"
        f"<h3>Slik kan du bidra</h3><ul><li>Gjør ting {number} selv.</li></ul><p>{text * 8}</p></div></section>"
        for number in range(1, pages + 1)
    )
    style = "section { break-after: page } div { columns: 2 } body { font: 9pt serif } @page { size: A4 }"
    return f"<!DOCTYPE html><html lang=nb><meta charset=utf-8><title>Lang plan</title><style>{style}</style>{goals}"
