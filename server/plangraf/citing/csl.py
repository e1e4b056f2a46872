"""Citations as CSL-JSON, the input of citation processors (CSL 1.0.2, csl-data)."""

from plangraf.citing.citation import Citation


def to_csl(citation: Citation) -> list[dict[str, object]]:
    """Return a list of one item, as the schema requires; the licence is in the note, as CSL has no field for it."""
    issued = citation.issued
    item: dict[str, object] = {
        "id": citation.key,
        "type": "dataset",
        "title": citation.title,
        "title-short": citation.name if citation.beside else None,
        "author": [{"literal": author} for author in citation.authors],
        "issued": {"date-parts": [[issued.year, issued.month, issued.day]]} if issued else None,
        "version": citation.release,
        "container-title": citation.container,
        "publisher": citation.publisher,
        "language": citation.language,
        "URL": citation.address,
        "note": citation.note,
    }
    return [{name: value for name, value in item.items() if value}]
