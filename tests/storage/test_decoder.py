"""The guarded door: what crashes, hangs or raises while a file is decoded costs that file, and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image

from dalle_studio.core.errors import StudioError, UnreadablePicture
from dalle_studio.core.sentence import Sentence
from dalle_studio.storage.decoder import Decoder, open_bytes
from dalle_studio.storage.library import open_picture, save_picture
from dalle_studio.storage.openraster import open_project, save_project
from tests.storage import bad_readers
from tests.storage.projects import facts, full_project
from tests.storage.samples import encoded, generated, noise, only_posix

HERE = Path("a.png")


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    decoder = Decoder()
    yield decoder
    decoder.close()


def test_a_picture_comes_as_it_is_with_its_recipe(decoder: Decoder, tmp_path: Path) -> None:
    path = save_picture(generated("a 猫"), tmp_path, "a")
    picture, own = decoder.call(open_picture, path), open_picture(path)
    assert picture.sha256 == own.sha256 and picture.name == "a.png"
    assert picture.recipe and own.recipe and picture.recipe.to_json() == own.recipe.to_json()
    with pytest.raises(ValueError, match="read-only"):
        picture.pixels[0, 0] = 0


def test_a_large_picture_comes_whole(decoder: Decoder) -> None:
    assert decoder.call(bad_readers.big, HERE).sha256 == bad_readers.big(HERE).sha256


def test_a_project_comes_with_everything(decoder: Decoder, tmp_path: Path) -> None:
    save_project(full_project(), tmp_path / "a.ora")
    opened = decoder.call(open_project, tmp_path / "a.ora")
    assert facts(opened.project) == facts(full_project()) and opened.is_whole


def test_a_picture_that_is_in_no_file_passes_the_same_door(decoder: Decoder) -> None:
    data = encoded(Image.fromarray(noise(40, 30)))
    picture = decoder.call(open_bytes, data, "pasted picture")
    assert np.array_equal(picture.pixels, noise(40, 30)) and picture.name == "pasted picture"
    with pytest.raises(UnreadablePicture, match="is damaged"):
        decoder.call(open_bytes, data[:200], "pasted picture")


def test_the_process_is_another_one_is_used_again_and_is_light(decoder: Decoder) -> None:
    pids = {decoder.call(bad_readers.pid, HERE) for _ in range(3)}
    assert pids == {decoder.pid} and os.getpid() not in pids
    loaded = {name.split(".")[0] for name in decoder.call(bad_readers.loaded, HERE)}
    assert "PIL" in loaded and not loaded & {"torch", "diffusers", "transformers"}


def test_what_is_raised_there_is_raised_here(decoder: Decoder) -> None:
    with pytest.raises(UnreadablePicture, match=r"It is torn\. Mend it\.") as told:
        decoder.call(bad_readers.refuse, HERE)
    assert isinstance(told.value.message, Sentence) and isinstance(told.value.remedy, Sentence)
    with pytest.raises(UnreadablePicture, match=r"a\.png could not be decoded") as caught:
        decoder.call(bad_readers.raise_anything, HERE)
    assert "too deep" in caught.value.details


@only_posix
def test_a_crash_costs_the_file_alone(decoder: Decoder) -> None:
    before = decoder.call(bad_readers.pid, HERE)
    with pytest.raises(UnreadablePicture, match=r"a\.png could not be decoded") as caught:
        decoder.call(bad_readers.crash, HERE)
    assert "signal 11" in caught.value.details and caught.value.remedy
    assert decoder.call(bad_readers.pid, HERE) != before


def test_a_hang_is_ended_at_the_time_limit(decoder: Decoder) -> None:
    decoder.call(bad_readers.pid, HERE)
    start = time.monotonic()
    with pytest.raises(UnreadablePicture) as caught:
        decoder.call(bad_readers.hang, HERE, limit_s=0.3)
    assert time.monotonic() - start < 2 and "too long" in caught.value.details
    assert decoder.call(bad_readers.slowly, HERE, limit_s=60) == 1


@only_posix
def test_one_that_was_ended_between_two_files_is_started_again(decoder: Decoder) -> None:
    os.kill(decoder.call(bad_readers.pid, HERE), signal.SIGKILL)
    time.sleep(0.1)
    assert decoder.call(bad_readers.slowly, HERE) == 1


STUDIO = """
import sys, time
from pathlib import Path
from dalle_studio.storage.decoder import Decoder
from tests.storage import bad_readers

if __name__ == "__main__":
    decoder = Decoder()
    print(decoder.call(bad_readers.pid, Path("a")), flush=True)
    if sys.argv[1] == "hang":
        decoder.call(bad_readers.hang, Path("a"), limit_s=1)
    time.sleep(60)
"""


@only_posix
@pytest.mark.parametrize("does", ["nothing", "hang"])
def test_it_does_not_outlive_a_studio_that_was_killed(tmp_path: Path, does: str) -> None:
    (tmp_path / "studio.py").write_text(STUDIO)
    root = str(Path(__file__).parents[2])
    command = [sys.executable, str(tmp_path / "studio.py"), does]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": root}
    ) as studio:
        assert studio.stdout
        child = psutil.Process(int(studio.stdout.readline()))
        time.sleep(0.2)
        studio.kill()
        studio.wait()
        child.wait(timeout=15)  # of one that hangs, the time limit and five seconds


def test_a_closed_one_starts_anew(decoder: Decoder) -> None:
    decoder.close()
    assert decoder.pid is None
    decoder.start()
    assert decoder.pid is not None
    with pytest.raises(StudioError, match="no picture"):
        decoder.call(open_picture, Path("/nowhere.png"))
