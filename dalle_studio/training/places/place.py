"""What all places share: the record of a place, the weather and hour of a landscape, skies, studio grounds.

A drawing function takes the canvas and a lookup from a thing's name to its sprite in the family the
whole picture is drawn in, and tells how things put into the place are lit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dalle_studio.training.draw.arrays import Floats
from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import GROUNDS, RGB, WHITE, Sprite, mix, times
from dalle_studio.training.draw.frame import SIDE, grids
from dalle_studio.training.draw.light import Light
from dalle_studio.training.draw.stamps import clouds as cloud_stamps
from dalle_studio.training.draw.stamps import tufts

Lookup = Callable[[str], Sprite]

FLOWERS = ("rose", "tulip", "sunflower", "hibiscus")
PLAIN_GROUND = (205, 235)


@dataclass(frozen=True)
class Background:
    """A place that a picture can be set in."""

    draw: Callable[[Canvas, Lookup], Light]
    ground: tuple[int, int]
    """Highest and lowest y, in pixels, where things stand."""
    phrases: tuple[str, ...]
    """English, after a subject: "on a beach"."""
    phrases_zh: tuple[str, ...] = ()
    """Chinese, after a subject."""
    weight: float = 1.0
    floating: bool = False
    """Whether things hang freely instead of standing."""

    @property
    def name(self) -> str:
        """The first English phrase, which no other place has."""
        return self.phrases[0]


@dataclass(frozen=True)
class Air:
    """An hour and a weather: how a landscape is lit."""

    sky: tuple[RGB, ...]
    """From the zenith to the horizon."""
    haze: RGB
    """What far things fade into."""
    sun: RGB
    """Colour of sunlight."""
    key: RGB
    """Factor on all colours of the ground."""
    cloud: tuple[RGB, RGB]
    """Shadow and light of clouds."""
    shadow: float = 0.36
    """Opacity of shadows."""
    stretch: float = 0.2
    rays: float = 0.0
    """How visible shafts of light are."""
    x: float = 60
    """Where the sun is, or above which point of the frame."""
    y: float = 40

    @property
    def side(self) -> float:
        """Where light comes from, -1 (left) to 1 (right)."""
        return float(np.clip((self.x - SIDE / 2) / 100, -1, 1))

    @property
    def flip(self) -> bool:
        """Whether stamps, which are lit from the left, must be mirrored."""
        return self.x > SIDE / 2

    def far(self, colour: RGB, distance: float) -> RGB:
        """A colour of the ground in this light, seen through air; `distance` 0 to 1."""
        return mix(times(colour, self.key), self.haze, distance)

    def light(self, foreground: Callable[[], None] | None = None, haze: float = 0.1) -> Light:
        """How things are lit here."""
        tint = mix((1.0, 1.0, 1.0), self.key, 0.7)
        rim = times(self.sun, 0.3 + 0.25 * (self.stretch > 0.3))
        return Light(
            tint, self.side * 0.8, 0.2, rim, self.shadow, self.stretch, (self.haze, haze), foreground
        )


CLEAR = Air(
    ((46, 122, 216), (106, 176, 240), (204, 232, 248)),
    (190, 220, 242),
    (255, 244, 206),
    (1.05, 1.03, 0.96),
    ((176, 198, 226), (255, 255, 255)),
)
BRIGHT = Air(
    ((28, 148, 222), (112, 204, 240), (220, 244, 240)),
    (200, 234, 240),
    (255, 250, 214),
    (1.06, 1.05, 0.98),
    ((190, 214, 232), (255, 255, 255)),
)
MORNING = Air(
    ((112, 158, 222), (186, 200, 232), (255, 226, 204)),
    (236, 220, 220),
    (255, 226, 170),
    (1.05, 0.99, 0.92),
    ((196, 186, 212), (255, 240, 226)),
    0.34,
    0.45,
    0.22,
)
GOLDEN = Air(
    ((86, 132, 200), (206, 186, 180), (255, 208, 132)),
    (248, 208, 152),
    (255, 214, 130),
    (1.1, 0.96, 0.76),
    ((196, 152, 152), (255, 228, 184)),
    0.4,
    0.6,
    0.3,
)
SOFT = Air(
    ((150, 172, 196), (190, 206, 220), (226, 232, 232)),
    (208, 218, 224),
    (250, 248, 240),
    (0.96, 0.99, 1.0),
    ((176, 188, 204), (240, 244, 248)),
    0.2,
    0.05,
)
DAYS = (CLEAR, BRIGHT, MORNING, GOLDEN, SOFT)


def weather(canvas: Canvas, among: tuple[Air, ...] = DAYS, weights: tuple[float, ...] | None = None) -> Air:
    """An hour and a weather of this picture, with the sun to the left or the right."""
    air = pick(canvas.rng, among, weights or (3, 2, 1.6, 1.6, 0.8)[: len(among)])
    hue = canvas.rng.uniform(-8, 8, 3)
    sky = tuple(
        (min(c[0] + hue[0], 255.0), min(c[1] + hue[1], 255.0), min(c[2] + hue[2], 255.0)) for c in air.sky
    )
    x = SIDE / 2 + pick(canvas.rng, (-1, 1)) * canvas.rng.uniform(50, 108)
    return Air(
        sky, air.haze, air.sun, air.key, air.cloud, air.shadow, air.stretch, air.rays,
        x, canvas.rng.uniform(18, 60),
    )  # fmt: skip


def sky(canvas: Canvas, air: Air, horizon: float = 150, clouds: int | None = None, disc: bool = True) -> None:
    """Sky down to the lower edge, with its sun and clouds above `horizon`; clouds shrink towards it."""
    canvas.gradient(air.sky, 0, horizon)
    canvas.rectangle(0, horizon, SIDE, SIDE, air.sky[-1])
    low = 0.6 if air.stretch > 0.3 else 0
    y = air.y + (horizon * 0.82 - air.y) * low
    canvas.blob(air.x, y, 110, 90, air.sun, 0.5, light=True)
    if disc and air.shadow > 0.25:
        canvas.blob(air.x, y, 34, 34, air.sun, 0.75, light=True)
        canvas.circle(air.x, y, 10 + 5 * low, mix(air.sun, WHITE, 0.6))
    veil(canvas, air, horizon)
    heap(canvas, air, horizon, int(canvas.rng.integers(1, 5)) if clouds is None else clouds)


def veil(canvas: Canvas, air: Air, horizon: float, strength: float = 0.5) -> None:
    """Thin, drawn-out high clouds."""
    rows = grids()[0][:, :1]
    wisps = np.clip(canvas.noise(2, 9, 3) * 2.6 - 1.45, 0, 1)
    canvas.cover(air.cloud[1], wisps * (strength * np.clip(1 - rows / max(horizon, 1), 0, 1)))


def heap(canvas: Canvas, air: Air, horizon: float, count: int) -> None:
    """Heaped clouds: large above, small and pale near the horizon."""
    rng = canvas.rng
    heights = np.sort(rng.uniform(0.25, 0.92, count))[::-1]
    for share in heights.tolist():
        y, size = share * horizon, rng.uniform(0.7, 1.25) * (18 + 46 * (1 - share))
        dark, light = (mix(tone, air.haze, share * 0.55) for tone in air.cloud)
        wide = rng.uniform(0.95, 1.4)
        canvas.stamp(
            pick(rng, cloud_stamps()), rng.uniform(-10, 266), y, size, dark, light, wide=wide, flip=air.flip
        )


def plain(canvas: Canvas, colour: str) -> Light:
    """A studio backdrop in a colour of `GROUNDS`: a lit sweep from wall to floor, darker at the corners."""
    rng, tone = canvas.rng, GROUNDS[colour]
    base = canvas.near(tone, 8 if max(tone) - min(tone) > 20 else 2)
    x, y = rng.uniform(70, 186), rng.uniform(60, 120)
    bright = max(base) > 90
    canvas.gradient([times(base, 0.95), base, times(base, 1.03), times(base, 0.97), times(base, 0.88)])
    canvas.blob(x, y, 105, 95, mix(base, WHITE, 0.75 if bright else 0.35), rng.uniform(0.14, 0.3))
    canvas.blob(SIDE / 2, 226, 120, 20, mix(base, WHITE, 0.6), rng.uniform(0.08, 0.2))
    canvas.cover(times(base, 0.62 if bright else 0.4), vignette() * rng.uniform(0.25, 0.55))
    side = float(np.clip((x - 128) / 70, -1, 1))
    glint = mix(base, WHITE, 0.6)
    return Light(side=side, shading=0.16, rim=times(glint, 0.2), shadow=0.36 if bright else 0.5, stretch=0.08)


def vignette() -> Floats:
    """How far each pixel is out in the corners, (SIDE, SIDE), 0 to about 1."""
    rows, columns = grids()
    away = ((columns - 128) / 128) ** 2 + ((rows - 128) / 128) ** 2
    return np.clip((away - 0.55) / 1.45, 0, 1)


def haze(canvas: Canvas, y: float, depth: float, colour: RGB, strength: float) -> None:
    """A band of mist around `y`."""
    rows = grids()[0][:, :1]
    canvas.cover(colour, strength * np.exp(-(((rows - y) / depth) ** 2)))


def ranges(
    canvas: Canvas, air: Air, colours: tuple[RGB, RGB], span: tuple[float, float], count: int, height: float
) -> None:
    """Rows of hills, paler the farther.

    Args:
        canvas: what to draw on.
        air: the light.
        colours: of the ground near by, lit and at the foot.
        span: y of the farthest and the nearest row.
        count: how many rows.
        height: px of the highest hills.
    """
    for row in range(count):
        near = (row + 0.4) / count
        y = span[0] + (span[1] - span[0]) * row / max(1, count - 1)
        outline = canvas.ridge(y, height * (1 - 0.5 * near), 2 + row % 2, 4, 0.42)
        top, foot = (air.far(colour, 0.86 * (1 - near)) for colour in colours)
        canvas.land(outline, top, mix(foot, air.haze, 0.5 * (1 - near)), 36)


def meadow(canvas: Canvas, air: Air, y: float, colours: tuple[RGB, RGB], bumps: float = 4) -> Floats:
    """Near ground with soft tufts and patches, lit farther off and darker towards the viewer."""
    outline = canvas.ridge(y, bumps, 2, 3, 0.4)
    top, bottom = (times(colour, air.key) for colour in colours)
    inside = canvas.land(outline, mix(top, air.haze, 0.12), bottom, SIDE - y)
    canvas.relief(inside, canvas.floor_noise(y - 10, 34, 20), 0.16)
    canvas.relief(inside, canvas.floor_noise(y - 10, 9, 9, 1), 0.14)
    canvas.blob(air.x, y + 12, 90, 16, mix(air.sun, top, 0.3), 0.3)
    return inside


def grass_foot(canvas: Canvas, air: Air, dark: RGB, light: RGB, count: int = 9, size: float = 15) -> None:
    """Tufts along the lower edge, at the sides more than in the middle; a few reach over feet."""
    rng = canvas.rng
    low, high = times(dark, air.key), times(light, air.key)
    for _ in range(count):
        x = pick(rng, (rng.uniform(-8, 80), rng.uniform(176, 264), rng.uniform(0, 256)))
        tall = size * rng.uniform(0.7, 1.5) * (1.25 if abs(x - 128) > 70 else 0.7)
        canvas.stamp(
            pick(rng, tufts()), x, rng.uniform(252, 262), tall, low, high, flip=chance(rng, 0.5), wide=1.3
        )


def across(canvas: Canvas, margin: float = 0) -> float:
    """A random x."""
    return canvas.rng.uniform(-margin, SIDE + margin)


def aside(canvas: Canvas, reach: float = 70, margin: float = 10) -> float:
    """A random x near the left or the right edge, so that the middle stays free."""
    x = canvas.rng.uniform(-margin, reach)
    return x if chance(canvas.rng, 0.5) else SIDE - x
