from plangraf.sources.reference import list_reference


def test_the_reference_data_are_the_sdg_scheme_in_its_own_graphs() -> None:
    graphs = {file.graph for file in list_reference()}
    assert graphs == {"https://w3id.org/plangraf/graph/sdg", "https://w3id.org/plangraf/graph/sdg/labels"}


def test_the_reference_data_have_every_goal_and_target() -> None:
    kinds = [str(quad.object) for file in list_reference() for quad in file.read().quads]
    assert kinds.count("<http://metadata.un.org/sdg/ontology#Goal>") == 17
    assert kinds.count("<http://metadata.un.org/sdg/ontology#Target>") == 169
