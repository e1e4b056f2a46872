"""The lists that cells choose from: the fixed values of the vocabulary, the SDGs, the themes of Los, languages."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import pyoxigraph as ox

from plangraf import shipped
from plangraf.languages import InterfaceLanguage
from plangraf.licences import LICENCES
from plangraf.namespaces import PLAN, SDG, expand
from plangraf.workbook.columns import Words

_LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
_LOS = "https://psi.norge.no/los/tema/"
_LABEL = ox.NamedNode(expand("skos:prefLabel"))
_SCHEME = ox.NamedNode(expand("skos:inScheme"))
_SDG_CODE = re.compile(
    r"\s*(?:sdg\s*|mål\s*|goal\s*)?(\d{1,2}(?:\.[0-9a-z]{1,2})?)(?![0-9.])(?:\s.*|[:–-].*)?", re.I | re.S
)


@dataclass(frozen=True)
class Entry:
    """An entry of a code list.

    Attributes:
        code: the code.
        value: the IRI, or another value that it stands for.
        label: its name.
        leads: whether cells have the code before the name; the code alone counts then.
        former: earlier names, which workbooks may still have.
    """

    code: str
    value: str
    label: Words
    leads: bool = False
    former: tuple[str, ...] = ()

    def shown(self, language: InterfaceLanguage) -> str:
        """Return the entry as cells have it."""
        label = self.label.in_language(language)
        return f"{self.code} {label}" if self.leads else label


@dataclass(frozen=True)
class CodeList:
    """A list of entries.

    Attributes:
        key: the name of the list.
        entries: the entries, in the order of the drop-down.
        is_open: whether a cell may hold an IRI that is not in the list.
    """

    key: str
    entries: tuple[Entry, ...]
    is_open: bool = True

    def find(self, text: str) -> Entry | None:
        """Return the entry that a text names by code, name in either language or value, in any case."""
        found = self._names.get(text.casefold())
        if found is None and self.entries[0].leads:
            code = _SDG_CODE.fullmatch(text)
            found = self._names.get(code[1].casefold()) if code else None
        return found

    @cached_property
    def by_value(self) -> Mapping[str, Entry]:
        """The entries by the IRI or value that they stand for."""
        return {entry.value: entry for entry in self.entries}

    @cached_property
    def _names(self) -> Mapping[str, Entry]:
        names: dict[str, Entry] = {}
        for entry in self.entries:
            shown = (entry.shown("nb"), entry.shown("en"))
            for name in (entry.code, entry.value, *entry.label.both, *shown, *entry.former):
                names.setdefault(name.casefold(), entry)
        return names


def _plain(key: str, *entries: tuple[str, str, str, str]) -> CodeList:
    return CodeList(key, tuple(Entry(code, value, Words(nb, en)) for code, value, nb, en in entries), is_open=False)


ROLES = _plain(
    "role",
    ("publisher", "", "utgiveren", "publisher"),
    ("translation", "translation", "oversetter", "translator"),
    ("editorial", "editorial", "redaktør", "editor"),
)
"""Whose statements a graph holds; the values begin the last part of the IRI of the graph."""
_FIXED = (
    ROLES,
    _plain("yes", ("yes", "yes", "ja", "yes")),
    _plain(
        "tags",
        ("nb", "nb", "bokmål", "bokmål"),
        ("nn", "nn", "nynorsk", "nynorsk"),
        ("en", "en", "engelsk", "English"),
        ("se", "se", "nordsamisk", "Northern Sami"),
        ("sma", "sma", "sørsamisk", "Southern Sami"),
        ("smj", "smj", "lulesamisk", "Lule Sami"),
    ),
    _plain(
        "goal-kind",
        ("goal", expand("plan:Goal"), "mål", "goal"),
        ("focus-area", expand("plan:FocusArea"), "satsingsområde", "focus area"),
    ),
    _plain(
        "challenge-kind",
        ("challenge", expand("plan:Challenge"), "utfordring", "challenge"),
        ("strength", expand("plan:Strength"), "styrke", "strength"),
    ),
    _plain(
        "agent-kind",
        ("organisation", expand("org:Organization"), "organisasjon", "organisation"),
        ("unit", expand("org:OrganizationalUnit"), "enhet", "unit"),
    ),
    CodeList(
        "relation",
        (
            Entry("serves", expand("skos:broadMatch"), Words("bidrar til delmålet", "serves the target")),
            Entry("related", expand("skos:relatedMatch"), Words("er beslektet med målet", "is related to the goal")),
            Entry(
                "close",
                expand("skos:closeMatch"),
                Words("tilsvarer omtrent", "is roughly the same"),
                former=("har tatt inn teksten", "has adopted the text"),
            ),
            Entry(
                "contributes",
                expand("plan:contributesToSDG"),
                Words("bidrar til målet", "contributes to the goal"),
            ),
            Entry("exact", expand("skos:exactMatch"), Words("er det samme", "is the same")),
            Entry("narrower", expand("skos:narrowMatch"), Words("er videre enn målet", "is wider than the goal")),
        ),
        is_open=False,
    ),
)
_LANGUAGES = CodeList(
    "languages",
    tuple(
        Entry(tag, _LANGUAGE + code, Words(nb, en))
        for tag, code, nb, en in (
            ("nb", "NOB", "bokmål", "bokmål"),
            ("nn", "NNO", "nynorsk", "nynorsk"),
            ("en", "ENG", "engelsk", "English"),
            ("se", "SME", "nordsamisk", "Northern Sami"),
            ("sma", "SMA", "sørsamisk", "Southern Sami"),
            ("smj", "SMJ", "lulesamisk", "Lule Sami"),
        )
    ),
)
_JUSTIFICATION = CodeList(
    "justification",
    tuple(
        Entry(code, expand(f"semapv:{code}"), Words(nb, en))
        for code, nb, en in (
            ("ManualMappingCuration", "vurdert av et menneske", "judged by a person"),
            ("LexicalMatching", "ordene er like", "the words match"),
            ("CompositeMatching", "ord og andre koblinger tyder på det", "words and other links suggest it"),
            ("SemanticSimilarityThresholdMatching", "funnet av et program", "found by a program"),
            ("MappingReview", "kontrollert av et menneske", "reviewed by a person"),
            ("UnspecifiedMatching", "ikke oppgitt", "not stated"),
        )
    ),
)
_ONTOLOGY_LISTS = {
    "wording": "WordingValues",
    "transcription": "TranscriptionValues",
    "status": "StatusValues",
    "plan-type": "PlanTypeValues",
    "event-type": "EventTypeValues",
    "basis": "BasisValues",
    "direction": "DirectionValues",
}


@cache
def code_lists() -> Mapping[str, CodeList]:
    """Return the lists by their keys, read once from the shipped vocabulary and reference data."""
    labels, schemes = _ontology()
    found = [*_FIXED, _LANGUAGES, _JUSTIFICATION, _licences()]
    for key, scheme in _ONTOLOGY_LISTS.items():
        values = schemes[PLAN + scheme]
        found.append(CodeList(key, tuple(Entry(iri.removeprefix(PLAN), iri, labels[iri]) for iri in values)))
    goals, targets = _sdgs()
    found += [CodeList("sdg-goals", goals, is_open=False), CodeList("sdg-targets", targets, is_open=False), _los()]
    return {each.key: each for each in found}


def _ontology() -> tuple[Mapping[str, Words], Mapping[str, list[str]]]:
    """Return the labels of the controlled values, and the values of each scheme in the order of the file."""
    quads = list(ox.parse(path=shipped.ONTOLOGY, format=ox.RdfFormat.TURTLE))
    schemes: dict[str, list[str]] = {}
    for quad in quads:
        if quad.predicate == _SCHEME and isinstance(quad.object, ox.NamedNode):
            schemes.setdefault(quad.object.value, []).append(_iri(quad.subject))
    return _labels(quads), schemes


def _labels(quads: Iterable[ox.Quad]) -> Mapping[str, Words]:
    found: dict[str, dict[str, str]] = {}
    for quad in quads:
        if quad.predicate == _LABEL and isinstance(quad.object, ox.Literal):
            found.setdefault(_iri(quad.subject), {})[quad.object.language or ""] = quad.object.value
    return {
        iri: Words(texts.get("nb", texts.get("en", "")), texts.get("en", texts.get("nb", "")))
        for iri, texts in found.items()
    }


def _sdgs() -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    labels: dict[str, Words] = {}
    for name in ("goals.ttl", "targets.ttl", "labels/targets.ttl"):
        labels.update(_labels(ox.parse(path=shipped.DATA / "sdg" / name, format=ox.RdfFormat.TURTLE)))
    entries = sorted(
        (
            Entry(iri.removeprefix(SDG), iri, words, leads=True)
            for iri, words in labels.items()
            if iri.startswith(SDG) and iri != SDG
        ),
        key=lambda entry: _sdg_order(entry.code),
    )
    return (
        tuple(entry for entry in entries if "." not in entry.code),
        tuple(entry for entry in entries if "." in entry.code),
    )


def _sdg_order(code: str) -> tuple[int, bool, int, str]:
    goal, _, target = code.partition(".")
    return (int(goal), bool(target) and not target.isdigit(), int(target) if target.isdigit() else 0, target)


def _los() -> CodeList:
    labels = _labels(ox.parse(path=shipped.DATA / "los" / "themes.ttl", format=ox.RdfFormat.TURTLE))
    themes = sorted((iri for iri in labels if iri.startswith(_LOS)), key=lambda iri: labels[iri].nb.casefold())
    return CodeList("los", tuple(Entry(iri.removeprefix(_LOS), iri, labels[iri]) for iri in themes))


def _licences() -> CodeList:
    return CodeList(
        "licences",
        tuple(
            Entry(each.spdx, each.authority or each.address, Words(each.name, each.name))
            for each in LICENCES
            if each.authority
        ),
    )


def _iri(term: object) -> str:
    assert isinstance(term, ox.NamedNode)  # noqa: S101  # the shipped data name all things
    return term.value
