from plangraf.engine.backoff import Backoff


def test_the_first_start_is_due_at_once() -> None:
    assert Backoff().due(5.0) == 5.0


def test_delays_double_up_to_ten_seconds_while_starts_do_not_last() -> None:
    backoff, now, delays = Backoff(), 100.0, []
    for _ in range(9):
        backoff.start(now)
        due = backoff.due(now)
        delays.append(round(due - now, 3))
        now = due
    assert delays == [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10.0, 10.0, 10.0]


def test_a_process_that_has_run_for_long_is_started_again_at_once_and_delays_begin_anew() -> None:
    backoff = Backoff()
    for now in (0.0, 0.2, 0.6, 1.4):
        backoff.start(now)
    assert backoff.due(100.0) == 100.0
    backoff.start(100.0)
    assert backoff.failures == 0
    assert round(backoff.due(100.0) - 100.0, 3) == 0.2
