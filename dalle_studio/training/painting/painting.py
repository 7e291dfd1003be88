"""A public painting of our own, "Night over the bay": ``python -m dalle_studio.training.painting OUT``.

The scene is drawn by code, then painted over by code: brushes from broad to fine lay curved strokes
wherever the canvas still differs from the scene (Hertzmann, "Painterly Rendering with Curved Brush
Strokes of Multiple Sizes", 1998). Each stroke is a bundle of bristles that also leaves relief, which
is lit from the upper left at the end, together with the weave of the canvas.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from dalle_studio.training.draw.arrays import Bytes, Floats, Integers
from dalle_studio.training.painting.night_scene import NightScene
from dalle_studio.training.run.files import whole_file

SIDE = 1024
Field = Floats
"""(SIDE, SIDE) values, or with a last axis for colours or directions."""


@dataclass(frozen=True)
class Brush:
    """One round of painting."""

    radius: int
    """Half the width of a stroke, in pixels."""
    tolerance: float
    """Mean colour difference (0 to 255) below which a spot is left alone."""
    blur: float
    """How far the scene is blurred for this brush, in radii."""
    longest: int
    """Points of the longest stroke; they lie one radius apart."""


BRUSHES = (
    Brush(30, -1, 0.6, 9),
    Brush(16, 5, 0.5, 10),
    Brush(9, 8, 0.45, 11),
    Brush(5, 11, 0.4, 10),
    Brush(3, 15, 0.3, 9),
    Brush(2, 24, 0.25, 8),
)


class Painting:
    """A canvas on which strokes are laid."""

    def __init__(self, scene: NightScene, rng: np.random.Generator) -> None:
        """Begin with a warm, dark ground.

        Args:
            scene: what is painted: its picture, and the direction in which strokes run.
            rng: decides where strokes begin and how their bristles vary.
        """
        self._scene, self._rng = scene, rng
        self.colours = np.zeros((SIDE, SIDE, 3), np.float32) + np.array([58, 44, 40], np.float32)
        self.relief = np.zeros((SIDE, SIDE), np.float32)

    def paint(self, brush: Brush) -> None:
        """Lay strokes in random order wherever the canvas differs too much from the scene."""
        reference = cv2.GaussianBlur(self._scene.colours, (0, 0), brush.blur * brush.radius)
        error = np.abs(reference - self.colours).mean(-1) * self._scene.attention
        starts = self._starts(error, brush)
        for x, y in self._rng.permutation(starts).tolist():
            self._stroke(reference, x, y, brush)

    def _starts(self, error: Field, brush: Brush) -> Integers:
        """The worst spot of every grid cell whose mean error is above the tolerance, as (x, y)."""
        cell = max(3, int(brush.radius * 0.9))
        starts = []
        for top in range(0, SIDE, cell):
            for left in range(0, SIDE, cell):
                part = error[top : top + cell, left : left + cell]
                if part.mean() > brush.tolerance:
                    row, column = divmod(int(part.argmax()), part.shape[1])
                    starts.append((left + column, top + row))
        return np.array(starts)

    def _stroke(self, reference: Field, x: int, y: int, brush: Brush) -> None:
        points = self._path(reference, x, y, brush)
        if len(points) < 3:
            return
        colour = reference[y, x] + self._rng.normal(0, 4) + self._rng.normal(0, 3, 3)
        spine = np.array(points)
        along = np.gradient(spine, axis=0)
        across = np.stack([-along[:, 1], along[:, 0]], 1) / (np.linalg.norm(along, axis=1)[:, None] + 1e-6)
        taper = np.sin(np.linspace(0.25, np.pi - 0.12, len(spine)))[:, None] ** 0.4
        height = self._rng.uniform(0.5, 1.0)
        for offset in np.linspace(-1, 1, max(3, int(brush.radius * 1.1))):
            self._bristle(spine + across * taper * offset * brush.radius, colour, height, brush)

    def _bristle(self, points: Floats, colour: Field, height: float, brush: Brush) -> None:
        """One hair of the brush: a thin line, a little lighter or darker than its neighbours."""
        first = int(self._rng.integers(0, 2))
        last = len(points) - int(self._rng.integers(0, 2))
        line = np.round(points[first:last] * 16).astype(np.int32)
        shade = self._rng.normal(0, 5.5)
        width = max(2, round(brush.radius * 0.24) + 1)
        cv2.polylines(self.colours, [line], False, (colour + shade).tolist(), width, cv2.LINE_8, 4)
        ridge = height * (0.6 + 0.4 * self._rng.random()) + shade / 40
        cv2.polylines(self.relief, [line], False, ridge, width, cv2.LINE_8, 4)

    def _path(self, reference: Field, x: int, y: int, brush: Brush) -> list[tuple[float, float]]:
        """Follow the flow from a starting point, as long as the colour underneath stays the same."""
        colour, before = reference[y, x], self._scene.flow[y, x]
        points = [(float(x), float(y))]
        for _ in range(brush.longest):
            column, row = int(points[-1][0]), int(points[-1][1])
            direction = self._scene.flow[row, column]
            direction = direction if float(direction @ before) >= 0 else -direction
            direction = 0.7 * direction + 0.3 * before
            direction /= np.linalg.norm(direction) + 1e-6
            ahead = (points[-1][0] + direction[0] * brush.radius, points[-1][1] + direction[1] * brush.radius)
            if not (0 <= ahead[0] < SIDE and 0 <= ahead[1] < SIDE):
                break
            below = reference[int(ahead[1]), int(ahead[0])]
            painted = self.colours[int(ahead[1]), int(ahead[0])]
            if len(points) > 3 and np.abs(below - colour).sum() > np.abs(below - painted).sum() + 6:
                break
            points.append(ahead)
            before = direction
        return points

    def lit(self) -> Bytes:
        """The finished picture: relief and canvas weave under light from the upper left."""
        relief = cv2.GaussianBlur(self.relief, (0, 0), 0.8) + 0.065 * _weave(self._rng)
        slope_x = cv2.Sobel(relief, cv2.CV_32F, 1, 0, ksize=3)
        slope_y = cv2.Sobel(relief, cv2.CV_32F, 0, 1, ksize=3)
        light = np.clip(slope_x * 0.6 + slope_y * 0.8, -1.1, 1.1)[..., None]
        colours = cv2.GaussianBlur(self.colours, (0, 0), 0.6)
        brightness = 0.35 + colours.mean(-1, keepdims=True) / 255
        return np.clip(colours + light * 29 * brightness, 0, 255).astype(np.uint8)


def _weave(rng: np.random.Generator) -> Field:
    """Threads over and under each other, 5 pixels apart, none quite straight: values -1 to 1."""
    rows, columns = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    bend = cv2.resize(
        rng.normal(0, 1.2, (24, 24)).astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC
    )
    return 0.5 * (np.sin((columns + bend) * 2 * np.pi / 5) + np.sin((rows - bend) * 2 * np.pi / 5))


def paint(seed: int = 4) -> Image.Image:
    """Paint the picture, 1024 x 1024; a seed always gives the same one."""
    rng = np.random.default_rng(seed)
    painting = Painting(NightScene(SIDE, rng), rng)
    for brush in BRUSHES:
        painting.paint(brush)
    return Image.fromarray(painting.lit())


def main() -> None:
    """Paint into the file named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m dalle_studio.training.painting", description=__doc__)
    parser.add_argument("out", type=Path, help="a .jpg file")
    with whole_file(parser.parse_args().out) as path:
        paint().save(path, quality=88, subsampling=0, optimize=True)
