"""Titles and descriptions of the catalogue and its datasets, in bokmål and in English."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.linkeddata.datasets import CatalogueDataset
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import expand


@dataclass(frozen=True)
class Texts:
    """A title and a description, in bokmål and in English."""

    title: tuple[ox.Literal, ...]
    description: tuple[ox.Literal, ...]


CATALOGUE_TEXTS = Texts(
    (
        ox.Literal("Kommunale planer som lenkede åpne data", language="nb"),
        ox.Literal("Municipal plans as linked open data", language="en"),
    ),
    (
        ox.Literal("Planer med mål og koblinger til FNs bærekraftsmål, og det de viser til.", language="nb"),
        ox.Literal(
            "Plans with goals and links to the UN Sustainable Development Goals, and what they refer to.",
            language="en",
        ),
    ),
)
WHOLE_TEXTS = Texts(
    (
        ox.Literal("Alle planer og begreper, med alle navngitte grafer", language="nb"),
        ox.Literal("All plans and concepts, with all named graphs", language="en"),
    ),
    (
        ox.Literal(
            "Hele utgaven: alle de andre datasettene, organisasjonene, vokabularet og det utledede.", language="nb"
        ),
        ox.Literal(
            "The whole release: all the other datasets, the organisations, the vocabulary and what is derived.",
            language="en",
        ),
    ),
)
SERVICE_TEXTS = Texts(
    (ox.Literal("SPARQL-endepunkt", language="nb"), ox.Literal("SPARQL endpoint", language="en")),
    (
        ox.Literal("Svarer på SPARQL 1.1-spørringer om alle datasettene.", language="nb"),
        ox.Literal("Answers SPARQL 1.1 queries on all the datasets.", language="en"),
    ),
)
REST_TEXTS = Texts(
    (
        ox.Literal("Organisasjoner, vokabular og utledede utsagn", language="nb"),
        ox.Literal("Organisations, vocabulary and derived statements", language="en"),
    ),
    (
        ox.Literal(
            "De navngitte grafene som ikke hører til én plan eller ett begrepssystem: utgiverne, vokabularet og det "
            "utledede.",
            language="nb",
        ),
        ox.Literal(
            "The named graphs that belong to no single plan or scheme: the publishers, the vocabulary and what is "
            "derived.",
            language="en",
        ),
    ),
)
_ABOUT = {
    "nb": "Kommunal planlegging og FNs bærekraftsmål som lenkede data, i navngitte grafer",
    "en": "Municipal planning and the UN Sustainable Development Goals as linked data, in named graphs",
}
"""The beginning of the description where the graph has none; search engines ask for 50 letters at least."""
_UNTITLED = {"nb": "Lenkede data i navngitte grafer", "en": "Linked data in named graphs"}


def dataset_texts(dataset: CatalogueDataset, said: Statements) -> Texts:
    """Return the title and the description of a dataset, which are those of its main graph.

    The note of the graph, on how its statements came to be, follows the description.
    """
    if not dataset.subjects:
        return REST_TEXTS
    titles = _one_a_language(said.literals(dataset.main, expand("dct:title")))
    if not titles:
        titles = _one_a_language(name for subject in dataset.subjects for name in said.names(subject))
    if not titles:
        titles = {tag: f"{text}: {dataset.name}" for tag, text in _UNTITLED.items()}
    descriptions = {tag: f"{text}: {len(dataset.graphs)}." for tag, text in _ABOUT.items()}
    descriptions |= _one_a_language(said.literals(dataset.main, expand("dct:description")))
    notes = _one_a_language(said.literals(dataset.main, expand("skos:note")))
    return Texts(
        tuple(ox.Literal(text, language=tag) for tag, text in titles.items()),
        tuple(ox.Literal(f"{text} {notes.get(tag, '')}".strip(), language=tag) for tag, text in descriptions.items()),
    )


def _one_a_language(texts: Iterable[ox.Literal]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts:
        if text.language is not None:
            found.setdefault(text.language, text.value)
    return found
