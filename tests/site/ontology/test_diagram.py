"""Diagrams are the same each time, and nothing in them lies upon anything else."""

import itertools

from plangraf.site.ontology.diagram import ClassNode, Diagram, Relation, nearest, neighbourhood, overview


def node(name: str) -> ClassNode:
    return ClassNode((name,), name, True)


GOAL, PLAN, STRATEGY = node("plan:Goal"), node("plan:Plan"), node("plan:Strategy")
SDG = ClassNode(("sdgo:Goal", "sdgo:Target"), "SDG / SDG target", False)
RELATIONS = [
    Relation(PLAN, GOAL, ("skos:hasTopConcept", "| ^skos:topConceptOf")),
    Relation(GOAL, GOAL, ("skos:broader",)),
    Relation(STRATEGY, GOAL, ("plan:supports",)),
    Relation(GOAL, SDG, ("plan:contributesToSDG",), observed=True),
    *(Relation(STRATEGY, node(f"e:Unknown{number}"), ("e:p",)) for number in range(4)),
]


def apart(diagram: Diagram) -> bool:
    return all(
        a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + a.height <= b.y or b.y + b.height <= a.y
        for a, b in itertools.combinations(diagram.boxes, 2)
    )


def within(diagram: Diagram) -> bool:
    lowest = max((y for arrow in diagram.arrows for _, y, _ in arrow.texts), default=0.0)
    return lowest < diagram.height and all(
        min(box.x, box.y) >= 0 and box.x + box.width <= diagram.width and box.y + box.height <= diagram.height
        for box in diagram.boxes
    )


def test_the_overview_gives_every_class_a_place_of_its_own() -> None:
    diagram = overview("o", "All", [], RELATIONS)
    assert len(diagram.boxes) == 8
    assert apart(diagram)
    assert within(diagram)
    assert overview("o", "All", [], reversed(RELATIONS)).boxes == diagram.boxes


def test_a_class_without_relations_is_in_the_overview() -> None:
    lonely = node("e:Lonely")
    diagram = overview("o", "All", [lonely, GOAL], RELATIONS)
    assert [box.node for box in diagram.boxes].count(lonely) == 1
    assert [box.node for box in diagram.boxes].count(GOAL) == 1
    assert apart(diagram)


def test_labels_that_would_lie_upon_each_other_move_along_their_arrows() -> None:
    crossing = [Relation(PLAN, STRATEGY, ("e:first",)), Relation(node("plan:Challenge"), GOAL, ("e:second",))]
    both = overview("o", "All", [], crossing)
    places = [(x, y) for arrow in both.arrows for x, y, _ in arrow.texts]
    alone = [overview("o", "All", [PLAN, GOAL, STRATEGY, node("plan:Challenge")], [r]).arrows[0] for r in crossing]
    assert abs(alone[0].texts[0][1] - alone[1].texts[0][1]) < 90
    assert abs(places[0][1] - places[1][1]) >= 15 or abs(places[0][0] - places[1][0]) >= 60


def test_a_relation_of_the_lowest_class_to_itself_is_not_cut_off() -> None:
    assert within(overview("o", "All", [], [Relation(GOAL, GOAL, ("skos:broader",))]))


def test_of_alternative_ends_the_nearest_other_one_is_taken() -> None:
    assert nearest(STRATEGY, [PLAN, GOAL]) == GOAL
    assert nearest(GOAL, [GOAL, PLAN]) == PLAN
    assert nearest(GOAL, [GOAL]) == GOAL


def test_every_relation_is_told_in_words() -> None:
    diagram = overview("o", "All", [], RELATIONS)
    assert "plan:Plan – skos:hasTopConcept, | ^skos:topConceptOf → plan:Goal" in diagram.description
    assert "plan:Goal – plan:contributesToSDG → sdgo:Goal, sdgo:Target" in diagram.description
    assert [arrow.kind for arrow in diagram.arrows].count("observed") == 1


def test_relations_between_the_same_two_share_an_arrow() -> None:
    diagram = overview("o", "All", [], [*RELATIONS, Relation(STRATEGY, GOAL, ("e:other",))])
    assert [[text for _, _, text in arrow.texts] for arrow in diagram.arrows].count(["plan:supports", "e:other"]) == 1
    assert len(diagram.arrows) == len(RELATIONS)


def test_a_neighbourhood_has_what_leads_here_before_and_what_is_led_to_behind() -> None:
    ours = [r for r in RELATIONS if GOAL in (r.source, r.target) and r.source != r.target]
    diagram = neighbourhood("n", "Goal", GOAL, [node("skos:Concept")], ours)
    centre = next(box for box in diagram.boxes if box.node == GOAL)
    places = {box.node: box for box in diagram.boxes}
    assert places[PLAN].x < places[STRATEGY].x + 1 < centre.x < places[SDG].x
    assert places[node("skos:Concept")].y < centre.y
    assert apart(diagram)
    assert within(diagram)


def test_a_class_without_relations_is_drawn_alone() -> None:
    diagram = neighbourhood("n", "Goal", GOAL, [], [])
    assert len(diagram.boxes) == 1
    assert diagram.arrows == ()
    assert within(diagram)
