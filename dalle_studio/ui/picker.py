"""A searchable list, or grid with pictures, to pick building blocks from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QListWidget, QListWidgetItem, QWidget

from dalle_studio.core.reading_zh import bare_name
from dalle_studio.core.sentence import say
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.popup import Popup
from dalle_studio.ui.style_pictures import style_pixmap
from dalle_studio.ui.theme import Theme, app_font

LIST_SIZE = QSize(286, 330)
GRID_SIZE = QSize(392, 420)
THUMBNAIL_PX = 72
_CELL = QSize(86, 102)
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ARTICLE = re.compile(r"^(an?|the) ")
_TEXT = Qt.ItemDataRole.UserRole

Search = Callable[[str], Sequence[str]]
"""What was typed -> phrases beyond the listed ones."""


class Picker(Popup):
    """A search field over what can be picked.

    What is typed narrows the list; up and down choose, Return picks and closes, Ctrl+Return picks and stays
    open for more, Esc closes.

    Args:
        theme: the look.
        name: what is picked, for example "who or what".
        parent: a widget of the window it belongs to.
        items: what can be picked; sentences are found in English and in the window's language.
        search: finds more for what is typed; None: nothing more.
        free_text: whether something else may be typed.
        also: what items are found by too, such as what they mean in another language.

    Signals:
        picked(str): this was picked.
    """

    picked = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        parent: QWidget,
        items: Sequence[str],
        *,
        search: Search | None = None,
        free_text: bool = True,
        also: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._also = also or {}
        self._items = tuple(items)
        self._search = search
        self._free_text = free_text
        self.setAccessibleName(tr("Pick {name}", name=name))
        self._add_field(name, free_text)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Choices: {name}", name=name))
        self.list.setProperty("kind", "bare")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setIconSize(QSize(16, 16))
        self.list.setUniformItemSizes(True)
        self.list.ensurePolished()
        self.list.itemClicked.connect(self._click)
        self.body.addWidget(self.list, 1)
        self._hint = QLabel(tr("Return picks · Ctrl+Return picks more"))
        self._hint.setWordWrap(True)
        self._hint.setProperty("kind", "small")
        self.body.addWidget(self._hint)
        self.setFixedSize(LIST_SIZE)
        self._fill()

    def _add_field(self, name: str, free_text: bool) -> None:
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Search, or type your own") if free_text else tr("Search"))
        self.field.setAccessibleName(tr("Search: {name}", name=name))
        icon = self._theme.icon("search", "third")
        self.field.addAction(icon, QLineEdit.ActionPosition.LeadingPosition)
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.body.addWidget(self.field)
        self.setFocusProxy(self.field)

    @property
    def shown(self) -> tuple[str, ...]:
        """What the list offers now, without what would be added as typed."""
        return tuple(text for row in range(self.list.count()) if (text := self._text(row)) in self._offers())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the list work while the search field has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._key(event):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(
                self.list.currentRow(), stay=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            )
        elif key in _LIST_KEYS or self._steps_sideways(key):
            self.list.keyPressEvent(event)
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            return False
        return True

    def _steps_sideways(self, key: int) -> bool:
        """Whether Left and Right move in the grid rather than in what is typed."""
        grid = self.list.viewMode() is QListView.ViewMode.IconMode
        return grid and key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not self.field.text()

    def _offers(self) -> list[str]:
        query = self.field.text().strip().casefold()
        ranks = {
            item: min(_rank(name, query) for name in (item, told(item), self._also.get(item, "")))
            for item in self._items
        }
        found = sorted((item for item in self._items if ranks[item] < _NOT_FOUND), key=lambda i: ranks[i])
        more = self._search(self.field.text()) if self._search and query else ()
        distinct: dict[str, str] = {}
        for text in (*found, *more):
            distinct.setdefault(bare_name(_ARTICLE.sub("", text.casefold())), text)
        return list(distinct.values())

    @Slot()
    def _fill(self) -> None:
        typed = self.field.text().strip()
        self.list.clear()
        offers = self._offers()
        for text in offers:
            self._add_item(text, told(text))
        known = typed.casefold() in (offer.casefold() for offer in offers)
        if typed and self._free_text and not known:
            self._add_item(typed, tr("Add “{text}”", text=typed)).setIcon(self._theme.icon("plus", "accent"))
        if not self.list.count():
            self._add_item("", tr("Nothing is called that.")).setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.setCurrentRow(0)

    def _add_item(self, text: str, label: str) -> QListWidgetItem:
        item = QListWidgetItem(label)
        item.setData(_TEXT, text)
        self.list.addItem(item)
        return item

    def _text(self, row: int) -> str:
        item = self.list.item(row)
        return str(item.data(_TEXT))

    @Slot(QListWidgetItem)
    def _click(self, item: QListWidgetItem) -> None:
        self._pick(self.list.row(item), stay=self._stays_after_click())

    def _stays_after_click(self) -> bool:
        return False

    def _pick(self, row: int, *, stay: bool) -> None:
        if row < 0 or not self._text(row):
            return
        text = self._text(row)
        if not stay:
            self.close()
        self.picked.emit(text)
        if stay:
            self._after_pick()

    def _after_pick(self) -> None:
        """Ready for the next one."""
        self.field.clear()


class StylePicker(Picker):
    """Styles with their pictures. A click adds a style or takes it away, and the picker stays open."""

    def __init__(self, theme: Theme, parent: QWidget, styles: Sequence[str]) -> None:
        self._chosen: tuple[str, ...] = ()
        super().__init__(theme, say("in the style of"), parent, styles, free_text=False)
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setIconSize(QSize(THUMBNAIL_PX, THUMBNAIL_PX))
        self.list.setGridSize(_CELL)
        self.list.setFont(app_font(11))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._hint.setText(tr("A click adds or removes a style · Esc closes"))
        self.setFixedSize(GRID_SIZE)

    def set_chosen(self, styles: Sequence[str]) -> None:
        """Mark the styles that are chosen already."""
        self._chosen = tuple(styles)
        for row in range(self.list.count()):
            item = self.list.item(row)
            if name := self._text(row):
                item.setIcon(self._picture(name))

    def _add_item(self, text: str, label: str) -> QListWidgetItem:
        item = super()._add_item(text, label)
        if text:
            item.setIcon(self._picture(text))
        return item

    def _picture(self, style: str) -> QIcon:
        """The style's picture, ringed and ticked where it is chosen; the same when its item is selected."""
        pixmap = QPixmap(style_pixmap(style, THUMBNAIL_PX, 8, self.devicePixelRatioF()))  # not the kept one
        if style in self._chosen:
            self._mark(pixmap)
        icon = QIcon()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            icon.addPixmap(pixmap, mode)
        return icon

    def _mark(self, pixmap: QPixmap) -> None:
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("accent"), 3))
        side = THUMBNAIL_PX
        painter.drawRoundedRect(2, 2, side - 4, side - 4, 7, 7)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawEllipse(side - 25, 5, 20, 20)
        painter.drawPixmap(side - 22, 8, self._theme.pixmap("check", "on_accent", 14))
        painter.end()

    def _stays_after_click(self) -> bool:
        return True

    def _after_pick(self) -> None:
        """The list stays as it is, so that neighbours can be clicked one after the other."""


_NOT_FOUND = 3


def _rank(item: str, query: str) -> int:
    """Where the query begins: the phrase, one of its words, or inside a word."""
    text = item.casefold()
    if not query or text.startswith(query) or bare_name(text).startswith(query):
        return 0
    if query not in text:
        return _NOT_FOUND
    return 1 if f" {query}" in text else 2
