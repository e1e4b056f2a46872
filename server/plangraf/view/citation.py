"""Citations as one sentence, for pages."""

from dataclasses import dataclass

from plangraf.citing.citation import Citation
from plangraf.view.reader import Reader


@dataclass(frozen=True)
class CitationSentence:
    """A citation in three parts; the title is separate because its language may differ from the reader's."""

    before: str
    title: str
    language: str | None
    after: str


def citation_sentence(citation: Citation, reader: Reader) -> CitationSentence:
    """Return a citation as a sentence, without an access date."""
    authors = ", ".join(citation.authors)
    year = f" ({citation.issued.year})" if citation.issued else ""
    release = reader.gettext("Dataset, release {release}.").format(release=citation.release)
    publishers = [citation.container, None if citation.authors == (citation.publisher,) else citation.publisher]
    published = ", ".join(name for name in publishers if name)
    after = " ".join(part for part in (release, f"{published}." if published else "", citation.address) if part)
    language = citation.language if citation.language != reader.language else None
    if not authors:
        return CitationSentence("", citation.title, language, f"{year}. {after}")
    return CitationSentence(f"{authors}{year}. ", citation.title, language, f". {after}")
