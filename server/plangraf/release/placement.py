"""The graphs in which files are published that lie anywhere on the disk.

A folder of data has a folder for each publisher, and this one for each plan; the path gives the graph. What is
published is often a part of it, the folder of one plan or a file: then the graphs that the files describe, with their
`plan:graphRole`, tell where in the folder of data they belong.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from plangraf.errors import InputError
from plangraf.namespaces import GRAPH, expand, is_derived_graph
from plangraf.sources.dataset import ListedFile, list_files
from plangraf.sources.workbook_file import WorkbookFile

_ROLE = ox.NamedNode(expand("plan:graphRole"))
_UNIT = 2
"""The number of segments in the graph of a plan: the publisher and the plan."""


@dataclass(frozen=True)
class Placement:
    """Files with their graphs, and the graphs that they replace.

    Attributes:
        files: the files.
        replaced: the IRIs of graphs that are replaced, with all graphs below those that have a plan in their path.
        alone: the IRIs of graphs that are replaced while those below them stay.
    """

    files: tuple[ListedFile, ...]
    replaced: frozenset[str]
    alone: frozenset[str] = frozenset()

    def replaces(self, graph: str) -> bool:
        """Return whether the files replace the graph with this IRI."""
        return graph in self.alone or any(covers(given, graph) for given in self.replaced)


def covers(given: str, graph: str) -> bool:
    """Return whether `graph` is the graph `given`, or belongs to it: the graphs below that of a plan do."""
    return graph == given or (_depth(given) >= _UNIT and graph.startswith(f"{given}/"))


def place(paths: Sequence[Path]) -> Placement:
    """Return the files among `paths` and in the folders among them, with the graphs in which they are published.

    A folder of one or more plans replaces all graphs of these plans; a file or a folder within a plan replaces only
    its graphs.

    Raises:
        InputError: a path does not exist, a folder holds no RDF file, a file cannot be read or parsed, or it is not
            known to which graph a file belongs, or that graph cannot be one of data.
    """
    placements = [_place(path) for path in paths]
    for placement in placements:
        for file in placement.files:
            _refuse_unusable(file)
    return Placement(
        tuple(file for placement in placements for file in placement.files),
        frozenset(graph for placement in placements for graph in placement.replaced),
        frozenset(graph for placement in placements for graph in placement.alone),
    )


def _place(path: Path) -> Placement:
    files = list_files([path])
    if len(files) == 1 and isinstance(files[0], WorkbookFile) and files[0].path == path:
        graph = files[0].plan_graph()
        return Placement((replace(files[0], graph=graph, placed=True),), frozenset({graph}))
    if not path.is_dir():
        described = _described(files[0])
        if len(described) != 1:
            raise InputError(
                f"describes {len(described)} graphs, and a file that is published describes the one that it belongs "
                f"to: <{GRAPH}PUBLISHER/PLAN> plan:graphRole plan:PublishersText; or publish its folder",
                path,
            )
        graph = described.pop()
        return Placement((replace(files[0], graph=graph, placed=True),), frozenset(), frozenset({graph}))
    above = _folders_above(path, files)
    placed = tuple(
        replace(file, graph=file.plan_graph() if isinstance(file, WorkbookFile) else _graph(above, path, file))
        for file in files
    )
    if len(above) > _UNIT:
        return Placement(placed, frozenset({GRAPH + quote("/".join(above))}))
    return Placement(placed, frozenset(unit(file.graph) for file in placed))


def _refuse_unusable(file: ListedFile) -> None:
    """Refuse a file whose graph cannot be that of data.

    Raises:
        InputError: a segment of the path of the graph is empty, or it is the graph of what is derived.
    """
    path = file.graph.removeprefix(GRAPH)
    if not all(path.split("/")):
        raise InputError(f"belongs to the graph <{file.graph}>, in which a name is empty", file.path)
    if is_derived_graph(file.graph):
        raise InputError(
            f"belongs to the graph <{file.graph}>, which is made when a release is built; "
            "give its folder another name",
            file.path,
        )


def unit(graph: str) -> str:
    """Return the IRI of the graph of the plan that a graph belongs to, or of the publisher."""
    return GRAPH + "/".join(graph.removeprefix(GRAPH).split("/")[:_UNIT])


def _folders_above(root: Path, files: Sequence[ListedFile]) -> tuple[str, ...]:
    """Return the names of `root` and of folders above it that are in the paths of the graphs, outermost first."""
    names = root.resolve().parts[1:]
    for file in files:
        described = set() if isinstance(file, WorkbookFile) else _described(file)
        if not described:
            continue
        for count in range(min(len(names), _UNIT + 1) + 1):
            above = names[len(names) - count :]
            if _graph(above, root, file) in described:
                return above
        raise InputError(
            f"describes the graph <{min(described)}>, but its folder has another path: "
            "the path of a file below the folder of data is the path of its graph",
            file.path,
        )
    return ()


def _graph(above: tuple[str, ...], root: Path, file: ListedFile) -> str:
    """Return the graph of a file in `root`, if the folder of data is above the folders `above`."""
    parts = (*above, *file.path.parent.relative_to(root).parts)
    return GRAPH + quote("/".join(parts)) if parts else file.graph


def _described(file: ListedFile) -> set[str]:
    return {
        quad.subject.value
        for quad in file.read().quads
        if quad.predicate == _ROLE and isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(GRAPH)
    }


def _depth(graph: str) -> int:
    return len(graph.removeprefix(GRAPH).split("/"))
