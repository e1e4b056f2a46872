import pyoxigraph as ox
import pytest

from plangraf.languages import ContentLanguage
from plangraf.namespaces import expand
from plangraf.view.reader import Reader
from plangraf.view.reading import Name, Reading

THING = "http://example.org/thing"
LABELS = {"nb": "Næringsliv", "nn": "Næringsliv på nynorsk", "en": "Business"}


def reading(content: ContentLanguage, *tags: str) -> Reading:
    label = ox.NamedNode(expand("skos:prefLabel"))
    return Reading(
        [ox.Triple(ox.NamedNode(THING), label, ox.Literal(LABELS[tag], language=tag)) for tag in tags],
        Reader(content, named=True),
    )


@pytest.mark.parametrize(
    ("content", "tags", "expected"),
    [
        ("nb", ("en", "nn", "nb"), Name(LABELS["nb"])),
        ("nb", ("en", "nn"), Name(LABELS["nn"], "nn")),
        ("nn", ("en", "nb", "nn"), Name(LABELS["nn"], "nn")),
        ("nn", ("en", "nb"), Name(LABELS["nb"])),
        ("nn", ("en",), Name(LABELS["en"], "en")),
        ("en", ("nn", "nb", "en"), Name(LABELS["en"])),
        ("en", ("nn", "nb"), Name(LABELS["nb"], "nb")),
    ],
)
def test_a_name_has_its_tag_when_it_is_not_in_the_language_of_the_page(
    content: ContentLanguage, tags: tuple[str, ...], expected: Name
) -> None:
    assert reading(content, *tags).name(THING) == expected


@pytest.mark.parametrize(
    ("content", "interface", "both"), [("nb", "nb", "nb"), ("nn", "nb", "nb, nn"), ("en", "en", "en")]
)
def test_a_reader_of_nynorsk_is_spoken_to_in_bokmål(content: ContentLanguage, interface: str, both: str) -> None:
    reader = Reader(content, named=True)
    assert (reader.language, reader.languages) == (interface, both)


def test_a_language_that_the_address_names_goes_along_with_every_link() -> None:
    assert Reader("nn", named=True).href("/doc/los?page=2#top") == "/doc/los?page=2&lang=nn#top"
    assert Reader("nn", named=True).href("/doc/los", "en") == "/doc/los?lang=en"
    assert Reader("nn", named=False).href("/doc/los") == "/doc/los"
