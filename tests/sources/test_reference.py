from plangraf.sources.reference import read_reference


def test_the_reference_data_are_the_sdg_scheme_in_its_own_graphs() -> None:
    dataset = read_reference()
    graphs = {str(quad.graph_name).strip("<>") for quad in dataset.quads()}
    assert graphs == {"https://w3id.org/plangraf/graph/sdg", "https://w3id.org/plangraf/graph/sdg/labels"}


def test_the_reference_data_have_every_goal_and_target() -> None:
    kinds = [str(quad.object) for quad in read_reference().quads()]
    assert kinds.count("<http://metadata.un.org/sdg/ontology#Goal>") == 17
    assert kinds.count("<http://metadata.un.org/sdg/ontology#Target>") == 169
