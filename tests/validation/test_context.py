import pyoxigraph as ox
import pytest

from plangraf.namespaces import PREFIXES
from plangraf.validation.context import DescriptionIndex, ReferenceData, find_context

HEADER = (
    "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()) + "@prefix e: <http://e.org/> .\n"
)


def read(turtle: str) -> list[ox.Quad]:
    return list(ox.parse(HEADER + turtle, format=ox.RdfFormat.TURTLE))


def subjects(quads: list[ox.Quad]) -> set[str]:
    return {
        quad.subject.value.removeprefix("http://e.org/") for quad in quads if isinstance(quad.subject, ox.NamedNode)
    }


@pytest.mark.parametrize(
    ("known", "described"),
    [
        ("e:b e:p 1 . e:c e:p 1 .", {"b"}),  # what is pointed to, and nothing else
        ("e:b skos:broader e:c . e:c skos:inScheme e:d . e:d e:p 1 .", {"b", "c", "d"}),  # what lies above that
        ("e:b e:p e:c . e:c e:p 1 .", {"b"}),  # no further by other properties
        ("e:a e:p 1 .", {"a"}),  # what else is said of the thing itself
        ("e:claim owl:annotatedSource e:a ; e:p e:c . e:c e:p 1 .", {"claim", "c"}),  # claims of it, and their ends
    ],
)
def test_the_context_describes_what_is_pointed_to(known: str, described: set[str]) -> None:
    context = find_context(read("e:a e:p e:b ."), [DescriptionIndex(read(known))], [])
    assert subjects(context.descriptions) == described


def test_the_context_holds_what_follows_about_the_statements_own_subjects() -> None:
    ontology = read("plan:Goal rdfs:subClassOf skos:Concept .")
    known = DescriptionIndex(read("e:b a plan:Goal ; skos:broader e:c ."))
    context = find_context(read("e:a a plan:Goal ; skos:broader e:b ."), [known], ontology)
    assert [str(triple) for triple in context.derived] == [str(read("e:a a skos:Concept .")[0].triple)]
    assert len(context.quads()) == len(context.descriptions) + 1


def test_the_reference_adds_nothing_to_what_the_data_describe() -> None:
    quads = read("e:a e:p e:b .")
    known = DescriptionIndex(read("e:a e:p 2 . e:b e:p 1 . e:claim owl:annotatedSource e:a ."))
    assert subjects(find_context(quads, [known], []).descriptions) == {"a", "b", "claim"}
    reference = ReferenceData([known], {quad.subject for quad in quads})
    assert subjects(find_context(quads, [], [], reference).descriptions) == {"b"}


def test_the_reference_says_nothing_about_what_the_data_describe_by_its_links_either() -> None:
    quads = read("e:a skos:inScheme e:s ; e:p e:b .")
    known = DescriptionIndex(read("e:s skos:hasTopConcept e:a , e:c . e:b skos:inScheme e:s ; skos:broader e:a ."))
    context = find_context(quads, [], [], ReferenceData([known], {quad.subject for quad in quads}))
    assert context.derived == []
    assert {str(quad.triple) for quad in context.descriptions} == {
        str(quad.triple) for quad in read("e:s skos:hasTopConcept e:c . e:b skos:inScheme e:s .")
    }


def test_the_data_s_own_index_goes_before_the_reference() -> None:
    own, reference = DescriptionIndex(read("e:b e:p 1 .")), DescriptionIndex(read("e:b e:p 2 . e:c e:p 3 ."))
    context = find_context(read("e:a e:p e:b , e:c ."), [own], [], ReferenceData([reference], {}))
    assert {str(quad.object) for quad in context.descriptions} == {str(q.object) for q in read("e:s e:p 1 , 3 .")}


def test_an_sdg_that_does_not_exist_is_described_by_what_has_its_number() -> None:
    known = DescriptionIndex(read('sdg:C110602 skos:notation "11.6.2" .'))
    context = find_context(read("e:a e:p sdg:11.6.2 ."), [known], [])
    assert len(context.descriptions) == 1
