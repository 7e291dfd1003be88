"""Edges as a ControlNet is shown them."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("torch")

from dalle_studio.engine.pipelines.edges import edges
from tests.support import scene


def test_a_square_has_its_outline_one_pixel_wide() -> None:
    pixels = np.zeros((40, 40, 3), np.uint8)
    pixels[10:30, 12:32] = 255
    line = edges(pixels)[..., 0]
    assert set(np.unique(line)) == {0, 255}
    assert (line[20] == 255).sum() == 2
    assert (line[:, 20] == 255).sum() == 2
    assert 60 <= (line == 255).sum() <= 90


def test_a_faint_edge_counts_where_it_goes_on_from_a_strong_one() -> None:
    pixels = np.full((40, 40, 3), 100, np.uint8)
    pixels[:20, 20:] = 160  # strong above, faint below
    pixels[20:, 20:] = 135
    apart = np.full_like(pixels, 100)
    apart[:, 20:] = 135
    assert edges(pixels)[30].any()
    assert not edges(apart).any()


def test_opencv_finds_the_same() -> None:
    cv2 = pytest.importorskip("cv2")
    pixels = scene(120, 90).pixels
    grey = np.asarray(Image.fromarray(pixels).convert("L"))
    theirs, ours = cv2.Canny(grey, 100, 200) > 0, edges(pixels)[..., 0] > 0
    assert (theirs & ours).sum() / (theirs | ours).sum() > 0.9
