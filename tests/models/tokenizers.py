"""Real tokenizers that spell every word, byte by byte: any text goes in, and no vocabulary has to be fetched."""

from __future__ import annotations

from typing import Any

CHAT_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n"
    "{% if enable_thinking is false %}<think>\n\n</think>\n\n{% endif %}{% endif %}"
)
"""What Qwen3's own template comes to for one message."""
_SPECIAL = (
    "<|im_start|>",
    "<|im_end|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|image_pad|>",
    "<|video_pad|>",
    "<think>",
    "</think>",
)


def clip_tokenizer(length: int = 77) -> Any:
    """CLIP's tokenizer for texts of up to `length` tokens."""
    from transformers import CLIPTokenizer

    pieces = ["<|startoftext|>", "<|endoftext|>", *_letters(), *(letter + "</w>" for letter in _letters())]
    vocabulary: Any = {piece: number for number, piece in enumerate(pieces)}
    return CLIPTokenizer(vocab=vocabulary, merges=[], model_max_length=length)


def qwen_tokenizer() -> Any:
    """The tokenizer of Qwen2 and Qwen3, with the chat template that the pipelines need."""
    from transformers import Qwen2Tokenizer

    pieces = [*_letters(), "<|endoftext|>", *_SPECIAL]
    vocabulary: Any = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = Qwen2Tokenizer(
        vocab=vocabulary, merges=[], extra_special_tokens=list(_SPECIAL), model_max_length=2048
    )
    tokenizer.chat_template = CHAT_TEMPLATE
    return tokenizer


def _letters() -> list[str]:
    from tokenizers import pre_tokenizers

    return sorted(pre_tokenizers.ByteLevel.alphabet())
