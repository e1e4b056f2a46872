from pathlib import Path

import pytest

from plangraf import shipped
from plangraf.namespaces import GRAPH, ID, ONTOLOGY, PREFIXES
from plangraf.sources.dataset import ListedFile, read_dataset
from plangraf.validation.report import Report
from plangraf.validation.shapes import Shapes
from plangraf.validation.validate import validate

SPACE = "https://data.vik.example/plan/"
GRAPH_METADATA = """
<{graph}> a prov:Entity ; dct:title "Om Vik"@nb , "About Vik"@en ; plan:graphRole plan:Reference ;
  dct:creator <https://www.vik.example/> ; {declared}
  dct:license <http://publications.europa.eu/resource/authority/licence/NLOD_2_0> ;
  prov:wasDerivedFrom <https://www.vik.example/om> .
<https://www.vik.example/> a foaf:Agent ; rdfs:label "Vik"@nb ; dct:source <https://www.vik.example/om> .
"""


def report_on(folder: Path, shapes: Shapes, declared: str, more: str = "", place: str = "vik") -> Report:
    """Return the report on a file with a declaration in the folder `place`, and with more statements."""
    path = folder / place / "organisation.ttl"
    path.parent.mkdir(parents=True)
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    text = GRAPH_METADATA.format(graph=f"{GRAPH}{place}", declared=declared)
    path.write_text(f"{prefixes}{text}{more}", encoding="utf-8")
    return validate(read_dataset([folder]), ListedFile(shipped.ONTOLOGY, ONTOLOGY).read().quads, shapes)


def messages(report: Report, shape: str) -> list[str]:
    """Return the messages of the results of a shape in English."""
    return [result.messages["en"] for result in report.results if str(result.shape) == f"{PREFIXES['psh']}{shape}"]


def agent(iri: str) -> str:
    return f'<{iri}> a foaf:Agent ; rdfs:label "Utvalget"@nb ; dct:source <https://www.vik.example/om> .\n'


@pytest.mark.parametrize(
    ("declared", "says"),
    [
        (f"void:uriSpace <{SPACE}> ;", "A prefix is text"),
        (f'void:uriSpace "{SPACE}"@nb ;', "A prefix is text"),
        ("void:uriSpace 12 ;", "A prefix is text"),
        (f'void:uriSpace "{SPACE}" , "https://annet.vik.example/" ;', "has declared two prefixes"),
        ('void:uriSpace "ftp://data.vik.example/" ;', "neither https:// nor http://"),
        ('void:uriSpace "https://kari@data.vik.example/" ;', "a user name"),
        ('void:uriSpace "https://DATA.vik.example/" ;', "host name"),
        ('void:uriSpace "https://data.vik.example/?id=" ;', "a question mark"),
        ('void:uriSpace "https://data.vik.example/plan" ;', "ends in neither / nor #"),
        ('void:uriSpace "https://data.vik.example/plån/" ;', "browsers rewrite"),
        (f'void:uriSpace "https://data.vik.example/{"a" * 600}/" ;', "too long"),
        (f'void:uriSpace "{ID}vik/" ;', "Plangraf's own"),
        ('void:uriSpace "http://purl.org/dc/terms/" ;', "a vocabulary or a register of others"),
        ('void:uriSpace "https://data.vik.example/search/" ;', "pages of the server itself"),
    ],
)
def test_a_prefix_that_cannot_be_served_is_reported_with_its_fault(
    tmp_path: Path, shapes: Shapes, declared: str, says: str
) -> None:
    report = report_on(tmp_path, shapes, declared)
    [message] = messages(report, "URISpace")
    assert says in message
    [result] = [result for result in report.results if "URISpace" in str(result.shape)]
    assert str(result.focus) == f"{GRAPH}vik"
    assert result.location is not None
    assert result.location.path.name == "organisation.ttl"
    assert not report.conforms


def test_a_prefix_of_a_plan_is_reported(tmp_path: Path, shapes: Shapes) -> None:
    report = report_on(tmp_path, shapes, f'void:uriSpace "{SPACE}" ;', place="vik/havna")
    assert "declared for a plan here" in messages(report, "URISpace")[0]


@pytest.mark.parametrize("datatype", ["", "^^xsd:string", "^^xsd:anyURI"])
def test_a_prefix_of_either_datatype_conforms(tmp_path: Path, shapes: Shapes, datatype: str) -> None:
    report = report_on(tmp_path, shapes, f'void:uriSpace "{SPACE}"{datatype} ;', agent(f"{SPACE}utvalget"))
    assert [str(result.shape) for result in report.results] == []


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("utvalget#leder", "utvalget/leder"),
        ("utvalget?leder", "utvalget/leder"),
        ("rådet", "radet"),
        ("utvalget.html", "utvalget-html"),
        ("utv%61lget", "utv-lget"),
        ("../utvalget", None),
        ("a/./b", None),
    ],
)
def test_an_iri_below_a_prefix_has_the_shape_of_other_iris(
    tmp_path: Path, shapes: Shapes, name: str, right: str | None
) -> None:
    report = report_on(tmp_path, shapes, f'void:uriSpace "{SPACE}" ;', agent(SPACE + name))
    [message] = messages(report, "DeadAddress")
    assert right is None or message.endswith(f" {SPACE}{right}.")


@pytest.mark.parametrize(
    ("space", "iri", "wrong"),
    [
        ("https://data.vik.example/", "https://data.vik.example/search/1", True),
        ("https://data.vik.example/", "https://data.vik.example/", True),
        ("https://data.vik.example/", "https://data.vik.example/about", True),
        ("https://data.vik.example/", "https://data.vik.example/plan/search", False),
        ("https://data.vik.example/", "https://data.vik.example/id/1", False),
        ("https://data.vik.example/plan#", "https://data.vik.example/plan#goal/1.1", False),
        ("https://data.vik.example/plan#", "https://data.vik.example/plan#a?b", True),
        (SPACE, "https://data.vik.example/annet?x#y", False),
    ],
)
def test_an_iri_has_no_address_of_the_site(tmp_path: Path, shapes: Shapes, space: str, iri: str, wrong: bool) -> None:
    report = report_on(tmp_path, shapes, f'void:uriSpace "{space}" ;', agent(iri))
    assert bool(messages(report, "DeadAddress")) is wrong


def test_what_is_below_a_prefix_is_described(tmp_path: Path, shapes: Shapes) -> None:
    more = f"{agent(SPACE + 'utvalget')}<{SPACE}utvalget> dct:relation <{SPACE}ukjent> , <https://a.example/ukjent> ."
    report = report_on(tmp_path, shapes, f'void:uriSpace "{SPACE}" ;', more)
    assert [str(result.value) for result in report.results] == [f"{SPACE}ukjent"]
    assert len(messages(report, "DanglingOwn")) == 1
