"""The statements of rows about links to SDGs and goals of other plans, and about statements with their own source."""

from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.namespaces import ID, SDG, expand
from plangraf.workbook.addresses import slug
from plangraf.workbook.code_lists import code_lists
from plangraf.workbook.columns import Words
from plangraf.workbook.conversion import Conversion
from plangraf.workbook.findings import CellFault
from plangraf.workbook.properties import field_title, property_of
from plangraf.workbook.rows import CellPlace, Row
from plangraf.workbook.statements import node
from plangraf.workbook.values import Term

Maker = tuple[Term, CellPlace] | None
"""Who made the data, with the cell that says so."""
JUSTIFICATION = expand("semapv:ManualMappingCuration")
REFUSAL = "owl:NegativePropertyAssertion"
"""The class of refused links."""
_OF_CLAIMS = ("basis", "quote", "confidence")
_EDITORIAL = expand("plan:Editorial")
_CLAIM = ("basis", "quote", "date", "creator", "justification", "confidence", "note", "source", "id")


@dataclass(frozen=True)
class _Linked:
    """The target of the link of a row, with its cell.

    Attributes:
        iri: the IRI of an SDG, of a target, or of a goal of another plan.
        place: the cell.
        relation: the IRI of the relation of a row that names none.
        name: its name in the IRI of the claim.
    """

    iri: str
    place: CellPlace
    relation: str
    name: str


def add_link(conversion: Conversion, row: Row, maker: Maker) -> None:
    """Add a link to an SDG or to a goal of another plan, and the claim about it if the row says anything of it."""
    thing = conversion.reference(row, "thing")
    linked = _linked(conversion, row, thing)
    if thing is None or linked is None:
        return
    relation = conversion.code(row, "relation") or linked.relation
    graph = conversion.addresses.graph("editorial" if conversion.code(row, "basis") == _EDITORIAL else "")
    if conversion.code(row, "refused"):
        _add_refusal(conversion, row, maker, thing, relation, linked)
        return
    target = ox.NamedNode(linked.iri)
    conversion.add(thing, relation, target, graph, linked.place, row)
    if not any(key in row.cells for key in _CLAIM):
        return
    end = conversion.addresses.name(thing).rpartition("/")[2] if thing != conversion.addresses.plan else "plan"
    claim = conversion.identities.of(row, f"link/{slug(end)}-{linked.name}")
    conversion.add_type(claim, row.sheet.types, graph, row)
    conversion.add(claim, "owl:annotatedSource", ox.NamedNode(thing), graph, row.place_of("thing"), row)
    conversion.add(claim, "owl:annotatedProperty", ox.NamedNode(relation), graph, row.place_of("relation"), row)
    conversion.add(claim, "owl:annotatedTarget", target, graph, linked.place, row)
    conversion.add_columns(row, claim, graph)
    _add_judge(conversion, row, claim, graph, maker)


def _linked(conversion: Conversion, row: Row, thing: str | None) -> _Linked | None:
    """Return what a row links to; None if it does not say, or says two things, which is reported."""
    goal, target = conversion.code(row, "sdg_goal"), conversion.code(row, "sdg_target")
    others = conversion.terms(row, row.sheet.by_key["other"])
    place = row.place_of("sdg_goal")
    if others and (goal or target):
        conversion.findings.add(CellFault.TWO_LINKS, row.place_of("other"))
        return None
    if others:
        [(other, place)] = others
        name = slug(other.value.removeprefix(ID).partition("://")[2] or other.value.removeprefix(ID))
        return _Linked(other.value, place, expand("skos:relatedMatch"), name)
    code = _sdg(goal, target)
    if goal and target and code is None:
        entry = code_lists()["sdg-goals"].by_value[goal]
        conversion.findings.add(
            CellFault.OTHER_SDG,
            row.place_of("sdg_target"),
            text=row.text("sdg_target").partition(" ")[0],
            goal=Words(entry.shown("nb"), entry.shown("en")),
        )
    elif not any(key in row.cells for key in ("sdg_goal", "other")):
        column = row.sheet.by_key["sdg_goal"]
        conversion.findings.add(CellFault.MISSING_VALUE, place, column=column.title, sheet=place.sheet)
    if thing is None or code is None:
        return None
    relation = default_relation(conversion, thing, is_target=bool(target))
    return _Linked(code, row.place_of("sdg_target") if target else place, relation, code.removeprefix(SDG))


def _add_refusal(conversion: Conversion, row: Row, maker: Maker, thing: str, relation: str, linked: _Linked) -> None:
    """Add a refused link, which has no basis, sentence or confidence, and is none of the plan's own."""
    graph = conversion.addresses.graph("editorial")
    end = "plan" if thing == conversion.addresses.plan else conversion.addresses.name(thing).rpartition("/")[2]
    refusal = conversion.identities.of(row, f"refusal/{slug(end)}-{linked.name}")
    conversion.add_type(refusal, (REFUSAL,), graph, row)
    conversion.add(refusal, "owl:sourceIndividual", ox.NamedNode(thing), graph, row.place_of("thing"), row)
    asserted = ox.NamedNode(relation)
    conversion.add(refusal, "owl:assertionProperty", asserted, graph, row.place_of("relation"), row)
    conversion.add(refusal, "owl:targetIndividual", ox.NamedNode(linked.iri), graph, linked.place, row)
    negated = ox.NamedNode(expand("sssom:NegatedPredicate"))
    conversion.add(refusal, "sssom:predicate_modifier", negated, graph, row.place_of("refused"), row)
    conversion.add_columns(row, refusal, graph, but=_OF_CLAIMS)
    _add_judge(conversion, row, refusal, graph, maker)


def _add_judge(conversion: Conversion, row: Row, claim: str, graph: str, maker: Maker) -> None:
    """Add who judged, and how, where the row does not say."""
    if "justification" not in row.cells:
        justification = ox.NamedNode(JUSTIFICATION)
        conversion.add(claim, "sssom:mapping_justification", justification, graph, row.place, row)
    if "creator" not in row.cells and maker is not None:
        conversion.add(claim, "dct:creator", maker[0], graph, row.place, row)


def _sdg(goal: str, target: str) -> str | None:
    """Return the IRI of the target, or else of the goal; None if they do not belong together."""
    if target and goal and not target.startswith(f"{goal}."):
        return None
    return target or goal or None


def default_relation(conversion: Conversion, thing: str, *, is_target: bool) -> str:
    """Return the IRI of the relation of a row that names none, which depends on the thing and on the SDG."""
    known = conversion.references.thing(thing)
    if known is not None and known.sheet == "plan":
        return expand("plan:contributesToSDG")
    return expand("skos:broadMatch" if is_target else "skos:relatedMatch")


def add_single_source(conversion: Conversion, row: Row) -> None:
    """Add the description of a statement that has a source of its own; the statement stands on another sheet."""
    thing = conversion.reference(row, "thing")
    prop = property_of(conversion, row, thing)
    if thing is None or prop is None:
        return
    value = _stated_value(conversion, row, thing, prop)
    if value is None:
        return
    graph = conversion.addresses.graph(conversion.role(row))
    end = conversion.addresses.name(thing).rpartition("/")[2] if thing != conversion.addresses.plan else "plan"
    name = slug(prop.replace("#", "/").rpartition("/")[2])
    axiom = conversion.identities.of(row, f"source/{slug(end)}-{name}")
    conversion.add_type(axiom, row.sheet.types, graph, row)
    conversion.add(axiom, "owl:annotatedSource", ox.NamedNode(thing), graph, row.place_of("thing"), row)
    conversion.add(axiom, "owl:annotatedProperty", node(prop), graph, row.place_of("property"), row)
    conversion.add(axiom, "owl:annotatedTarget", value, graph, row.place_of("value"), row)
    conversion.add_columns(row, axiom, graph)


def _stated_value(conversion: Conversion, row: Row, thing: str, prop: str) -> Term | None:
    """Return the value of the statement that a row is about, which has been made from another row."""
    values = conversion.statements.values_of(thing, prop)
    text = row.text("value")
    language = conversion.language_of(row)
    # A translation is a value of the same field: an empty cell is about the only one in the language of the row.
    own = [value for value in values if not isinstance(value, ox.Literal) or value.language in (None, language)]
    if not text and len(values) == 1:
        return values[0]
    if not text and len(own) == 1:
        return own[0]
    same = [value for value in values if _shown(conversion, value) == text]
    same.sort(key=lambda value: isinstance(value, ox.Literal) and value.language not in (None, language))
    if same:
        return same[0]
    title = field_title(conversion, thing, prop)
    fault = CellFault.NO_SUCH_STATEMENT if text or not values else CellFault.SEVERAL_STATEMENTS
    conversion.findings.add(fault, row.place_of("value"), text=text, column=title)
    return None


def _shown(conversion: Conversion, value: Term) -> str:
    return value.value if isinstance(value, ox.Literal) else conversion.addresses.name(value.value)
