"""Synthetic municipal plans at any size: invented municipalities, the same for the same seed.

Each municipality has the four files that the shipped plan has: the organisation, the plan, the editorial links and
the English translation. Nothing in them is about a real place.
"""

import random
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from bench.words import AIMS, CHALLENGES, DEEDS, GROUPS, MEASURES, OFFERS, Pair
from plangraf import shipped
from plangraf.namespaces import DATA_LICENCE, GRAPH, ID, PREFIXES

PLAN = "samfunnsplan-2024-2036"
GOALS = 4
SUB_GOALS = 6  # of each goal
STRATEGIES = 3  # of each sub-goal
CONTRIBUTIONS = 1  # of each sub-goal

_EDITOR = f"<{ID}plangraf>"
_LANGUAGE = "<http://publications.europa.eu/resource/authority/language/%s>"
_TARGET = re.compile(r"^sdg:(\d+\.\w+) a sdgo:Target", re.MULTILINE)
_DIRECTIONS = ("plan:Increase", "plan:Decrease", "plan:Maintain", "plan:AtLeast", "plan:AtMost")


def generate(plans: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield the files of `plans` plans, about 2,450 triples each in a release.

    The first plans are the same whatever the number of plans.

    Args:
        plans: the number of plans.
        seed: the seed of the random numbers.

    Returns:
        pairs of a path, relative to the data folder, and its Turtle content.
    """
    chance = random.Random(seed)  # noqa: S311  # the numbers must be reproducible
    targets = _TARGET.findall((shipped.DATA / "sdg" / "targets.ttl").read_text(encoding="utf-8"))
    for number in range(1, plans + 1):
        yield from _Municipality(number, chance, targets).files()


def plan_iri(number: int) -> str:
    """Return the IRI of the plan of municipality `number`, counted from 1."""
    return f"{ID}{_name(number)}/{PLAN}"


def goal_iris(number: int) -> list[str]:
    """Return the IRIs of the goals and sub-goals of municipality `number`."""
    return [f"{plan_iri(number)}/goal/{notation}" for notation in _notations()]


def _name(number: int) -> str:
    return f"kommune-{number:04}"


def _notations() -> list[str]:
    tops = range(1, GOALS + 1)
    return [*map(str, tops), *(f"{top}.{sub}" for top in tops for sub in range(1, SUB_GOALS + 1))]


class _Municipality:
    """The state of one municipality while its files are written."""

    def __init__(self, number: int, chance: random.Random, targets: list[str]) -> None:
        self._name = _name(number)
        self._title = f"Kommune {number:04}"
        self._chance = chance
        self._targets = targets
        self._here = f"<{ID}{self._name}/{PLAN}>"
        self._graph = f"{GRAPH}{self._name}/{PLAN}"
        self._organisation = f"<https://example.org/{self._name}/organisasjon>"
        self._place = f"<https://example.org/{self._name}/sted>"
        self._source = f"<https://example.org/{self._name}/plan>"
        self._words: list[str] = []
        self._english: list[str] = []
        self._links: list[str] = []

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield the files of this municipality."""
        self._describe_plan()
        self._add_challenges_and_groups()
        for notation in _notations():
            self._add_goal(notation)
        folder = f"{self._name}/{PLAN}"
        base = f"@base <{ID}{folder}/> .\n"
        yield f"{self._name}/organisation.ttl", _turtle(self._organisation_blocks())
        yield f"{folder}/plan.ttl", base + _turtle(self._words)
        yield f"{folder}/editorial/links.ttl", base + _turtle(self._links)
        yield f"{folder}/translation-en/labels.ttl", base + _turtle(self._english)

    def _organisation_blocks(self) -> list[str]:
        name = f"rdfs:label {_both((f'{self._title} (oppdiktet)', f'{self._title} (invented)'))}"
        source = f"dct:source {self._source}"
        return [
            _graph(f"{GRAPH}{self._name}", "plan:Reference", ("Om kommunen", "About the municipality")),
            _block(self._organisation, "a foaf:Agent , org:Organization", name, f"dct:spatial {self._place}", source),
            _block(self._place, "a dct:Location", name, source),
            _block(
                f"<{ID}{self._name}/kommunestyret>",
                "a foaf:Agent , org:OrganizationalUnit",
                f"rdfs:label {_both(('Kommunestyret', 'The municipal council'))}",
                f"org:unitOf {self._organisation}",
                source,
            ),
        ]

    def _describe_plan(self) -> None:
        adopted = date(2024, 1, 1) + timedelta(days=self._chance.randrange(360))
        source = f"dct:source {self._source}"
        tops = " , ".join(f"<goal/{top}>" for top in range(1, GOALS + 1))
        title = ("Oppdiktet plan", "Invented plan")
        self._words += [
            _graph(self._graph, "plan:PublishersText", title, f"prov:wasDerivedFrom {self._source}"),
            _block(
                self._here,
                "a plan:Plan , skos:ConceptScheme",
                f'skos:prefLabel "Samfunnsplan for {self._title}"@nb',
                f'dct:title "Oppdiktet samfunnsplan for {self._title}, 2024–2036"@nb',
                f'plan:vision "{self._title} for alle"@nb',
                f'dct:identifier "{self._name}/{PLAN}"',
                f"dct:publisher {self._organisation}",
                f"dct:language {_LANGUAGE % 'NOB'}",
                f'dct:dateAccepted "{adopted}"^^xsd:date',
                "dct:temporal <period>",
                f"dct:spatial {self._place}",
                "adms:status plan:Adopted",
                "prov:wasGeneratedBy <adoption>",
                f"foaf:page {self._source}",
                "plan:planType plan:SocialElement",
                f"skos:hasTopConcept {tops}",
                source,
            ),
            _block(
                "<period>",
                "a dct:PeriodOfTime",
                'rdfs:label "2024–2036"@nb',
                'dcat:startDate "2024"^^xsd:gYear',
                'dcat:endDate "2036"^^xsd:gYear',
                source,
            ),
            _block(
                "<adoption>",
                "a prov:Activity",
                "plan:eventType plan:Adoption",
                'rdfs:label "Vedtak i kommunestyret"@nb',
                f'dct:date "{adopted}"^^xsd:date',
                f"prov:wasAssociatedWith <{ID}{self._name}/kommunestyret>",
                source,
            ),
        ]
        self._links.append(_graph(f"{self._graph}/editorial", "plan:EditorialLinking", title))
        self._english += [
            _graph(f"{self._graph}/translation-en", "plan:Translation", title, f"dct:language {_LANGUAGE % 'ENG'}"),
            _block(
                self._here,
                f'skos:prefLabel "Plan of {self._title}"@en',
                f'dct:title "Invented plan of {self._title}, 2024–2036"@en',
                f'plan:vision "{self._title} for all"@en',
            ),
        ]
        self._link(self._here, "plan", "plan:contributesToSDG", "17", stated=True)

    def _add_challenges_and_groups(self) -> None:
        for number, label in enumerate(CHALLENGES, 1):
            self._concept(f"<challenge/{number}>", "plan:Challenge", label, "plan:wording plan:InOurWords")
        for number, label in enumerate(GROUPS, 1):
            self._concept(f"<actor/{number}>", "plan:ActorGroup", label)

    def _add_goal(self, notation: str) -> None:
        top, _, sub = notation.partition(".")
        goal = f"<goal/{notation}>"
        level = ("delmål", "sub-goal") if sub else ("mål", "goal")
        nb, en = self._chance.choice(AIMS)
        self._concept(
            goal,
            "plan:Goal",
            (f"{self._title} {nb} ({notation})", f"{self._title} {en} ({notation})"),
            f'skos:notation "{notation}"',
            f'plan:level "{level[0]}"@nb',
            "plan:wording plan:AsAdopted",
            f"plan:addresses <challenge/{self._chance.randint(1, len(CHALLENGES))}>",
            *([f"skos:broader <goal/{top}>"] if sub else []),
        )
        self._english.append(_block(goal, f'plan:level "{level[1]}"@en'))
        if not sub:
            self._link(goal, notation, "skos:relatedMatch", str(self._chance.randint(1, 17)))
            return
        for target in self._chance.sample(self._targets, self._chance.randint(1, 2)):
            self._link(goal, notation, "skos:broadMatch", target)
        self._add_actions(notation)
        self._add_indicator(notation)

    def _add_actions(self, notation: str) -> None:
        for kind, count, by, labels in (
            ("Strategy", STRATEGIES, "plan:responsible", DEEDS),
            ("Contribution", CONTRIBUTIONS, "plan:carriedOutBy", OFFERS),
        ):
            for number, (nb, en) in enumerate(self._chance.sample(labels, count), 1):
                self._concept(
                    f"<{kind.lower()}/{notation}.{number}>",
                    f"plan:{kind}",
                    (f"{nb} ({notation}.{number})", f"{en} ({notation}.{number})"),
                    f'skos:notation "{notation}{kind[0]}{number}"',
                    f"plan:supports <goal/{notation}>",
                    f"{by} <actor/{self._chance.randint(1, len(GROUPS))}>",
                    "plan:wording plan:AsAdopted",
                )

    def _add_indicator(self, notation: str) -> None:
        (nb, en), unit = self._chance.choice(MEASURES)
        self._concept(
            f"<indicator/{notation}>",
            "plan:Indicator",
            (f"{nb} ({notation})", f"{en} ({notation})"),
            f"plan:measures <goal/{notation}>",
            f"plan:direction {self._chance.choice(_DIRECTIONS)}",
            f"plan:target {self._chance.randint(1, 999)}.5",
            'plan:targetYear "2036"^^xsd:gYear',
            f'plan:unit "{unit}"@nb',
        )

    def _concept(self, subject: str, kind: str, label: Pair, *more: str) -> None:
        own = (f"a {kind}", f"skos:inScheme {self._here}", f'skos:prefLabel "{label[0]}"@nb')
        self._words.append(_block(subject, *own, *more, f"dct:source {self._source}"))
        self._english.append(_block(subject, f'skos:prefLabel "{label[1]}"@en'))

    def _link(self, subject: str, name: str, match: str, sdg: str, stated: bool | None = None) -> None:
        """Add a link and its claim, to the graph of the plan or to the editorial graph."""
        said = self._chance.random() < 0.5 if stated is None else stated
        (self._words if said else self._links).extend(
            [
                _block(subject, f"{match} sdg:{sdg}"),
                _block(
                    f"<link/{name}-{sdg}>",
                    "a owl:Axiom",
                    f"owl:annotatedSource {subject}",
                    f"owl:annotatedProperty {match}",
                    f"owl:annotatedTarget sdg:{sdg}",
                    f"plan:basis plan:{'StatedInPlan' if said else 'Editorial'}",
                    "sssom:mapping_justification semapv:ManualMappingCuration",
                    'pav:authoredOn "2024-06-01"^^xsd:date',
                    f"dct:creator {self._organisation if said else _EDITOR}",
                    f"dct:source {self._source}",
                ),
            ]
        )


def _block(subject: str, *parts: str) -> str:
    return subject + " " + " ;\n  ".join(parts) + " ."


def _both(pair: Pair) -> str:
    return f'"{pair[0]}"@nb , "{pair[1]}"@en'


def _graph(iri: str, role: str, title: Pair, *more: str) -> str:
    about = (f"dct:title {_both(title)}", f"plan:graphRole {role}", f"dct:creator {_EDITOR}")
    return _block(f"<{iri}>", "a prov:Entity", *about, f"dct:license <{DATA_LICENCE}>", *more)


def _turtle(blocks: Iterable[str]) -> str:
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    return prefixes + "\n" + "\n\n".join(blocks) + "\n"
