"""Links between a goal and other plans: who links to it, and how to link to it from a plan of one's own."""

import re
from dataclasses import dataclass

from plangraf.languages import InterfaceLanguage
from plangraf.namespaces import ID, PREFIXES, expand
from plangraf.view.reading import Reading, Reference, reference_key
from plangraf.workbook.code_lists import code_lists
from plangraf.workbook.data_sheets import LINKS

INCOMING = (
    *("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch"),
    *("prov:wasRevisionOf", "prov:wasQuotedFrom", "plan:supports", "plan:measures"),
)
"""The properties that lead from other plans to a goal."""
SHOWN = 20
"""The maximum number of links on the page."""
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._~-]+")
_SNIPPET = """\
{prefixes}

<goal/1> skos:closeMatch <{iri}> .

<link/1-{name}> a owl:Axiom ;
  owl:annotatedSource <goal/1> ;
  owl:annotatedProperty skos:closeMatch ;
  owl:annotatedTarget <{iri}> ;
  plan:basis plan:Editorial ;
  pav:authoredOn "{date}"^^xsd:date ;
  sssom:mapping_justification semapv:ManualMappingCuration ;
  dct:creator <{creator}> ;
  dct:source <{page}> .
"""


@dataclass(frozen=True)
class IncomingLink:
    """A link from a thing of another plan to the goal.

    Attributes:
        source: the thing.
        plan: its plan, if the data say which.
        publishers: the publishers of that plan.
        relation: the property of the link.
        creators: who makes the claim, if there is one.
        stated: whether the plan itself states the link; None without a claim.
        claim: the claim.
    """

    source: Reference
    plan: Reference | None
    publishers: tuple[Reference, ...]
    relation: Reference
    creators: tuple[Reference, ...]
    stated: bool | None
    claim: Reference | None


def read_incoming(reading: Reading, around: Reading, goal: str) -> list[IncomingLink]:
    """Return the links from other plans to a goal, by publisher and plan.

    Args:
        reading: the description of the goal, with what refers to it and the claims about that.
        around: the statements around it, with the plans of what refers to it and their publishers.
        goal: the goal.
    """
    statements, found = reading.statements, []
    own = set(statements.iris(goal, expand("skos:inScheme")))
    source, annotated = expand("owl:annotatedSource"), expand("owl:annotatedProperty")
    claims = {
        (statements.iri(claim, source), statements.iri(claim, annotated)): claim
        for claim in statements.subjects(expand("owl:annotatedTarget"), goal)
    }
    for name in INCOMING:
        relation = expand(name)
        for iri in statements.subjects(relation, goal):
            plan = around.statements.iri(iri, expand("skos:inScheme"))
            if plan in own:
                continue
            claim = claims.get((iri, relation))
            found.append(
                IncomingLink(
                    reading.reference(iri),
                    around.reference(plan) if plan else None,
                    tuple(around.references(plan, "dct:publisher")) if plan else (),
                    reading.reference(relation),
                    tuple(reading.references(claim, "dct:creator")) if claim else (),
                    expand("plan:StatedInPlan") in statements.iris(claim, expand("plan:basis")) if claim else None,
                    reading.reference(claim) if claim else None,
                )
            )
    return sorted(found, key=_key)


def _key(link: IncomingLink) -> tuple[object, ...]:
    publisher = link.publishers[0].name.text.casefold() if link.publishers else ""
    return publisher, link.plan.name.text.casefold() if link.plan else "", reference_key(link.source)


def link_snippet(iri: str, page: str, date: str, creator: str) -> str:
    """Return a claim in Turtle that links goal 1 of a plan to the goal `iri`, to be changed and added to its file.

    Args:
        iri: the goal.
        page: the IRI of its page, which is the source.
        date: a placeholder for the date, in the language of the reader.
        creator: a placeholder for the IRI of who makes the claim.
    """
    used = ("dct", "owl", "pav", "plan", "semapv", "skos", "sssom", "xsd")
    prefixes = "\n".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> ." for prefix in used)
    name = _NOT_IN_NAMES.sub("-", iri.removeprefix(ID).partition("://")[2] or iri.removeprefix(ID)).strip("-")
    return _SNIPPET.format(prefixes=prefixes, iri=iri, page=page, name=name, date=date, creator=creator)


def link_row(iri: str, page: str, language: InterfaceLanguage) -> str:
    """Return a row of the sheet of links that says the same, with a tab between cells, to be pasted into a workbook.

    Args:
        iri: the goal.
        page: the IRI of its page, which is the source.
        language: the language of the workbook.
    """
    codes = code_lists()
    texts = {
        "thing": "1",
        "other": iri,
        "relation": codes["relation"].by_value[expand("skos:closeMatch")].shown(language),
        "basis": codes["basis"].by_value[expand("plan:Editorial")].shown(language),
        "source": page,
    }
    keys = [column.key for column in LINKS.columns]
    last = max(keys.index(key) for key in texts)
    return "\t".join(texts.get(key, "") for key in keys[: last + 1])
