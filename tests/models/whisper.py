"""A small Whisper model for many languages with random weights, as CTranslate2 reads it and hubs hold it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

_SPECIAL = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|en|>",
    "<|zh|>",
    "<|translate|>",
    "<|transcribe|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
)
CATS = ("猫", "貓")
"""Characters that have a token of their own: the simplified one and the traditional one."""


def build_whisper(folder: Path, seed: int = 5) -> None:
    """Write `model.bin`, `config.json`, `tokenizer.json` and a vocabulary; 128 bands, as large-v3 has."""
    import torch
    from ctranslate2.converters import TransformersConverter
    from transformers import WhisperConfig, WhisperForConditionalGeneration

    tokenizer = whisper_tokenizer()
    config = WhisperConfig(
        vocab_size=len(tokenizer),
        num_mel_bins=128,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=32,
        decoder_ffn_dim=32,
        d_model=16,
        pad_token_id=tokenizer.eos_token_id,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        decoder_start_token_id=tokenizer.bos_token_id,
        begin_suppress_tokens=[tokenizer.eos_token_id],
    )
    with tempfile.TemporaryDirectory() as source:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            WhisperForConditionalGeneration(config).save_pretrained(source)
        tokenizer.save_pretrained(source)
        converter = TransformersConverter(source, copy_files=["tokenizer.json"])
        converter.convert(str(folder), quantization="int8", force=True)


def whisper_tokenizer() -> Any:
    """Spells everything byte by byte. The empty token is what CTranslate2 knows models for many languages by."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    spelled = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False).pre_tokenize_str
    cats = [spelled(cat)[0][0] for cat in CATS]
    pieces = [*sorted(pre_tokenizers.ByteLevel.alphabet()), "", *cats]
    made = Tokenizer(models.BPE(vocab={piece: number for number, piece in enumerate(pieces)}, merges=[]))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    made.add_special_tokens([AddedToken(token, special=True) for token in _SPECIAL])
    return PreTrainedTokenizerFast(tokenizer_object=made, eos_token=_SPECIAL[0], bos_token=_SPECIAL[1])
