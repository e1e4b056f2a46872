"""The settings: name, default and description. Environment variables have the prefix `PLANGRAF_`."""

from pathlib import Path
from typing import Literal, get_origin

from pydantic import Field, IPvAnyNetwork, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from plangraf.errors import InputError
from plangraf.namespaces import ID

_IRI = r"^https?://[^\s<>\"{}|\\^`]+$"


_MOST_BYTES = 2**44
_MOST_SECONDS = 86400
_MOST_AT_ONCE = 10_000


class Settings(BaseSettings):
    """The settings of a server, from environment variables or command line options."""

    model_config = SettingsConfigDict(env_prefix="PLANGRAF_", env_ignore_empty=True, frozen=True)

    host: str = Field("127.0.0.1", description="the address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="the port to listen on; 0 means any free port")
    data: tuple[Path, ...] = Field(
        (), description="folders or files to build from, as a JSON list; empty means the shipped data"
    )
    state: Path | None = Field(
        None, description="the state folder: the releases, the current one and the history of the switches"
    )
    release: Path | None = Field(
        None,
        description="the release to serve, if not the current one of the state folder; without both, the server "
        "builds a temporary release from the data",
    )
    store: Literal["memory", "disk"] = Field(
        "memory", description="the storage: memory, or disk for a release that does not fit in memory"
    )
    fronts: int = Field(
        0, ge=0, le=256, description="the number of processes that answer requests; 0 means one for each core"
    )
    drain_seconds: int = Field(
        20, ge=0, le=3600, description="time for answers under way when the server is told to stop, in seconds"
    )
    query_seconds: float = Field(10.0, ge=0.001, le=_MOST_SECONDS, description="time limit of a query, in seconds")
    query_memory: int = Field(
        1024 * 1024 * 1024,
        ge=16 * 1024 * 1024,
        le=_MOST_BYTES,
        description="memory limit of a query beyond the release, in bytes",
    )
    answer_size: int = Field(
        100 * 1024 * 1024, ge=1024, le=_MOST_BYTES, description="size limit of an answer, in bytes"
    )
    workers: int = Field(
        0,
        ge=0,
        le=_MOST_AT_ONCE,
        description="the number of queries that run at once; 0 means four per core plus three",
    )
    client_queries: int = Field(
        4, gt=0, le=_MOST_AT_ONCE, description="the number of queries of one client that run at once"
    )
    cache_size: int = Field(256 * 1024 * 1024, ge=0, le=_MOST_BYTES, description="size of the answer cache, in bytes")
    page_cache_size: int = Field(
        64 * 1024 * 1024, ge=0, le=_MOST_BYTES, description="size of the representation cache, in bytes"
    )
    older_store_size: int = Field(
        4 * 1024 * 1024 * 1024,
        ge=0,
        le=_MOST_BYTES,
        description="size limit of the stores of older releases on disk, in bytes; those in use are kept",
    )
    log_queries: bool = Field(False, description="whether the server logs a line for each query, without its client")
    upload_size: int = Field(16 * 1024 * 1024, gt=0, le=2**32, description="size limit of data to validate, in bytes")
    upload_seconds: float = Field(
        30.0,
        ge=0.001,
        le=_MOST_SECONDS,
        description="time limit of a validation, in seconds of processor; three times that by the clock",
    )
    upload_memory: int = Field(
        1024 * 1024 * 1024,
        ge=16 * 1024 * 1024,
        le=_MOST_BYTES,
        description="memory limit of a validation, in bytes",
    )
    publishing: bool = Field(
        False, description="whether publishers may change their graphs over HTTP, with a token; needs a state folder"
    )
    publishing_seconds: float = Field(
        120.0,
        ge=0.001,
        le=_MOST_SECONDS,
        description="time limit of a change of a graph, in seconds of processor; three times that by the clock",
    )
    publishing_memory: int = Field(
        2 * 1024 * 1024 * 1024,
        ge=16 * 1024 * 1024,
        le=_MOST_BYTES,
        description="memory limit of a change of a graph, in bytes",
    )
    harvest_hosts: tuple[str, ...] = Field(
        (),
        description="hosts that are harvested although their addresses are not public, each with or without a port, "
        "as a JSON list; empty means none",
    )
    harvest_size: int = Field(
        64 * 1024 * 1024,
        ge=1024,
        le=2**32,
        description="size limit of a harvested document, in bytes, also after decompression",
    )
    harvest_seconds: float = Field(
        60.0, ge=0.001, le=_MOST_SECONDS, description="time limit of a request of a harvest, in seconds"
    )
    harvest_source_seconds: float = Field(
        1800.0, ge=0.001, le=_MOST_SECONDS, description="time limit of all requests for one source, in seconds"
    )
    harvest_processing_seconds: float = Field(
        600.0,
        ge=0.001,
        le=_MOST_SECONDS,
        description="time limit of reading, validating and publishing one source, in seconds of processor",
    )
    harvest_memory: int = Field(
        4 * 1024 * 1024 * 1024,
        ge=16 * 1024 * 1024,
        le=_MOST_BYTES,
        description="memory limit of harvesting one source, in bytes",
    )
    harvest_documents: int = Field(
        2000, gt=0, le=1_000_000, description="the number of documents that one catalogue may list"
    )
    harvest_delay: float = Field(
        0.5, ge=0.0, le=3600.0, description="time between two requests of a harvest to one host, in seconds"
    )
    max_body: int = Field(2 * 1024 * 1024, gt=0, le=2**32, description="size limit of a request body, in bytes")
    mcp_hosts: tuple[str, ...] = Field(
        (),
        description="the hosts, with ports, at which /mcp answers, as a JSON list; empty means any, as for all pages",
    )
    connections: int = Field(1000, gt=0, le=1_000_000, description="the number of open connections of a process")
    client_connections: int = Field(
        100, gt=0, le=1_000_000, description="the number of open connections of one client"
    )
    header_seconds: float = Field(
        10.0, ge=0.001, le=_MOST_SECONDS, description="time limit of a request's header, in seconds"
    )
    body_seconds: float = Field(
        30.0,
        ge=0.001,
        le=_MOST_SECONDS,
        description="seconds after which a request body has arrived, or arrives at body_rate on average",
    )
    body_rate: int = Field(
        16 * 1024, gt=0, le=_MOST_BYTES, description="the least rate of a longer upload, in bytes a second"
    )
    trusted_proxies: tuple[IPvAnyNetwork, ...] = Field(
        (), description="addresses or networks of reverse proxies, as a JSON list; empty means none"
    )
    proxy_header: Literal["x-forwarded", "forwarded"] = Field(
        "x-forwarded", description="the header fields that the proxies set: X-Forwarded-*, or Forwarded"
    )
    publisher: str = Field(f"{ID}plangraf", pattern=_IRI, description="the IRI of the publisher of the catalogue")
    publisher_name: str = Field("Plangraf", min_length=1, description="the name of the publisher of the catalogue")
    contact_email: str | None = Field(
        None, pattern=r"^[^@\s<>]+@[^@\s<>]+$", description="e-mail address for questions about the data"
    )
    contact_url: str | None = Field(
        None, pattern=_IRI, description="contact page; if there is no contact, the catalogue names the front page"
    )
    accessibility_url: str | None = Field(
        None,
        pattern="^https?://[^\\s]+$",
        description="the accessibility statement of the organisation that runs the server",
    )
    feedback_url: str | None = Field(
        None,
        pattern="^(https?://|mailto:)[^\\s]+$",
        description="the address for reports of accessibility problems, a web address or mailto:",
    )

    @property
    def served(self) -> Path | None:
        """The release to serve or the state folder; None means a temporary release, built from the data."""
        return self.release or self.state


def load(**overrides: object) -> Settings:
    """Return the settings from the environment, with those `overrides` that are not None.

    Raises:
        InputError: a setting has an invalid value; the message names the option or the variable.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic checks the values
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        place = f"the option --{name.replace('_', '-')}" if name in given else f"the variable PLANGRAF_{name.upper()}"
        raise InputError(f"{place} cannot be {first['input']!r}: {first['msg']}") from error
    except SettingsError as error:
        cause = f": {error.__cause__}" if error.__cause__ else ""
        names = [name for name, field in Settings.model_fields.items() if get_origin(field.annotation) is tuple]
        lists = f"{', '.join(f'PLANGRAF_{name.upper()}' for name in names)} are JSON lists"
        raise InputError(f"{error}{cause} ({lists})") from error
