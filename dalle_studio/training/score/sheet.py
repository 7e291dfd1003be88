"""A contact sheet of prompts that nothing was tuned on, with all that the DALL·E 2 articles showed among them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from dalle_studio.core.mask import place_marker
from dalle_studio.storage.contact_sheet import Row, contact_sheet
from dalle_studio.storage.paths import resources_dir
from dalle_studio.training.draw.frame import SIDE, Pixels
from dalle_studio.training.run.files import whole_file
from dalle_studio.training.run.report import Report
from dalle_studio.training.score.rows import FRAME, Studio, painted

SEED = 2022
ACROSS = 6
PAINTING = "night_over_the_bay.jpg"

ARTICLES = (
    "an astronaut riding a horse in outer space",
    "an astronaut riding a horse in outer space as pixel art",
    "an astronaut riding a horse in outer space as a pencil drawing",
    "teddy bears shopping for groceries in the style of ukiyo-e",
    "teddy bears mixing sparkling chemicals as mad scientists",
    "a bowl of soup that looks like a monster",
    "an astronaut lounging in a tropical resort in space",
    "an astronaut lounging in a tropical resort in space in a vaporwave style",
    "a bowl of soup as a planet in the universe, digital art",
    "a corgi playing a trumpet, digital art",
    "a dog playing a trumpet",
    "an armchair in the shape of an avocado",
)
OURS = (
    "an avocado chair",
    "a red car",
    "a blue car",
    "a yellow bus next to a purple house",
    "a cat wearing a top hat",
    "a monkey eating a banana under a palm tree",
    "three penguins in the snow",
    "a robot holding a red umbrella in the rain",
    "a fox reading a book in a library, watercolor",
    "a wizard riding a dragon above a castle",
    "a panda pushing a shopping cart, comic book style",
    "a rocket on the moon, oil painting",
    "a lighthouse at sunset, oil painting",
    "a whale flying above a city at night",
    "a pizza to the left of a burger",
    "a frog on a skateboard, neon",
    "an elephant under a rainbow in a meadow",
    "two rabbits beside a christmas tree",
    "a detective wearing sunglasses in a city at night, black and white",
    "a pirate ship on the ocean, blueprint",
    "a chef holding a lobster in a kitchen",
    "a unicorn in a forest, line art",
    "a turtle with a house on its back",
    "an owl on a stack of books",
)
CHINESE = (
    "一个宇航员在外太空骑马",
    "泰迪熊在超市买东西，浮世绘风格",
    "一碗汤看起来像怪物",
    "一辆红色的汽车",
    "一只小狗在吹小号",
    "一只熊猫戴着墨镜坐在沙滩上",
    "左边是一只猫，右边是一只狗",
    "三只企鹅在雪地里，水彩画",
    "月亮上的城堡，像素画",
    "猴子骑着自行车",
    "一只戴帽子的狐狸在森林里，铅笔画",
    "一条绿色的龙飞过雪山",
)
STYLES = (
    ("watercolour", "{}, watercolor"),
    ("ukiyo-e", "{} in the style of ukiyo-e"),
    ("3d render", "{}, 3d render"),
)
SPOTS = (("left", (0.24, 0.66)), ("middle", (0.5, 0.6)), ("right", (0.76, 0.66)))
SPOT_DIAMETER = 0.42


def draw_sheet(studio: Studio, target: Path, report: Report) -> None:
    """Make all pictures and write the sheet."""
    rows = [
        *_sentences(studio, "What the articles on DALL·E 2 showed", ARTICLES, report),
        *_sentences(studio, "Other sentences", OURS, report),
        *_sentences(studio, "Chinese", CHINESE, report),
        *_flamingos(studio),
        *_variations(studio),
    ]
    model = studio.model
    footer = f"{model.label} {model.version}, {studio.steps} steps, seed {SEED}, one attempt each."
    with whole_file(target) as path:
        contact_sheet(rows, "Dalle Studio: prompts never tuned on", footer).save(path)
    report.line(f"sheet: {target}")


def _sentences(studio: Studio, title: str, prompts: Sequence[str], report: Report) -> list[Row]:
    made = [studio.generate(prompt, SEED) for prompt in report.track(prompts, title)]
    return [
        _row(title if start == 0 else "", made[start : start + ACROSS], prompts[start : start + ACROSS])
        for start in range(0, len(prompts), ACROSS)
    ]


def _flamingos(studio: Studio) -> list[Row]:
    """A flamingo at three spots of a room, a row for each style."""
    room = studio.generate("a living room", SEED)
    rows: list[Row] = []
    for style, phrase in STYLES:
        prompt = phrase.format("a pink flamingo")
        made = [
            studio.place(room, place_marker(FRAME, spot, SPOT_DIAMETER), prompt, SEED + number)
            for number, (_, spot) in enumerate(SPOTS)
        ]
        captions = ["the room", *(f"{where}: {prompt}" for where, _ in SPOTS)]
        rows.append(_row(f"A flamingo placed at three spots, {style}", [room, *made], captions))
    return rows


def _variations(studio: Studio) -> list[Row]:
    """Four variations of two paintings."""
    with Image.open(resources_dir() / "samples" / PAINTING) as image:
        bay = np.asarray(image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.LANCZOS))
    return [
        _row(
            f"Variations of a painting: {name}",
            [source, *studio.vary(source, "", SEED, count=4)],
            ["the painting", *(f"variation {number}" for number in range(1, 5))],
        )
        for name, source in (("Night over the bay", bay), ("a landscape", painted(SEED)))
    ]


def _row(title: str, pictures: Sequence[Pixels], captions: Sequence[str]) -> Row:
    return Row(title, tuple(Image.fromarray(pixels) for pixels in pictures), tuple(captions))
