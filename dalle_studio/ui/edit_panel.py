"""Changing the picture on the canvas by a sentence: what the sentence may refer to beside it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dalle_studio.core.model import Ability
from dalle_studio.core.picture import Picture
from dalle_studio.core.sentence import say
from dalle_studio.state.studio import Studio
from dalle_studio.state.verbs import Verb
from dalle_studio.ui.buttons import IconButton, TextButton
from dalle_studio.ui.flow import FlowLayout
from dalle_studio.ui.language import tr
from dalle_studio.ui.number_row import group_label
from dalle_studio.ui.pixels import picture_of
from dalle_studio.ui.theme import Theme
from dalle_studio.ui.vary_panel import End


class EditPanel(QWidget):
    """Stands above the primary button while that edits. Pictures that are dropped on it are referred to.

    Signals:
        choose_wanted(): choose a file to refer to.
    """

    choose_wanted = Signal()

    def __init__(self, studio: Studio, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._theme = studio, theme
        self._shown: tuple[Picture, ...] = ()
        self.setObjectName("edit_panel")
        self.setAccessibleName(tr("Edit the picture"))
        self.setAcceptDrops(True)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        column.addWidget(line)
        column.addSpacing(4)
        column.addLayout(self._head())
        column.addLayout(self._references())
        studio.changed.connect(self._show)
        self._show()

    def _head(self) -> FlowLayout:
        heading = QLabel(tr("Edit the picture"))
        heading.setProperty("kind", "group")
        self.anew = TextButton(self._theme, tr("Generate"), icon="sparkles")
        self.anew.setObjectName("generate_anew")
        self.anew.setAccessibleName(tr("Generate new pictures instead"))
        self.anew.setToolTip(tr("Make new pictures of the words, and leave the one on the canvas alone"))
        self.anew.clicked.connect(self._studio.generate)
        self.vary = TextButton(self._theme, tr("Vary"), icon="shuffle")
        self.vary.setObjectName("vary_instead")
        self.vary.setAccessibleName(tr("Vary the picture instead"))
        self.vary.setToolTip(tr("Make variations of the picture on the canvas (Ctrl+Shift+V)"))
        self.vary.clicked.connect(self._vary)
        head = FlowLayout(align=Qt.AlignmentFlag.AlignJustify | Qt.AlignmentFlag.AlignVCenter)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for button in (self.anew, self.vary):
            row.addWidget(button)
        for widget in (heading, buttons):
            head.addWidget(widget)
        return head

    def _references(self) -> QHBoxLayout:
        self.choose = TextButton(self._theme, tr("Add a picture …"), kind="quiet", icon="image-plus")
        self.choose.setObjectName("reference_choose")
        self.choose.setToolTip(tr("A picture that the words may speak of; or drop one here, up to three"))
        self.choose.clicked.connect(self.choose_wanted)
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(group_label(tr("Refers to")))
        row.addLayout(self._row)
        row.addWidget(self.choose)
        row.addStretch(1)
        return row

    @Slot()
    def _show(self) -> None:
        studio = self._studio
        edits = studio.due.verb is Verb.EDIT
        self.setVisible(edits)
        can_create = Ability.CREATE in studio.model.abilities
        self.anew.setVisible(can_create and bool(studio.composer.value.sentence))
        if studio.references.pictures != self._shown:
            self._shown = studio.references.pictures
            self._fill()
        self.vary.setVisible(Ability.VARY in studio.model.abilities)
        self.choose.setVisible(not studio.references.is_full)
        self.choose.setText(tr("Add …") if self._shown else tr("Add a picture …"))

    @Slot()
    def _vary(self) -> None:
        self._studio.vary()

    def _fill(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for index, picture in enumerate(self._shown):
            end = End(tr("Picture {number}", number=index + 2))
            end.show_picture(picture)
            away = tr("Take picture {number} away", number=index + 2)
            remove = IconButton(self._theme, "x", away, size_px=14)
            remove.setObjectName(f"remove_reference_{index}")
            remove.clicked.connect(lambda _=False, index=index: self._studio.references.remove(index))
            self._row.addWidget(end)
            self._row.addWidget(remove)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and images may be dropped."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Refer to what was dropped: local files, or else the image."""
        data = event.mimeData()
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        image = data.imageData() if not paths and data.hasImage() else None
        for path in paths:
            self._studio.references.add_file(path)
        if isinstance(image, QImage) and not image.isNull():
            self._studio.references.add(picture_of(image, say("dropped picture")))
        event.acceptProposedAction()
