"""Project files: bit for bit what was saved, readable by other programs, and never all lost."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import random
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from dalle_studio.core.errors import CannotWrite, StudioError, UnreadableFile
from dalle_studio.core.picture import Picture
from dalle_studio.storage import durable
from dalle_studio.storage.archive import Archive
from dalle_studio.storage.openraster import MANIFEST, open_project, save_project
from dalle_studio.storage.project import CANVAS, COMPOSITION, MERGED, PICTURE, Project, mask_member
from tests.storage.projects import facts, full_project
from tests.storage.samples import encoded, noise, only_posix, rgb

Members = dict[str, bytes]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.ora"


@pytest.fixture
def saved(path: Path) -> Path:
    save_project(full_project(), path)
    return path


def members_of(path: Path) -> Members:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(path: Path, members: Members) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def with_true_sums(members: Members) -> Members:
    """The same as a program would have written it that knows what it does."""
    manifest = json.loads(members[MANIFEST])
    named = {name: data for name, data in members.items() if name not in (MANIFEST, "mimetype")}
    manifest["members"] = {name: hashlib.sha256(data).hexdigest() for name, data in named.items()}
    return {**members, MANIFEST: json.dumps(manifest).encode()}


def with_json(members: Members, name: str, change: Callable[[dict[str, Any]], object]) -> Members:
    data = json.loads(members[name])
    change(data)
    return {**members, name: json.dumps(data).encode()}


@pytest.mark.parametrize(
    "project",
    [
        full_project(),
        Project(picture=Picture(noise(), None, "photo.jpg"), frame=(3, 0, 0, 0)),
        Project(composition={"text": "a prompt without any picture"}),
    ],
    ids=["full", "a picture from elsewhere", "no picture"],
)
def test_what_is_saved_comes_back_bit_for_bit(path: Path, project: Project) -> None:
    save_project(project, path)
    opened = open_project(path)
    assert facts(opened.project) == facts(project)
    assert opened.is_whole and not opened.lost and opened.save_path == path
    again = path.with_name("again.ora")
    save_project(opened.project, again)
    assert again.read_bytes() == path.read_bytes()


def test_the_file_is_as_the_specification_asks(saved: Path) -> None:
    head = saved.read_bytes()[:64]
    assert (head[:4], head[30:38], head[38:54]) == (b"PK\x03\x04", b"mimetype", b"image/openraster")
    with zipfile.ZipFile(saved) as archive:
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert {entry.compress_type for entry in archive.infolist()} <= {
            zipfile.ZIP_STORED,
            zipfile.ZIP_DEFLATED,
        }
    members = members_of(saved)
    image = ElementTree.fromstring(members["stack.xml"])
    assert (image.tag, image.get("w"), image.get("h")) == ("image", "32", "24")
    (stack,) = image
    assert [(layer.get("name"), layer.get("visibility")) for layer in stack] == [
        ("1: Sky", "hidden"),
        ("2: a 猫 & a <dog>", "hidden"),
        ("Picture", "visible"),
    ]
    for layer in stack:
        with Image.open(io.BytesIO(members[layer.attrib["src"]])) as pixels:
            assert pixels.format == "PNG" and pixels.size == (32, 24)
            assert 0 <= float(layer.attrib["opacity"]) <= 1 and layer.get("composite-op") == "svg:src-over"
    assert members["mergedimage.png"] == members["data/picture.png"]
    with Image.open(io.BytesIO(members["Thumbnails/thumbnail.png"])) as thumbnail:
        assert max(thumbnail.size) <= 256 and thumbnail.mode == "RGB" and not thumbnail.info.get("interlace")


def test_other_programs_see_a_region_in_its_colour(saved: Path) -> None:
    with Image.open(io.BytesIO(members_of(saved)["data/region-2.png"])) as layer:
        pixels = np.array(layer)
    assert (pixels[..., :3] == (0x6A, 0xA9, 0xFF)).all()
    assert (pixels[..., 3] == full_project().regions[0].mask).all()


def test_a_prompt_that_no_xml_can_hold_makes_no_broken_file(path: Path) -> None:
    project = full_project()
    region = replace(project.regions[0], prompt="a\x00b\x1b\ufffe\n]]>&c")
    save_project(replace(project, regions=(region,)), path)
    ElementTree.fromstring(members_of(path)["stack.xml"])
    assert open_project(path).project.regions[0].prompt == "a\x00b\x1b\ufffe\n]]>&c"


def test_the_previous_version_is_kept(saved: Path) -> None:
    first = saved.read_bytes()
    for text in ("second", "third"):
        save_project(replace(full_project(), composition={"text": text}), saved)
    previous = saved.with_name("night.ora~")
    assert open_project(saved).project.composition == {"text": "third"}
    assert open_project(previous).project.composition == {"text": "second"}
    assert previous.read_bytes() != first
    assert {each.name for each in saved.parent.iterdir()} == {"night.ora", "night.ora~"}


def test_what_a_killed_save_left_is_swept_up_a_day_later(saved: Path) -> None:
    old, new, other = (
        saved.with_name(name) for name in (".dalle-studio-1.part", ".dalle-studio-2.part", "my.part")
    )
    for path in (old, new, other):
        path.write_bytes(b"half")
    for path in (old, other):
        os.utime(path, (0, 0))
    save_project(full_project(), saved)
    assert (old.exists(), new.exists(), other.exists()) == (False, True, True)


@only_posix
def test_a_save_keeps_links_and_modes(saved: Path) -> None:
    saved.chmod(0o600)
    link = saved.with_name("link.ora")
    link.symlink_to(saved)
    save_project(full_project(), link)
    assert link.is_symlink() and saved.stat().st_mode & 0o777 == 0o600


def full_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("step", ["fsync", "mkstemp", "_keep"])
def test_a_save_that_fails_changes_nothing(saved: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    before = {each.name: each.read_bytes() for each in saved.parent.iterdir()}
    place = {"fsync": durable.os, "mkstemp": durable.tempfile, "_keep": durable}[step]
    monkeypatch.setattr(place, step, lambda *_, **__: full_disk())
    with pytest.raises(CannotWrite, match="Free some space"):
        save_project(replace(full_project(), composition={}), saved)
    assert {each.name: each.read_bytes() for each in saved.parent.iterdir()} == before


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full")
def test_a_disk_that_is_full_half_way_leaves_nothing_behind(path: Path) -> None:
    with pytest.raises(CannotWrite), Path("/dev/full").open("wb", buffering=0) as full:
        durable.replace_file(path, lambda file: full.write(b"x"))
    assert not list(path.parent.iterdir())


def test_what_a_later_version_wrote_survives(saved: Path, path: Path) -> None:
    members = with_json(members_of(saved), CANVAS, lambda data: data.update(guides=[1, 2]))
    members = with_json(members, CANVAS, lambda data: data["regions"][0].update(blur=3))
    members = with_json(members, MANIFEST, lambda data: data.update(schema=9, theme="x"))
    members = with_json(members, COMPOSITION, lambda data: data.update(mood="calm"))
    members["dalle-studio/later/notes.bin"] = b"\0later"
    write(path, with_true_sums(members))
    opened = open_project(path)
    assert opened.is_whole
    fresh = full_project().with_unknown_of(opened.project)
    save_project(fresh, path)
    after = members_of(path)
    assert after["dalle-studio/later/notes.bin"] == b"\0later"
    canvas, manifest = json.loads(after[CANVAS]), json.loads(after[MANIFEST])
    assert canvas["guides"] == [1, 2] and canvas["regions"][0]["blur"] == 3
    assert (manifest["schema"], manifest["theme"]) == (9, "x")
    assert json.loads(after[COMPOSITION])["mood"] == "calm"
    assert facts(open_project(path).project) == facts(fresh)


def test_a_scratch_anywhere_loses_little_and_never_unnoticed(saved: Path) -> None:
    whole, wanted = saved.read_bytes(), facts(full_project())
    places = random.Random(5).sample(range(len(whole)), 120)
    for place in places:
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        saved.write_bytes(damaged)
        opened = open_project(saved)
        assert opened.lost or facts(opened.project) == wanted, place
        assert opened.project.picture, place  # it is there twice
        assert saved.read_bytes() == damaged
        if not opened.is_whole:
            assert opened.save_path == saved.with_name("night (recovered).ora")


def test_a_file_cut_off_after_any_member_gives_what_is_there(saved: Path) -> None:
    whole = saved.read_bytes()
    with zipfile.ZipFile(saved) as archive:
        entries = archive.infolist()
    seen: list[tuple[str, ...]] = []
    for entry in entries[1:]:
        for end in (entry.header_offset, entry.header_offset + 20):
            saved.write_bytes(whole[:end])
            try:
                opened = open_project(saved)
            except UnreadableFile:
                assert not seen, "once something can be read, more of the file gives no less"
                continue
            assert not opened.is_whole
            seen.append(opened.lost)
    assert len(seen[0]) > len(seen[len(seen) // 2]) > 0 == len(seen[-1])
    assert "what was painted in region 1" in seen[0] and "the picture" in seen[0]


def test_prompts_and_masks_outlive_the_picture(saved: Path) -> None:
    members = members_of(saved)
    write(saved, {name: data for name, data in members.items() if name not in (PICTURE, MERGED)})
    opened = open_project(saved)
    assert opened.lost == ("the picture",)
    assert opened.project.picture and opened.project.picture.size.wh == (32, 24)
    wanted = facts(full_project())
    assert facts(opened.project)["regions"] == wanted["regions"]


def test_without_its_manifest_a_project_is_still_read(saved: Path) -> None:
    whole = bytearray(saved.read_bytes())
    whole[whole.index(b"dalle-studio/manifest.json") + 40] ^= 0xFF
    saved.write_bytes(whole)
    opened = open_project(saved)
    assert facts(opened.project) == facts(full_project()) and not opened.is_whole


SAVER = """
import sys
from dataclasses import replace
from pathlib import Path
from dalle_studio.storage.openraster import save_project
from tests.storage.projects import full_project

for number in range(1_000_000):
    save_project(replace(full_project(), composition={"number": number}), Path(sys.argv[1]))
    print(number, flush=True)
"""


@only_posix
def test_killed_while_it_is_saved_a_project_is_the_old_or_the_new_one(path: Path) -> None:
    command = [sys.executable, "-c", SAVER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as child:
        assert child.stdout
        told = [next(child.stdout) for _ in range(5)]
        child.kill()
        told += list(child.stdout)
    opened = open_project(path)
    assert opened.is_whole and opened.project.composition["number"] >= int(told[-1])
    assert open_project(path.with_name("night.ora~")).is_whole


def bad(**changes: Any) -> Callable[[dict[str, Any]], object]:
    return lambda data: data.update(changes)


def bad_region(**changes: Any) -> Callable[[dict[str, Any]], object]:
    return lambda data: data["regions"][0].update(changes)


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        (bad(regions=5), "the prompt of a region"),
        (bad(regions=[None]), "the prompt of a region"),
        (bad_region(number="2"), "the prompt of a region"),
        (bad_region(number=99), "the prompt of a region"),
        (bad_region(number=True), "the prompt of a region"),
        (bad_region(prompt=None), "the prompt of a region"),
        (bad_region(prompt="x" * 10_000), "the prompt of a region"),
        (bad_region(intent="explode"), "the prompt of a region"),
        (bad(frame=[1e9, 2, 0, 0]), "the frame"),
        (bad(frame=[-1, 2, 0, 0]), "the frame"),
        (bad(frame=[8000, 2, 8000, 0]), "the frame"),
        (bad(active=[1], options=[1]), None),
    ],
)
def test_values_that_make_no_sense_are_lost_and_no_more(
    saved: Path, change: Callable[[dict[str, Any]], object], lost: str | None
) -> None:
    write(saved, with_true_sums(with_json(members_of(saved), CANVAS, change)))
    opened = open_project(saved)
    assert opened.lost == ((lost,) if lost else ())
    assert [region.mask.tobytes() for region in sorted(opened.project.regions, key=lambda r: r.number)] == [
        region.mask.tobytes() for region in sorted(full_project().regions, key=lambda r: r.number)
    ]


@pytest.mark.parametrize("text", [b"[" * 100_000, b"[]", b'{"a": "\\ud800"}', b"\xff", b"", b"NaN", b"{}1"])
def test_json_of_any_kind_is_survived(saved: Path, text: bytes) -> None:
    members = members_of(saved)
    for name in (CANVAS, COMPOSITION, "dalle-studio/recipe.json"):
        write(saved, with_true_sums({**members, name: text}))
        opened = open_project(saved)
        assert opened.lost and opened.project.picture
    write(saved, {**members, MANIFEST: text})
    assert open_project(saved).project.picture


def test_a_mask_of_another_size_is_lost_alone(saved: Path) -> None:
    mask = encoded(Image.new("L", (16, 16)))
    write(saved, with_true_sums({**members_of(saved), mask_member(1): mask}))
    opened = open_project(saved)
    assert opened.lost == ("what was painted in region 1",)
    assert [region.mask.any() for region in opened.project.regions] == [True, False]


def test_a_picture_that_would_fill_the_memory_is_not_decoded(saved: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(999))) + chunk(b"IEND", b"")
    write(saved, with_true_sums({**members_of(saved), PICTURE: bomb, MERGED: bomb}))
    assert open_project(saved).lost == ("the picture",)


def test_a_layered_file_of_another_program_gives_its_picture_and_is_not_overwritten(path: Path) -> None:
    merged = encoded(rgb(1, 2, 3).convert("RGBA"))
    write(path, {"mimetype": b"image/openraster", "stack.xml": b"<image/>", "mergedimage.png": merged})
    opened = open_project(path)
    assert opened.project.picture and opened.project.picture.pixels[0, 0].tolist() == [1, 2, 3]
    assert not opened.is_whole and opened.save_path != path
    opened.save_path.touch()
    assert opened.save_path.name == "night (recovered) 2.ora"


def test_what_is_no_project_is_refused(path: Path) -> None:
    for data in (b"", b"no archive", encoded(rgb(1, 2, 3))):
        path.write_bytes(data)
        with pytest.raises(StudioError):
            open_project(path)
    write(path, {"mimetype": b"application/epub+zip", "mergedimage.png": b""})
    with pytest.raises(UnreadableFile, match="is no project"):
        open_project(path)
    with pytest.raises(UnreadableFile):
        open_project(path.with_name("missing.ora"))


def test_our_own_files_keep_our_own_rules(saved: Path) -> None:
    with Archive(saved) as archive:
        assert set(archive.names) == set(members_of(saved))
