import pickle

import pytest

from dalle_studio.core.sentence import Bytes, Sentence, joined, say, translated

GERMAN = {
    "{name} is not there.": "{name} ist nicht da.",
    "{count} pictures of {things}": "{things}: {count} Bilder",
    "cats": "Katzen",
    ", ": " und ",
}


def german(template: str) -> str:
    return GERMAN.get(template, template)


def test_a_sentence_is_its_english_text() -> None:
    sentence = say("{name} is not there.", name="a.png")
    assert sentence == "a.png is not there."
    assert isinstance(sentence, str)
    assert translated(sentence, german) == "a.png ist nicht da."


def test_values_may_change_places_and_are_translated_where_they_are_sentences() -> None:
    sentence = say("{count} pictures of {things}", count=3, things=say("cats"))
    assert sentence == "3 pictures of cats"
    assert translated(sentence, german) == "Katzen: 3 Bilder"


def test_data_is_never_translated() -> None:
    assert translated("cats", german) == "cats"
    assert translated(say("{count} pictures of {things}", count=3, things="cats"), german) == "cats: 3 Bilder"


def test_what_has_no_translation_stays_english() -> None:
    assert translated(say("Nothing of {name}.", name="x"), german) == "Nothing of x."


def test_braces_in_values_are_text() -> None:
    sentence = say("{name} is not there.", name="{a}{0}.png")
    assert sentence == "{a}{0}.png is not there."
    assert translated(sentence, german) == "{a}{0}.png ist nicht da."
    assert say("{}").template == "{}"


def test_values_are_written_as_the_language_has_it() -> None:
    sentence = say("{size} of {count}", size=Bytes(6.1e9), count=3)
    assert sentence == "6.1 GB of 3"
    assert translated(sentence, german, lambda value: type(value).__name__) == "Bytes of int"


def test_joined_sentences_keep_their_parts() -> None:
    sentence = joined([say("cats"), "dogs", say("cats")], say(", "))
    assert sentence == "cats, dogs, cats"
    assert translated(sentence, german) == "Katzen und dogs und Katzen"
    assert joined([], ", ") == ""


def test_a_sentence_goes_from_process_to_process() -> None:
    sentence = say("{count} pictures of {things}", count=3, things=say("cats"))
    again = pickle.loads(pickle.dumps(sentence))
    assert isinstance(again, Sentence)
    assert again == sentence
    assert translated(again, german) == "Katzen: 3 Bilder"


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 KB"),
        (412_000, "412 KB"),
        (1_500_000, "2 MB"),
        (6_100_000_000, "6.1 GB"),
        (24e9, "24 GB"),
        (2e12, "2.0 TB"),
    ],
)
def test_sizes(count: float, text: str) -> None:
    assert str(Bytes(count)) == text
    assert f"{Bytes(count)}" == text
