"""The prompt of the command line, spoken: into the microphone, or in a recording."""

from __future__ import annotations

import contextlib
from pathlib import Path

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.model import Model
from dalle_studio.engine.speech.base import MAX_S, Heard, Level, Listen, Said, Unheard
from dalle_studio.engine.speech.local import Listener
from dalle_studio.session import Session
from dalle_studio.state.spoken import LANGUAGES, expected, known_language, written
from dalle_studio.state.vocabulary import Language
from dalle_studio.storage.models.installed import read_lexicon, recognisers

_WAIT_S = 0.1


def said_prompt(session: Session, model: Model, recording: Path | None, language: str = "en") -> str:
    """What was said, told before anything is made of it.

    Args:
        session: told what is heard; its cancel drops it.
        model: whose words are expected.
        recording: a sound file; None for the microphone, until it is silent.
        language: what is spoken, "en" or "zh".

    Raises:
        InvalidRequest: another language, or one that nothing here understands.
        CannotHear: no microphone, a file that cannot be read, or nothing said in it.
    """
    spoken = known_language(language)
    if spoken is None:
        raise InvalidRequest(
            f"The language “{language}” is not understood.", f"Use one of: {', '.join(LANGUAGES)}."
        )
    recogniser = _recogniser(spoken)
    listener = Listener()
    with contextlib.ExitStack() as closed:
        closed.callback(listener.cancel)
        hint, phrases = expected(spoken, read_lexicon(model))
        session.begin("Listening, until you are silent" if recording is None else recording.name)
        listener.listen(Listen(hint, phrases, recording, recogniser=recogniser, language=spoken))
        said = _followed(session, listener)
        session.tell_said(written(said.text))
        if said.cut:
            session.note(f"Only the first {MAX_S:.0f} seconds were heard.")
        return written(said.text)


def _recogniser(language: Language) -> Path | None:
    """The folder of what understands a language best; None for the recogniser of English that is built in."""
    if language == "en":
        return None
    found = recognisers()
    if not found:
        raise InvalidRequest(
            "Only English is understood until a recogniser for Chinese is installed.",
            "Install one: dalle-studio models install whisper-base.",
        )
    return found[0].path


def _followed(session: Session, listener: Listener) -> Said:
    level, text = 0.0, ""
    while True:
        listener.wait(_WAIT_S)
        if session.cancel.is_set():
            session.give_up()
        for event in listener.poll():
            match event:
                case Level(value=level):
                    session.hear(level, text)
                case Heard(text=text):
                    session.hear(level, text)
                case Said():
                    return event
                case Unheard(error=error):
                    raise error
                case _:
                    pass
