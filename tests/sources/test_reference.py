from plangraf.sources.reference import list_reference


def test_the_reference_data_are_the_sdg_scheme_and_who_made_it_in_their_own_graphs() -> None:
    graphs = {file.graph for file in list_reference()}
    assert graphs == {f"https://w3id.org/plangraf/graph/{name}" for name in ("plangraf", "sdg", "sdg/labels")}


def test_the_creator_of_the_reference_data_is_among_them() -> None:
    quads = [quad for file in list_reference() for quad in file.read().quads]
    creators = {quad.object for quad in quads if quad.predicate.value == "http://purl.org/dc/terms/creator"}
    assert creators
    assert creators <= {quad.subject for quad in quads}


def test_the_reference_data_have_every_goal_and_target() -> None:
    kinds = [str(quad.object) for file in list_reference() for quad in file.read().quads]
    assert kinds.count("<http://metadata.un.org/sdg/ontology#Goal>") == 17
    assert kinds.count("<http://metadata.un.org/sdg/ontology#Target>") == 169
