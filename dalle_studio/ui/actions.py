"""Every command of the window, once: its name, icon and shortcut."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from dalle_studio.core.sentence import say
from dalle_studio.ui.language import told
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
        say("Generate, fill, vary or extend"),
        "sparkles",
        ("Ctrl+Return", "Ctrl+Enter"),
        say("Make"),
    ),
    Command("vary", say("Vary the picture"), "shuffle", ("Ctrl+Shift+V",), say("Make")),
    Command("upscale", say("Enlarge the picture"), "maximize", ("Ctrl+Shift+U",), say("Make")),
    Command("surprise", say("Surprise me"), "dices", ("Ctrl+R",), say("Make")),
    Command("cancel", say("Cancel what is being made"), "x", ("Ctrl+.",), say("Make")),
    Command("models", say("Models: install, check, remove"), "box", ("Ctrl+Shift+M",), say("Models")),
    Command(
        "hide_concerning",
        say("Blur pictures not everybody wants to see"),
        "",
        (),
        say("Pictures"),
        is_choice=True,
    ),
    Command("new", say("New project"), "file-plus", ("Ctrl+N",), say("Project")),
    Command("open", say("Open a project or a picture"), "folder-open", ("Ctrl+O",), say("Project")),
    Command("save", say("Save the project"), "save", ("Ctrl+S",), say("Project")),
    Command("save_as", say("Save the project as"), "save", ("Ctrl+Shift+S",), say("Project")),
    Command("recover", say("Work that was not saved"), "history", (), say("Project")),
    Command("import", say("Import a folder of pictures"), "import", ("Ctrl+Shift+I",), say("Pictures")),
    Command("paste", say("Paste a picture"), "clipboard-paste", ("Ctrl+V", "Ctrl+Alt+V"), say("Pictures")),
    Command("copy", say("Copy the picture"), "copy", ("Ctrl+Shift+C",), say("Pictures")),
    Command("export", say("Export the picture"), "download", ("Ctrl+E",), say("Pictures")),
    Command(
        "export_recipe",
        say("Export the picture with its recipe"),
        "download",
        ("Ctrl+Shift+E",),
        say("Pictures"),
    ),
    Command("add_recipe", say("Exports carry their recipe"), "", (), say("Pictures"), is_choice=True),
    Command("sign", say("Exports are signed (Content Credentials)"), "", (), say("Pictures"), is_choice=True),
    Command(
        "own_certificate", say("Sign with a certificate of my own"), "", (), say("Pictures"), is_choice=True
    ),
    Command("search", say("Search the gallery"), "search", ("Ctrl+F",), say("Pictures")),
    Command("undo", say("Undo"), "undo-2", ("Ctrl+Z",), say("Edit")),
    Command("redo", say("Redo"), "redo-2", ("Ctrl+Shift+Z", "Ctrl+Y"), say("Edit")),
    Command("prompt", say("Write the prompt"), "pencil", ("Ctrl+L",), say("Edit")),
    Command("speak", say("Say the prompt"), "mic", ("Ctrl+M",), say("Edit")),
    Command("zoom_in", say("Zoom in"), "zoom-in", ("Ctrl++", "Ctrl+="), say("View")),
    Command("zoom_out", say("Zoom out"), "zoom-out", ("Ctrl+-",), say("View")),
    Command("zoom_to_fit", say("Fit the picture"), "scan", ("Ctrl+0", "0"), say("View")),
    Command("zoom_to_100", say("100 %"), "square", ("Ctrl+1", "1"), say("View")),
    Command("next", say("Next candidate"), "chevron-right", ("Alt+Right",), say("View")),
    Command("previous", say("Previous candidate"), "chevron-left", ("Alt+Left",), say("View")),
    Command("theme", say("Dark or light"), "sun-moon", ("Ctrl+Shift+L",), say("View")),
    Command("shortcuts", say("Keyboard shortcuts"), "keyboard", ("?", "F1"), say("Help")),
    Command("about", say("About Dalle Studio"), "info", (), say("Help")),
    Command("new_region", say("Another region with its own prompt"), "", ("N",), say("Tools")),
    *(Command(f"tool_{e.tool}", e.name, e.icon, (e.key,), say("Tools")) for e in TOOL_ENTRIES),
)
"""Keys of single widgets are in `LOCAL_KEYS`."""

LOCAL_KEYS = (
    (say("Candidates"), say("Look at the next or the one before"), "← →"),
    (say("Candidates"), say("Keep"), "K"),
    (say("Candidates"), say("Discard"), "X"),
    (say("Candidates"), say("Vary again"), "V"),
    (say("Candidates"), say("Place into"), "P"),
    (say("Gallery"), say("Open on the canvas"), say("Enter")),
    (say("Gallery"), say("Star"), "S"),
    (say("Gallery"), say("Move to the trash"), say("Delete")),
    (say("Canvas"), say("Smaller or larger brush"), "[ ]"),
    (say("Canvas"), say("Move the view"), say("Space + drag")),
    (say("Canvas"), say("Zoom"), say("Ctrl + wheel")),
    (say("Canvas"), say("Pull both sides of the frame"), say("Shift + drag")),
    (say("Canvas"), say("Push a side of the frame out, with Shift in"), "← → ↑ ↓"),
    (say("Canvas"), say("Give a stroke up, end a comparison"), "Esc"),
    (say("Canvas"), say("Move the slider of a comparison"), "← →"),
    (say("Prompt"), say("Drop what is being said"), "Esc"),
    (say("Prompt"), say("Recall earlier prompts"), "↑ ↓"),
)


def make_actions(window: QWidget, theme: Theme) -> dict[str, QAction]:
    """An action of the window for every command, by name."""
    actions: dict[str, QAction] = {}
    for command in COMMANDS:
        action = actions[command.name] = QAction(told(command.text), window)
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
