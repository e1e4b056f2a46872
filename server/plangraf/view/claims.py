"""Claims about links to the SDGs, with stated and editorial ones separate."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from plangraf.namespaces import PREFIXES, SDG, expand
from plangraf.view.reading import Name, Reading, Reference, reference_key

_NOTES = ("skos:note", "rdfs:comment", "skos:editorialNote")


@dataclass(frozen=True)
class Claim:
    """A claim about a link.

    Attributes:
        iri: the IRI of the claim.
        source: the linked thing.
        plan: the plan of the linked thing, if it is not a plan itself.
        relation: the property of the link.
        target: the SDG goal or target.
        stated: whether the basis is stated; otherwise it is editorial.
        creators: the creators of the claim.
        sources: the sources of the claim.
        quotes: the sentences of the sources that are the evidence, word for word.
        notes: the reasons for the claim in words.
        justifications: the ways in which the claim came about.
        page: the link to the claim itself.
    """

    iri: str
    source: Reference
    plan: Reference | None
    relation: Reference
    target: Reference
    stated: bool
    creators: tuple[Reference, ...]
    sources: tuple[Reference, ...]
    quotes: tuple[Name, ...] = ()
    notes: tuple[Name, ...] = ()
    justifications: tuple[Reference, ...] = ()
    page: Reference | None = None


@dataclass(frozen=True)
class Claims:
    """Stated and editorial claims, each sorted by target and source."""

    stated: tuple[Claim, ...]
    editorial: tuple[Claim, ...]

    @property
    def everything(self) -> tuple[Claim, ...]:
        """All claims, the stated ones first; a page must show the basis of each."""
        return (*self.stated, *self.editorial)

    def __bool__(self) -> bool:
        return bool(self.stated or self.editorial)


@dataclass(frozen=True)
class ClaimGroup:
    """Claims with the same creators and the same sources."""

    creators: tuple[Reference, ...]
    sources: tuple[Reference, ...]
    claims: tuple[Claim, ...]


def group_claims(claims: Iterable[Claim]) -> list[ClaimGroup]:
    """Return claims grouped by creators and sources, the largest group first."""
    found: dict[tuple[tuple[Reference, ...], tuple[Reference, ...]], list[Claim]] = {}
    for claim in claims:
        found.setdefault((claim.creators, claim.sources), []).append(claim)
    groups = [ClaimGroup(creators, sources, tuple(same)) for (creators, sources), same in found.items()]
    return sorted(groups, key=lambda group: -len(group.claims))


def read_claims(reading: Reading, only: Collection[str] | None = None) -> Claims:
    """Return the claims whose target is an SDG: all of them, or those with the IRIs in `only`."""
    statements = reading.statements
    found = []
    for iri in statements.instances(PREFIXES["owl"] + "Axiom") if only is None else sorted(only):
        source = statements.iri(iri, expand("owl:annotatedSource"))
        target = statements.iri(iri, expand("owl:annotatedTarget"))
        relation = statements.iri(iri, expand("owl:annotatedProperty"))
        if source is None or relation is None or target is None or not target.startswith(SDG):
            continue
        plan = statements.iri(source, expand("skos:inScheme"))
        found.append(
            Claim(
                iri=iri,
                source=reading.reference(source),
                plan=reading.reference(plan) if plan else None,
                relation=reading.reference(relation),
                target=reading.reference(target),
                stated=expand("plan:StatedInPlan") in statements.iris(iri, expand("plan:basis")),
                creators=tuple(reading.references(iri, "dct:creator")),
                sources=tuple(reading.references(iri, "dct:source")),
                quotes=tuple(reading.texts(iri, "plan:quote")),
                notes=tuple(text for name in _NOTES for text in reading.texts(iri, name)),
                justifications=tuple(reading.references(iri, "sssom:mapping_justification")),
                page=reading.reference(iri),
            )
        )
    found.sort(key=lambda claim: (reference_key(claim.target), reference_key(claim.source)))
    return Claims(
        stated=tuple(claim for claim in found if claim.stated),
        editorial=tuple(claim for claim in found if not claim.stated),
    )


def claim_href(reading: Reading, claim: Claim) -> str | None:
    """Return the address of a claim, or that of the claims on the page of its source, if this server has no other."""
    own = reading.reference(claim.iri)
    if own.local:
        return own.href
    return f"{claim.source.href}#sdg" if claim.source.href else None
