"""The strip of candidates, with a scripted engine behind real jobs and a real gallery."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from dalle_studio.state.candidate import CandidateState
from dalle_studio.state.candidates import Candidates
from dalle_studio.state.gallery import Gallery
from dalle_studio.state.jobs import Jobs
from dalle_studio.state.notices import Notices
from dalle_studio.state.runner import Runner
from dalle_studio.ui.candidate_tile import PICTURE_HEIGHT_PX, CandidateTile, scaled_image
from dalle_studio.ui.candidates_strip import HEIGHT_PX, CandidatesStrip
from dalle_studio.ui.theme import Theme
from tests.scripted import LOST, ScriptedEngine, asking

Key = Qt.Key
LABELS = ("as the picture", "watercolour", "oil")


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine(free=False, batch=1)


@pytest.fixture
def jobs(qtbot: QtBot, engine: ScriptedEngine) -> Iterator[Jobs]:
    jobs = Jobs(Runner(engine))
    yield jobs
    jobs.close()


@pytest.fixture
def gallery(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gallery]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    gallery = Gallery(tmp_path / "pictures", Notices())
    yield gallery
    gallery.close()


@pytest.fixture
def candidates(jobs: Jobs, gallery: Gallery) -> Candidates:
    return Candidates(jobs, gallery, Notices())


@pytest.fixture
def strip(qtbot: QtBot, candidates: Candidates, theme: Theme) -> CandidatesStrip:
    strip = CandidatesStrip(candidates, theme)
    qtbot.addWidget(strip)
    strip.resize(760, HEIGHT_PX)
    with qtbot.waitExposed(strip):
        strip.show()
    return strip


@pytest.fixture
def three(
    qtbot: QtBot, strip: CandidatesStrip, jobs: Jobs, candidates: Candidates, engine: ScriptedEngine
) -> list[int]:
    """Three finished pictures; the strip has the keyboard."""
    candidates.expect(jobs.start(asking(count=3, steps=1), "Three"), LABELS, 1.5, "Three")
    engine.free = True
    qtbot.waitUntil(lambda: all(c.state is CandidateState.READY for c in candidates.candidates))
    candidates.select(candidates.candidates[0].number)
    tiles(strip)[0].setFocus()
    return [candidate.number for candidate in candidates.candidates]


def tiles(strip: CandidatesStrip) -> list[CandidateTile]:
    found = [tile for tile in strip.findChildren(CandidateTile) if tile.isVisible()]
    return sorted(found, key=lambda tile: tile.candidate.number)


def button(strip: CandidatesStrip, name: str) -> QAbstractButton:
    found = strip.findChild(QAbstractButton, f"candidate_{name}")
    assert found is not None
    return found


def key(qtbot: QtBot, strip: CandidatesStrip, pressed: Qt.Key) -> None:
    qtbot.keyClick(next((tile for tile in tiles(strip) if tile.hasFocus()), strip), pressed)


class Paints(QObject):
    """Counts how often each tile is painted."""

    def __init__(self, watched: list[CandidateTile]) -> None:
        super().__init__()
        self.painted: list[int] = []
        for tile in watched:
            tile.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint and isinstance(watched, CandidateTile):
            self.painted.append(watched.candidate.index)
        return False


def test_empty_it_says_what_will_appear(strip: CandidatesStrip) -> None:
    label = strip.findChild(QLabel, "candidates_empty")
    assert label is not None
    assert label.isVisible()
    assert "appear here" in label.text()
    assert not button(strip, "keep").isVisible()
    assert strip.height() == HEIGHT_PX


def test_tiles_go_from_waiting_over_making_to_ready(
    qtbot: QtBot, strip: CandidatesStrip, jobs: Jobs, candidates: Candidates, engine: ScriptedEngine
) -> None:
    candidates.expect(jobs.start(asking(count=2, steps=2), "Two"), ("one", "two"), 1.0, "Two")
    assert [tile.accessibleName().split(": ")[1] for tile in tiles(strip)] == ["one, waiting", "two, waiting"]
    engine.go()
    qtbot.waitUntil(lambda: tiles(strip)[0].accessibleName().endswith("% made"))
    engine.free = True
    qtbot.waitUntil(lambda: all(tile.accessibleName().endswith("ready") for tile in tiles(strip)))


def test_only_the_tile_that_changed_is_painted(
    qtbot: QtBot, strip: CandidatesStrip, jobs: Jobs, candidates: Candidates
) -> None:
    job = jobs.start(asking(count=3), "Three")
    candidates.expect(job, LABELS, 1.0, "Three")
    qtbot.wait(300)  # the job begins, and tiles turn
    paints = Paints(tiles(strip))
    jobs.previewed.emit(job, 1, np.full((4, 4, 3), 200, np.uint8))
    qtbot.waitUntil(lambda: bool(paints.painted))
    QApplication.processEvents()
    assert set(paints.painted) == {1}


def test_a_failed_tile_says_why_and_a_cancelled_one_that_it_is(
    qtbot: QtBot, strip: CandidatesStrip, jobs: Jobs, candidates: Candidates, engine: ScriptedEngine
) -> None:
    cancelled = jobs.start(asking(count=1), "One")
    candidates.expect(cancelled, ("one",), 1.0, "One")
    jobs.cancel(cancelled)
    qtbot.waitUntil(lambda: tiles(strip)[0].accessibleName().endswith("cancelled"))
    engine.error = LOST
    candidates.expect(jobs.start(asking(count=1), "Two"), ("two",), 1.0, "Two")
    engine.go()
    qtbot.waitUntil(lambda: tiles(strip)[1].accessibleName().endswith("failed"))
    assert LOST.message in tiles(strip)[1].toolTip()
    assert button(strip, "clear").text() == "Clear"
    qtbot.mouseClick(button(strip, "clear"), Qt.MouseButton.LeftButton)
    assert candidates.candidates == ()


def test_a_click_selects_and_shows(
    qtbot: QtBot, strip: CandidatesStrip, candidates: Candidates, three: list[int]
) -> None:
    with qtbot.waitSignal(strip.shown) as shown:
        qtbot.mouseClick(tiles(strip)[2], Qt.MouseButton.LeftButton)
    assert shown.args == [three[2]]
    assert candidates.current is not None
    assert candidates.current.number == three[2]
    assert [tile.is_current for tile in tiles(strip)] == [False, False, True]


def test_arrows_flip_and_stop_at_the_ends(
    qtbot: QtBot, strip: CandidatesStrip, candidates: Candidates, three: list[int]
) -> None:
    shown: list[int] = []
    strip.shown.connect(shown.append)
    for pressed in (Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Left):
        key(qtbot, strip, pressed)
    assert shown == [three[1], three[2], three[2], three[1]]
    assert [tile.hasFocus() for tile in tiles(strip)] == [False, True, False]


def test_k_keeps_and_the_button_says_so(
    qtbot: QtBot, strip: CandidatesStrip, candidates: Candidates, three: list[int]
) -> None:
    assert button(strip, "keep").text() == "Keep"
    key(qtbot, strip, Key.Key_K)
    assert candidates.candidates[0].kept
    assert button(strip, "keep").text() == "Kept"
    assert not button(strip, "keep").isEnabled()
    assert tiles(strip)[0].accessibleName().endswith("ready, kept")
    qtbot.mouseClick(button(strip, "keep_all"), Qt.MouseButton.LeftButton)
    assert all(candidate.kept for candidate in candidates.candidates)
    assert not button(strip, "keep_all").isEnabled()


@pytest.mark.parametrize("pressed", [Key.Key_X, Key.Key_Delete])
def test_x_and_delete_discard_and_the_keyboard_stays(
    qtbot: QtBot, strip: CandidatesStrip, gallery: Gallery, three: list[int], pressed: Qt.Key
) -> None:
    key(qtbot, strip, pressed)
    assert [tile.candidate.number for tile in tiles(strip)] == three[1:]
    assert gallery.count == 2
    assert strip.hasFocus() or any(tile.hasFocus() for tile in tiles(strip))


def test_discard_rest_leaves_the_kept_then_clear_empties_the_strip(
    qtbot: QtBot, strip: CandidatesStrip, gallery: Gallery, three: list[int]
) -> None:
    key(qtbot, strip, Key.Key_K)
    assert button(strip, "clear").text() == "Discard rest"
    qtbot.mouseClick(button(strip, "clear"), Qt.MouseButton.LeftButton)
    assert [tile.candidate.number for tile in tiles(strip)] == three[:1]
    assert button(strip, "clear").text() == "Clear"
    qtbot.mouseClick(button(strip, "clear"), Qt.MouseButton.LeftButton)
    assert tiles(strip) == []
    assert gallery.count == 1


@pytest.mark.parametrize(
    ("pressed", "signal"),
    [(Key.Key_V, "vary_wanted"), (Key.Key_P, "place_wanted"), (Key.Key_Return, "shown")],
)
def test_v_p_and_enter_ask_for_the_selected_one(
    qtbot: QtBot, strip: CandidatesStrip, three: list[int], pressed: Qt.Key, signal: str
) -> None:
    with qtbot.waitSignal(getattr(strip, signal)) as wanted:
        key(qtbot, strip, pressed)
    assert wanted.args == [three[0]]


def test_what_is_not_ready_cannot_be_kept_or_varied(
    strip: CandidatesStrip, jobs: Jobs, candidates: Candidates
) -> None:
    candidates.expect(jobs.start(asking(count=1), "One"), ("one",), 1.0, "One")
    candidates.select(candidates.candidates[0].number)
    for name in ("keep", "keep_all", "vary_again", "place_into", "clear"):
        assert not button(strip, name).isEnabled()
    assert button(strip, "discard").isEnabled()


def test_many_tiles_scroll_to_the_selected_one(
    qtbot: QtBot, strip: CandidatesStrip, jobs: Jobs, candidates: Candidates
) -> None:
    labels = tuple(str(number) for number in range(12))
    candidates.expect(jobs.start(asking(count=12), "Twelve"), labels, 1.0, "Twelve")
    candidates.select(candidates.candidates[-1].number)
    scroll = strip.findChild(QScrollArea)
    assert scroll is not None
    last = tiles(strip)[-1]
    qtbot.waitUntil(
        lambda: scroll.viewport().rect().contains(last.mapTo(scroll.viewport(), last.rect().center()))
    )


def test_what_is_asked_for_now_comes_into_sight(
    strip: CandidatesStrip, jobs: Jobs, candidates: Candidates
) -> None:
    for title in ("First", "Second", "Third"):
        labels = tuple(str(number) for number in range(4))
        candidates.expect(jobs.start(asking(count=4), title), labels, 1.0, title)
        QCoreApplication.processEvents()
        assert not any(tile.visibleRegion().isEmpty() for tile in tiles(strip)[-4:])


def test_the_strip_stays_where_it_is_while_pictures_fill_in(
    strip: CandidatesStrip, jobs: Jobs, candidates: Candidates
) -> None:
    labels = tuple(str(number) for number in range(8))
    for title in ("First", "Second"):
        candidates.expect(jobs.start(asking(count=8), title), labels, 1.0, title)
        candidates.select(candidates.candidates[0].number)
    scroll = strip.findChild(QScrollArea)
    assert scroll is not None
    bar = scroll.horizontalScrollBar()
    bar.setValue(bar.maximum())
    candidates.changed.emit()
    assert bar.value() == bar.maximum() > 0


@pytest.mark.parametrize(("aspect", "size"), [(1.0, (112, 112)), (3.0, (252, 84)), (0.5625, (63, 112))])
def test_a_tile_has_the_shape_of_its_picture(
    strip: CandidatesStrip, jobs: Jobs, candidates: Candidates, aspect: float, size: tuple[int, int]
) -> None:
    candidates.expect(jobs.start(asking(count=1), "One"), ("one",), aspect, "One")
    tile = tiles(strip)[0]
    assert tile.picture_rect().size().toTuple() == size
    assert tile.picture_rect().bottom() <= PICTURE_HEIGHT_PX + 8


def test_a_preview_is_seen_in_its_tile(
    qtbot: QtBot, strip: CandidatesStrip, jobs: Jobs, candidates: Candidates, engine: ScriptedEngine
) -> None:
    job = jobs.start(asking(count=1), "One")
    candidates.expect(job, ("one",), 1.0, "One")
    engine.go()
    qtbot.waitUntil(lambda: candidates.candidates[0].state is CandidateState.MAKING)
    jobs.previewed.emit(job, 0, np.full((4, 4, 3), (20, 200, 40), np.uint8))
    tile = tiles(strip)[0]
    corner = tile.picture_rect().topLeft()
    assert tile.grab().toImage().pixelColor(corner.x() + 8, corner.y() + 8) == QColor(20, 200, 40)


def test_scaling_keeps_colours_and_gives_the_size_asked_for() -> None:
    pixels = np.zeros((800, 1600, 3), np.uint8)
    pixels[:, 800:] = (250, 120, 40)
    image = scaled_image(pixels, QSize(100, 50))
    assert image.size() == QSize(100, 50)
    assert image.pixelColor(10, 25) == QColor(0, 0, 0)
    assert image.pixelColor(90, 25) == QColor(250, 120, 40)
    assert scaled_image(pixels[:50, :100], QSize(100, 50)).pixelColor(10, 10) == QColor(0, 0, 0)


def test_a_contact_sheet_can_be_had_of_two_finished_pictures(
    qtbot: QtBot, strip: CandidatesStrip, candidates: Candidates, three: list[int]
) -> None:
    sheet = button(strip, "contact_sheet")
    with qtbot.waitSignal(strip.sheet_wanted):
        qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton)
    assert strip.rect().contains(QRect(sheet.mapTo(strip, QPoint()), sheet.size()))
    for number in three[1:]:
        candidates.discard(number)
    assert not sheet.isEnabled()


def test_of_a_long_label_the_subject_is_cut_short_not_the_style(
    qtbot: QtBot, strip: CandidatesStrip, jobs: Jobs, candidates: Candidates
) -> None:
    """Told by the pixels: two styles look different under the same long subject."""
    subject = "a very long subject that does not fit under its tile"
    labels = tuple(f"{subject} · {style}" for style in ("oil", "neon"))
    candidates.expect(jobs.start(asking(count=2), "Two"), labels, 1.0, "Two")
    shown = [tile.grab().toImage() for tile in tiles(strip)]
    bottoms = [image.copy(0, image.height() - 20, image.width(), 20) for image in shown]
    assert bottoms[0] != bottoms[1]
