"""The distributions of a dataset: one for each dump, with its checksum."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.linkeddata.addresses import document_iri
from plangraf.linkeddata.authorities import COMPRESSED, FILE_TYPES, media_type_iri
from plangraf.linkeddata.triples import about, nodes, term
from plangraf.release.dumps import Dump, DumpFile

_SIZE = term("xsd:nonNegativeInteger")


def dump_iri(name: str) -> str:
    """Return the download URL of the dump `name`, which is also its IRI."""
    return document_iri(f"/dumps/{name}")


@dataclass(frozen=True)
class Distribution:
    """A dump as a distribution of a dataset.

    Attributes:
        dump: the dump.
        licence: the IRI of the licence, if one licence covers all graphs.
    """

    dump: DumpFile
    licence: list[str]

    def triples(self, catalogue: str, made: Dump | None) -> Iterator[ox.Triple]:
        """Yield the description of the distribution.

        The datatype of the size is that of DCAT 3 and DCAT-AP-NO 3; their versions 2 asked for xsd:decimal.

        Args:
            catalogue: the IRI of the catalogue.
            made: the dump, for size and checksum; None if it has not been written.
        """
        iri, rdf_format = dump_iri(self.dump.name), self.dump.format
        checksum = f"{catalogue}#checksum/{self.dump.name}"
        form = f"{rdf_format.label} (gzip)" if self.dump.compressed else rdf_format.label
        nb, en = "Grafene", "The graphs"
        if self.dump.merged:
            nb, en = "Grafene slått sammen, med det som er avledet,", "The graphs merged, with what is derived,"
        yield from about(
            iri,
            ("rdf:type", [term("dcat:Distribution")]),
            ("dct:title", [ox.Literal(form, language=tag) for tag in ("nb", "en")]),
            (
                "dct:description",
                [
                    ox.Literal(f"{nb} som {form}.", language="nb"),
                    ox.Literal(f"{en} as {form}.", language="en"),
                ],
            ),
            ("dcat:accessURL", nodes([iri])),
            ("dcat:downloadURL", nodes([iri])),
            ("dct:format", nodes([FILE_TYPES[rdf_format]])),
            ("dcat:mediaType", nodes([media_type_iri(rdf_format.media_type)])),
            ("dcat:compressFormat", nodes([media_type_iri(COMPRESSED)] if self.dump.compressed else [])),
            ("dct:license", nodes(self.licence)),
            ("dcat:byteSize", [ox.Literal(str(made.size), datatype=_SIZE)] if made else []),
            ("spdx:checksum", nodes([checksum] if made else [])),
        )
        if made is not None:
            yield from about(
                checksum,
                ("rdf:type", [term("spdx:Checksum")]),
                ("spdx:algorithm", [term("spdx:checksumAlgorithm_sha256")]),
                ("spdx:checksumValue", [ox.Literal(made.sha256, datatype=term("xsd:hexBinary"))]),
            )
