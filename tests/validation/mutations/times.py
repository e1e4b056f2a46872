"""Mutations of times, and of the status that must agree with them."""

from collections.abc import Callable, Iterable

import pyoxigraph as ox
from tests.validation.mutations.mutation import Planting, each, missing, of_kind
from tests.validation.mutations.plan_data import Change, PlanData, Term, name, replaced, text_of, typed


def _period(start: str, end: str) -> Planting:
    """Return the planting of years of a period; `{start}` and `{end}` are the plan's own."""

    def plant(plan: PlanData) -> Iterable[Change]:
        for node in plan.instances("dct:PeriodOfTime"):
            first, last = plan.value(node, "dcat:startDate"), plan.value(node, "dcat:endDate")
            if first is not None and last is not None:
                own = {"start": text_of(first)[:4], "end": text_of(last)[:4]}
                years = {"dcat:startDate": start.format(**own), "dcat:endDate": end.format(**own)}
                datatype = "date" if "-" in years["dcat:startDate"] else "gYear"
                yield plan.setting(node, {key: typed(year, datatype) for key, year in years.items()})

    return plant


def _after_the_period(plan: PlanData) -> Iterable[Change]:
    for quad in plan.statements("dct:date", "prov:Activity"):
        for end in plan.statements("dcat:endDate"):
            yield replaced(quad, typed(f"{int(text_of(end.object)[:4]) + 5}-02-01", "date"))


def _issued_before_adopted(plan: PlanData) -> Iterable[Change]:
    adopted = _years(plan).get("adopted")
    if adopted is not None:
        yield plan.setting(plan.plan, {"dct:issued": typed(f"{adopted - 4}-02-01", "date")})


def _status(status: str, *, adopted: bool = True, period: str = "") -> Planting:
    """Return the planting of a status on a plan with an adoption, or on one with these years."""

    def plant(plan: PlanData) -> Iterable[Change]:
        if adopted and plan.value(plan.plan, "prov:wasGeneratedBy") is None:
            return
        change = plan.setting(plan.plan, {"adms:status": name(status)})
        if not period:
            yield change
            return
        start, _, end = period.partition("–")
        for node in plan.instances("dct:PeriodOfTime"):
            years: dict[str, Term] = {"dcat:startDate": typed(start, "gYear"), "dcat:endDate": typed(end, "gYear")}
            yield change + plan.setting(node, years)

    return plant


def _judged(value: str) -> Planting:
    """Return the planting of the date of claims, also by the property that the older model had."""

    def plant(plan: PlanData) -> Iterable[Change]:
        for predicate in ("pav:authoredOn", "sssom:mapping_date"):
            for quad in plan.statements(predicate, "owl:Axiom"):
                yield replaced(quad, typed(value, "date"))

    return plant


def _years(plan: PlanData) -> dict[str, int]:
    """Return the years of the start and the end of the plan's period and of its adoption, where they are known."""
    found = {}
    period = plan.value(plan.plan, "dct:temporal")
    adoption = plan.value(plan.plan, "prov:wasGeneratedBy")
    for key, node, predicate in (
        ("start", period, "dcat:startDate"),
        ("end", period, "dcat:endDate"),
        ("adopted", adoption, "dct:date"),
    ):
        value = plan.value(node, predicate) if node is not None else None
        if value is not None:
            found[key] = int(text_of(value)[:4])
    return found


def _given(value: str, plan: PlanData, after: int) -> str | None:
    """Return a date in which a year of the plan is some years later, or None where the plan lacks that year."""
    years = {key: year + after for key, year in _years(plan).items()}
    named = value[1:].partition("}")[0] if value.startswith("{") else None
    return value.format(**years) if named is None or named in years else None


def _accepted(value: str, *, after: int = 0) -> Planting:
    def plant(plan: PlanData) -> Iterable[Change]:
        date = _given(value, plan, after)
        if date is not None:
            yield plan.setting(plan.plan, {"dct:dateAccepted": typed(date, "date")})

    return plant


def _accepted_in_another_month(plan: PlanData) -> Iterable[Change]:
    for quad in plan.statements("dct:date", "prov:Activity"):
        if plan.value(plan.plan, "prov:wasGeneratedBy") == quad.subject and len(text_of(quad.object)) > 4:
            month = text_of(quad.object)[5:7]
            date = f"{text_of(quad.object)[:4]}-{'05' if month != '05' else '06'}"
            yield plan.setting(plan.plan, {"dct:dateAccepted": typed(date, "gYearMonth")})


def _accepted_as(status: str) -> Planting:
    """Return the planting of a status, and of the date on which the plan was adopted."""

    def plant(plan: PlanData) -> Iterable[Change]:
        values: dict[str, Term] = {"adms:status": name(status), "dct:dateAccepted": typed("2022-11", "gYearMonth")}
        yield plan.setting(plan.plan, values) + Change(tuple(plan.about(plan.plan, "prov:wasGeneratedBy")))

    return plant


def _alone(status: str) -> Planting:
    """Return the planting of a status that says that a plan is no longer in force, without what came after it."""

    def plant(plan: PlanData) -> Iterable[Change]:
        change = plan.setting(plan.plan, {"adms:status": name(status)})
        yield change + Change(tuple(plan.about(plan.plan, "dct:temporal", "dct:isReplacedBy")))

    return plant


def _event(kind: str, value: str, *, after: int = 0, predicate: str = "prov:wasInfluencedBy") -> Planting:
    """Return the planting of an event of a plan, with the date on which it was."""

    def plant(plan: PlanData) -> Iterable[Change]:
        date = _given(value, plan, after)
        if date is not None:
            yield _about_event(plan, kind, predicate) + plan.adding(
                ox.NamedNode(f"{plan.plan.value}/event"), "dct:date", typed(date, "date")
            )

    return plant


def _hearing_until(value: str, *, after: int) -> Planting:
    def plant(plan: PlanData) -> Iterable[Change]:
        date = _given(value, plan, after)
        if date is not None:
            event, period = (ox.NamedNode(f"{plan.plan.value}/event{ending}") for ending in ("", "/period"))
            yield (
                _about_event(plan, "plan:Hearing", "prov:wasInfluencedBy")
                + plan.adding(event, "dct:temporal", period)
                + plan.adding(period, "rdf:type", name("dct:PeriodOfTime"))
                + plan.adding(period, "dcat:endDate", typed(date, "gYear"))
            )

    return plant


def _about_event(plan: PlanData, kind: str, predicate: str) -> Change:
    event = ox.NamedNode(f"{plan.plan.value}/event")
    change = plan.adding(plan.plan, predicate, event)
    for key, term in (
        ("rdf:type", name("prov:Activity")),
        ("plan:eventType", name(kind)),
        ("dct:source", ox.NamedNode("https://www.vik.example/sak")),
    ):
        change += plan.adding(event, key, term)
    return change


def _to(value: str, datatype: str = "date") -> Callable[[ox.Quad], Term]:
    return lambda quad: typed(value, datatype)


TIMES = of_kind(
    "times",
    {
        "a period that ends before it starts": _period("{end}", "{start}"),
        "a period that ends a day before it starts": _period("{start}-03-02", "{start}-03-01"),
        "a period that starts in 1066": _period("1066", "{end}"),
        "a period that starts a hundred years ago": _period("1921", "{end}"),
        "a period that ends in 2320": _period("{start}", "2320"),
        "a period that ends in 9999": _period("{start}", "9999"),
        "a period of the year 20": _period("0020", "0032"),
        "a period in the next century": _period("2132", "2144"),
        "an adoption in the next century": each("dct:date", _to("2131-05-05"), "prov:Activity"),
        "an adoption in 1066": each("dct:date", _to("1066-10-14"), "prov:Activity"),
        "an adoption in the year 1": each("dct:date", _to("0001-01-01"), "prov:Activity"),
        "an adoption after the period": _after_the_period,
        "an issue years before the adoption": _issued_before_adopted,
        "an issue in the next century": each("dct:issued", _to("2131-05-05"), "plan:Plan"),
        "an issue in 1066": each("dct:issued", _to("1066-10-14"), "plan:Plan"),
        "a judgement of the next century": _judged("2131-05-05"),
        "a judgement of 1066": _judged("1066-10-14"),
        "an adoption of the plan in the next century": _accepted("2131-05-05"),
        "an adoption of the plan in 1066": _accepted("1066-10-14"),
        "an adoption of the plan after its period": _accepted("{end}-02-01", after=5),
        "an adoption of the plan long before its period": _accepted("{start}-02-01", after=-20),
        "an adoption of the plan in another year than the event": _accepted("{adopted}-06-01", after=1),
        "an adoption of the plan in another month than the event": _accepted_in_another_month,
        "a period that ends the month before it starts": _period("{start}-03-01", "{start}-02-01"),
        "a period of two hundred years": _period("1990", "2190"),
        "a hearing after the adoption": _event("plan:Hearing", "{adopted}-12-31", after=1),
        "a hearing that ends years after the adoption": _hearing_until("{adopted}", after=2),
        "a hearing in 1066": _event("plan:Hearing", "1066-10-14"),
        "a programme after the adoption": _event("plan:Programme", "{adopted}-12-31", after=3),
        "an amendment before the adoption": _event("plan:Amendment", "{adopted}-01-01", after=-2),
        "a repeal before the adoption": _event(
            "plan:Repeal", "{adopted}-01-01", after=-2, predicate="prov:wasInvalidatedBy"
        ),
        "an observation of the next century": each(
            "sdmx-dimension:refPeriod", _to("2131", "gYear"), "qb:Observation"
        ),
        "an observation of 1066": each("sdmx-dimension:refPeriod", _to("1066", "gYear"), "qb:Observation"),
    },
)


def _repealed(plan: PlanData) -> Iterable[Change]:
    if plan.value(plan.plan, "adms:status") == name("plan:Adopted"):
        yield from _event("plan:Repeal", "2026-01-15", predicate="prov:wasInvalidatedBy")(plan)


STATUS = of_kind(
    "status",
    {
        "proposed, and adopted": _status("plan:Proposed"),
        "of unknown status, and adopted": _status("plan:StatusUnknown"),
        "of a status that nobody has looked up, and adopted": _status("plan:StatusNotLookedUp"),
        "under preparation, and adopted": _status("plan:UnderPreparation"),
        "proposed for a period that is over": _status("plan:Proposed", adopted=False, period="1995–2007"),
        "under preparation for a period that is over": _status(
            "plan:UnderPreparation", adopted=False, period="1995–2007"
        ),
        "superseded before its period": _status("plan:Superseded", adopted=False, period="2090–2099"),
        "repealed before its period": _status("plan:Repealed", adopted=False, period="2090–2099"),
        "adopted, and repealed": _repealed,
        "proposed, and accepted": _accepted_as("plan:Proposed"),
        "of unknown status, and accepted": _accepted_as("plan:StatusUnknown"),
        "under preparation, and accepted": _accepted_as("plan:UnderPreparation"),
        "superseded by nothing that is known": _alone("plan:Superseded"),
        "repealed by nothing that is known": _alone("plan:Repealed"),
        "two statuses": lambda plan: [
            plan.setting(plan.plan, {"adms:status": name("plan:Adopted")})
            + plan.adding(plan.plan, "adms:status", name("plan:Proposed"))
        ],
        "no status": missing("adms:status", "plan:Plan"),
        "adopted, on a day to come": each("dct:date", _to("2090-01-10"), "prov:Activity"),
        "a wording for a status": each("adms:status", lambda quad: name("plan:AsAdopted")),
        "a text for a status": each("adms:status", lambda quad: ox.Literal("vedtatt", language="nb")),
    },
)
