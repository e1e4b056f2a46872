"""The types of entities: the kinds of things, by the IRIs of their classes or of their concept schemes."""

from collections.abc import Iterable
from functools import cache

from plangraf.languages import InterfaceLanguage, translations
from plangraf.namespaces import PREFIXES
from plangraf.vocabulary import KINDS, KINDS_BY_RANK, ThingKind

_ALIASES = {
    name: kind.key for kind in KINDS for name in (kind.key, *kind.classes, *([kind.scheme] if kind.scheme else []))
}


def type_id(kind: ThingKind) -> str:
    """Return the identifier of the type of a kind of things: the IRI of its class or of its concept scheme."""
    return kind.classes[0] if kind.classes else kind.scheme or kind.key


_IDS = {kind.key: type_id(kind) for kind in KINDS}


@cache
def type_object(key: str, language: InterfaceLanguage) -> dict[str, str]:
    """Return the type of a kind of things, whose key is given, as a JSON object."""
    [word] = [kind.word for kind in KINDS if kind.key == key]
    name = translations(language).gettext(word)
    return {"id": _IDS[key], "name": name[:1].upper() + name[1:]}


def type_objects(language: InterfaceLanguage) -> list[dict[str, str]]:
    """Return all types."""
    return [type_object(kind.key, language) for kind in KINDS_BY_RANK]


def kind_of_type(identifier: str) -> str | None:
    """Return the key of the kind that a type stands for, or None for an unknown type.

    Args:
        identifier: the IRI of the class or of the scheme, in full or with a prefix, or the key of the kind.
    """
    prefix, colon, local = identifier.partition(":")
    if colon and prefix in PREFIXES:
        identifier = PREFIXES[prefix] + local
    return _ALIASES.get(identifier)


def kinds_of_types(identifiers: Iterable[str]) -> frozenset[str]:
    """Return the keys of the kinds of the known types among some."""
    return frozenset(kind for identifier in identifiers if (kind := kind_of_type(identifier)) is not None)
