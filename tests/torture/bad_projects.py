"""Damaged projects and journals: what is left is read, what is lost is told, and nothing else happens."""

from __future__ import annotations

import hashlib
import io
import json
import random
import struct
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from dalle_studio.core.errors import UnreadableFile, UnreadablePicture
from dalle_studio.state.snapshot import arrangement_of, composition_of, options_of
from dalle_studio.storage import journal
from dalle_studio.storage.journal import Journal
from dalle_studio.storage.openraster import MANIFEST, MIMETYPE, open_project, save_project
from dalle_studio.storage.project import Project
from tests.storage.projects import full_project
from tests.storage.samples import encoded
from tests.torture.bad_json import mutated_json
from tests.torture.bad_pictures import see_that_it_is_told
from tests.torture.mutants import mutated, scratched
from tests.torture.pictures import image

Members = dict[str, bytes]
_LOCAL, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"


@cache
def projects() -> tuple[Members, ...]:
    """Members of files of all kinds: with everything, with nothing, of another program, of a later version."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "a.ora"
        found: list[Members] = []
        for project in (full_project(), full_project(), Project(composition={"text": "a red car"})):
            save_project(project, path)
            found.append(members_of(path.read_bytes()))
    full = found[0]
    foreign = {name: full[name] for name in (MIMETYPE, "stack.xml", "mergedimage.png", "data/picture.png")}
    later = with_true_sums({**full, "dalle-studio/later/notes.bin": b"\0later"})
    return (*found, foreign, {**foreign, "mergedimage.png": encoded(image("RGBA"))}, later)


@dataclass(frozen=True)
class BadProjects:
    """Mutants of project files; the same number gives the same file."""

    seed: int = 0

    def mutant(self, number: int) -> tuple[str, bytes]:
        """See `Trial.mutant`."""
        rng = random.Random(f"{self.seed} {number}")
        members = projects()[number % len(projects())]
        if rng.random() < 0.7:
            return "mutant.ora", zipped(_mutated_members(members, rng))
        whole = zipped(members)
        data = scratched(whole, rng, zipped(rng.choice(projects())))
        return "mutant.ora", repaired_zip(data) if rng.random() < 0.7 else data

    def run(self, number: int, folder: Path) -> bool:
        """See `Trial.run`. What is opened can be shown, saved and opened again."""
        name, data = self.mutant(number)
        path = folder / name
        path.write_bytes(data)
        try:
            opened = open_project(path)
        except (UnreadableFile, UnreadablePicture) as error:
            see_that_it_is_told(error, error.message, error.remedy)
            return False
        finally:
            assert path.read_bytes() == data, "opening it has changed the file"
        assert opened.is_whole or opened.save_path != path
        see_that_it_can_be_shown(opened.project)
        if number % 4 == 0:
            again = folder / "again.ora"
            save_project(opened.project, again)
            assert open_project(again).is_whole
        return True


@dataclass(frozen=True)
class BadJournals:
    """Mutants of a session's journal: its list, or one of the files that the list names."""

    seed: int = 0

    def mutant(self, number: int) -> tuple[str, bytes]:
        """See `Trial.mutant`. The list and all objects, packed."""
        rng = random.Random(f"{self.seed} {number}")
        files = dict(_journal())
        kept = json.loads(files[journal.LIST])
        if rng.random() < 0.3:
            files[journal.LIST] = mutated_json(files[journal.LIST], rng)
        else:
            member = rng.choice(sorted(kept["members"]))
            data = _mutated_member(member, files.pop(f"{journal.OBJECTS}/{kept['members'][member]}"), rng)
            kept["members"][member] = hashlib.sha256(data).hexdigest()
            files[f"{journal.OBJECTS}/{kept['members'][member]}"] = data
            files[journal.LIST] = json.dumps(kept).encode()
        return "journal.zip", zipped(files)

    def run(self, number: int, folder: Path) -> bool:
        """See `Trial.run`."""
        root = folder / "sessions"
        place = root / "one"
        (place / journal.OBJECTS).mkdir(parents=True, exist_ok=True)
        for old in (place / journal.OBJECTS).iterdir():
            old.unlink()
        for name, data in members_of(self.mutant(number)[1]).items():
            (place / name).write_bytes(data)
        (left,) = journal.find(root)
        try:
            recovered = journal.read(left.folder)
        except UnreadableFile as error:
            see_that_it_is_told(error, error.message, error.remedy)
            return False
        see_that_it_can_be_shown(recovered.project)
        return True


def see_that_it_can_be_shown(project: Project) -> None:
    """Raises where the window could not put a project on its canvas and into its composer."""
    arrangement = arrangement_of(project)
    composition_of(project.composition)
    options_of(project.options)
    shape = None if arrangement.picture is None else arrangement.picture.pixels.shape[:2]
    assert all(region.mask.shape == shape and region.mask.dtype == np.uint8 for region in arrangement.regions)
    assert len({region.number for region in arrangement.regions}) == len(arrangement.regions)


def members_of(data: bytes) -> Members:
    """All members of a whole archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members: Members) -> bytes:
    """An archive; the same members give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED if name.endswith(".json") else zipfile.ZIP_STORED
            archive.writestr(entry, data)
    return buffer.getvalue()


def with_true_sums(members: Members) -> Members:
    """With a manifest that fits, where there is one that can be read."""
    try:
        manifest = json.loads(members[MANIFEST])
        manifest["members"] = {
            name: hashlib.sha256(data).hexdigest()
            for name, data in members.items()
            if name not in (MANIFEST, MIMETYPE)
        }
        return {**members, MANIFEST: json.dumps(manifest).encode()}
    except (KeyError, TypeError, ValueError, RecursionError):
        return members


def repaired_zip(data: bytes) -> bytes:
    """The same with the right checksum for every stored member that is there as a whole."""
    changed, place = bytearray(data), data.find(_LOCAL)
    sums: dict[int, int] = {}
    while 0 <= place <= len(data) - 30:
        method, packed, name, extra = struct.unpack_from("<H8xI4xHH", changed, place + 8)
        start = place + 30 + name + extra
        if method == zipfile.ZIP_STORED and start + packed <= len(data):
            sums[place] = zlib.crc32(changed[start : start + packed])
            struct.pack_into("<I", changed, place + 14, sums[place])
        place = data.find(_LOCAL, place + 4)
    place = data.find(_CENTRAL)
    while 0 <= place <= len(data) - 46:
        (local,) = struct.unpack_from("<I", changed, place + 42)
        if local in sums:
            struct.pack_into("<I", changed, place + 16, sums[local])
        place = data.find(_CENTRAL, place + 4)
    return bytes(changed)


def _mutated_members(members: Members, rng: random.Random) -> Members:
    changed = dict(members)
    for _ in range(rng.choice((1, 1, 2, 3))):
        name = rng.choice(sorted(changed))
        data = changed.pop(name)
        match rng.randrange(8):
            case 0:
                pass
            case 1:
                changed[rng.choice(("../evil", "data/PICTURE.png", "a\\b", *members))] = data
            case _:
                changed[name] = _mutated_member(name, data, rng)
    return with_true_sums(changed) if changed and rng.random() < 0.8 else changed or dict(members)


def _mutated_member(name: str, data: bytes, rng: random.Random) -> bytes:
    try:
        if name.endswith(".json") and rng.random() < 0.85:
            return mutated_json(data, rng)
    except (ValueError, RecursionError):  # it was mutated before
        pass
    return mutated(name, data, rng, data) if data.startswith(b"\x89PNG") else scratched(data, rng, data)


@cache
def _journal() -> tuple[tuple[str, bytes], ...]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = full_project()
        Journal(folder).write(project, Path("/pictures/night.ora"))
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return tuple((path.relative_to(folder).as_posix(), path.read_bytes()) for path in files)
