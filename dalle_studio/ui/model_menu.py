"""Which model draws: a button that names it, and the installed ones under it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Slot
from PySide6.QtGui import QAction, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QWidget

from dalle_studio.core.model import Model
from dalle_studio.core.sentence import Value
from dalle_studio.state.models import Models
from dalle_studio.ui.buttons import TextButton
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.model_parts import LICENCES, abilities_text
from dalle_studio.ui.popup import SHADOW_PX, Popup
from dalle_studio.ui.theme import Theme, app_font

_WIDTH_PX = 430
_ROW_PX = 48
_NAME_PX = 220


class ModelButton(TextButton):
    """Names the model that draws; pressed, it lists the others.

    Args:
        models: the state it shows and changes.
        manage: the window's command for all models.
        theme: the look.
    """

    def __init__(self, models: Models, manage: QAction, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", icon="box", parent=parent)
        self._theme = theme
        self.setStyleSheet(
            "QPushButton { padding: 0 30px 0 10px; } QPushButton:focus { padding: 0 29px 0 9px; }"
        )
        self._models = models
        self.setObjectName("model_button")
        self.menu_popup = ModelMenu(models, manage, theme, self)
        self.clicked.connect(self._open)
        models.chosen.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        label = told(self._models.current.label)
        shown = self.fontMetrics().elidedText(label, Qt.TextElideMode.ElideMiddle, _NAME_PX)
        self.setText(shown)
        self.setAccessibleName(tr("Model: {model}", model=label))
        self.setToolTip(tr("The model that draws the next pictures; press to choose another"))

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        """The button of the stylesheet, with a chevron that says it opens."""
        super().paintEvent(arg__1)
        painter = QPainter(self)
        chevron = self._theme.pixmap("chevron-down", "second", 14)
        painter.drawPixmap(self.width() - 24, (self.height() - 14) // 2, chevron)

    @Slot()
    def _open(self) -> None:
        self.menu_popup.show_models()
        right = QPoint(self.width() - _WIDTH_PX + SHADOW_PX, 0)
        self.menu_popup.show_under(self, QRect(right, self.size()))
        self.menu_popup.focus_current()


class ModelMenu(Popup):
    """The installed models, then “Models…”. Arrow keys go from one to the next."""

    def __init__(self, models: Models, manage: QAction, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._models, self._theme = models, theme
        self._rows: list[ModelRow] = []
        self.setObjectName("model_menu")
        self.setAccessibleName(tr("Models that are installed"))
        self.setFixedWidth(_WIDTH_PX)
        self.body.setSpacing(2)
        self._line = QFrame()
        self._line.setFrameShape(QFrame.Shape.HLine)
        self.manage = TextButton(theme, tr("Models …"), kind="quiet", icon="layout-grid")
        self.manage.setObjectName("all_models")
        self.manage.setAccessibleName(tr("All models: install, check, remove"))
        self.manage.setToolTip(tr("Install, check and remove models"))
        self.manage.clicked.connect(self.hide)
        self.manage.clicked.connect(manage.trigger)
        self.body.addWidget(self._line)
        self.body.addWidget(self.manage, 0, Qt.AlignmentFlag.AlignLeft)

    def show_models(self) -> None:
        """List what is installed now."""
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for place, model in enumerate(self._models.value.models):
            row = ModelRow(model, self._theme, is_current=model.name == self._models.current.name)
            row.clicked.connect(self._choose)
            self.body.insertWidget(place, row)
            self._rows.append(row)

    def focus_current(self) -> None:
        """The keyboard starts at the model that draws."""
        row = next((each for each in self._rows if each.isChecked()), self._rows[0])
        row.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down, Home and End."""
        stops: list[QAbstractButton] = [*self._rows, self.manage]
        here = next((place for place, each in enumerate(stops) if each.hasFocus()), 0)
        last = len(stops) - 1
        to = {
            Qt.Key.Key_Up: max(0, here - 1),
            Qt.Key.Key_Down: min(last, here + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if to is None:
            super().keyPressEvent(event)
        else:
            stops[to].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _choose(self) -> None:
        row = self.sender()
        self.hide()
        if isinstance(row, ModelRow):
            self._models.choose(row.model.name)


class ModelRow(QAbstractButton):
    """A model's name, what it can do, and whether a business may use it."""

    def __init__(self, model: Model, theme: Theme, *, is_current: bool) -> None:
        super().__init__()
        self.model, self._theme = model, theme
        self._is_hovered = False
        icon, role, words = LICENCES[model.licence.commercial]
        self._icon, self._role, self._licence = icon, role, told(words)
        self._able = told(abilities_text(model.abilities))
        self.setObjectName(f"choose_{model.name}")
        self.setCheckable(True)
        self.setChecked(is_current)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self._name(is_current))
        self.setToolTip(f"{self._able}\n{self._licence} · {told(model.licence.name)}")
        theme.changed.connect(self.update)

    def _name(self, is_current: bool) -> str:
        model, use, licence = self.model, self._licence, self.model.licence.name
        facts: dict[str, Value] = {"model": model.label, "able": self._able, "use": use, "licence": licence}
        if is_current:
            return tr("{model}: {able}. {use}, {licence}. Draws now", **facts)
        return tr("{model}: {able}. {use}, {licence}", **facts)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(_WIDTH_PX - 2 * (SHADOW_PX + 8), _ROW_PX)

    def nextCheckState(self) -> None:
        """A press chooses; it never unchecks."""

    def enterEvent(self, event: QEnterEvent) -> None:
        """The keyboard goes where the mouse is: one row at a time is lit."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def keyPressEvent(self, e: QKeyEvent) -> None:
        """Return chooses, as Space does; arrows are the menu's."""
        if e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif e.key() == Qt.Key.Key_Space:
            super().keyPressEvent(e)
        else:
            e.ignore()

    def paintEvent(self, e: QPaintEvent) -> None:
        """The check at its left, two lines, the licence at the right of the second."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("raised"))
            painter.drawRoundedRect(self.rect(), 7, 7)
        if self.isChecked():
            painter.drawPixmap(8, 8, self._theme.pixmap("check", "accent", 16))
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        left, right = 32, self.width() - 10
        painter.setFont(app_font(13, bold=self.isChecked()))
        painter.setPen(QPen(self._theme.colour("text")))
        self._line(painter, QRect(left, 6, right - left, 18), told(self.model.label))
        painter.setFont(app_font(11))
        painter.setPen(QPen(self._theme.colour("second")))
        width = painter.fontMetrics().horizontalAdvance(self._licence)
        painter.drawText(
            QRect(right - width, 26, width + 1, 16), Qt.AlignmentFlag.AlignVCenter, self._licence
        )
        painter.drawPixmap(right - width - 19, 27, self._theme.pixmap(self._icon, self._role, 14))
        self._line(painter, QRect(left, 26, right - width - 30 - left, 16), self._able)

    @staticmethod
    def _line(painter: QPainter, room: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
