"""Statements that serializations make mistakes with, or that they cannot express."""

import pyoxigraph as ox

from plangraf.namespaces import SDG, expand

OddTerm = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Statements = tuple[tuple[str, OddTerm], ...]
"""Properties, as prefixed names or in angle brackets, with their values."""

_NODE = ox.NamedNode("https://e.example/node")


def _typed(*values: tuple[str, str]) -> Statements:
    return tuple(
        ("skos:note", ox.Literal(text, datatype=ox.NamedNode(expand(datatype)))) for text, datatype in values
    )


def _texts(*texts: str) -> Statements:
    return tuple(("skos:note", ox.Literal(text, language="nb")) for text in texts)


def _property(iri: str) -> Statements:
    return ((f"<{iri}>", ox.Literal("verdi")),)


_VALUES: tuple[OddTerm, ...] = (
    *(ox.Literal(f"navn {number}", language="nb") for number in range(3)),
    *(ox.Literal("name", language=tag) for tag in ("en", "nb-NO", "zh-hant-tw")),
    *(ox.Literal("2020"), ox.Literal("2020", datatype=ox.NamedNode(expand("xsd:gYear"))), ox.Literal(2020)),
    *(_NODE, ox.Literal(True), ox.Literal("https://e.example/node")),
)
ODD: dict[str, Statements] = {
    "line-ends": _texts("a\r\nb\rc\n\n\td  ", "\r", "\n", " ", ""),
    "quotes": _texts('"', '""', '"""', "a\\", "\\n", 'a"""\n"', "'''\n", "\\u0041"),
    "markup": (
        *_texts("<b>&amp;]]></b>", "]]>", "<!-- -->", "\u0085\u2028\u200b\ufeff\U0010ffff\u007f"),
        *_typed(("<b>x</b>", "rdf:XMLLiteral"), ("<b>x", "rdf:XMLLiteral"), ("<p>x", "rdf:HTML"), ("{}", "rdf:JSON")),
    ),
    "languages": tuple(
        (name, value)
        for name in ("skos:altLabel", "skos:prefLabel", "skos:broader", "dct:issued", "plan:baselineYear")
        for value in _VALUES
    ),
    "types": (
        *_typed(("abc", "xsd:integer"), ("1_000", "xsd:integer"), ("12345678901234567890123", "xsd:integer")),
        *_typed(("Infinity", "xsd:decimal"), ("1.50", "xsd:decimal"), ("1e400", "xsd:double"), ("NaN", "xsd:double")),
        *_typed(("abc", "xsd:gYear"), ("2020-13-45", "xsd:date"), ("TRUE", "xsd:boolean"), ("false", "xsd:boolean")),
        *_typed(("", "xsd:integer"), ("5", "xsd:int"), ("x", "xsd:base64Binary"), ("2020-01-01Z", "xsd:date")),
        ("rdf:type", ox.Literal("text")),
        ("rdf:type", ox.NamedNode("Goal:x")),
    ),
    "addresses": tuple(
        ("skos:broader", ox.NamedNode(iri))
        for iri in (
            *("plan:Goal", "skos:Concept", "id:x", "Goal:x", "urn:isbn:1", "mailto:a@b.example"),
            *("https://e.example/a(b)'c,d;e", "https://e.example/æ?x=1&y=2#z", "https://e.example/%C3%A6"),
            *(f"{SDG}1.", f"{SDG}a%20b", f"{SDG}a/b", f"{SDG}-1", expand("plan:"), "https://e.example"),
        )
    ),
    "list": (("skos:memberList", ox.BlankNode("first")),),
    "vertical-tab": _texts("punkt\u000bto"),
    "null": _texts("a\u0000b"),
    "noncharacter": _texts("a\ufffeb"),
    "digit": _property("https://e.example/ns#1"),
    "slash": _property("https://e.example/ns/"),
    "urn": _property("urn:x:1"),
    "roman": _property("https://e.example/\u2160b"),
    "li": _property(expand("rdf:li")),
    "description": _property(expand("rdf:Description")),
    "bag": _property(expand("rdf:bagID")),
    "xmlns": _property("http://www.w3.org/2000/xmlns/x"),
    "triple-term": (("skos:note", ox.Triple(_NODE, _NODE, _NODE)),),
    "direction": (("skos:note", ox.Literal("tekst", language="ar", direction=ox.BaseDirection.RTL)),),
}
"""Statements about a concept, by its name."""
LIST: tuple[tuple[str, str, OddTerm], ...] = (
    ("_:first", "rdf:first", ox.Literal("1")),
    ("_:first", "rdf:rest", ox.BlankNode("second")),
    ("_:second", "rdf:first", _NODE),
    ("_:second", "rdf:rest", ox.NamedNode(expand("rdf:nil"))),
)
"""The list that the concept `list` refers to."""
