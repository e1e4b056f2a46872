import httpx
import pytest

PLAN = "/doc/trondheim/samfunnsplan-2020-2032"


@pytest.mark.parametrize(
    ("path", "target"),
    [
        (f"{PLAN}/", PLAN),
        (f"{PLAN}//", PLAN),
        ("/catalog/", "/catalog"),
        ("/browse/?page=1", "/browse?page=1"),
        ("/search/?q=klima", "/search?q=klima"),
        ("/doc/sdg/13/?lang=en", "/doc/sdg/13?lang=en"),
        ("/id/trondheim/samfunnsplan-2020-2032/", "/id/trondheim/samfunnsplan-2020-2032"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_slash_too_many_is_taken_away(server: str, method: str, path: str, target: str) -> None:
    answer = httpx.request(method, server + path)
    assert (answer.status_code, answer.headers["location"]) == (308, target)


@pytest.mark.parametrize("path", ["/nothing/", f"{PLAN}/nothing/", "/doc/", "//", "/graphs/", "//doc/sdg/13/"])
def test_where_the_address_without_names_nothing_either_it_is_not_found(server: str, path: str) -> None:
    answer = httpx.get(server + path)
    assert answer.status_code == 404
    assert answer.json()["type"].endswith("#not-found")


def test_an_address_that_ends_in_a_slash_is_answered_as_it_is(server: str) -> None:
    assert httpx.get(f"{server}/sparql/", params={"query": "ASK {}"}).json()["boolean"] is True
