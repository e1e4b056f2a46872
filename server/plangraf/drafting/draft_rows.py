"""The rows of a workbook from what was found in a document."""

from collections import Counter
from collections.abc import Iterable, Mapping

from plangraf.drafting.cover import name_of
from plangraf.drafting.drafted import DraftedPlan, DraftTask
from plangraf.drafting.finds import (
    FoundAdoption,
    FoundKind,
    FoundLink,
    FoundPart,
    FoundVision,
    PlanDraft,
    SourcePlace,
)
from plangraf.drafting.words import plain_words
from plangraf.languages import InterfaceLanguage
from plangraf.namespaces import SDG
from plangraf.workbook.addresses import PlanAddresses
from plangraf.workbook.cleaning import clean
from plangraf.workbook.code_lists import code_lists
from plangraf.workbook.findings import Findings
from plangraf.workbook.identities import Identities
from plangraf.workbook.references import References, thing_of
from plangraf.workbook.rows import Row, WorkbookRows, made_row
from plangraf.workbook.sheets import BY_KEY, CONCEPTS
from plangraf.workbook.values import SEPARATOR

_ABOVE = {
    "goals": "parent",
    "strategies": "supports",
    "measures": "implements",
    "contributions": "supports",
    "indicators": "measures",
}
"""The column that names the goal that a row belongs to, by the keys of sheets."""
_STAND_IN = PlanAddresses.of("publisher/plan")
"""The addresses of a plan that has no code yet; the IDs of rows do not depend on it."""


def draft_rows(draft: PlanDraft, task: DraftTask) -> DraftedPlan:
    """Return the rows of a draft: each marked as such, with page and heading as its source.

    Args:
        draft: what was found.
        task: the name and the address of the document, and the language of the codes.
    """
    return _DraftWriter(draft, task).plan()


class _DraftWriter:
    """Makes the rows of one draft."""

    def __init__(self, draft: PlanDraft, task: DraftTask) -> None:
        self._draft = draft
        self._task = task
        stem, _, ending = task.name.rpartition(".")
        self._is_pdf = ending.lower() == "pdf"
        self._document = clean(f"{stem} ({ending.upper()})" if stem else task.name)
        self._language: InterfaceLanguage = task.language
        self._twice = _numbers_twice(draft.parts)
        self._rows: dict[int, Row] = {}
        self._sheets: dict[str, list[FoundPart]] = {sheet.key: [] for sheet in CONCEPTS}
        for part in draft.parts:
            self._sheets[part.kind.sheet].append(part)
        self._iris, self._references = self._named()

    def plan(self) -> DraftedPlan:
        """Return the rows."""
        texts = {"plan": [self._plan_texts()]}
        for key, parts in self._sheets.items():
            texts[key] = [{**self._texts(part), **self._above(part)} for part in parts]
        texts["links"] = [self._link_texts(link) for link in self._draft.links]
        texts["sources"] = [{"iri": self._task.source, "name": self._document}]
        texts["process"] = [self._adoption_texts(each) for each in (self._draft.adoption,) if each is not None]
        texts["statements"] = [self._vision_texts(each) for each in (self._draft.vision,) if each is not None]
        texts["graphs"] = [{"role": self._code("role", "publisher")}]
        filled = {
            key: [{name: text for name, text in row.items() if text} for row in rows] for key, rows in texts.items()
        }
        draft = self._draft
        return DraftedPlan(texts=filled, unplaced=draft.unplaced, pages=draft.pages, scanned=draft.scanned)

    def _named(self) -> tuple[Mapping[int, str], References]:
        """Return the IRIs of the parts, and the references by which rows name them."""
        rows = {id(part): made_row(BY_KEY[part.kind.sheet], self._texts(part)) for part in self._draft.parts}
        in_order = {key: [rows[id(part)] for part in parts] for key, parts in self._sheets.items()}
        identities = Identities(WorkbookRows(in_order), _STAND_IN, Findings())
        references = References(_STAND_IN)
        iris: dict[int, str] = {}
        for parts in self._sheets.values():
            for part in parts:
                row = rows[id(part)]
                iris[id(part)] = identities.of_concept(row)
                references.add(thing_of(row, iris[id(part)]))
        return iris, references

    def _texts(self, part: FoundPart) -> dict[str, str]:
        """Return the cells of a part, but that of the goal that it belongs to."""
        sheet = BY_KEY[part.kind.sheet]
        number, order = part.number, part.order
        if (
            (part.kind, number) in self._twice
            and number.isdigit()
            and (part.above or part.kind is not FoundKind.GOAL)
        ):
            number, order = "", int(part.number)
        texts = {
            "number": number,
            "name": clean(part.name),
            "order": str(order) if order is not None else "",
            "draft": self._code("yes", "yes"),
            **part.cells,
            **self._place(part.place),
        }
        if "level" in sheet.by_key:
            texts["level"] = part.level
        if part.kind.sheet == "goals":
            texts["kind"] = self._code("goal-kind", "focus-area" if part.kind is FoundKind.AREA else "goal")
        if part.kind.sheet == "challenges":
            is_strength = part.kind is FoundKind.STRENGTH
            texts["kind"] = self._code("challenge-kind", "strength" if is_strength else "challenge")
        if "note" in part.cells:
            texts["note"] = f"{texts['note']} {SEPARATOR} {clean(part.cells['note'])}"
        return texts

    def _above(self, part: FoundPart) -> dict[str, str]:
        """Return the cell that names the goal that a part belongs to."""
        if part.above is None:
            return {}
        sheet = BY_KEY[part.kind.sheet]
        key = _ABOVE[sheet.key]
        return {key: self._reference(part.above, sheet.by_key[key].targets)}

    def _reference(self, part: FoundPart, targets: Iterable[str]) -> str:
        return self._references.show(self._iris[id(part)], targets)

    def _link_texts(self, link: FoundLink) -> dict[str, str]:
        goal, dot, _ = link.code.partition(".")
        targets = BY_KEY["links"].by_key["thing"].targets
        return {
            "thing": self._reference(link.thing, targets) if link.thing is not None else "",
            "sdg_goal": self._code("sdg-goals", SDG + goal),
            "sdg_target": self._code("sdg-targets", SDG + link.code) if dot else "",
            "relation": self._code("relation", "contributes") if self._has_target(link) else "",
            "basis": self._code("basis", "StatedInPlan"),
            "quote": clean(link.quote).replace(SEPARATOR, "/"),
            "draft": self._code("yes", "yes"),
            **self._place(link.place),
        }

    def _has_target(self, link: FoundLink) -> bool:
        """Return whether a goal of the UN is linked whose target is, too: the two links need different relations."""
        return any(each.thing is link.thing and each.code.startswith(f"{link.code}.") for each in self._draft.links)

    def _plan_texts(self) -> dict[str, str]:
        language, period, vision = self._draft.language, self._draft.period, self._draft.vision
        return {
            "name": clean(name_of(self._draft.title, period)),
            "title": clean(self._draft.title),
            "vision": clean(vision.text) if vision is not None else "",
            "start": period.start if period is not None else "",
            "end": period.end if period is not None else "",
            "period_label": clean(period.text) if period is not None else "",
            "lang": self._code("tags", language) if language else "",
            "languages": self._code("languages", language) if language else "",
            "page": self._document,
            "source": self._document,
        }

    def _adoption_texts(self, adoption: FoundAdoption) -> dict[str, str]:
        return {
            "type": self._code("event-type", "Adoption"),
            "name": clean(adoption.text),
            "date": adoption.date,
            "case": adoption.case,
            "draft": self._code("yes", "yes"),
            **self._place(adoption.place),
        }

    def _vision_texts(self, vision: FoundVision) -> dict[str, str]:
        """Return the row that names the place of the vision, which stands in the sheet of the plan."""
        title = BY_KEY["plan"].by_key["vision"].title.in_language(self._language)
        return {
            "thing": BY_KEY["plan"].title.in_language(self._language),
            "property": title,
            **self._place(vision.place),
        }

    def _place(self, place: SourcePlace) -> dict[str, str]:
        page = f"#page={place.page}" if place.page is not None and self._is_pdf else ""
        headings = place.headings
        if headings and plain_words(headings[0]) == plain_words(self._draft.title):
            headings = headings[1:]  # the title of the document stands above everything
        note = str(SourcePlace(place.page, headings))
        return {"source": self._document + page, "note": clean(note).replace(SEPARATOR, "/")}

    def _code(self, key: str, code: str) -> str:
        entry = code_lists()[key].find(code)
        assert entry is not None  # noqa: S101  # the codes are those of the lists
        return entry.shown(self._language)


def _numbers_twice(parts: Iterable[FoundPart]) -> set[tuple[FoundKind, str]]:
    counts = Counter((part.kind, part.number) for part in parts if part.number)
    return {key for key, count in counts.items() if count > 1}
