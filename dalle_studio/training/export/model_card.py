"""What the finished model says of itself: its card, and the notices of the art inside it."""

from __future__ import annotations

from pathlib import Path
from string import Template

from dalle_studio.training.art.concepts import THINGS
from dalle_studio.training.art.sprites import NAMES, PACKAGES
from dalle_studio.training.draw.colours import PAINTS
from dalle_studio.training.places.built import BACKGROUNDS
from dalle_studio.training.styles.styles import STYLES

_CARD = Path(__file__).with_suffix(".md")
"""The card with the places to fill in."""

_NOTICES = Template("""\
# Notices of the starter model

The weights are this project's own and licensed under Apache-2.0. They were trained on pictures composed by this
project from openly licensed art, and `art.zip` holds that art, scaled down:

| art | licence | npm package |
|---|---|---|
$table

The MIT licence asks that its text travels with copies:

> Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
> documentation files (the "Software"), to deal in the Software without restriction, including without limitation
> the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and
> to permit persons to whom the Software is furnished to do so, subject to the following conditions: The above
> copyright notice and this permission notice shall be included in all copies or substantial portions of the
> Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
> LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT
> SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION
> OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER
> DEALINGS IN THE SOFTWARE.

Copyright of Fluent Emoji: Microsoft Corporation; of its packaging: LobeHub; of emojibase-data: Miles Johnson.
Noto Emoji: Copyright Google LLC, Apache License 2.0, whose text is this project's LICENSE file. The drawings were
scaled and, when a colour is asked for, recoloured.
""")


def model_card(figures: dict[str, int], parameters: int) -> str:
    """The README.md of an exported model.

    Args:
        figures: see `restore.FIGURES`.
        parameters: weights in all.
    """
    counts = {name: f"{value:,}" for name, value in figures.items()}
    credits = "\n".join(
        f"- {package.credit} ({package.licence}), npm package `{package.name}`" for package in _ART
    )
    return Template(_CARD.read_text("utf-8")).substitute(
        counts,
        parameters=f"{parameters / 1e6:.0f}",
        things=len(THINGS),
        settings=len(BACKGROUNDS),
        colours=len(PAINTS),
        styles=len(STYLES) - 1,
        credits=credits,
    )


def notices() -> str:
    """The NOTICE.md of an exported model."""
    rows = (f"| {package.credit} | {package.licence} | `{package.name}` |" for package in _ART)
    return _NOTICES.substitute(table="\n".join(rows))


_ART = (*PACKAGES, NAMES)
