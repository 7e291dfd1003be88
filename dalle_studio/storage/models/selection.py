"""Which files of a repository make a model: safetensors, configurations and tokenizers, never a pickle.

A recogniser of speech has its weights in CTranslate2's own format instead.

Of weights that are there in several number formats one is taken, and goes by the plain name here, so that whoever
loads the folder need not know which.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from dalle_studio.core.errors import DownloadFailed
from dalle_studio.core.sentence import Sentence, say
from dalle_studio.storage.models.catalogue import Source
from dalle_studio.storage.models.recognisers import SPEECH_WEIGHTS
from dalle_studio.storage.models.record import is_inside

PICKLES = {".bin", ".ckpt", ".pt", ".pth", ".pkl"}
"""Endings of files that can run code when they are opened."""

_TEXTS = {".json", ".txt", ".model", ".jinja"}
_WEIGHTS = re.compile(
    r"(?P<stem>.+?)(?P<shard>-\d{5}-of-(?P<count>\d{5}))?"
    r"(?:\.(?P<variant>fp16|bf16|fp32|non_ema|ema))?(?P<shard_after>-\d{5}-of-(?P<count_after>\d{5}))?\.safetensors"
)
_INDEX = re.compile(r"(?P<stem>.+?)\.safetensors\.index(?:\.(?P<variant>[a-z0-9_]+))?\.json")
_PREFERRED = ("fp16", "bf16", "", "fp32", "ema", "non_ema")


@dataclass(frozen=True)
class Remote:
    """A file of a repository, as the hub lists it. `sha256` is empty for small files, which git keeps itself."""

    path: str
    size_bytes: int
    git: str
    sha256: str = ""


def select(files: Iterable[Remote], source: Source) -> dict[str, Remote]:
    """The files to fetch, each under the path it gets here.

    Raises:
        DownloadFailed: the repository has pickles alone, an incomplete set of weights, none of what was asked
            for, or names that lead out of the folder.
    """
    prefix = f"{source.under}/" if source.under else ""
    below = {each.path.removeprefix(prefix): each for each in files if each.path.startswith(prefix)}
    included = {path: each for path, each in below.items() if _is_included(path, source, below)}
    _refuse_pickles(included, source)
    for pattern in source.include:
        if not any(fnmatchcase(path, pattern) for path in included):
            raise _unfit(say("{repo} has no {pattern} any more.", repo=source.repo, pattern=pattern))
    plain = (path for path in included if _is_text(path) or _is_speech(path, source))
    kept = {path: path for path in plain} | _one_variant(included, source)
    for path in [path for path in kept if _INDEX.fullmatch(path) and not _has_shards(path, kept)]:
        del kept[path]
    if not source.include and not any(path.endswith(".safetensors") for path in kept):
        raise _unfit(say("{repo} has no weights that this studio can read.", repo=source.repo))
    _refuse_outsiders(kept.values(), source)
    folder = f"{source.into}/" if source.into else ""
    return {folder + (source.named or here): included[path] for path, here in kept.items()}


def _is_included(path: str, source: Source, below: dict[str, Remote]) -> bool:
    if source.include:
        return any(fnmatchcase(path, pattern) for pattern in source.include)
    is_single_file = (
        "model_index.json" in below and "/" not in path
    )  # the whole model again, for other programs
    return not path.startswith(".") and not (is_single_file and not _is_text(path))


def _is_text(path: str) -> bool:
    name = PurePosixPath(path).name
    return PurePosixPath(path).suffix in _TEXTS or name.startswith(("LICENSE", "NOTICE"))


def _is_speech(path: str, source: Source) -> bool:
    """Whether it is the weights of a recogniser, taken only where a source asks for just that file."""
    return path == SPEECH_WEIGHTS and path in source.include


def _refuse_pickles(included: dict[str, Remote], source: Source) -> None:
    safe = {str(PurePosixPath(path).parent) for path in included if path.endswith(".safetensors")}
    for path in included:
        if _is_speech(path, source):
            continue
        if PurePosixPath(path).suffix in PICKLES and str(PurePosixPath(path).parent) not in safe:
            raise DownloadFailed(
                say(
                    "{repo} has its weights ({path}) only as a pickle, which could run code on this machine.",
                    repo=source.repo,
                    path=path,
                ),
                say(
                    "Choose another model, or convert it to safetensors, for example at "
                    "https://huggingface.co/spaces/safetensors/convert, and import the folder."
                ),
            )


def _one_variant(included: dict[str, Remote], source: Source) -> dict[str, str]:
    """Paths of the weights to take, each with the name it gets."""
    groups: dict[str, dict[str, list[re.Match[str]]]] = defaultdict(lambda: defaultdict(list))
    for path in included:
        if match := _WEIGHTS.fullmatch(path):
            groups[match["stem"]][match["variant"] or ""].append(match)
    taken: dict[str, str] = {}
    for stem, variants in groups.items():
        whole = [name for name in _PREFERRED if name in variants and not _is_sharded(variants[name])]
        plain = [""] if "" in variants else []
        variant = next(
            iter([*[name for name in whole if name in ("fp16", "bf16")], *plain, *whole, *variants])
        )
        chosen = variants[variant]
        _refuse_incomplete(chosen, source)
        for match in chosen:
            taken[match.string] = match.string if _is_sharded(chosen) else f"{stem}.safetensors"
    return taken


def _is_sharded(matches: list[re.Match[str]]) -> bool:
    return any(match["shard"] or match["shard_after"] for match in matches)


def _refuse_incomplete(chosen: list[re.Match[str]], source: Source) -> None:
    counts = {int(match["count"] or match["count_after"] or 1) for match in chosen}
    if counts != {len(chosen)}:
        raise _unfit(say("{repo} lacks a part of {stem}.", repo=source.repo, stem=chosen[0]["stem"]))


def _has_shards(path: str, kept: dict[str, str]) -> bool:
    index = _INDEX.fullmatch(path)
    assert index
    for other in kept:
        weights = _WEIGHTS.fullmatch(other)
        if weights and (weights["stem"], weights["variant"]) == (index["stem"], index["variant"]):
            return _is_sharded([weights])
    return False


def _refuse_outsiders(paths: Iterable[str], source: Source) -> None:
    for path in paths:
        if not is_inside(path):
            raise _unfit(
                say(
                    "{repo} has a file called {path}, which leads out of the model's folder.",
                    repo=source.repo,
                    path=repr(path),
                )
            )


def _unfit(message: Sentence) -> DownloadFailed:
    return DownloadFailed(
        message,
        say("Choose another model, and tell whoever publishes this one."),
    )
