"""Wrong prefixes: one mistake in the declaration of a prefix is one result, at the line of the declaration."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rdflib import RDF, URIRef
from rdflib.term import Node

from plangraf.namespaces import SHAPES
from plangraf.sources.dataset import SourceFile
from plangraf.validation.result import Location, Result

# Rules about the beginning of an IRI, which a prefix may give to many.
_RULES = frozenset(URIRef(f"{SHAPES}#{name}") for name in ("Namespace", "SDGAddress", "Address"))
_NAMESPACE = URIRef(f"{SHAPES}#Namespace")
_DECLARATION = re.compile(
    rb"""(?im)^\s*@?prefix\s+[^\s:]*:\s*<([^<>\s]+)>"""  # Turtle, TriG
    rb"""|\bxmlns:[\w.-]+\s*=\s*["']([^"']+)["']"""  # RDF/XML
    rb"""|"[\w.-]*"\s*:\s*"([^"\s]+[/#:])\""""  # JSON-LD
)


class Declarations:
    """The namespaces that files declare, with the lines of their declarations.

    Args:
        files: the files.
    """

    def __init__(self, files: Iterable[SourceFile]) -> None:
        self._files = {file.path: file for file in files}
        self._found: dict[SourceFile, dict[str, int]] = {}

    def of(self, result: Result) -> tuple[str, int] | None:
        """Return the longest declared namespace of the term of a result, and its line in the file of the result."""
        file = self._files.get(result.location.path) if result.location is not None else None
        is_property = result.shape == _NAMESPACE and result.path != RDF.type
        term = str(result.path if is_property else result.value)
        if file is None:
            return None
        declared = self._declared(file)
        namespace = max((name for name in declared if term.startswith(name)), key=len, default=None)
        return (namespace, declared[namespace]) if namespace is not None else None

    def _declared(self, file: SourceFile) -> dict[str, int]:
        if file not in self._found:
            data = file.path.read_bytes() if file.content is None else file.content
            found: dict[str, int] = {}
            for match in _DECLARATION.finditer(data):
                name = next(group for group in match.groups() if group is not None).decode("utf-8", "replace")
                found.setdefault(name, data.count(b"\n", 0, match.end()) + 1)
            self._found[file] = found
        return self._found[file]


def one_for_each_prefix(results: Iterable[Result], files: Iterable[SourceFile]) -> Iterator[Result]:
    """Yield the results, of those about IRIs with one wrong prefix only the first, at the line of its declaration.

    Args:
        results: the results.
        files: the files that the results are about.
    """
    declarations = Declarations(files)
    seen: set[tuple[Node, object, str]] = set()
    for result in results:
        declared = declarations.of(result) if result.shape in _RULES else None
        if declared is None or result.location is None:
            yield result
            continue
        namespace, line = declared
        if (result.shape, result.location.path, namespace) not in seen:
            seen.add((result.shape, result.location.path, namespace))
            yield replace(result, location=Location(result.location.path, line))
