"""Checkpoints in one file become diffusers folders, in a process of its own that alone loads torch."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from dalle_studio.core.errors import EngineStopped, StudioError
from dalle_studio.core.sentence import say
from dalle_studio.engine.child import end_with_parent, silence
from dalle_studio.engine.without_torchvision import hide_torchvision

_TICK_S = 0.2


def convert(
    source: Path, family: str, folder: Path, knowledge: Path, told: Callable[[], object] = lambda: None
) -> None:
    """Write a checkpoint as a diffusers folder.

    Args:
        source: a safetensors file in the layout of Stability AI's own programs.
        family: "stable-diffusion" or "stable-diffusion-xl".
        folder: where to; is there and empty.
        knowledge: the folder of `checkpoints.json` and CLIP's vocabulary, `resources/models`.
        told: called a few times a second; what it raises ends the conversion.

    Raises:
        UnreadableFile: the checkpoint lacks something, or is damaged.
        EngineStopped: the process died, of want of memory most likely.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(
        target=_serve,
        args=(theirs, source, family, folder, knowledge),
        name="dalle-studio-conversion",
        daemon=True,
    )
    process.start()
    theirs.close()
    try:
        while not ours.poll(_TICK_S):
            told()
        answer = ours.recv()
    except (EOFError, OSError) as error:
        process.join()
        raise EngineStopped(
            say("The process that converted {name} was ended.", name=source.name),
            say("Close other programs and try again: it needs twice the file's size in memory."),
            f"exit code {process.exitcode}",
        ) from error
    finally:
        process.kill()
        process.join()
        ours.close()
    if isinstance(answer, StudioError):
        raise answer


def _serve(connection: Connection, source: Path, family: str, folder: Path, knowledge: Path) -> None:
    """The child's main function."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the studio's business
    end_with_parent()
    silence()
    hide_torchvision()
    os.environ.update(
        HF_HUB_OFFLINE="1", DIFFUSERS_DISABLE_REMOTE_CODE="true", HF_HUB_DISABLE_PROGRESS_BARS="1"
    )
    from dalle_studio.engine.pipelines.conversion import converted  # heavy: for this process alone

    with contextlib.suppress(OSError):
        connection.send(converted(source, family, folder, knowledge))
