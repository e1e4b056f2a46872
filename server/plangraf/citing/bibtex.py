"""A citation as BibTeX, for biblatex: an entry of the type `dataset`, in UTF-8."""

from plangraf.citing.citation import Citation

# What TeX reads as something else; a brace counts even behind a backslash, so that it needs its name.
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
    """Return an entry. The names of institutions and the capitals of titles are kept by a second pair of braces."""
    fields = {
        "author": " and ".join(f"{{{_escaped(author)}}}" for author in citation.authors),
        "title": f"{{{_escaped(citation.title)}}}",
        "shorttitle": f"{{{_escaped(citation.name)}}}" if citation.beside else None,
        "date": citation.issued.isoformat() if citation.issued else None,
        "version": citation.release,
        "series": f"{{{_escaped(citation.container)}}}" if citation.container else None,
        "publisher": f"{{{_escaped(citation.publisher)}}}",
        "url": citation.iri,  # biblatex takes it as it stands
        "langid": _LANGUAGES.get(citation.language or ""),
        "note": _escaped(citation.note) if citation.note else None,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@dataset{{{citation.key},\n{lines}}}\n"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)
