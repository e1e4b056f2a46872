"""A valid and an invalid example for each shape, which the tests validate and the pages show."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ShapeExample:
    """Statements that a shape accepts and statements that it rejects, as Turtle without prefixes.

    Each example is a change to the plan in `plan.ttl` in the same folder: its descriptions replace those of the plan.
    """

    valid: str
    invalid: str


def read_examples(folder: Path) -> dict[str, ShapeExample]:
    """Return the examples below `folder`, by the name of the shape.

    Raises:
        FileNotFoundError: a shape has only one of the two examples.
    """
    return {
        place.name: ShapeExample(_statements(place / "valid.ttl"), _statements(place / "invalid.ttl"))
        for place in sorted(folder.iterdir())
        if place.is_dir()
    }


def _statements(file: Path) -> str:
    lines = file.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith(("@prefix", "@base"))).strip()
