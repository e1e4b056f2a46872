"""The matcher of a release: it finds the things that a text may mean, each with a score."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import islice

from plangraf.matching.mentions import Mention, find_mention
from plangraf.matching.name_index import IndexedName, NameIndex
from plangraf.matching.publishers import PublisherNames
from plangraf.matching.query import LONGEST, MOST_CANDIDATES, Constraints, MatchCandidate, MatchQuery
from plangraf.matching.scoring import EXACT, QueryText, QueryWord, score
from plangraf.namespaces import ID, PREFIXES, SDG
from plangraf.search.index import SearchIndex
from plangraf.search.names import LENGTH_SHIFT, NameRole
from plangraf.search.things import Thing
from plangraf.search.words import words

_MOST_WORDS = 30
"""The number of words of a text that are compared."""
_MOST_NAMES = 200
"""The number of names that are weighed against each other, before the best of them are compared with the text."""
_FEWEST_NAMES = 40
"""The number of names that are taken from each word, however many there are already."""
_COMPARED = 20
"""The number of names that are compared with a text word by word."""
_LOWEST = 30.0
"""The lowest score of a candidate."""
_MOST_NAMESAKES = 2_000
"""The number of things of one name that are looked through."""
_ROLE_LOSS = {NameRole.PREFERRED: 0.0, NameRole.ALTERNATIVE: 1.0, NameRole.DEFINITION: 2.0}
_PAST_LOSS = 2.0
"""The loss of things that are replaced, deprecated, superseded or repealed."""
_NARROWED = 0.97
"""The factor of scores of things of a publisher that the text names, for a text without that name."""
_UNCONSTRAINED = 0.6
"""The factor of scores of things that do not fulfill the constraints besides that on the kind."""
_UNDERSTOOD = 75.0
"""The score from which the name of a plan is understood in a condition."""
_LANGUAGES = {"no": ("nb", "nn"), "norsk": ("nb", "nn"), "english": ("en",), "bokmål": ("nb",), "nynorsk": ("nn",)}
_NOTED, _ALSO_NOTED, _UNLIKELY = 100.0, 94.0, 72.0
# What many plans share comes before the parts of one.
_ORDER = {
    kind: place for place, kind in enumerate(("sdg-goal", "sdg-target", "sdg-indicator", "los", "organisation"))
}


@dataclass(frozen=True)
class _Found:
    """How a thing was found."""

    score: float
    exact: bool = False
    name: IndexedName | None = None


class Matcher:
    """Finds the things of a release that texts may mean; several threads may use it at once.

    Args:
        index: the index of the release.
        same: the IRIs of publishers, each with that of the thing that stands for it.
    """

    def __init__(self, index: SearchIndex, same: Mapping[str, str]) -> None:
        self._index = index
        self._names = NameIndex(index, same)
        self._publishers = PublisherNames(self._publisher_names(set(same)))

    def match(self, query: MatchQuery) -> list[MatchCandidate]:
        """Return the best candidates for a query, the best first."""
        limit = max(0, min(query.limit, MOST_CANDIDATES))
        constraints = query.constraints & self.constraints(query.written) if query.written else query.constraints
        text = " ".join(query.text[:LONGEST].split())
        if not text:
            return self._by_constraints(constraints, limit)
        found = self._find(text, constraints, limit)
        if constraints.narrowing:
            for thing, other in self._find(text, Constraints(kinds=constraints.kinds), limit).items():
                weaker = _Found(other.score * _UNCONSTRAINED, name=other.name)
                if thing not in found or found[thing].score < weaker.score:
                    found[thing] = weaker
        return self._candidates(found, limit)

    def constraints(self, written: Mapping[str, tuple[str, ...]]) -> Constraints:
        """Return the conditions that people have written; what is not understood is left out."""

        def read(name: str, understand: Callable[[str], Iterable[str]]) -> frozenset[str]:
            return frozenset(value for text in written.get(name, ()) for value in understand(text[:LONGEST]))

        return Constraints(
            kinds=read("kinds", lambda text: [text]),
            publishers=read("publishers", self.publishers),
            plans=read("plans", self._plans),
            sdgs=read("sdgs", _sdgs),
            languages=read("languages", lambda text: _LANGUAGES.get(text.casefold(), (text.casefold(),))),
        )

    def identified(self, iri: str) -> Thing | None:
        """Return the thing with an IRI, in full or compact, or None."""
        number = self._identified(iri.strip())
        return None if number is None else self._index.things([number])[0]

    def _plans(self, text: str) -> list[str]:
        """Return the IRIs of the plans that a text names: one, or several of the same name."""
        found = self.match(MatchQuery(text, Constraints(kinds=frozenset(("plan",)))))
        best = max((candidate.score for candidate in found), default=0.0)
        return [c.thing.iri for c in found if c.score == best and best >= _UNDERSTOOD]

    def publishers(self, text: str) -> frozenset[str]:
        """Return the IRIs of the publishers that a text names, with nothing else but words such as “kommune”."""
        number = self._identified(text)
        if number is None:
            noted = self._names.noted(text)
            number = noted[0] if noted else None
        if number is not None:
            [thing] = self._index.things([self._names.standing_for(number)])
            return frozenset((self._names.publisher(thing.iri),))
        named = self._publishers.find(words(text))
        return named.publishers if named is not None and not named.rest else frozenset()

    def _publisher_names(self, iris: set[str]) -> Iterable[tuple[Sequence[str], Iterable[str]]]:
        for number in self._names.organisations:
            things = self._index.things(self._names.things[number])
            publishers = {self._names.publisher(thing.iri) for thing in things if thing.iri in iris}
            if publishers:
                yield words(self._names.name(number).text), publishers

    def _find(self, text: str, constraints: Constraints, limit: int) -> dict[int, _Found]:
        """Return the things that a text may mean and that fulfill constraints, by number."""
        found: dict[int, _Found] = {}

        def add(thing: int, how: _Found) -> None:
            number = self._names.standing_for(thing)
            if number in self._names.past:
                how = replace(how, score=how.score - _PAST_LOSS)
            if number not in found or (how.exact, how.score) > (found[number].exact, found[number].score):
                found[number] = how

        identified = self._identified(text)
        if identified is not None and self._names.fulfils(identified, constraints):
            add(identified, _Found(EXACT, exact=True))
        spelled = words(text)[:_MOST_WORDS]
        named = self._publishers.find(spelled)
        narrowed = named if named is not None and named.rest else None
        for thing, how in self._noted(text, constraints, narrowed is not None):
            add(thing, how)
        for thing, how in self._named(text, spelled, constraints, limit):
            add(thing, how)
        if narrowed is not None and not constraints.publishers:
            inside = replace(constraints, publishers=narrowed.publishers)
            rest = " ".join(narrowed.rest)
            for thing, how in (
                *self._noted(rest, inside, sure=False),
                *self._named(rest, narrowed.rest, inside, limit),
            ):
                add(thing, _Found(how.score * _NARROWED, name=how.name))
        return found

    def _identified(self, text: str) -> int | None:
        """Return the number of the thing whose IRI is a text, in full or compact, or None."""
        if " " in text:
            return None
        iri = text.strip("<>")
        prefix, colon, local = iri.partition(":")
        if colon and prefix in PREFIXES and not local.startswith("//"):
            iri = PREFIXES[prefix] + local
        elif not colon and "/" in iri:
            iri = ID + iri.strip("/")
        number = self._names.with_iri(iri) if ":" in iri else None
        return None if number is None else self._names.standing_for(number)

    def _noted(self, text: str, constraints: Constraints, sure: bool) -> Iterable[tuple[int, _Found]]:
        """Yield the things that a text names by a notation.

        Args:
            text: the text.
            constraints: what the things must fulfill.
            sure: whether the text names a publisher too, so that a number alone is hardly that of an SDG.
        """
        mention = find_mention(text)
        if mention is not None:
            for thing in self._numbered(mention):
                if self._names.fulfils(thing, constraints):
                    yield thing, self._mentioned(thing, mention, sure)
        number = text if mention is None or mention.rest or mention.named else mention.number
        for thing in self._names.noted(number):
            if self._names.fulfils(thing, constraints):
                yield thing, _Found(_ALSO_NOTED, exact=True)

    def _numbered(self, mention: Mention) -> list[int]:
        """Return the SDG, the target or the indicators with the number of a mention."""
        if mention.kind == "sdg-indicator":
            return [
                thing
                for thing in self._names.noted(mention.number)
                if self._index.profile(thing).kind == "sdg-indicator"
            ]
        thing = self._names.with_iri(f"{SDG}{mention.number}")
        return [] if thing is None else [thing]

    def _mentioned(self, thing: int, mention: Mention, beside_publisher: bool) -> _Found:
        if not mention.rest:
            return _Found(_NOTED, exact=True)
        if beside_publisher and not mention.named:
            return _Found(_UNLIKELY)
        spelled = words(mention.rest)[:_MOST_WORDS]
        query = self._query(spelled)
        for number in self._names.with_phrase(mention.rest):
            if thing in self._names.things[number]:
                return _Found(_NOTED, exact=True, name=self._names.name(number))
        best = max(
            (
                score(query, name.normalized, name.weights, name.terms)
                for number in self._candidate_names(query, None)
                if thing in self._names.things[number]
                for name in (self._names.name(number),)
            ),
            default=0.0,
        )
        return _Found(_NOTED if best >= 60 else 88.0 if mention.named else _UNLIKELY, exact=best >= 60)

    def _named(
        self, text: str, spelled: Sequence[str], constraints: Constraints, limit: int
    ) -> Iterable[tuple[int, _Found]]:
        """Yield the things with names that are like a text."""
        allowed = self._names.allowed(constraints)
        exact = [
            number for number in self._names.with_phrase(text) if (allowed is None or number in allowed) and spelled
        ]
        scored = [(EXACT - _ROLE_LOSS[self._names.name(number).role], True, number) for number in exact]
        if sum(len(self._names.things[number]) for number in exact) > limit and not constraints.narrowing:
            spelled = ()  # what is less like the text would not be shown
        query = self._query(spelled)
        for number in self._candidate_names(query, allowed):
            if number not in exact:
                name = self._names.name(number)
                scored.append(
                    (score(query, name.normalized, name.weights, name.terms) - _ROLE_LOSS[name.role], False, number)
                )
        scored.sort(key=lambda entry: (-entry[0], entry[2]))
        passed = 0
        for value, is_exact, number in scored:
            if value < _LOWEST or passed > 2 * limit + 10:
                return
            name = self._names.name(number)
            if constraints.languages and name.language not in constraints.languages:
                continue
            for thing in self._namesakes(number, constraints, limit):
                passed += 1
                yield thing, _Found(value, is_exact, name)

    def _namesakes(self, name: int, constraints: Constraints, limit: int) -> list[int]:
        """Return the first things with a name that fulfill constraints, and two more than there may be candidates."""
        things = self._names.things[name][:_MOST_NAMESAKES]
        fitting = [thing for thing in things if self._names.fulfils(thing, constraints)]
        return sorted(fitting, key=self._place)[: limit + 2]

    def _query(self, spelled: Sequence[str]) -> QueryText:
        vocabulary = self._names.vocabulary
        query = []
        for word in dict.fromkeys(spelled):
            like = vocabulary.like(word)
            same = frozenset(term for term, likeness in like.items() if likeness.of_word == 1.0) or frozenset((word,))
            query.append(QueryWord(vocabulary.weight(same), like))
        return QueryText(" ".join(spelled), query)

    def _candidate_names(self, query: QueryText, allowed: frozenset[int] | None) -> list[int]:
        """Return the numbers of the names that share most with a text, which are worth comparing with it."""
        total = sum(word.weight for word in query.words)
        if not total:
            return []
        gained: dict[int, float] = {}
        vocabulary, names = self._names.vocabulary, self._names
        terms = sorted(
            (vocabulary.count(term), term, word.weight * likeness)
            for word in query.words
            for term, likeness in vocabulary.leading(word.terms).items()
        )
        for count, term, gain in terms:
            if allowed is not None and len(allowed) <= _MOST_NAMES:
                numbers = names.with_term_among(term, allowed)
            else:
                shortest: Iterable[int] = names.with_term(term)
                if allowed is not None:
                    shortest = filter(allowed.__contains__, shortest)
                room = max(_MOST_NAMES - len(gained), _FEWEST_NAMES)
                numbers = [*islice(shortest, room)]
                if count > room and gained:
                    numbers = {*numbers, *names.with_term_among(term, gained.keys())}
            for number in numbers:
                gained[number] = gained.get(number, 0.0) + gain
        each = len(query.words) / total
        promising = nlargest(
            _COMPARED,
            # The share of the text, twice, and of the name.
            [
                (gain * gain * (gain * each if gain * each < length else length) / length, -number)
                for number, gain in gained.items()
                for length in (number >> LENGTH_SHIFT or 1,)
            ],
        )
        return [-number for _, number in promising]

    def _by_constraints(self, constraints: Constraints, limit: int) -> list[MatchCandidate]:
        """Return the first things that fulfill constraints, without a text."""
        allowed = self._names.allowed(constraints)
        if not allowed:
            return []
        things = {
            self._names.standing_for(thing)
            for number in sorted(allowed)[:_MOST_NAMESAKES]
            for thing in self._names.things[number]
            if self._names.fulfils(thing, constraints)
        }
        first = sorted(things, key=self._place)[:limit]
        return [MatchCandidate(thing, 50.0) for thing in self._index.things(first)]

    def _candidates(self, found: Mapping[int, _Found], limit: int) -> list[MatchCandidate]:
        ordered = sorted(found, key=lambda number: (-round(found[number].score, 1), *self._place(number)))[:limit]
        exact = [number for number, how in found.items() if how.exact]
        present = [number for number in exact if number not in self._names.past] or exact
        things = self._index.things(ordered)
        return [
            MatchCandidate(
                thing,
                round(how.score, 1),
                exact=how.exact,
                certain=[number] == present,
                name=how.name.text if how.name else "",
                language=how.name.language if how.name else "",
                role=how.name.role if how.name else NameRole.PREFERRED,
            )
            for number, thing, how in zip(ordered, things, (found[number] for number in ordered), strict=True)
        ]

    def _place(self, thing: int) -> tuple[int, int]:
        return _ORDER.get(self._index.profile(thing).kind, len(_ORDER)), self._index.rank(thing)


def _sdgs(text: str) -> list[str]:
    """Return the number of the SDG that a text names, or to which the target or indicator belongs that it names."""
    mention = find_mention(text.removeprefix(SDG).removeprefix("sdg:"))
    return [] if mention is None else [mention.number.partition(".")[0]]
