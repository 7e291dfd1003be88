"""Variations of the picture on the canvas: how far they go, what they keep, and a picture that is blended in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from dalle_studio.core.model import Ability
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import Keep
from dalle_studio.core.sentence import say
from dalle_studio.state.studio import Studio
from dalle_studio.state.verbs import Verb
from dalle_studio.ui.buttons import IconButton, TextButton
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.number_row import LABEL_PX, NumberRow, group_label
from dalle_studio.ui.pixels import image_of, picture_of
from dalle_studio.ui.segmented import Segmented
from dalle_studio.ui.theme import Theme
from dalle_studio.ui.words import Words

_KEEPS = (
    (Keep.FREE, say("Nothing"), say("Keep nothing in particular: colours, frame and shapes may all change")),
    (Keep.LAYOUT, say("Layout"), say("Keep where things stand and their shapes; light and colours change")),
    (Keep.PALETTE, say("Palette"), say("Keep the colours; frame and shapes change")),
    (Keep.SUBJECT, say("Subject"), say("Keep what stands in the foreground; what is around it changes")),
)
_END_PX = 36
_RADIUS_PX = 6


class VaryPanel(QWidget):
    """Stands above the primary button while there is a picture to vary and nothing else is being prepared.

    A picture that is dropped on it is blended in.

    Signals:
        choose_wanted(): choose a file to blend in.
    """

    choose_wanted = Signal()

    def __init__(self, studio: Studio, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._theme = studio, theme
        self.setObjectName("vary_panel")
        self.setAccessibleName(tr("Vary the picture"))
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(2)
        column.addWidget(_line())
        column.addSpacing(6)
        column.addLayout(self._head())
        column.addWidget(self._how_far())
        column.addWidget(self._ends())
        column.addSpacing(4)
        column.addWidget(self._keep_row())
        column.addSpacing(4)
        self._blends = self._blend_row()
        column.addWidget(self._blends)
        studio.changed.connect(self._show_value)
        self._show_value()

    # building

    def _head(self) -> QHBoxLayout:
        self.vary = TextButton(self._theme, tr("Vary"), icon="shuffle")
        self.vary.setObjectName("vary_canvas")
        self.vary.clicked.connect(self._vary)
        head = QHBoxLayout()
        head.addWidget(_heading(tr("Vary the picture")), 1)
        head.addWidget(self.vary)
        return head

    def _how_far(self) -> QWidget:
        far = say("How far variations go from their picture, in percent")
        self.how_far = NumberRow(self._theme, say("How far"), 0, 100, 1, far, resettable=False)
        self.how_far.figure.setSuffix(" %")
        self.how_far.changed.connect(self._set_how_far)
        return self.how_far

    @staticmethod
    def _ends() -> QWidget:
        ends = QWidget()
        row = QHBoxLayout(ends)
        row.setContentsMargins(LABEL_PX + 8, 0, 0, 0)
        same, idea = Words(tr("almost the same")), Words(tr("only the idea"))
        for label in (same, idea):
            label.setProperty("kind", "small")
        row.addWidget(same)
        row.addStretch(1)
        row.addWidget(idea)
        return ends

    def _keep_row(self) -> QWidget:
        self.keep = Segmented(say("Keep"), [(keep.value, label) for keep, label, _ in _KEEPS])
        self.keep.setObjectName("vary_keep")
        for keep, _, tip in _KEEPS:
            button = self.keep.button(keep)
            button.setObjectName(f"vary_keep_{keep}")
            button.setToolTip(told(tip))
        self.keep.chosen.connect(self._set_keep)
        named = QWidget()
        row = QHBoxLayout(named)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(group_label(tr("Keep")))
        row.addWidget(self.keep, 1)
        return named

    def _blend_row(self) -> QWidget:
        words = tr("Add a second picture …")
        self.choose = TextButton(self._theme, words, kind="quiet", icon="image-plus")
        self.choose.setObjectName("blend_choose")
        self.choose.setAccessibleName(tr("Blend with a second picture"))
        self.choose.setToolTip(tr("Choose a picture to blend in, drop one here, or use the gallery's menu"))
        self.choose.clicked.connect(self.choose_wanted)
        self.first = End(tr("First picture of the blend"))
        self.second = End(tr("Second picture of the blend"))
        self.mix = QSlider(Qt.Orientation.Horizontal)
        self.mix.setRange(0, 100)
        self.mix.setObjectName("blend_mix")
        self.mix.setAccessibleName(tr("Blend: from the first to the second picture"))
        self.mix.valueChanged.connect(self._set_mix)
        self.end = IconButton(self._theme, "x", tr("Take the second picture away"), size_px=16)
        self.end.setObjectName("blend_end")
        self.end.clicked.connect(self._studio.end_blend)
        named = QWidget()
        row = QHBoxLayout(named)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(group_label(tr("Blend")))
        row.addWidget(self.choose, 1)
        for widget in (self.first, self.mix, self.second, self.end):
            row.addWidget(widget, 1 if widget is self.mix else 0)
        return named

    # showing

    @Slot()
    def _show_value(self) -> None:
        studio = self._studio
        canvas, blend = studio.canvas, studio.blend
        is_painted = any(region.box for region in canvas.regions)
        is_free = canvas.picture is not None and canvas.frame is None and not is_painted
        edits = studio.due.verb is Verb.EDIT and blend is None  # that panel has a button for variations
        can = studio.model.abilities & {Ability.VARY, Ability.BLEND}
        self.setVisible(is_free and not edits and bool(can))
        self._blends.setVisible(Ability.BLEND in can)
        self.how_far.show_value(round(100 * studio.composer.value.how_far), own=True)
        self.keep.set_value(studio.composer.value.keep)
        self.choose.setVisible(blend is None)
        for widget in (self.first, self.mix, self.second, self.end):
            widget.setVisible(blend is not None)
        self._name_button()
        if blend is not None:
            self.first.show_picture(blend.first)
            self.second.show_picture(blend.second)
            self.mix.blockSignals(True)
            self.mix.setValue(round(100 * blend.mix))
            self.mix.blockSignals(False)
            first, second = 100 - self.mix.value(), self.mix.value()
            self.mix.setToolTip(
                tr("{first} % of the first, {second} % of the second", first=first, second=second)
            )

    def _name_button(self) -> None:
        count = self._studio.composer.value.count
        self.vary.setVisible(self._studio.due.verb is not Verb.VARY)  # the primary button says it already
        if self._studio.blend is not None:
            self.vary.setText(tr("Blend"))
            self.vary.setAccessibleName(tr("Blend the two pictures"))
            one = say("Make a variation of the two pictures (Ctrl+Shift+V)")
            many = say("Make {count} variations of the two pictures (Ctrl+Shift+V)", count=count)
        else:
            self.vary.setText(tr("Vary"))
            self.vary.setAccessibleName(tr("Vary the picture on the canvas"))
            one = say("Make a variation of the picture on the canvas (Ctrl+Shift+V)")
            many = say("Make {count} variations of the picture on the canvas (Ctrl+Shift+V)", count=count)
        self.vary.setToolTip(told(one if count == 1 else many))

    # doing

    @Slot()
    def _vary(self) -> None:
        self._studio.vary()

    @Slot(float)
    def _set_how_far(self, percent: float) -> None:
        self._studio.composer.change(how_far=percent / 100)

    @Slot(str)
    def _set_keep(self, keep: str) -> None:
        self._studio.composer.change(keep=Keep(keep))

    @Slot(int)
    def _set_mix(self, percent: int) -> None:
        self._studio.set_mix(percent / 100)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and images may be dropped."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Blend in what was dropped: the first local file, or else the image."""
        data = event.mimeData()
        path = next((Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()), None)
        image = data.imageData() if path is None and data.hasImage() else None
        if path is not None:
            self._studio.blend_with_file(path)
        elif isinstance(image, QImage) and not image.isNull():
            self._studio.blend_with(picture_of(image, tr("dropped picture")))
        else:
            return
        event.acceptProposedAction()


class End(QWidget):
    """A small square of a picture that pictures are made from."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._picture: Picture | None = None
        self._pixmap = QPixmap()
        self.setAccessibleName(name)
        self.setFixedSize(QSize(_END_PX, _END_PX))

    def show_picture(self, picture: Picture) -> None:
        """Show its middle."""
        if picture is not self._picture:
            self._picture = picture
            self._pixmap = _square(picture, round(_END_PX * self.devicePixelRatioF()))
            self.setToolTip(
                tr("{name}: {text}", name=self._name, text=picture.name) if picture.name else self._name
            )
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture with round corners."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), _RADIUS_PX, _RADIUS_PX)
        painter.setClipPath(shape)
        painter.drawPixmap(self.rect(), self._pixmap)


def _square(picture: Picture, side_px: int) -> QPixmap:
    factor = max(1, min(picture.size.wh) // (2 * side_px))
    small = Picture(
        picture.pixels[::factor, ::factor].copy()
    )  # a glance at it, not a reduction of every pixel
    image = image_of(small).scaled(
        QSize(side_px, side_px),
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    left, top = (image.width() - side_px) // 2, (image.height() - side_px) // 2
    return QPixmap.fromImage(image.copy(left, top, side_px, side_px))


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    return line


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("kind", "group")
    return label
