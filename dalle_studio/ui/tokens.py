"""The colours of the look, dark and light.

Text colours reach a contrast of 4.5 : 1 (WCAG 2.2, 1.4.3) on the surfaces they are used on: `text` and
`second` on all of them, `third` and `accent` on panel and field; a test computes it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

SURFACES: Final = ("window", "canvas", "panel", "field", "raised")
REGIONS: Final = ("region0", "region1", "region2", "region3", "region4")

_REGION_COLOURS = dict(zip(REGIONS, ("#ff7a90", "#6aa9ff", "#5ad19a", "#ffd166", "#c792ea"), strict=True))

DARK: Final = MappingProxyType(
    {
        "window": "#15161a",
        "canvas": "#101114",
        "panel": "#1c1e23",
        "field": "#25282f",
        "raised": "#30343d",
        "hover": "#3a3f49",
        "line": "#2c3038",
        "edge": "#3d424d",
        "text": "#eceef2",
        "second": "#9aa1ad",
        "third": "#8b92a0",
        "accent": "#ff7a90",
        "accent_hover": "#ff90a3",
        "accent_soft": "#47292f",
        "on_accent": "#2a0d14",
        "good": "#5ad19a",
        "warning": "#ffd166",
        "danger": "#ff8a80",
        **_REGION_COLOURS,
    }
)
"""`edge` is a stronger `line`, round what can be pressed; `accent_soft` lies behind what is chosen."""

LIGHT: Final = MappingProxyType(
    {
        "window": "#eceef1",
        "canvas": "#dfe2e7",
        "panel": "#f7f8fa",
        "field": "#ffffff",
        "raised": "#e3e6eb",
        "hover": "#d6dae1",
        "line": "#d9dde3",
        "edge": "#bcc2cc",
        "text": "#1b1e24",
        "second": "#5c6470",
        "third": "#636b78",
        "accent": "#d13552",
        "accent_hover": "#bd2b47",
        "accent_soft": "#f8dce1",
        "on_accent": "#ffffff",
        "good": "#177a4c",
        "warning": "#8a5a00",
        "danger": "#b3261e",
        **_REGION_COLOURS,
    }
)
