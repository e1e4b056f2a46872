"""How well links to the SDGs are suggested: precision and recall against the links that the data have.

`python -m bench.links` prints the table of docs/matching.md; `--write docs/matching.md` puts it there. `--model`
prints that of an embedding model.
"""

import argparse
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from bench import tables
from bench.embedding import EmbeddingRanking
from plangraf import shipped
from plangraf.matching.linkables import (
    Linkable,
    LinkableKind,
    Linkables,
    Text,
    read_linkables,
    sdg_goal,
)
from plangraf.matching.sdg_ranking import ALL_EVIDENCE, WORDS_ALONE, SdgRanking
from plangraf.namespaces import SDG, expand
from plangraf.sources.dataset import list_files

RANKS = (1, 3, 5)
COMMAND = "python -m bench.links"
METHODS = {"words alone": WORDS_ALONE, "all evidence": ALL_EVIDENCE}
_BASES = {"stated by plans": "plan:StatedInPlan", "editorial": "plan:Editorial"}
_U4SSC = "https://data.norge.no/vocabulary/indicator/U4SSC/"

Answers = Mapping[Linkable, frozenset[str]]
"""The IRIs that each thing is linked to."""


@dataclass(frozen=True)
class Measured:
    """The outcome for a set of links.

    Attributes:
        things: the number of things with links.
        links: the number of their links.
        right: the number of suggestions that are links, among those up to each rank.
        suggested: the number of suggestions up to each rank.
    """

    things: int
    links: int
    right: tuple[int, ...]
    suggested: tuple[int, ...]


def links_of_plans(linkables: Linkables, quads: Iterable[ox.Quad], basis: str) -> Answers:
    """Return the SDGs and targets of the goals of plans that claims with a basis link them to."""
    parts: dict[str, dict[str, str]] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            parts.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value
    found: dict[Linkable, set[str]] = {}
    for claim in parts.values():
        source = linkables.things.get(claim.get(expand("owl:annotatedSource"), ""))
        target = claim.get(expand("owl:annotatedTarget"), "")
        of_basis = claim.get(expand("plan:basis")) == expand(basis)
        if of_basis and source is not None and source.kind is LinkableKind.GOAL and target.startswith(SDG):
            found.setdefault(source, set()).add(target)
    return {goal: frozenset(targets) for goal, targets in found.items()}


def links_of_indicators(quads: Iterable[ox.Quad]) -> Answers:
    """Return the SDGs and targets of the U4SSC indicators, which KS has linked."""
    labels: dict[str, list[Text]] = {}
    links: dict[str, set[str]] = {}
    for quad in quads:
        if not isinstance(quad.subject, ox.NamedNode) or not quad.subject.value.startswith(_U4SSC):
            continue
        iri = quad.subject.value
        if isinstance(quad.object, ox.Literal) and quad.predicate.value == expand("skos:prefLabel"):
            labels.setdefault(iri, []).append(Text(quad.object.value, quad.object.language or ""))
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(SDG):
            links.setdefault(iri, set()).add(quad.object.value)
    return {
        Linkable(iri, LinkableKind.GOAL, labels=tuple(labels[iri])): frozenset(found)
        for iri, found in sorted(links.items())
    }


def to_sdgs(answers: Answers) -> Answers:
    """Return the links as links to SDGs: one to a target is one to its SDG."""
    return {thing: frozenset(map(sdg_goal, links)) for thing, links in answers.items()}


def to_targets(answers: Answers) -> Answers:
    """Return the links to targets alone."""
    targets = {thing: frozenset(iri for iri in links if iri != sdg_goal(iri)) for thing, links in answers.items()}
    return {thing: links for thing, links in targets.items() if links}


def measure(ranking: SdgRanking | EmbeddingRanking, answers: Answers, *, targets: bool) -> Measured:
    """Return how many of the first suggestions are links; no link of the publisher of a goal counts for its rank."""
    right, suggested = [0] * len(RANKS), [0] * len(RANKS)
    for thing, links in answers.items():
        order: dict[str, None] = {}
        for ranked in ranking.rank(thing, thing.publishers):
            if not targets:
                order.setdefault(sdg_goal(ranked.thing.iri))
            elif ranked.thing.kind is LinkableKind.TARGET:
                order.setdefault(ranked.thing.iri)
        for index, rank in enumerate(RANKS):
            first = list(order)[:rank]
            right[index] += len(links.intersection(first))
            suggested[index] += len(first)
    return Measured(len(answers), sum(map(len, answers.values())), tuple(right), tuple(suggested))


def measurements(*, model: bool = False) -> dict[tuple[str, str], Measured]:
    """Return the outcome for each set of links and each method, or for an embedding model alone."""
    quads = [quad for file in list_files([shipped.DATA]) for quad in file.read().quads]
    linkables = read_linkables(quads)
    sets: dict[str, Answers] = {name: links_of_plans(linkables, quads, basis) for name, basis in _BASES.items()}
    sets["U4SSC indicators"] = links_of_indicators(quads)
    rankings: dict[str, SdgRanking | EmbeddingRanking] = (
        {"embedding model": EmbeddingRanking(linkables)}
        if model
        else {method: SdgRanking(linkables, weights) for method, weights in METHODS.items()}
    )
    found = {}
    for method, ranking in rankings.items():
        for name, answers in sets.items():
            for end, chosen, targets in _ENDS:
                if kept := chosen(answers):
                    found[f"{name} → {end}", method] = measure(ranking, kept, targets=targets)
    return found


_ENDS: tuple[tuple[str, Callable[[Answers], Answers], bool], ...] = (
    ("SDG", to_sdgs, False),
    ("target", to_targets, True),
)


def report(*, model: bool = False) -> list[str]:
    """Return the table."""
    head = ["links", "method", "things", "links in all"]
    head += [f"{measure} at {rank}" for rank in RANKS for measure in ("precision", "recall")]
    rows = []
    for (name, method), each in sorted(
        measurements(model=model).items(), key=lambda item: [*METHODS, item[0][1]].index(item[0][1])
    ):
        shares = []
        for right, suggested in zip(each.right, each.suggested, strict=True):
            shares += [_share(right, suggested), _share(right, each.links)]
        rows.append((name, method, str(each.things), str(each.links), *shares))
    rows.sort(key=lambda row: row[0])
    return [tables.table(head, rows)]


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} ({part / whole:.0%})"


def main() -> None:
    """Print the table, or write it into a document."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--write", type=Path, help="the document whose table is replaced")
    parser.add_argument("--model", action="store_true", help="print the table of an embedding model")
    asked = parser.parse_args()
    if asked.model:
        tables.say("\n\n".join(report(model=True)))
        return
    document: Path | None = asked.write
    content = "\n\n".join([*report(), f"By:\n\n    {COMMAND}"])
    if document is None:
        tables.say(content)
    else:
        text = document.read_text(encoding="utf-8")
        document.write_text(tables.replace(text, "links", content), encoding="utf-8")


if __name__ == "__main__":
    main()
