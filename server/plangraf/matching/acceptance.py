"""The effect of judgements: which are new, which are known, and which contradict each other or the data."""

from collections.abc import Collection
from dataclasses import dataclass

from plangraf.matching.judgements import Judgement, Judgements, Verdict
from plangraf.matching.linkables import Linkables
from plangraf.namespaces import compact


@dataclass(frozen=True)
class Acceptance:
    """The outcome of judgements.

    Attributes:
        new: the judgements that change the data.
        known: the number of those that the data have already.
        unjudged: the number of rows that nobody has judged, or that found no match.
        faults: what contradicts what, each with its place and how to mend it; then nothing may be written.
    """

    new: tuple[Judgement, ...]
    known: int
    unjudged: int
    faults: tuple[str, ...]


def decide(judgements: Judgements, linkables: Linkables, plans: Collection[str]) -> Acceptance:
    """Return what judgements change.

    Args:
        judgements: the judgements.
        linkables: the known things, with the links and refusals of the plans that are changed.
        plans: the IRIs of these plans.
    """
    linked = {(link.source, link.target) for link in linkables.links}
    refused = {(link.source, link.target) for link in linkables.refused}
    first: dict[tuple[str, str], Judgement] = {}
    new: list[Judgement] = []
    faults = list(judgements.faults)
    known = 0
    for each in judgements.found:
        pair = (each.subject, each.object)
        fault = (
            _foreign(each, linkables, plans) or _contradiction(each, first.get(pair)) or _stale(each, linked, refused)
        )
        if fault:
            faults.append(f"{each.place}: {fault}")
        elif pair in first or pair in (linked if each.verdict is Verdict.ACCEPTED else refused):
            known += 1
        else:
            new.append(each)
        first.setdefault(pair, each)
    return Acceptance(tuple(new), known, judgements.unjudged, tuple(faults))


def _foreign(judgement: Judgement, linkables: Linkables, plans: Collection[str]) -> str | None:
    plan = linkables.things[judgement.subject].plan
    if plan not in plans:
        given = ", ".join(f"<{iri}>" for iri in sorted(plans))
        return (
            f"<{judgement.subject}> belongs to the plan <{plan}>, and the claims go into {given}: name the folder or "
            "workbook of its own plan, or remove the row"
        )
    if linkables.things[judgement.object].plan == plan:
        return f"<{judgement.object}> is in the same plan: a link leads to an SDG, or to a goal of another plan"
    return None


def _contradiction(judgement: Judgement, other: Judgement | None) -> str | None:
    if other is None:
        return None
    if other.verdict is not judgement.verdict:
        return (
            f"the link to <{judgement.object}> is {judgement.verdict} here and {other.verdict} in {other.place}: "
            "keep one of the rows"
        )
    if other.predicate != judgement.predicate:
        return (
            f"the link to <{judgement.object}> is {compact(judgement.predicate)} here and {compact(other.predicate)} "
            f"in {other.place}: keep one of the rows"
        )
    return None


def _stale(
    judgement: Judgement, linked: Collection[tuple[str, str]], refused: Collection[tuple[str, str]]
) -> str | None:
    pair = (judgement.subject, judgement.object)
    if judgement.verdict is Verdict.ACCEPTED and pair in refused:
        return (
            f"the link to <{judgement.object}> was refused before: remove the row, or the refusal "
            "(owl:NegativePropertyAssertion) in the data of the plan"
        )
    if judgement.verdict is Verdict.REFUSED and pair in linked:
        return (
            f"the link to <{judgement.object}> is in the data of the plan: remove the row, or the link and the claim "
            "about it"
        )
    return None
