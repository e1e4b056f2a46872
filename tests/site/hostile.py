"""A release of data that no shape would let through, to see what the pages make of them. No build writes it."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from tests.site.odd import LIST, ODD, OddTerm

from plangraf.namespaces import GRAPH, ID, SDG, expand
from plangraf.release.count import count
from plangraf.release.release import MANIFEST, QUADS, Manifest, Release, release_identifier

MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
LABELS = (
    MARKUP,
    "שלום עולם \u202e snudd",
    "x" * 10_000,
    "word " * 2_000,
    "{{ 7 * 7 }} {% raw %} %(name)s {0}",
    "\u0000\u0001 \ud7ff \ufffd 🏛️👩‍👩‍👧‍👦",
    " ",
)
"""What things are called; one more has no name at all."""
PUBLISHERS = 60
MANY = 2_000
"""How many goals the plan `many` has."""

_EDITOR = f"{ID}hostile"


def write_release(template: Release, out: Path) -> Release:
    """Write what `template` holds and the plans of this module as a release into the folder `out`."""
    out.mkdir(parents=True)
    one, own = ox.NamedNode(f"{GRAPH}hostile/plans"), ox.NamedNode(f"{GRAPH}hostile/hundred")
    quads = list(ox.parse(path=template.quads, format=ox.RdfFormat.N_QUADS))
    for subject, predicate, value in _triples():
        property_ = predicate[1:-1] if predicate.startswith("<") else expand(predicate)
        node = ox.BlankNode(subject[2:]) if subject.startswith("_:") else ox.NamedNode(subject)
        triple = (node, ox.NamedNode(property_), value)
        graph = own if subject.startswith(f"{ID}hostile/hundred") else one
        quads += [ox.Quad(*triple, graph), ox.Quad(*triple, ox.DefaultGraph())]
    content = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert content is not None
    (out / QUADS).write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    manifest = Manifest(
        release=release_identifier(digest),
        sha256=digest,
        size=len(content),
        software="hostile",
        counts=count(quads),
        plans=(
            *template.manifest.plans,
            *(f"{ID}hostile/{name}" for name in ("labels", "many", "hundred", "ring", "empty", "odd")),
        ),
        validation={},
    )
    (out / MANIFEST).write_text(manifest.model_dump_json(), encoding="utf-8")
    return Release.open(out)


def _triples() -> Iterator[tuple[str, str, OddTerm]]:
    for number in range(PUBLISHERS):
        yield from _plan(f"{ID}hostile-{number:02}/plan", f"https://x.example/{number:02}", f"Utgiver {number:02}")
    publisher = "https://x.example/hostile"
    for name, label in (
        ("labels", MARKUP),
        ("many", "Mange"),
        ("hundred", "Hundre mål"),
        ("ring", LABELS[1]),
        ("empty", LABELS[2]),
        ("odd", "Rart"),
    ):
        yield from _plan(f"{ID}hostile/{name}", publisher, label)
    plan = f"{ID}hostile/labels"
    yield plan, "plan:vision", ox.Literal(MARKUP, language="nb")
    yield plan, "dct:description", ox.Literal(LABELS[3], language="nb")
    labels: tuple[str | None, ...] = (*LABELS, None)
    for number, called in enumerate(labels, 1):
        for kind in ("Goal", "Strategy", "Contribution", "Challenge", "ActorGroup", "Indicator"):
            yield from _concept(plan, f"{kind.lower()}/{number}", kind, str(number), called)
        yield from _claim(plan, f"goal/{number}", "13.2", stated=bool(number % 2))
    yield f"{plan}/indicator/1", "plan:unit", ox.Literal(MARKUP, language="nb")
    yield f"{plan}/goal/2", "skos:broader", ox.NamedNode(f"{plan}/goal/1")
    many = f"{ID}hostile/many"
    for number in range(1, MANY + 1):
        yield from _concept(many, f"goal/{number}", "Goal", str(number), f"Mål nummer {number}")
        yield from _claim(many, f"goal/{number}", str(number % 17 + 1), stated=bool(number % 3))
    hundred = f"{ID}hostile/hundred"
    for top in range(1, 11):
        for numbered in (str(top), *(f"{top}.{below}" for below in range(1, 10))):
            goal = f"goal/{numbered}"
            yield from _concept(
                hundred, goal, "Goal", numbered, f"{numbered} Kommunen skal være et godt sted å vokse opp"
            )
            yield from _claim(hundred, goal, f"{top}.1", stated=True)
            yield from _claim(hundred, goal, f"{top + 7}.2", stated=False)
            if numbered != str(top):
                yield f"{hundred}/{goal}", "skos:broader", ox.NamedNode(f"{hundred}/goal/{top}")
            for kind in ("Strategy", "Contribution"):
                label = "Kommunen skal samarbeide med innbyggerne om dette"
                yield from _concept(hundred, f"{kind.lower()}/{numbered}", kind, numbered, label)
    odd = f"{ID}hostile/odd"
    for name, statements in ODD.items():
        yield from _concept(odd, f"goal/{name}", "Goal", name, name)
        for predicate, value in statements:
            yield f"{odd}/goal/{name}", predicate, value
    yield from LIST
    ring = f"{ID}hostile/ring"
    for number, above in ((1, 3), (2, 1), (3, 2), (4, 4)):
        yield from _concept(ring, f"goal/{number}", "Goal", str(number), f"Ring {number}")
        yield f"{ring}/goal/{number}", "skos:broader", ox.NamedNode(f"{ring}/goal/{above}")


def _plan(plan: str, publisher: str, label: str) -> Iterator[tuple[str, str, OddTerm]]:
    for kind in ("plan:Plan", "skos:ConceptScheme"):
        yield plan, "rdf:type", ox.NamedNode(expand(kind))
    yield plan, "skos:prefLabel", ox.Literal(label, language="nb")
    yield plan, "dct:publisher", ox.NamedNode(publisher)
    yield publisher, "rdfs:label", ox.Literal(label, language="nb")
    yield publisher, "rdf:type", ox.NamedNode(expand("org:Organization"))


def _concept(plan: str, name: str, kind: str, notation: str, label: str | None) -> Iterator[tuple[str, str, OddTerm]]:
    concept = f"{plan}/{name}"
    for type_ in (f"plan:{kind}", "skos:Concept"):
        yield concept, "rdf:type", ox.NamedNode(expand(type_))
    yield concept, "skos:inScheme", ox.NamedNode(plan)
    yield concept, "skos:notation", ox.Literal(notation)
    if label is not None:
        yield concept, "skos:prefLabel", ox.Literal(label, language="nb")
        yield concept, "skos:definition", ox.Literal(label, language="nb")


def _claim(plan: str, name: str, sdg: str, *, stated: bool) -> Iterator[tuple[str, str, OddTerm]]:
    claim, source = f"{plan}/link/{name.replace('/', '-')}-{sdg}", f"{plan}/{name}"
    yield claim, "rdf:type", ox.NamedNode(expand("owl:Axiom"))
    yield claim, "owl:annotatedSource", ox.NamedNode(source)
    yield claim, "owl:annotatedProperty", ox.NamedNode(expand("skos:relatedMatch"))
    yield claim, "owl:annotatedTarget", ox.NamedNode(f"{SDG}{sdg}")
    yield claim, "plan:basis", ox.NamedNode(expand("plan:StatedInPlan" if stated else "plan:Editorial"))
    yield claim, "dct:creator", ox.NamedNode(_EDITOR)
    yield source, "skos:relatedMatch", ox.NamedNode(f"{SDG}{sdg}")
    yield source, "plan:contributesToSDG", ox.NamedNode(f"{SDG}{sdg}")
