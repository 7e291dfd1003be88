"""Which words of a sentence a model does not know, found in the background."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dalle_studio.core.scene import Lexicon
from dalle_studio.state.background import Background

if TYPE_CHECKING:
    from dalle_studio.core.reading import Reader

Notes = tuple[tuple[str, str | None], ...]
"""Unknown words, each with the known name nearest to it, if there is one."""


class UnknownWords:
    """Reads sentences, the newest first, on a background's thread.

    Args:
        background: where they are read.
        found: called where a sentence that was read has other unknown words than the one before.
    """

    def __init__(self, background: Background, found: Callable[[], None]) -> None:
        self._background, self._found = background, found
        self._lexicon: Lexicon | None = None
        self._reader: tuple[Lexicon, Reader] | None = None
        self._is_reading = self._is_closed = False
        self._sentence, self._read_sentence = "", ""
        self._notes: Notes = ()

    def use(self, lexicon: Lexicon | None) -> None:
        """Go by what another model knows by name; None where that is not known, and nothing is found."""
        self._lexicon = lexicon
        self._read_sentence, self._notes = "", ()

    def of(self, sentence: str) -> Notes:
        """What is known so far; `found` is called if there is more to tell."""
        self._sentence = sentence
        self._look()
        return tuple(note for note in self._notes if note[0] in sentence)

    def close(self) -> None:
        """Read nothing more."""
        self._is_closed = True

    def _look(self) -> None:
        """Start to read the sentence, unless that is done, under way or of no use."""
        sentence, lexicon = self._sentence, self._lexicon
        if lexicon and not self._is_closed and not self._is_reading and sentence != self._read_sentence:
            self._is_reading = True
            self._background.do(lambda: self._read(sentence, lexicon), self._take)

    def _read(self, sentence: str, lexicon: Lexicon) -> tuple[Lexicon, str, Notes]:
        """On the background's thread: building a reader takes half a second, a long sentence up to a third."""
        if self._reader is None or self._reader[0] is not lexicon:
            from dalle_studio.core.reading import Reader  # not before the window is open

            self._reader = lexicon, Reader(lexicon)
        return lexicon, sentence, tuple(self._reader[1].notes(sentence))

    def _take(self, read: tuple[Lexicon, str, Notes]) -> None:
        self._is_reading = False
        before, (lexicon, sentence, notes) = self._notes, read
        if lexicon is self._lexicon:  # another model may draw by now
            self._read_sentence, self._notes = sentence, notes
        if self._notes != before:
            self._found()
        self._look()  # the sentence may have gone on
