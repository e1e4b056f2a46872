"""The DCAT-AP-NO description of a release: the catalogue, its datasets, their distributions, and the endpoint.

Every node has an IRI below that of the catalogue. The contact point and the publisher of the catalogue come from the
settings; a property without a value in data or settings is omitted.
"""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from plangraf.formats import TURTLE
from plangraf.linkeddata.addresses import Addresses, document_iri
from plangraf.linkeddata.authorities import (
    FREE_KEYWORDS,
    PLAN_THEMES,
    PUBLIC,
    SCHEME_THEMES,
    THEMES,
    authorities,
    period,
)
from plangraf.linkeddata.datasets import CatalogueDataset, Datasets
from plangraf.linkeddata.distributions import Distribution, dump_iri
from plangraf.linkeddata.texts import CATALOGUE_TEXTS, SERVICE_TEXTS, WHOLE_TEXTS, Texts, dataset_texts
from plangraf.linkeddata.triples import Value, about, date_time, nodes, term, triple
from plangraf.namespaces import SPARQL, expand
from plangraf.release.dumps import DumpFile, Dumps, dataset_dumps, graph_dump
from plangraf.release.release import Manifest
from plangraf.settings import Settings

CATALOGUE_PATH = "/catalog"
CATALOGUE = document_iri(CATALOGUE_PATH)
SERVICE = f"{CATALOGUE}#sparql"
WHOLE_DATASET = f"{CATALOGUE}#dataset"
_CONTACT = f"{CATALOGUE}#contact"
_PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
_ENGLISH = "http://publications.europa.eu/resource/authority/language/ENG"
_BOKMAL = "http://publications.europa.eu/resource/authority/language/NOB"


def dataset_iri(name: str) -> str:
    """Return the IRI of the dataset `name`."""
    return f"{WHOLE_DATASET}/{name}"


def describe_catalogue(
    datasets: Datasets, manifest: Manifest, settings: Settings, dumps: Dumps | None
) -> list[ox.Triple]:
    """Return the catalogue of a release.

    Args:
        datasets: the datasets of the release.
        manifest: the manifest of the release.
        settings: the publisher of the catalogue and the contact point.
        dumps: the dumps, for sizes and checksums; None omits them.
    """
    triples = list(_Catalogue(datasets, manifest, settings, dumps).triples())
    return [*triples, *authorities(triples, datasets.statements)]


def describe_dataset(
    datasets: Datasets, manifest: Manifest, settings: Settings, name: str | None, dumps: Dumps | None = None
) -> list[ox.Triple]:
    """Return what the catalogue of a release says of one dataset.

    Args:
        datasets: the datasets of the release.
        manifest: the manifest of the release.
        settings: the publisher of the catalogue.
        name: the name of the dataset; None is the dataset of the whole release.
        dumps: the dumps, for sizes and checksums; None omits them.
    """
    return list(_Catalogue(datasets, manifest, settings, dumps).of(name))


class _Catalogue:
    def __init__(self, datasets: Datasets, manifest: Manifest, settings: Settings, dumps: Dumps | None) -> None:
        self._datasets = datasets
        self._said = datasets.statements
        self._manifest = manifest
        self._settings = settings
        self._dumps = dumps
        self._addresses = Addresses.of(manifest)

    def triples(self) -> Iterator[ox.Triple]:
        """Yield the whole catalogue, without the descriptions of controlled terms."""
        entries = [dataset_iri(dataset.name) for dataset in self._datasets.datasets]
        agents = {self._settings.publisher}
        yield from about(
            CATALOGUE,
            ("rdf:type", [term("dcat:Catalog")]),
            ("dct:title", CATALOGUE_TEXTS.title),
            ("dct:description", CATALOGUE_TEXTS.description),
            ("dct:identifier", [ox.Literal(CATALOGUE)]),
            ("dct:publisher", [ox.NamedNode(self._settings.publisher)]),
            ("dct:creator", [ox.NamedNode(self._settings.publisher)]),
            ("dcat:contactPoint", [ox.NamedNode(_CONTACT)]),
            ("dct:license", nodes(self._licence(self._datasets.graphs))),
            ("dct:language", nodes((_BOKMAL, _ENGLISH))),
            ("foaf:homepage", [ox.NamedNode(document_iri("/"))]),
            ("dcat:themeTaxonomy", nodes([THEMES])),
            ("dct:spatial", nodes(sorted({place for d in self._datasets.datasets for place in self._places(d)}))),
            ("dcat:version", [ox.Literal(self._manifest.release)]),
            ("dct:issued", date_time(self._manifest.built)),
            ("dct:modified", date_time(self._manifest.built)),
            ("dcat:dataset", nodes((WHOLE_DATASET, *entries))),
            ("dcat:service", [ox.NamedNode(SERVICE)]),
        )
        yield from self._contact()
        yield from self._service(entries)
        yield from self._whole(entries)
        for dataset in self._datasets.datasets:
            yield from self._dataset(dataset)
            agents |= self._agents(dataset)
            for subject in dataset.subjects:
                yield from self._subject(subject)
        for place in sorted({place for dataset in self._datasets.datasets for place in self._places(dataset)}):
            yield from self._location(place)
        for agent in sorted(agents):
            yield from self._agent(agent)

    def of(self, name: str | None) -> Iterator[ox.Triple]:
        """Yield the description of one dataset, of what it refers to, and the title of the catalogue."""
        yield from about(CATALOGUE, ("dct:title", CATALOGUE_TEXTS.title))
        agents = {self._settings.publisher}
        if name is None:
            yield from self._whole([dataset_iri(dataset.name) for dataset in self._datasets.datasets])
        for dataset in self._datasets.datasets:
            if dataset.name == name:
                yield from self._dataset(dataset)
                agents |= self._agents(dataset)
                for subject in dataset.subjects:
                    yield from self._subject(subject)
                for place in self._places(dataset):
                    yield from self._location(place)
        for agent in sorted(agents):
            yield from self._agent(agent)

    def _contact(self) -> Iterator[ox.Triple]:
        email, url = self._settings.contact_email, self._settings.contact_url
        yield from about(
            _CONTACT,
            ("rdf:type", [term("vcard:Organization"), term("vcard:Kind")]),
            ("vcard:fn", [ox.Literal(self._settings.publisher_name)]),
            ("vcard:hasEmail", [ox.NamedNode(f"mailto:{email}")] if email else []),
            ("vcard:hasURL", [ox.NamedNode(url or document_iri("/"))] if url or not email else []),
        )

    def _service(self, entries: list[str]) -> Iterator[ox.Triple]:
        yield from about(
            SERVICE,
            ("rdf:type", [term("dcat:DataService")]),
            ("dct:title", SERVICE_TEXTS.title),
            ("dct:description", SERVICE_TEXTS.description),
            ("dct:identifier", [ox.Literal(SERVICE)]),
            ("dct:publisher", [ox.NamedNode(self._settings.publisher)]),
            ("dcat:contactPoint", [ox.NamedNode(_CONTACT)]),
            ("dcat:endpointURL", [ox.NamedNode(SPARQL)]),
            ("dcat:endpointDescription", [ox.NamedNode(SPARQL)]),
            ("dcat:servesDataset", nodes((WHOLE_DATASET, *entries))),
            ("dct:conformsTo", [ox.NamedNode(_PROTOCOL)]),
            ("dct:accessRights", [ox.NamedNode(PUBLIC)]),
            ("dct:license", nodes(self._licence(self._datasets.graphs))),
            ("dcat:theme", nodes(PLAN_THEMES)),
            ("dcat:keyword", FREE_KEYWORDS),
        )
        yield from about(
            _PROTOCOL,
            ("rdf:type", [term("dct:Standard")]),
            ("dct:title", [ox.Literal("SPARQL 1.1 Protocol", language="en")]),
        )

    def _whole(self, entries: list[str]) -> Iterator[ox.Triple]:
        graphs = self._datasets.graphs
        yield from about(
            WHOLE_DATASET,
            *self._common(WHOLE_DATASET, WHOLE_TEXTS, graphs),
            ("dct:publisher", [ox.NamedNode(self._settings.publisher)]),
            ("dct:creator", [ox.NamedNode(self._settings.publisher)]),
            ("dcat:theme", nodes(PLAN_THEMES)),
            ("dcat:landingPage", [ox.NamedNode(document_iri("/"))]),
            ("dct:hasPart", nodes(entries)),
        )
        yield from self._distributions(WHOLE_DATASET, None, graphs)

    def _dataset(self, dataset: CatalogueDataset) -> Iterator[ox.Triple]:
        iri, subjects = dataset_iri(dataset.name), dataset.subjects
        said = self._said
        is_plan = any(expand("plan:Plan") in said.types(subject) for subject in dataset.subjects)
        own_themes = sorted(
            {theme for subject in dataset.subjects for theme in said.iris(subject, expand("dcat:theme"))}
        )
        periods = [found for subject in dataset.subjects if (found := period(said, subject)) is not None]
        languages = {
            language
            for node in (*dataset.subjects, *dataset.graphs)
            for language in said.iris(node, expand("dct:language"))
        }
        yield from about(
            iri,
            *self._common(iri, dataset_texts(dataset, self._said), dataset.graphs),
            ("dct:publisher", [ox.NamedNode(self._publisher(dataset))]),
            ("dct:creator", nodes(self._creators(dataset)[:1])),
            ("dcat:theme", nodes((*(PLAN_THEMES if is_plan else SCHEME_THEMES), *own_themes))),
            ("dct:subject", nodes(dataset.subjects)),
            ("dct:spatial", nodes(self._places(dataset))),
            ("dct:temporal", [ox.NamedNode(found.iri(CATALOGUE)) for found in periods]),
            ("dct:language", nodes(sorted(languages))),
            ("dct:isPartOf", [ox.NamedNode(WHOLE_DATASET)]),
            ("dcat:landingPage", nodes(self._pages(dataset))),
            (
                "prov:wasDerivedFrom",
                nodes(said.iris(dataset.main, expand("prov:wasDerivedFrom")) if subjects else []),
            ),
        )
        for found in periods:
            yield from found.triples(CATALOGUE)
        yield from self._distributions(iri, dataset.name, dataset.graphs)

    def _common(self, iri: str, texts: Texts, graphs: tuple[str, ...]) -> Iterator[tuple[str, Iterable[Value]]]:
        """Yield the properties that every dataset has."""
        yield "rdf:type", [term("dcat:Dataset"), term("void:Dataset")]
        yield "dct:title", texts.title
        yield "dct:description", texts.description
        yield "dct:identifier", [ox.Literal(iri)]
        yield "dcat:contactPoint", [ox.NamedNode(_CONTACT)]
        yield "dct:accessRights", [ox.NamedNode(PUBLIC)]
        yield "dct:license", nodes(self._licence(graphs))
        yield "dcat:keyword", FREE_KEYWORDS
        yield "dcat:version", [ox.Literal(self._manifest.release)]
        # The dates are those of this version; the data in it may be older.
        yield "dct:issued", date_time(self._manifest.built)
        yield "dct:modified", date_time(self._manifest.built)
        yield "void:subset", nodes(graphs)

    def _distributions(self, dataset: str, name: str | None, graphs: tuple[str, ...]) -> Iterator[ox.Triple]:
        whole = self._licence(graphs)
        files = [Distribution(dump, whole) for dump in dataset_dumps(name)]
        if name is not None:
            files += [Distribution(DumpFile(graph_dump(graph), TURTLE), self._licence((graph,))) for graph in graphs]
        for file in files:
            made = self._dumps.by_name.get(file.dump.name) if self._dumps is not None else None
            yield triple(dataset, "dcat:distribution", ox.NamedNode(dump_iri(file.dump.name)))
            yield from file.triples(CATALOGUE, made)
        endpoint = f"{dataset}/sparql"
        yield triple(dataset, "dcat:distribution", ox.NamedNode(endpoint))
        yield from about(
            endpoint,
            ("rdf:type", [term("dcat:Distribution")]),
            ("dct:title", SERVICE_TEXTS.title),
            ("dct:description", SERVICE_TEXTS.description),
            ("dcat:accessURL", [ox.NamedNode(SPARQL)]),
            ("dcat:accessService", [ox.NamedNode(SERVICE)]),
            ("dct:license", nodes(whole)),
        )

    def _subject(self, subject: str) -> Iterator[ox.Triple]:
        """Yield the labels, publisher and dates of the plan or scheme itself, which are not those of the dataset."""
        for name in ("rdf:type", "skos:prefLabel", "dct:title", "dct:publisher", "dct:issued", "dct:dateAccepted"):
            for value in self._said.objects(subject, expand(name)):
                if not isinstance(value, ox.BlankNode):
                    yield triple(subject, name, value)

    def _agent(self, iri: str) -> Iterator[ox.Triple]:
        said = self._said
        names = said.literals(iri, expand("foaf:name")) or said.literals(iri, expand("rdfs:label"))
        if iri == self._settings.publisher:
            names = [ox.Literal(self._settings.publisher_name)]
        yield from about(
            iri,
            ("rdf:type", [term("foaf:Agent")]),
            ("foaf:name", names or [ox.Literal(iri)]),
            ("dct:identifier", said.literals(iri, expand("dct:identifier"))[:1] or [ox.Literal(iri)]),
            ("foaf:homepage", nodes(said.iris(iri, expand("foaf:homepage"))[:1])),
        )

    def _location(self, place: str) -> Iterator[ox.Triple]:
        yield from about(
            place,
            ("rdf:type", [term("dct:Location")]),
            ("rdfs:label", self._said.literals(place, expand("rdfs:label"))),
        )

    def _agents(self, dataset: CatalogueDataset) -> set[str]:
        agents = {self._publisher(dataset), *self._creators(dataset)}
        return agents.union(*(self._said.iris(subject, expand("dct:publisher")) for subject in dataset.subjects))

    def _publisher(self, dataset: CatalogueDataset) -> str:
        """Return the publisher of the data: the creator of the main graph, else the publisher of the catalogue."""
        return next(iter(self._creators(dataset)), self._settings.publisher)

    def _creators(self, dataset: CatalogueDataset) -> list[str]:
        """Return the creators of the main graph; the graphs of the dataset of the rest have nothing in common."""
        if not dataset.subjects:
            return [self._settings.publisher]
        return self._said.iris(dataset.main, expand("dct:creator"))

    def _places(self, dataset: CatalogueDataset) -> list[str]:
        return sorted({place for s in dataset.subjects for place in self._said.iris(s, expand("dct:spatial"))})

    def _licence(self, graphs: tuple[str, ...]) -> list[str]:
        """Return the licences that all of `graphs` share: none, or usually one."""
        return list(self._datasets.sources(graphs).licences)

    def _pages(self, dataset: CatalogueDataset) -> list[str]:
        """Return the canonical URLs of the pages about the plans and schemes of a dataset."""
        return [document_iri(self._addresses.described_path(subject)) for subject in dataset.subjects]
