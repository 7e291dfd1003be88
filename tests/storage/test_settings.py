"""Settings: written at once and whole, kept across versions, and no damaged file stops the studio."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dalle_studio.core.errors import CannotWrite
from dalle_studio.storage import durable
from dalle_studio.storage.settings import Settings, SettingsFile
from tests.storage.test_project import full_disk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def test_choices_are_remembered(path: Path) -> None:
    settings = SettingsFile(path)
    assert settings.value == Settings() and not path.exists()
    settings.change(scheme="dark", signs_exports=True)
    assert SettingsFile(path).value == Settings(scheme="dark", signs_exports=True)
    with pytest.raises(TypeError):
        settings.change(no_such_setting=1)


def test_what_a_later_version_wrote_survives(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"schema": 7, "scheme": "light", "brain": {"a": [1]}}')
    SettingsFile(path).change(geometry="AAAA")
    data = json.loads(path.read_bytes())
    assert data == {"schema": 7, "scheme": "light", "brain": {"a": [1]}, "geometry": "AAAA"}


def test_two_studios_do_not_overrun_each_other(path: Path) -> None:
    one, other = SettingsFile(path), SettingsFile(path)
    one.change(scheme="dark")
    other.change(geometry="AAAA")
    one.change(signs_exports=True)
    assert SettingsFile(path).value == Settings(scheme="dark", geometry="AAAA", signs_exports=True)


def test_a_value_that_makes_no_sense_is_left_at_its_default(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"scheme": 3, "recent": ["a", 1], "signs_exports": "yes", "geometry": "AAAA"}')
    settings = SettingsFile(path)
    assert settings.value == Settings(recent=("a",), geometry="AAAA") and settings.set_aside is None


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_file_is_set_aside(path: Path, text: bytes) -> None:
    path.parent.mkdir()
    for number in ("", "-2"):
        path.write_bytes(text)
        settings = SettingsFile(path)
        assert settings.value == Settings()
        assert settings.set_aside == path.with_name(f"settings.json.damaged{number}")
        assert settings.set_aside and settings.set_aside.read_bytes() == text
        settings.change(scheme="dark")
        assert SettingsFile(path).value.scheme == "dark"


def test_what_cannot_be_written_holds_until_it_can(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = SettingsFile(path)
    settings.change(scheme="light")
    with monkeypatch.context() as patch:
        patch.setattr(durable.os, "fsync", full_disk)
        with pytest.raises(CannotWrite):
            settings.change(scheme="dark")
    assert settings.value.scheme == "dark" and SettingsFile(path).value.scheme == "light"
    settings.change(geometry="AAAA")
    assert SettingsFile(path).value == Settings(scheme="dark", geometry="AAAA")


def test_a_folder_in_its_place_is_told_and_stops_nothing(path: Path) -> None:
    path.mkdir(parents=True)
    settings = SettingsFile(path)
    assert settings.value == Settings()
    with pytest.raises(CannotWrite):
        settings.change(scheme="dark")
    assert settings.value.scheme == "dark"


def test_the_last_used_projects_come_first_and_once(path: Path, tmp_path: Path) -> None:
    settings = SettingsFile(path)
    for number in (*range(12), 5):
        settings.add_recent(tmp_path / f"{number}.ora")
    names = [Path(each).stem for each in SettingsFile(path).value.recent]
    assert names == ["5", "11", "10", "9", "8", "7", "6", "4", "3", "2"]
    settings.forget_recent(tmp_path / "5.ora")
    assert str(tmp_path / "5.ora") not in settings.value.recent
