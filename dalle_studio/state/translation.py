"""What a model is told, where it does not read what was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from dalle_studio.core.scene import Lexicon
from dalle_studio.core.sentence import say
from dalle_studio.core.wording import reworded, rewordings

if TYPE_CHECKING:
    from dalle_studio.core.glossary import Glossary, Translation
    from dalle_studio.state.composer import Composer
    from dalle_studio.state.notices import Notices
    from dalle_studio.state.requests import Wanted


class Translator:
    """Puts Chinese prompts into English with the glossary, which is read when it is first needed.

    Args:
        lexicon: names of things in both languages; None where there is none.
    """

    def __init__(self, lexicon: Lexicon | None) -> None:
        self._lexicon = lexicon

    def prompt(self, prompt: str, own: Mapping[str, str]) -> Translation:
        """A final prompt in English; see `Glossary.prompt`."""
        return self._glossary.prompt(prompt, own)

    def sentence(self, sentence: str) -> str:
        """A sentence in English, as the glossary has it."""
        return self._glossary.english(sentence).text

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the words of a text begin and end."""
        return self._glossary.spans(text)

    @cached_property
    def _glossary(self) -> Glossary:
        from dalle_studio.core.glossary import Glossary  # not before the window is open

        return Glossary(self._lexicon)


def put_in_words(wanted: Wanted, composer: Composer, notices: Notices) -> Wanted:
    """Ask in the language that the model reads; what the composer does not show is told."""
    request = reworded(wanted.request, composer.sent)
    shown = {prompt for _, prompt in composer.value.final_prompts}
    for said, prompt in rewordings(request) if request is not wanted.request else ():
        if said not in shown:
            told = say(
                "{model} is told “{english}” for “{prompt}”.",
                model=composer.model.label,
                english=prompt,
                prompt=said,
            )
            notices.tell(told, key=f"translation of {said}")
    return replace(wanted, request=request)
