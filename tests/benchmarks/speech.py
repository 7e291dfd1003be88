"""How well spoken prompts are understood: word or character error rate, real-time factor, first words.

    python -m tests.benchmarks.speech [--every 1] [--only held-out]

Needs espeak-ng (`apt-get install espeak-ng`), which speaks every prompt in several voices, at two speeds, without
noise and with white noise and babble of other voices 15 dB below the speech. Prints figures; asserts nothing.
None of the prompts is in what the recogniser is told beforehand. Chinese is left out where no recogniser for it is
installed.
"""

from __future__ import annotations

import argparse
import io
import itertools
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from rich.console import Console
from rich.table import Table

from dalle_studio.engine.speech.base import RATE_HZ, Heard, Listen, Opened, Samples
from dalle_studio.engine.speech.local import Listener
from dalle_studio.engine.speech.recording import resampled
from dalle_studio.engine.speech.whisper import Whisper, load_embedded
from dalle_studio.state.spoken import expected, written
from dalle_studio.state.vocabulary import Language, Vocabulary, spoken_hint, vocabulary_of
from dalle_studio.storage.models.installed import find_model, read_lexicon, recognisers
from tests.benchmarks.spoken_prompts import CHINESE, HELD_OUT_FREE, HELD_OUT_KNOWN

VOICES = ("en-us", "en-us+f3", "en-gb", "en-gb-scotland+m3")
CHINESE_VOICES = ("cmn-latn-pinyin", "cmn-latn-pinyin+f3")
SPEEDS_WPM = (140, 175)
NOISES = ("none", "white", "babble")
SNR_DB = 15
PAUSE_S = 0.3

KNOWN = """
an astronaut riding a horse in outer space
teddy bears shopping for groceries, ukiyo-e
two red foxes on the left of a blue car
a bowl of ramen next to a teapot, watercolour
a koala playing the guitar on a stage, pixel art
three penguins holding balloons in the snow
a green dragon above a castle at night
a mad scientist in a laboratory, black and white
a hedgehog wearing sunglasses riding a skateboard on a beach
a raccoon eating a slice of watermelon under a palm tree
a pink flamingo on the moon, stained glass
a robot reading a newspaper in a library
an octopus between two jellyfish underwater
a polar bear wearing a red scarf, oil painting
a llama in a cherry blossom garden, paper cut
a wizard holding a magic wand in a forest
a princess riding a unicorn over a rainbow, cartoon
two cats playing basketball in space
a detective with an umbrella in the rain, comic
a snowman drinking coffee in a living room
four yellow ducks beside a sailing boat
a penguin wearing a top hat on an iceberg
a tiger in a jungle, impressionist
a birthday cake on a table, clay
an owl reading a book at night, pencil
a lion wearing a crown in front of a castle
a purple elephant next to a small house
a dolphin jumping over a rainbow at sunset
a monkey riding a bicycle in a city
a rabbit in a sunflower field, embroidery
a turtle under the northern lights
a ghost playing the violin in a museum, blueprint
a rocket above the clouds, risograph
a cowboy sitting by a campfire in the desert
a white cat on a green sofa
a fairy flying over a meadow, low poly
a chef cooking in a kitchen, line art
a frog playing the trumpet on a stage
a panda pushing a shopping cart in a grocery store
an alien in a flying saucer above a city, neon
a unicorn to the right of a blue tent
a bear eating an ice cream cone, mosaic
a dinosaur in a space station, vaporwave
a butterfly on a sunflower, ink wash
a mermaid and a whale in the ocean, sepia
""".strip().splitlines()
"""In the composer's own words."""

FREE = """
an old man looking out of a window on a rainy morning
a crowded market street in the morning with bright lights
portrait of a young woman with freckles, soft light
a futuristic train station made of glass and steel
a bowl of fresh fruit on a wooden kitchen table
a narrow street in an old town after the storm
the inside of a watch with hundreds of tiny wheels
a letter on a desk beside a burning candle
a farmer driving home with his dogs at the end of the day
children building a boat out of cardboard and tape
a quiet lake with mountains behind it and a wooden bridge
an empty theatre with red seats and golden walls
a black and white photograph of a jazz band
a giant hand reaching down from the sky
a room full of books with a ladder on wheels
a bird made of folded paper sitting on a branch
steam rising from a cup of tea beside an open notebook
a knight resting under an oak tree with his helmet in the grass
a city built on the back of an enormous turtle
two strangers sharing an umbrella at a bus stop
a garden party with lanterns hanging from the trees
a close view of a bee on a purple flower
the last house on earth with its lights still on
a woman painting the wall of a tall building
a fishing village seen from above in winter
""".strip().splitlines()
"""In whatever words."""


KINDS = {
    "known words": KNOWN,
    "free text": FREE,
    "held out: known words": HELD_OUT_KNOWN,
    "held out: free text": HELD_OUT_FREE,
    "Chinese": list(CHINESE),
}
"""The first two were listened to while the recogniser was tuned, the next two never."""
HELD_OUT = tuple(kind for kind in KINDS if kind.startswith("held out"))


@dataclass(frozen=True)
class Take:
    """One spoken prompt."""

    prompt: str
    kind: str
    voice: str
    speed_wpm: int
    noise: str


def takes(kinds: Sequence[str] = ("known words", "free text")) -> list[Take]:
    return [
        Take(prompt, kind, *how)
        for kind in kinds
        for prompt, how in itertools.product(
            KINDS[kind],
            itertools.product(CHINESE_VOICES if kind == "Chinese" else VOICES, SPEEDS_WPM, NOISES),
        )
    ]


def spoken(text: str, voice: str, speed_wpm: int) -> np.ndarray:
    """From -1 to 1, at 16 kHz, with a pause before and after."""
    command = ["espeak-ng", "-v", voice, "-s", str(speed_wpm), "--stdout", text]
    sound, rate_hz = soundfile.read(
        io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout), dtype="float32"
    )
    return np.pad(resampled(sound.astype(np.float32), rate_hz), int(PAUSE_S * RATE_HZ))


def with_noise(sound: np.ndarray, noise: str, babble: np.ndarray, seed: int) -> Samples:
    rng = np.random.default_rng(seed)
    if noise != "none":
        start = rng.integers(len(babble) - len(sound))
        added = (
            rng.normal(size=len(sound))
            if noise == "white"
            else babble[start : start + len(sound)].astype(float)
        )
        power = np.mean(sound[sound != 0] ** 2) / 10 ** (SNR_DB / 10)
        sound = sound + added * np.sqrt(power / np.mean(added**2))
    return np.rint((sound * 0.8).clip(-1, 1) * 32767).astype(np.int16)


def babble_of_many() -> np.ndarray:
    """Six voices that say other things at once."""
    texts = [" ".join(FREE[start::6] * 2) for start in range(6)]
    voices = [spoken(text, voice, 160) for text, voice in zip(texts, VOICES + VOICES, strict=False)]
    shortest = min(map(len, voices))
    return np.sum([voice[:shortest] for voice in voices], axis=0)


def words(text: str) -> list[str]:
    """As they are compared: British as American, compounds in parts."""
    plain = re.sub(r"[^a-z0-9' ]", " ", text.lower().replace("-", " "))
    return plain.replace("watercolor", "watercolour").replace("theater", "theatre").split()


def characters(text: str) -> list[str]:
    """As they are compared: Chinese ones, and words in letters."""
    return re.findall(r"[\u4e00-\u9fff]|[a-z0-9]+", text.lower())


def errors(said: list[str], heard: list[str]) -> int:
    """Words that were put in, left out or taken for others (Levenshtein distance)."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(said, 1):
        before, row[0] = row[0], number
        for place, other in enumerate(heard, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (word != other))
    return row[-1]


Counts = dict[tuple[str, str], list[int]]
"""Errors and words (in Chinese, characters) of each kind of prompt by what it was spoken with."""


def measure(
    recogniser: Whisper, asked: Sequence[Take], language: Language = "en"
) -> tuple[Counts, list[float]]:
    """Counts, and real-time factors."""
    babble = babble_of_many()
    counts: Counts = defaultdict(lambda: [0, 0])
    factors: list[float] = []
    hint, phrases = expected(language, read_lexicon(find_model()))
    parts = words if language == "en" else characters
    for number, take in enumerate(asked):
        text = CHINESE.get(take.prompt, take.prompt)
        sound = with_noise(spoken(text, take.voice, take.speed_wpm), take.noise, babble, number)
        started = time.perf_counter()
        recogniser.start(hint, phrases, language)
        recogniser.feed(sound)
        heard = parts(written(recogniser.final()))
        factors.append((time.perf_counter() - started) * RATE_HZ / len(sound))
        said = parts(take.prompt)
        wrong = errors(said, heard)
        for column in (take.voice, f"{take.speed_wpm} words a minute", f"noise: {take.noise}", "all"):
            counts[take.kind, column][0] += wrong
            counts[take.kind, column][1] += len(said)
    return counts, factors


def show(console: Console, title: str, kinds: Sequence[str], counts: Counts, factors: list[float]) -> None:
    table = Table(title, *kinds, title=f"{len(factors)} spoken prompts")
    for column in dict.fromkeys(column for _, column in counts):
        rates = [counts[kind, column] for kind in kinds]
        table.add_row(column, *(f"{wrong / max(1, total):.1%}" for wrong, total in rates))
    console.print(table)
    console.print(f"real-time factor: median {statistics.median(factors):.2f}, worst {max(factors):.2f}")


def first_words_s(vocabulary: Vocabulary, prompts: int = 5) -> list[float]:
    """From the first sound of a prompt to the first live words, as a window sees it."""
    listener, delays = Listener(), list[float]()
    with tempfile.TemporaryDirectory() as folder:
        for prompt in KNOWN[:prompts]:
            path = Path(folder) / "take.wav"
            soundfile.write(path, spoken(prompt, "en-us", 150), RATE_HZ)
            listener.listen(Listen(spoken_hint(vocabulary), vocabulary.phrases, path, paced=True))
            began = 0.0
            while listener.listens:
                listener.wait(1)
                for event in listener.poll():
                    if isinstance(event, Opened):
                        began = time.perf_counter() + PAUSE_S
                    elif isinstance(event, Heard):
                        delays.append(time.perf_counter() - began)
                        listener.cancel()
    return delays[1:]  # the first one waits for the recogniser


def main() -> None:
    parser = argparse.ArgumentParser(description="How well the recognisers understand prompts.")
    parser.add_argument("--every", type=int, default=1, help="take only every so many of the spoken prompts")
    parser.add_argument("--only", choices=("tuned", "held-out", "chinese"), help="one kind of prompts")
    options = parser.parse_args()
    if not shutil.which("espeak-ng"):
        raise SystemExit("espeak-ng is missing: apt-get install espeak-ng")
    vocabulary, console = vocabulary_of(read_lexicon(find_model())), Console()
    assert not any(prompt in spoken_hint(vocabulary) for kind in KINDS for prompt in KINDS[kind])
    if options.only != "chinese":
        english(console, vocabulary, options)
    if options.only in (None, "chinese"):
        chinese(console, options)


def english(console: Console, vocabulary: Vocabulary, options: argparse.Namespace) -> None:
    """What is built in, with the prompts that it was tuned with and with others."""
    recogniser = load_embedded()
    for only, kinds in (("tuned", ("known words", "free text")), ("held-out", HELD_OUT)):
        if options.only in (None, only):
            counts, factors = measure(recogniser, takes(kinds)[:: options.every])
            show(console, "Word error rate", kinds, counts, factors)
    if options.only is None:
        delays = first_words_s(vocabulary)
        console.print(f"first words after: {', '.join(f'{delay:.2f} s' for delay in delays)}")


def chinese(console: Console, options: argparse.Namespace) -> None:
    """The best recogniser that is installed. espeak-ng's Mandarin is hard to understand for people, too."""
    found = recognisers()
    if not found:
        console.print("Chinese: no recogniser is installed: left out")
        return
    asked = takes(("Chinese",))[:: options.every]
    counts, factors = measure(Whisper(found[0].path), asked, "zh")
    show(console, f"Character error rate, {found[0].label}", ("Chinese",), counts, factors)


if __name__ == "__main__":
    main()
