"""What goes wrong on a bad day: each time a sentence and a remedy, nothing lost, and the next picture is made."""

from __future__ import annotations

import errno
import os
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from dalle_studio.core.format import Size
from dalle_studio.core.model import Model
from dalle_studio.core.request import Place
from dalle_studio.ui.theme import Theme
from tests.scripted import ScriptedEngine, drawn
from tests.storage.samples import chunk, encoded, noise, png_header
from tests.user import User, user_of


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture
def user(qtbot: QtBot, theme: Theme, starter: Model, home: Path, engine: ScriptedEngine) -> Iterator[User]:
    with ExitStack() as windows:
        yield windows.enter_context(user_of(engine, starter, None, home / "pictures", theme, qtbot))


class Afternoon:
    """Work in progress: a picture kept in the gallery, a painting on the canvas with a region, blocks, words."""

    def __init__(self, user: User, engine: ScriptedEngine, home: Path) -> None:
        self.user, self._engine, self._folder = user, engine, home / "pictures"
        user.type("a cat")
        user.press("Esc")
        user.click("Variations: 1")
        user.press("Ctrl+Return")
        user.wait_for_pictures(1)
        user.press("Right", "K")
        path = home / "painting.png"
        Image.fromarray(drawn(5, 96, 64).pixels).save(path)
        user.drop([path])
        user.wait(lambda: user.text("document") == "painting.png")
        user.click("tool_marker")
        user.pull((0.3, 0.5))
        user.press("F2")
        user.type("a dog")
        user.press("Return")
        self._picture, self._before = user.studio.canvas.picture, self._everything()

    def is_untouched(self) -> str:
        """One notice is told and closed, everything else is as it was; returns the notice's sentence."""
        self.user.wait(lambda: self.user.notices)
        ((sentence, remedy),) = self.user.notices
        assert sentence.endswith(".") and remedy.endswith(".") and "Error" not in sentence
        assert self._everything() == self._before
        assert self.user.studio.canvas.picture is self._picture
        self.user.click("notice_close")
        assert self.user.notices == []
        return sentence

    def goes_on(self) -> None:
        """The next picture is made, of the region that is there."""
        self.user.press("Ctrl+Return")
        self.user.wait_for_pictures(2)
        request = self._engine.requests[-1]
        assert isinstance(request, Place) and request.regions[0].prompt == "a dog"
        assert len(list(self._folder.glob("*/*.png"))) == 2

    def _everything(self) -> dict[str, Any]:
        studio = self.user.studio
        regions = [(each.number, each.prompt, each.mask.tobytes()) for each in studio.canvas.regions]
        return {
            "composition": studio.composer.value,
            "document": self.user.text("document"),
            "regions": regions,
            "button": self.user.text("primary_button"),
            "tiles": self.user.tiles,
            "gallery": [(each.name, each.kept) for each in studio.gallery.entries],
            "files": sorted(path.name for path in self._folder.rglob("*.png")),
        }


@pytest.fixture
def afternoon(user: User, engine: ScriptedEngine, home: Path) -> Afternoon:
    return Afternoon(user, engine, home)


# Files that are no pictures to work on


def bmp_header(width_px: int, height_px: int) -> bytes:
    picture = struct.pack("<IiiHHIIiiII", 40, width_px, height_px, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + picture


BAD_FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.png": (lambda: b"", "is damaged"),
    "text.png": (lambda: b"Dear diary, today I painted.\n" * 40, "is damaged"),
    "page.html.jpg": (lambda: b"<!doctype html><html></html>", "is damaged"),
    "cut.png": (lambda: encoded(Image.fromarray(noise(200, 200)))[:4000], "is damaged"),
    "cut.jpg": (lambda: encoded(Image.fromarray(noise(200, 200)), "JPEG")[:4000], "is damaged"),
    "cut.webp": (lambda: encoded(Image.fromarray(noise(200, 200)), "WEBP")[:900], "is damaged"),
    "cut.gif": (lambda: encoded(Image.fromarray(noise(200, 200)), "GIF")[:4000], "is damaged"),
    "header.png": (lambda: png_header(64, 64), "is damaged"),
    "nothing.png": (lambda: png_header(64, 64) + chunk(b"IEND", b""), "is damaged"),
    "dot.png": (lambda: encoded(Image.new("RGB", (1, 1))), "only 1 × 1 pixels"),
    "claims.bmp": (lambda: bmp_header(20_000, 20_000), "20000 × 20000 pixels"),
    "claims.png": (lambda: png_header(20_000, 20_000) + chunk(b"IDAT", b""), "20000 × 20000 pixels"),
    "icon.ico": (lambda: encoded(Image.new("RGB", (64, 64)), "ICO"), "is damaged or no picture"),
    "icon.icns": (lambda: encoded(Image.new("RGB", (64, 64)), "ICNS"), "is damaged or no picture"),
    "print.pdf": (lambda: encoded(Image.new("RGB", (64, 64)), "PDF"), "is damaged or no picture"),
    "print.eps": (lambda: encoded(Image.new("RGB", (64, 64)), "EPS"), "is damaged or no picture"),
    "drawing.svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', "is damaged or no picture"),
}


def test_files_that_are_no_pictures_to_work_on_are_dropped(afternoon: Afternoon, home: Path) -> None:
    for name, (data, says) in BAD_FILES.items():
        (home / name).write_bytes(data())
        afternoon.user.drop([home / name])
        sentence = afternoon.is_untouched()
        assert name in sentence and says in sentence
    afternoon.goes_on()


def test_what_is_no_file_is_dropped(afternoon: Afternoon, home: Path) -> None:
    afternoon.user.drop([home / "gone.png"])
    assert "no picture at" in afternoon.is_untouched()
    for address in ("https://example.org/cat.png", "mailto:a@example.org", "nonsense"):
        data = QMimeData()
        data.setUrls([QUrl(address)])
        afternoon.user.drop(data=data)
        assert "no picture on this computer" in afternoon.is_untouched()
    afternoon.goes_on()


def test_a_bad_file_is_chosen(afternoon: Afternoon, home: Path) -> None:
    (home / "text.png").write_text("no picture")
    afternoon.user.answer_with(home / "text.png")
    afternoon.user.press("Ctrl+O")
    afternoon.is_untouched()
    afternoon.user.answer_with(home / "text.png")
    afternoon.user.click("import_mask")
    afternoon.is_untouched()
    afternoon.user.studio.blend_with_file(home / "text.png")  # as from the gallery's menu
    afternoon.is_untouched()
    afternoon.goes_on()


def test_several_files_are_dropped_and_the_first_is_taken(user: User, home: Path) -> None:
    paths = [home / name for name in ("a.png", "b.png", "c.png")]
    for path in paths:
        Image.fromarray(noise(64, 48)).save(path)
    user.drop(paths)
    user.wait(lambda: user.text("document") == "a.png")
    told = "Of 3 files only the first, a.png, is opened."
    assert user.notices == [(told, "Bring the others one at a time.")]


# Odd files that are pictures all the same


def cmyk() -> bytes:
    return encoded(Image.new("CMYK", (64, 48), (0, 255, 255, 0)), "JPEG", quality=95)


def deep() -> bytes:
    """A PNG of 16 bits a colour, red."""
    row = b"\0" + b"\xff\xff\0\0\0\0" * 64
    header = chunk(b"IHDR", bytes([0, 0, 0, 64, 0, 0, 0, 48, 16, 2, 0, 0, 0]))
    rows = chunk(b"IDAT", zlib.compress(row * 48))
    return b"\x89PNG\r\n\x1a\n" + header + rows + chunk(b"IEND", b"")


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (64, 48), colour) for colour in ("red", "blue", "green")]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def turned() -> bytes:
    """A camera held upright: stored lying, to be shown standing, red above blue."""
    image = Image.new("RGB", (48, 64), "red")
    image.paste("blue", (0, 48, 48, 64))
    exif = Image.Exif()
    exif[0x0112] = 6
    return encoded(image.transpose(Image.Transpose.ROTATE_90), "JPEG", quality=95, exif=exif)


@pytest.mark.parametrize(
    ("name", "data", "size"),
    [
        ("cmyk.jpg", cmyk, Size(64, 48)),
        ("deep.png", deep, Size(64, 48)),
        ("animated.gif", lambda: animated("GIF"), Size(64, 48)),
        ("animated.webp", lambda: animated("WEBP"), Size(64, 48)),
        ("animated.png", lambda: animated("PNG"), Size(64, 48)),
        ("turned.jpg", turned, Size(48, 64)),
    ],
)
def test_an_odd_file_comes_as_it_should_look(
    user: User, home: Path, name: str, data: Callable[[], bytes], size: Size
) -> None:
    (home / name).write_bytes(data())
    user.drop([home / name])
    user.wait(lambda: user.text("document") == name)
    picture = user.studio.canvas.picture
    assert picture is not None and picture.size == size and user.notices == []
    red, green, blue = picture.pixels[10, 10].tolist()
    assert red > 200 and max(green, blue) < 60
    user.click("Variations: 1")
    user.click("primary_button")  # “Vary”
    user.wait_for_pictures(1)


# The clipboard


def test_the_clipboard_holds_no_picture(afternoon: Afternoon, home: Path) -> None:
    clipboard, says = QGuiApplication.clipboard(), "There is no picture on the clipboard."
    clipboard.clear()
    afternoon.user.press("Ctrl+Alt+V")
    assert afternoon.is_untouched() == says
    clipboard.setText("no picture")
    afternoon.user.press("Ctrl+Alt+V")
    assert afternoon.is_untouched() == says
    dot = QImage(1, 1, QImage.Format.Format_RGB32)
    dot.fill(0)
    clipboard.setImage(dot)
    afternoon.user.press("Ctrl+Alt+V")
    assert "1 × 1" in afternoon.is_untouched()
    (home / "notes.txt").write_text("no picture")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(home / "notes.txt"))])
    clipboard.setMimeData(data)
    afternoon.user.press("Ctrl+Alt+V")
    assert "notes.txt" in afternoon.is_untouched()
    afternoon.goes_on()


# Words


def test_an_empty_prompt(user: User, engine: ScriptedEngine) -> None:
    user.press("Ctrl+Return")
    assert user.notices == [("The prompt is empty.", "Say what you want to see, for example “a red car”.")]
    user.click("notice_close")
    assert user.notices == [] and engine.requests == []
    user.type("a cat")
    user.press("Ctrl+Return")
    user.wait_for_pictures(4)


def test_a_prompt_of_ten_thousand_characters(user: User, engine: ScriptedEngine) -> None:
    QGuiApplication.clipboard().setText("a cat " * 1667)
    user.press("Ctrl+V", "Ctrl+Return")
    ((sentence, remedy),) = user.notices
    assert sentence == "The prompt has 10,001 characters."  # a sentence ends without a space
    assert remedy.startswith("Shorten it")
    assert len(user.text("prompt")) == 10_002 and engine.requests == []
    user.press("Ctrl+A")
    user.type("a cat")
    user.press("Ctrl+Return")
    user.wait_for_pictures(4)


def test_a_region_of_ten_thousand_characters(afternoon: Afternoon, engine: ScriptedEngine) -> None:
    user = afternoon.user
    QGuiApplication.clipboard().setText("a dog " * 1667)
    user.press("F2", "Ctrl+A", "Ctrl+V", "Return", "Ctrl+Return")
    ((sentence, remedy),) = user.notices
    assert "10,00" in sentence and remedy.startswith("Shorten it")
    assert len(engine.requests) == 1 and len(user.studio.canvas.regions) == 1
    user.press("F2", "Ctrl+A")
    user.type("a dog")
    user.press("Return")
    afternoon.goes_on()


# Masks


def test_masks_that_cannot_be_used_are_imported(afternoon: Afternoon, home: Path) -> None:
    for mask, says in ((Image.new("L", (96, 64), 0), "is empty"), (Image.new("L", (40, 90), 255), "40 × 90")):
        mask.save(home / "mask.png")
        afternoon.user.answer_with(home / "mask.png")
        afternoon.user.click("import_mask")
        assert says in afternoon.is_untouched()
    afternoon.user.studio.masks.save(home / "nowhere" / "mask.png")  # no dialog offers such a folder
    assert "mask.png cannot be written" in afternoon.is_untouched()
    afternoon.goes_on()


def test_what_is_painted_is_erased_again(afternoon: Afternoon, engine: ScriptedEngine) -> None:
    user = afternoon.user
    user.click("clear_mask")
    assert user.text("primary_button") == "Generate"  # there are words, and nothing to fill
    user.click("undo_button")
    afternoon.goes_on()
    assert user.notices == []


def test_everything_is_painted(afternoon: Afternoon, engine: ScriptedEngine) -> None:
    user = afternoon.user
    user.click("clear_mask")
    user.click("invert_mask")
    afternoon.goes_on()
    request = engine.requests[-1]
    assert isinstance(request, Place) and request.regions[0].mask.min() == 255
    assert user.notices == []


# Disks


class Disk:
    """Refuses to take anything while `error` is set, as the system does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.error: OSError | None = None
        begin, end = tempfile.mkstemp, os.fsync

        def mkstemp(*args: Any, **options: Any) -> tuple[int, str]:
            if self.error is not None and self.error.errno == errno.EACCES:
                raise self.error
            return begin(*args, **options)

        def fsync(file: int) -> None:
            if self.error is not None:
                raise self.error
            end(file)

        monkeypatch.setattr(tempfile, "mkstemp", mkstemp)
        monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "Free some space or use another folder."),
        (OSError(errno.EACCES, "Permission denied"), "Use another folder."),
    ],
    ids=["full", "read-only"],
)
def test_the_folder_takes_nothing_for_a_while(
    afternoon: Afternoon, home: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, remedy: str
) -> None:
    user, disk = afternoon.user, Disk(monkeypatch)
    before = sorted((home / "pictures").glob("*/*"))
    disk.error = error
    user.press("Ctrl+Return")
    user.wait_for_pictures(2)
    today = home / "pictures" / date.today().isoformat()
    expected = f"Nothing can be written to {today}: {error.strerror}.", remedy
    # the journal lies on the same disk, and may have told of it too
    others = [told for told in user.notices if told != expected]
    assert len(others) == len(user.notices) - 1
    assert all(sentence.startswith("What is not saved cannot be kept safe") for sentence, _ in others)
    assert sorted((home / "pictures").glob("*/*")) == before  # nothing half-written either
    made = user.studio.candidates.candidates[-1]
    assert made.picture is not None and made.path is None  # it is there, in the window

    disk.error = None
    user.click("notice_action")  # “Save again”; the journal's has no button
    user.wait(lambda: len(list((home / "pictures").glob("*/*.png"))) == 2)
    user.wait(lambda: user.studio.candidates.candidates[-1].path is not None)


def test_stars_are_not_taken_by_a_full_disk(afternoon: Afternoon) -> None:
    gallery = afternoon.user.studio.gallery
    writer = gallery._upkeep.open()._database._writer
    (pages,) = writer.execute("PRAGMA page_count").fetchone()
    writer.execute(f"PRAGMA max_page_count = {pages}")  # SQLite refuses as on a full disk
    gallery.toggle_star(gallery.entries[0].path)
    while gallery.entries[0].starred:  # there was room for some
        gallery.add_to([gallery.entries[0].path], "x" * 5000)
        gallery.toggle_star(gallery.entries[0].path)
    assert not gallery.entries[0].starred  # rather than a star that is gone tomorrow
    writer.execute("PRAGMA max_page_count = 1000000")
    assert "the disk is full" in afternoon.is_untouched()
    afternoon.goes_on()


def test_there_is_a_file_where_the_folder_should_be(
    qtbot: QtBot, theme: Theme, starter: Model, home: Path
) -> None:
    (home / "pictures").write_text("mine")
    with user_of(ScriptedEngine(), starter, None, home / "pictures", theme, qtbot) as user:
        user.studio.gallery.refresh()  # as the application does when it has opened the window
        user.type("a cat")
        user.click("Variations: 1")
        user.press("Ctrl+Return")
        user.wait_for_pictures(1)
        user.wait(lambda: user.notices)
        assert all(sentence.endswith(".") and remedy.endswith(".") for sentence, remedy in user.notices)
        assert user.studio.canvas.picture is not None
    assert (home / "pictures").read_text() == "mine"


def test_damaged_files_lie_in_the_gallery(afternoon: Afternoon, home: Path) -> None:
    user = afternoon.user
    for name in ("cut.png", "text.png", "dot.png", "claims.png"):
        (home / "pictures" / name).write_bytes(BAD_FILES[name][0]())
    user.studio.gallery.refresh()
    user.wait(lambda: not user.studio.gallery.is_reading)
    user.find("gallery_grid").grab()  # thumbnails are asked for when they are to be seen
    user.press("Ctrl+F", "Down")
    assert user.notices == []
    user.studio.open(home / "pictures" / "cut.png")
    user.wait(lambda: user.notices)
    assert "cut.png is damaged" in user.notices[0][0]
    assert user.studio.canvas.regions != ()
