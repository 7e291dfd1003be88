"""What the library writes is whole or not there; what it wrote can be made again."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from dalle_studio.core.errors import CannotWrite, InvalidRequest, StudioError, UnreadablePicture
from dalle_studio.core.format import Size
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import record
from dalle_studio.core.request import Generate, Place, Region, Request, Upscale, sources
from dalle_studio.storage.library import (
    RECIPE_KEY,
    check_folder,
    check_space,
    file_stem,
    open_picture,
    open_request,
    save_picture,
    write_png,
)
from dalle_studio.storage.pictures.files import days_beside
from tests.storage.samples import (
    MADE,
    SAMPLING,
    encoded,
    generated,
    noise,
    only_linux,
    only_posix,
    refusal,
    rgb,
)

# --- what goes out


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("prompt", ["a red car", "Ein Café am Fluß", "一只猫 🐈", "line\none\ttwo \\ \0"])
def test_a_recipe_travels_in_the_file(tmp_path: Path, prompt: str) -> None:
    picture = generated(prompt)
    path = save_picture(picture, tmp_path / "new" / "folder", "a")
    assert path == tmp_path / "new" / "folder" / "a.png"
    again = open_picture(path)
    assert again.sha256 == picture.sha256 and again.name == "a.png"
    assert again.recipe and picture.recipe
    assert again.recipe.to_json() == picture.recipe.to_json()
    assert again.recipe.prompt == prompt


def test_other_programs_read_how_it_was_made(tmp_path: Path) -> None:
    with Image.open(save_picture(generated("一只猫"), tmp_path, "a")) as image:
        image.load()
        assert image.info["parameters"] == (
            "一只猫\nNegative prompt: fog\n"
            "Steps: 16, CFG scale: 4.0, Seed: 9, Size: 32x24, Model: starter 0.1"
        )
        assert json.loads(image.info[RECIPE_KEY])["verb"] == "generate"


def test_a_request_without_sampling_is_read_too(tmp_path: Path) -> None:
    request = Upscale(model="starter", source=Picture(noise()), size=Size(64, 48))
    with Image.open(save_picture(Picture(noise(64, 48), record(request, MADE)), tmp_path, "a")) as image:
        image.load()
        assert image.info["parameters"] == "\nSize: 64x48, Model: starter 0.1"


def test_a_picture_without_recipe_is_saved_plainly(tmp_path: Path) -> None:
    path = save_picture(Picture(noise()), tmp_path, "a")
    assert open_picture(path).recipe is None
    with Image.open(path) as image:
        assert (image.format, image.mode, image.info) == ("PNG", "RGB", {})


@pytest.mark.parametrize("size", [(16, 16), (33, 17), (257, 100)])
def test_pixels_come_back_exactly(tmp_path: Path, size: tuple[int, int]) -> None:
    picture = Picture(noise(*size))
    path = save_picture(picture, tmp_path, "a")
    assert open_picture(path).sha256 == picture.sha256
    with Image.open(path) as image:
        assert hashlib.sha256(image.tobytes()).digest() == hashlib.sha256(noise(*size).tobytes()).digest()


def test_a_recipe_with_large_masks_can_be_read_back(tmp_path: Path) -> None:
    """A noisy mask as large as a picture may be makes 90 MB of text; Pillow's own limit is 64."""
    picture = generated()
    assert picture.recipe
    text = picture.recipe.to_json()[:-1] + f', "padding": "{"x" * 68_000_000}"}}'
    info = PngImagePlugin.PngInfo()
    info.add_itxt(RECIPE_KEY, text)
    picture.image.save(tmp_path / "a.png", pnginfo=info)
    assert open_picture(tmp_path / "a.png").recipe


@pytest.mark.parametrize("text", ["{}", "[" * 100_000, '{"schema": 99}', "a red car"])
def test_a_picture_with_a_damaged_recipe_is_refused_with_a_way_out(tmp_path: Path, text: str) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_itxt(RECIPE_KEY, text)
    (tmp_path / "a.png").write_bytes(encoded(rgb(1, 2, 3), pnginfo=info))
    assert "recipe in this picture" in refusal(tmp_path / "a.png").message


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("mine")
    (tmp_path / "a-3.png").mkdir()
    saved = [save_picture(generated(seed=seed), tmp_path, "a").name for seed in range(3)]
    assert saved == ["a-2.png", "a-4.png", "a-5.png"]
    assert (tmp_path / "a.png").read_text() == "mine"
    assert [open_picture(tmp_path / name).sha256 for name in saved] == [
        generated(seed=seed).sha256 for seed in range(3)
    ]
    assert listing(tmp_path) == ["a-2.png", "a-3.png", "a-4.png", "a-5.png", "a.png"]


@only_posix
def test_everyone_may_read_a_picture(tmp_path: Path) -> None:
    assert save_picture(generated(), tmp_path, "a").stat().st_mode & 0o777 == 0o644


def test_a_file_is_on_disk_before_it_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names_when_synced: list[list[str]] = []
    fsync = os.fsync

    def spy(handle: int) -> None:
        assert os.fstat(handle).st_size > 1000
        names_when_synced.append([path.name for path in tmp_path.glob("*.png")])
        fsync(handle)

    monkeypatch.setattr(os, "fsync", spy)
    save_picture(generated(), tmp_path, "a")
    write_png(tmp_path / "b.png", rgb(1, 2, 3).resize((400, 400), Image.Resampling.NEAREST))
    assert names_when_synced == [[], ["a.png"]]


def without_hard_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)


def test_a_disk_without_hard_links_serves_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_hard_links(monkeypatch)
    (tmp_path / "a.png").write_text("mine")
    assert save_picture(generated(), tmp_path, "a").name == "a-2.png"
    assert save_picture(generated(), tmp_path, "a").name == "a-3.png"
    assert (tmp_path / "a.png").read_text() == "mine"
    assert listing(tmp_path) == ["a-2.png", "a-3.png", "a.png"]


def test_a_disk_without_modes_serves_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, mode: int) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    assert open_picture(save_picture(generated(), tmp_path, "a")).recipe


def save_many(folder: str, count: int, seed: int) -> None:
    for _ in range(count):
        save_picture(generated(seed=seed), Path(folder), "a")


def run_elsewhere(*calls: tuple[Callable[..., None], tuple[Any, ...]]) -> None:
    """Run these at once, each in a process of its own."""
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=target, args=arguments) for target, arguments in calls]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0


def test_two_commands_at_once_take_nothing_from_each_other(tmp_path: Path) -> None:
    run_elsewhere(*((save_many, (str(tmp_path), 50, seed)) for seed in (1, 2)))
    assert listing(tmp_path) == sorted(["a.png", *(f"a-{number}.png" for number in range(2, 101))])
    found = Counter(open_picture(path).sha256 for path in tmp_path.iterdir())
    assert found == {generated(seed=seed).sha256: 50 for seed in (1, 2)}


def kill_savers(folder: str, kills: int) -> None:
    """Start a process that saves without end, kill it within the time of two saves, and so on."""
    picture = generated(width_px=1500)
    started = time.monotonic()
    save_picture(picture, Path(folder), "first")
    once_s = time.monotonic() - started
    for number in range(kills):
        child = os.fork()
        if child == 0:
            while True:
                save_picture(picture, Path(folder), f"a{number}")
        time.sleep(2 * once_s * (number + 1) / kills)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


@only_posix
def test_a_killed_command_leaves_only_whole_pictures(tmp_path: Path) -> None:
    run_elsewhere((kill_savers, (str(tmp_path), 40)))
    whole = list(tmp_path.glob("*.png"))
    assert len(whole) > 1
    expected = generated(width_px=1500).sha256
    assert all(open_picture(path).sha256 == expected for path in whole)
    left = {path for path in tmp_path.iterdir() if path not in whole}
    assert all(path.name.startswith(".dalle-studio-") and path.suffix == ".part" for path in left)


# --- what cannot go out


def saving_refused(folder: Path) -> CannotWrite:
    with pytest.raises(CannotWrite) as caught:
        save_picture(generated(), folder, "a")
    assert caught.value.message.startswith(f"Nothing can be written to {folder}: ")
    assert caught.value.details
    return caught.value


@pytest.mark.parametrize("step", ["write", "sync", "name"])
def test_a_full_disk_is_told_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: Literal["write", "sync", "name"]
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    class FullFile(io.BytesIO):
        write = full  # type: ignore[assignment]

    def open_full(handle: int, mode: str) -> FullFile:
        os.close(handle)
        return FullFile()

    if step == "write":
        monkeypatch.setattr(os, "fdopen", open_full)
    elif step == "sync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "hardlink_to", full)
        monkeypatch.setattr(Path, "rename", full)
    error = saving_refused(tmp_path)
    assert error.message.endswith(": No space left on device.")
    assert error.remedy == "Free some space or use another folder."
    assert listing(tmp_path) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 1 MB, where the system lets us have one."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if sys.platform != "linux" or os.geteuid() != 0 or not mount or not umount:
        pytest.skip("only root can mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, check=False
    ).returncode:
        pytest.skip("no mounting here")
    yield folder
    subprocess.run([umount, folder], check=True)


def test_a_disk_that_fills_up_keeps_what_fitted(small_disk: Path) -> None:
    picture, saved = generated(width_px=3000), 0
    with pytest.raises(CannotWrite, match="No space left on device") as caught:
        for _ in range(20):
            save_picture(picture, small_disk, "a")
            saved += 1
    assert caught.value.remedy == "Free some space or use another folder."
    assert saved >= 2 and len(listing(small_disk)) == saved
    assert all(open_picture(path).sha256 == picture.sha256 for path in small_disk.iterdir())
    with pytest.raises(CannotWrite, match=r"has only \d+ KB left"):
        check_folder(small_disk)


def refused_folders(tmp_path: Path) -> list[Path]:
    (tmp_path / "file").write_text("mine")
    return [tmp_path / "file", tmp_path / "file" / "x", *([Path("/proc")] if sys.platform == "linux" else [])]


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path) -> None:
    for folder in refused_folders(tmp_path):
        assert saving_refused(folder).remedy == "Use another folder."
        with pytest.raises(CannotWrite, match="Nothing can be written to") as caught:
            check_folder(folder)
        assert caught.value.remedy == "Use another folder."
    assert (tmp_path / "file").read_text() == "mine"


@only_posix
def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    tmp_path.chmod(0o555)
    assert "Permission denied" in saving_refused(tmp_path).message
    with pytest.raises(CannotWrite, match="Permission denied"):
        check_folder(tmp_path)


def test_a_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    check_folder(folder)
    check_folder(folder)
    assert folder.is_dir() and listing(folder) == []


def test_too_little_space_is_told_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def left(megabytes: int) -> None:
        usage = shutil._ntuple_diskusage(0, 0, megabytes * 1024**2)  # type: ignore[attr-defined]
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    left(63)
    with pytest.raises(CannotWrite) as caught:
        check_folder(tmp_path)
    assert caught.value.message == f"The disk of {tmp_path} has only 66 MB left."
    assert caught.value.remedy == "Free some space or use another folder."
    with pytest.raises(CannotWrite, match="has only 66 MB left"):
        check_space(tmp_path / "not" / "there yet")
    left(64)
    check_folder(tmp_path)
    check_space(tmp_path / "not" / "there yet")
    assert listing(tmp_path) == []


def test_a_plain_png_is_written_or_replaced_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sheet.png"
    write_png(path, rgb(1, 2, 3))
    write_png(path, rgb(4, 5, 6))
    assert open_picture(path).pixels[0, 0].tolist() == [4, 5, 6]

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    for name in ("replace", "chmod"):
        monkeypatch.setattr(Path, name, full)
    with pytest.raises(OSError, match="No space left"):
        write_png(path, rgb(7, 8, 9))
    assert listing(tmp_path) == ["sheet.png"]
    assert open_picture(path).pixels[0, 0].tolist() == [4, 5, 6]


# --- names


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("A red car!", "a-red-car"),
        ("  snake_case -- and/or\\dots...  ", "snake-case-and-or-dots"),
        ("../../etc/passwd", "etc-passwd"),
        ("Ein Café", "ein-café"),
        ("Ein Cafe\u0301", "ein-café"),
        ("一只猫，在山上", "一只猫-在山上"),
        ("हिन्दी में", "हिन्दी-में"),
        ("แมวสีดำ", "แมวสีดำ"),
        ("ﻗﻄﺔ سوداء", "ﻗﻄﺔ-سوداء"),
        ("a cat 🐈 ❤\ufe0f x", "a-cat-x"),
        ("", "picture"),
        ("🐈❤\ufe0f", "picture"),
        ("...", "picture"),
        (b"caf\xe9".decode("utf-8", "surrogateescape"), "caf"),
    ],
)
def test_a_name_is_readable_in_any_script(text: str, stem: str) -> None:
    assert file_stem(text) == stem


def test_a_long_name_is_cut_between_letters() -> None:
    assert file_stem("a" * 47 + " b") == "a" * 47
    assert file_stem("a" * 500) == "a" * 48
    assert file_stem("𠀀" * 500) == "𠀀" * 45


@given(st.text())
def test_every_name_is_safe(text: str) -> None:
    stem = file_stem(text)
    assert 1 <= len(stem) <= 48 and len(stem.encode()) <= 180
    assert not stem.startswith(("-", ".")) and not stem.endswith("-") and "--" not in stem
    assert not any(c in '/\\:*?"<>|._' or c.isspace() or not c.isprintable() for c in stem)


@pytest.mark.parametrize("text", ["一只猫", "हिन्दी", "𠀀" * 60, "x" * 60])
def test_every_name_can_be_saved(tmp_path: Path, text: str) -> None:
    stem = f"{file_stem(text)}-4294967295"
    names = [save_picture(generated(), tmp_path, stem).stem for _ in range(2)]
    assert names == [stem, f"{stem}-2"]


# --- again


def made_from(source: Picture, folder: Path) -> tuple[Request, Path]:
    region = Region("a hat", np.eye(24, 32, dtype=np.uint8) * 200)
    request = Place(model="starter", source=source, regions=(region,), sampling=SAMPLING)
    return request, save_picture(Picture(noise(seed=5), record(request, MADE)), folder, "made")


@pytest.fixture
def source(tmp_path: Path) -> Picture:
    return open_picture(save_picture(Picture(noise(seed=3)), tmp_path / "here", "source"))


def test_a_request_is_made_again_with_its_source_beside(tmp_path: Path, source: Picture) -> None:
    request, path = made_from(source, tmp_path / "here")
    again = open_request(path)
    assert isinstance(again, Place) and isinstance(request, Place)
    assert [s.sha256 for s in sources(again)] == [source.sha256]
    assert again.source.name == "source.png"
    assert (again.model, again.sampling, again.feather_px) == ("starter", SAMPLING, 16)
    assert np.array_equal(again.regions[0].mask, request.regions[0].mask)


def test_a_source_is_found_in_a_folder_that_is_named(tmp_path: Path, source: Picture) -> None:
    _, path = made_from(source, tmp_path / "there")
    assert sources(open_request(path, [tmp_path / "here"]))[0].sha256 == source.sha256
    for beside in (b"", encoded(rgb(1, 2, 3))):  # another file of that name changes nothing
        (tmp_path / "there" / "source.png").write_bytes(beside)
        assert sources(open_request(path, [tmp_path / "here"]))[0].sha256 == source.sha256


def test_in_a_library_a_source_of_another_day_is_found(tmp_path: Path, source: Picture) -> None:
    _, path = made_from(source, tmp_path / "2026-02-03")
    (tmp_path / "here").rename(tmp_path / "2026-01-02")
    assert sources(open_request(path, days_beside(path)))[0].sha256 == source.sha256
    assert days_beside(tmp_path / "elsewhere" / path.name) == []
    with pytest.raises(UnreadablePicture):
        open_request(path)


@pytest.mark.parametrize("change", ["missing", "changed", "damaged"])
def test_a_source_that_is_not_the_same_is_told(tmp_path: Path, source: Picture, change: str) -> None:
    _, path = made_from(source, tmp_path / "here")
    there = tmp_path / "here" / "source.png"
    there.unlink()
    if change == "changed":
        pixels = source.pixels.copy()
        pixels[0, 0, 0] ^= 1
        save_picture(Picture(pixels), tmp_path / "here", "source")
    elif change == "damaged":
        there.write_bytes(b"damaged")
    for folder in (None, tmp_path / "nowhere"):
        with pytest.raises(UnreadablePicture, match=r"“source\.png” is not beside this one") as caught:
            open_request(path, [folder] if folder else [])
        assert "--source-folder" in caught.value.remedy


def test_a_recipe_reads_no_file_outside_its_folders(tmp_path: Path, source: Picture) -> None:
    _, path = made_from(Picture(source.pixels, name="../here/source.png"), tmp_path / "there")
    with pytest.raises(UnreadablePicture, match="is not beside this one"):
        open_request(path)


@only_linux
def test_a_source_whose_name_is_no_unicode_is_found(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.png")
    path.write_bytes(encoded(Image.fromarray(noise())))
    _, made = made_from(open_picture(path), tmp_path)
    assert sources(open_request(made))[0].name == path.name


def test_a_picture_without_recipe_cannot_be_made_again(tmp_path: Path) -> None:
    path = save_picture(Picture(noise()), tmp_path, "a")
    with pytest.raises(UnreadablePicture, match=r"a\.png carries no recipe"):
        open_request(path)


def test_a_recipe_with_numbers_out_of_range_is_told(tmp_path: Path) -> None:
    text = record(Generate(model="m", prompt="a", sampling=SAMPLING), MADE).to_json()
    info = PngImagePlugin.PngInfo()
    info.add_itxt(RECIPE_KEY, text.replace('"steps": 16', '"steps": 900'))
    (tmp_path / "a.png").write_bytes(encoded(rgb(1, 2, 3), pnginfo=info))
    with pytest.raises(StudioError, match="The number of steps is 900") as caught:
        open_request(tmp_path / "a.png")
    assert isinstance(caught.value, InvalidRequest)
