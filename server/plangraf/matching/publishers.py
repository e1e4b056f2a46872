"""The publishers that a text names: “Klima Trondheim” is about Trondheim's plans."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plangraf.search.words import stem_forms

_GENERIC = frozenset(
    form
    for word in (
        *("kommune", "kommunen", "kommuna", "kommunes", "fylkeskommune", "fylke", "fylket", "municipality", "county"),
        *("authority", "municipal", "council", "kommunestyre", "bystyre", "fylkesting", "the", "city", "of"),
    )
    for form in stem_forms(word, "nb") | stem_forms(word, "en")
)
_PREPOSITIONS = frozenset(("i", "for", "av", "fra", "frå", "in", "of", "from"))
_MOST_WORDS = 4

Phrase = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Named:
    """The publishers that a text names.

    Attributes:
        publishers: their IRIs.
        rest: the words of the text without their names.
    """

    publishers: frozenset[str]
    rest: tuple[str, ...]


class PublisherNames:
    """The names of publishers without words such as “kommune”.

    Args:
        names: names, each with the IRIs of the publishers that have it.
    """

    def __init__(self, names: Iterable[tuple[Sequence[str], Iterable[str]]]) -> None:
        self._known: dict[tuple[str, ...], set[str]] = {}
        for words, publishers in names:
            phrase = tuple(word for word in words if stem_forms(word, None).isdisjoint(_GENERIC))
            if phrase and len(phrase) <= _MOST_WORDS:
                self._known.setdefault(tuple(map(_fold, phrase)), set()).update(publishers)

    def find(self, words: Sequence[str]) -> Named | None:
        """Return the publishers that the words of a text name, or None; a longer name comes before a shorter one."""
        for length in range(min(_MOST_WORDS, len(words)), 0, -1):
            for at in range(len(words) - length + 1):
                publishers = self._with(words[at : at + length])
                if publishers:
                    return Named(frozenset(publishers), _rest(words[:at], words[at + length :]))
        return None

    def _with(self, words: Sequence[str]) -> Iterable[str]:
        phrase = tuple(map(_fold, words))
        # The genitive of a name, of which the last word alone has the s.
        return self._known.get(phrase) or self._known.get((*phrase[:-1], phrase[-1].removesuffix("s"))) or ()


def _rest(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """Return the words before and after the name of a publisher, without those that belong to the name."""
    kept = [word for word in before if stem_forms(word, None).isdisjoint(_GENERIC)]
    while len(kept) > 1 and kept[-1] in _PREPOSITIONS:
        kept.pop()
    return (*kept, *(word for word in after if stem_forms(word, None).isdisjoint(_GENERIC)))


def _fold(word: str) -> str:
    return max(stem_forms(word, None), key=len)
