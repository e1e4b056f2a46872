"""The links of a plan to the SDGs, as a table with bars and as a Sankey diagram of its goals."""

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from plangraf.namespaces import SDG, expand
from plangraf.site.plan.sankey import Flow, Sankey, SdgNode, sankey
from plangraf.site.plan.sankey_svg import sankey_elements
from plangraf.site.sdg.page import Coverage, share_out
from plangraf.view.claims import Claims
from plangraf.view.reading import Reading, Reference
from plangraf.vocabulary import GOAL_CLASSES

MOST = 30
"""The maximum number of nodes in the middle column of the diagram."""


@dataclass(frozen=True)
class LinkCount:
    """The number of things of a node that are linked to an SDG."""

    label: str
    goal: Reference
    stated: int
    editorial: int


@dataclass(frozen=True)
class PlanChart:
    """The SDG coverage of a plan, the diagram, its numbers, and a summary.

    Attributes:
        coverage: the coverage of each of the 17 SDGs.
        picture: the Sankey diagram.
        elements: its SVG elements.
        link_counts: the numbers in the diagram.
        finding: the summary, in one sentence.
        grouped: whether goals are grouped by their top goals.
    """

    coverage: list[Coverage]
    picture: Sankey
    elements: Markup
    link_counts: list[LinkCount]
    finding: str
    grouped: bool

    @property
    def covered(self) -> list[Coverage]:
        """The coverage of the SDGs that have links."""
        return [row for row in self.coverage if row.stated or row.editorial]


def plan_chart(reading: Reading, plan: str, claims: Claims) -> PlanChart | None:
    """Return the chart of a plan, or None if it has no links to SDGs."""
    _ = reading.reader.gettext
    linked = {(c.source.iri, c.target.sdg, c.stated) for c in claims.everything if c.target.sdg}
    goals = reading.sorted(reading.statements.instances(expand("sdgo:Goal")))
    if not linked or not goals:
        return None
    per_goal = Counter((sdg, stated) for _source, sdg, stated in linked)
    stated, editorial = (
        {f"{SDG}{sdg}": count for (sdg, basis), count in per_goal.items() if basis == wanted}
        for wanted in (True, False)
    )
    kinds = set(reading.statements.instances(*GOAL_CLASSES))
    sources = {source for source, _sdg, _stated in linked}
    grouped = len(sources & kinds) > MOST
    homes = {source: _home(reading, source, plan, kinds, grouped=grouped) for source in sources}
    flows = Counter((homes[source], sdg, basis) for source, sdg, basis in linked)
    middles = _middles(reading, flows)
    labels = [label for label, _homes in middles]
    place = {home: number for number, (_label, of) in enumerate(middles) for home in of}
    covered = [goal for goal in goals if stated.get(goal.iri) or editorial.get(goal.iri)]
    column = {goal.sdg: number for number, goal in enumerate(covered)}
    merged: Counter[tuple[int, int, bool]] = Counter()
    for (home, sdg, basis), count in flows.items():
        if sdg in column:
            merged[place[home], column[sdg], basis] += count
    drawn = [Flow(middle, right, count, basis) for (middle, right, basis), count in sorted(merged.items())]
    words = (_("{count} stated"), _("{count} editorial"))
    ends = [SdgNode(goal.sdg or "", goal.name.text) for goal in covered]
    link_counts = [
        LinkCount(labels[middle], covered[right], merged[middle, right, True], merged[middle, right, False])
        for middle, right in sorted({(flow.middle, flow.right) for flow in drawn})
    ]
    finding = _(
        "The plan or its publisher states links to {stated} of the 17 SDGs (numbers: {stated_numbers}); an editor "
        "has judged there to be links to {editorial} (numbers: {editorial_numbers}). Neither: {rest}."
    ).format(
        stated=len(stated),
        stated_numbers=_numbers(goals, stated) or _("none"),
        editorial=len(editorial),
        editorial_numbers=_numbers(goals, editorial) or _("none"),
        rest=", ".join(goal.sdg or "" for goal in goals if goal not in covered) or _("none"),
    )
    picture = sankey(reading.name(plan).text, labels, ends, drawn, words)
    elements = sankey_elements(picture, reading.reader.language)
    return PlanChart(share_out(goals, stated, editorial), picture, elements, link_counts, finding, grouped)


def _numbers(goals: list[Reference], counts: dict[str, int]) -> str:
    return ", ".join(goal.sdg or "" for goal in goals if goal.iri in counts)


def _home(reading: Reading, source: str, plan: str, kinds: set[str], *, grouped: bool) -> str:
    """Return the node of a thing: the IRI of a goal or the plan, or "" for other parts of the plan."""
    if source not in kinds:
        return plan if source == plan else ""
    seen = {source}
    while grouped:
        above = reading.statements.iri(source, expand("skos:broader"))
        if above is None or above in seen or above not in kinds:
            break
        seen.add(above)
        source = above
    return source


def _middles(reading: Reading, flows: Counter[tuple[str, str, bool]]) -> list[tuple[str, list[str]]]:
    """Return the labels and members of the nodes in the middle; goals over the limit share one node."""
    _ = reading.reader.gettext
    kinds = set(reading.statements.instances(*GOAL_CLASSES))
    homes = {home for home, _sdg, _basis in flows}
    goals = reading.sorted(homes & kinds)
    if len(goals) > MOST - 2:
        weight: Counter[str] = Counter()
        for (home, _sdg, _basis), count in flows.items():
            weight[home] += count
        kept = {goal.iri for goal in sorted(goals, key=lambda goal: -weight[goal.iri])[: MOST - 3]}
    else:
        kept = {goal.iri for goal in goals}
    plans = sorted(homes - kinds - {""})
    found = [(_("The plan as a whole"), plans)] if plans else []
    found += [(f"{g.notation} {g.name.text}" if g.notation else g.name.text, [g.iri]) for g in goals if g.iri in kept]
    rest = [goal.iri for goal in goals if goal.iri not in kept]
    found += [(_("Other goals"), rest)] if rest else []
    return [*found, (_("Other parts of the plan"), [""])] if "" in homes else found
