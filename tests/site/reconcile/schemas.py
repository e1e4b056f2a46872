"""Validation of JSON against the schemas of the Reconciliation Service API, as they are published."""

from pathlib import Path
from typing import Any

import orjson
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7


class Schemas:
    """The schemas of one version.

    Args:
        folder: the folder of the version, with `schemas/` and `examples/`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        documents = {path.stem: orjson.loads(path.read_bytes()) for path in (folder / "schemas").glob("*.json")}
        self._documents = {name: found for name, found in documents.items() if "$id" in found}
        self._registry: Registry[Any] = Registry().with_resources(
            (str(found["$id"]), Resource.from_contents(found, default_specification=DRAFT7))
            for found in self._documents.values()
        )

    def check(self, name: str, document: object) -> None:
        """Fail if a document breaks the schema with a name."""
        validator = Draft7Validator(self._documents[name], registry=self._registry)
        faults = [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(document)]
        assert faults == []

    def examples(self, name: str, sort: str) -> dict[str, str]:
        """Return the texts of the examples of a schema that are `valid` or `invalid`, by file name."""
        found = (self._folder / "examples" / name / sort).glob("*.json")
        return {path.name: path.read_text(encoding="utf-8") for path in sorted(found)}
