import resource

import pytest
from tests.counts import chance

from plangraf.errors import InputError
from plangraf.serving.connections import ConnectionLimits, Connections, reserve_descriptors


class Idle:
    def __init__(self) -> None:
        self.open = True

    def make_room(self) -> None:
        self.open = False


def test_the_connection_that_has_waited_longest_makes_room() -> None:
    connections = Connections(ConnectionLimits(total=3))
    first, second, third, fourth = (Idle() for _ in range(4))
    assert all(connections.admit(one, "192.0.2.1") for one in (first, second, third))
    connections.works(first)
    connections.waits(first)
    assert connections.admit(fourth, "192.0.2.2")
    assert [one.open for one in (first, second, third)] == [True, False, True]


def test_connections_at_work_make_no_room() -> None:
    connections = Connections(ConnectionLimits(total=1))
    busy = Idle()
    assert connections.admit(busy, "192.0.2.1")
    connections.works(busy)
    assert not connections.admit(Idle(), "192.0.2.2")
    assert busy.open
    connections.remove(busy)
    assert connections.admit(Idle(), "192.0.2.2")


def test_no_order_of_events_lets_more_in_than_the_limits() -> None:
    connections = Connections(ConnectionLimits(total=5, client=2))
    random = chance("connections")
    inside: dict[Idle, str] = {}
    for _ in range(2000):
        match random.choice(("admit", "works", "waits", "remove")):
            case "admit":
                one, client = Idle(), random.choice("abcd")
                if connections.admit(one, client):
                    inside[one] = client
            case "works" if inside:
                connections.works(random.choice(list(inside)))
            case "waits" if inside:
                connections.waits(random.choice(list(inside)))
            case "remove" if inside:
                one = random.choice(list(inside))
                connections.remove(one)
                del inside[one]
        inside = {one: client for one, client in inside.items() if one.open}
        assert len(inside) <= 5
        assert all(list(inside.values()).count(client) <= 2 for client in "abcd")


def test_only_so_many_connections_are_refused_with_an_answer_at_a_time() -> None:
    connections = Connections(ConnectionLimits())
    refused = [Idle() for _ in range(1000)]
    answered = [one for one in refused if connections.refuse(one)]
    assert 0 < len(answered) < 100
    connections.remove(answered[0])
    assert connections.refuse(Idle())


def test_more_connections_than_the_system_permits_are_refused_by_name() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with pytest.raises(InputError, match="PLANGRAF_CONNECTIONS"):
        reserve_descriptors(hard, 3)


def test_descriptors_are_there_for_as_many_connections_as_there_may_be() -> None:
    reserve_descriptors(1000, 3)
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 1000
