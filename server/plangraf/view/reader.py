"""Who reads: the language of the page and of the names on it."""

from dataclasses import dataclass

from plangraf.http.request import RecordingRequest
from plangraf.languages import ContentLanguage, InterfaceLanguage, interface_language, translations


@dataclass(frozen=True)
class Reader:
    """The language that the data's texts come in when they have it, and whether the address names it.

    A language that the address names goes along with every link; else the browser's preference decides anew.
    """

    content: ContentLanguage
    named: bool

    @classmethod
    def of(cls, request: RecordingRequest) -> "Reader":
        """Return the reader of the answer to a request: by the parameter `lang`, else by Accept-Language."""
        return cls(*request.content_language())

    @property
    def language(self) -> InterfaceLanguage:
        """The language of the interface, and so of the page; a text in another one is marked with its tag."""
        return interface_language(self.content)

    @property
    def languages(self) -> str:
        """The languages that the reader is given, as Content-Language has them (RFC 9110, section 8.5)."""
        return ", ".join(dict.fromkeys((self.language, self.content)))

    def gettext(self, message: str) -> str:
        """Return the interface's words for `message` in the reader's language."""
        return translations(self.language).gettext(message)

    def href(self, path: str, language: ContentLanguage | None = None) -> str:
        """Return the link to a path of this server, in another language if one is given."""
        if language is None and not self.named:
            return path
        base, hash_mark, fragment = path.partition("#")
        separator = "&" if "?" in base else "?"
        return f"{base}{separator}lang={language or self.content}{hash_mark}{fragment}"
