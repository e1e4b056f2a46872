"""The examples of the shapes: for each a valid and an invalid one, which the tests run and the pages show."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ShapeExample:
    """Statements that a shape accepts and statements that it rejects, as Turtle without the prefixes.

    Each is a change to the plan in `plan.ttl` beside the examples: what it describes takes the place of what that
    plan says of the same things.
    """

    valid: str
    invalid: str


def read_examples(folder: Path) -> dict[str, ShapeExample]:
    """Read the examples below `folder`, by the name of their shape.

    Raises:
        FileNotFoundError: a shape has only one of its two examples.
    """
    return {
        place.name: ShapeExample(_statements(place / "valid.ttl"), _statements(place / "invalid.ttl"))
        for place in sorted(folder.iterdir())
        if place.is_dir()
    }


def _statements(file: Path) -> str:
    lines = file.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith(("@prefix", "@base"))).strip()
