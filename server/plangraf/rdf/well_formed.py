"""Whether texts that a person writes can stand in RDF."""

import pyoxigraph as ox


def is_language_tag(text: str) -> bool:
    """Return whether a text is the language tag of a literal that RDF allows."""
    try:
        ox.Literal("", language=text)
    except ValueError:
        return False
    return True


def is_web_address(text: str) -> bool:
    """Return whether a text is an absolute IRI with http or https, as a link to it needs."""
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return text.startswith(("http://", "https://"))
