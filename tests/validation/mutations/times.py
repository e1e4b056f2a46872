"""Mutations of times, and of the status that must agree with them."""

from collections.abc import Callable, Iterable

import pyoxigraph as ox
from tests.validation.mutations.mutation import Planting, each, of_kind
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
    adoptions = {quad.object for quad in plan.about(plan.plan, "prov:wasGeneratedBy")}
    for quad in plan.statements("dct:date", "prov:Activity"):
        if quad.subject not in adoptions:
            continue
        year = int(text_of(quad.object)[:4])
        yield plan.setting(plan.plan, {"dct:issued": typed(f"{year - 4}-02-01", "date")})


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
        "a judgement of the next century": each("pav:authoredOn", _to("2131-05-05"), "owl:Axiom"),
        "a judgement of 1066": each("pav:authoredOn", _to("1066-10-14"), "owl:Axiom"),
        "an observation of the next century": each(
            "sdmx-dimension:refPeriod", _to("2131", "gYear"), "qb:Observation"
        ),
        "an observation of 1066": each("sdmx-dimension:refPeriod", _to("1066", "gYear"), "qb:Observation"),
    },
)

STATUS = of_kind(
    "status",
    {
        "proposed, and adopted": _status("plan:Proposed"),
        "of unknown status, and adopted": _status("plan:StatusUnknown"),
        "under preparation, and adopted": _status("plan:UnderPreparation"),
        "proposed for a period that is over": _status("plan:Proposed", adopted=False, period="1995–2007"),
        "under preparation for a period that is over": _status(
            "plan:UnderPreparation", adopted=False, period="1995–2007"
        ),
        "superseded before its period": _status("plan:Superseded", adopted=False, period="2090–2099"),
        "repealed before its period": _status("plan:Repealed", adopted=False, period="2090–2099"),
        "adopted, on a day to come": each("dct:date", _to("2090-01-10"), "prov:Activity"),
        "a wording for a status": each("adms:status", lambda quad: name("plan:AsAdopted")),
        "a text for a status": each("adms:status", lambda quad: ox.Literal("vedtatt", language="nb")),
    },
)
