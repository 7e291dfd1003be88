"""The strip under the canvas: a tile for each picture being made, and what can be done with the selected one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QWidget

from dalle_studio.core.sentence import Sentence, say
from dalle_studio.state.candidate import Candidate, CandidateState
from dalle_studio.state.candidates import Candidates
from dalle_studio.state.veil import Veil
from dalle_studio.ui.buttons import TextButton
from dalle_studio.ui.candidate_tile import CandidateTile
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.theme import Theme

HEIGHT_PX = 168
_BUTTONS_PX, _BUTTONS_SHARE = 256, 0.45
_KEYS = (Qt.Key.Key_K, Qt.Key.Key_X, Qt.Key.Key_V, Qt.Key.Key_P)
_UNDONE = (CandidateState.WAITING, CandidateState.MAKING)


class CandidatesStrip(QWidget):
    """Shows the candidates and lets one flip through them, keep, discard and go on from them.

    Keys: left and right flip, K keeps, X or Delete discards, V varies again, P places into, Enter shows.

    Signals:
        shown(int): the candidate of that number is to be seen on the canvas.
        vary_wanted(int), place_wanted(int): go on from that candidate.
        sheet_wanted(): all finished candidates are to be saved as one labelled picture.
    """

    shown = Signal(int)
    sheet_wanted = Signal()
    vary_wanted = Signal(int)
    place_wanted = Signal(int)

    def __init__(
        self, candidates: Candidates, theme: Theme, parent: QWidget | None = None, *, veil: Veil | None = None
    ) -> None:
        super().__init__(parent)
        self._veil = veil
        self._candidates = candidates
        self._theme = theme
        self._tiles: dict[int, CandidateTile] = {}
        self._chosen: int | None = None
        self._build()
        candidates.changed.connect(self._show_all)
        candidates.updated.connect(self._show_one)
        self._show_all()

    def sizeHint(self) -> QSize:
        """As high as the window's plan says."""
        return QSize(760, HEIGHT_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where words are long, the buttons leave room for tiles."""
        super().resizeEvent(event)
        self._buttons.setMaximumWidth(max(_BUTTONS_PX, round(self.width() * _BUTTONS_SHARE)))

    def event(self, event: QEvent) -> bool:
        """Its keys are its own, even where a tool of the window has the same one."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in _KEYS
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Flip, keep, discard and so on, by the keys named above."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        buttons = {
            Qt.Key.Key_K: self._keep,
            Qt.Key.Key_X: self._discard,
            Qt.Key.Key_Delete: self._discard,
            Qt.Key.Key_V: self._vary,
            Qt.Key.Key_P: self._place,
        }
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in steps:
            self._flip(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._show_current()
        elif key in buttons:
            buttons[key].click()
        else:
            event.ignore()

    def _build(self) -> None:
        self.setObjectName("candidates_strip")
        self.setAccessibleName(tr("Candidates"))
        self.setProperty("kind", "strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT_PX)
        self._empty = QLabel(tr("The pictures you make appear here, one tile each. Keep the ones you like."))
        self._empty.setObjectName("candidates_empty")
        self._empty.setProperty("kind", "second")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._row, self._scroll = self._build_row()
        self._buttons = self._build_buttons()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 16, 0)
        layout.setSpacing(8)  # four square tiles stand beside the buttons in a window of 1440
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignTop)

    def _build_row(self) -> tuple[QHBoxLayout, _Sideways]:
        content = QWidget()
        content.setProperty("kind", "content")
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 7, 0, 0)
        row.setSpacing(6)
        row.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        scroll = _Sideways()
        scroll.setObjectName("candidates_scroll")
        scroll.setWidget(content)
        return row, scroll

    def _build_buttons(self) -> QWidget:
        self._keep = self._button("keep", say("Keep"), "check", tr("Keep this picture (K)"), kind="primary")
        self._keep_all = self._button(
            "keep_all", say("Keep all"), "images", tr("Keep every finished picture")
        )
        self._vary = self._button(
            "vary_again", say("Vary again"), "shuffle", tr("Make variations of this picture (V)")
        )
        self._place = self._button(
            "place_into", say("Place into"), "map-pin-plus", tr("Put things into this picture (P)")
        )
        self._discard = self._button(
            "discard", say("Discard"), "trash-2", tr("Move this picture to the trash (X or Delete)")
        )
        self._clear = self._button("clear", say("Clear"), "x", "")
        self._sheet = self._button(
            "contact_sheet",
            say("Save contact sheet"),
            "grid-3x3",
            tr("Save all finished pictures as one, with labels"),
        )
        self._sheet.clicked.connect(self.sheet_wanted)
        self._keep.clicked.connect(self._keep_current)
        self._keep_all.clicked.connect(self._candidates.keep_all)
        self._vary.clicked.connect(self._vary_current)
        self._place.clicked.connect(self._place_current)
        self._discard.clicked.connect(self._discard_current)
        self._clear.clicked.connect(self._clear_strip)
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setSpacing(6)
        pairs = (self._keep, self._keep_all, self._vary, self._place, self._discard, self._clear)
        for place, button in enumerate(pairs):
            grid.addWidget(button, place // 2, place % 2)
        grid.addWidget(self._sheet, len(pairs) // 2, 0, 1, 2)
        return box

    def _button(self, name: str, text: Sentence, icon: str, tooltip: str, kind: str = "") -> TextButton:
        button = TextButton(self._theme, told(text), kind=kind, icon=icon)
        button.setObjectName(f"candidate_{name}")
        button.setAccessibleName(tr("{action}, candidates", action=text))
        button.setToolTip(tooltip)
        button.setMinimumWidth(48)
        return button

    @Slot()
    def _show_all(self) -> None:
        candidates = self._candidates.candidates
        self._drop_gone({candidate.number for candidate in candidates})
        new = [candidate.number for candidate in candidates if candidate.number not in self._tiles]
        for place, candidate in enumerate(candidates):
            self._show_tile(candidate)
            if self._row.indexOf(self._tiles[candidate.number]) != place:
                self._row.insertWidget(place, self._tiles[candidate.number])
                self._tiles[candidate.number].show()
        has_any = bool(candidates)
        self._empty.setVisible(not has_any)
        self._scroll.setVisible(has_any)
        self._buttons.setVisible(has_any)
        self._show_buttons()
        current = self._candidates.current
        chosen = None if current is None else current.number
        for number in (*new[-1:], *new[:1]):  # all that are new, or else the first of them
            self._scroll.reveal(self._tiles[number])
        if chosen is not None and chosen != self._chosen:
            self._scroll.reveal(self._tiles[chosen])
            self._keep_focus(self._tiles[chosen])
        self._chosen = chosen

    @Slot(int)
    def _show_one(self, number: int) -> None:
        for candidate in self._candidates.candidates:
            if candidate.number == number and number in self._tiles:
                self._show_tile(candidate)

    def _show_tile(self, candidate: Candidate) -> None:
        tile = self._tiles.get(candidate.number)
        if tile is None:
            tile = self._tiles[candidate.number] = CandidateTile(candidate, self._theme, veil=self._veil)
            tile.pressed.connect(self._select)
            tile.opened.connect(self._select)
        current = self._candidates.current
        tile.show_candidate(candidate, current is not None and current.number == candidate.number)

    def _drop_gone(self, numbers: set[int]) -> None:
        for number in self._tiles.keys() - numbers:
            tile = self._tiles.pop(number)
            if tile.hasFocus():  # the keyboard stays in the strip
                self.setFocus()
            self._row.removeWidget(tile)
            tile.hide()
            tile.deleteLater()

    def _show_buttons(self) -> None:
        current = self._candidates.current
        is_ready = current is not None and current.state is CandidateState.READY
        is_kept = current is not None and current.kept
        self._keep.setEnabled(is_ready and not is_kept)
        self._keep.setText(tr("Kept") if is_kept else tr("Keep"))
        # what lies on the accent is not seen on a disabled button
        self._keep.set_icon("check", "on_accent" if self._keep.isEnabled() else "second")
        self._vary.setEnabled(is_ready)
        self._place.setEnabled(is_ready)
        self._discard.setEnabled(current is not None)
        self._keep_all.setEnabled(self._has_unkept())
        ready = [c for c in self._candidates.candidates if c.state is CandidateState.READY]
        self._sheet.setEnabled(len(ready) > 1)
        self._clear.setEnabled(any(c.state not in _UNDONE for c in self._candidates.candidates))
        self._clear.setText(tr("Discard rest") if self._has_unkept() else tr("Clear"))
        self._clear.setToolTip(
            tr("Move every finished picture that is not kept to the trash")
            if self._has_unkept()
            else tr("Empty the strip; the pictures stay in the gallery")
        )

    def _has_unkept(self) -> bool:
        candidates = self._candidates.candidates
        return any(c.state is CandidateState.READY and not c.kept for c in candidates)

    def _keep_focus(self, tile: CandidateTile) -> None:
        """The keyboard goes with the selection, where the strip has it."""
        focus = self.focusWidget()
        if self.hasFocus() or (isinstance(focus, CandidateTile) and focus.hasFocus()):
            tile.setFocus()

    def _flip(self, step: int) -> None:
        self._candidates.step(step)
        self._show_current()

    @Slot(int)
    def _select(self, number: int) -> None:
        self._candidates.select(number)
        self.shown.emit(number)

    @Slot()
    def _show_current(self) -> None:
        if self._candidates.current is not None:
            self.shown.emit(self._candidates.current.number)

    @Slot()
    def _keep_current(self) -> None:
        if self._candidates.current is not None:
            self._candidates.keep(self._candidates.current.number)

    @Slot()
    def _discard_current(self) -> None:
        if self._candidates.current is not None:
            self._candidates.discard(self._candidates.current.number)

    @Slot()
    def _clear_strip(self) -> None:
        if self._has_unkept():
            self._candidates.discard_all()
        else:
            self._candidates.clear_finished()

    @Slot()
    def _vary_current(self) -> None:
        if self._candidates.current is not None:
            self.vary_wanted.emit(self._candidates.current.number)

    @Slot()
    def _place_current(self) -> None:
        if self._candidates.current is not None:
            self.place_wanted.emit(self._candidates.current.number)


class _Sideways(QScrollArea):
    """Scrolls sideways only, also by the wheel; leaves the arrow keys to the strip."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)

    def reveal(self, tile: CandidateTile) -> None:
        """Scroll until a tile is seen, also one that was put in just now."""
        QCoreApplication.sendPostedEvents(self.widget(), QEvent.Type.LayoutRequest)
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))  # the content grows at once
        self.ensureWidgetVisible(tile, 12, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys to the strip."""
        event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the wheel into sideways steps."""
        turned = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (turned.x() or turned.y()))
        event.accept()
