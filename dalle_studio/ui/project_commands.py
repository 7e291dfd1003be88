"""What can be done with projects and with exports: the commands, their menu, and the window's title."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from dalle_studio.state.studio import Studio
from dalle_studio.ui.actions import COMMANDS
from dalle_studio.ui.dialogs import ask_certificate, ask_file, ask_project_target
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.theme import Theme

MENU = (
    ("new", "open", "recent"),
    ("save", "save_as"),
    ("recover",),
    ("export", "export_recipe"),
    ("add_recipe", "sign", "own_certificate"),
    ("hide_concerning",),
)
"""What stands in the menu, in groups."""


class ProjectCommands(QObject):
    """Connects the window's commands for projects and exports with the studio.

    Args:
        studio: all state.
        actions: of the window, by name.
        theme: the look.
        window: asks for files, and tells the project's name in its title.
    """

    def __init__(self, studio: Studio, actions: dict[str, QAction], theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._studio, self._actions, self._theme, self._window = studio, actions, theme, window
        self._recent = QMenu(tr("Open recent"), window)
        self._recent.setObjectName("recent_menu")
        self.menu = self._build_menu()
        does: dict[str, Callable[[], None]] = {
            "new": studio.documents.new,
            "open": self._open,
            "save": self._save,
            "save_as": self._save_as,
            "recover": studio.recovery.open,
            "add_recipe": self._set_recipe,
            "sign": self._set_signing,
            "own_certificate": self._set_certificate,
            "hide_concerning": self._set_hiding,
        }
        for name, do in does.items():
            actions[name].triggered.connect(partial(_do, do))
        self._recent.triggered.connect(self._open_recent)
        studio.documents.changed.connect(self._show_title)
        studio.canvas.changed.connect(self._show_title)
        studio.recovery.changed.connect(self._show_recovery)
        studio.preferences.changed.connect(self._show_preferences)
        theme.changed.connect(self._dress)
        self._show_title()
        self._show_recovery()
        self._show_preferences()
        self._dress()

    def _build_menu(self) -> QMenu:
        menu = QMenu(tr("Project"), self._window)
        menu.setObjectName("project_menu")
        menu.setToolTipsVisible(True)
        for group in MENU:
            if menu.actions():
                menu.addSeparator()
            for name in group:
                if name == "recent":
                    menu.addMenu(self._recent)
                else:
                    menu.addAction(self._actions[name])
        return menu

    # Doing

    def _open(self) -> None:
        path = ask_file(self._window)
        if path is not None:
            self._studio.open(path)

    @Slot(QAction)
    def _open_recent(self, action: QAction) -> None:
        path = Path(action.data())
        if not path.exists():  # opening it says so
            self._studio.preferences.forget_recent(path)
        self._studio.open(path)

    def _save(self) -> None:
        if self._studio.documents.file is None:
            self._save_as()
        else:
            self._studio.documents.save()

    def _save_as(self) -> None:
        path = ask_project_target(self._window, self._studio.documents.suggested)
        if path is not None:
            self._studio.documents.save(path)

    def _set_recipe(self) -> None:
        self._studio.preferences.change(adds_recipe=self._actions["add_recipe"].isChecked())

    def _set_signing(self) -> None:
        self._studio.exports.set_signing(self._actions["sign"].isChecked())
        self._show_preferences()  # it may have been refused

    def _set_certificate(self) -> None:
        is_own = self._actions["own_certificate"].isChecked()
        path = ask_certificate(self._window) if is_own else None
        if path is not None or not is_own:
            self._studio.exports.set_credential(path)
        self._show_preferences()

    def _set_hiding(self) -> None:
        self._studio.preferences.change(hides_concerning=self._actions["hide_concerning"].isChecked())

    # Showing

    @Slot()
    def _show_title(self) -> None:
        documents = self._studio.documents
        self._window.setWindowTitle(f"{told(documents.name) or 'Dalle Studio'}[*]")
        self._window.setWindowModified(documents.is_changed)

    @Slot()
    def _show_recovery(self) -> None:
        self._actions["recover"].setEnabled(bool(self._studio.recovery.works))

    @Slot()
    def _show_preferences(self) -> None:
        settings = self._studio.preferences.value
        self._actions["add_recipe"].setChecked(settings.adds_recipe)
        self._actions["sign"].setChecked(settings.signs_exports)
        self._actions["hide_concerning"].setChecked(settings.hides_concerning)
        own = self._actions["own_certificate"]
        own.setEnabled(settings.signs_exports)
        own.setChecked(bool(settings.credential))
        words = tr("Without one, the studio makes a certificate of its own")
        own.setToolTip(settings.credential or words)
        self._recent.clear()
        for each in settings.recent:
            action = self._recent.addAction(Path(each).name)
            action.setData(each)
            action.setToolTip(each)
        self._recent.setToolTipsVisible(True)
        self._recent.setEnabled(bool(settings.recent))

    @Slot()
    def _dress(self) -> None:
        """Icons in the colours of today."""
        icons = {command.name: command.icon for command in COMMANDS if command.icon}
        for name in (name for group in MENU for name in group):
            if name in icons:
                self._actions[name].setIcon(self._theme.icon(icons[name]))
        self._recent.setIcon(self._theme.icon("clock"))


def _do(what: Callable[[], None], is_checked: bool = False) -> None:
    """An action tells whether it is checked; nobody here wants to know."""
    what()
