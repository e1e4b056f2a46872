from pathlib import Path

import pyoxigraph as ox
import pytest

from plangraf.formats import RDF_XML
from plangraf.sources.faults import SourceFault, UnusableSourceError
from plangraf.sources.rdf import read_bytes
from plangraf.sources.xml_entities import MOST_EXPANDED

DOCUMENT = """<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [
  {declarations}
]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://e.org/">
  <rdf:Description rdf:about="https://e.org/a">{content}</rdf:Description>
</rdf:RDF>
"""


def _read(declarations: str, content: str) -> list[ox.Quad]:
    data = DOCUMENT.format(declarations=declarations, content=content).encode()
    return read_bytes(data, RDF_XML, Path("data.rdf"), ox.NamedNode("https://e.org/g"), "https://e.org/")


def test_abbreviations_are_read_as_ontology_editors_write_them() -> None:
    quads = _read(
        "<!ENTITY owl \"http://www.w3.org/2002/07/owl#\" >\n  <!ENTITY e 'https://e.org/'>",
        '<rdf:type rdf:resource="&owl;Thing"/><e:p>&e;1 &amp; &#xE5;</e:p>',
    )
    assert {quad.object.value for quad in quads if not isinstance(quad.object, ox.Triple)} == {
        "http://www.w3.org/2002/07/owl#Thing",
        "https://e.org/1 & å",
    }


@pytest.mark.parametrize(
    ("declarations", "content"),
    [
        ('<!ENTITY a "ha">\n<!ENTITY b "&a;&a;">', "<e:p>&b;</e:p>"),
        ('<!ENTITY a SYSTEM "file:///etc/passwd">', "<e:p>&a;</e:p>"),
        ('<!ENTITY a PUBLIC "x" "https://e.org/x">', "<e:p>&a;</e:p>"),
        ('<!ENTITY % a "x">', "<e:p>1</e:p>"),
        (f'<!ENTITY a "{"x" * 1000}">', f"<e:p>{'&a;' * (MOST_EXPANDED // 1000 + 1)}</e:p>"),
    ],
    ids=["nested", "a file", "public", "parameter", "too large"],
)
def test_other_entities_are_refused_with_their_place(declarations: str, content: str) -> None:
    with pytest.raises(UnusableSourceError) as caught:
        _read(declarations, content)
    assert caught.value.fault == SourceFault.ENTITY
    assert caught.value.line == (4 if "\n" in declarations else 3)
