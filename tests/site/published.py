"""A release of the shipped data and of small plans that a test writes, and what its server answers."""

import asyncio
import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import httpx
import pyoxigraph as ox
from tests.engines import running
from tests.servers import PATIENCE

from plangraf import settings, shipped
from plangraf.app import assemble_app, make_services
from plangraf.namespaces import BASE, GRAPH, ID, PREFIXES
from plangraf.release.count import count
from plangraf.release.release import MANIFEST, QUADS, Manifest, Release
from plangraf.sparql.examples import load_examples

PLAN = """
<graph/{name}> a prov:Entity ; dct:title "Graf"@nb ; plan:graphRole plan:PublishersText ; dct:creator <id/{by}> ;
  {licence} prov:wasDerivedFrom <https://{by}.example/plan.pdf> .
<id/{by}> a foaf:Agent ; rdfs:label "{by}"@nb .
<id/{name}> a plan:Plan , skos:ConceptScheme ; skos:prefLabel "Planen til {by}"@nb ; dct:publisher <id/{by}> ;
  dct:issued "2025-03-20"^^xsd:date .
<id/{name}/goal/1> a plan:Goal ; skos:inScheme <id/{name}> ; skos:notation "1" ; skos:prefLabel "Målet til {by}"@nb ;
  skos:broadMatch sdg:13 .
<id/{name}/link/1-13> a owl:Axiom ; owl:annotatedSource <id/{name}/goal/1> ; owl:annotatedTarget sdg:13 ;
  owl:annotatedProperty skos:broadMatch ; plan:basis plan:StatedInPlan ; dct:creator <id/{by}> ;
  sssom:mapping_justification semapv:ManualMappingCuration .
"""


def plan_quads(name: str, licence: str | None) -> list[ox.Quad]:
    """Return the quads of a small plan `name`, such as `by/plan`, whose graph states `licence`."""
    stated = f"dct:license <{licence}> ;" if licence else ""
    header = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    text = header + PLAN.format(name=name, by=name.partition("/")[0], licence=stated)
    graph = ox.NamedNode(f"{GRAPH}{name}")
    triples = [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=f"{BASE}/")]
    return [ox.Quad(t.subject, t.predicate, t.object, to) for t in triples for to in (graph, ox.DefaultGraph())]


def write_release(template: Release, out: Path, plans: Mapping[str, str | None]) -> Release:
    """Write what `template` holds and some small plans as a release into the folder `out`.

    Args:
        template: the release.
        out: the folder, which is made.
        plans: the licences of the plans by their names; None for a plan whose graph states none.
    """
    out.mkdir(parents=True)
    quads = list(ox.parse(path=template.quads, format=ox.RdfFormat.N_QUADS))
    for name, licence in plans.items():
        quads += plan_quads(name, licence)
    content = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert content is not None
    (out / QUADS).write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    manifest = Manifest(
        release=digest[:12],
        sha256=digest,
        size=len(content),
        software="test",
        built=template.manifest.built,
        counts=count(quads),
        plans=tuple(sorted((*template.manifest.plans, *(f"{ID}{name}" for name in plans)))),
        validation={},
    )
    (out / MANIFEST).write_text(manifest.model_dump_json(), encoding="utf-8")
    return Release.open(out)


def answers(
    release: Release, paths: Iterable[str], accept: str = "text/html", **chosen: object
) -> dict[str, httpx.Response]:
    """Return what a server of `release` answers to a GET at each of `paths`, after it has written its dumps.

    Args:
        release: the release.
        paths: the paths, with the query.
        accept: the value of the Accept header.
        chosen: the settings of the server.
    """

    async def run() -> dict[str, httpx.Response]:
        async with running(release.quads) as engine:
            services = make_services(
                engine=engine,
                manifest=release.manifest,
                quads=release.quads,
                shapes=(),
                examples=load_examples(shipped.DATA / "queries"),
                settings=settings.load(**chosen),
            )
            transport = httpx.ASGITransport(assemble_app(services))
            async with httpx.AsyncClient(transport=transport, base_url="http://test", timeout=PATIENCE) as client:
                for _ in range(1000):  # the dumps are written in another process
                    if (await client.get("/dumps/SHA256SUMS")).status_code != 503:
                        break
                    await asyncio.sleep(0.1)
                found = {}
                for path in paths:
                    found[path] = await client.get(path, headers={"Accept": accept})
            await services.close()
            return found

    return asyncio.run(run())


def links(answer: httpx.Response, relation: str) -> list[str]:
    """Return the targets of the links of a relation in the Link header of an answer, in their order."""
    given = re.findall(r'<([^>]*)>; rel="([^"]*)"', answer.headers.get("link", ""))
    return [target for target, of in given if of == relation]
