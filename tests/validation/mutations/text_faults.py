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


def _of_parent_in_capitals(plan: PlanData) -> Iterable[Change]:
    for change in _of_parent(plan):
        for quad in change.added:
            assert isinstance(quad.object, ox.Literal)
            capitals = text(quad.object.value.upper(), quad.object.language or "nb")
            yield Change(change.removed, (ox.Quad(quad.subject, quad.predicate, capitals, quad.graph_name),))


def _of_sibling(*classes: str) -> Planting:
    def plant(plan: PlanData) -> Iterable[Change]:
        for kind in classes:
            for own, other in pairwise(plan.statements(_LABEL, kind)):
                same = plan.value(own.subject, "skos:broader") == plan.value(other.subject, "skos:broader")
                if same and own.subject != other.subject and _language(own) == _language(other):
                    yield replaced(own, other.object)

    return plant


def _of_plan(plan: PlanData) -> Iterable[Change]:
    for top in plan.statements("skos:hasTopConcept"):
        for own in plan.about(top.object, _LABEL):
            for name in plan.about(plan.plan, _LABEL):
                if _language(own) == _language(name):
                    yield replaced(own, name.object)


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
_MORE_FAULTS: dict[str, Callable[[str], str]] = {
    "a tab after": lambda value: value + "\t",
    "an ideographic space before": lambda value: "\u3000" + value,
    "two spaces inside": _middle("  "),
    "a carriage return inside": _middle("\r\n"),
    "a separator of lines inside": _middle("\u2028"),
    "a zero-width joiner inside": lambda value: value[:1] + "\u200d" + value[1:],
    "a word joiner inside": _middle("\u2060"),
    "a private character inside": _middle("\uf0b7"),
    "a paragraph of HTML": lambda value: f'<p class="MsoNormal">{value}</p>',
    "an image of HTML": lambda value: f'{value} <img src="a.png" alt="">',
    "a comment of HTML": lambda value: f"{value}<!-- utkast -->",
    "a link of HTML": lambda value: f'<a href="https://www.vik.example/">{value}</a>',
    "an entity of a letter": _middle("&aring;"),
    "an escaped entity": _middle("&amp;"),
    "a hexadecimal entity": _middle("&#x2013;"),
    "mojibake of Latin-1": lambda value: value.encode().decode("latin-1"),
    "mojibake twice over": lambda value: _mojibake(_mojibake(value)),
    "question marks for letters": lambda value: value.encode("ascii", errors="replace").decode(),
    "a bullet that touches": lambda value: "•" + value,
    "a square bullet before": lambda value: "▪ " + value,
    "an asterisk before": lambda value: "* " + value,
    "an en dash as a bullet before": lambda value: "– " + value,
    "TODO after": lambda value: f"{value} (TODO)",
    "todo in small letters": lambda value: "todo",
    "FIXME before": lambda value: f"FIXME {value}",
    "TBD": lambda value: "TBD",
    "crosses": lambda value: "xxx",
    "lorem ipsum": lambda value: "Lorem ipsum dolor sit amet",
    "brackets to fill in": lambda value: "[tittel]",
    "a template's field": lambda value: "{{ title }}",
    "a whole number": lambda value: "12",
    "a number and a full stop": lambda value: "3.",
    "three dots": lambda value: "…",
    "a hyphen": lambda value: "-",
    "an address without a scheme": lambda value: "www.vik.example/plan",
    "a mailbox": lambda value: "post@vik.kommune.no",
}
_ELSEWHERE = (
    *("a space before", "a control character inside", "a zero-width space inside"),
    *("HTML", "an entity", "mojibake", "decomposed letters", "TODO"),
    *("a soft hyphen inside", "a replacement character inside", "a bullet before", "a space after"),
)

LABELS = of_kind(
    "label text",
    {
        **{f"a label with {fault}": _in_labels(change) for fault, change in _FAULTS.items()},
        **{f"a label with {fault}": _in_labels(change) for fault, change in _MORE_FAULTS.items()},
        **{f"another text with {fault}": _elsewhere(_FAULTS[fault]) for fault in _ELSEWHERE},
        "a label that is the parent's": _of_parent,
        "a label that is the parent's in capitals": _of_parent_in_capitals,
        "a label that is a sibling's": _of_sibling("plan:Goal", "plan:FocusArea"),
        "a label that is another's of its kind": _of_sibling("plan:Challenge", "plan:ActorGroup", "plan:Indicator"),
        "a label that is the plan's": _of_plan,
    },
)

DEFINITIONS = of_kind(
    "definitions",
    {
        "a definition that is the label": _in_definitions(lambda value: value),
        "a definition that is the label and a full stop": _in_definitions(lambda value: f"{value}."),
        "a definition that is the label in capitals": _in_definitions(str.upper),
        "a definition that is the label in quotation marks": _in_definitions(lambda value: f"«{value}»"),
        "a definition that is the label twice spaced": _in_definitions(lambda value: value.replace(" ", "  ")),
        "a definition that is a dash": _in_definitions(lambda value: "–"),
        "a definition with a bullet": _in_definitions(lambda value: f"• {value}: {value}"),
        "a definition with mojibake": _in_definitions(lambda value: f"{value}: kommunens mÃ¥l"),
        "a definition with an entity": _in_definitions(lambda value: f"{value} &ndash; {value}"),
        "a definition with a zero-width space": _in_definitions(lambda value: f"{value}: \u200b{value}"),
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
        **{
            f"{predicate} that is a space": _empty(predicate, " ")
            for predicate in ("skos:prefLabel", "dct:title", "skos:definition", "rdfs:label", "plan:vision")
        },
        **{
            f"{predicate} of no width": _empty(predicate, "\u200b\u00ad")
            for predicate in ("skos:prefLabel", "dct:title", "skos:definition")
        },
        "a note of line breaks": _empty("skos:note", "\n\n"),
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
