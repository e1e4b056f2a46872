"""The rewrites from the older model to the present one: one table, for the command, its messages and the guide."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.migration.facts import Facts
from plangraf.namespaces import expand


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))


@dataclass(frozen=True, kw_only=True)
class Rewrite:
    """A rewrite of one kind of statement.

    Attributes:
        old: the statements concerned, as people write them; a part in parentheses says which.
        new: what stands in their place.
        sentence: why, in English.
        predicate: the predicate of the statements concerned, as a prefixed name.
        object: their object, if only one is meant.
        applies: whether a statement with that predicate and object is concerned.
        new_predicate: the predicate that takes the place of the old one.
        new_object: the object that takes the place of the old one.
        addition: predicate and object of a statement that is added about the subject.
    """

    old: str
    new: str
    sentence: str
    predicate: str
    object: str | None = None
    applies: Callable[[ox.Quad, Facts], bool] = lambda quad, facts: True
    new_predicate: str | None = None
    new_object: str | None = None
    addition: tuple[str, str] | None = None

    def concerns(self, quad: ox.Quad, facts: Facts) -> bool:
        """Return whether the rewrite is made in a statement."""
        return (
            quad.predicate.value == expand(self.predicate)
            and (self.object is None or quad.object == _node(self.object))
            and self.applies(quad, facts)
        )

    def rewritten(self, quad: ox.Quad) -> ox.Quad:
        """Return the statement that takes the place of one that the rewrite concerns."""
        return ox.Quad(
            quad.subject,
            quad.predicate if self.new_predicate is None else _node(self.new_predicate),
            quad.object if self.new_object is None else _node(self.new_object),
            quad.graph_name,
        )

    def added(self, quad: ox.Quad) -> ox.Quad | None:
        """Return the statement that is added beside one that the rewrite concerns, or None."""
        if self.addition is None:
            return None
        predicate, value = self.addition
        return ox.Quad(quad.subject, _node(predicate), _node(value), quad.graph_name)


def _of_a_plan(quad: ox.Quad, facts: Facts) -> bool:
    return facts.is_plan(quad.subject) and not isinstance(quad.object, ox.Literal)


REWRITES = (
    Rewrite(
        old="plan:inPlan",
        new="skos:inScheme",
        sentence="A plan is the scheme of all its parts, so indicators are in it as goals are.",
        predicate="plan:inPlan",
        new_predicate="skos:inScheme",
    ),
    Rewrite(
        old="sssom:mapping_date",
        new="pav:authoredOn",
        sentence="SSSOM itself writes the date of a mapping so in RDF.",
        predicate="sssom:mapping_date",
        new_predicate="pav:authoredOn",
    ),
    Rewrite(
        old="plan:wording plan:Superseded",
        new="plan:wording plan:SupersededWording",
        sentence="A superseded wording and a superseded plan are two things, so they are two terms.",
        predicate="plan:wording",
        object="plan:Superseded",
        new_object="plan:SupersededWording",
    ),
    Rewrite(
        old="prov:wasRevisionOf (of a plan)",
        new="dct:replaces",
        sentence="A new plan replaces the earlier one. Its goals may go on, so prov:wasRevisionOf is between goals.",
        predicate="prov:wasRevisionOf",
        applies=lambda quad, facts: _of_a_plan(quad, facts) and not facts.is_other(quad.object),
        new_predicate="dct:replaces",
    ),
    Rewrite(
        old="prov:wasDerivedFrom (of a plan)",
        new="foaf:page",
        sentence="The transcription is derived from the page, not the plan, so the graph says prov:wasDerivedFrom.",
        predicate="prov:wasDerivedFrom",
        applies=lambda quad, facts: _of_a_plan(quad, facts) and not facts.is_plan(quad.object),
        new_predicate="foaf:page",
    ),
    Rewrite(
        old="dct:issued (on the date of the adoption)",
        new="dct:dateAccepted",
        sentence="A plan is adopted first and issued later, if the source says when.",
        predicate="dct:issued",
        applies=lambda quad, facts: (
            facts.is_plan(quad.subject) and facts.is_date_of_adoption(quad.subject, quad.object)
        ),
        new_predicate="dct:dateAccepted",
    ),
    Rewrite(
        old="prov:wasGeneratedBy an event without a type",
        new="plan:eventType plan:Adoption",
        sentence="A plan has other events too, such as hearings, so each says of what type it is.",
        predicate="rdf:type",
        object="prov:Activity",
        applies=lambda quad, facts: facts.is_untyped_adoption(quad.subject),
        addition=("plan:eventType", "plan:Adoption"),
    ),
)


@dataclass(frozen=True)
class StatementMigration:
    """The outcome of a migration for one statement.

    Attributes:
        before: the statement.
        after: the statement that takes its place; None if another statement says the same already.
        added: a statement that is added.
        rewrite: the rewrite, or None where nothing changes.
    """

    before: ox.Quad
    after: ox.Quad | None
    added: ox.Quad | None = None
    rewrite: Rewrite | None = None

    @property
    def changes(self) -> bool:
        """Whether the file says anything else after it."""
        return self.after != self.before or self.added is not None


def outcomes(quads: Sequence[ox.Quad], facts: Facts) -> list[StatementMigration]:
    """Return the outcome of each statement of a file, in their order.

    Args:
        quads: the statements.
        facts: the facts of all files of the migration.
    """
    rewrites = [next((each for each in REWRITES if each.concerns(quad, facts)), None) for quad in quads]
    said = {quad for quad, each in zip(quads, rewrites, strict=True) if each is None or each.rewritten(quad) == quad}
    found = []
    for quad, each in zip(quads, rewrites, strict=True):
        if each is None:
            found.append(StatementMigration(quad, quad))
            continue
        after: ox.Quad | None = each.rewritten(quad)
        if after != quad:
            after = _unsaid(after, said)
        found.append(StatementMigration(quad, after, _unsaid(each.added(quad), said), each))
    return found


def statements(found: Iterable[StatementMigration]) -> set[ox.Quad]:
    """Return the statements of a file after the migration."""
    return {quad for outcome in found for quad in (outcome.after, outcome.added) if quad is not None}


def _unsaid(quad: ox.Quad | None, said: set[ox.Quad]) -> ox.Quad | None:
    """Return a statement that is said for the first time, and remember it; else None."""
    if quad is None or quad in said:
        return None
    said.add(quad)
    return quad
