"""The session journal: what was there comes back, whole, whenever the machine stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dalle_studio.core.errors import CannotWrite, UnreadableFile
from dalle_studio.core.picture import Picture
from dalle_studio.storage import durable, journal
from dalle_studio.storage.journal import Journal
from dalle_studio.storage.project import PaintedRegion, Project
from tests.storage.projects import facts, full_project
from tests.storage.samples import noise, only_posix
from tests.storage.test_project import full_disk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sessions" / "one"


def objects(folder: Path) -> set[str]:
    return {path.name for path in (folder / "objects").iterdir()}


def test_what_was_written_last_comes_back(folder: Path) -> None:
    writer = Journal(folder)
    writer.write(full_project())
    last = replace(full_project(), composition={"text": "later"})
    writer.write(last, Path("/pictures/night.ora"))
    (left,) = journal.find(folder.parent)
    assert (left.folder, left.file) == (folder, Path("/pictures/night.ora")) and left.size_bytes > 1000
    recovered = journal.read(folder)
    assert facts(recovered.project) == facts(last)
    assert recovered.file == left.file and not recovered.lost


def test_a_picture_is_written_once_and_goes_when_nothing_names_it(folder: Path) -> None:
    writer, project = Journal(folder), full_project()
    writer.write(project)
    before = objects(folder)
    stamps = {name: (folder / "objects" / name).stat().st_mtime_ns for name in before}
    writer.write(replace(project, composition={"text": "another"}))
    kept = before & objects(folder)
    assert len(before - kept) == len(objects(folder) - kept) == 1
    assert all((folder / "objects" / name).stat().st_mtime_ns == stamps[name] for name in kept)
    writer.write(Project(picture=Picture(noise(seed=5))))
    assert not before & objects(folder)


def test_a_glance_shows_the_picture_with_its_regions(folder: Path) -> None:
    pixels = np.full((600, 1200, 3), 200, np.uint8)
    mask = np.zeros((600, 1200), np.uint8)
    mask[:, :600] = 255
    project = Project(
        picture=Picture(pixels, name="night.png"),
        regions=(PaintedRegion(number=1, mask=mask),),
        composition={"text": "a red car"},
    )
    Journal(folder).write(project)
    seen = journal.glance(folder)
    assert seen.picture and seen.picture.size.wh == (480, 240)
    painted, free = seen.picture.pixels[120, 100].tolist(), seen.picture.pixels[120, 400].tolist()
    assert free == [200, 200, 200] and painted[0] > 200 > painted[1]
    assert (seen.name, seen.composition, seen.regions) == ("night.png", {"text": "a red car"}, 1)


def test_a_glance_at_a_damaged_one_shows_what_is_left(folder: Path) -> None:
    Journal(folder).write(full_project())
    for path in (folder / "objects").iterdir():
        path.write_bytes(b"\0")
    seen = journal.glance(folder)
    assert seen.picture is None and seen.composition == {}
    (folder / "journal.json").write_bytes(b"{")
    assert journal.glance(folder).picture is None


def test_what_is_saved_is_not_found_again(folder: Path) -> None:
    writer = Journal(folder)
    assert not writer.holds_something and journal.find(folder.parent) == ()
    writer.write(full_project())
    assert writer.holds_something
    writer.clear()
    assert not writer.holds_something and journal.find(folder.parent) == () and not objects(folder)
    writer.write(full_project())
    assert facts(journal.read(folder).project) == facts(full_project())


def test_a_write_that_fails_leaves_what_was_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = Journal(folder)
    writer.write(full_project())
    with monkeypatch.context() as patch:
        patch.setattr(durable.os, "fsync", full_disk)
        with pytest.raises(CannotWrite, match="Free some space"):
            writer.write(Project(picture=Picture(noise(seed=5))))
    assert facts(journal.read(folder).project) == facts(full_project())
    writer.write(Project(picture=Picture(noise(seed=5))))
    assert journal.read(folder).project.picture


def test_a_scratched_object_is_lost_alone_and_a_scratched_list_is_told(folder: Path) -> None:
    Journal(folder).write(full_project())
    largest = max((folder / "objects").iterdir(), key=lambda path: path.stat().st_size)
    largest.write_bytes(b"?" + largest.read_bytes()[1:])
    recovered = journal.read(folder)
    assert recovered.lost == ("the picture",) and len(recovered.project.regions) == 2
    (folder / "journal.json").write_bytes(b"{")
    assert [left.folder for left in journal.find(folder.parent)] == [folder]
    with pytest.raises(UnreadableFile):
        journal.read(folder)


def test_a_list_cannot_lead_out_of_its_folder(folder: Path) -> None:
    secret = folder.parent / "secret"
    Journal(folder).write(full_project())
    secret.write_bytes(b'{"text": "secret"}')
    listed = folder / "journal.json"
    listed.write_text('{"members": {"dalle-studio/composition.json": "../../secret"}}')
    assert journal.read(folder).project.composition == {}


def test_a_name_that_no_file_can_have_is_lost(folder: Path) -> None:
    Journal(folder).write(full_project())
    (folder / "journal.json").write_text('{"members": {"dalle-studio/composition.json": "a\\u0000b"}}')
    recovered = journal.read(folder)
    assert recovered.lost == ("what was composed: prompt, style and settings",)


def test_journals_nobody_came_for_are_forgotten_by_age_and_size(tmp_path: Path) -> None:
    for name, age_days in (("new", 0), ("old", 10), ("ancient", 31), ("running", 40)):
        Journal(tmp_path / name).write(full_project())
        stamp = time.time() - age_days * 24 * 3600
        os.utime(tmp_path / name / "journal.json", (stamp, stamp))
    journal.forget_old(tmp_path, lambda folder: folder.name != "running")
    assert {left.folder.name for left in journal.find(tmp_path)} == {"new", "old", "running"}
    journal.forget_old(tmp_path, lambda folder: True, max_bytes=10)
    assert {left.folder.name for left in journal.find(tmp_path)} == {"new"}
    (tmp_path / "empty").mkdir()
    journal.forget_old(tmp_path, lambda folder: True)
    assert (tmp_path / "empty").exists()
    journal.forget_old(tmp_path, lambda folder: True, now_s=time.time() + 2 * 24 * 3600)
    assert not (tmp_path / "empty").exists()
    journal.forget(tmp_path / "new")
    assert journal.find(tmp_path) == () and journal.find(tmp_path / "missing") == ()


WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from dalle_studio.core.picture import Picture
from dalle_studio.storage.journal import Journal
from dalle_studio.storage.project import Project
from tests.storage.projects import full_project
from tests.storage.samples import noise

journal, project = Journal(Path(sys.argv[1])), full_project()
for number in range(1_000_000):
    picture = Picture(noise(seed=number))
    journal.write(replace(project, picture=picture, composition={"number": number}))
    print(number, flush=True)
"""


@pytest.fixture
def child(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", WRITER, str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
    yield process
    process.kill()
    process.communicate()


@only_posix
def test_killed_at_any_moment_it_holds_what_was_told_to_be_kept(
    folder: Path, child: subprocess.Popen[str]
) -> None:
    assert child.stdout
    told = [next(child.stdout) for _ in range(7)]
    child.send_signal(signal.SIGKILL)
    told += list(child.stdout)
    child.wait()
    recovered = journal.read(folder)
    number = recovered.project.composition["number"]
    assert not recovered.lost and number >= int(told[-1])
    assert (
        recovered.project.picture and recovered.project.picture.sha256 == Picture(noise(seed=number)).sha256
    )
    Journal(folder).write(full_project())
    assert facts(journal.read(folder).project) == facts(full_project())
    assert not [path for path in folder.rglob("*.part") if path.parent.name == "objects"]
