"""What child processes have in common: they end with their parent, and keep quiet."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading


def end_with_parent() -> None:
    """End this process when its parent dies: on Linux at once, whatever is computed; elsewhere soon after."""
    if sys.platform == "linux":
        set_death_signal = 1
        ctypes.CDLL(None).prctl(set_death_signal, signal.SIGKILL)
    else:
        threading.Thread(target=_wait_for_parent, daemon=True).start()


def silence() -> None:
    """Let nothing that libraries print reach the user's terminal."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
