"""The settings: name, default and description. Environment variables have the prefix `PLANGRAF_`."""

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from plangraf.errors import InputError
from plangraf.namespaces import ID

_IRI = r"^https?://[^\s<>\"{}|\\^`]+$"


class Settings(BaseSettings):
    """The settings of a server, from environment variables or command line options."""

    model_config = SettingsConfigDict(env_prefix="PLANGRAF_", env_ignore_empty=True, frozen=True)

    host: str = Field("127.0.0.1", description="the address to serve on")
    port: int = Field(8000, ge=0, le=65535, description="the port to serve on; 0 takes any free port")
    data: tuple[Path, ...] = Field(
        (), description="folders or files to build from, as a JSON list; empty means the shipped data"
    )
    release: Path | None = Field(
        None, description="the release to serve; empty builds the data into a temporary release"
    )
    store: Literal["memory", "disk"] = Field(
        "memory", description="where the release is asked: in memory, or in a directory on disk"
    )
    query_seconds: float = Field(10.0, gt=0, description="how long a query may take")
    query_memory: int = Field(
        1024 * 1024 * 1024, gt=0, description="bytes of memory that a query may use beyond the release"
    )
    answer_size: int = Field(100 * 1024 * 1024, gt=0, description="the largest answer, in bytes")
    workers: int = Field(0, ge=0, description="how many queries run at once; 0 is four for each core, and three more")
    client_queries: int = Field(4, gt=0, description="how many queries of one client run at once")
    cache_size: int = Field(256 * 1024 * 1024, ge=0, description="bytes of answers that are kept in memory")
    page_cache_size: int = Field(64 * 1024 * 1024, ge=0, description="bytes of pages that are kept in memory")
    log_queries: bool = Field(False, description="write a line for each query to the log, never with its client")
    upload_size: int = Field(16 * 1024 * 1024, gt=0, description="the largest data to validate, in bytes")
    upload_seconds: float = Field(30.0, gt=0, description="how long a validation may take")
    upload_memory: int = Field(1024 * 1024 * 1024, gt=0, description="bytes of memory that a validation may use")
    max_body: int = Field(2 * 1024 * 1024, gt=0, description="the largest request body, in bytes")
    publisher: str = Field(
        f"{ID}plangraf", pattern=_IRI, description="the IRI of who publishes the catalogue, such as an organisation's"
    )
    publisher_name: str = Field("Plangraf", min_length=1, description="the name of who publishes the catalogue")
    contact_email: str | None = Field(
        None, pattern=r"^[^@\s<>]+@[^@\s<>]+$", description="where questions about the data may be sent"
    )
    contact_url: str | None = Field(
        None, pattern=_IRI, description="a page with how to get in touch; empty is the canonical front page"
    )
    accessibility_url: str | None = Field(
        None, pattern="^https?://[^\\s]+$", description="the accessibility statement of whoever runs the server"
    )
    feedback_url: str | None = Field(
        None, pattern="^(https?://|mailto:)[^\\s]+$", description="where faults of accessibility are reported"
    )


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
        raise InputError(f"{error}{cause} (PLANGRAF_DATA is a JSON list of paths)") from error
