"""Words to pick from and words to complete: natural phrases, and every name that the model knows.

Every phrase here is understood by `core.reading.Reader` as it stands, which is the promise of the pickers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from random import Random

from dalle_studio.core.prompt import STYLES
from dalle_studio.core.reading_en import is_plural
from dalle_studio.core.scene import Lexicon, Thing


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(","))


SUBJECTS = _phrases("""
    Teddy bears, an astronaut, a pink flamingo, a bowl of ramen, a robot, a koala, a panda, a mad scientist,
    a cat, two cats, a dog, a fox, a raccoon, a rabbit, a hamster, a hedgehog, a sloth, an otter, a llama,
    a lion, a tiger, a giraffe, a polar bear, an elephant, a monkey, a penguin, an owl, a parrot, a swan,
    a frog, a turtle, a butterfly, a whale, a dolphin, an octopus, a jellyfish, a unicorn, a dragon,
    a dinosaur, a mermaid, a wizard, a witch, a fairy, a ghost, an alien, a ninja, a superhero, a clown,
    a cowboy, a king, a princess, a chef, a detective, an artist, a scientist, a dancer, a snowman,
    a red bicycle, a yellow taxi, a steam train, a sailing boat, a rocket, a flying saucer, a castle,
    a sofa, a guitar, a camera, a teapot, a cup of coffee, a hamburger, a birthday cake, a pineapple,
    a bouquet of flowers, a sunflower, a cactus, a palm tree, a crystal ball, a disco ball
""")

OUTINGS = _phrases("""
    shopping for groceries, lounging in a tropical resort in space, playing basketball with cats in space,
    cooking in a kitchen, walking in the rain, flying over a city, relaxing on a beach, singing on a stage
""")
"""What is done, and where."""

ACTIONS = _phrases("""
    riding a horse, riding a bicycle, riding a skateboard, riding a motorcycle, riding a unicorn,
    riding an elephant, riding a dragon, driving a racing car, driving a tractor, pushing a shopping cart,
    playing the guitar, playing the violin, playing the trumpet, playing the accordion, eating pizza,
    eating an ice cream cone, eating a slice of watermelon, drinking coffee, drinking bubble tea,
    reading a book, reading a newspaper, holding an umbrella, holding a balloon, holding a magic wand,
    holding a bouquet of flowers, wearing sunglasses, wearing a top hat, wearing a crown,
    wearing a red scarf, wearing headphones, sitting on a sofa, working on a laptop, watching television,
    chasing a butterfly, jumping over a rainbow, dancing under a disco ball, sitting by a campfire
""")

PLACES = _phrases("""
    on a beach, in outer space, on the moon, in a tropical resort, in a tropical resort in space,
    in a forest, in a jungle, in a desert, in the snow, in the mountains, in a meadow, underwater,
    on the ocean, at sunset, at night, in the rain, in a city, in a city at night, in a grocery store,
    in a museum, in a library, in a living room, in a kitchen, on a stage, in a laboratory, on mars,
    in a space station, under the northern lights, in a cherry blossom garden, in a sunflower field,
    in front of a castle, above the clouds, in a circus tent, in a cafe
""")

CHINESE = _phrases("""
    一只泰迪熊, 一位宇航员, 一只粉色的火烈鸟, 一个机器人, 一只猫, 两只猫, 一只熊猫, 一条龙, 一辆红色的自行车,
    骑着马, 骑着自行车, 骑着滑板, 骑着独角兽, 开着赛车, 推着购物车, 弹着吉他, 拉着小提琴, 吃着披萨,
    吃着冰淇淋, 喝着咖啡, 喝着奶茶, 读着书, 打着伞, 拿着气球, 捧着鲜花, 戴着墨镜, 戴着皇冠, 戴着耳机,
    坐在沙发上, 在超市里买菜, 在太空中打篮球
""")
"""Phrases to complete what is typed in Chinese."""

_OWN_PHRASES = {
    "bactrian camel": "a Bactrian camel",
    "cd": "a CD",
    "christmas tree": "a Christmas tree",
    "ferris wheel": "a Ferris wheel",
    "french fries": "French fries",
    "greek temple": "a Greek temple",
    "japanese castle": "a Japanese castle",
    "hindu temple": "a Hindu temple",
    "moon": "the moon",
    "mount fuji": "Mount Fuji",
    "mrs claus": "Mrs Claus",
    "planet earth": "planet Earth",
    "santa claus": "Santa Claus",
    "sikh man": "a Sikh man",
    "statue of liberty": "the Statue of Liberty",
    "sun": "the sun",
    "sun behind cloud": "the sun behind a cloud",
    "t-rex": "a T-rex",
    "t-shirt": "a T-shirt",
    "tokyo tower": "Tokyo Tower",
    "suv": "an SUV",
}
_UNCOUNTED = _phrases("""
    bacon, broccoli, bubble tea, butter, candy, cheese, coral, corn, curry rice, fire, fried shrimp, garlic,
    lettuce, maracas, meat on bone, paella, popcorn, shaved ice, skis, soap, soda, spaghetti, sushi, wheat
""")
_AN = re.compile("[aeio]|um|un(?!i)|hour")
_LEFT_OUT = ("poop emoji",)
"""Understood, but not offered."""

_WORD = re.compile(r"[^\W\u0250-\U0010ffff]+|[^\W\u0000-\u024f]")
"""A word in Latin letters, or one character of another script."""
_MAX_WORDS = 8
"""Words at the end of a text that a suggestion may go on from."""


@dataclass(frozen=True)
class Vocabulary:
    """Phrases for the pickers, the best known first.

    Attributes:
        subjects: who or what.
        doings: doing what, or where.
        styles: names of `core.prompt.STYLES`.
    """

    subjects: tuple[str, ...]
    doings: tuple[str, ...]
    styles: tuple[str, ...]

    @property
    def phrases(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.subjects, *self.doings, *self.styles)


def vocabulary_of(lexicon: Lexicon | None) -> Vocabulary:
    """The curated phrases, and after them everything else that the lexicon names."""
    things = sorted(map(natural, _things(lexicon)), key=_bare)
    places = (place.name for place in lexicon.settings) if lexicon else ()
    return Vocabulary(
        subjects=tuple(dict.fromkeys((*SUBJECTS, *things))),
        doings=tuple(dict.fromkeys((*OUTINGS, *ACTIONS, *PLACES, *places))),
        styles=tuple(style.name for style in STYLES),
    )


def _things(lexicon: Lexicon | None) -> Iterator[Thing]:
    return (thing for thing in lexicon.things if thing.name not in _LEFT_OUT) if lexicon else iter(())


def spoken_hint(vocabulary: Vocabulary) -> str:
    """Sentences as people say them, for a recogniser that goes on from the text before.

    Few, because it takes in 200 tokens; in lower case, because it then writes so, and understands more.
    """
    chance = Random(_HINT_SEED)
    subjects, styles = chance.sample(SUBJECTS, _HINTS), chance.sample(vocabulary.styles, _HINTS)
    doings = chance.sample((*ACTIONS, *PLACES), _HINTS)
    told = zip(subjects, doings, styles, strict=True)
    return " ".join(f"{subject} {doing}, {style}." for subject, doing, style in told).lower()


def written(said: str) -> str:
    """Spoken words as they stand in a prompt: without a full stop at the end, small numbers as words."""
    tidy = " ".join(said.split()).rstrip(".,;:!? ")
    return _SMALL_NUMBER.sub(lambda found: _NUMBERS[int(found[0])], tidy)


_HINTS, _HINT_SEED = 15, 1
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SMALL_NUMBER = re.compile(r"(?<![\w.-])\d(?![\w.-])")


def natural(thing: Thing) -> str:
    """A thing's name as it stands in a sentence: “an owl”, “grapes”, “Santa Claus”."""
    name = thing.name
    if name in _OWN_PHRASES:
        return _OWN_PHRASES[name]
    if name in _UNCOUNTED or is_plural(name):
        return name
    return f"{'an' if _AN.match(name) else 'a'} {name}"


def _bare(phrase: str) -> str:
    return re.sub("^(an?|the) ", "", phrase).lower()


class Phrases:
    """Everything that can be suggested while somebody types."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon | None) -> None:
        ranks = dict.fromkeys(_others(lexicon), 2)
        ranks |= dict.fromkeys(_usual(vocabulary, lexicon), 1)
        ranks |= dict.fromkeys(_curated(lexicon), 0)
        self._entries = sorted((phrase.casefold(), rank, phrase) for phrase, rank in ranks.items())
        self._keys = [key for key, _, _ in self._entries]

    def suggestions(self, text: str, limit: int) -> tuple[str, ...]:
        """Phrases that go on from the last words of a text, those that fit most of them first."""
        found: dict[str, str] = {}
        for tail in _tails(text):
            for phrase in self._going_on_from(tail, limit):
                found.setdefault(completed(text, phrase).casefold(), phrase)
        return tuple(found.values())[:limit]

    def _going_on_from(self, tail: str, limit: int) -> list[str]:
        """The best phrases that begin like that and are longer: usual names first, then short ones."""
        start = tail.casefold()
        first, end = bisect_left(self._keys, start), bisect_left(self._keys, start + "\U0010ffff")
        longer = (entry for entry in self._entries[first:end] if entry[0] != start)
        best = nsmallest(limit, longer, key=lambda entry: (entry[1], len(entry[0]), entry[0]))
        return [phrase for _, _, phrase in best]


def completed(text: str, suggestion: str) -> str:
    """The text with a suggestion in place of the words at its end that it completes."""
    for tail in _tails(text):
        if suggestion.casefold().startswith(tail.casefold()):
            return text + suggestion[len(tail) :]
    return text + suggestion


def _tails(text: str) -> Iterator[str]:
    """The ends of a text that begin with a word, the longest first; none shorter than two letters."""
    if text[-1:].isspace():
        return
    text = text[-100:]
    starts = [found.start() for found in _WORD.finditer(text)]
    for start in starts[-_MAX_WORDS:]:
        tail = text[start:]
        if len(tail) > 1 or not tail.isascii():
            yield tail


def _curated(lexicon: Lexicon | None) -> Iterator[str]:
    """The phrases of this file, and the usual names of what they name."""
    yield from (*SUBJECTS, *OUTINGS, *ACTIONS, *PLACES, *CHINESE)
    bare = {_bare(phrase) for phrase in (*SUBJECTS, *PLACES)}
    for named in (*_things(lexicon), *(lexicon.settings if lexicon else ())):
        if _bare(named.name) in bare:
            yield from (names[0] for names in named.names.values())


def _usual(vocabulary: Vocabulary, lexicon: Lexicon | None) -> Iterator[str]:
    """What the pickers show, and the usual name of everything in each language."""
    yield from (*vocabulary.subjects, *vocabulary.doings, *vocabulary.styles)
    yield from (names[0] for names in _names(lexicon) if names)


def _others(lexicon: Lexicon | None) -> Iterator[str]:
    for names in _names(lexicon):
        yield from names


def _names(lexicon: Lexicon | None) -> Iterator[Sequence[str]]:
    """All names of one thing, place, style or colour in one language, the usual one first."""
    if lexicon:
        for named in (*_things(lexicon), *lexicon.settings, *lexicon.looks):
            yield from named.names.values()
        for words in lexicon.colours.values():
            yield from words.values()
