"""A real window on a real display: the installed application, a typed prompt, a picture, a screenshot."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image


@pytest.fixture
def display() -> Iterator[str]:
    """A display of its own, in memory."""
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        pytest.skip(
            "a real window needs Xvfb (Debian: apt-get install xvfb libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1)"
        )
    reading, writing = os.pipe()
    command = [xvfb, "-displayfd", str(writing), "-screen", "0", "1500x950x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    try:
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def test_a_picture_is_made_in_a_real_window(display: str, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    home = {name: str(tmp_path / "home") for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    command = [sys.executable, "-m", "tests.real_window", str(tmp_path), "a red car"]
    result = subprocess.run(
        command,
        env={**os.environ, **home, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    told = json.loads(result.stdout)
    assert (told["platform"], told["typed"], told["windows"]) == (
        "xcb",
        "a red car",
        1,
    )  # no list of suggestions

    left, top, right, bottom = told["box"]
    with Image.open(tmp_path / "screen.png") as screen, Image.open(told["file"]) as made:
        assert screen.size == (1500, 950)
        on_screen = screen.convert("RGB").crop((left, top, right, bottom)).resize((64, 64))
        picture = np.asarray(made.resize((64, 64)), float)
    assert min(right - left, bottom - top) > 300
    assert picture.std() > 10  # a picture of one colour would be found anywhere
    assert np.abs(np.asarray(on_screen, float) - picture).mean() < 10
