"""Describe how a dataset is had: each dump as a distribution, with the checksum of its bytes."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.formats import Format
from plangraf.linkeddata.addresses import document_iri
from plangraf.linkeddata.authorities import COMPRESSED, FILE_TYPES, media_type_iri
from plangraf.linkeddata.triples import about, nodes, term
from plangraf.release.dumps import Dump


def dump_iri(name: str) -> str:
    """Return the IRI at which the dump `name` is downloaded."""
    return document_iri(f"/dumps/{name}")


@dataclass(frozen=True)
class Distribution:
    """A dump as a distribution of a dataset.

    Attributes:
        dump: its name.
        format: what the graphs are written in.
        compressed: whether that is compressed.
        licence: the IRI of its licence, if there is one for all of it.
    """

    dump: str
    format: Format
    compressed: bool
    licence: list[str]

    def triples(self, catalogue: str, made: Dump | None) -> Iterator[ox.Triple]:
        """Yield its description.

        The size is left out: DCAT-AP-NO 2 asks for another datatype than DCAT 3, and HTTP tells it.

        Args:
            catalogue: the IRI of the catalogue that it stands in.
            made: the file, once it has been made, for the checksum.
        """
        iri = dump_iri(self.dump)
        checksum = f"{catalogue}#checksum/{self.dump}"
        form = f"{self.format.label} (gzip)" if self.compressed else self.format.label
        yield from about(
            iri,
            ("rdf:type", [term("dcat:Distribution")]),
            ("dct:title", [ox.Literal(form, language=tag) for tag in ("nb", "en")]),
            (
                "dct:description",
                [
                    ox.Literal(f"Grafene som {form}.", language="nb"),
                    ox.Literal(f"The graphs as {form}.", language="en"),
                ],
            ),
            ("dcat:accessURL", nodes([iri])),
            ("dcat:downloadURL", nodes([iri])),
            ("dct:format", nodes([FILE_TYPES[self.format]])),
            ("dcat:mediaType", nodes([media_type_iri(self.format.media_type)])),
            ("dcat:compressFormat", nodes([media_type_iri(COMPRESSED)] if self.compressed else [])),
            ("dct:license", nodes(self.licence)),
            ("spdx:checksum", nodes([checksum] if made else [])),
        )
        if made is not None:
            yield from about(
                checksum,
                ("rdf:type", [term("spdx:Checksum")]),
                ("spdx:algorithm", [term("spdx:checksumAlgorithm_sha256")]),
                ("spdx:checksumValue", [ox.Literal(made.sha256, datatype=term("xsd:hexBinary"))]),
            )
