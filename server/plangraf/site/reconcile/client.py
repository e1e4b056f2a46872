"""The language of a client, in which entities, types and properties have their names."""

from dataclasses import dataclass

from plangraf.http.request import RecordingRequest
from plangraf.languages import INTERFACE_LANGUAGES, InterfaceLanguage


@dataclass(frozen=True)
class ClientLanguage:
    """The language of a client.

    Attributes:
        language: the language that the client asks for.
        named: whether the address names it; otherwise names are in the language of what has been matched.
    """

    language: InterfaceLanguage
    named: bool

    @classmethod
    def of(cls, request: RecordingRequest) -> "ClientLanguage":
        """Return the language of a request: from the parameter `lang`, else from Accept-Language."""
        return cls(*request.content_language())

    def among(self, tag: str) -> InterfaceLanguage:
        """Return the language of the name of a candidate whose matching name has a language tag."""
        return self.language if self.named or tag not in INTERFACE_LANGUAGES else tag

    def address(self, path: str) -> str:
        """Return a path, with the language if the address of the client names it."""
        mark = "&" if "?" in path else "?"
        return f"{path}{mark}lang={self.language}" if self.named else path
