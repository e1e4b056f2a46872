"""The names and descriptions of entities in the language of a client."""

from collections.abc import Collection
from functools import cache

from plangraf.http.services import Services
from plangraf.languages import InterfaceLanguage, preferred, translations
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import PREFIXES, compact
from plangraf.search.things import KINDS, Thing
from plangraf.view.shorten import cut

LONGEST = 300
"""The maximum length of a name in a description, in characters."""
_NOTATION = PREFIXES["skos"] + "notation"


class Labels:
    """The names of things: `name` returns that of an IRI in a language; without one its prefixed name or the IRI.

    Args:
        statements: statements with their labels and notations.
    """

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self.name = cache(self._name)  # many things have the same plan and publisher

    def _name(self, iri: str, language: InterfaceLanguage) -> str:
        text = self._statements.name_in(iri, language)
        if text is not None:
            return text
        found = preferred(self._statements.names(iri), language)
        return compact(iri).strip("<>") if found is None else found.value

    def notation(self, iri: str) -> str | None:
        """Return the notation of a thing, or None."""
        return self._statements.text(iri, _NOTATION)

    def description(self, thing: Thing, language: InterfaceLanguage) -> str:
        """Return what tells a thing from its namesakes: its kind, its number, its plan and its publisher."""
        kind = translations(language).gettext(KINDS[thing.profile.kind])
        number = self.notation(thing.iri)
        parts = [f"{kind} {number}" if number and len(number) <= LONGEST else kind]
        if thing.plan and thing.plan != thing.iri:
            parts.append(cut(self.name(thing.plan, language), LONGEST))
        parts += [cut(self.name(publisher, language), LONGEST) for publisher in thing.profile.publishers[:2]]
        return " · ".join(parts)


async def read_labels(things: Collection[Thing], services: Services) -> Labels:
    """Return the names of things, their plans and their publishers.

    Raises:
        IndexUnavailable: the index of the release has not been made yet.
    """
    iris = {iri for thing in things for iri in (thing.iri, thing.plan, *thing.profile.publishers) if iri}
    return await read_labels_of(iris, services)


async def read_labels_of(iris: Collection[str], services: Services) -> Labels:
    """Return the names of the things with some IRIs.

    Raises:
        IndexUnavailable: the index of the release has not been made yet.
    """
    await services.indexes.index()
    found = Statements()
    found.add_texts(await services.search.labels(iris) or ())
    return Labels(found)
