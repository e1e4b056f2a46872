"""Citations of a release, a dataset or a thing.

A citation refers to the data about a thing, in one release. Its author is an institution: the publisher of the plan,
or the creator of the claim or the graph. The fallback is the publisher of the catalogue, which is also the author for
things with IRIs of others (the SDGs), because the document about them is ours.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

import pyoxigraph as ox

from plangraf.languages import InterfaceLanguage, preferred, translations
from plangraf.linkeddata.addresses import DOCUMENTS, Addresses, document_iri, own_iri, with_release
from plangraf.linkeddata.catalogue import CATALOGUE, CATALOGUE_PATH, WHOLE_DATASET, dataset_iri
from plangraf.linkeddata.datasets import CatalogueDataset, Datasets
from plangraf.linkeddata.sources import Sources
from plangraf.linkeddata.statements import Statements
from plangraf.linkeddata.texts import CATALOGUE_TEXTS, dataset_texts
from plangraf.namespaces import BASE, DOC, GRAPH, ID, ONTOLOGY, compact, expand
from plangraf.release.release import Manifest
from plangraf.settings import Settings
from plangraf.uri_spaces import space_of

CITE_PATH = "/cite"
ONTOLOGY_PATH = ONTOLOGY.removeprefix(BASE)
_KEYS = (
    (ID, "plangraf"),
    (f"{WHOLE_DATASET}/", "plangraf-dataset"),
    (GRAPH, "plangraf-graph"),
    (DOC, "plangraf-doc"),
    (f"{BASE}/", "plangraf-page"),
)
_UNSAFE = re.compile(r"[^A-Za-z0-9./_-]+")


@dataclass(frozen=True)
class Citation:
    """The fields of a citation. Every text is on one line; a field without a value is None or empty.

    Attributes:
        key: the citation key, the same in every release and language.
        name: the label of the thing, with its notation.
        beside: an addition to the name: the official title of a plan, or the plan that contains the thing.
        language: the language tag of the name, or None.
        authors: the names of institutions.
        container: the title of the catalogue, unless the catalogue itself is cited.
        publisher: the name of the publisher of the catalogue.
        release: the identifier of the release.
        issued: the date of the release, in UTC.
        iri: the canonical IRI, which is the same on every server.
        licence: the IRI of the licence.
        note: the licence as text.
        document: the address of the document about the thing, if its IRI leads to none of a server of Plangraf.
    """

    key: str
    name: str
    beside: str | None
    language: str | None
    authors: tuple[str, ...]
    container: str | None
    publisher: str
    release: str
    issued: date | None
    iri: str
    licence: str | None
    note: str | None
    document: str | None = None

    @property
    def title(self) -> str:
        """The name with the addition in brackets, as one title, which every citation style prints."""
        return f"{self.name} ({self.beside})" if self.beside else self.name

    @property
    def address(self) -> str:
        """The address that leads to the thing in the release that is cited."""
        return with_release(self.document or self.iri, self.release)

    @property
    def file_name(self) -> str:
        """The file name for a download, without an extension."""
        return re.sub(r"[^A-Za-z0-9.]+", "-", self.key).strip("-.")


def cite_path(path: str) -> str | None:
    """Return the path of the citation page for the page at `path`, or None if there is none."""
    if path == CATALOGUE_PATH:
        return CITE_PATH
    cited = path == ONTOLOGY_PATH or path.startswith((f"{DOCUMENTS}/", f"{DOCUMENTS}?", "/graph/"))
    return f"{CITE_PATH}{path}" if cited else None


class Citations:
    """The citations of one release.

    Args:
        datasets: the datasets of the release.
        manifest: the manifest of the release.
        settings: the publisher of the catalogue.
    """

    def __init__(self, datasets: Datasets, manifest: Manifest, settings: Settings) -> None:
        self._datasets = datasets
        self._manifest = manifest
        self._settings = settings

    def of_release(self, language: InterfaceLanguage) -> Citation:
        """Return the citation of the release as a whole."""
        return self._citation(
            CATALOGUE, CATALOGUE_TEXTS.title, self._own_name, self._datasets.licence(self._datasets.graphs), language
        )

    def of_dataset(self, dataset: CatalogueDataset, language: InterfaceLanguage) -> Citation:
        """Return the citation of a dataset of the catalogue; its authors are the creators of the data."""
        said = self._datasets.statements
        creators = said.iris(dataset.main, expand("dct:creator")) if dataset.subjects else ()
        authors = self._named(said, creators, language) or self._own_name
        titles = dataset_texts(dataset, said).title
        return self._citation(
            dataset_iri(dataset.name), titles, authors, self._datasets.licence(dataset.graphs), language
        )

    def of_thing(
        self, said: Statements, iri: str, language: InterfaceLanguage, sources: Sources | None = None
    ) -> Citation:
        """Return the citation of a thing or a named graph.

        Args:
            said: the statements about the thing, and the labels of connected things.
            iri: the IRI of the thing.
            language: the language of the reader.
            sources: the graphs behind the thing; by default those of its dataset, or the thing itself as a graph.
        """
        schemes = said.iris(iri, expand("skos:inScheme"))
        here = (iri, *schemes)
        beside = preferred(self._besides(said, iri, schemes), language)
        graphs = next((d.graphs for d in self._datasets.datasets if set(here) & set(d.subjects)), (iri,))
        return self._citation(
            iri,
            said.names(iri),
            self._authors(said, iri, schemes, language),
            (sources or self._datasets.sources(graphs)).licence,
            language,
            notation=said.text(iri, expand("skos:notation")),
            beside=beside.value if beside else None,
        )

    def _besides(self, said: Statements, iri: str, schemes: list[str]) -> list[ox.Literal]:
        """Return the official titles of a plan or scheme, or the labels of the plans or schemes of a thing."""
        if not schemes:
            return said.literals(iri, expand("dct:title"))
        return said.names(schemes[0]) or self._datasets.statements.names(schemes[0])

    def _authors(
        self, said: Statements, iri: str, schemes: list[str], language: InterfaceLanguage
    ) -> tuple[str, ...]:
        if own_iri(iri) != iri:
            return self._own_name
        for subject, statements in ((iri, said), *((scheme, self._datasets.statements) for scheme in schemes)):
            for role in ("dct:publisher", "dct:creator"):
                if agents := statements.iris(subject, expand(role)):
                    return self._named(statements, agents, language)
        return self._own_name

    @property
    def _own_name(self) -> tuple[str, ...]:
        return (self._settings.publisher_name,)

    def _named(self, said: Statements, agents: Iterable[str], language: InterfaceLanguage) -> tuple[str, ...]:
        """Return the names of institutions; those without a name are left out."""
        names: list[str] = []
        for agent in agents:
            if agent == self._settings.publisher:
                names.append(self._settings.publisher_name)
                continue
            known = said.names(agent) or self._datasets.statements.names(agent)
            name = preferred(known or said.literals(agent, expand("foaf:name")), language)
            names += [name.value] if name else []
        return tuple(names)

    def _citation(
        self,
        iri: str,
        names: Iterable[ox.Literal],
        authors: tuple[str, ...],
        licence: str | None,
        language: InterfaceLanguage,
        *,
        notation: str | None = None,
        beside: str | None = None,
    ) -> Citation:
        _ = translations(language).gettext
        best = preferred(names, language)
        name = best.value if best else compact(iri).strip("<>")
        cited = own_iri(iri)
        container = preferred(CATALOGUE_TEXTS.title, language)
        return Citation(
            key=_key(cited),
            name=_line(f"{notation} {name}" if notation else name),
            beside=_line(beside) if beside and _line(beside) != _line(name) else None,
            language=best.language if best else None,
            authors=tuple(_line(author) for author in authors),
            container=container.value if container and iri != CATALOGUE else None,
            publisher=_line(self._settings.publisher_name),
            release=self._manifest.release,
            issued=self._manifest.built.date() if self._manifest.built else None,
            iri=cited,
            licence=licence,
            note=f"{_('Licence')}: {licence}" if licence else None,
            document=document_iri(Addresses().described_path(cited)) if self._is_foreign(cited) else None,
        )

    def _is_foreign(self, iri: str) -> bool:
        """Return whether an IRI leads to no server of Plangraf: neither Plangraf nor a publisher here declares it."""
        return not iri.startswith(f"{BASE}/") and space_of(iri, self._manifest.uri_spaces.values()) is None


def _key(iri: str) -> str:
    """Return a citation key that BibTeX accepts and that is unique to the IRI."""
    if iri == CATALOGUE:
        return "plangraf"
    start, kind = next(((start, kind) for start, kind in _KEYS if iri.startswith(start)), ("", "other"))
    path = iri.removeprefix(start)
    safe = _UNSAFE.sub("-", unicodedata.normalize("NFKD", unquote(path)).encode("ascii", "ignore").decode())
    return f"{kind}:{safe}" if safe == path else f"{kind}:{safe}-{hashlib.sha256(iri.encode()).hexdigest()[:8]}"


def _line(text: str) -> str:
    """Return a text on one line, without control characters."""
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in text).split())
