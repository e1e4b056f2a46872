"""All that the processes of a server inherit from the supervisor."""

import socket
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from plangraf import shipped
from plangraf.engine.embedded import policy
from plangraf.engine.limits import Limits
from plangraf.engine.schedule import Policy
from plangraf.rdf.canonical import canonical_triples
from plangraf.settings import Settings
from plangraf.sources.dataset import read_dataset
from plangraf.sparql.examples import ExampleQueryFile, load_examples
from plangraf.validation.files import shape_files


@dataclass(frozen=True)
class Configuration:
    """The settings of a server, with what it has read of the package and opened at its start.

    Attributes:
        settings: the settings; memory and workers are totals of the server.
        fronts: the number of fronts.
        folder: the folder of the temporary files of the server.
        jobs: the listening socket of the background process.
        shapes: the triples of the shapes.
        examples: the example queries.
    """

    settings: Settings
    fronts: int
    folder: Path
    jobs: socket.socket
    shapes: tuple[ox.Triple, ...]
    examples: tuple[ExampleQueryFile, ...]

    @property
    def limits(self) -> Limits:
        """The limits of each query."""
        return query_limits(self.settings)

    @property
    def front_settings(self) -> Settings:
        """The settings of one front, with its share of the memory."""
        return self.settings.model_copy(
            update={
                "cache_size": self.settings.cache_size // self.fronts,
                "page_cache_size": self.settings.page_cache_size // self.fronts,
            }
        )

    def policy(self, front: int) -> Policy:
        """Return the scheduling policy of a front, with its share of the workers.

        Args:
            front: the number of the front, counted from 0.
        """
        total = policy(self.settings.workers).workers
        share = total // self.fronts + (front < total % self.fronts)
        return policy(share, self.settings.client_queries)


def query_limits(settings: Settings) -> Limits:
    """Return the limits of each query."""
    return Limits(settings.query_seconds, settings.query_memory, settings.answer_size)


def read_shapes() -> tuple[ox.Triple, ...]:
    """Return the triples of the shipped shapes."""
    return canonical_triples(quad.triple for quad in read_dataset(list(shape_files(shipped.SHAPES))).quads())


def read_examples() -> tuple[ExampleQueryFile, ...]:
    """Return the shipped example queries."""
    return load_examples(shipped.DATA / "queries")
