"""Labels of candidates: “subject · style”."""

from __future__ import annotations

_BETWEEN = " · "


def joined(*parts: str) -> str:
    """One label of several parts; empty ones are left out."""
    return _BETWEEN.join(filter(None, parts))


def beside(title: str, label: str) -> str:
    """What a label says that the title does not say already."""
    return joined(*(part for part in label.split(_BETWEEN) if part not in title))
