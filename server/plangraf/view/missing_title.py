"""Names that say that the title is missing, as workbooks and our own transcriptions give them."""

from plangraf.languages import INTERFACE_LANGUAGES, N_, translations

_NOTICE = N_("title missing")
_NOTICES = tuple(translations(language).gettext(_NOTICE) for language in INTERFACE_LANGUAGES)


def says_title_is_missing(name: str) -> bool:
    """Return whether a name says so in a language of the interface, so that a page need not say it again."""
    return any(notice in name.casefold() for notice in _NOTICES)
