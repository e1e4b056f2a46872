"""Citations as RIS: a line for each tag, ended by CR and LF."""

from plangraf.citing.citation import Citation


def to_ris(citation: Citation) -> str:
    """Return an RIS record of the type DATA."""
    issued = citation.issued
    lines: list[tuple[str, str | None]] = [
        ("TY", "DATA"),
        ("ID", citation.key),
        *(("AU", author) for author in citation.authors),
        ("TI", citation.title),
        ("ST", citation.name if citation.beside else None),
        ("T2", citation.container),
        ("PY", f"{issued:%Y}" if issued else None),
        ("DA", f"{issued:%Y/%m/%d}" if issued else None),
        ("ET", citation.release),
        ("PB", citation.publisher),
        ("LA", citation.language),
        ("UR", citation.address),
        ("N1", citation.note),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value) + "ER  - \r\n"
