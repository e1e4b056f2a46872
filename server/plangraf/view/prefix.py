"""The addresses in a page that is published below a path of its host."""

import re

# Values in a page have their quotation marks escaped, so this matches attributes alone.
_LOCAL = re.compile(r'( (?:href|src|action|data-suggestions)=")(?=/(?!/))')


def with_prefix(html: str, prefix: str) -> str:
    """Return a page whose links, forms and files of this server begin with `prefix`.

    Templates and handlers write addresses from the root of the server; only here does a page know where that is.

    Args:
        html: the page.
        prefix: the path below which the server is published, without a slash at its end; it may be empty.
    """
    return _LOCAL.sub(lambda match: match[1] + prefix, html) if prefix else html
