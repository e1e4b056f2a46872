"""Bullets and numbers before the items of lists."""

import re

BULLET = "•"
_BULLETS = "•‣◦▪▫●○·∙■□◆◇➢➤►▶→✓✔*\uf0b7\uf0a7\uf0d8\uf0fc\u2013\u2014-"
_MARKED = re.compile(rf"([{re.escape(_BULLETS)}]|\(?(?:\d{{1,2}}|[a-zæøå])[.)])\s+(?=\S)")
_ALONE = re.compile(rf"[{re.escape(_BULLETS)}]|\(?(?:\d{{1,2}}|[a-zæøå])[.)]|\d{{1,2}}(?:\.\d{{1,2}})+\.?")
_ORDINAL = re.compile(r"\(?(\d{1,2}|[a-zæøå])[.)]")


def split_marker(text: str) -> tuple[str, str]:
    """Return the bullet or number at the beginning of a text, or an empty text, and the rest."""
    found = _MARKED.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def is_marker(text: str) -> bool:
    """Return whether a text is a bullet or a number, and nothing else."""
    return bool(_ALONE.fullmatch(text))


def ordinal(marker: str) -> int | None:
    """Return the place that a marker gives its item: 2 for “2.” and for “b)”, or None for a bullet."""
    found = _ORDINAL.fullmatch(marker)
    if found is None:
        return None
    return int(found[1]) if found[1].isdigit() else "abcdefghijklmnopqrstuvwxyzæøå".index(found[1]) + 1
