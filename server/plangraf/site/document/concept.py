"""The page of a concept of a plan, such as a goal, a strategy, a challenge or an indicator."""

from plangraf.http.signposting import Landing
from plangraf.linkeddata.addresses import Addresses
from plangraf.linkeddata.schema_org import defined_term
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import expand
from plangraf.site.document.series import read_series
from plangraf.site.plan.tree import linked_sdgs
from plangraf.view.amount import format_amount
from plangraf.view.chart import HEIGHT, WIDTH
from plangraf.view.claims import read_claims
from plangraf.view.page import Metadata, Page
from plangraf.view.reading import Reading
from plangraf.view.statement_sources import read_statement_sources
from plangraf.view.target_sentence import read_target_sentence
from plangraf.vocabulary import GOAL_CLASSES, PLAN_CONCEPTS

CLASSES = frozenset(iri for kind in PLAN_CONCEPTS for iri in kind.classes)
"""The classes of the concepts that have this page."""
_BETWEEN_CONCEPTS = (
    "plan:supports",
    "plan:implements",
    "plan:addresses",
    "plan:measures",
    "plan:responsible",
    "plan:carriedOutBy",
    "dct:audience",
)
_FACTS = (*_BETWEEN_CONCEPTS, "plan:represents", "prov:wasQuotedFrom")
_NUMBERS = ("plan:priority", "plan:baseline", "plan:baselineYear", "plan:target", "plan:targetYear")


def concept_page(reading: Reading, iri: str, metadata: Metadata) -> Page:
    """Return the page of the concept `iri` from its description."""
    statements = reading.statements
    concept = reading.reference(iri)
    plans = reading.references(iri, "skos:inScheme")
    parents = reading.references(iri, "skos:broader")
    is_goal = not statements.types(iri).isdisjoint(GOAL_CLASSES)
    facts = [(relation, reading.references(iri, relation)) for relation in _FACTS]
    numbers = [
        (number, format_amount(literal, reading.reader.language))
        for number in _NUMBERS
        for literal in statements.literals(iri, expand(number))[:1]
    ]
    referring = [
        (relation, reading.sorted(statements.subjects(expand(relation), iri))) for relation in _BETWEEN_CONCEPTS
    ]
    titles = _titles(reading)
    claims = read_claims(reading)
    context = {
        "concept": concept,
        "kinds": [reading.reference(kind) for kind in sorted(statements.types(iri)) if kind in CLASSES],
        "levels": reading.texts(iri, "plan:level"),
        "target": read_target_sentence(reading, iri),
        "definition": reading.text(iri, "skos:definition"),
        "wording": reading.references(iri, "plan:wording"),
        "missing": expand("plan:TitleMissing") in statements.iris(iri, expand("plan:transcription")),
        "plans": plans,
        "parents": parents,
        "children": reading.sorted(statements.subjects(expand("skos:broader"), iri)),
        "claims": claims,
        "sdg_links": linked_sdgs(claims).get(iri, ()),
        "other_names": reading.others(iri),
        "is_goal": is_goal,
        "facts": [(titles[relation], found) for relation, found in facts if found],
        "numbers": [(titles[number], value) for number, value in numbers],
        "unit": reading.text(iri, "plan:unit"),
        "series": read_series(reading, iri),
        "size": (WIDTH, HEIGHT),
        "referring": [(titles[f"^{relation}"], found) for relation, found in referring if found],
        "sources": reading.references(iri, "dct:source"),
        "statement_sources": read_statement_sources(reading, iri),
        "see_also": reading.references(iri, "rdfs:seeAlso"),
    }
    title = f"{concept.notation} {concept.name.text}" if concept.notation else concept.name.text
    landing = concept_landing(statements, iri, reading.reader.addresses)
    definition = reading.text(iri, "skos:definition")
    plan = ", ".join(plan.name.text for plan in plans)
    return Page(
        "document/concept.html",
        title,
        context,
        metadata,
        landing,
        (*plans, *parents),
        description=" – ".join(part for part in (title, plan, definition.text if definition else "") if part),
        defined=defined_term(statements, iri, reading.reader.addresses.described_path(iri), reading.reader.language),
    )


def concept_landing(statements: Statements, iri: str, addresses: Addresses) -> Landing:
    """Return the facts about a concept for the Link header: the plans that it is a part of."""
    plans = statements.iris(iri, expand("skos:inScheme"))
    paths = tuple(path for plan in plans if (path := addresses.document_path(plan)) is not None)
    return Landing(iri, types=("DefinedTerm",), collections=paths)


def _titles(reading: Reading) -> dict[str, str]:
    """Return the headings of relations by prefixed name; `^` marks the inverse of a relation."""
    _ = reading.reader.gettext
    return {
        "plan:supports": _("Supports"),
        "plan:implements": _("Carries out"),
        "dct:audience": _("Meant for"),
        "prov:wasQuotedFrom": _("Quoted from"),
        "plan:priority": _("Priority"),
        "plan:addresses": _("Answers the challenge"),
        "plan:measures": _("Measures"),
        "plan:responsible": _("Responsible"),
        "plan:carriedOutBy": _("Carried out by"),
        "plan:represents": _("Stands for"),
        "plan:baseline": _("Baseline"),
        "plan:baselineYear": _("Baseline year"),
        "plan:target": _("Target value"),
        "plan:targetYear": _("Target year"),
        "^plan:supports": _("What supports this goal"),
        "^plan:implements": _("Measures that carry this out"),
        "^dct:audience": _("What is meant for this group"),
        "^plan:addresses": _("Goals that answer this challenge"),
        "^plan:measures": _("How this goal is measured"),
        "^plan:responsible": _("What this group is responsible for"),
        "^plan:carriedOutBy": _("What this group can contribute"),
    }
