from dataclasses import replace

import pytest

from plangraf.matching.linkables import KnownLink, LinkableKind, Linkables
from plangraf.matching.suggestions import COMPOSITE, LEXICAL, Suggester, confidence
from plangraf.namespaces import ID, SDG, expand

BERGEN = f"{ID}bergen/bergen-2030"
GREEN, SAFE = f"{BERGEN}/focus-area/gronn", f"{BERGEN}/focus-area/trygg"


@pytest.fixture(scope="module")
def suggester(linkables: Linkables) -> Suggester:
    return Suggester(linkables)


def test_each_suggestion_has_reasons_and_a_justification_that_fits(suggester: Suggester) -> None:
    goals = suggester.linkables.of_kind(LinkableKind.GOAL)
    found = [each for goal in suggester.suggest(goals, most=5) for each in goal.suggestions]
    assert len(found) > 50
    for each in found:
        text = each.explanation("en")
        assert text
        assert "{" not in text
        assert each.justification == (LEXICAL if "link" not in text else COMPOSITE)
        assert each.confidence is not None
        assert 0.1 <= each.confidence < 1


def test_reasons_are_in_the_language_of_the_reader(suggester: Suggester) -> None:
    (found,) = suggester.suggest([suggester.linkables.things[SAFE]])
    assert "Felles ord: trygg" in found.suggestions[0].explanation("nb")
    assert "Shared words: safe" in found.suggestions[0].explanation("en")


def test_links_that_are_known_or_refused_are_not_suggested(linkables: Linkables) -> None:
    goals = [linkables.things[GREEN], linkables.things[SAFE]]
    (first, second) = Suggester(linkables).suggest(goals)
    target, sdg = f"{SDG}11.7", f"{SDG}11"
    assert target in [each.thing.iri for each in first.suggestions]
    assert sdg in [each.thing.iri for each in second.suggestions]
    linked = KnownLink(GREEN, target, expand("skos:broadMatch"))
    refused = KnownLink(SAFE, sdg, expand("skos:relatedMatch"))
    changed = replace(linkables, links=(*linkables.links, linked), refused=(refused,))
    (first, second) = Suggester(changed).suggest(goals, most=50, least=0)
    # A link to a target is one to its SDG; a refusal of an SDG says nothing about its targets.
    assert not {target, sdg} & {each.thing.iri for each in first.suggestions}
    assert sdg not in [each.thing.iri for each in second.suggestions]
    assert f"{SDG}11.7" in [each.thing.iri for each in second.suggestions]


def test_goals_of_another_publisher_are_suggested_without_confidence(suggester: Suggester) -> None:
    goals = suggester.linkables.of_plan(BERGEN)
    found = [each for goal in suggester.suggest(goals, "trondheim") for each in goal.suggestions]
    assert found
    assert {each.thing.plan.split("/")[5] for each in found} == {"trondheim"}
    assert {each.confidence for each in found} == {None}
    iri = suggester.publisher_goals("trondheim")[0].publishers[0]
    assert suggester.publisher_goals(iri) == suggester.publisher_goals("trondheim")
    assert suggester.publisher_goals("trond") == ()


def test_a_goal_is_not_suggested_for_its_own_plan(suggester: Suggester) -> None:
    plan = f"{ID}trondheim/samfunnsplan-2020-2032"
    found = suggester.suggest(suggester.linkables.of_plan(plan), "trondheim", most=20, least=0)
    assert plan not in {each.thing.plan for goal in found for each in goal.suggestions}


@pytest.mark.parametrize("is_target", [True, False])
def test_confidence_grows_with_the_score_and_stays_below_1(is_target: bool) -> None:
    found = [confidence(score / 20, is_target=is_target) for score in range(60)]
    assert found == sorted(found)
    assert found[0] == 0
    assert found[-1] < 1
