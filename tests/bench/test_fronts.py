import pytest
from bench.fronts import Cost
from bench.load import Load
from bench.processes import ProcessorTime


def test_a_cost_is_that_of_a_thousand_answers() -> None:
    cost = Cost(Load(500.0, 1.0, 2.0, 2000, 0), ProcessorTime(0.4, 0.2))
    assert cost.front == pytest.approx(0.2)
    assert cost.worker == pytest.approx(0.1)
    assert cost.total == pytest.approx(0.3)


def test_a_load_without_answers_costs_nothing() -> None:
    assert Cost(Load(0.0, 1.0, 2.0, 0, 2), ProcessorTime(0.1, 0.0)).total == 0.0
