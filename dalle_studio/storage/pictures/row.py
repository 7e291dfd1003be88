"""What the library tells about a picture, and which pictures are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dalle_studio.core.recipe import Parent


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a picture's file says about itself.

    Attributes:
        created: UTC, ISO 8601, to the second; of a picture from elsewhere, when its file was last written.
        modified_ns, length_bytes: of the file; another pair means another content.
        origin: the program that made it, such as "Dalle Studio" or "ComfyUI"; empty where that is not known.
        prompt, negative_prompt, verb, model, style: empty where nothing is known.
        elapsed_s: seconds for the request that made it; 0 for a picture from elsewhere.
        parents: what it was made from.
        concerns: why not everybody may want to see it, in words; empty where nothing is known.
    """

    width_px: int
    height_px: int
    created: str
    modified_ns: int
    length_bytes: int
    origin: str = ""
    prompt: str = ""
    negative_prompt: str = ""
    verb: str = ""
    model: str = ""
    style: str = ""
    seed: int | None = None
    steps: int | None = None
    elapsed_s: float = 0.0
    parents: tuple[Parent, ...] = ()
    concerns: str = ""


@dataclass(frozen=True, kw_only=True)
class Row(Facts):
    """A picture of the library.

    Attributes:
        id: when the picture came to be, in microseconds of Unix time, or a little more where two came at once.
            Stays while it is renamed, deleted and brought back. Needs 64 bits, more than a Qt `int` has.
        sha256: of the pixels (`Picture.sha256`); empty where nobody has decoded them yet.
        collections: their names, sorted.
    """

    id: int
    path: Path
    sha256: str = ""
    starred: bool = False
    kept: bool = False
    collections: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which pictures are asked for: those that fit all of it.

    Attributes:
        query: words that begin words of prompt, file name, style, verb, model, origin or collections; of scripts
            without spaces, such as Chinese, any part.
        starred: only those with a star.
        collection: only those in it.
    """

    query: str = ""
    starred: bool = False
    collection: str = ""


EVERYTHING = Filter()
