"""Preferences: remembered from one start to the next, and told where that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy

from dalle_studio.state.notices import Level, Notices
from dalle_studio.state.preferences import Preferences
from dalle_studio.storage import durable
from tests.storage.test_project import full_disk


def opened(path: Path) -> tuple[Preferences, Notices]:
    notices = Notices()
    return Preferences(path / "data" / "settings.json", notices), notices


def test_what_is_chosen_holds_at_once_and_at_the_next_start(qapp: object, tmp_path: Path) -> None:
    preferences, notices = opened(tmp_path)
    changed = QSignalSpy(preferences.changed)
    preferences.change(scheme="light")
    preferences.change(scheme="light", adds_recipe=True)
    preferences.change(adds_recipe=True)  # changes nothing
    assert preferences.value.scheme == "light" and changed.count() == 2
    preferences.close()
    value = opened(tmp_path)[0].value
    assert (value.scheme, value.adds_recipe, notices.notices) == ("light", True, ())


def test_projects_last_used_come_first(qapp: object, tmp_path: Path) -> None:
    preferences, _ = opened(tmp_path)
    for name in ("a", "b", "a", "c"):
        preferences.add_recent(Path(f"/{name}.ora"))
    preferences.forget_recent(Path("/c.ora"))
    assert preferences.value.recent == ("/a.ora", "/b.ora")
    preferences.close()
    assert opened(tmp_path)[0].value.recent == ("/a.ora", "/b.ora")


def test_a_full_disk_is_told_and_the_choice_holds(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preferences, notices = opened(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(durable.os, "fsync", full_disk)
        preferences.change(scheme="dark")
        preferences.close()
    (notice,) = notices.notices
    assert notice.level is Level.ERROR and notice.remedy.startswith("Free some space")
    assert preferences.value.scheme == "dark"


def test_a_damaged_file_is_told_and_kept(qapp: object, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.json").write_text("{broken")
    preferences, notices = opened(tmp_path)
    assert preferences.value.scheme == "system"
    assert "settings.json.damaged" in notices.notices[0].text
    assert (tmp_path / "data" / "settings.json.damaged").read_text() == "{broken"
