"""Studios killed at random moments: what they promised is there, and the canvas is back to within two seconds."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dalle_studio.core.errors import StudioError
from dalle_studio.storage import journal
from dalle_studio.storage.library import open_picture
from dalle_studio.storage.openraster import open_project
from dalle_studio.storage.pictures.backup import check
from dalle_studio.storage.pictures.files import INDEX_FOLDER
from dalle_studio.storage.pictures.library import Library
from dalle_studio.storage.pictures.opening import NAME
from dalle_studio.storage.prompts import read_prompts
from dalle_studio.storage.settings import SettingsFile
from tests.torture.studio import (
    CACHE,
    PICTURES,
    PROJECTS,
    PROMPTS,
    SESSIONS,
    SETTINGS,
    canvas_sum,
    edit_of,
)

LANES = 4  # studios spend most of their time waiting for a timer
LONGEST_S = 4.0


@dataclass
class Kept:
    """What was promised and what became of it, over all kills.

    Attributes:
        kills: studios that were killed while they worked.
        pictures, projects: promised, in all.
        pictures_lost: promised and not there as a whole, or without their star.
        half_listed: in the library and not to be opened.
        projects_unreadable: not there, not whole, or older than promised.
        databases_damaged: that fail SQLite's `integrity_check`, or had to be mended.
        settings_lost: older than promised, or damaged.
        canvases_wrong: recovered, but not what was on the canvas at that moment.
        failed: studios that ended by themselves, with what they said.
        lost_s: seconds of work on the canvas that each kill cost.
    """

    kills: int = 0
    pictures: int = 0
    projects: int = 0
    pictures_lost: int = 0
    half_listed: int = 0
    projects_unreadable: int = 0
    databases_damaged: int = 0
    settings_lost: int = 0
    canvases_wrong: int = 0
    failed: list[str] = field(default_factory=list[str])
    lost_s: list[float] = field(default_factory=list[float])

    @property
    def broken(self) -> int:
        """How many promises were."""
        lost = self.pictures_lost + self.half_listed + self.projects_unreadable + self.databases_damaged
        return lost + self.settings_lost + self.canvases_wrong + len(self.failed)

    def add(self, other: Kept) -> None:
        """Count those of another one too."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


def kill_studios(home: Path, kills: int, seed: int = 0, lanes: int = LANES) -> Kept:
    """Kill that many studios, in several homes at once, and look after each whether all is kept."""
    total = Kept()
    with ThreadPoolExecutor(lanes) as pool:
        shares = [range(lane, kills, lanes) for lane in range(lanes)]
        homes = [home / f"{lane}" for lane in range(lanes)]
        for kept in pool.map(lambda home, share: _killed_in(home, share, seed), homes, shares):
            total.add(kept)
    return total


def _killed_in(home: Path, numbers: range, seed: int) -> Kept:
    home.mkdir(parents=True)
    life = Life(home)
    for number in numbers:
        life.hear(*_studio_killed_after(home, random.Random(f"{seed} {number}"), number))
        life.look()
    return life.kept


def _studio_killed_after(home: Path, moments: random.Random, seed: int) -> tuple[str, float, str]:
    """What it said, when it was killed, and what it complained of where it ended by itself.

    One in eight is killed while it starts.
    """
    command = [sys.executable, "-m", "tests.torture.studio", str(home), str(seed)]
    log, killed_s = home / "log.txt", list[float]()
    with (
        log.open("w") as complaints,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=complaints, text=True, encoding="utf-8"
        ) as studio,
    ):
        assert studio.stdout is not None

        def kill() -> None:
            killed_s.append(time.time())
            studio.kill()

        first = "" if moments.random() < 1 / 8 else studio.stdout.readline()
        timer = threading.Timer(moments.uniform(0, LONGEST_S), kill)
        timer.start()
        said = first + studio.stdout.read()
        timer.cancel()
    complaint = "" if killed_s else f"code {studio.returncode}: {log.read_text()[-2000:]}"
    return said, killed_s[0] if killed_s else time.time(), complaint


class Life:
    """One home: what all its studios have promised, and whether that is there."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.kept = Kept()
        self._pictures: dict[int, dict[str, Any]] = {}
        self._new: set[int] = set()
        self._projects: dict[str, int] = {}
        self._edits: dict[int, dict[str, Any]] = {}
        self._last = self._set = 0  # the last edit that was found again, and the one that settings tell of
        self._killed_s = 0.0

    def hear(self, said: str, killed_s: float, complaint: str) -> None:
        """Take down what a studio promised before it was killed."""
        self.kept.kills += not complaint
        self.kept.failed += [complaint] if complaint else []
        self._killed_s, self._new = killed_s, set()
        self._edits = {number: facts for number, facts in self._edits.items() if number == self._last}
        for facts in _whole_lines(said):
            if "edit" in facts:
                self._edits[facts["edit"]] = facts
            elif "picture" in facts:
                self._pictures[facts["picture"]] = facts
                self._new.add(facts["picture"])
                self.kept.pictures += 1
            elif "project" in facts:
                self._projects[facts["project"]] = facts["saved_edit"]
                self.kept.projects += 1
            elif "set" in facts:
                self._set = facts["set"]

    def look(self) -> None:
        """Open everything as the next studio does, and count what is not as promised."""
        self._look_at_library()
        edits = [self._last_edit_of_projects(), self._last_edit_of_journals()]
        self._look_at_settings()
        self.kept.canvases_wrong += max(edits) < self._last  # what was found once stays
        self._last = max(edits)
        lost = [facts["at_s"] for number, facts in self._edits.items() if number > self._last]
        self.kept.lost_s.append(max(0.0, self._killed_s - min(lost, default=self._killed_s)))

    def _look_at_library(self) -> None:
        try:
            with Library(self._home / PICTURES, self._home / CACHE / "dalle-studio") as library:
                check(library.folder / INDEX_FOLDER / NAME)
                library.scan()
                self.kept.databases_damaged += bool(library.warnings)
                rows = {row.id: row for row in library.rows(limit=1_000_000)}
        except StudioError:
            self.kept.databases_damaged += 1
            return
        for row in rows.values():
            sha256 = _sha256(row.path) if row.id in self._new or row.id not in self._pictures else "known"
            self.kept.half_listed += not sha256
            promised = self._pictures.get(row.id)
            if promised and row.id in self._new:
                self.kept.pictures_lost += sha256 != promised["sha256"] or row.starred < promised["starred"]
        self.kept.pictures_lost += len(self._pictures.keys() - rows.keys())
        self.kept.half_listed += sum(not row.path.is_file() for row in rows.values())

    def _last_edit_of_projects(self) -> int:
        last = 0
        for path in (self._home / PROJECTS).glob("*.ora"):
            try:
                opened = open_project(path)
                edit = edit_of(opened.project)
            except StudioError:
                self.kept.projects_unreadable += 1
                continue
            self.kept.projects_unreadable += (not opened.is_whole) or edit < self._projects.get(path.name, 0)
            self._projects.setdefault(path.name, edit)
            last = max(last, edit)
        missing = [name for name in self._projects if not (self._home / PROJECTS / name).is_file()]
        self.kept.projects_unreadable += len(missing)
        return last

    def _last_edit_of_journals(self) -> int:
        last = 0
        for left in journal.find(self._home / SESSIONS):
            try:
                recovered = journal.read(left.folder)
            except StudioError:
                self.kept.projects_unreadable += 1
                continue
            edit = edit_of(recovered.project)
            promised = self._edits.get(edit)
            is_other = promised is not None and promised["canvas"] != canvas_sum(recovered.project)
            self.kept.canvases_wrong += is_other or bool(recovered.lost)
            last = max(last, edit)
        return last

    def _look_at_settings(self) -> None:
        file = SettingsFile(self._home / SETTINGS)
        texts = [prompt["text"] for prompt in read_prompts(self._home / PROMPTS)]
        found = [int(file.value.geometry or 0), int(texts[-1]) if texts else 0]
        self.kept.settings_lost += file.set_aside is not None or min(found) < self._set


def _sha256(path: Path) -> str:
    """Of a picture's pixels; empty where it cannot be opened."""
    try:
        return open_picture(path).sha256
    except StudioError:
        return ""


def _whole_lines(said: str) -> Iterator[dict[str, Any]]:
    """The last line is left out where the studio was killed while it spoke."""
    for line in said.splitlines(keepends=True):
        if line.endswith("\n"):
            yield json.loads(line)
