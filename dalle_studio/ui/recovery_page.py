"""A page in place of the canvas: what earlier sessions left without saving, each to be restored or discarded."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from dalle_studio.core.sentence import Bytes
from dalle_studio.state.recovery import Recovery, Work
from dalle_studio.ui.buttons import TextButton
from dalle_studio.ui.days import day_text
from dalle_studio.ui.language import told, tr, written
from dalle_studio.ui.pixels import image_of
from dalle_studio.ui.theme import Theme, app_font

_WIDTH_PX = 680
_PICTURE_PX = QSize(128, 96)
_RADIUS_PX = 7


class RecoveryPage(QWidget):
    """Fills its parent while `recovery.is_open`; the canvas is behind it."""

    def __init__(self, recovery: Recovery, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._recovery, self._theme = recovery, theme
        self._cards: dict[object, WorkCard] = {}
        self.setObjectName("recovery_page")
        self.setAccessibleName(tr("Work that was not saved"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()
        theme.changed.connect(self._dress)
        recovery.changed.connect(self._show)
        self._dress()
        self._show()

    def _build(self) -> None:
        title = QLabel(tr("Go on where you left off"))
        title.setFont(app_font(20, bold=True))
        words = QLabel(tr("This was not saved. It is kept here until you decide."))
        title.setWordWrap(True)
        words.setProperty("kind", "second")
        words.setWordWrap(True)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        later = TextButton(self._theme, tr("Later"), icon="clock")
        later.setObjectName("recovery_later")
        later.setToolTip(
            tr("Keep all of it, and begin something else; the project menu brings this page back")
        )
        later.clicked.connect(self._recovery.later)
        content = QWidget()
        content.setProperty("kind", "content")
        content.setFixedWidth(_WIDTH_PX)
        self._content = content
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 32, 16, 32)
        column.setSpacing(6)
        column.addStretch(2)
        for widget in (title, words):
            column.addWidget(widget)
        column.addSpacing(14)
        column.addLayout(self._list)
        column.addSpacing(14)
        column.addWidget(later, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(3)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window leaves the cards less width."""
        super().resizeEvent(event)
        self._content.setFixedWidth(min(_WIDTH_PX, self.width()))

    @Slot()
    def _show(self) -> None:
        works = self._recovery.works
        folders = [work.left.folder for work in works]
        for folder in [each for each in self._cards if each not in folders]:
            card = self._cards.pop(folder)
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        for place, work in enumerate(works):
            card = self._cards.get(work.left.folder)
            if card is None:
                card = self._cards[work.left.folder] = WorkCard(self._recovery, self._theme)
            self._list.insertWidget(place, card)
            card.show_work(work)
        self.setVisible(self._recovery.is_open)

    @Slot()
    def _dress(self) -> None:
        self.setStyleSheet(f"#recovery_page {{ background: {self._theme.value('canvas')}; }}")


class WorkCard(QFrame):
    """One piece of work: what it looked like, when it was left, and what can be done with it."""

    def __init__(self, recovery: Recovery, theme: Theme) -> None:
        super().__init__()
        self._recovery = recovery
        self._work: Work | None = None
        self.setProperty("kind", "card")
        self._picture = _Small(theme)
        self._name, self._facts, self._sentence = (_Line(*look) for look in _LINES)
        self._restore = TextButton(theme, tr("Restore"), icon="rotate-ccw")
        self._restore.setToolTip(tr("Put it on the canvas again, as it was"))
        self._restore.clicked.connect(self._bring_back)
        self._discard = TextButton(theme, tr("Discard"), kind="quiet", icon="trash-2")
        self._discard.setToolTip(tr("Take it off this list; it is deleted when the studio is closed"))
        self._discard.clicked.connect(self._give_up)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addStretch(1)
        for label in (self._name, self._facts, self._sentence):
            words.addWidget(label)
        words.addStretch(1)
        buttons = QVBoxLayout()
        buttons.setSpacing(6)
        buttons.addStretch(1)
        for button in (self._restore, self._discard):
            buttons.addWidget(button)
        buttons.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 10, 12, 10)
        row.setSpacing(14)
        row.addWidget(self._picture)
        row.addLayout(words, 1)
        row.addLayout(buttons)

    def show_work(self, work: Work) -> None:
        """Show this piece of work, of which more may be known now."""
        self._work = work
        self.setObjectName(f"work_{work.left.folder.name}")
        self.setAccessibleName(told(work.name))
        self._picture.show_image(image_of(work.picture) if work.picture else None)
        sentence = work.sentence if work.sentence != work.name else ""
        self._name.show_text(told(work.name))
        self._facts.show_text(facts_text(work, datetime.now()), str(work.left.file or ""))
        self._sentence.show_text(sentence)
        self._restore.setObjectName(f"restore_{work.name}")
        self._restore.setAccessibleName(tr("Restore “{name}”", name=work.name))
        self._discard.setObjectName(f"discard_{work.name}")
        self._discard.setAccessibleName(tr("Discard “{name}”", name=work.name))

    @Slot()
    def _bring_back(self) -> None:
        if self._work:
            self._recovery.restore(self._work)

    @Slot()
    def _give_up(self) -> None:
        if self._work:
            self._recovery.discard(self._work)


class _Small(QWidget):
    """A small picture with round corners, its middle cut out; without one, a pencil."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image: QImage | None = None
        self.setFixedSize(_PICTURE_PX)
        theme.changed.connect(self.update)

    def show_image(self, image: QImage | None) -> None:
        """Another one, or none."""
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """As large as it gets without bars."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box, path = QRectF(self.rect()), QPainterPath()
        path.addRoundedRect(box, _RADIUS_PX, _RADIUS_PX)
        if self._image is None:
            painter.fillPath(path, self._theme.colour("raised"))
            pencil = self._theme.pixmap("pencil", "third", 24)
            painter.drawPixmap((self.width() - 24) // 2, (self.height() - 24) // 2, pencil)
            return
        painter.setClipPath(path)
        painter.drawImage(box, self._image, _middle(self._image, box))


class _Line(QLabel):
    """One line of text, its end cut off where there is no room; the tooltip has all of it."""

    def __init__(self, size_px: int, bold: bool, kind: str) -> None:
        super().__init__()
        self._whole = ""
        self.setProperty("kind", kind)
        self.setFont(app_font(size_px, bold=bold))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str, tooltip: str = "") -> None:
        """Another text; an empty one takes no room."""
        self._whole = text
        self.setToolTip(tooltip or text)
        self.setVisible(bool(text))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More of it, or less."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))


_LINES = ((14, True, ""), (13, False, "second"), (11, False, "small"))


def _middle(image: QImage, box: QRectF) -> QRectF:
    """The largest part of the image that has the box's shape."""
    scale = min(image.width() / box.width(), image.height() / box.height())
    width, height = box.width() * scale, box.height() * scale
    return QRectF((image.width() - width) / 2, (image.height() - height) / 2, width, height)


def facts_text(work: Work, now: datetime) -> str:
    """When it was left, how much was painted, and how large it is."""
    count = work.regions
    regions = tr("1 region") if count == 1 else tr("{count} regions", count=count) if count else ""
    parts = (_when(work.left.changed_s, now), regions, written(Bytes(work.left.size_bytes)))
    return " · ".join(filter(None, parts))


def _when(changed_s: float, now: datetime) -> str:
    then = datetime.fromtimestamp(changed_s)
    if then.date() == now.date():
        return tr("Today, {time}", time=f"{then:%H:%M}")
    if then.date() == now.date() - timedelta(days=1):
        return tr("Yesterday, {time}", time=f"{then:%H:%M}")
    return day_text(then)
