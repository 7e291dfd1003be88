"""The promise of the pickers: every phrase is understood. And what is suggested while somebody types."""

from __future__ import annotations

import pytest

from dalle_studio.core import phrases as pairs
from dalle_studio.core.naming import natural
from dalle_studio.core.prompt import STYLES, Blocks, find_style, styled
from dalle_studio.core.reading import Reader
from dalle_studio.core.scene import Lexicon, Scene, Thing
from dalle_studio.state.vocabulary import Language, Phrases, completed, curated, vocabulary_of
from dalle_studio.storage.models.installed import find_model, read_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    lexicon = read_lexicon(find_model())
    assert lexicon is not None
    return lexicon


@pytest.fixture(scope="module")
def reader(lexicon: Lexicon) -> Reader:
    return Reader(lexicon)


@pytest.fixture(scope="module")
def phrases(lexicon: Lexicon) -> Phrases:
    return Phrases(lexicon)


LANGUAGES: tuple[Language, ...] = ("en", "zh")
WHO = {
    "en": ("Teddy bears", "a pink flamingo and a robot"),
    "zh": ("几只泰迪熊", "一只粉色的火烈鸟和一个机器人"),
}


def things(scene: Scene) -> list[str]:
    return sorted(mention.thing.name for mention in scene.mentions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_enough_to_pick_from_without_any_lexicon(language: Language) -> None:
    vocabulary = vocabulary_of(None, language)
    assert len(vocabulary.subjects) >= 60
    assert len(vocabulary.doings) >= 40
    assert vocabulary.styles == tuple(style.name for style in STYLES)
    for row in (vocabulary.subjects, vocabulary.doings, vocabulary.styles):
        assert len(set(row)) == len(row)


def test_the_demonstrations_of_dalle_2_can_be_picked() -> None:
    vocabulary = vocabulary_of(None)
    assert {"Teddy bears", "an astronaut", "a pink flamingo"} <= set(vocabulary.subjects)
    assert {
        "shopping for groceries",
        "riding a horse",
        "lounging in a tropical resort in space",
        "playing basketball with cats in space",
    } <= set(vocabulary.doings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_the_model_knows_can_be_picked(
    lexicon: Lexicon, reader: Reader, language: Language
) -> None:
    vocabulary = vocabulary_of(lexicon, language)
    named = {mention.thing.name for each in vocabulary.subjects for mention in reader.read(each).mentions}
    known = {thing.name for thing in lexicon.things} - {"poop emoji"}
    assert known <= named
    assert {place.names[language][0] for place in lexicon.settings} <= set(vocabulary.doings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_subject_names_something_and_nothing_unknown(
    lexicon: Lexicon, reader: Reader, language: Language
) -> None:
    subjects = vocabulary_of(lexicon, language).subjects
    assert {phrase: reader.notes(phrase) for phrase in subjects if reader.notes(phrase)} == {}
    assert [phrase for phrase in subjects if not reader.read(phrase).mentions] == []


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_doing_says_something_and_nothing_unknown(
    lexicon: Lexicon, reader: Reader, language: Language, number: int
) -> None:
    who = WHO[language][number]
    sentences = [Blocks((who,), (doing,)).sentence() for doing in vocabulary_of(lexicon, language).doings]
    assert {sentence: reader.notes(sentence) for sentence in sentences if reader.notes(sentence)} == {}
    scenes = {sentence: reader.read(sentence) for sentence in sentences}
    assert [sentence for sentence, scene in scenes.items() if not (scene.links or scene.setting)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_is_a_place(reader: Reader, language: Language) -> None:
    known, who = curated(language), WHO[language][0]
    for phrase in (*known.places, *known.outings):
        assert reader.read(Blocks((who,), (phrase,)).sentence()).setting, phrase
    assert not any(reader.read(Blocks((who,), (phrase,)).sentence()).setting for phrase in known.actions)


def test_both_languages_say_the_same(reader: Reader) -> None:
    for pair in pairs.ALL:
        scenes = [
            reader.read(Blocks((who[0],), (doing,)).sentence())
            for who, doing in ((WHO["en"], pair.en), (WHO["zh"], pair.zh))
        ]
        assert things(scenes[0]) == things(scenes[1]), pair
        assert scenes[0].setting == scenes[1].setting, pair


def test_a_style_is_the_same_style_in_chinese(reader: Reader) -> None:
    vocabulary = vocabulary_of(None, "zh")
    for name in vocabulary.styles:
        assert find_style(find_style(name).chinese).name == name
        look = reader.read(styled("一只猫在沙滩上", find_style(name))).look
        assert look and look.name == name
        assert not reader.notes(styled("一只猫", find_style(name)))


def test_chinese_phrases_are_found_by_what_they_mean(lexicon: Lexicon) -> None:
    vocabulary = vocabulary_of(lexicon, "zh")
    assert vocabulary.english["一辆红色的自行车"] == "a red bicycle"
    assert vocabulary.english["火山"] == "a volcano"
    assert all(phrase in vocabulary.english for phrase in (*vocabulary.subjects, *vocabulary.doings))


def test_what_is_curated_does_not_come_once_more_by_its_bare_name(lexicon: Lexicon) -> None:
    subjects = vocabulary_of(lexicon, "zh").subjects
    assert "一只猫" in subjects and "猫" not in subjects


def test_every_suggestion_is_understood(lexicon: Lexicon, reader: Reader) -> None:
    for thing in lexicon.things:
        for name in (name for names in thing.names.values() for name in names):
            assert not reader.notes(name), name


@pytest.mark.parametrize(
    "name, phrase",
    [
        ("owl", "an owl"),
        ("umbrella", "an umbrella"),
        ("unicorn", "a unicorn"),
        ("hourglass", "an hourglass"),
        ("grapes", "grapes"),
        ("cheese", "cheese"),
        ("sun", "the sun"),
        ("santa claus", "Santa Claus"),
        ("glass of wine", "a glass of wine"),
    ],
)
def test_names_stand_as_in_a_sentence(name: str, phrase: str) -> None:
    assert natural(Thing(name, {"en": [name]}, "object")) == phrase


def test_the_last_word_is_completed(phrases: Phrases) -> None:
    assert "cat" in phrases.suggestions("ca", 8)
    assert "polar bear" in phrases.suggestions("two pol", 8)
    assert "a pink flamingo" in phrases.suggestions("A PINK FLAM", 8)
    assert "riding a horse" in phrases.suggestions("Teddy bears riding a ho", 8)
    assert "on a beach" in phrases.suggestions("a cat on a", 8)
    assert "watercolour" in phrases.suggestions("a cat, watercol", 8)


def test_chinese_is_completed_from_any_character(phrases: Phrases) -> None:
    assert "火烈鸟" in phrases.suggestions("火烈", 8)
    assert "火烈鸟" in phrases.suggestions("一只红色的火", 8)
    assert phrases.suggestions("一只粉色的火", 8)[0] == "一只粉色的火烈鸟"
    assert "骑着马" in phrases.suggestions("一只泰迪熊骑", 8)
    assert "在太空中" in phrases.suggestions("a robot 在太", 8)


def test_what_is_best_known_comes_first(phrases: Phrases) -> None:
    assert phrases.suggestions("大", 1) == ("大象",)
    assert phrases.suggestions("teddy b", 1) == ("Teddy bears",)


@pytest.mark.parametrize("text", ["", " ", "cat ", "a", "cat,", "xqzzt", "猫 ", "😀", "a cat\n"])
def test_nothing_is_suggested_where_nothing_fits(phrases: Phrases, text: str) -> None:
    assert phrases.suggestions(text, 8) == ()


def test_what_is_complete_is_not_suggested_again(phrases: Phrases) -> None:
    assert phrases.suggestions("cat", 8) == ("caterpillar",)
    for text in ("a ca", "riding a", "在", "an o"):
        found = phrases.suggestions(text, 20)
        assert len({completed(text, each).casefold() for each in found}) == len(found) > 0
        assert phrases.suggestions(text, 3) == found[:3]


def test_a_long_text_is_completed_at_its_end(phrases: Phrases) -> None:
    assert "polar bear" in phrases.suggestions("word " * 2000 + "polar b", 8)


@pytest.mark.parametrize(
    "text, suggestion, whole",
    [
        ("ca", "cat", "cat"),
        ("a cat and a pol", "polar bear", "a cat and a polar bear"),
        ("Teddy b", "teddy bear", "Teddy bear"),
        ("a robot riding a ho", "riding a horse", "a robot riding a horse"),
        ("a ho", "horse", "a horse"),
        ("一只粉色的火", "火烈鸟", "一只粉色的火烈鸟"),
        ("", "cat", "cat"),
        ("a ", "cat", "a cat"),
    ],
)
def test_a_suggestion_takes_the_place_of_what_it_completes(text: str, suggestion: str, whole: str) -> None:
    assert completed(text, suggestion) == whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_curated_rows_do_not_overlap(language: Language) -> None:
    together = curated(language).all
    assert len(set(together)) == len(together)
