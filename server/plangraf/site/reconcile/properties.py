"""The properties of entities: the conditions of queries, and what data extension returns."""

from collections.abc import Iterable
from dataclasses import dataclass

from plangraf.languages import N_, InterfaceLanguage, Msgid, translations
from plangraf.namespaces import PREFIXES, expand
from plangraf.vocabulary import PLAN_CONCEPTS

_CONCEPTS = frozenset(kind.key for kind in PLAN_CONCEPTS)
_ALL = frozenset(("plan", "sdg-goal", "sdg-target", "sdg-indicator", "u4ssc", "los", "organisation")) | _CONCEPTS


@dataclass(frozen=True)
class ReconcileProperty:
    """A property.

    Attributes:
        name: its prefixed name, which stands for its IRI.
        word: its name.
        kinds: the keys of the kinds of things that have it.
        condition: the condition of a query that its values are; None if they are none.
        kind: the key of the kind of its values, if they are entities of one kind.
        extended: whether data extension returns its values.
    """

    name: str
    word: Msgid
    kinds: frozenset[str]
    condition: str | None = None
    kind: str | None = None
    extended: bool = True

    @property
    def id(self) -> str:
        """The identifier: the IRI."""
        return expand(self.name)

    def object(self, language: InterfaceLanguage) -> dict[str, str]:
        """Return the property as a JSON object."""
        name = translations(language).gettext(self.word)
        return {"id": self.id, "name": name[:1].upper() + name[1:]}


PROPERTIES = (
    ReconcileProperty("skos:prefLabel", N_("name"), _ALL),
    ReconcileProperty("skos:altLabel", N_("other name"), _ALL),
    ReconcileProperty("skos:definition", N_("definition"), _ALL - {"organisation"}),
    ReconcileProperty("skos:notation", N_("number or code"), _ALL - {"organisation", "plan"}),
    ReconcileProperty("rdf:type", N_("type"), _ALL, "kinds"),
    ReconcileProperty("dct:publisher", N_("publisher"), _CONCEPTS | {"plan"}, "publishers", "organisation"),
    ReconcileProperty("skos:inScheme", N_("plan"), _CONCEPTS, "plans", "plan"),
    ReconcileProperty("plan:contributesToSDG", N_("SDG or target"), _CONCEPTS | {"plan"}, "sdgs"),
    ReconcileProperty("skos:broader", N_("belongs to"), _ALL - {"organisation", "plan"}),
    ReconcileProperty("dct:subject", N_("theme"), _CONCEPTS, None, "los"),
    ReconcileProperty("dct:identifier", N_("identifier"), frozenset(("plan", "organisation", "sdg-indicator"))),
    ReconcileProperty("dct:language", N_("language of the name"), _ALL, "languages", extended=False),
    ReconcileProperty("foaf:page", N_("page"), _ALL),
)
"""All properties, in the order in which they are proposed."""
_BY_NAME = {
    name: found
    for found in PROPERTIES
    for name in (found.id, found.name, found.name.partition(":")[2], found.condition or found.id)
}
_SHORT = {"sdg": "plan:contributesToSDG", "plan": "skos:inScheme", "theme": "dct:subject", "name": "skos:prefLabel"}


def find_property(identifier: str) -> ReconcileProperty | None:
    """Return the property with an identifier, or None.

    Args:
        identifier: the IRI, in full, with a prefix, or without it, such as `publisher`.
    """
    prefix, colon, local = identifier.partition(":")
    if colon and prefix in PREFIXES:
        identifier = PREFIXES[prefix] + local
    return _BY_NAME.get(_SHORT.get(identifier, identifier))


def properties_of(kind: str | None) -> Iterable[ReconcileProperty]:
    """Return the properties of things of a kind, or of all kinds, that data extension returns."""
    return (found for found in PROPERTIES if found.extended and (kind is None or kind in found.kinds))
