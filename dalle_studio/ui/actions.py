"""Every command of the window, once: its name, icon and shortcut."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from dalle_studio.ui.theme import Theme
from dalle_studio.ui.tool_bar import TOOL_ENTRIES


@dataclass(frozen=True)
class Command:
    """One command.

    Attributes:
        name: what the window's code calls it.
        text: what people read.
        icon: of resources/icons; may be empty.
        keys: shortcuts, the first one is shown.
        group: heading in the list of shortcuts.
        is_choice: whether it is switched on and off.
    """

    name: str
    text: str
    icon: str
    keys: tuple[str, ...]
    group: str
    is_choice: bool = False


COMMANDS = (
    Command(
        "make",
        "Generate, fill, vary or extend",
        "sparkles",
        ("Ctrl+Return", "Ctrl+Enter"),
        "Make",
    ),
    Command("vary", "Vary the picture", "shuffle", ("Ctrl+Shift+V",), "Make"),
    Command("upscale", "Enlarge the picture", "maximize", ("Ctrl+Shift+U",), "Make"),
    Command("surprise", "Surprise me", "dices", ("Ctrl+R",), "Make"),
    Command("cancel", "Cancel what is being made", "x", ("Ctrl+.",), "Make"),
    Command("models", "Models: install, check, remove", "box", ("Ctrl+Shift+M",), "Models"),
    Command(
        "hide_concerning", "Blur pictures not everybody wants to see", "", (), "Pictures", is_choice=True
    ),
    Command("new", "New project", "file-plus", ("Ctrl+N",), "Project"),
    Command("open", "Open a project or a picture", "folder-open", ("Ctrl+O",), "Project"),
    Command("save", "Save the project", "save", ("Ctrl+S",), "Project"),
    Command("save_as", "Save the project as", "save", ("Ctrl+Shift+S",), "Project"),
    Command("recover", "Work that was not saved", "history", (), "Project"),
    Command("import", "Import a folder of pictures", "import", ("Ctrl+Shift+I",), "Pictures"),
    Command("paste", "Paste a picture", "clipboard-paste", ("Ctrl+V", "Ctrl+Alt+V"), "Pictures"),
    Command("copy", "Copy the picture", "copy", ("Ctrl+Shift+C",), "Pictures"),
    Command("export", "Export the picture", "download", ("Ctrl+E",), "Pictures"),
    Command("export_recipe", "Export the picture with its recipe", "download", ("Ctrl+Shift+E",), "Pictures"),
    Command("add_recipe", "Exports carry their recipe", "", (), "Pictures", is_choice=True),
    Command("sign", "Exports are signed (Content Credentials)", "", (), "Pictures", is_choice=True),
    Command("own_certificate", "Sign with a certificate of my own", "", (), "Pictures", is_choice=True),
    Command("search", "Search the gallery", "search", ("Ctrl+F",), "Pictures"),
    Command("undo", "Undo", "undo-2", ("Ctrl+Z",), "Edit"),
    Command("redo", "Redo", "redo-2", ("Ctrl+Shift+Z", "Ctrl+Y"), "Edit"),
    Command("prompt", "Write the prompt", "pencil", ("Ctrl+L",), "Edit"),
    Command("speak", "Say the prompt", "mic", ("Ctrl+M",), "Edit"),
    Command("zoom_in", "Zoom in", "zoom-in", ("Ctrl++", "Ctrl+="), "View"),
    Command("zoom_out", "Zoom out", "zoom-out", ("Ctrl+-",), "View"),
    Command("zoom_to_fit", "Fit the picture", "scan", ("Ctrl+0", "0"), "View"),
    Command("zoom_to_100", "100 %", "square", ("Ctrl+1", "1"), "View"),
    Command("next", "Next candidate", "chevron-right", ("Alt+Right",), "View"),
    Command("previous", "Previous candidate", "chevron-left", ("Alt+Left",), "View"),
    Command("theme", "Dark or light", "sun-moon", ("Ctrl+Shift+L",), "View"),
    Command("shortcuts", "Keyboard shortcuts", "keyboard", ("?", "F1"), "Help"),
    Command("about", "About Dalle Studio", "info", (), "Help"),
    Command("new_region", "Another region with its own prompt", "", ("N",), "Tools"),
    *(Command(f"tool_{e.tool}", e.name, e.icon, (e.key,), "Tools") for e in TOOL_ENTRIES),
)
"""Keys of single widgets are in `LOCAL_KEYS`."""

LOCAL_KEYS = (
    ("Candidates", "Look at the next or the one before", "← →"),
    ("Candidates", "Keep", "K"),
    ("Candidates", "Discard", "X"),
    ("Candidates", "Vary again", "V"),
    ("Candidates", "Place into", "P"),
    ("Gallery", "Open on the canvas", "Enter"),
    ("Gallery", "Star", "S"),
    ("Gallery", "Move to the trash", "Delete"),
    ("Canvas", "Smaller or larger brush", "[ ]"),
    ("Canvas", "Move the view", "Space + drag"),
    ("Canvas", "Zoom", "Ctrl + wheel"),
    ("Canvas", "Pull both sides of the frame", "Shift + drag"),
    ("Canvas", "Push a side of the frame out, with Shift in", "← → ↑ ↓"),
    ("Canvas", "Give a stroke up, end a comparison", "Esc"),
    ("Canvas", "Move the slider of a comparison", "← →"),
    ("Prompt", "Drop what is being said", "Esc"),
    ("Prompt", "Recall earlier prompts", "↑ ↓"),
)


def make_actions(window: QWidget, theme: Theme) -> dict[str, QAction]:
    """An action of the window for every command, by name."""
    actions: dict[str, QAction] = {}
    for command in COMMANDS:
        action = actions[command.name] = QAction(command.text, window)
        action.setObjectName(command.name)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setCheckable(command.is_choice)
        if command.icon:
            action.setIcon(theme.icon(command.icon))
        window.addAction(action)
    return actions


def keys_text(command: Command) -> str:
    """Its first shortcut as this system writes it; empty where it has none."""
    return (
        QKeySequence(command.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if command.keys else ""
    )
