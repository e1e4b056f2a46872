from plangraf.engine.schedule import Policy, Schedule, Ticket

POLICY = Policy(
    workers=5, reserve=1, client_running=2, client_waiting=3, waiting=4, patience=0.25, allowance=1.0, half_life=5.0
)


def waiting(schedule: Schedule, *clients: str | None) -> list[Ticket]:
    tickets = [Ticket(client) for client in clients]
    schedule.waiting.extend(tickets)
    return tickets


def run(schedule: Schedule, client: str | None, begun: float) -> Ticket:
    [ticket] = waiting(schedule, client)
    schedule.begin(ticket, begun)
    return ticket


def test_a_page_goes_before_visitors() -> None:
    schedule = Schedule(POLICY)
    waiting(schedule, "a", "b")
    [page] = waiting(schedule, None)
    assert schedule.next(0) is page


def test_visitors_leave_a_worker_for_pages() -> None:
    schedule = Schedule(POLICY)
    for client in "abcd":
        run(schedule, client, 0)
    waiting(schedule, "e")
    assert schedule.next(0.1) is None
    [page] = waiting(schedule, None)
    assert schedule.next(0.1) is page


def test_a_client_has_only_so_many_running() -> None:
    schedule = Schedule(POLICY)
    run(schedule, "a", 0)
    run(schedule, "a", 0)
    waiting(schedule, "a")
    assert schedule.next(0.01) is None
    [other] = waiting(schedule, "b")
    assert schedule.next(0.01) is other


def test_who_has_less_against_it_goes_first() -> None:
    schedule = Schedule(POLICY)
    schedule.end(run(schedule, "a", 0), 0.5)
    _, modest = waiting(schedule, "a", "b")
    assert schedule.next(0.5) is modest


def test_short_queries_never_count_against_their_client_however_many() -> None:
    schedule = Schedule(POLICY)
    for _ in range(1000):
        schedule.end(run(schedule, "a", 0), 0.2)
    assert schedule.usage("a", 0.2) == 0


def test_long_queries_get_a_part_of_the_workers() -> None:
    schedule = Schedule(POLICY)
    assert POLICY.long == 2
    run(schedule, "a", 0)
    run(schedule, "b", 0)
    schedule.end(run(schedule, "c", 0), 2)
    waiting(schedule, "c")
    assert schedule.next(2) is None
    [short] = waiting(schedule, "d")
    assert schedule.next(2) is short


def test_a_long_query_makes_place_only_when_a_short_one_waits_and_too_many_are_long() -> None:
    schedule = Schedule(POLICY)
    running = [run(schedule, client, 0) for client in ("a", "a", "b", "c")]
    assert schedule.to_end(1) is None
    waiting(schedule, "d")
    assert schedule.to_end(0.1) is None
    assert schedule.to_end(1) in running[:2]  # of the client that uses most
    schedule.end(running[0], 1)
    schedule.end(running[2], 1)
    assert schedule.to_end(1) is None


def test_a_page_is_never_ended_for_others() -> None:
    schedule = Schedule(POLICY)
    for _ in range(5):
        run(schedule, None, 0)
    waiting(schedule, "d")
    assert schedule.to_end(9) is None


def test_what_a_client_has_used_fades() -> None:
    schedule = Schedule(POLICY)
    schedule.end(run(schedule, "a", 0), 1.25)
    assert schedule.usage("a", 1.25) == 1
    assert abs(schedule.usage("a", 6.25) - 0.5) < 1e-9
    assert abs(schedule.usage("a", 11.25) - 0.25) < 1e-9


def test_running_queries_count_while_they_run_and_once() -> None:
    schedule = Schedule(POLICY)
    first, second = run(schedule, "a", 0), run(schedule, "a", 0)
    assert schedule.usage("a", 1.25) == 2
    schedule.end(first, 1.25)
    assert schedule.usage("a", 1.25) == 2
    schedule.end(second, 1.25)
    assert schedule.usage("a", 1.25) == 2


def test_long_queries_yield_while_short_ones_run_and_else_do_not() -> None:
    schedule = Schedule(POLICY)
    long = run(schedule, "a", 0)
    assert schedule.to_yield(1) == []
    short = run(schedule, "b", 0.9)
    assert schedule.to_yield(1) == [long]
    schedule.end(short, 1)
    assert schedule.to_yield(1) == []
    waiting(schedule, None)
    assert schedule.to_yield(1) == [long]


def test_there_is_room_for_so_many_and_no_more() -> None:
    schedule = Schedule(POLICY)
    waiting(schedule, "a", "a", "a")
    assert not schedule.client_has_room("a")
    assert schedule.client_has_room("b")
    waiting(schedule, "b")
    assert not schedule.has_room("c")
    assert schedule.has_room(None)


def test_clients_whose_use_has_faded_are_forgotten() -> None:
    schedule = Schedule(POLICY)
    for number in range(100):
        schedule.end(run(schedule, f"client {number}", 0), 0.251)
    schedule.end(run(schedule, "late", 1000), 1001)
    assert schedule.usage("late", 1001) > 0
    assert len(schedule._used) == 1  # nothing else shows that memory is bounded
