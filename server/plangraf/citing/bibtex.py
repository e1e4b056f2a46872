"""Citations as BibTeX for biblatex: an entry of the type `dataset`, in UTF-8."""

from plangraf.citing.citation import Citation

# Characters that are special in TeX; braces count even after a backslash, so they are written by name.
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "$&#%_"},
    }
)
_LANGUAGES = {"nb": "norsk", "nn": "nynorsk", "en": "english"}


def to_bibtex(citation: Citation) -> str:
    """Return a BibTeX entry; double braces protect names of institutions and the case of titles."""
    fields = {
        "author": " and ".join(f"{{{_escaped(author)}}}" for author in citation.authors),
        "title": f"{{{_escaped(citation.title)}}}",
        "shorttitle": f"{{{_escaped(citation.name)}}}" if citation.beside else None,
        "date": citation.issued.isoformat() if citation.issued else None,
        "version": citation.release,
        "series": f"{{{_escaped(citation.container)}}}" if citation.container else None,
        "publisher": f"{{{_escaped(citation.publisher)}}}",
        "url": citation.address,  # biblatex needs no escapes in a URL
        "langid": _LANGUAGES.get(citation.language or ""),
        "note": _escaped(citation.note) if citation.note else None,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@dataset{{{citation.key},\n{lines}}}\n"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)
