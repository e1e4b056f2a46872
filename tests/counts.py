"""How much the tests of faults, storms and strange input try: a little in `make test`, much in `make soak`.

`PLANGRAF_SOAK` is how many times as much as usual, or that and a seed: `20` or `20:4711`. Every report says what it
was, so that the same can be tried again.
"""

import itertools
import os
import random
from collections.abc import Sequence

_given = os.environ.get("PLANGRAF_SOAK", "1:1").partition(":")
FACTOR = int(_given[0])
SEED = int(_given[2] or random.SystemRandom().randrange(1_000_000))
SETTING = f"PLANGRAF_SOAK={FACTOR}:{SEED}"
os.environ["PLANGRAF_SOAK"] = f"{FACTOR}:{SEED}"  # the other processes of a parallel run try the same


def times(usual: int, most: int | None = None) -> int:
    """Return how often something is tried that `make test` tries `usual` times; never more often than `most`."""
    return usual * FACTOR if most is None else min(usual * FACTOR, most)


def pairs(ones: Sequence[str], others: Sequence[str]) -> list[tuple[str, str]]:
    """Return every pair of two lists; in `make test` only so many that each member stands in one."""
    if FACTOR > 1:
        return list(itertools.product(ones, others))
    longer = max(len(ones), len(others))
    return [(ones[number % len(ones)], others[number % len(others)]) for number in range(longer)]


def chance(name: str) -> random.Random:
    """Return a source of chance for the test of a name: the same for the same seed."""
    return random.Random(f"{SEED}:{name}")  # noqa: S311  # nothing is kept secret with it
