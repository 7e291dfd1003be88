"""A composition: everything that is set on the left side of the window, as one frozen value."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dalle_studio.core.errors import InvalidRequest, StudioError, UnreadablePicture
from dalle_studio.core.format import FORMATS, Size, check_size
from dalle_studio.core.model import Model
from dalle_studio.core.prompt import Blocks, find_style, styled, unstyled
from dalle_studio.core.recipe import Recipe
from dalle_studio.core.request import Follow, Keep, Lora, Sampling
from dalle_studio.core.sentence import say
from dalle_studio.state.labels import joined, of_style

MAX_SHEET = 64
"""Pictures of one contact sheet."""
CALLED = {
    "text": say("text"),
    "who": say("who"),
    "doing": say("doing"),
    "styles": say("styles"),
    "each_subject": say("the subjects"),
    "format": say("format"),
    "count": say("number of variations"),
    "speed": say("speed"),
    "seed": say("seed"),
    "seed_locked": say("seed locked"),
    "negative_prompt": say("negative prompt"),
    "guidance_scale": say("guidance scale"),
    "steps": say("steps"),
    "how_far": say("how far"),
    "keep": say("what is kept"),
    "loras": say("LoRAs"),
    "guide": say("what is followed"),
    "guide_weight": say("guide weight"),
    "upscaler": say("upscaler"),
    "translated": say("what is sent"),
}
"""The fields of a composition, in the name of a change."""


@dataclass(frozen=True, kw_only=True)
class Composition:
    """Everything that can be set on the left side of the window.

    Attributes:
        text: as typed; the first of the blocks that say who or what.
        who: further blocks that say who or what.
        each_subject: whether each of two or more subjects gets pictures of its own (a contact sheet).
        doing: blocks that say doing what or where.
        styles: names of `core.prompt.STYLES`; each one gives its own pictures.
        format: a name of `core.format.FORMATS`.
        count: pictures for each style, 1 to 8.
        speed: one of `core.model.SPEEDS`.
        seed: of the first picture, 0 to 2**32 - 1.
        seed_locked: whether the next pictures are made with this seed instead of a new one.
        negative_prompt: what to stay away from.
        guidance_scale: 1 to 30; None for the model's own.
        steps: 1 to 200; None for what the speed means to the model.
        how_far: of variations, 0 = almost the same to 1 = only the idea.
        keep: what variations hold on to.
        loras: what the model is adapted by, as far as it is installed for the model that draws.
        guide: what new pictures follow of the one on the canvas; None for nothing.
        guide_weight: 0 to 2, how closely.
        upscaler: the add-on that enlarges; empty for the model's own, or the starter's.
        translated: sentences with the English that the user wrote for models that read nothing else.
    """

    text: str = ""
    who: tuple[str, ...] = ()
    doing: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    each_subject: bool = False
    format: str = "square"
    count: int = 4
    speed: str = "standard"
    seed: int = 0
    seed_locked: bool = False
    negative_prompt: str = ""
    guidance_scale: float | None = None
    steps: int | None = None
    how_far: float = 0.35
    keep: Keep = Keep.FREE
    loras: tuple[Lora, ...] = ()
    guide: Follow | None = None
    guide_weight: float = 1.0
    upscaler: str = ""
    translated: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """What the blocks say, without any style."""
        return Blocks((self.text, *self.who), self.doing).sentence()

    @property
    def subjects(self) -> tuple[str, ...]:
        """The blocks that say who or what."""
        return tuple(block.strip() for block in (self.text, *self.who) if block.strip())

    @property
    def is_sheet(self) -> bool:
        """Whether one picture is asked for each subject in each style."""
        return self.each_subject and len(self.subjects) > 1

    @property
    def sentences(self) -> tuple[tuple[str, str], ...]:
        """For each subject its name and what the blocks say of it; together, one with the name “”."""
        if not self.is_sheet:
            return (("", self.sentence),)
        return tuple((subject, Blocks((subject,), self.doing).sentence()) for subject in self.subjects)

    @property
    def styled_prompts(self) -> tuple[tuple[str, str], ...]:
        """For each chosen style its name and the whole prompt; without one, one with the name “”."""
        return tuple((of_style(name), _styled(self.sentence, name)) for name in self.styles or ("",))

    @property
    def final_prompts(self) -> tuple[tuple[str, str], ...]:
        """A label and the whole prompt of each picture, or series of pictures, that is to be generated."""
        return tuple(
            (joined(subject, of_style(style)), _styled(sentence, style))
            for subject, sentence in self.sentences
            for style in self.styles or ("",)
        )


def check_sheet(value: Composition) -> None:
    """Raises InvalidRequest where a contact sheet would have too many pictures for one go."""
    subjects, styles = len(value.subjects), len(value.styles)
    if value.is_sheet and subjects * max(1, styles) > MAX_SHEET:
        what = (
            say("{subjects} subjects × {styles} styles", subjects=subjects, styles=styles)
            if styles > 1
            else say("{subjects} subjects", subjects=subjects)
        )
        count = subjects * max(1, styles)
        raise InvalidRequest(
            say("A contact sheet of {subjects} has {count} pictures.", subjects=what, count=count),
            say("Leave some out, so that it has at most {count}.", count=MAX_SHEET),
        )


def _styled(sentence: str, style: str) -> str:
    return styled(sentence, find_style(style) if style else None)


def fields_of(recipe: Recipe, model: Model) -> dict[str, Any]:
    """The fields of a composition that asks for what a recipe describes; those it says nothing of are missing.

    Args:
        recipe: of a picture of any kind.
        model: the one to be asked; what it does by itself is left to it.

    Raises:
        UnreadablePicture: where the recipe is damaged.
    """
    try:
        return _fields_of(recipe, model)
    except (StudioError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadablePicture(
            say("The recipe in this picture is damaged."), say("Write the prompt anew."), repr(error)
        ) from error


def _fields_of(recipe: Recipe, model: Model) -> dict[str, Any]:
    request, fields = recipe.request, dict[str, Any]()
    if "prompt" in request or "regions" in request:
        text, style = unstyled(recipe.said)
        styles = (style.name,) if style else ()
        fields |= {"text": text, "who": (), "doing": (), "styles": styles}
    if request.get("said"):
        fields["translated"] = ((fields["text"], unstyled(recipe.prompt)[0]),)
    if "size" in request:
        fields["format"] = nearest_format(check_size(Size(**request["size"])))
    if "how_far" in request:
        fields["how_far"] = min(1.0, max(0.0, float(request["how_far"])))
        fields["keep"] = Keep(request.get("keep", Keep.FREE))
    if "sampling" in request:
        fields |= _drawn(_sampling(request["sampling"]), model)
    return fields


def _sampling(plain: Mapping[str, Any]) -> Sampling:
    values: dict[str, Any] = {**plain, "loras": tuple(Lora(**lora) for lora in plain.get("loras", ()))}
    return Sampling(**values)


def _drawn(sampling: Sampling, model: Model) -> dict[str, Any]:
    speed = next((name for name, steps in model.steps.items() if steps == sampling.steps), None)
    own_scale = sampling.guidance_scale == model.guidance_scale
    return {
        **({"steps": sampling.steps} if speed is None else {"speed": speed, "steps": None}),
        "guidance_scale": None if own_scale else sampling.guidance_scale,
        "negative_prompt": sampling.negative_prompt,
        "loras": sampling.loras,
        "seed": sampling.seed,
        "seed_locked": True,
    }


def title_of_prompt(prompt: str) -> str:
    """A final prompt as people say it: “a cat, watercolor” -> “a cat · watercolour”."""
    parts = [unstyled(part) for part in prompt.split("; ")]  # of several regions
    styles = dict.fromkeys(style.name for _, style in parts if style)
    return joined("; ".join(text for text, _ in parts), *styles)


def nearest_format(size: Size) -> str:
    """The name of the format of that size, or of that shape, or the one most like it."""

    def misfit(size_px: Size) -> tuple[bool, float]:
        return size_px != size, abs(math.log(size_px.aspect / size.aspect))

    return min(FORMATS, key=lambda each: misfit(each.size)).name


@dataclass(frozen=True, eq=False)
class CompositionEdit:
    """Fields of the composition before and after a change; one step of the history.

    Attributes:
        label: what the change is called.
        before: fields by their names, as they were.
        after: the same fields, as they are.
        put: sets fields.
    """

    label: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    put: Callable[[Mapping[str, Any]], None]

    @property
    def size_bytes(self) -> int:
        """About how much memory the step takes."""
        return 2 * len(repr((self.before, self.after)))

    def undo(self) -> None:
        """Set the fields as they were."""
        self.put(self.before)

    def redo(self) -> None:
        """Set them again."""
        self.put(self.after)
