"""Columns that several sheets share."""

from dataclasses import replace

from plangraf.workbook.columns import ID_COLUMN, LANGUAGE_COLUMN, Column, ValueKind, Words

SEVERAL = Words("Flere verdier skilles med en loddrett strek: |", "Put a vertical bar between several values: |")


def _several(words: Words) -> Words:
    return Words(f"{words.nb} {SEVERAL.nb}", f"{words.en} {SEVERAL.en}")


def column(key: str, title: tuple[str, str], text: tuple[str, str], **options: object) -> Column:
    """Return a column; the help of one with several values says how to separate them.

    Args:
        key: its key.
        title: the heading, in Norwegian and English.
        text: the help, in Norwegian and English.
        options: the other attributes.
    """
    words = Words(*text)
    made = Column(key=key, title=Words(*title), help=words, **options)  # type: ignore[arg-type]  # as Column declares
    return replace(made, help=_several(words)) if made.multiple else made


ID = column(
    ID_COLUMN,
    ("ID", "ID"),
    (
        "La stå. ID-en holder på adressen når raden flyttes eller får nytt nummer eller navn. Nye rader har ingen.",
        "Leave as it is. The ID keeps the address when the row is moved, renumbered or renamed. New rows have none.",
    ),
    kind=ValueKind.PLAIN,
)
LANGUAGE = column(
    LANGUAGE_COLUMN,
    ("Språk", "Language"),
    (
        "Språket i tekstene i raden. Tom celle: språket i arket Plan.",
        "The language of the texts of the row. Empty: the language on the sheet Plan.",
    ),
    kind=ValueKind.CODE,
    codes="tags",
)
DRAFT = column(
    "draft",
    ("Utkast", "Draft"),
    (
        "«Ja» betyr at et program har fylt ut raden. Les over, rett, og tøm cellen.",
        "“Yes” means that a program filled in the row. Read it over, mend it, and empty the cell.",
    ),
    kind=ValueKind.CODE,
    codes="yes",
)
NUMBER = column(
    "number",
    ("Nummer", "Number"),
    (
        "Nummeret som planen selv gir. La cellen være tom når planen ikke nummererer.",
        "The number that the plan itself gives. Leave empty where the plan gives none.",
    ),
    kind=ValueKind.PLAIN,
    prop="skos:notation",
)
NAME = column(
    "name",
    ("Navn", "Name"),
    ("Ordlyden i planen, uten nummeret.", "The words of the plan, without the number."),
    prop="skos:prefLabel",
    required=True,
)
LABEL = replace(NAME, prop="rdfs:label", help=Words("Navnet som lesere ser.", "The name that readers see."))
LEVEL = column(
    "level",
    ("Nivå", "Level"),
    (
        "Planens eget ord for nivået, for eksempel hovedmål eller delmål.",
        "The plan's own word for the level, such as hovedmål or delmål.",
    ),
    prop="plan:level",
    multiple=True,
)
ORDER = column(
    "order",
    ("Rekkefølge", "Order"),
    (
        "Plassen i rekken, fra 1, når planen ikke nummererer.",
        "The place in the sequence, from 1, where the plan gives no numbers.",
    ),
    kind=ValueKind.INTEGER,
    prop="plan:order",
)
PRIORITY = column(
    "priority",
    ("Prioritet", "Priority"),
    ("Rangen som planen gir: 1 er viktigst.", "The rank that the plan gives: 1 comes first."),
    kind=ValueKind.INTEGER,
    prop="plan:priority",
)
DEFINITION = column(
    "definition",
    ("Beskrivelse", "Description"),
    ("Planens egen tekst om dette.", "The plan's own text about it."),
    prop="skos:definition",
)
WORDING = column(
    "wording",
    ("Ordlyd", "Wording"),
    ("Hvor ordene i navnet kommer fra.", "Where the words of the name come from."),
    kind=ValueKind.CODE,
    prop="plan:wording",
    codes="wording",
)
QUOTED_FROM = column(
    "quoted_from",
    ("Sitert fra", "Quoted from"),
    ("Dokumentet som ordene er sitert fra.", "The document that the words are quoted from."),
    kind=ValueKind.REFERENCE,
    prop="prov:wasQuotedFrom",
    multiple=True,
    targets=("sources",),
)
MISSING = column(
    "missing",
    ("Mangler", "Missing"),
    ("Det som ikke er skrevet av.", "Parts that are not transcribed."),
    kind=ValueKind.CODE,
    prop="plan:transcription",
    multiple=True,
    codes="transcription",
)
ALTERNATIVE = column(
    "alternative",
    ("Andre navn", "Other names"),
    ("Andre navn og forkortelser.", "Other names and abbreviations."),
    prop="skos:altLabel",
    multiple=True,
)
SCOPE_NOTE = column(
    "scope_note",
    ("Forklaring", "Explanation"),
    ("Hva dette omfatter, fra kilden.", "What it covers, from the source."),
    prop="skos:scopeNote",
    multiple=True,
)
HISTORY_NOTE = column(
    "history_note",
    ("Historikk", "History"),
    ("Hvordan dette ble til.", "How it came about."),
    prop="skos:historyNote",
    multiple=True,
)
EDITORIAL_NOTE = column(
    "editorial_note",
    ("Redaksjonell merknad", "Editorial note"),
    ("En merknad fra den som skriver av.", "A remark of the transcriber."),
    prop="skos:editorialNote",
    multiple=True,
)
NOTE = column(
    "note",
    ("Merknad", "Note"),
    ("Andre opplysninger, for eksempel side og overskrift i kilden.", "Anything else, such as page and heading."),
    prop="skos:note",
    multiple=True,
)
AUDIENCE = column(
    "audience",
    ("Målgruppe", "Audience"),
    ("Aktørgruppen som dette er for.", "The actor group whom it is for."),
    kind=ValueKind.REFERENCE,
    prop="dct:audience",
    multiple=True,
    targets=("actors",),
)
RESPONSIBLE = column(
    "responsible",
    ("Ansvarlig", "Responsible"),
    ("Aktørgruppen eller enheten som har ansvaret.", "The actor group or the unit that is responsible."),
    kind=ValueKind.REFERENCE,
    prop="plan:responsible",
    multiple=True,
    targets=("actors", "organisations"),
)
REVISION_OF = column(
    "revision_of",
    ("Videreføring av", "Revision of"),
    ("Adressen til målet i den forrige planen.", "The address of the goal in the earlier plan."),
    kind=ValueKind.ADDRESS,
    prop="prov:wasRevisionOf",
    multiple=True,
)
SUBJECT = column(
    "subject",
    ("Los-tema", "Los theme"),
    ("Redaksjonelt: temaet i Los som dette handler om.", "Editorial: the theme of Los that it is about."),
    kind=ValueKind.CODE,
    prop="dct:subject",
    multiple=True,
    codes="los",
    graph="editorial",
)
SEE_ALSO = column(
    "see_also",
    ("Se også", "See also"),
    ("Adresser med mer om dette.", "Addresses with more about it."),
    kind=ValueKind.ADDRESS,
    prop="rdfs:seeAlso",
    multiple=True,
)
SOURCE = column(
    "source",
    ("Kilde", "Source"),
    (
        "Adressen til dokumentet der det står, eller navnet det har i arket Kilder. "
        "En side i en PDF skrives #page=12 bak adressen eller navnet.",
        "The address of the document that says it, or its name on the sheet Sources. "
        "Add #page=12 to either for a page of a PDF.",
    ),
    kind=ValueKind.REFERENCE,
    prop="dct:source",
    required=True,
    multiple=True,
    targets=("sources",),
)
OPTIONAL_SOURCE = replace(SOURCE, required=False)
PERIOD = (
    column(
        "start",
        ("Periode fra", "Period from"),
        ("Dag, måned eller år.", "A day, a month or a year."),
        kind=ValueKind.DATE,
        feeds=("dct:temporal", "dcat:startDate"),
    ),
    column(
        "end",
        ("Periode til", "Period to"),
        ("Dag, måned eller år.", "A day, a month or a year."),
        kind=ValueKind.DATE,
        feeds=("dct:temporal", "dcat:endDate"),
    ),
    column(
        "period_label",
        ("Navn på perioden", "Name of the period"),
        ("For eksempel 2025–2037.", "Such as 2025–2037."),
    ),
    column(
        "period_source",
        ("Kilde for perioden", "Source of the period"),
        ("Når den er en annen enn kilden til resten.", "Where it is another than that of the rest."),
        kind=ValueKind.REFERENCE,
        multiple=True,
        targets=("sources",),
    ),
    column(
        "period_id",
        ("ID for perioden", "ID of the period"),
        ("La stå.", "Leave as it is."),
        kind=ValueKind.PLAIN,
    ),
)
NOTES = (ALTERNATIVE, DEFINITION, SCOPE_NOTE, HISTORY_NOTE, EDITORIAL_NOTE, NOTE)
WORDS = (WORDING, QUOTED_FROM)
LAST = (SEE_ALSO, SOURCE, LANGUAGE, DRAFT, ID)
