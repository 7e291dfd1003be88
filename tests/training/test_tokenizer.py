"""The tokenizer loses nothing."""
# pyright: reportMissingParameterType=false

import pytest

from dalle_studio.training.words.captions import phrases
from dalle_studio.training.words.tokenizer import MAX_TOKENS, encode_captions, load_tokenizer, train_tokenizer


@pytest.fixture(scope="module")
def tokenizer():
    return train_tokenizer([*phrases()] * 3)


@pytest.mark.parametrize(
    "text",
    [
        "a teddy bear on a beach",
        "Café, naïve façade: ÅNGSTRÖM!",
        "我爱北京天安门",
        "a-b_c (d) 123 🦊",
        "ukiyo-e",
    ],
)
def test_round_trip(tokenizer, text):
    decoded = tokenizer.decode(tokenizer(text).input_ids, skip_special_tokens=True)
    assert decoded.replace(" ", "") == text.lower().replace(" ", "")


def test_known_words_are_single_tokens(tokenizer):
    assert tokenizer.tokenize("a red car") == ["a</w>", "red</w>", "car</w>"]


def test_captions_are_padded_and_cut_to_one_length(tokenizer):
    short, long = encode_captions(tokenizer, ["a cat", "a cat and a dog " * 20])
    assert len(short) == len(long) == MAX_TOKENS
    assert short[0] == long[0] == tokenizer.bos_token_id
    assert short[3:] == [tokenizer.eos_token_id] * (MAX_TOKENS - 3)
    assert long[-1] == tokenizer.eos_token_id
    assert long[-2] != tokenizer.eos_token_id


def test_saved_tokenizer_is_the_same(tokenizer, tmp_path):
    tokenizer.save_pretrained(tmp_path)
    again = load_tokenizer(tmp_path)
    assert again("a fox in the snow, 我").input_ids == tokenizer("a fox in the snow, 我").input_ids
    assert again.model_max_length == MAX_TOKENS
