"""The worked example of the template: the plan of the invented municipality of Eksempelvik."""

from collections.abc import Mapping

from plangraf.languages import InterfaceLanguage
from plangraf.workbook.code_lists import code_lists
from plangraf.workbook.columns import ValueKind
from plangraf.workbook.rows import Row, WorkbookRows, made_row
from plangraf.workbook.sheets import BY_KEY

_PDF = "https://www.eksempelvik.example/samfunnsplan.pdf"
_SITE = "https://www.eksempelvik.example/"
_ABOUT = f"{_SITE}om"
_ADOPTED = "AsAdopted"
_ROWS: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "plan": (
        {
            "name": "Eksempelvikplanen",
            "title": "Kommuneplanens samfunnsdel 2025–2037",
            "code": "eksempelvik/samfunnsplan-2025-2037",
            "lang": "nb",
            "languages": "nb",
            "publisher": _SITE,
            "status": "Adopted",
            "type": "SocialElement",
            "vision": "Nær vannet, nær hverandre",
            "accepted": "2025-03-20",
            "start": "2025",
            "end": "2037",
            "period_label": "2025–2037",
            "page": _PDF,
            "source": _PDF,
        },
    ),
    "process": (
        {
            "type": "Adoption",
            "name": "Vedtak i kommunestyret 20. mars 2025",
            "date": "2025-03-20",
            "case": "12/25",
            "body": "Eksempelvik kommunestyre",
            "source": _PDF,
        },
    ),
    "goals": (
        {
            "kind": "goal",
            "number": "1",
            "name": "Eksempelvik er rustet for et klima i endring",
            "level": "hovedmål",
            "wording": _ADOPTED,
            "addresses": "Oftere flom",
            "source": _PDF,
        },
        {
            "kind": "goal",
            "number": "1.1",
            "name": "Ingen bygger der vannet kommer",
            "parent": "1",
            "level": "delmål",
            "wording": _ADOPTED,
            "source": f"{_PDF}#page=12",
        },
    ),
    "strategies": (
        {
            "number": "1.1.1",
            "name": "Vi tar vare på elvebreddene",
            "supports": "1.1",
            "responsible": "Teknisk etat",
            "wording": _ADOPTED,
            "source": _PDF,
        },
    ),
    "measures": ({"name": "Åpne Eksempelbekken mellom skolen og fjorden", "implements": "1.1.1", "source": _PDF},),
    "contributions": (
        {
            "name": "Rydde kvist fra bekken på dugnad",
            "supports": "1.1",
            "carried_out_by": "Innbyggere",
            "source": _PDF,
        },
    ),
    "challenges": (
        {"kind": "challenge", "name": "Oftere flom", "order": "1", "source": _PDF},
        {"kind": "strength", "name": "Folk som kjenner fjorden", "order": "1", "source": _PDF},
    ),
    "actors": (
        {"name": "Teknisk etat", "order": "1", "source": _PDF},
        {"name": "Innbyggere", "order": "2", "source": _PDF},
    ),
    "indicators": (
        {
            "number": "1",
            "name": "Boliger i flomutsatte områder",
            "measures": "1.1",
            "direction": "Decrease",
            "baseline": "120",
            "baseline_year": "2024",
            "target": "60",
            "target_year": "2037",
            "unit": "boliger",
            "source": _PDF,
        },
    ),
    "values": (
        {
            "indicator": "1",
            "time": "2025",
            "value": "118",
            "source": f"{_SITE}arsrapport-2025.pdf",
        },
    ),
    "series": ({"name": "Hvor det går med planen"},),
    "links": (
        {
            "thing": "1.1",
            "sdg_goal": "13",
            "sdg_target": "13.1",
            "relation": "serves",
            "basis": "StatedInPlan",
            "quote": "Delmålet svarer til FNs delmål 13.1.",
            "date": "2025-05-02",
            "source": _PDF,
        },
    ),
    "sources": (
        {"iri": _PDF, "name": "Kommuneplanens samfunnsdel, vedtatt plan (PDF)"},
        {"iri": f"{_SITE}arsrapport-2025.pdf", "name": "Årsrapporten for 2025 (PDF)"},
    ),
    "organisations": (
        {"id": _SITE, "name": "Eksempelvik kommune (oppdiktet)", "kind": "organisation", "source": _ABOUT},
        {
            "id": f"{_SITE}kommunestyret",
            "name": "Eksempelvik kommunestyre",
            "kind": "unit",
            "unit_of": _SITE,
            "source": _ABOUT,
        },
    ),
    "texts": (
        {"thing": "Plan", "property": "", "lang": "en", "text": "The Eksempelvik Plan", "role": ""},
        {
            "thing": "goal/1.1",
            "property": "",
            "lang": "en",
            "text": "Nobody builds where the water comes",
            "role": "",
        },
    ),
    "graphs": (
        {
            "role": "publisher",
            "title": "Eksempelvikplanen, skrevet av fra den vedtatte planen",
            "creator": _SITE,
            "licence": "NLOD-2.0",
            "derived_from": _PDF,
        },
    ),
}


def example_rows(language: InterfaceLanguage) -> WorkbookRows:
    """Return the rows of the example, with the codes in one of the languages."""
    return WorkbookRows({key: [_row(key, texts, language) for texts in rows] for key, rows in _ROWS.items()})


def _row(key: str, texts: Mapping[str, str], language: InterfaceLanguage) -> Row:
    sheet = BY_KEY[key]
    shown = dict(texts)
    for column in sheet.columns:
        text = texts.get(column.key)
        if text and column.kind is ValueKind.CODE and column.codes in code_lists():
            entry = code_lists()[column.codes or ""].find(text)
            shown[column.key] = entry.shown(language) if entry is not None else text
    return made_row(sheet, shown)
