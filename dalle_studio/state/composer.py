"""What the user asks for: the sentence out of building blocks, and how its pictures are to be drawn."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Signal

from dalle_studio.core.errors import StudioError
from dalle_studio.core.model import AddOnKind, Model
from dalle_studio.core.prompt import check_prompt, find_style
from dalle_studio.core.recipe import Recipe
from dalle_studio.core.request import MAX_SEED, Follow, Lora, Sampling
from dalle_studio.core.scene import Lexicon
from dalle_studio.core.script import IS_CJK
from dalle_studio.core.sentence import joined, say
from dalle_studio.state import spoken, vocabulary
from dalle_studio.state.background import Background, as_studio_error
from dalle_studio.state.composition import CALLED, Composition, CompositionEdit, check_sheet, fields_of
from dalle_studio.state.history import History
from dalle_studio.state.translation import Translator
from dalle_studio.state.unknown_words import Notes, UnknownWords
from dalle_studio.storage.prompts import Prompt, read_prompts, write_prompts

if TYPE_CHECKING:
    from dalle_studio.core.glossary import Translation

Row = Literal["who", "doing", "styles"]
MAX_PROMPTS = 200
_PROMPT = ("text", "who", "doing", "styles", "each_subject")
_GRADUAL = ("negative_prompt", "seed", "steps", "guidance_scale", "how_far", "guide_weight", "loras")
"""Typed or dragged: quick changes of one are one step."""


class Composer(QObject):
    """The composition and everything that can be done to it. Every edit can be undone.

    Args:
        model: what the pictures will be made with.
        lexicon: what that model knows by name; None where that is not known.
        history: where edits are remembered.
        parent: owner in Qt's sense.

    Attributes:
        vocabulary: phrases for the pickers.

    Signals:
        changed(): the value, the unknown words or the prompt history are others now.
        failed(StudioError): the prompt history could not be written.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self, model: Model, lexicon: Lexicon | None, history: History, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.vocabulary = vocabulary.vocabulary_of(lexicon)
        self._translator = Translator(lexicon)
        self._model = model
        self._lexicon = lexicon
        self._history = history
        self._value = Composition()
        self._prompts: list[Prompt] = []
        self._prompts_file: Path | None = None
        self._draft: Prompt = {}
        self._recalled: int | None = None
        self._background = Background(self)
        self._unknown = UnknownWords(self._background, self.changed.emit)
        self._unknown.use(lexicon)

    @property
    def value(self) -> Composition:
        """The composition as it stands."""
        return self._value

    @property
    def model(self) -> Model:
        """What the next pictures will be made with."""
        return self._model

    def use(self, model: Model, lexicon: Lexicon | None) -> None:
        """Compose for another model from now on. Numbers of the one before mean nothing to it, and are left."""
        is_other = model.name != self._model.name
        self._model, self._lexicon = model, lexicon
        self._unknown.use(lexicon)
        self.vocabulary = vocabulary.vocabulary_of(lexicon, self.vocabulary.language)
        self.__dict__.pop("_phrases", None)
        self._put({"steps": None, "guidance_scale": None} if is_other else {})

    def speak(self, language: vocabulary.Language) -> None:
        """Offer phrases in another language from now on; what is composed already stays as it is."""
        if language != self.vocabulary.language:
            self.vocabulary = vocabulary.vocabulary_of(self._lexicon, language)
            self.changed.emit()

    @property
    def loras(self) -> tuple[Lora, ...]:
        """What the next pictures' model is adapted by: of what was chosen, that which goes with it."""
        known = {each.name for each in self._model.add_ons if each.kind is AddOnKind.LORA}
        return tuple({lora.name: lora for lora in self._value.loras if lora.name in known}.values())

    @property
    def guides(self) -> tuple[Follow, ...]:
        """What of a picture the model can follow, with the add-ons that are installed."""
        kinds = {each.kind for each in self._model.add_ons}
        needs = {Follow.EDGES: {AddOnKind.EDGES}, Follow.DEPTH: {AddOnKind.DEPTH, AddOnKind.DEPTH_READER}}
        return tuple(follow for follow, needed in needs.items() if needed <= kinds)

    @property
    def guide(self) -> Follow | None:
        """What of the picture on the canvas new ones follow: what was chosen, as far as the model can."""
        return self._value.guide if self._value.guide in self.guides else None

    @property
    def upscaler(self) -> str:
        """The add-on that enlarges: what was chosen, as far as it is installed."""
        known = {each.name for each in self._model.add_ons if each.kind is AddOnKind.UPSCALER}
        return self._value.upscaler if self._value.upscaler in known else ""

    @property
    def steps(self) -> int:
        """Denoising steps that the next pictures will take."""
        return self._model.steps[self._value.speed] if self._value.steps is None else self._value.steps

    @property
    def guidance_scale(self) -> float:
        """The guidance scale that the next pictures will be made with."""
        own = self._value.guidance_scale
        return self._model.guidance_scale if own is None else own

    @property
    def problem(self) -> StudioError | None:
        """Why nothing can be generated as it stands; None where it can."""
        try:
            check_prompt(self._value.sentence)
            check_sheet(self._value)
            for _, prompt in self._value.final_prompts:
                check_prompt(self.sent(prompt) if self.translates else prompt)
            self._sampling(self._value.seed if self._value.seed_locked else 0, self._value.count)
        except StudioError as error:
            return error
        return None

    @property
    def translates(self) -> bool:
        """Whether anything of the composition is Chinese and the model does not read that."""
        texts = (self._value.sentence, self._value.negative_prompt)
        return not self._model.reads_chinese and any(map(IS_CJK.search, texts))

    @property
    def translations(self) -> tuple[Translation, ...]:
        """Where it `translates`: what the model is sent for each final prompt, and last for the negative one."""
        prompts = [prompt for _, prompt in self._value.final_prompts]
        return tuple(self._translation(prompt) for prompt in (*prompts, self._value.negative_prompt))

    @property
    def english(self) -> dict[str, str]:
        """Each sentence with the English that stands for it."""
        own = dict(self._value.translated)
        sentences = [sentence for _, sentence in self._value.sentences]
        return {each: own.get(each) or self._translator.sentence(each) for each in sentences}

    def sent(self, prompt: str) -> str:
        """What the model is sent for a prompt: the prompt itself, unless it is Chinese and not read."""
        if self._model.reads_chinese or not IS_CJK.search(prompt):
            return prompt
        return self._translation(prompt).text

    def word_spans(self, text: str) -> list[tuple[int, int]]:
        """Where words begin and end, also in Chinese, which has no spaces."""
        return self._translator.spans(text)

    def translate(self, english: Mapping[str, str]) -> None:
        """Set the English of sentences; an empty one goes back to what the glossary says."""
        written = dict(self._value.translated) | {
            key: " ".join(each.split()) for key, each in english.items()
        }
        own = ((sentence, written.get(sentence, "")) for _, sentence in self._value.sentences)
        kept = tuple((s, each) for s, each in own if each and each != self._translator.sentence(s))
        self._edit(say("translation"), {"translated": kept})

    def _translation(self, prompt: str) -> Translation:
        return self._translator.prompt(prompt, dict(self._value.translated))

    @property
    def unknown_words(self) -> Notes:
        """Words of the sentence that the model does not know, each with the known name nearest to it.

        The sentence is read in the background, and `changed` tells when that finds something else. Empty where
        the sentence cannot be used, or the model's words are not known.
        """
        sentence = self._value.sentence
        return self._unknown.of(sentence) if _is_usable(sentence) else ()

    @property
    def prompt_history(self) -> tuple[str, ...]:
        """Sentences that pictures were made of, the newest last."""
        return tuple(Composition(**prompt).sentence for prompt in self._prompts)

    def change(self, **fields: Any) -> None:
        """Set fields of the composition by their names, as one step that can be undone."""
        label = say("change of {what}", what=joined((CALLED[name] for name in fields), say(" and ")))
        self._edit(label, fields, merge=all(name in _GRADUAL for name in fields))

    def set_text(self, text: str) -> None:
        """Set the typed text. What is typed without a pause is undone in one step."""
        self._edit(say("typing"), {"text": text}, merge=True)

    def dictate(self, words: str, start: int, end: int) -> int:
        """Put spoken words in place of the characters `start` to `end` of the text, as one step; where they end.

        They come without a full stop, and with the spaces that they need.
        """
        before, after = self._value.text[:start], self._value.text[end:]
        words = spoken.fitted(spoken.written(words), before, after)
        self._edit(say("dictation"), {"text": before + words + after})
        return start + len(words)

    def add_block(self, row: Row, text: str) -> None:
        """Add a block at the end of a row; an empty one, or a style that is there already, is ignored.

        Raises InvalidRequest where there is no such style.
        """
        self._set_row(say("adding a block"), row, (*self._row(row), text))

    def remove_block(self, row: Row, index: int) -> None:
        """Take a block away."""
        blocks = self._row(row)
        self._set_row(say("removing a block"), row, (*blocks[:index], *blocks[index + 1 :]))

    def move_block(self, row: Row, index: int, to: int) -> None:
        """Move a block of a row so that it becomes number `to`."""
        blocks = list(self._row(row))
        blocks.insert(to, blocks.pop(index))
        self._set_row(say("moving a block"), row, blocks)

    def edit_block(self, row: Row, index: int, text: str) -> None:
        """Write a block anew; an empty text removes it. Raises InvalidRequest where there is no such style."""
        blocks = self._row(row)
        self._set_row(say("editing a block"), row, (*blocks[:index], text, *blocks[index + 1 :]))

    def surprise(self, seed: int | None = None) -> None:
        """Fill the rows by chance; the same seed gives the same blocks."""
        dice = Random(seed)
        self._edit(say("surprise"), {"text": "", **self.vocabulary.surprise(dice)})

    def clear(self) -> None:
        """Empty the text, all rows and the negative prompt."""
        empty = Composition()
        self._edit(say("clearing"), {name: getattr(empty, name) for name in (*_PROMPT, "negative_prompt")})

    def suggestions(self, prefix: str, limit: int = 8) -> tuple[str, ...]:
        """Known words and phrases, English or Chinese, that go on from the end of the text `prefix`.

        `prefix` is the text before the cursor. Put one in with `completed(prefix, suggestion)`.
        """
        return self._phrases.suggestions(prefix, limit)

    def completed(self, prefix: str, suggestion: str) -> str:
        """The text before the cursor with a suggestion in place of the words that it completes."""
        return vocabulary.completed(prefix, suggestion)

    def remember(self) -> None:
        """Keep the prompt in the prompt history; call it when its pictures are asked for."""
        prompt = self._prompt()
        if self._value.sentence and self._prompts[-1:] != [prompt]:
            self._prompts = [*self._prompts, prompt][-MAX_PROMPTS:]
            self._write_prompts()
        self._recalled = None
        self.changed.emit()

    def keep_prompts_in(self, path: Path) -> None:
        """Take the prompt history of earlier sessions up as soon as it is read, and keep it in that file."""
        self._prompts_file = path
        self._background.do(lambda: read_prompts(path), self._take_up)

    def recall(self, step: int) -> None:
        """Bring back the next older (-1) or newer (+1) prompt, as a shell does with its arrow keys.

        Past the newest one stands what was there before.
        """
        if self._recalled is None:
            self._draft = self._prompt()
        prompts = [*self._prompts, self._draft]
        place = len(self._prompts) if self._recalled is None else self._recalled
        while 0 <= place + step < len(prompts):
            place += step
            if prompts[place] != self._prompt():
                self._edit(say("recall of a prompt"), prompts[place], merge=True)
                self._recalled = place
                return

    def sampling(self, count: int | None = None) -> Sampling:
        """How the next pictures are drawn; rolls a new seed first unless it is locked.

        Raises InvalidRequest where a number is out of range; see `problem`.
        """
        if not self._value.seed_locked:
            self._put({"seed": secrets.randbelow(MAX_SEED // 2)})
        return self._sampling(self._value.seed, self._value.count if count is None else count)

    def load(self, recipe: Recipe, *, seed: bool) -> None:
        """Take over how a picture was made, with its seed (“Use all”) or without it (“Remix”).

        Raises UnreadablePicture where the recipe is damaged.
        """
        fields = fields_of(recipe, self._model)
        if not seed:
            fields = {name: value for name, value in fields.items() if not name.startswith("seed")}
        self._edit(say("use of a recipe"), fields)

    def put(self, value: Composition) -> None:
        """Set everything at once, as a project says; that is no step to undo."""
        self._put(vars(value))

    def close(self) -> None:
        """Read nothing more, and wait for what is being read."""
        self._unknown.close()
        self._background.finish()

    def _take_up(self, earlier: list[Prompt]) -> None:
        styles = set(self.vocabulary.styles)
        known = [prompt for prompt in earlier if styles.issuperset(prompt["styles"])]
        self._prompts = [*known, *self._prompts][-MAX_PROMPTS:]
        self._recalled = None
        self.changed.emit()

    def _write_prompts(self) -> None:
        path, prompts = self._prompts_file, tuple(self._prompts)
        if path is not None:
            self._background.do(lambda: write_prompts(path, prompts), lambda _: None, self._tell_unwritten)

    def _tell_unwritten(self, error: Exception) -> None:
        self.failed.emit(as_studio_error(error))

    @cached_property
    def _phrases(self) -> vocabulary.Phrases:
        return vocabulary.Phrases(self._lexicon)

    def _sampling(self, seed: int, count: int) -> Sampling:
        return Sampling(
            seed=seed,
            count=count,
            steps=self.steps,
            guidance_scale=self.guidance_scale,
            negative_prompt=self._value.negative_prompt,
            loras=self.loras,
        )

    def _prompt(self) -> Prompt:
        return {name: getattr(self._value, name) for name in _PROMPT}

    def _row(self, row: Row) -> tuple[str, ...]:
        return getattr(self._value, row)

    def _set_row(self, label: str, row: Row, blocks: Iterable[str]) -> None:
        tidy = (block.strip() for block in blocks)
        if row == "styles":
            tidy = dict.fromkeys(find_style(block).name for block in tidy if block)
        self._edit(label, {row: tuple(block for block in tidy if block)})

    def _edit(self, label: str, fields: Mapping[str, Any], *, merge: bool = False) -> None:
        """Set fields and remember how they were; does nothing where that changes nothing."""
        before = {name: getattr(self._value, name) for name in fields}
        if before != fields:
            self._put(fields)
            self._history.add(
                CompositionEdit(label, before, fields, self._put), merge_key=label if merge else ""
            )

    def _put(self, fields: Mapping[str, Any]) -> None:
        self._value = replace(self._value, **fields)
        self._recalled = None
        self.changed.emit()


def _is_usable(prompt: str) -> bool:
    try:
        check_prompt(prompt)
    except StudioError:
        return False
    return True
