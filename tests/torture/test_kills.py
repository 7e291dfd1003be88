"""Killed at any moment, studio or worker: nothing that was promised is lost."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from tests.storage.samples import only_posix
from tests.torture.kills import Life, kill_studios
from tests.torture.studio import PROJECTS
from tests.torture.worker_kills import kill_workers

MOST_LOST_S = 4.0  # twice the promise, since this machine may have other work

pytestmark = only_posix


def test_studios_that_are_killed_lose_nothing(tmp_path: Path) -> None:
    kept = kill_studios(tmp_path / "studios", kills=4, lanes=2)
    assert kept.kills == 4 and not kept.failed and not kept.broken, kept
    assert kept.pictures and max(kept.lost_s) < MOST_LOST_S


@pytest.mark.timeout(300)
def test_workers_that_are_killed_lose_nothing(tmp_path: Path) -> None:
    answers = kill_workers(tmp_path, kills=4)
    assert answers.kills == 4 and not answers.broken and answers.kept, answers


def said(**facts: object) -> str:
    return f"{json.dumps(facts)}\n"


def test_what_is_missing_is_counted(tmp_path: Path) -> None:
    """The harness can fail: a studio that promises what it has not done."""
    life, now_s = Life(tmp_path), time.time()
    (tmp_path / PROJECTS).mkdir()
    (tmp_path / PROJECTS / "cut.ora").write_bytes(b"PK")
    life.hear(
        said(picture=7, sha256="1", starred=False)
        + said(project="a.ora", saved_edit=3)
        + said(edit=4, at_s=now_s - 3, canvas="1")
        + said(edit=5, at_s=now_s - 1, canvas="2")
        + said(set=4)
        + '{"half',
        now_s,
        "",
    )
    life.look()
    kept = life.kept
    assert (kept.kills, kept.pictures, kept.projects) == (1, 1, 1)
    assert (kept.pictures_lost, kept.projects_unreadable, kept.settings_lost) == (1, 2, 1)
    assert kept.lost_s == [pytest.approx(3)] and kept.broken == 4
    life.hear("", now_s, "code 1: it fell over")
    assert life.kept.failed == ["code 1: it fell over"]
