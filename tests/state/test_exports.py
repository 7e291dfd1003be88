"""Exports: with the recipe or without, signed where that is set, and never over a picture of the gallery."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from dalle_studio import storage
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import record
from dalle_studio.core.request import Place, Region, Sampling, Vary
from dalle_studio.state import exports
from dalle_studio.state.notices import Level
from dalle_studio.state.studio import Studio
from dalle_studio.storage.library import open_picture, save_picture
from dalle_studio.storage.provenance import MADE_BY_MODEL, MADE_WITH_MODEL
from tests.scripted import MADE, asking, drawn, recorded
from tests.state.desks import Start, start, told

__all__ = ["start"]


def exported(studio: Studio, source: Path | Picture, target: Path, *, with_recipe: bool = False) -> bytes:
    studio.exports.export(source, target, with_recipe=with_recipe)
    studio.files.finish()
    notice = told(studio, "export")
    assert notice and notice.level is Level.DONE and notice.text == f"Exported {target.name}."
    return target.read_bytes()


def manifest(path: Path) -> dict[str, Any]:
    c2pa = pytest.importorskip("c2pa")
    with c2pa.Reader(str(path)) as reader:
        assert reader.get_validation_state() in ("Valid", "Trusted")
        return json.loads(reader.json())


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp"])
def test_the_recipe_leaves_only_where_it_is_asked_for(start: Start, home: Path, suffix: str) -> None:
    studio, picture = start(), recorded(asking("a secret"))
    assert b"a secret" not in exported(studio, picture, home / f"a{suffix}")
    exported(studio, picture, home / f"b{suffix}", with_recipe=True)
    if suffix == ".png":
        assert open_picture(home / "b.png").recipe is not None


def test_a_picture_of_the_gallery_is_never_replaced(start: Start, home: Path, qtbot: QtBot) -> None:
    studio = start()
    entry = studio.gallery.save(recorded(asking()), "a cat")
    before = entry.path.read_bytes()
    studio.exports.export(drawn(1), entry.path, with_recipe=False)
    notice = told(studio, "export")
    assert notice and notice.level is Level.ERROR and entry.path.read_bytes() == before
    exported(studio, entry.path, studio.gallery.folder / "copy.png")
    qtbot.waitUntil(lambda: len(studio.gallery.entries) == 2)


def test_what_cannot_be_written_is_told(start: Start, home: Path) -> None:
    studio = start()
    for target, says in ((home / "no" / "a.png", "cannot be written"), (home / "a.xyz", "names no format")):
        studio.exports.export(drawn(1), target, with_recipe=False)
        studio.files.finish()
        notice = told(studio, "export")
        assert notice and notice.level is Level.ERROR and says in notice.text and notice.remedy


def test_what_fails_leaves_the_old_file(start: Start, home: Path) -> None:
    mask = np.random.default_rng(1).integers(1, 255, (512, 512), np.uint8)  # a recipe too long for a JPEG
    request = Place(
        model="starter",
        source=drawn(1, 512, 512),
        regions=(Region("a cat", mask),),
        sampling=Sampling(seed=1, count=1),
    )
    studio = start()
    long = Picture(drawn(2).pixels, record(request, MADE))
    (home / "old.jpg").write_text("old")
    for source in (long, home / "gone.png"):
        studio.exports.export(source, home / "old.jpg", with_recipe=True)
        studio.files.finish()
        notice = told(studio, "export")
        assert notice and notice.level is Level.ERROR and notice.remedy.endswith(".")
    assert (home / "old.jpg").read_text() == "old"


def test_what_goes_back_to_pictures_of_the_gallery_was_made_by_the_model_alone(
    start: Start, home: Path
) -> None:
    studio = start()
    source = open_picture(studio.gallery.save(recorded(asking()), "source").path)
    foreign = open_picture(save_picture(drawn(9), home, "painting"))
    for first, expected in ((source, MADE_BY_MODEL), (foreign, MADE_WITH_MODEL)):
        vary = Vary(
            model="starter", source=first, prompt="", size=first.size, sampling=Sampling(seed=1, count=1)
        )
        picture = Picture(drawn(2).pixels, record(vary, MADE))
        assert expected.encode() in exported(studio, picture, home / "a.png")


def test_exports_are_signed_where_that_is_set(start: Start, home: Path) -> None:
    studio, picture = start(), recorded(asking())
    exported(studio, picture, home / "plain.png")
    studio.exports.set_signing(True)
    exported(studio, picture, home / "signed.png")
    told_of = manifest(home / "signed.png")
    active = told_of["manifests"][told_of["active_manifest"]]
    assert active["title"] == "signed.png"
    assert (home / "data" / "content-credential.pem").exists()
    assert b"c2pa" in (home / "signed.png").read_bytes()
    assert b"c2pa" not in (home / "plain.png").read_bytes()
    studio.close()
    assert start().preferences.value.signs_exports


def test_a_certificate_of_ones_own_is_checked_before_it_is_used(start: Start, home: Path) -> None:
    credentials = pytest.importorskip("dalle_studio.storage.credentials")
    credentials.own_credential(home / "mine")
    studio = start()
    (home / "bad.pem").write_text("no certificate")
    studio.exports.set_credential(home / "bad.pem")
    studio.files.finish()
    notice = told(studio, "signing")
    assert notice and "bad.pem holds no certificate" in notice.text
    assert studio.preferences.value.credential == ""
    studio.exports.set_credential(home / "mine" / "content-credential.pem")
    studio.files.finish()
    studio.exports.set_signing(True)
    exported(studio, recorded(asking()), home / "signed.png")
    manifest(home / "signed.png")
    assert not (home / "data" / "content-credential.pem").exists()  # the studio's own was not needed
    studio.exports.set_credential(None)
    assert studio.preferences.value.credential == ""


def test_without_the_libraries_signing_is_refused_with_the_remedy(
    start: Start, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = start()
    monkeypatch.setattr(exports, "_LIBRARIES", ("no_such_library",))
    studio.exports.set_signing(True)
    notice = told(studio, "signing")
    assert notice and "not installed" in notice.text and "dalle-studio[credentials]" in notice.remedy
    assert not studio.preferences.value.signs_exports
    monkeypatch.setitem(sys.modules, "c2pa", None)
    monkeypatch.delitem(sys.modules, "dalle_studio.storage.credentials", raising=False)
    monkeypatch.delattr(storage, "credentials", raising=False)
    studio.preferences.change(signs_exports=True)  # as set on a machine that has them
    studio.exports.export(recorded(asking()), home / "a.png", with_recipe=False)
    studio.files.finish()
    notice = told(studio, "export")
    assert notice and "not installed" in notice.text and not (home / "a.png").exists()
