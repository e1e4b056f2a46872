"""The sheets of links, sources and texts, and of the data themselves."""

from dataclasses import replace

from plangraf.workbook import common_columns as common
from plangraf.workbook.columns import Sheet, ValueKind, Words
from plangraf.workbook.common_columns import column

_EVERYTHING = (
    "goals",
    "strategies",
    "measures",
    "contributions",
    "challenges",
    "actors",
    "indicators",
    "plan",
    "process",
    "series",
    "values",
    "sources",
    "organisations",
    "graphs",
)
_LINKED = ("goals", "strategies", "measures", "contributions", "plan")

_ROLE = column(
    "role",
    ("Hører til", "Belongs to"),
    (
        "Hvem som sier det: utgiveren, en oversetter eller en redaktør. Tom celle: utgiveren.",
        "Who says it: the publisher, a translator or an editor. Empty: the publisher.",
    ),
    kind=ValueKind.CODE,
    codes="role",
)
_CREATOR = column(
    "creator",
    ("Hvem", "By whom"),
    ("Den som sier det. Tom celle: den som har laget dataene.", "Who says so. Empty: the maker of the data."),
    kind=ValueKind.REFERENCE,
    prop="dct:creator",
    multiple=True,
    targets=("organisations",),
    defaults=(("graphs", "creator"), ("plan", "publisher")),
)
LINKS = Sheet(
    key="links",
    title=Words("Bærekraftsmål", "SDGs"),
    help=Words(
        "Koblinger til FNs bærekraftsmål eller til mål i andre planer, med grunnlag og setningen som viser det.",
        "Links to the UN's SDGs or to goals of other plans, with basis and the sentence that is the evidence.",
    ),
    types=("owl:Axiom",),
    path="link",
    columns=(
        column(
            "thing",
            ("Mål i planen", "Goal of the plan"),
            (
                "Nummeret, navnet eller ID-en i de andre arkene, eller «Plan».",
                "The number, name or ID on the other sheets, or “Plan”.",
            ),
            kind=ValueKind.REFERENCE,
            required=True,
            targets=_LINKED,
            feeds=("owl:annotatedSource", "owl:annotatedTarget"),
        ),
        column(
            "sdg_goal",
            ("Bærekraftsmål", "SDG"),
            (
                "Velg fra listen. Tom celle: koblingen går til et mål i en annen plan.",
                "Choose from the list. Empty: the link leads to a goal of another plan.",
            ),
            kind=ValueKind.CODE,
            codes="sdg-goals",
            feeds=("owl:annotatedTarget",),
        ),
        column(
            "sdg_target",
            ("Delmål", "SDG target"),
            (
                "Listen følger bærekraftsmålet. Tom celle: målet som helhet.",
                "The list follows the SDG. Empty: the goal as a whole.",
            ),
            kind=ValueKind.CODE,
            codes="sdg-targets",
            feeds=("owl:annotatedTarget",),
        ),
        column(
            "other",
            ("Mål i en annen plan", "Goal of another plan"),
            (
                "Adressen til målet (identifikatoren på siden om det), i stedet for et bærekraftsmål.",
                "The address of the goal (the identifier on its page), instead of an SDG.",
            ),
            kind=ValueKind.ADDRESS,
            feeds=("owl:annotatedTarget",),
        ),
        column(
            "relation",
            ("Sammenheng", "Relation"),
            (
                "Tom celle: et mål bidrar til et delmål og er beslektet med et helt mål.",
                "Empty: a goal serves a target, and is related to a whole SDG.",
            ),
            kind=ValueKind.CODE,
            codes="relation",
        ),
        column(
            "basis",
            ("Grunnlag", "Basis"),
            ("Om planen sier det selv, eller en redaktør mener det.", "Whether the plan says so, or an editor does."),
            kind=ValueKind.CODE,
            prop="plan:basis",
            required=True,
            codes="basis",
        ),
        column(
            "quote",
            ("Setning", "Sentence"),
            ("Setningen i kilden som viser koblingen.", "The sentence of the source that is the evidence."),
            prop="plan:quote",
            multiple=True,
        ),
        column(
            "date",
            ("Dato", "Date"),
            ("Dagen da noen skrev koblingen.", "The day on which somebody wrote the link."),
            kind=ValueKind.DATE,
            prop="pav:authoredOn",
        ),
        _CREATOR,
        column(
            "justification",
            ("Framgangsmåte", "Method"),
            ("Tom celle: vurdert av et menneske.", "Empty: judged by a person."),
            kind=ValueKind.CODE,
            prop="sssom:mapping_justification",
            codes="justification",
        ),
        column(
            "confidence",
            ("Sikkerhet", "Confidence"),
            ("Fra 0 til 1.", "From 0 to 1."),
            kind=ValueKind.NUMBER,
            prop="sssom:confidence",
        ),
        common.NOTE,
        common.SOURCE,
        common.LANGUAGE,
        column(
            "refused",
            ("Avvist", "Refused"),
            (
                "«Ja» betyr at en redaktør har vurdert koblingen og avvist den. Den blir ikke foreslått igjen.",
                "“Yes” means that an editor has judged the link and refused it. It is not suggested again.",
            ),
            kind=ValueKind.CODE,
            codes="yes",
        ),
        common.DRAFT,
        common.ID,
    ),
)
SOURCES = Sheet(
    key="sources",
    title=Words("Kilder", "Sources"),
    help=Words(
        "Dokumentene og nettsidene som opplysningene er hentet fra.",
        "The documents and pages that the plan is taken from.",
    ),
    types=("foaf:Document",),
    columns=(
        column(
            "iri",
            ("Adresse", "Address"),
            ("Nettadressen til dokumentet.", "The web address of the document."),
            kind=ValueKind.ADDRESS,
            required=True,
        ),
        common.LABEL,
        column(
            "publisher",
            ("Utgiver", "Publisher"),
            ("Den som har gitt ut dokumentet.", "Who published the document."),
            kind=ValueKind.REFERENCE,
            prop="dct:publisher",
            multiple=True,
            targets=("organisations",),
        ),
        column(
            "issued",
            ("Utgitt", "Issued on"),
            ("Dag, måned eller år.", "A day, a month or a year."),
            kind=ValueKind.DATE,
            prop="dct:issued",
        ),
        column(
            "modified",
            ("Endret", "Modified on"),
            ("Dag, måned eller år.", "A day, a month or a year."),
            kind=ValueKind.DATE,
            prop="dct:modified",
        ),
        common.NOTE,
        common.LANGUAGE,
        _ROLE,
    ),
)
TEXTS = Sheet(
    key="texts",
    title=Words("Oversettelser", "Translations"),
    help=Words(
        "Oversettelser, og andre tekster på et annet språk enn raden de hører til.",
        "Translations, and other texts in another language than the row that they belong to.",
    ),
    columns=(
        column(
            "thing",
            ("Gjelder", "About"),
            ("Nummeret, navnet eller ID-en i de andre arkene.", "The number, name or ID on the other sheets."),
            kind=ValueKind.REFERENCE,
            required=True,
            targets=_EVERYTHING,
        ),
        column(
            "property",
            ("Felt", "Field"),
            ("Feltet som er oversatt. Tom celle: navnet.", "The field that is translated. Empty: the name."),
            kind=ValueKind.CODE,
            codes="text-properties",
        ),
        replace(
            common.LANGUAGE,
            required=True,
            help=Words("Språket i oversettelsen.", "The language of the translation."),
        ),
        column(
            "text",
            ("Tekst", "Text"),
            ("Teksten på dette språket.", "The text in this language."),
            required=True,
        ),
        replace(
            _ROLE,
            help=Words(
                "Hvem som har oversatt. Tom celle: en annen enn utgiveren.",
                "Whose translation it is. Empty: not the publisher's.",
            ),
        ),
        common.DRAFT,
    ),
)
STATEMENTS = Sheet(
    key="statements",
    title=Words("Enkeltkilder", "Single sources"),
    help=Words(
        "Opplysninger som har en annen kilde enn raden de står i.",
        "Statements that have another source than the row that they stand in.",
    ),
    types=("owl:Axiom",),
    path="source",
    columns=(
        column(
            "thing",
            ("Gjelder", "About"),
            ("Nummeret, navnet eller ID-en i de andre arkene.", "The number, name or ID on the other sheets."),
            kind=ValueKind.REFERENCE,
            required=True,
            targets=_EVERYTHING,
        ),
        column(
            "property",
            ("Felt", "Field"),
            ("Feltet som kilden gjelder.", "The field that the source is of."),
            kind=ValueKind.CODE,
            required=True,
            codes="properties",
        ),
        column(
            "value",
            ("Verdi", "Value"),
            (
                "Det som står i feltet. Tom celle: det eneste som står der.",
                "The content of the field. Empty: the only one that it has.",
            ),
            kind=ValueKind.PLAIN,
        ),
        _CREATOR,
        common.QUOTED_FROM,
        common.NOTE,
        common.SOURCE,
        common.LANGUAGE,
        _ROLE,
        common.ID,
    ),
)
GRAPHS = Sheet(
    key="graphs",
    title=Words("Om dataene", "About the data"),
    help=Words(
        "Hvem som har laget dataene, og lisensen. Én rad for utgiverens opplysninger; resten kan stå tomt.",
        "Who made the data, and their licence. One row for the publisher's statements; the rest may be left out.",
    ),
    types=("prov:Entity",),
    columns=(
        _ROLE,
        column(
            "title",
            ("Tittel", "Title"),
            ("Navnet på dataene. Tom celle: navnet på planen.", "The name of the data. Empty: the name of the plan."),
            prop="dct:title",
            defaults=(("plan", "name"), ("plan", "title")),
        ),
        column(
            "description",
            ("Omtale", "Account"),
            ("Hva dataene omfatter.", "What the data cover."),
            prop="dct:description",
        ),
        replace(
            _CREATOR,
            help=Words("Den som har laget dataene. Tom celle: utgiveren.", "The maker. Empty: the publisher."),
            defaults=(("plan", "publisher"),),
        ),
        column(
            "licence",
            ("Lisens", "Licence"),
            (
                "Lisensen for dataene, for eksempel NLOD 2.0. Utgiveren bestemmer den.",
                "The licence of the data, such as NLOD 2.0. The publisher decides.",
            ),
            kind=ValueKind.CODE,
            prop="dct:license",
            multiple=True,
            codes="licences",
            defaults=(("graphs", "licence"),),
        ),
        column(
            "derived_from",
            ("Hentet fra", "Derived from"),
            ("Adressene til kildene. Tom celle: kilden til planen.", "The sources. Empty: the source of the plan."),
            kind=ValueKind.REFERENCE,
            prop="prov:wasDerivedFrom",
            multiple=True,
            targets=("sources",),
            defaults=(("plan", "source"),),
        ),
        column(
            "languages",
            ("Språk i dataene", "Language of the data"),
            ("For en oversettelse: språket.", "Of a translation: its language."),
            kind=ValueKind.CODE,
            prop="dct:language",
            multiple=True,
            codes="languages",
        ),
        column(
            "issued",
            ("Utgitt", "Issued on"),
            ("Dag, måned eller år.", "A day, a month or a year."),
            kind=ValueKind.DATE,
            prop="dct:issued",
        ),
        column(
            "modified",
            ("Endret", "Modified on"),
            ("Dag, måned eller år.", "A day, a month or a year."),
            kind=ValueKind.DATE,
            prop="dct:modified",
        ),
        common.NOTE,
        common.SEE_ALSO,
        common.LANGUAGE,
    ),
)
