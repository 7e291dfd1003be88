"""Messages to the user as quiet cards over the lower right of the window."""

from __future__ import annotations

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QPropertyAnimation,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QEnterEvent,
    QGuiApplication,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from dalle_studio.core.sentence import say
from dalle_studio.state.notices import Level, Notice, Notices
from dalle_studio.ui.buttons import IconButton, TextButton
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.motion import MOTION_MS, may_move
from dalle_studio.ui.popup import SHADOW_PX, paint_shadow
from dalle_studio.ui.theme import Theme

STAY_MS = 6000
_WIDTH_PX, _MARGIN_PX, _GAP_PX, _RADIUS_PX = 340, 16, 12, 10
_LOOKS = {
    Level.INFO: ("info", "second", say("Information")),
    Level.DONE: ("circle-check", "good", say("Done")),
    Level.WARNING: ("triangle-alert", "warning", say("Warning")),
    Level.ERROR: ("circle-alert", "danger", say("Error")),
}
_PASSING = (Level.INFO, Level.DONE)


class NoticesView(QWidget):
    """Lies over the lower right of `area` and follows its size; takes no room where there are no messages.

    Its parent is `area`, or one that `area` lies in and whose other children it is to cover too.

    Messages that inform go by themselves after six seconds, unless the mouse or the keyboard is on them or they
    last; warnings and errors stay until they are closed. Each is announced to screen readers.
    """

    def __init__(self, notices: Notices, theme: Theme, area: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent or area)
        self._home = parent or area
        self._notices = notices
        self._theme = theme
        self._area = area
        self._toasts: dict[int, Toast] = {}
        self.setObjectName("notices")
        self.setAccessibleName(tr("Messages"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(*(SHADOW_PX,) * 4)
        self._layout.setSpacing(_GAP_PX)
        area.installEventFilter(self)
        notices.changed.connect(self._show)
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the parent is resized."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        return super().eventFilter(watched, event)

    @Slot()
    def _show(self) -> None:
        notices = {notice.number: notice for notice in self._notices.notices}
        for number in self._toasts.keys() - notices.keys():
            self._drop(self._toasts.pop(number))
        for number, notice in notices.items():
            if number in self._toasts:
                self._toasts[number].show_notice(notice)
            else:
                self._add(notice)
        self._place()

    def _add(self, notice: Notice) -> None:
        toast = self._toasts[notice.number] = Toast(notice, self._theme)
        toast.closed.connect(self._notices.dismiss)
        toast.acted.connect(self._notices.act)
        self._layout.addWidget(toast)
        toast.show()  # now: a hidden one has no height yet
        toast.appear()
        announce(toast, notice)

    def _drop(self, toast: Toast) -> None:
        self._layout.removeWidget(toast)
        toast.hide()
        toast.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shadows of the cards."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.4)  # the cards stand close together
        for toast in self._toasts.values():
            paint_shadow(painter, QRectF(toast.geometry()), _RADIUS_PX)

    def _place(self) -> None:
        self.setVisible(bool(self._toasts))
        width = max(1, min(_WIDTH_PX, self._area.width() - 2 * _MARGIN_PX) + 2 * SHADOW_PX)
        self.setFixedWidth(width)
        self._layout.activate()
        height = self._layout.totalHeightForWidth(width)
        beyond = _MARGIN_PX - SHADOW_PX
        left, top = self._area.width() - width - beyond, self._area.height() - height - beyond
        corner = self._area.mapTo(self._home, QPoint(left, top))
        self.setGeometry(QRect(corner, QSize(width, height)))
        self.raise_()


class Toast(QFrame):
    """One message.

    Signals:
        closed(int): the message of that number is to go.
        acted(int): its button was pressed.
    """

    closed = Signal(int)
    acted = Signal(int)

    def __init__(self, notice: Notice, theme: Theme) -> None:
        super().__init__()
        self._notice = notice
        self._theme = theme
        self._timer = QTimer(self, singleShot=True, interval=STAY_MS)
        self._timer.timeout.connect(self._fade)
        self._veil = QGraphicsOpacityEffect(self)
        self._fading = self._build_fading()
        self._rising = self._build_rising()
        self._build()
        theme.changed.connect(self._dress)
        self._wait()

    def show_notice(self, notice: Notice) -> None:
        """The same message in other words, as one that tells how far something is."""
        if notice != self._notice:
            self._notice = notice
            self._said.setText(told(notice.text))
            self._name()

    def appear(self) -> None:
        """Come up gently."""
        if may_move(self):
            self._veil.setEnabled(True)
            self._rising.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the mouse is on it."""
        self._stay()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go on waiting."""
        self._wait()
        super().leaveEvent(event)

    @property
    def is_passing(self) -> bool:
        """Whether it is about to go by itself."""
        return self._timer.isActive() or self._fading.state() is QPropertyAnimation.State.Running

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay while the keyboard is on one of its buttons."""
        if event.type() == QEvent.Type.FocusIn:
            self._stay()
        elif event.type() == QEvent.Type.FocusOut:
            self._wait()
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self.setObjectName(f"notice_{self._notice.number}")
        self.setProperty("kind", "bar")
        self._name()
        self._icon = QLabel()
        self._icon.setContentsMargins(0, 3, 0, 0)
        words = tr("Close the message “{message}”", message=self._notice.text)
        close = IconButton(self._theme, "x", words, size_px=14)
        close.setObjectName("notice_close")
        close.setToolTip(tr("Close"))
        close.clicked.connect(self._close)
        close.installEventFilter(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 9, 8, 12)
        layout.setSpacing(10)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(self._build_words(), 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._dress()

    def _name(self) -> None:
        _, _, level = _LOOKS[self._notice.level]
        self.setAccessibleName(tr("{name}: {text}", name=level, text=self._notice.text))
        self.setAccessibleDescription(told(self._notice.remedy))

    def _build_words(self) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setContentsMargins(0, 4, 0, 0)
        words.setSpacing(4)
        self._said = _text(self._notice.text, "notice_text", "")
        words.addWidget(self._said)
        if self._notice.remedy:
            words.addWidget(_text(self._notice.remedy, "notice_remedy", "second"))
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.setContentsMargins(0, 2, 0, 0)
        if self._notice.action:
            buttons.addWidget(self._button(told(self._notice.action), "notice_action", self._act))
        if self._notice.details:
            buttons.addWidget(self._button(tr("Copy details"), "notice_copy", self._copy))
        if buttons.count():
            buttons.addStretch(1)
            words.addLayout(buttons)
        return words

    def _button(self, text: str, name: str, pressed: object) -> TextButton:
        button = TextButton(self._theme, text, kind="link")
        button.setObjectName(name)
        button.setAccessibleName(tr("{name}: {text}", name=text, text=self._notice.text))
        button.setStyleSheet("QPushButton { margin-left: -4px; }")  # its text stands under the others
        button.clicked.connect(pressed)
        button.installEventFilter(self)
        return button

    def _build_fading(self) -> QPropertyAnimation:
        self._veil.setEnabled(False)  # it costs a copy of every paint
        self.setGraphicsEffect(self._veil)
        fading = QPropertyAnimation(self._veil, b"opacity", self)
        fading.setDuration(MOTION_MS)
        fading.setStartValue(1.0)
        fading.setEndValue(0.0)
        fading.setEasingCurve(QEasingCurve.Type.OutCubic)
        fading.finished.connect(self._close)
        return fading

    def _build_rising(self) -> QPropertyAnimation:
        rising = QPropertyAnimation(self._veil, b"opacity", self)
        rising.setDuration(MOTION_MS)
        rising.setStartValue(0.0)
        rising.setEndValue(1.0)
        rising.finished.connect(self._lift)
        return rising

    @Slot()
    def _lift(self) -> None:
        self._veil.setEnabled(False)

    @Slot()
    def _dress(self) -> None:
        icon, role, _ = _LOOKS[self._notice.level]
        self._icon.setPixmap(self._theme.pixmap(icon, role, 18))

    def _wait(self) -> None:
        focus = QApplication.focusWidget()
        is_used = self.underMouse() or (focus is not None and self.isAncestorOf(focus))
        if self._notice.level in _PASSING and not self._notice.lasts and not is_used:
            self._timer.start()

    def _stay(self) -> None:
        self._timer.stop()
        self._fading.stop()
        self._veil.setEnabled(False)

    @Slot()
    def _fade(self) -> None:
        if not may_move(self):
            self._close()
            return
        self._veil.setEnabled(True)
        self._fading.start()

    @Slot()
    def _close(self) -> None:
        self.closed.emit(self._notice.number)

    @Slot()
    def _act(self) -> None:
        self.acted.emit(self._notice.number)

    @Slot()
    def _copy(self) -> None:
        parts = (told(self._notice.text), told(self._notice.remedy), self._notice.details)
        QGuiApplication.clipboard().setText("\n\n".join(part for part in parts if part))


def announce(source: QWidget, notice: Notice) -> None:
    """Let screen readers say the message: at once where it matters, after the sentence where not."""
    _, _, level = _LOOKS[notice.level]
    words = (tr("{name}: {text}", name=level, text=notice.text), told(notice.remedy))
    event = QAccessibleAnnouncementEvent(source, " ".join(filter(None, words)))
    is_pressing = notice.level not in _PASSING
    event.setPoliteness(
        QAccessible.AnnouncementPoliteness.Assertive
        if is_pressing
        else QAccessible.AnnouncementPoliteness.Polite
    )
    QAccessible.updateAccessibility(event)


def _text(text: str, name: str, kind: str) -> QLabel:
    label = QLabel(told(text))
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    if kind:
        label.setProperty("kind", kind)
    return label
