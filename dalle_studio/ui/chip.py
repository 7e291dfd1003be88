"""One building block as a chip: edited in place, moved and removed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from dalle_studio.ui.buttons import IconButton
from dalle_studio.ui.language import tr
from dalle_studio.ui.theme import Theme

HEIGHT_PX = 28
THUMBNAIL_PX = 22
_CLOSE_PX = 20
_PAD_PX = 11

Picture = Callable[[str, int, float, float], QPixmap]
"""Text of a chip, size and corner radius in pixels, pixel ratio -> what stands in front of the text."""


class Chip(QWidget):
    """One building block.

    Delete removes it, F2, Return or a double click edit it, Left and Right go to its neighbours,
    Ctrl+Left and Ctrl+Right move it; the mouse drags it.

    Signals:
        remove_wanted(): its cross or Delete.
        edited(str): a new text was typed, which may be empty.
        step_wanted(int, bool): to the neighbour at -1 or +1; True: take the chip along.
        dragged(QPoint), dropped(): the mouse holds it at that point of the row.
    """

    remove_wanted = Signal()
    edited = Signal(str)
    step_wanted = Signal(int, bool)
    dragged = Signal(QPoint)
    dropped = Signal()

    def __init__(self, theme: Theme, picture: Picture | None, *, editable: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture = picture
        self._editable = editable
        self._text = self._shown = ""
        self._unknown = False
        self._hovered = False
        self._pressed_at: QPoint | None = None
        self._dragging = False
        self._editor: QLineEdit | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._cross = IconButton(theme, "x", tr("Remove"), size_px=14, parent=self)
        self._cross.setObjectName("chip_remove")
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.setCursor(Qt.CursorShape.ArrowCursor)
        self._cross.setStyleSheet("QToolButton { padding: 0; border: none; border-radius: 10px; }")
        self._cross.clicked.connect(self.remove_wanted)
        theme.changed.connect(self.update)

    @property
    def text(self) -> str:
        """The block."""
        return self._text

    def set_text(self, text: str, shown: str = "", *, unknown: bool = False) -> None:
        """The block, what it is called if not that, and whether the model does not know it (a dotted line)."""
        self._text, self._shown, self._unknown = text, shown or text, unknown
        self.setAccessibleName(self._shown)
        self.setAccessibleDescription(
            tr("Building block. Delete removes it, Ctrl and arrow keys move it, F2 edits it.")
            if self._editable
            else tr("Building block. Delete removes it, Ctrl and arrow keys move it.")
        )
        self.setToolTip(tr("This model does not know all of it.") if unknown else "")
        self._cross.setToolTip(tr("Remove “{text}”", text=self._shown))
        self._cross.setAccessibleName(self._cross.toolTip())
        self.updateGeometry()
        self.update()

    @property
    def dragging(self) -> bool:
        """Whether the mouse is moving it."""
        return self._dragging

    @Slot()
    def edit(self) -> None:
        """Put a text field in its place; Return takes the new text, Esc leaves the old one."""
        if not self._editable or self._editor is not None:
            return
        editor = _Editor(self._text, self)
        editor.setProperty("kind", "bare")
        editor.setAccessibleName(tr("Edit “{text}”", text=self._text))
        editor.setGeometry(self.rect().adjusted(self._text_left(), 2, -_PAD_PX, -2))
        editor.editingFinished.connect(self._finish)
        editor.abandoned.connect(self._abandon)
        self._editor = editor
        self._cross.hide()
        editor.show()
        editor.selectAll()
        editor.setFocus()
        self.update()

    @Slot()
    def _finish(self) -> None:
        editor = self._close_editor()
        if editor is not None and editor.text().strip() != self._text:
            self.edited.emit(editor.text().strip())

    @Slot()
    def _abandon(self) -> None:
        self._close_editor()

    def _close_editor(self) -> QLineEdit | None:
        editor, self._editor = self._editor, None
        if editor is not None:
            if editor.hasFocus():
                self.setFocus()
            editor.hide()
            editor.deleteLater()
            self._cross.show()
            self.update()
        return editor

    def _text_left(self) -> int:
        return _PAD_PX if self._picture is None else THUMBNAIL_PX + 9

    def sizeHint(self) -> QSize:
        """As wide as its text."""
        width = QFontMetrics(self.font()).horizontalAdvance(self._shown)
        return QSize(self._text_left() + width + 4 + _CLOSE_PX + 6, HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """Long texts are cut with an ellipsis."""
        return QSize(60, HEIGHT_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The cross stays at the right end."""
        self._cross.setGeometry(self.width() - _CLOSE_PX - 5, 4, _CLOSE_PX, _CLOSE_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pill, its picture and its text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_pill(painter)
        if self._picture is not None:
            ratio = self.devicePixelRatioF()
            painter.drawPixmap(3, 3, self._picture(self._text, THUMBNAIL_PX, THUMBNAIL_PX / 2, ratio))
        if self._editor is None:
            self._paint_text(painter)

    def _paint_pill(self, painter: QPainter) -> None:
        focused = self.hasFocus() or self._editor is not None
        fill = "field" if self._editor else "hover" if self._hovered or self._dragging else "raised"
        ring = QPen(self._theme.colour("accent"), 2)
        painter.setPen(ring if focused or self._dragging else Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(fill))
        edge = 1 if focused or self._dragging else 0
        painter.drawRoundedRect(self.rect().adjusted(edge, edge, -edge, -edge), HEIGHT_PX / 2, HEIGHT_PX / 2)

    def _paint_text(self, painter: QPainter) -> None:
        place = QRect(self._text_left(), 0, self.width() - self._text_left() - _CLOSE_PX - 8, HEIGHT_PX)
        shown = painter.fontMetrics().elidedText(self._shown, Qt.TextElideMode.ElideRight, place.width() + 2)
        painter.setPen(self._theme.colour("text"))
        painter.drawText(place.adjusted(0, 0, 4, 0), Qt.AlignmentFlag.AlignVCenter, shown)
        if self._unknown:
            painter.setPen(QPen(self._theme.colour("accent"), 1.5, Qt.PenStyle.DotLine))
            right = place.left() + painter.fontMetrics().horizontalAdvance(shown)
            painter.drawLine(place.left(), HEIGHT_PX - 6, right, HEIGHT_PX - 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove, edit, go to a neighbour, move."""
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_wanted.emit()
        elif key in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control and self._editable:
            self.edit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.step_wanted.emit(-1 if key == Qt.Key.Key_Left else 1, control)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same with a menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._editable:
            menu.addAction(tr("Edit"), Qt.Key.Key_F2, self.edit)
        menu.addAction(tr("Remove"), Qt.Key.Key_Delete, self.remove_wanted.emit)
        menu.popup(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What may become a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse once it has gone far enough."""
        if self._pressed_at is None:
            return
        moved = event.position().toPoint() - self._pressed_at
        if not self._dragging and moved.manhattanLength() < QApplication.startDragDistance():
            return
        self._dragging = True
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.raise_()
        self.move(self.pos() + moved)
        self.dragged.emit(self.mapToParent(self._pressed_at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stay where the row says."""
        self._pressed_at = None
        if self._dragging:
            self._dragging = False
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self.dropped.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit in place."""
        self._pressed_at = None
        self.edit()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Brighter under the mouse."""
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """As before."""
        self._hovered = False
        self.update()


class _Editor(QLineEdit):
    """The text field in a chip's place."""

    abandoned = Signal()

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        if arg__1.key() == Qt.Key.Key_Escape:
            self.abandoned.emit()
        else:
            super().keyPressEvent(arg__1)
            arg__1.accept()  # Return ends here, it is not the window's
