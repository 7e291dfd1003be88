"""The row of chips over the gallery: all pictures, the starred ones, one collection; and a new collection."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from dalle_studio.state.gallery import ALL, COLLECTION, STARRED, Gallery
from dalle_studio.ui.buttons import IconButton
from dalle_studio.ui.flow import FlowLayout
from dalle_studio.ui.language import tr
from dalle_studio.ui.theme import TEXT_ICON_SIZE, Theme


class GalleryFilters(QWidget):
    """Shows what the gallery shows and lets one choose.

    Signals:
        collection_named(str): the selected pictures are to go into a new collection of that name.
    """

    collection_named = Signal(str)

    def __init__(self, gallery: Gallery, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gallery = gallery
        self._theme = theme
        self._chips: dict[str, FilterChip] = {}
        self._row = FlowLayout(self, 6)
        self._add = IconButton(
            theme, "folder-plus", tr("Put the selected pictures into a new collection"), size_px=16
        )
        self._add.setObjectName("new_collection")
        self._add.clicked.connect(self.name_collection)
        self._name = _NameField()
        self._name.named.connect(self._take_name)
        self._name.abandoned.connect(self._close_name)
        self._name.hide()
        self._row.addWidget(self._add)
        self._row.addWidget(self._name)
        gallery.changed.connect(self._show)
        gallery.selected_changed.connect(self._show)
        self._show()

    @Slot()
    def name_collection(self) -> None:
        """Ask for the name of a new collection, in place."""
        self._add.hide()
        self._name.clear()
        self._name.show()
        self._name.setFocus()

    @Slot()
    def _show(self) -> None:
        gallery = self._gallery
        names = [ALL, STARRED, *(COLLECTION + name for name in gallery.collections)]
        for gone in self._chips.keys() - set(names):
            chip = self._chips.pop(gone)
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for place, name in enumerate(names):
            if name not in self._chips:
                self._chips[name] = self._new_chip(name)
                self._row.insert_widget(place, self._chips[name])
            self._chips[name].setChecked(name == gallery.shown)
        self._chips[ALL].setText(tr("All {count}", count=QLocale().toString(gallery.count)))
        self._add.setEnabled(gallery.selected is not None)

    def _new_chip(self, name: str) -> FilterChip:
        chip = FilterChip(self._theme, name)
        chip.clicked.connect(lambda: self._choose(name))
        return chip

    def _choose(self, name: str) -> None:
        # a second click on a collection shows everything again
        self._gallery.show(ALL if name == self._gallery.shown else name)
        self._show()

    @Slot(str)
    def _take_name(self, name: str) -> None:
        self._close_name()
        self.collection_named.emit(name)

    @Slot()
    def _close_name(self) -> None:
        self._name.hide()
        self._add.show()


class FilterChip(QPushButton):
    """A pill that is pressed or not."""

    def __init__(self, theme: Theme, shown: str) -> None:
        label = {ALL: tr("All"), STARRED: tr("Starred")}.get(shown, shown.removeprefix(COLLECTION))
        super().__init__(label)
        self._theme = theme
        self._icon = {STARRED: "star"}.get(shown, "")
        what = {ALL: tr("Show all pictures"), STARRED: tr("Show only starred pictures")}
        self.setObjectName(f"filter_{shown}")
        self.setAccessibleName(what.get(shown, tr("Show only the collection “{name}”", name=label)))
        self.setToolTip(self.accessibleName())
        self.setCheckable(True)
        self.setIconSize(TEXT_ICON_SIZE)
        self.setMaximumWidth(200)
        self._dress()
        theme.changed.connect(self._dress)

    @Slot()
    def _dress(self) -> None:
        colours = {
            name: self._theme.value(name) for name in ("edge", "raised", "hover", "accent", "text", "second")
        }
        self.setStyleSheet(_CHIP.format(**colours))
        if self._icon:
            self.setIcon(self._theme.text_icon(self._icon, "second"))


_CHIP = """
QPushButton {{ background: transparent; color: {second}; border: 1px solid {edge}; border-radius: 13px;
  padding: 0 10px; min-height: 24px; max-height: 24px; }}
QPushButton:hover {{ background: {raised}; color: {text}; }}
QPushButton:checked {{ background: {raised}; border-color: {raised}; color: {text}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 0 9px; min-height: 22px; max-height: 22px; }}
"""


class _NameField(QLineEdit):
    """Where a new collection is named; Esc or leaving it empty gives up."""

    named = Signal(str)
    abandoned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("collection_name")
        self.setAccessibleName(tr("Name of the new collection"))
        self.setPlaceholderText(tr("Name the collection"))
        self.setFixedWidth(max(170, self.fontMetrics().horizontalAdvance(self.placeholderText()) + 36))
        self.setMaxLength(60)
        self.returnPressed.connect(self._take)

    @Slot()
    def _take(self) -> None:
        name = " ".join(self.text().split())
        self.named.emit(name) if name else self.abandoned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.abandoned.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Going away gives up."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.abandoned.emit()
