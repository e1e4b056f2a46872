"""The declaration of the workbook: its sheets, in the order of the template."""

from collections.abc import Mapping

from plangraf.workbook import common_columns as common
from plangraf.workbook.columns import Sheet, ValueKind, Words
from plangraf.workbook.common_columns import column
from plangraf.workbook.data_sheets import GRAPHS, LINKS, SOURCES, STATEMENTS, TEXTS
from plangraf.workbook.plan_sheets import ORGANISATIONS, PLAN, PROCESS

_GOALS = ("goals",)
_SUPPORTED = ("goals", "plan")

GOALS = Sheet(
    key="goals",
    title=Words("Mål", "Goals"),
    help=Words(
        "Satsingsområder, mål og delmål, ett i hver rad.", "Focus areas, goals and sub-goals, one in each row."
    ),
    types=("plan:Goal", "plan:FocusArea"),
    path="goal",
    columns=(
        column(
            "kind",
            ("Slag", "Kind"),
            ("Mål, eller et satsingsområde som bare samler mål.", "A goal, or a focus area that only groups goals."),
            kind=ValueKind.CODE,
            codes="goal-kind",
        ),
        common.NUMBER,
        common.NAME,
        column(
            "parent",
            ("Overordnet", "Parent"),
            (
                "Nummeret, navnet eller ID-en til målet over. Tom celle: øverste nivå.",
                "The number, name or ID of the goal above. Empty: the top level.",
            ),
            kind=ValueKind.REFERENCE,
            prop="skos:broader",
            multiple=True,
            targets=_GOALS,
        ),
        common.LEVEL,
        common.ORDER,
        common.PRIORITY,
        *common.WORDS,
        common.MISSING,
        column(
            "addresses",
            ("Møter utfordring", "Addresses"),
            ("Utfordringen som målet svarer på.", "The challenge that the goal answers."),
            kind=ValueKind.REFERENCE,
            prop="plan:addresses",
            multiple=True,
            targets=("challenges",),
        ),
        common.AUDIENCE,
        common.SUBJECT,
        *common.NOTES,
        common.REVISION_OF,
        *common.LAST,
    ),
)
STRATEGIES = Sheet(
    key="strategies",
    title=Words("Strategier", "Strategies"),
    help=Words(
        "Det kommunen selv vil gjøre for å nå et mål.", "What the municipality itself will do to reach a goal."
    ),
    types=("plan:Strategy",),
    path="strategy",
    columns=(
        common.NUMBER,
        common.NAME,
        column(
            "supports",
            ("Støtter mål", "Supports"),
            ("Målet som strategien støtter, eller «Plan».", "The goal that the strategy supports, or “Plan”."),
            kind=ValueKind.REFERENCE,
            prop="plan:supports",
            required=True,
            multiple=True,
            targets=_SUPPORTED,
        ),
        common.LEVEL,
        common.ORDER,
        common.PRIORITY,
        common.RESPONSIBLE,
        *common.WORDS,
        common.MISSING,
        common.AUDIENCE,
        common.SUBJECT,
        *common.NOTES,
        *common.LAST,
    ),
)
MEASURES = Sheet(
    key="measures",
    title=Words("Tiltak", "Measures"),
    help=Words(
        "Noe bestemt som skal gjøres for å gjennomføre en strategi.",
        "Something definite that is to be done to carry out a strategy.",
    ),
    types=("plan:Measure",),
    path="measure",
    columns=(
        common.NUMBER,
        common.NAME,
        column(
            "implements",
            ("Gjennomfører", "Implements"),
            (
                "Strategien som tiltaket gjennomfører, eller målet når det ikke er noen.",
                "The strategy that the measure carries out, or the goal where there is none.",
            ),
            kind=ValueKind.REFERENCE,
            prop="plan:implements",
            required=True,
            multiple=True,
            targets=("strategies", "goals", "plan"),
        ),
        common.LEVEL,
        common.ORDER,
        common.PRIORITY,
        common.RESPONSIBLE,
        *common.WORDS,
        common.MISSING,
        common.AUDIENCE,
        common.SUBJECT,
        *common.NOTES,
        *common.LAST,
    ),
)
CONTRIBUTIONS = Sheet(
    key="contributions",
    title=Words("Bidrag", "Contributions"),
    help=Words(
        "Det andre enn kommunen kan gjøre for å bidra til et mål.",
        "What others than the municipality can do to help reach a goal.",
    ),
    types=("plan:Contribution",),
    path="contribution",
    columns=(
        common.NUMBER,
        common.NAME,
        column(
            "supports",
            ("Støtter mål", "Supports"),
            ("Målet som bidraget støtter, eller «Plan».", "The goal that the contribution supports, or “Plan”."),
            kind=ValueKind.REFERENCE,
            prop="plan:supports",
            required=True,
            multiple=True,
            targets=_SUPPORTED,
        ),
        column(
            "carried_out_by",
            ("Utføres av", "Carried out by"),
            ("Aktørgruppen som kan gi bidraget.", "The actor group that can make the contribution."),
            kind=ValueKind.REFERENCE,
            prop="plan:carriedOutBy",
            multiple=True,
            targets=("actors",),
        ),
        common.ORDER,
        *common.WORDS,
        common.MISSING,
        common.AUDIENCE,
        common.SUBJECT,
        *common.NOTES,
        *common.LAST,
    ),
)
CHALLENGES = Sheet(
    key="challenges",
    title=Words("Utfordringer", "Challenges"),
    help=Words(
        "Utfordringer som planen svarer på, og styrker som kommunen kan bygge på.",
        "Challenges that the plan answers, and strengths that the municipality can build on.",
    ),
    types=("plan:Challenge", "plan:Strength"),
    path="challenge",
    columns=(
        column(
            "kind",
            ("Slag", "Kind"),
            ("Utfordring eller styrke.", "A challenge or a strength."),
            kind=ValueKind.CODE,
            codes="challenge-kind",
        ),
        common.NUMBER,
        common.NAME,
        common.ORDER,
        *common.WORDS,
        common.MISSING,
        common.SUBJECT,
        *common.NOTES,
        *common.LAST,
    ),
)
ACTORS = Sheet(
    key="actors",
    title=Words("Aktører", "Actors"),
    help=Words(
        "Grupper som planen regner med, for eksempel innbyggere.",
        "Groups that the plan counts on, such as inhabitants.",
    ),
    types=("plan:ActorGroup",),
    path="actor",
    columns=(
        common.NUMBER,
        common.NAME,
        column(
            "represents",
            ("Står for", "Represents"),
            (
                "Organisasjonen som gruppen står for: navn, adresse eller organisasjonsnummer.",
                "The organisation that the group stands for: name, address or organisation number.",
            ),
            kind=ValueKind.REFERENCE,
            prop="plan:represents",
            multiple=True,
            targets=("organisations",),
        ),
        common.ORDER,
        *common.WORDS,
        common.MISSING,
        common.SUBJECT,
        *common.NOTES,
        *common.LAST,
    ),
)
INDICATORS = Sheet(
    key="indicators",
    title=Words("Indikatorer", "Indicators"),
    help=Words("Det som måles for å se om planen virker.", "What is measured to see whether the plan works."),
    types=("plan:Indicator",),
    path="indicator",
    columns=(
        common.NUMBER,
        common.NAME,
        column(
            "measures",
            ("Måler", "Measures"),
            ("Målet som indikatoren måler.", "The goal that the indicator measures."),
            kind=ValueKind.REFERENCE,
            prop="plan:measures",
            multiple=True,
            targets=_GOALS,
        ),
        column(
            "direction",
            ("Retning", "Direction"),
            ("Hvilken vei verdien skal gå.", "Which way the value is to go."),
            kind=ValueKind.CODE,
            prop="plan:direction",
            required=True,
            codes="direction",
        ),
        column(
            "baseline",
            ("Utgangsverdi", "Baseline"),
            ("Et tall, uten enhet.", "A number, without its unit."),
            kind=ValueKind.NUMBER,
            prop="plan:baseline",
        ),
        column(
            "baseline_year",
            ("År for utgangsverdien", "Year of the baseline"),
            ("Fire sifre.", "Four digits."),
            kind=ValueKind.YEAR,
            prop="plan:baselineYear",
        ),
        column(
            "target",
            ("Målverdi", "Target value"),
            ("Et tall, uten enhet.", "A number, without its unit."),
            kind=ValueKind.NUMBER,
            prop="plan:target",
        ),
        column(
            "target_year",
            ("År for målverdien", "Year of the target value"),
            ("Fire sifre.", "Four digits."),
            kind=ValueKind.YEAR,
            prop="plan:targetYear",
        ),
        column("unit", ("Enhet", "Unit"), ("For eksempel prosent.", "Such as per cent."), prop="plan:unit"),
        common.ORDER,
        *common.WORDS,
        common.MISSING,
        common.SUBJECT,
        *common.NOTES,
        *common.LAST,
    ),
)
SERIES = Sheet(
    key="series",
    title=Words("Dataserier", "Series"),
    help=Words(
        "Verdiene hører til en serie. Uenige kilder får hver sin.",
        "Values belong to a series. Sources that disagree have one each.",
    ),
    types=("qb:DataSet",),
    path="series",
    columns=(common.LABEL, common.NOTE, common.OPTIONAL_SOURCE, common.LANGUAGE, common.ID),
)
VALUES = Sheet(
    key="values",
    title=Words("Verdier", "Values"),
    help=Words("Verdiene til indikatorene over tid.", "The values of the indicators over time."),
    types=("qb:Observation",),
    path="observation",
    columns=(
        column(
            "indicator",
            ("Indikator", "Indicator"),
            ("Indikatoren: nummer, navn eller ID.", "The indicator: number, name or ID."),
            kind=ValueKind.REFERENCE,
            prop="plan:indicator",
            required=True,
            targets=("indicators",),
        ),
        column(
            "time",
            ("Tid", "Time"),
            ("År, måned eller dag.", "A year, a month or a day."),
            kind=ValueKind.DATE,
            prop="sdmx-dimension:refPeriod",
            required=True,
        ),
        column(
            "value",
            ("Verdi", "Value"),
            ("Et tall, uten enhet.", "A number, without its unit."),
            kind=ValueKind.NUMBER,
            prop="sdmx-measure:obsValue",
            required=True,
        ),
        column(
            "series",
            ("Serie", "Series"),
            (
                "Navnet i arket Dataserier. Tom celle: planens serie.",
                "Its name on the sheet Series. Empty: the plan's.",
            ),
            kind=ValueKind.REFERENCE,
            prop="qb:dataSet",
            targets=("series",),
        ),
        common.NOTE,
        common.SOURCE,
        common.LANGUAGE,
        common.ID,
    ),
)

SHEETS: tuple[Sheet, ...] = (
    PLAN,
    PROCESS,
    GOALS,
    STRATEGIES,
    MEASURES,
    CONTRIBUTIONS,
    CHALLENGES,
    ACTORS,
    INDICATORS,
    VALUES,
    SERIES,
    LINKS,
    SOURCES,
    ORGANISATIONS,
    TEXTS,
    STATEMENTS,
    GRAPHS,
)
"""All sheets, in the order of the template."""
BY_KEY: Mapping[str, Sheet] = {sheet.key: sheet for sheet in SHEETS}
CONCEPTS = (GOALS, STRATEGIES, MEASURES, CONTRIBUTIONS, CHALLENGES, ACTORS, INDICATORS)
"""The sheets of concepts of the plan."""
