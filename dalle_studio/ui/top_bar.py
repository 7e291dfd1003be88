"""The bar at the top: name and menu of the project, open, save, undo and redo; zoom; model, shortcuts, theme."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from dalle_studio.ui.actions import COMMANDS, keys_text
from dalle_studio.ui.buttons import IconButton
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.theme import Theme, app_font, app_icon

HEIGHT_PX = 46
TITLE_PX = 260


class TopBar(QWidget):
    """Buttons for actions of the window, the zoom between them; `model` chooses what draws."""

    def __init__(
        self, actions: dict[str, QAction], model: QWidget, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._actions, self._theme = actions, theme
        self.setObjectName("top_bar")
        self.setProperty("kind", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT_PX)
        self._zoom = QLabel("")
        self._zoom.setObjectName("zoom")
        self._zoom.setAccessibleName(tr("Zoom"))
        self._zoom.setFont(app_font(13, tabular=True))
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._zoom.setMinimumWidth(52)
        row = QGridLayout(self)
        row.setContentsMargins(12, 0, 10, 0)
        row.addLayout(self._left(), 0, 0)
        row.addLayout(self._middle(), 0, 1)
        row.addLayout(self._right(model), 0, 2)
        for column, stretch in enumerate((1, 0, 1)):
            row.setColumnStretch(column, stretch)

    def set_menu(self, menu: QMenu) -> None:
        """What can be done with the project, beside its name."""
        self._menu.setMenu(menu)

    def set_languages(self, menu: QMenu) -> None:
        """The languages to choose from."""
        self._languages.setMenu(menu)

    def show_title(self, title: str, is_changed: bool = False) -> None:
        """Which project is open, or what is on the canvas, and whether there is something to save."""
        self._unsaved.setVisible(is_changed)
        shown = self._title.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, TITLE_PX)
        self._title.setText(shown or "Dalle Studio")
        self._title.setToolTip(title if shown != title else "")

    @Slot(float)
    def show_zoom(self, zoom: float | None) -> None:
        """1 = 100 %; None where there is no picture."""
        self._zoom.setText("" if zoom is None else f"{zoom * 100:.0f} %")

    def _left(self) -> QHBoxLayout:
        mark = QLabel()
        mark.setPixmap(app_icon().pixmap(QSize(24, 24), self.devicePixelRatioF()))
        self._title = QLabel("Dalle Studio")
        self._title.setObjectName("document")
        self._title.setFont(app_font(13, bold=True))
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._unsaved = QLabel("•")
        self._unsaved.setObjectName("unsaved")
        self._unsaved.setAccessibleName(tr("Not saved"))
        self._unsaved.setToolTip(tr("Not saved yet. Whatever happens, it is kept for the next start"))
        self._unsaved.setProperty("kind", "mark")
        self._unsaved.hide()
        self._menu = IconButton(self._theme, "chevron-down", tr("Project and exports"), size_px=16)
        self._menu.setObjectName("project_button")
        self._menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = _row(mark, self._title, self._unsaved, self._menu)
        row.addSpacing(10)
        for name in ("open", "save", "undo", "redo"):
            row.addWidget(self._button(name))
        row.addStretch(1)
        return row

    def _middle(self) -> QHBoxLayout:
        return _row(
            self._button("zoom_out"), self._zoom, self._button("zoom_in"), self._button("zoom_to_fit")
        )

    def _right(self, model: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addStretch(1)
        row.addWidget(model)
        row.addSpacing(8)
        self._languages = IconButton(self._theme, "languages", tr("Language of the window"))
        self._languages.setObjectName("language_button")
        self._languages.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row.addWidget(self._languages)
        for name in ("shortcuts", "theme", "about"):
            row.addWidget(self._button(name))
        return row

    def _button(self, name: str) -> IconButton:
        command = next(each for each in COMMANDS if each.name == name)
        keys = keys_text(command)
        text = told(command.text)
        button = IconButton(
            self._theme, command.icon, tr("{text} ({keys})", text=text, keys=keys) if keys else text
        )
        button.setObjectName(f"{name}_button")
        button.setAccessibleName(text)
        action = self._actions[name]
        button.clicked.connect(action.trigger)
        action.enabledChanged.connect(button.setEnabled)
        button.setEnabled(action.isEnabled())
        return button


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(4)
    for widget in widgets:
        row.addWidget(widget)
    return row
