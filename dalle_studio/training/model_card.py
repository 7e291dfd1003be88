"""What the finished model says of itself: its card, and the notices of the art inside it."""

from __future__ import annotations

from string import Template

from dalle_studio.training.art import NAMES, PACKAGES
from dalle_studio.training.built_places import BACKGROUNDS
from dalle_studio.training.colours import PAINTS
from dalle_studio.training.concepts import THINGS
from dalle_studio.training.styles import STYLES

_CARD = Template("""\
---
license: apache-2.0
language: [en, zh]
library_name: diffusers
pipeline_tag: text-to-image
---

# Dalle Studio starter model

A text-to-image model of $parameters million parameters, small enough to come with the studio. It draws
scenes of a clip-art world in $styles styles, 256 x 256 pixels, in well under a second on a laptop, from prompts in
English and Chinese.

## How it works

The prompt is read by rules into a scene: things, how they stand to one another, where, drawn how. A layout is drawn
from the scene, and the art of its things is laid out in it, plainly, on grey: that sketch goes through a T2I-Adapter
(Mou et al. 2023) into the denoiser, which draws the picture from noise: light, shadow, place and style are its own.
This makes it a retrieval-augmented model (Blattmann et al. 2022) with a grounded layout (Li et al. 2023). A model of
this size that had to remember what everything looks like drew blobs; see "What was tried".

Without the adapter it is an ordinary Stable Diffusion folder, and draws places and styles better than things:

    from diffusers import StableDiffusionPipeline

    pipeline = StableDiffusionPipeline.from_pretrained("path/to/this/folder")
    pipeline("a beach, watercolor", num_inference_steps=12, guidance_scale=3, height=256, width=256)

## What it knows

$things things, $settings settings, $colours colours, $styles styles and eleven relations (riding, on, under, above,
left of, right of, next to, holding, eating, wearing, pushing), one to four of a thing, two or three things, each in
English and Chinese: `lexicon.json` lists them. Other words are read as the nearest known one, and the studio says so.

## What it was trained on

$pictures pictures that a program composed from openly licensed emoji art and drawn places, each with its exact
caption and its sketch: $steps steps of the denoiser with 64 pictures each, $autoencoder_steps of the autoencoder. No
photographs, no pictures of real people and no artist's works were used.

## Scorecard

<!-- scorecard -->
Not scored yet: `python -m dalle_studio.training.score`.
<!-- /scorecard -->

## What it cannot do

Photographs, real people, text, faces with expressions of their own, things that are not in its library, actions that
its art does not show (its people do not bend their knees), more than four kinds of things at once.

## What was tried

- No sketch, caption alone (first day): after 48,600 pictures places and styles follow, things are coloured blobs.
- Boxes with phrases instead of art: blobs, but in their places. Another family's art as sketch: place and extent
  follow, identity does not. The same art as sketch, as here: identity follows within the first thousand steps.
- On a CPU, attention written out in products trains two to four times as fast as torch's fused one.
- Chinese pieces of several characters tie a thing to its neighbours: the vocabulary has single characters.

## Parts

| part | kind |
|---|---|
| `unet` | UNet2DConditionModel, v-prediction, zero terminal SNR |
| `adapter` | T2IAdapter: sketch, known part of a picture, palette |
| `text_encoder`, `tokenizer` | CLIP text model with a vocabulary of its own |
| `vae` | AutoencoderTiny, 16 x 16 x 16 latents |
| `scheduler` | DPM-Solver++ (trailing) |
| `upscaler` | SRVGGNetCompact, four times as large |
| `art.zip`, `lexicon.json` | the library's drawings and the words for them |

## Art inside, and learnt from

$credits
""")

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
        figures: ``pictures``, ``steps`` and ``autoencoder_steps``.
        parameters: weights in all.
    """
    counts = {name: f"{value:,}" for name, value in figures.items()}
    credits = "\n".join(
        f"- {package.credit} ({package.licence}), npm package `{package.name}`" for package in _ART
    )
    return _CARD.substitute(
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
