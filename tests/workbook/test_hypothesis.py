"""Plans that nobody thought of go through a workbook, and through CSV, and return unchanged."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.workbook.books import read, rows_with, statements

from plangraf.workbook.cleaning import clean
from plangraf.workbook.csv_folder import csv_folder_files, read_csv_folder
from plangraf.workbook.from_statements import from_statements
from plangraf.workbook.to_statements import PlanStatements, to_statements
from plangraf.workbook.xlsx_writer import write_xlsx

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cn", "Co"))
TEXTS = st.text(LETTERS, min_size=1, max_size=40).map(clean).filter(bool)
NUMBERS = st.from_regex(r"[1-9][0-9]?(\.[0-9]{1,2}){0,2}[a-z]?", fullmatch=True)
SINGLE = st.sampled_from(["nb", "nn", "en", "se"])
DATES = st.one_of(st.dates().map(str), st.integers(1900, 2100).map(str))
VALUES = st.one_of(st.integers().map(str), st.decimals(0, 10**6, places=2).map(str))
GOAL = st.fixed_dictionaries(
    {"name": TEXTS},
    optional={
        "definition": TEXTS,
        "note": TEXTS,
        "level": TEXTS,
        "lang": SINGLE,
        "order": st.integers(1, 99).map(str),
        "kind": st.sampled_from(["mål", "satsingsområde"]),
        "wording": st.sampled_from(["som vedtatt", "som sitert"]),
        "source": st.just("https://www.eksempelvik.example/a,b;c=d#page=1"),
    },
)
INDICATOR = st.fixed_dictionaries(
    {"name": TEXTS, "direction": st.just("øke")},
    optional={"baseline": VALUES, "target": VALUES, "unit": TEXTS, "target_year": st.integers(1000, 9999).map(str)},
)


@st.composite
def plans(draw: st.DrawFn) -> PlanStatements:
    numbers = draw(st.lists(NUMBERS, unique=True, max_size=6))
    goals = [{**draw(GOAL), "number": number} for number in numbers]
    for position, goal in enumerate(goals[1:], 1):
        if draw(st.booleans()):
            goal["parent"] = f"{draw(st.sampled_from(numbers[:position]))}"
    indicators = draw(st.lists(INDICATOR, max_size=3))
    events = [{"type": "høring", "name": draw(TEXTS), "date": date} for date in draw(st.lists(DATES, max_size=2))]
    texts = [
        {"thing": number, "language": "", "lang": "en", "text": draw(TEXTS)}
        for number in numbers
        if draw(st.booleans())
    ]
    return statements(rows_with(goals=goals, indicators=indicators, process=events, texts=texts))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(plans())
def test_a_plan_returns_from_its_rows_its_workbook_and_its_csv_files(plan: PlanStatements) -> None:
    made = from_statements(plan.quads, plan.addresses)
    assert (made.lost, made.added) == ((), ())
    assert set(read(write_xlsx(made.rows)).quads) == set(plan.quads)
    with TemporaryDirectory() as folder:
        for name, data in csv_folder_files(made.rows, delimiter=";").items():
            Path(folder, name).write_bytes(data)
        found = read_csv_folder(Path(folder))
        assert set(to_statements(found.rows, found.findings).quads) == set(plan.quads)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
