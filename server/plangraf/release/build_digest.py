"""The build digest: a hash of the code, the libraries and the shapes that a build uses.

With the same digest, the same data give the same release. The version number of Plangraf does not suffice, because
the code of a checkout changes without it.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

from plangraf import shipped
from plangraf.errors import InputError
from plangraf.validation.files import shape_files

_PACKAGE = Path(shipped.__file__).parent
_CODE = frozenset({".py", ".rq", ".ttl", ".po"})
# The libraries that parse, derive and validate; the last one, for language detection, is optional.
_LIBRARIES = ("pyoxigraph", "rdflib", "pyshacl", "lingua-language-detector")


def build_digest(shapes: Iterable[Path]) -> str:
    """Return a hash of the package's code, the versions of the libraries, and the shape files with their names.

    Args:
        shapes: files and folders of shapes.

    Raises:
        InputError: a shape file cannot be read.
    """
    digest = hashlib.sha256(f"{_package_digest()}\n".encode())
    for path in shapes:
        for file in shape_files(path):
            try:
                content = file.read_bytes()
            except OSError as error:
                raise InputError(f"cannot be read: {error.strerror}", file) from error
            _update(digest, file.relative_to(path) if file != path else Path(file.name), content)
    return digest.hexdigest()


def code_digest(folder: Path) -> str:
    """Return a hash of the modules, queries, Turtle files and translations below `folder`, with their names.

    The shipped ontology, data and shapes in a wheel are left out; the digests of parts and shapes cover them.
    """
    digest = hashlib.sha256()
    for file in sorted(_code_files(folder)):
        _update(digest, file.relative_to(folder), file.read_bytes())
    return digest.hexdigest()


def _update(digest: "hashlib._Hash", name: Path, content: bytes) -> None:
    digest.update(f"{name.as_posix()}\n{len(content)}\n".encode())
    digest.update(content)


@cache
def _package_digest() -> str:
    versions = " ".join(f"{library} {_version(library)}" for library in _LIBRARIES)
    return f"{code_digest(_PACKAGE)} {versions}"


def _code_files(folder: Path) -> Iterable[Path]:
    for path in folder.iterdir():
        if path.suffix in _CODE:
            yield path
        elif path.is_dir() and path != shipped.ROOT:
            yield from _code_files(path)


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "none"
