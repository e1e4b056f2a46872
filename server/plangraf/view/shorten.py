"""Truncation of labels."""


def cut(text: str, length: int) -> str:
    """Return `text` on one line, truncated with an ellipsis to at most `length` characters."""
    text = " ".join(text[: 4 * length].split()) + ("…" if len(text) > 4 * length else "")
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
