"""`dalle-studio`: the window, or, where a command is given, the command line."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path


def main() -> None:
    """Open the window without arguments or with pictures to open; everything else is a command."""
    arguments = sys.argv[1:]
    if all(Path(each).is_file() for each in arguments) and _has_display():
        gc.disable()  # until the window is there: nothing is garbage yet
        from dalle_studio.app import open_window

        sys.exit(open_window([Path(each) for each in arguments]))
    from dalle_studio.cli import main as command_line

    command_line()


def _has_display() -> bool:
    """Whether windows can be shown; asked before Qt is loaded, which ends the process where they cannot."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    main()
