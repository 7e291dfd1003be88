"""From building blocks to the sentence a model reads."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.script import begins_chinese, ends_chinese, ends_in_sign, is_chinese
from dalle_studio.core.sentence import say

MAX_PROMPT_CHARS = 2000


@dataclass(frozen=True)
class Style:
    """A look.

    Attributes:
        name: keys its picture and stands in recipes.
        phrase: what asks a model for it; `{}` stands for the rest of the prompt.
        chinese: its name in Chinese.
        chinese_phrase: what asks for it in a Chinese prompt.
        also: its other names.
    """

    name: str
    phrase: str
    chinese: str
    chinese_phrase: str
    also: tuple[str, ...] = ()


STYLES = (
    Style(say("3d render"), "{}, 3d render", "3D渲染", "{}，3D渲染", ("3d",)),
    Style(say("flat"), "{}, flat design", "扁平插画", "{}，扁平风格", ("flat design",)),
    Style(say("cartoon"), "{}, cartoon style", "卡通", "{}，卡通风格"),
    Style(say("pixel art"), "{}, pixel art", "像素画", "{}，像素画", ("pixel",)),
    Style(say("pencil"), "{}, pencil drawing", "铅笔画", "{}，铅笔画", ("pencil sketch",)),
    Style(say("watercolour"), "{}, watercolor", "水彩画", "{}，水彩画", ("watercolor",)),
    Style(say("oil"), "{}, oil painting", "油画", "{}，油画", ("oil painting",)),
    Style(say("ukiyo-e"), "{} in the style of ukiyo-e", "浮世绘", "{}，浮世绘风格", ("ukiyoe", "woodblock")),
    Style(say("neon"), "{}, neon", "霓虹", "{}，霓虹风格"),
    Style(say("comic"), "{}, comic book style", "漫画", "{}，漫画风格", ("comic book", "pop art")),
    Style(say("line art"), "{}, line art", "线稿", "{}，线稿", ("line",)),
    Style(say("blueprint"), "{}, blueprint", "蓝图", "{}，蓝图"),
    Style(say("chalk"), "{}, chalk on a blackboard", "粉笔画", "{}，粉笔画"),
    Style(say("black and white"), "{}, black and white", "黑白照片", "{}，黑白照片", ("bw",)),
    Style(say("sepia"), "{}, sepia", "复古照片", "{}，复古照片"),
    Style(say("vaporwave"), "{}, vaporwave", "蒸汽波", "{}，蒸汽波风格", ("synthwave",)),
    Style(
        say("impressionist"),
        "{}, impressionist painting",
        "印象派",
        "{}，印象派",
        ("impressionism", "van gogh"),
    ),
    Style(say("ink wash"), "{}, ink wash painting", "水墨画", "{}，水墨画", ("sumi-e", "ink painting")),
    Style(say("stained glass"), "{}, stained glass", "彩色玻璃", "{}，彩色玻璃"),
    Style(say("mosaic"), "{}, mosaic", "马赛克", "{}，马赛克"),
    Style(say("paper cut"), "{}, paper cut", "剪纸", "{}，剪纸风格", ("papercut", "paper art")),
    Style(say("clay"), "{}, clay", "黏土", "{}，黏土风格", ("claymation", "plasticine")),
    Style(say("risograph"), "{}, risograph print", "孔版印刷", "{}，孔版印刷风格", ("riso",)),
    Style(say("low poly"), "{}, low poly", "低多边形", "{}，低多边形风格"),
    Style(say("embroidery"), "{}, embroidery", "刺绣", "{}，刺绣", ("embroidered",)),
)


@dataclass(frozen=True)
class Blocks:
    """The building blocks of a prompt: who or what, doing or where."""

    who: tuple[str, ...] = ()
    doing: tuple[str, ...] = ()

    def sentence(self) -> str:
        """“Teddy bears” and “a robot”, “shopping for groceries” -> “Teddy bears and a robot shopping …”.

        Chinese blocks are joined as Chinese is: 一只猫 and 一只狗, 骑着马, 在沙滩上 ->
        一只猫和一只狗骑着马，在沙滩上.
        """
        who = [block.strip() for block in self.who if block.strip()]
        doing = [block.strip() for block in self.doing if block.strip()]
        sentence = who[0] if who else ""
        for number, block in enumerate(who[1:], 2):
            sentence = _listed(sentence, block, is_last=number == len(who))
        for number, block in enumerate(doing):
            sentence = _continued(sentence, block, is_first=not number)
        return sentence


def _listed(sentence: str, block: str, *, is_last: bool) -> str:
    if ends_chinese(sentence) or begins_chinese(block):
        return f"{sentence}{'和' if is_last else '、'}{block}"
    return f"{sentence}{' and ' if is_last else ', '}{block}"


def _continued(sentence: str, block: str, *, is_first: bool) -> str:
    before, after = ends_chinese(sentence), begins_chinese(block)
    if is_first or not (before or after) or ends_in_sign(sentence):
        return f"{sentence}{block}" if before and after else f"{sentence} {block}".strip()
    return f"{sentence}，{block}"


def find_style(name: str) -> Style:
    """The style of that name (or of one of its other names). Raises InvalidRequest where there is none."""
    wanted = name.strip().lower().removeprefix("in the style of ")
    for style in STYLES:
        if wanted in (style.name, style.chinese.lower(), *style.also):
            return style
    raise InvalidRequest(
        say("There is no style called “{name}”.", name=name),
        say("Use one of: {names}.", names=", ".join(s.name for s in STYLES)),
    )


def styled(sentence: str, style: Style | None, *, chinese: bool | None = None) -> str:
    """The final prompt: the sentence in the style's phrase, white space tidied.

    Args:
        sentence: what is shown.
        style: how; None for no style in particular.
        chinese: whether the phrase is to be Chinese; None: as the sentence is.
    """
    tidy = " ".join(sentence.split())
    if style is None:
        return tidy
    in_chinese = is_chinese(tidy) if chinese is None else chinese
    phrase = style.chinese_phrase if in_chinese else style.phrase
    return phrase.format(tidy).removeprefix(", ").removeprefix("，").strip()


def unstyled(prompt: str) -> tuple[str, Style | None]:
    """A final prompt's sentence and its style, or None where it has none: undoes `styled`."""
    for style in STYLES:
        for chinese, phrase in enumerate((style.phrase, style.chinese_phrase)):
            text = prompt.removesuffix(phrase.removeprefix("{}"))
            if text != prompt and styled(text, style, chinese=bool(chinese)) == prompt:
                return text, style
    return prompt, None


def check_prompt(prompt: str, *, may_be_empty: bool = False) -> str:
    """The prompt itself, if it can be used. Raises InvalidRequest where it is empty, too long or no text."""
    if not prompt.strip() and not may_be_empty:
        raise InvalidRequest(
            say("The prompt is empty."), say("Say what you want to see, for example “a red car”.")
        )
    if len(prompt) > MAX_PROMPT_CHARS:
        raise InvalidRequest(
            say("The prompt has {count} characters.", count=f"{len(prompt):,}"),
            say(
                "Shorten it to at most {most} characters; models read only the first few sentences.",
                most=f"{MAX_PROMPT_CHARS:,}",
            ),
        )
    if not prompt.isascii() and re.search("[\ud800-\udfff]", prompt):  # bytes that are no UTF-8
        raise InvalidRequest(say("The prompt has characters that are not text."), say("Type it again."))
    return prompt
