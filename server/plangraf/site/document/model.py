"""The model of a document: the thing that it describes, and the requested profile."""

from dataclasses import dataclass

from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.linkeddata.addresses import DOCUMENTS
from plangraf.linkeddata.datasets import CatalogueDataset, Datasets
from plangraf.linkeddata.description import Description
from plangraf.linkeddata.sources import Sources
from plangraf.namespaces import expand
from plangraf.site.document.profiles import OWN, PROFILES, TREE, DocumentProfile, requested_profile


@dataclass(frozen=True)
class Document:
    """A document about a thing.

    Attributes:
        iri: the thing.
        path: the path of the document, without an ending.
        dataset: the dataset whose main graph describes the thing, if the thing is a plan or a scheme.
        profiles: the profiles of the document, the default first.
        profile: the requested one.
    """

    iri: str
    path: str
    dataset: CatalogueDataset | None
    profiles: tuple[DocumentProfile, ...]
    profile: DocumentProfile


async def read_document(request: RecordingRequest, services: Services) -> Document:
    """Return the document at an address, without a check that the thing exists.

    Raises:
        RequestMalformed: the request names a profile that the document does not have.
    """
    iri = services.addresses.described_iri(request.stem.removeprefix(f"{DOCUMENTS}/"))
    return await document_about(iri, request.stem, request, services)


async def document_about(iri: str, path: str, request: RecordingRequest, services: Services) -> Document:
    """Return the document about a thing, without a check that the thing exists.

    Args:
        iri: the thing.
        path: the path of the document, without an ending.
        request: the request, which may name a profile.
        services: the services of the release.

    Raises:
        RequestMalformed: the request names a profile that the document does not have.
    """
    datasets = await services.facts.datasets()
    dataset, is_plan = datasets.about(iri), expand("plan:Plan") in datasets.statements.types(iri)
    # A document has a profile for the dataset only if there is one, and a tree only if it is about a plan.
    profiles = (OWN,) if dataset is None else tuple(one for one in PROFILES if is_plan or one != TREE)
    return Document(iri, path, dataset, profiles, requested_profile(request, profiles))


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
