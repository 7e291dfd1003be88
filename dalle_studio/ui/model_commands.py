"""What the window does about models: the page with all of them, and the line that says which one draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QWidget

from dalle_studio.core.model import AddOnKind
from dalle_studio.state.studio import Studio
from dalle_studio.ui.status_bar import StatusBar, engine_text
from dalle_studio.ui.theme import Theme

if TYPE_CHECKING:
    from dalle_studio.ui.models_page import ModelsPage


class Stage(QWidget):
    """Canvas, candidates and gallery; a page may cover them all."""

    def __init__(self) -> None:
        super().__init__()
        self._page: QWidget | None = None

    def cover(self, page: QWidget) -> None:
        """Keep a page as large as this."""
        self._page = page
        page.setGeometry(self.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page follows."""
        super().resizeEvent(event)
        if self._page is not None:
            self._page.setGeometry(self.rect())


class ModelCommands(QObject):
    """Connects the window's command for models with the studio.

    Args:
        studio: all state.
        command: opens and closes the page.
        theme: the look.
        stage: what the page covers.
        status: says which model draws.

    Attributes:
        page: the models; None before it is first opened.

    Signals:
        closed(): the keyboard may go elsewhere.
        opened(): what is to stay in sight must be raised above the page.
    """

    closed = Signal()
    opened = Signal()

    def __init__(
        self, studio: Studio, command: QAction, theme: Theme, stage: Stage, status: StatusBar
    ) -> None:
        super().__init__(stage)
        self._studio, self._theme, self._stage, self._status = studio, theme, stage, status
        self.page: ModelsPage | None = None
        self._jobs = 0
        command.triggered.connect(self._switch)
        studio.models.changed.connect(self._show_engine)
        studio.changed.connect(self._show_engine)
        studio.jobs.changed.connect(self._make_way)
        self._show_engine()

    @Slot()
    def _switch(self) -> None:
        if self.page is not None and self.page.isVisible():
            self._close()
        else:
            self._open()

    @Slot()
    def open_recognisers(self) -> None:
        """Open the page where the recognisers of speech stand."""
        self._open().reveal(AddOnKind.SPEECH)

    def _open(self) -> ModelsPage:
        if self.page is None:
            from dalle_studio.ui.models_page import ModelsPage  # not before the window is open

            self.page = ModelsPage(self._studio.models, self._theme, self._stage)
            self.page.closed.connect(self._close)
            self._stage.cover(self.page)
        self._studio.models.open()
        self.page.show()
        self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.opened.emit()
        return self.page

    @Slot()
    def _close(self) -> None:
        if self.page is not None:
            self.page.hide()
            self.closed.emit()

    @Slot()
    def _make_way(self) -> None:
        """What was asked for while the page is open is to be seen."""
        before, self._jobs = self._jobs, len(self._studio.jobs.jobs)
        if self._jobs > before and self.page is not None and self.page.isVisible():
            self._close()

    @Slot()
    def _show_engine(self) -> None:
        models = self._studio.models
        self._status.set_engine_text(engine_text(models.current, models.value.machine, self._studio.memory))
