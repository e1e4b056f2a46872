"""The model of a document: the thing that it describes, and the requested profile."""

from dataclasses import dataclass

from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.linkeddata.addresses import described_iri
from plangraf.linkeddata.datasets import CatalogueDataset, Datasets
from plangraf.linkeddata.description import Description
from plangraf.linkeddata.sources import Sources
from plangraf.site.document.profiles import OWN, requested_profile


@dataclass(frozen=True)
class Document:
    """A document about a thing.

    Attributes:
        iri: the thing.
        path: the path of the document, without an ending.
        dataset: the dataset whose main graph describes the thing, if the thing is a plan or a scheme.
        profile: the IRI of the requested profile.
    """

    iri: str
    path: str
    dataset: CatalogueDataset | None
    profile: str


async def read_document(request: RecordingRequest, services: Services) -> Document:
    """Return the document at an address, without a check that the thing exists.

    Raises:
        RequestMalformed: the request names an unknown profile.
    """
    iri = described_iri(request.stem.removeprefix("/doc/"))
    dataset = (await services.facts.datasets()).about(iri)
    return Document(iri, request.stem, dataset, OWN if dataset is None else requested_profile(request))


def sources_of(datasets: Datasets, dataset: CatalogueDataset | None, described: Description | None) -> Sources:
    """Return the graphs behind the document about a thing.

    They are those of its dataset, for a plan or a scheme, else those with statements about the thing.

    Args:
        datasets: the datasets of the release.
        dataset: the dataset whose main graph describes the thing, if the thing is a plan or a scheme.
        described: the description of the thing, which is needed if it has no dataset.
    """
    if dataset is not None:
        return datasets.sources(dataset.graphs)
    return datasets.sources(described.describing, described.referring) if described else Sources()
