"""The page of a concept of a plan, such as a goal, a strategy, a challenge or an indicator."""

from collections.abc import Collection, Mapping

from plangraf.http.signposting import Landing
from plangraf.linkeddata.addresses import Addresses
from plangraf.linkeddata.schema_org import defined_term
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import expand
from plangraf.site.browse.schemes import browse_path
from plangraf.site.document.series import read_series
from plangraf.site.document.target_chart import read_course
from plangraf.site.plan.tree import linked_sdgs
from plangraf.view.amount import format_amount
from plangraf.view.chart import HEIGHT, WIDTH
from plangraf.view.claims import read_claims
from plangraf.view.page import Metadata, Page
from plangraf.view.reading import Reading
from plangraf.view.statement_sources import read_statement_sources
from plangraf.view.target_sentence import read_target_sentence
from plangraf.view.wording import wording_words
from plangraf.vocabulary import PLAN_CONCEPTS

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
SHOWN = 100
"""The maximum length of a list of what refers to a concept."""
_IN_COURSE = frozenset({"plan:baseline", "plan:baselineYear", "plan:target", "plan:targetYear"})
"""The numbers that the table of the values has."""
_NUMBERS = ("plan:priority", "plan:baseline", "plan:baselineYear", "plan:target", "plan:targetYear")


def concept_page(reading: Reading, iri: str, metadata: Metadata) -> Page:
    """Return the page of the concept `iri` from its description."""
    context = {**concept_context(reading, iri, metadata), "claims": read_claims(reading)}
    return page_of_concept("document/concept.html", context, reading, iri, metadata)


def concept_context(reading: Reading, iri: str, metadata: Metadata, told: Collection[str] = ()) -> dict[str, object]:
    """Return what the pages of all concepts show, without the claims about links.

    Args:
        reading: the description of the concept.
        iri: the concept.
        metadata: the metadata of the page.
        told: the relations of other concepts to this one that the page tells in another way.
    """
    statements = reading.statements
    series = read_series(reading, iri)
    course = read_course(reading, iri, series)
    titles = _titles(reading)
    facts = [(relation, reading.references(iri, relation)) for relation in _FACTS]
    numbers = [
        (number, format_amount(literal, reading.reader.language))
        for number in _NUMBERS
        for literal in statements.literals(iri, expand(number))[:1]
        if course is None or number not in _IN_COURSE
    ]
    referring = [
        (relation, statements.subjects(expand(relation), iri))
        for relation in _BETWEEN_CONCEPTS
        if relation not in told
    ]
    children = statements.subjects(expand("skos:broader"), iri)
    plans = reading.references(iri, "skos:inScheme")
    creators = metadata.sources.creators if metadata.sources else ()
    return {
        "concept": reading.reference(iri),
        "kinds": [reading.reference(kind) for kind in sorted(statements.types(iri)) if kind in CLASSES],
        "levels": reading.texts(iri, "plan:level"),
        "themes": reading.references(iri, "dct:subject"),
        "sdg_links": linked_sdgs(read_claims(reading)).get(iri, ()),
        "target": read_target_sentence(reading, iri),
        "definition": reading.text(iri, "skos:definition"),
        "wording": wording_words(reading, iri, creators),
        "missing": expand("plan:TitleMissing") in statements.iris(iri, expand("plan:transcription")),
        "plans": plans,
        "parents": reading.references(iri, "skos:broader"),
        "children": reading.sorted(children, SHOWN),
        "children_count": len(children),
        "browse": reading.reader.href(browse_path(reading.reader.addresses.name(plans[0].iri))) if plans else None,
        "other_names": reading.others(iri),
        "facts": [(titles[relation], found) for relation, found in facts if found],
        "numbers": [(titles[number], value) for number, value in numbers],
        "unit": reading.text(iri, "plan:unit"),
        "series": series,
        "course": course,
        "size": (WIDTH, HEIGHT),
        "referring": [
            (titles[f"^{relation}"], reading.sorted(found, SHOWN), len(found))
            for relation, found in referring
            if found
        ],
        "sources": reading.references(iri, "dct:source"),
        "statement_sources": read_statement_sources(reading, iri),
        "see_also": reading.references(iri, "rdfs:seeAlso"),
    }


def page_of_concept(
    template: str, context: Mapping[str, object], reading: Reading, iri: str, metadata: Metadata
) -> Page:
    """Return the page of the concept `iri` from a template and its variables."""
    statements = reading.statements
    concept, plans = reading.reference(iri), reading.references(iri, "skos:inScheme")
    title = f"{concept.notation} {concept.name.text}" if concept.notation else concept.name.text
    definition = reading.text(iri, "skos:definition")
    plan = ", ".join(plan.name.text for plan in plans)
    return Page(
        template,
        title,
        context,
        metadata,
        concept_landing(statements, iri, reading.reader.addresses),
        (*plans, *reading.references(iri, "skos:broader")),
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
