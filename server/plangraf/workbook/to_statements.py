"""The conversion of the rows of a workbook to statements in the named graphs of a plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from plangraf.namespaces import expand
from plangraf.workbook.addresses import PlanAddresses, is_code, slug
from plangraf.workbook.cell_fields import CellField, cell_fields, unmade_statements
from plangraf.workbook.claim_rows import add_link, add_single_source
from plangraf.workbook.code_lists import code_lists
from plangraf.workbook.columns import LANGUAGE_COLUMN, Words
from plangraf.workbook.conversion import Conversion
from plangraf.workbook.findings import CellFault, CellFinding, Findings
from plangraf.workbook.graph_rows import add_graphs
from plangraf.workbook.identities import Identities
from plangraf.workbook.references import NamedThing, References, thing_of
from plangraf.workbook.rows import CellPlace, Row, WorkbookRows
from plangraf.workbook.sheets import CONCEPTS
from plangraf.workbook.statements import PlacedStatement, node
from plangraf.workbook.text_rows import add_text

_EVENTS = {"plan:Adoption": "prov:wasGeneratedBy", "plan:Repeal": "prov:wasInvalidatedBy"}
_OTHER_EVENT = "prov:wasInfluencedBy"


@dataclass(frozen=True)
class PlanStatements:
    """The statements of a workbook.

    Attributes:
        addresses: the addresses of the plan.
        statements: the statements.
        findings: the faults of cells.
        blanks: the empty cells, by the subject and the property of the statements that they could make.
        unmade: subject and property of the statements that are missing because a cell is faulty.
        fields: the fields that the cells are for.
    """

    addresses: PlanAddresses
    statements: tuple[PlacedStatement, ...]
    findings: tuple[CellFinding, ...]
    blanks: Mapping[tuple[str, str], CellPlace] = field(default_factory=dict)
    unmade: frozenset[tuple[str, str]] = frozenset()
    fields: Mapping[CellPlace, CellField] = field(default_factory=dict)

    @property
    def quads(self) -> tuple[ox.Quad, ...]:
        """The statements without their places."""
        return tuple(statement.quad for statement in self.statements)


def to_statements(rows: WorkbookRows, findings: Findings | None = None) -> PlanStatements:
    """Return the statements that rows make.

    Args:
        rows: the rows of a workbook.
        findings: the faults found so far.
    """
    findings = findings if findings is not None else Findings()
    plan = next(iter(rows.of("plan")), None)
    addresses = plan_addresses(plan, findings)
    identities = Identities(rows, addresses, findings)
    conversion = Conversion(addresses, _language(plan), findings, identities, References(addresses), rows=rows)
    _name_things(conversion, rows)
    for row in rows:
        conversion.require(row)
        if row.text("draft") and code_lists()["yes"].find(row.text("draft")):
            column = row.sheet.by_key["draft"].title
            findings.add(CellFault.DRAFT, row.place_of("draft"), column=column)
    if plan is not None:
        _add_plan(conversion, plan)
    for row in rows.of("process"):
        _add_event(conversion, row)
    for sheet in CONCEPTS:
        for row in rows.of(sheet.key):
            _add_concept(conversion, row)
    _add_values(conversion, rows)
    for row in rows.of("sources"):
        _add_source(conversion, row)
    for row in rows.of("organisations"):
        _add_organisation(conversion, row)
    for row in rows.of("texts"):
        add_text(conversion, row)
    for row in rows.of("links"):
        add_link(conversion, row, _maker(conversion, rows))
    for row in rows.of("statements"):
        add_single_source(conversion, row)
    add_graphs(conversion, rows)
    unmade = unmade_statements(rows, addresses.plan, findings.all, conversion.blanks)
    fields = cell_fields(rows, findings.language)
    return PlanStatements(addresses, conversion.statements.all, findings.all, conversion.blanks, unmade, fields)


def plan_addresses(plan: Row | None, findings: Findings) -> PlanAddresses:
    """Return the addresses of a plan, by its code, or else by the names of publisher and plan."""
    if plan is None:
        return PlanAddresses.of("publisher/plan")
    code = plan.text("code").strip("/")
    if code and not is_code(code):
        findings.add(CellFault.NOT_A_CODE_OF_PLAN, plan.place_of("code"), text=code)
        code = "/".join(slug(part) for part in code.split("/") if part)
    if "/" not in code:
        code = f"{slug(plan.text('publisher') or 'publisher')}/{code or slug(plan.text('name') or 'plan')}"
    iri = plan.text("iri")
    return PlanAddresses.of(code, iri if "://" in iri else "")


def _language(plan: Row | None) -> str:
    """Return the language of the workbook: as the plan says, or the first one of the plan, or bokmål."""
    if plan is None:
        return "nb"
    for key, codes in ((LANGUAGE_COLUMN, "tags"), ("languages", "languages")):
        entry = code_lists()[codes].find(plan.text(key).partition("|")[0].strip())
        if entry is not None:
            return entry.code
    return "nb"


def _name_things(conversion: Conversion, rows: WorkbookRows) -> None:
    """Give each row an IRI that needs no other row for it, and make it known to references."""
    identities, references, addresses = conversion.identities, conversion.references, conversion.addresses
    for row in rows.of("plan"):
        references.add(NamedThing(addresses.plan, "plan", "", (row.text("name"), addresses.code), row.place))
        _name_period(conversion, row, addresses.plan)
    for sheet in CONCEPTS:
        for row in rows.of(sheet.key):
            references.add(thing_of(row, identities.of_concept(row)))
    for row in rows.of("process"):
        entry = code_lists()["event-type"].find(row.text("type"))
        iri = identities.of(row, slug(entry.code if entry is not None else row.text("name")))
        references.add(thing_of(row, iri))
        _name_period(conversion, row, iri)
    for number, row in enumerate(rows.of("series")):
        wish = "observations" if number == 0 else f"observations/{slug(row.text('name'))}"
        references.add(thing_of(row, identities.of(row, wish)))
    for row in rows.of("sources"):
        # Without its address, which is reported once, the rows that name the source still refer to something.
        references.add(thing_of(row, row.text("iri") or f"https://missing.example/{slug(row.text('name'))}"))
    for row in rows.of("organisations"):
        references.add(thing_of(row, identities.of_organisation(row)))
    for key in ("links", "statements", "values"):
        for row in rows.of(key):
            if row.text("id"):
                references.add(NamedThing(identities.of(row, ""), key, place=row.place))


def _name_period(conversion: Conversion, row: Row, subject: str) -> None:
    if row.text("start") or row.text("end"):
        conversion.references.add(NamedThing(_period(conversion, row, subject), "periods", place=row.place))


def _period(conversion: Conversion, row: Row, subject: str) -> str:
    name = row.text("period_id")
    return conversion.addresses.thing(name) if name else f"{subject}/period"


def _add_plan(conversion: Conversion, row: Row) -> None:
    plan, graph = conversion.addresses.plan, conversion.addresses.graph()
    conversion.add_type(plan, row.sheet.types, graph, row)
    conversion.add_columns(row, plan, graph)
    _add_period(conversion, row, plan, graph)


def _add_period(conversion: Conversion, row: Row, subject: str, graph: str) -> None:
    columns = row.sheet.by_key
    limits = [
        (prop, term, place)
        for key, prop in (("start", "dcat:startDate"), ("end", "dcat:endDate"))
        for term, place in conversion.terms(row, columns[key])
    ]
    if not limits:
        return
    period = _period(conversion, row, subject)
    conversion.add(subject, "dct:temporal", ox.NamedNode(period), graph, limits[0][2], row)
    conversion.add(period, "rdf:type", node("dct:PeriodOfTime"), graph, limits[0][2], row)
    for prop, term, place in limits:
        conversion.add(period, prop, term, graph, place, row)
    for key, prop in (("period_label", "rdfs:label"), ("period_source", "dct:source")):
        for term, place in conversion.terms(row, columns[key]):
            conversion.add(period, prop, term, graph, place, row)


def _add_event(conversion: Conversion, row: Row) -> None:
    graph = conversion.addresses.graph()
    event = conversion.identities.of(row, "")
    kind = conversion.code(row, "type")
    prop = next((prop for name, prop in _EVENTS.items() if expand(name) == kind), _OTHER_EVENT)
    conversion.add(conversion.addresses.plan, prop, ox.NamedNode(event), graph, row.place_of("type"), row)
    conversion.add_type(event, row.sheet.types, graph, row)
    conversion.add_columns(row, event, graph)
    _add_period(conversion, row, event, graph)


def _add_concept(conversion: Conversion, row: Row) -> None:
    graph, plan = conversion.addresses.graph(), conversion.addresses.plan
    concept = conversion.identities.of_concept(row)
    if "kind" in row.sheet.by_key:
        kind = conversion.code(row, "kind") or expand(row.sheet.types[0])
        conversion.add(concept, "rdf:type", ox.NamedNode(kind), graph, row.place_of("kind"), row)
    else:
        conversion.add_type(concept, row.sheet.types, graph, row)
    conversion.add(concept, "skos:inScheme", ox.NamedNode(plan), graph, row.place, row)
    if "parent" in row.sheet.by_key and "parent" not in row.cells:
        conversion.add(plan, "skos:hasTopConcept", ox.NamedNode(concept), graph, row.place, row)
    conversion.add_columns(row, concept, graph)


def _add_values(conversion: Conversion, rows: WorkbookRows) -> None:
    graph = conversion.addresses.graph()
    structure = node("plan:ObservationStructure")
    for row in rows.of("series"):
        series = conversion.identities.of(row, "")
        conversion.add_type(series, row.sheet.types, graph, row)
        conversion.add(series, "qb:structure", structure, graph, row.place, row)
        conversion.add_columns(row, series, graph)
    only = next((conversion.identities.of(row, "") for row in rows.of("series")), None)
    for row in rows.of("values"):
        indicator = conversion.reference(row, "indicator")
        end = conversion.addresses.name(indicator).rpartition("/")[2] if indicator else "x"
        value = conversion.identities.of(row, f"observation/{slug(end)}-{slug(row.text('time'))}")
        conversion.add_type(value, row.sheet.types, graph, row)
        conversion.add_columns(row, value, graph)
        if "series" in row.cells:
            continue
        if only is None:
            only = conversion.addresses.thing("observations")
            label = Words("Verdiene til indikatorene", "Values of the indicators")
            text = label.en if conversion.language == "en" else label.nb
            conversion.add(only, "rdf:type", node("qb:DataSet"), graph, row.place, row)
            conversion.add(only, "qb:structure", structure, graph, row.place, row)
            language = "en" if conversion.language == "en" else "nb"
            conversion.add(only, "rdfs:label", ox.Literal(text, language=language), graph, row.place, row)
        conversion.add(value, "qb:dataSet", ox.NamedNode(only), graph, row.place, row)


def _add_source(conversion: Conversion, row: Row) -> None:
    found = conversion.terms(row, row.sheet.by_key["iri"])
    if found:
        source, graph = found[0][0].value, conversion.addresses.graph(conversion.role(row))
        conversion.add(source, "rdf:type", node("foaf:Document"), graph, found[0][1], row)
        conversion.add_columns(row, source, graph)


def _add_organisation(conversion: Conversion, row: Row) -> None:
    graph = conversion.addresses.graph()
    agent = conversion.identities.of_organisation(row)
    conversion.add_type(agent, row.sheet.types, graph, row)
    kind = conversion.code(row, "kind")
    if kind:
        conversion.add(agent, "rdf:type", ox.NamedNode(kind), graph, row.place_of("kind"), row)
    conversion.add_columns(row, agent, graph)


def _maker(conversion: Conversion, rows: WorkbookRows) -> tuple[ox.NamedNode | ox.Literal, CellPlace] | None:
    """Return who made the data of the plan, who is the publisher if nobody else is named."""
    for key, column in (("graphs", "creator"), ("plan", "publisher")):
        for row in rows.of(key):
            if key == "plan" or conversion.role(row) == "":
                found = conversion.terms(row, row.sheet.by_key[column])
                if found:
                    return found[0]
    return None
