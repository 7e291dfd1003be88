"""Weights inside a prompt: `(a red hat:1.3)`, `hat++` and `(a red hat)++`, for CLIP text encoders.

A weight is 0 to 2, and every plus sign makes a tenth more of it. Whatever does not follow these forms to the
letter is text: brackets that hold no weight, times of day, C++. What compel's own grammar knows beyond them is
left out, since it would read meaning into plain brackets and quotation marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import torch
from compel.embeddings_provider import EmbeddingsProvider, ReturnedEmbeddingsType

MOST = 2.0
_FORM = re.compile(
    r"""
    \( (?P<weighed>[^():]*[^():\s\d]) \s* : \s* (?P<weight>[01]?\.\d+|[012](?:\.0*)?) \s* \)
    | \( (?P<group>[^()]*[^()\s]) \) (?P<group_signs>\+{2,}) (?![\w+])
    | (?<![\w+]) (?P<word>\w{2,}) (?P<word_signs>\+{2,}) (?![\w+])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Fragment:
    """A part of a prompt, with its weight; 1 is a plain word's."""

    text: str
    weight: float = 1.0


def fragments(prompt: str) -> tuple[Fragment, ...]:
    """The prompt in parts; a single one of weight 1, the prompt itself, where it holds no weights."""
    parts: list[Fragment] = []
    end = 0
    for found in _FORM.finditer(prompt):
        parts.append(Fragment(prompt[end : found.start()]))
        parts.append(_weighed(found))
        end = found.end()
    parts.append(Fragment(prompt[end:]))
    return tuple(part for part in parts if part.text) or (Fragment(""),)


def plain(prompt: str) -> str:
    """The prompt without its weights."""
    return "".join(part.text for part in fragments(prompt))


def weighs(prompt: str) -> bool:
    """Whether the prompt holds weights."""
    return any(part.weight != 1 for part in fragments(prompt))


def _weighed(found: re.Match[str]) -> Fragment:
    if found["weighed"]:
        return Fragment(found["weighed"], float(found["weight"]))
    signs = len(found["group_signs"] or found["word_signs"])
    return Fragment(found["group"] or found["word"], min(MOST, 1.1**signs))


@torch.inference_mode()
def embedded(prompt: str, tokenizer: Any, encoder: Any, device: str, penultimate: bool) -> torch.Tensor:
    """The text encoder's tokens for a prompt with weights, (1, tokens, width), as compel weighs them.

    Args:
        prompt: see `weighs`.
        tokenizer: the encoder's.
        encoder: a CLIP text model.
        device: where it runs.
        penultimate: whether the tokens are taken before the last layer, as Stable Diffusion XL does.
    """
    kind = ReturnedEmbeddingsType
    taken = (
        kind.PENULTIMATE_HIDDEN_STATES_NON_NORMALIZED if penultimate else kind.LAST_HIDDEN_STATES_NORMALIZED
    )
    provider = EmbeddingsProvider(tokenizer, encoder, returned_embeddings_type=taken, device=device)
    parts = [part for part in fragments(prompt) if part.text.strip()]
    texts, weights = [part.text for part in parts], [part.weight for part in parts]
    tokens: Any = provider.get_embeddings_for_weighted_prompt_fragments([texts], [weights], device=device)
    return tokens
