"""The child process that hears: it owns the microphone and the recogniser. Started by `local.py`.

In: `Prepare`, `Listen`, and `Finish` while it listens. Out: the events of `base.py`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from dalle_studio.core.errors import CannotHear, EngineError, StudioError
from dalle_studio.core.sentence import say
from dalle_studio.engine.child import end_with_parent, silence
from dalle_studio.engine.speech.attention import Attention
from dalle_studio.engine.speech.base import (
    MAX_S,
    RATE_HZ,
    Finish,
    Heard,
    Level,
    Listen,
    Opened,
    Prepare,
    Recogniser,
    Said,
    Source,
    SpeechEvent,
    Unheard,
)

IDLE_S = 300.0
"""After which the process ends by itself; it holds 200 MB, with a large recogniser 2 GB."""
END_S, PATIENCE_S = 1.0, 6.0
"""Silence that ends what was said (noticed up to a second late), and that may come before the first word."""
_READ_S = 0.05
_FRESH_S = 0.4
"""Speech that the next live text waits for."""


def serve(connection: Connection) -> None:
    """Hear one utterance after the other until the pipe is closed. The process's main function."""
    _settle_in()
    ear = _Ear(connection)
    with contextlib.suppress(EOFError, OSError):
        while connection.poll(IDLE_S):
            match connection.recv():
                case Listen() as listen:
                    connection.send(ear.answer(listen))
                case Prepare(recogniser=folder):
                    ear.get_ready(folder)
                case _:  # a Finish that came too late
                    pass


class _Ear:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._recogniser: Recogniser | None = None
        self._folder: Path | None = None

    def get_ready(self, folder: Path | None) -> None:
        """Load ahead. What goes wrong is told by the first utterance, which tries again."""
        with contextlib.suppress(Exception):
            self._loaded(folder)

    def answer(self, listen: Listen) -> SpeechEvent:
        """The last event of an utterance; the others go out before it."""
        try:
            with contextlib.closing(_opened(listen)) as source:
                self._connection.send(Opened())
                recogniser = self._loaded(listen.recogniser)  # what is said meanwhile waits
                utterance = _Utterance(listen, recogniser, self._connection.send)
                while not (source.is_over or utterance.is_over or self._is_finished()):
                    utterance.take(source)
            return utterance.end(has_more=source.has_more)
        except StudioError as error:
            return Unheard(error)
        except OSError:  # the studio is gone
            raise
        except Exception as error:
            return Unheard(_unexpected(error))

    def _loaded(self, folder: Path | None) -> Recogniser:
        """The recogniser in that folder, in place of another one: two would take twice the memory."""
        if self._recogniser is None or folder != self._folder:
            self._recogniser = None
            self._recogniser, self._folder = _load(folder), folder
        return self._recogniser

    def _is_finished(self) -> bool:
        return self._connection.poll() and isinstance(self._connection.recv(), Finish)


class _Utterance:
    """Follows what is said, and tells it."""

    def __init__(self, listen: Listen, recogniser: Recogniser, send: Callable[[SpeechEvent], None]) -> None:
        self._recogniser, self._send = recogniser, send
        self._is_live = listen.recording is None or listen.paced
        self._attention = Attention()
        self._next_s = 0.0
        recogniser.start(listen.hint, listen.phrases, listen.language)

    @property
    def is_over(self) -> bool:
        attention = self._attention
        if attention.heard_s >= MAX_S:
            return True
        wait_s = END_S if attention.has_spoken else PATIENCE_S
        return self._is_live and attention.quiet_s >= wait_s

    def take(self, source: Source) -> None:
        """Hear the next piece, and tell how loud it is and what was said so far."""
        samples = source.read(_READ_S)[: int((MAX_S - self._attention.heard_s) * RATE_HZ) + 1]
        if not len(samples):
            return
        self._recogniser.feed(samples)
        level = self._attention.follow(samples)
        if self._is_live:
            self._send(Level(level))
            self._tell()

    def end(self, *, has_more: bool) -> SpeechEvent:
        """The last event."""
        attention = self._attention
        text = self._recogniser.final() if attention.has_spoken else ""
        if not any(map(str.isalnum, text)):
            return Unheard(attention.nothing())
        return Said(text, attention.heard_s, has_more or attention.heard_s >= MAX_S)

    def _tell(self) -> None:
        attention = self._attention
        if attention.has_spoken and attention.spoken_s >= self._next_s:
            began_s = time.monotonic()
            self._send(Heard(self._recogniser.partial()))
            took_s = time.monotonic() - began_s  # a large model: it must not fall ever farther behind
            self._next_s = attention.spoken_s + max(_FRESH_S, took_s)


def _opened(listen: Listen) -> Source:
    if listen.recording is not None:
        from dalle_studio.engine.speech.recording import Playback

        return Playback(listen.recording, paced=listen.paced)
    from dalle_studio.engine.speech.microphone import Microphone

    return Microphone()


def _load(folder: Path | None) -> Recogniser:
    from dalle_studio.engine.speech.whisper import Whisper, load_embedded

    return load_embedded() if folder is None else Whisper(folder)


def _unexpected(error: Exception) -> StudioError:
    if isinstance(error, ImportError):
        return CannotHear(
            say("What is needed to hear is not installed."), say("Install Dalle Studio again."), str(error)
        )
    return EngineError(
        say("The recogniser met a fault it does not know: {fault}.", fault=type(error).__name__),
        say("Try again; if it comes back, report it with the details."),
        "".join(traceback.format_exception(error)),
    )


def _settle_in() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the studio's business
    os.environ.setdefault("GOMP_SPINCOUNT", "10000")  # waiting threads leave the cores to the window
    silence()  # sound libraries print what they try
    end_with_parent()
