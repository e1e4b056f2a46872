"""The reader of a page: the languages of the interface and of labels."""

from dataclasses import dataclass, field

from plangraf.formats import CSV, SPREADSHEET
from plangraf.http.request import RecordingRequest
from plangraf.languages import InterfaceLanguage, translations
from plangraf.linkeddata.addresses import Addresses


@dataclass(frozen=True)
class Reader:
    """The preferred language of labels, and whether the parameter `lang` selects it.

    Links keep a language that `lang` selects; otherwise Accept-Language decides at each request.

    Attributes:
        content: the language of labels.
        named: whether `lang` selects it.
        addresses: the addresses of the release, for links to things.
    """

    content: InterfaceLanguage
    named: bool
    addresses: Addresses = field(default=Addresses(), compare=False)

    @classmethod
    def of(cls, request: RecordingRequest) -> "Reader":
        """Return the reader for a request: from the parameter `lang`, else from Accept-Language."""
        return cls(*request.content_language(), request.addresses)

    @property
    def language(self) -> InterfaceLanguage:
        """The language of the interface and of the page; texts in other languages are marked with their tag."""
        return self.content

    @property
    def languages(self) -> str:
        """The value of Content-Language (RFC 9110, section 8.5)."""
        return self.language

    def gettext(self, message: str) -> str:
        """Return the translation of `message` into the language of the interface."""
        return translations(self.language).gettext(message)

    @property
    def table_key(self) -> str:
        """The value of `?format=` for CSV; spreadsheets with Norwegian settings expect semicolons."""
        return (CSV if self.language == "en" else SPREADSHEET).key

    def table_href(self, path: str) -> str:
        """Return the link to a CSV file of this server: for readers of Norwegian, to CSV for spreadsheets."""
        separator = "&" if "?" in path else "?"
        return self.href(path if self.table_key == CSV.key else f"{path}{separator}format={self.table_key}")

    def href(self, path: str, language: InterfaceLanguage | None = None) -> str:
        """Return the link to a path of this server, in the reader's or another language."""
        if language is None and not self.named:
            return path
        base, hash_mark, fragment = path.partition("#")
        separator = "&" if "?" in base else "?"
        return f"{base}{separator}lang={language or self.content}{hash_mark}{fragment}"
