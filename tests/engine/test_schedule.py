from plangraf.engine.schedule import Policy, Schedule, Ticket

POLICY = Policy(workers=5, reserve=1, client_running=2, client_waiting=3, waiting=4, long_after=0.25)


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


def test_pages_leave_workers_for_visitors() -> None:
    schedule = Schedule(Policy(workers=4, reserve=2))
    run(schedule, None, 0)
    run(schedule, None, 0)
    waiting(schedule, None, None)
    assert schedule.next(0.1) is None
    [visitor] = waiting(schedule, "a")
    assert schedule.next(0.1) is visitor
    schedule.end(schedule.running[0], 0.2)
    assert schedule.next(0.2) is schedule.waiting[0]  # the page that has waited longest


def test_a_page_gets_a_worker_however_few_there_are() -> None:
    schedule = Schedule(Policy(workers=2, reserve=2))
    [page] = waiting(schedule, None)
    assert schedule.next(0) is page


def test_a_single_worker_answers_clients_whose_queries_are_short() -> None:
    schedule = Schedule(Policy(workers=1, reserve=0))
    schedule.end(run(schedule, "a", 0), 0.01)
    [next_one] = waiting(schedule, "a")
    assert schedule.next(0.02) is next_one


def test_so_many_pages_wait_and_no_more_and_visitors_have_places_of_their_own() -> None:
    schedule = Schedule(Policy(workers=4, waiting=2, page_waiting=2))
    waiting(schedule, None, None)
    assert not schedule.has_room(None)
    assert schedule.has_room("a")
    waiting(schedule, "a", "b")
    assert not schedule.has_room("c")


def test_no_long_query_makes_place_for_pages_that_may_not_run_yet() -> None:
    schedule = Schedule(Policy(workers=6, reserve=3, long_after=0.25))
    long = [run(schedule, client, 0) for client in "abc"]
    for _ in range(3):
        run(schedule, None, 0)
    waiting(schedule, None, None)
    assert schedule.to_end(1) == []
    schedule.end(next(ticket for ticket in schedule.running if ticket.client is None), 1)
    assert schedule.to_end(1) == long[:1]


def test_visitors_leave_a_worker_for_pages() -> None:
    schedule = Schedule(POLICY)
    for client in "abcd":
        run(schedule, client, 0)
    waiting(schedule, "e")
    assert schedule.next(0.1) is None
    [page] = waiting(schedule, None)
    assert schedule.next(0.1) is page


def test_who_is_known_to_ask_short_queries_has_part_in_the_reserve() -> None:
    schedule = Schedule(Policy(workers=4, reserve=2))
    schedule.end(run(schedule, "known", 0), 0.01)
    run(schedule, "a", 0)
    run(schedule, "b", 0)
    _, known = waiting(schedule, "unknown", "known")
    assert schedule.next(0.1) is known
    schedule.begin(known, 0.1)
    waiting(schedule, "known")
    assert schedule.next(0.1) is None  # the last worker is for pages


def test_a_client_has_only_so_many_running() -> None:
    schedule = Schedule(POLICY)
    run(schedule, "a", 0)
    run(schedule, "a", 0)
    waiting(schedule, "a")
    assert schedule.next(0.01) is None
    [other] = waiting(schedule, "b")
    assert schedule.next(0.01) is other


def test_who_has_less_running_goes_first() -> None:
    schedule = Schedule(POLICY)
    run(schedule, "a", 0)
    _, modest = waiting(schedule, "a", "b")
    assert schedule.next(0.1) is modest


def test_short_queries_go_before_long_ones() -> None:
    schedule = Schedule(POLICY)
    schedule.end(run(schedule, "a", 0), 5)
    _, short = waiting(schedule, "a", "b")
    assert schedule.next(5) is short


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


def test_long_queries_make_place_only_when_short_ones_wait_and_too_many_are_long() -> None:
    schedule = Schedule(POLICY)
    running = [run(schedule, client, 0) for client in ("a", "a", "b", "c")]
    assert schedule.to_end(1) == []
    waiting(schedule, "d")
    assert schedule.to_end(0.1) == []
    assert schedule.to_end(1) == running[:1]  # of the client that has most
    waiting(schedule, "e", "f")
    assert schedule.to_end(1) == running[:2]  # and no more than keep as many long ones as may run
    schedule.end(running[0], 1)
    schedule.end(running[2], 1)
    assert schedule.to_end(1) == []


def test_a_page_is_never_ended_for_others() -> None:
    schedule = Schedule(POLICY)
    for _ in range(5):
        run(schedule, None, 0)
    waiting(schedule, "d")
    assert schedule.to_end(9) == []


def test_short_queries_are_expected_of_who_asks_short_ones_however_many() -> None:
    schedule = Schedule(POLICY)
    for _ in range(1000):
        schedule.end(run(schedule, "a", 0), 0.2)
    assert schedule.expected("a") <= POLICY.long_after
    assert schedule.expected("unknown") == 0


def test_one_long_query_is_enough_to_expect_another_and_short_ones_make_up_for_it() -> None:
    schedule = Schedule(POLICY)
    for _ in range(100):
        schedule.end(run(schedule, "a", 0), 0.001)
    schedule.end(run(schedule, "a", 0), 0.3)
    assert schedule.expected("a") > POLICY.long_after
    for _ in range(10):
        schedule.end(run(schedule, "a", 0), 0.001)
    assert schedule.expected("a") < POLICY.long_after


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


def test_what_a_client_of_long_queries_begins_makes_none_of_them_yield() -> None:
    schedule = Schedule(POLICY)
    schedule.end(run(schedule, "a", 0), 1)
    long = run(schedule, "a", 1)
    run(schedule, "a", 1.5)
    assert schedule.to_yield(1.6) == []
    run(schedule, "b", 1.6)
    assert schedule.to_yield(1.7) == [long]


def test_there_is_room_for_so_many_and_no_more() -> None:
    schedule = Schedule(POLICY)
    waiting(schedule, "a", "a", "a")
    assert not schedule.client_has_room("a")
    assert schedule.client_has_room("b")
    waiting(schedule, "b")
    assert not schedule.has_room("c")
    assert schedule.has_room(None)


def test_clients_that_have_not_asked_for_long_are_forgotten() -> None:
    schedule = Schedule(POLICY)
    for number in range(100):
        schedule.end(run(schedule, f"client {number}", 0), 5)
    schedule.end(run(schedule, "late", 1000), 1005)
    assert schedule.expected("late") > 0
    assert schedule.expected("client 0") == 0
