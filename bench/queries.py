"""The mix of queries. Each request has a different text, so that no cache can answer it.

In a template, `{n}` is an unused number, which is part of a variable name in the answer, so that answers differ too.
`{iri}` is the IRI of a goal or of a plan, in rotation.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.plans import goal_iris, plan_iri

JSON = "application/sparql-results+json"
N_TRIPLES = "application/n-triples"

_PREFIXES = """\
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX plan: <https://w3id.org/plangraf/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_POINT = """\
SELECT ?label{n} ?notation WHERE { <{iri}> skos:prefLabel ?label{n} ; skos:notation ?notation }"""
_PAGE = """\
SELECT ?goal{n} ?notation ?label ?broader WHERE {
  ?goal{n} skos:inScheme <{iri}> ; a plan:Goal ; skos:notation ?notation ; skos:prefLabel ?label .
  OPTIONAL { ?goal{n} skos:broader ?broader }
  FILTER (LANG(?label) = "nb")
}"""
_FILTER = """\
SELECT ?goal{n} ?label WHERE {
  ?goal{n} a plan:Goal ; skos:prefLabel ?label .
  FILTER (LANG(?label) = "en" && CONTAINS(?label, "water"))
} LIMIT 50"""
_ANALYTIC = """\
SELECT ?sdg{n} ?basis (COUNT(?claim) AS ?links) (COUNT(DISTINCT ?plan) AS ?plans) WHERE {
  ?claim owl:annotatedTarget ?sdg{n} ; plan:basis ?basis ; owl:annotatedSource ?goal .
  ?goal skos:inScheme ?plan .
} GROUP BY ?sdg{n} ?basis"""
_CONSTRUCT = """\
CONSTRUCT { ?concept ?property ?value . ?plan skos:note "{n}" } WHERE {
  BIND (<{iri}> AS ?plan)
  ?concept skos:inScheme ?plan ; ?property ?value .
}"""
_RUNAWAY = """\
SELECT (COUNT(*) AS ?n{n}) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER (?c != ?f && ?f != ?i) }"""


@dataclass(frozen=True)
class Template:
    """A query with placeholders.

    Attributes:
        key: its name in the tables.
        text: the query, with `{n}` and optionally `{iri}`.
        iris: the values of `{iri}`.
        accept: the value of Accept.
    """

    key: str
    text: str
    iris: Sequence[str] = ("",)
    accept: str = JSON

    def fill(self, number: int) -> str:
        """Return the query with values for its placeholders."""
        return self.text.replace("{n}", str(number)).replace("{iri}", self.iris[number % len(self.iris)])

    def texts(self) -> Iterator[str]:
        """Yield the query without end, each time with another text."""
        return map(self.fill, itertools.count(1))


def mix(plans: int) -> dict[str, Template]:
    """Return the queries by name, for a release of `plans` synthetic plans."""
    goals = tuple(iri for number in range(1, plans + 1) for iri in goal_iris(number))
    schemes = tuple(plan_iri(number) for number in range(1, plans + 1))
    templates = (
        Template("point", _PREFIXES + _POINT, goals),
        Template("page", _PREFIXES + _PAGE, schemes),
        Template("filter", _PREFIXES + _FILTER),
        Template("construct", _PREFIXES + _CONSTRUCT, schemes, N_TRIPLES),
        Template("analytic", _PREFIXES + _ANALYTIC),
        Template("runaway", _RUNAWAY),
    )
    return {template.key: template for template in templates}
