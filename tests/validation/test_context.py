import pyoxigraph as ox
import pytest

from plangraf.namespaces import PREFIXES
from plangraf.validation.context import DescriptionIndex, find_context

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


def test_an_override_takes_the_place_of_what_is_known_of_the_same_things() -> None:
    quads = read("e:a e:p e:b .")
    known = [DescriptionIndex(read("e:a e:p 2 . e:b e:p 1 ."))]
    assert subjects(find_context(quads, known, []).descriptions) == {"a", "b"}
    assert subjects(find_context(quads, known, [], override=True).descriptions) == {"b"}


def test_an_sdg_that_does_not_exist_is_described_by_what_has_its_number() -> None:
    known = DescriptionIndex(read('sdg:C110602 skos:notation "11.6.2" .'))
    context = find_context(read("e:a e:p sdg:11.6.2 ."), [known], [])
    assert len(context.descriptions) == 1
