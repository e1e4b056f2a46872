import pytest

from plangraf.matching.matcher import Matcher
from plangraf.matching.query import MOST_CANDIDATES, Constraints, MatchCandidate, MatchQuery
from plangraf.namespaces import ID, SDG

TRONDHEIM = f"{ID}trondheim"


def first(matcher: Matcher, text: str, constraints: Constraints | None = None) -> MatchCandidate:
    return matcher.match(MatchQuery(text, constraints or Constraints()))[0]


@pytest.mark.parametrize(
    "text", ["SDG 11", "11.6", "Stoppe klimaendringene", "Climate action", f"{SDG}13", TRONDHEIM]
)
def test_what_one_thing_alone_is_called_is_certain(matcher: Matcher, text: str) -> None:
    found = first(matcher, text)
    assert found.certain
    assert found.score == 100


@pytest.mark.parametrize("text", ["Mindre ulikhet", "Næringsliv", "Goal 11", "klima", "stoppe klimaendringane"])
def test_what_several_things_are_called_or_none_exactly_is_not_certain(matcher: Matcher, text: str) -> None:
    assert not any(candidate.certain for candidate in matcher.match(MatchQuery(text)))


def test_what_is_replaced_comes_after_what_is_not_and_does_not_make_it_uncertain(matcher: Matcher) -> None:
    now, before, *_ = matcher.match(MatchQuery("11.6.1"))
    assert (now.thing.iri, before.thing.iri) == (f"{SDG}C110603", f"{SDG}C110601")
    assert now.certain
    assert before.exact
    assert not before.certain


def test_a_kind_decides_between_things_of_one_name(matcher: Matcher) -> None:
    found = first(matcher, "Mindre ulikhet", Constraints(kinds=frozenset(("goal",))))
    assert found.thing.profile.kind == "goal"
    assert found.certain


def test_candidates_are_of_the_kinds_that_are_asked_for(matcher: Matcher) -> None:
    kinds = frozenset(("sdg-target", "los"))
    found = matcher.match(MatchQuery("helse for alle", Constraints(kinds=kinds)))
    assert found
    assert {candidate.thing.profile.kind for candidate in found} <= kinds


def test_things_of_another_publisher_come_after_those_of_the_one_asked_for(matcher: Matcher) -> None:
    asker = Constraints(publishers=frozenset((f"{ID}asker",)))
    found = matcher.match(MatchQuery("God helse", asker))
    assert found[0].thing.iri == f"{ID}asker/kommuneplan-2020-2032/goal/3"
    assert found[0].certain
    assert [candidate.score for candidate in found] == sorted((c.score for c in found), reverse=True)
    assert any("kristiansund" in candidate.thing.iri and not candidate.exact for candidate in found)


def test_constraints_on_plan_sdg_and_language_are_fulfilled_first(matcher: Matcher) -> None:
    plan = f"{ID}kristiansund/samfunnsdel-2020-2032"
    assert first(matcher, "God helse", Constraints(plans=frozenset((plan,)))).thing.plan == plan
    sdg = first(matcher, "forbruk", Constraints(sdgs=frozenset(("12",)))).thing
    assert "12" in dict(sdg.profile.sdg_links)
    assert first(matcher, "climate", Constraints(languages=frozenset(("en",)))).language == "en"


def test_each_publisher_is_one_candidate_whatever_iris_it_has(matcher: Matcher) -> None:
    found = matcher.match(MatchQuery("Trondheim kommune"))
    assert [candidate.thing.iri for candidate in found if candidate.score > 90] == [TRONDHEIM]
    registered = "https://organization-catalog.fellesdatakatalog.digdir.no/organizations/942110464"
    assert first(matcher, registered).thing.iri == TRONDHEIM


def test_scores_fall_and_lie_between_0_and_100(matcher: Matcher) -> None:
    for text in ("klima", "bærekraftige byer", "utslipp av klimagasser", "health for all"):
        scores = [candidate.score for candidate in matcher.match(MatchQuery(text, limit=MOST_CANDIDATES))]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 100 for score in scores)


@pytest.mark.parametrize("limit", [0, 1, 3, MOST_CANDIDATES, 10**9, -5])
def test_there_are_no_more_candidates_than_the_limit(matcher: Matcher, limit: int) -> None:
    assert len(matcher.match(MatchQuery("helse", limit=limit))) <= max(0, min(limit, MOST_CANDIDATES))


@pytest.mark.parametrize(
    "text",
    [
        "asdfghjkl",
        "",
        " ",
        "\0",
        "???",
        "mål",
        "sdg",
        "99.99",
        "x" * 100_000,
        "klima " * 50_000,
        "ש" * 300,
        "11." * 999,
    ],
)
def test_no_text_is_an_error(matcher: Matcher, text: str) -> None:
    assert not any(candidate.certain for candidate in matcher.match(MatchQuery(text)))


def test_without_a_text_candidates_follow_from_the_constraints(matcher: Matcher) -> None:
    asker = Constraints(kinds=frozenset(("plan",)), publishers=frozenset((f"{ID}asker",)))
    found = matcher.match(MatchQuery("", asker))
    assert {candidate.thing.iri for candidate in found} == {
        f"{ID}asker/kommuneplan-2020-2032",
        f"{ID}asker/temaplan-handling-mot-klimaendringene",
    }


@pytest.mark.parametrize(
    ("text", "publisher"),
    [("Trondheim", "trondheim"), ("Bodø kommune", "bodo"), ("942110464", "trondheim"), (TRONDHEIM, "trondheim")],
)
def test_publishers_are_found_by_name_number_and_iri(matcher: Matcher, text: str, publisher: str) -> None:
    assert matcher.publishers(text) == {f"{ID}{publisher}"}


def test_a_text_about_something_else_names_no_publisher(matcher: Matcher) -> None:
    assert matcher.publishers("Klima Trondheim") == frozenset()
    assert matcher.publishers("Kautokeino") == frozenset()
