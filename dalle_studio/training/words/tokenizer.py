"""A small tokenizer of the kind CLIP uses: byte-level pair encoding, learned from captions.

Every byte is in the vocabulary, inside a word and at its end, so that text in any script can be
encoded and decoded without loss (of its lower-case, NFC-normalised form).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers
from transformers import CLIPTokenizer

VOCABULARY = 3000
"""Entries learned from text in letters; Chinese characters and the bytes that captions lack are added to them."""
MAX_TOKENS = 32
"""Length of an encoded prompt, with its start and end marks."""
START, END = "<|startoftext|>", "<|endoftext|>"
WORD_END = "</w>"
_HAN = re.compile("[\u3400-\u9fff]")
_SPLIT = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"


def train_tokenizer(captions: Iterable[str]) -> CLIPTokenizer:
    """Learn the commonest pieces of words of some captions, and every Chinese character in them as one piece.

    Pieces of several characters would tie a thing to its neighbours, as Chinese has no spaces.
    """
    texts = list(captions)
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    learner = _empty_tokenizer()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=[START, END],
        initial_alphabet=alphabet,
        end_of_word_suffix=WORD_END,
        min_frequency=3,
        show_progress=False,
    )
    learner.train_from_iterator((_HAN.sub(" ", text) for text in texts), trainer)
    model = json.loads(learner.to_str())["model"]
    vocabulary: dict[str, int] = model["vocab"]
    for letter in alphabet:
        for piece in (letter, letter + WORD_END):
            vocabulary.setdefault(piece, len(vocabulary))
    merges = list(dict.fromkeys(_character_merges(texts)))
    for first, second in merges:
        vocabulary.setdefault(first + second, len(vocabulary))
    merges += [tuple(pair) for pair in model["merges"]]
    return CLIPTokenizer(vocab=vocabulary, merges=merges, model_max_length=MAX_TOKENS)  # pyright: ignore[reportArgumentType]


def _character_merges(texts: list[str]) -> Iterator[tuple[str, str]]:
    """What joins the bytes of each Chinese character, within a run of them and at its end."""
    level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    for character in sorted({character for text in texts for character in _HAN.findall(text)}):
        first, second, third = level.pre_tokenize_str(character)[0][0]
        yield first, second
        yield first + second, third
        yield first + second, third + WORD_END


def _empty_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(
        models.BPE(end_of_word_suffix=WORD_END, unk_token=END, continuing_subword_prefix="")
    )
    spaces = normalizers.Replace(Regex(r"\s+"), " ")
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), spaces, normalizers.Lowercase()])
    words = pre_tokenizers.Split(Regex(_SPLIT), "removed", invert=True)
    letters = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([words, letters])
    return tokenizer


def load_tokenizer(folder: Path) -> CLIPTokenizer:
    """Read a saved tokenizer, from disk only.

    Raises:
        FileNotFoundError: it is not there. transformers would say that it is no valid repository.
    """
    (folder / "tokenizer.json").stat()
    return CLIPTokenizer.from_pretrained(folder, local_files_only=True)


def encode_captions(tokenizer: CLIPTokenizer, captions: list[str]) -> list[list[int]]:
    """Token numbers, `MAX_TOKENS` for each caption; longer captions are cut off, shorter ones padded."""
    return tokenizer(captions, padding="max_length", truncation=True, max_length=MAX_TOKENS)["input_ids"]  # pyright: ignore[reportReturnType]
