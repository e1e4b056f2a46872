"""Names for the files that clients save responses in (RFC 6266)."""

from urllib.parse import quote

_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


def inline(name: str) -> str:
    """Return the value of Content-Disposition for a response that is shown, and saved under `name`.

    Args:
        name: the name of the file. Characters outside ASCII are given in `filename*`, and replaced in `filename`.
    """
    return _disposition("inline", name)


def attachment(name: str) -> str:
    """Return the value of Content-Disposition for a response that is saved under `name` and not shown."""
    return _disposition("attachment", name)


def _disposition(kind: str, name: str) -> str:
    plain = "".join(character if character in _SAFE else "-" for character in name)
    extended = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    return f'{kind}; filename="{plain}"{extended}'


def file_name(release: str, path: str, extension: str) -> str:
    """Return a file name that says of which release, and of what, its content is.

    Args:
        release: the identifier of the release.
        path: the path of the resource, without an extension, such as `/browse/themes`.
        extension: the extension, without a dot.
    """
    of = path.strip("/").replace("/", "-")
    return f"plangraf-{release}{'-' if of else ''}{of}.{extension}"
