"""Mutations of texts: labels, definitions, texts that are empty, and their languages."""

import unicodedata
from collections.abc import Callable, Iterable
from itertools import pairwise

import pyoxigraph as ox
from tests.validation.mutations.mutation import Planting, each, of_kind
from tests.validation.mutations.plan_data import CONCEPTS, Change, PlanData, Term, replaced, text, typed

_LABELLED = (*CONCEPTS, "plan:Plan")
_LABEL = "skos:prefLabel"


def _in_labels(fault: Callable[[str], str]) -> Planting:
    def plant(plan: PlanData) -> Iterable[Change]:
        for quad in plan.statements(_LABEL, *_LABELLED):
            yield from _with(quad, fault)

    return plant


def _elsewhere(fault: Callable[[str], str]) -> Planting:
    def plant(plan: PlanData) -> Iterable[Change]:
        for quad in plan.texts():
            if not quad.predicate.value.endswith(("#prefLabel", "#definition")):
                yield from _with(quad, fault)

    return plant


def _in_definitions(fault: Callable[[str], str]) -> Planting:
    """Return the planting of a definition that is made of the label, where there is one and where there is none."""

    def plant(plan: PlanData) -> Iterable[Change]:
        for quad in plan.statements(_LABEL, *CONCEPTS):
            if isinstance(quad.object, ox.Literal) and quad.object.language:
                definition = text(fault(quad.object.value), quad.object.language)
                yield plan.setting(quad.subject, {"skos:definition": definition})

    return plant


def _with(quad: ox.Quad, fault: Callable[[str], str]) -> Iterable[Change]:
    if isinstance(quad.object, ox.Literal) and quad.object.language:
        value = fault(quad.object.value)
        if value != quad.object.value:
            yield replaced(quad, text(value, quad.object.language))


def _middle(sign: str) -> Callable[[str], str]:
    return lambda value: value[: len(value) // 2] + sign + value[len(value) // 2 :]


def _mojibake(value: str) -> str:
    return value.encode().decode("cp1252", errors="ignore")


def _of_parent(plan: PlanData) -> Iterable[Change]:
    for quad in plan.statements("skos:broader", "plan:Goal"):
        for own in plan.about(quad.subject, _LABEL):
            for parents in plan.about(quad.object, _LABEL):
                if _language(own) == _language(parents):
                    yield replaced(own, parents.object)


def _of_sibling(plan: PlanData) -> Iterable[Change]:
    quads = plan.statements(_LABEL, "plan:Goal")
    for own, other in pairwise(quads):
        same = plan.value(own.subject, "skos:broader") == plan.value(other.subject, "skos:broader")
        if same and own.subject != other.subject and _language(own) == _language(other):
            yield replaced(own, other.object)


def _definition_of_sibling(plan: PlanData) -> Iterable[Change]:
    goals = plan.instances("plan:Goal")
    same = text("Kommunen skal arbeide for dette i hele perioden, sammen med dem som bor her.")
    for one, other in pairwise(goals):
        yield plan.setting(one, {"skos:definition": same}) + plan.setting(other, {"skos:definition": same})


def _language(quad: ox.Quad) -> str | None:
    return quad.object.language if isinstance(quad.object, ox.Literal) else None


_FAULTS: dict[str, Callable[[str], str]] = {
    "a space before": lambda value: " " + value,
    "a space after": lambda value: value + " ",
    "a no-break space after": lambda value: value + "\u00a0",
    "a line break after": lambda value: value + "\n",
    "a line break inside": _middle("\n"),
    "a tab inside": _middle("\t"),
    "a control character inside": _middle("\u0085"),
    "a zero-width space inside": _middle("\u200b"),
    "a mark of direction inside": _middle("\u202e"),
    "a byte order mark before": lambda value: "\ufeff" + value,
    "a soft hyphen inside": _middle("\u00ad"),
    "a replacement character inside": _middle("\ufffd"),
    "HTML": lambda value: f"<b>{value}</b>",
    "an HTML line break": _middle("<br/>"),
    "an entity": _middle("&nbsp;"),
    "a numbered entity": _middle("&#248;"),
    "mojibake": _mojibake,
    "decomposed letters": lambda value: unicodedata.normalize("NFD", value),
    "a bullet before": lambda value: "• " + value,
    "a dash as a bullet before": lambda value: "- " + value,
    "TODO": lambda value: "TODO",
    "TODO before": lambda value: f"TODO: {value}",
    "a bare number": lambda value: "1.2",
    "a bare address": lambda value: "https://www.vik.example/plan",
}
_ELSEWHERE = (
    *("a space before", "a line break after", "a control character inside", "a zero-width space inside"),
    *("HTML", "an entity", "mojibake", "decomposed letters", "TODO"),
)

LABELS = of_kind(
    "label text",
    {
        **{f"a label with {fault}": _in_labels(change) for fault, change in _FAULTS.items()},
        **{f"another text with {fault}": _elsewhere(_FAULTS[fault]) for fault in _ELSEWHERE},
        "a label that is the parent's": _of_parent,
        "a label that is a sibling's": _of_sibling,
    },
)

DEFINITIONS = of_kind(
    "definitions",
    {
        "a definition that is the label": _in_definitions(lambda value: value),
        "a definition that is the label and a full stop": _in_definitions(lambda value: f"{value}."),
        "a definition that is the label in capitals": _in_definitions(str.upper),
        "a definition that is a number": _in_definitions(lambda value: "12"),
        "a definition that is an address": _in_definitions(lambda value: "https://www.vik.example/maal"),
        "a definition that is to come": _in_definitions(lambda value: "TODO"),
        "a definition with HTML": _in_definitions(lambda value: f"<p>{value}: {value}</p>"),
        "a definition with an outer space": _in_definitions(lambda value: f"{value}: {value} "),
        "a definition that a sibling has": _definition_of_sibling,
    },
)


def _empty(predicate: str, value: str = "") -> Planting:
    def changed(quad: ox.Quad) -> Term | None:
        if not isinstance(quad.object, ox.Literal):
            return None
        return text(value, quad.object.language) if quad.object.language else ox.Literal(value)

    return each(predicate, changed)


_TEXTS = (
    *("skos:prefLabel", "skos:altLabel", "skos:definition", "skos:notation", "skos:note", "skos:editorialNote"),
    *("dct:title", "dct:description", "dct:identifier", "rdfs:label", "foaf:name"),
    *("plan:level", "plan:vision", "plan:unit"),
)

EMPTY = of_kind(
    "empty strings",
    {
        **{f"{predicate} that is empty": _empty(predicate) for predicate in _TEXTS},
        **{f"{predicate} of blanks": _empty(predicate, " \u00a0 ") for predicate in _TEXTS[:4]},
        "a date that is empty": each("dct:date", lambda quad: typed("", "date")),
        "a year that is empty": each("dcat:startDate", lambda quad: typed("", "gYear")),
        "a target that is empty": each("plan:target", lambda quad: typed("", "decimal")),
    },
)


def _tagged(tag: str) -> Planting:
    def plant(plan: PlanData) -> Iterable[Change]:
        for quad in plan.texts():
            if isinstance(quad.object, ox.Literal):
                yield replaced(quad, text(quad.object.value, tag))

    return plant


def _untagged(plan: PlanData) -> Iterable[Change]:
    """Yield texts without their language, except names of organisations, which may be in none."""
    agents = set(plan.instances("foaf:Agent", "org:Organization"))
    for quad in plan.texts():
        if isinstance(quad.object, ox.Literal) and quad.subject not in agents:
            yield replaced(quad, ox.Literal(quad.object.value))


def _second(predicate: str) -> Planting:
    def plant(plan: PlanData) -> Iterable[Change]:
        for quad in plan.statements(predicate, *_LABELLED):
            if isinstance(quad.object, ox.Literal) and quad.object.language:
                yield plan.adding(quad.subject, predicate, text("En annen tekst", quad.object.language))

    return plant


LANGUAGES = of_kind(
    "language tags",
    {
        **{f"a text @{tag}": _tagged(tag) for tag in ("no", "nb-NO", "no-NO", "nob", "eng", "xx", "de")},
        "a text without a language": _untagged,
        "two labels in a language": _second(_LABEL),
        "two titles in a language": _second("dct:title"),
    },
)
