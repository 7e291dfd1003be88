"""Openly licensed emoji art: fetched with npm, rendered, cut out and stored as sprites.

Every thing of `concepts` is there in up to three drawing styles, called families: ``3d``, ``flat`` and
``noto``. Those are what the model learns from. The judges of the scorecard learn from other families, which
the model never sees (`JUDGE_PACKAGES`).
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import resvg_py
from PIL import Image

from dalle_studio.training.art.concepts import LABELS, THINGS
from dalle_studio.training.draw.colours import Sprite
from dalle_studio.training.run.files import whole_file, whole_folder
from dalle_studio.training.run.report import Report

SPRITE_SIDE = 224
"""Longer side of every sprite, in pixels."""
RENDER_SIDE = 256


@dataclass(frozen=True)
class Package:
    """An npm package that art or names come from."""

    name: str
    version: str
    licence: str
    family: str
    """Name of the family its pictures form; empty for a package without pictures."""
    credit: str


PACKAGES = (
    Package("@lobehub/fluent-emoji-3d", "1.1.0", "MIT", "3d", "Fluent Emoji, Microsoft; packed by LobeHub"),
    Package("@iconify-json/fluent-emoji-flat", "1.2.6", "MIT", "flat", "Fluent Emoji Flat, Microsoft"),
    Package("@iconify-json/noto", "1.2.9", "Apache-2.0", "noto", "Noto Emoji, Google"),
)
"""What the model learns from, and what it ships."""
JUDGE_PACKAGES = (
    Package("@iconify-json/twemoji", "1.2.5", "CC-BY-4.0", "twemoji", "Twemoji, Twitter and contributors"),
    Package("@iconify-json/fxemoji", "1.2.2", "Apache-2.0", "fxemoji", "Firefox OS Emoji, Mozilla"),
    Package("@iconify-json/emojione", "1.2.3", "CC-BY-4.0", "emojione", "EmojiOne 2, Emoji One"),
    Package("@iconify-json/noto-v1", "1.2.5", "Apache-2.0", "noto-v1", "Noto Emoji of 2017, Google"),
    Package("@iconify-json/openmoji", "1.2.29", "CC-BY-SA-4.0", "openmoji", "OpenMoji, HfG Schwäbisch Gmünd"),
)
"""What only judges learn from. Nothing of it is shipped."""
NAMES = Package("emojibase-data", "17.0.0", "MIT", "", "Emojibase, Miles Johnson: names of emoji")
FAMILIES = tuple(package.family for package in PACKAGES)
JUDGE_FAMILIES = tuple(package.family for package in JUDGE_PACKAGES)
STAND_INS = ("noto", "flat", "3d")
"""Families tried in turn for a thing that the wanted family lacks."""
LEFT_OUT = frozenset({
    ("paperclip", "3d"),  # has a face
    ("desktop computer", "fxemoji"), ("dice", "fxemoji"), ("sunglasses", "fxemoji"), ("umbrella", "fxemoji"),
    ("window", "fxemoji"),  # of a computer
    ("grasshopper", "emojione"), ("grasshopper", "noto-v1"),  # the game of cricket
    ("laptop", "emojione"), ("laptop", "noto-v1"),
})  # fmt: skip
"""Drawings that do not show the thing well: names of things and families."""
PERSON, MAN, WOMAN = "1f9d1", "1f468", "1f469"
GENDER = re.compile("-200d-264[02](-fe0f)?$")


class Sprites:
    """The sprites of all things, read from disk when first asked for."""

    def __init__(self, arrays: Mapping[str, Sprite]) -> None:
        """Take a mapping from ``name/family`` to sprites, such as an opened .npz file."""
        self._arrays = arrays
        self._read: dict[str, Sprite] = {}
        self._keys = frozenset(arrays)

    @classmethod
    def load(cls, path: Path) -> Sprites:
        """Open a file written by `make_sprites`."""
        return cls(np.load(path, allow_pickle=False))

    def get(self, name: str, family: str) -> Sprite:
        """The sprite of a thing in a family, or in the first stand-in family that has it."""
        key = next(key for key in self._candidates(name, family) if key in self._keys)
        if key not in self._read:
            self._read[key] = self._arrays[key]
        return self._read[key]

    def families_of(self, name: str) -> tuple[str, ...]:
        """The families of `PACKAGES` that have a sprite of a thing."""
        return tuple(family for family in FAMILIES if f"{name}/{family}" in self._keys)

    def _candidates(self, name: str, family: str) -> Iterator[str]:
        return (f"{name}/{each}" for each in (family, *STAND_INS))


def fetch(folder: Path, report: Report, packages: Sequence[Package] = PACKAGES) -> None:
    """Download and unpack the names of emoji and every package of a table that `folder` does not hold yet.

    Raises:
        RuntimeError: npm is not installed.
        subprocess.CalledProcessError: npm could not fetch a package; its message is on the terminal.
    """
    for package in (NAMES, *packages):
        if not (folder / _folder_name(package)).exists():
            report.line(f"art: fetching {package.name} {package.version} ({package.licence})")
            _fetch_package(package, folder)


def _folder_name(package: Package) -> str:
    return package.name.replace("/", "-").removeprefix("@")


def _fetch_package(package: Package, folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("npm was not found. Install Node.js with npm, then run this stage again.")
    with whole_folder(folder / _folder_name(package)) as target:
        wanted = f"{package.name}@{package.version}"
        subprocess.run(
            [npm, "pack", wanted, "--silent", "--pack-destination", str(target)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        archive = next(target.glob("*.tgz"))
        with tarfile.open(archive) as packed:
            packed.extractall(target, filter="data")
        archive.unlink()


def make_sprites(folder: Path, target: Path, report: Report, packages: Sequence[Package] = PACKAGES) -> None:
    """Render all things in all families of a table into one compressed .npz of ``name/family`` arrays.

    Args:
        folder: where `fetch` put the packages.
        target: the .npz file.
        report: told how many there are.
        packages: the table.
    """
    names = json.loads((folder / _folder_name(NAMES) / "package/en/data.json").read_text("utf-8"))
    hexcodes = {entry["label"]: entry["hexcode"] for entry in names}
    sources = [_source(package, folder) for package in packages]
    sprites: dict[str, Sprite] = {}
    for thing in report.track(THINGS, "Rendering sprites"):
        label = LABELS[thing.name]
        wanted = _Wanted(spellings(hexcodes[label].lower()), spoken((label, *thing.names["en"])))
        sprites |= _sprites_of(thing.name, wanted, sources)
    with whole_file(target) as path:
        np.savez_compressed(path, **sprites)  # pyright: ignore[reportArgumentType]
    report.line(f"art: {len(sprites)} sprites of {len(THINGS)} things")


def spellings(code: str) -> list[str]:
    """A code point sequence as the packages may write it, the best first.

    With or without the emoji mark; for a person of no gender a man or a woman; without the mark of gender.
    """
    codes = [code, code.replace(PERSON, MAN, 1), code.replace(PERSON, WOMAN, 1)] if PERSON in code else [code]
    neutral = GENDER.sub("", code)
    codes += [neutral] if neutral != code else [f"{code}-200d-2642-fe0f", f"{code}-200d-2640-fe0f"]
    return [form for each in codes for form in (each, each.replace("-fe0f", ""), f"{each}-fe0f")]


def spoken(names: Sequence[str]) -> list[str]:
    """Names of icons, without hyphens, that may show what has these names: full bodies before faces."""
    words = (re.sub("[^a-z0-9]", "", name.lower()) for name in names)
    return [form for word in words for form in (f"{word}side", word, f"{word}face")]


@dataclass(frozen=True)
class _Wanted:
    """What a drawing may be filed under, the best first."""

    codes: Sequence[str]
    names: Sequence[str]


def _sprites_of(name: str, wanted: _Wanted, sources: Sequence[_IconSet | _Pictures]) -> dict[str, Sprite]:
    fitting = [source for source in sources if (name, source.family) not in LEFT_OUT]
    found = {source.family: source.render(wanted) for source in fitting}
    return {f"{name}/{family}": cut_out(image) for family, image in found.items() if image is not None}


def _source(package: Package, folder: Path) -> _IconSet | _Pictures:
    inside = folder / _folder_name(package) / "package"
    return _IconSet(package, inside) if (inside / "icons.json").exists() else _Pictures(package, inside)


class _Pictures:
    """A package of WebP files, named by code point."""

    def __init__(self, package: Package, folder: Path) -> None:
        self.family = package.family
        self._folder = folder / "assets"

    def render(self, wanted: _Wanted) -> Image.Image | None:
        """The first picture that there is."""
        paths = (self._folder / f"{code}.webp" for code in wanted.codes)
        return next((Image.open(path) for path in paths if path.exists()), None)


class _IconSet:
    """One Iconify package: SVG bodies by icon name, and icon names by code point.

    Old sets lack code points; their icons are found by name.
    """

    def __init__(self, package: Package, folder: Path) -> None:
        self.family = package.family
        self._set = json.loads((folder / "icons.json").read_text("utf-8"))
        self._by_code: dict[str, str] = json.loads((folder / "chars.json").read_text("utf-8"))
        names = (*self._set["icons"], *self._set.get("aliases", {}))
        self._by_name: dict[str, str] = {name.replace("-", ""): name for name in names}

    def render(self, wanted: _Wanted) -> Image.Image | None:
        """The first picture that the set has, `RENDER_SIDE` px square."""
        table = self._by_code or self._by_name
        keys = wanted.codes if self._by_code else wanted.names
        name = next((table[key] for key in keys if key in table), None)
        if name not in self._set["icons"]:
            name = self._set.get("aliases", {}).get(name, {}).get("parent")
        return None if name is None else self._draw(self._set["icons"][name])

    def _draw(self, icon: dict[str, str]) -> Image.Image:
        width, height = (icon.get(side, self._set.get(side, 16)) for side in ("width", "height"))
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'viewBox="0 0 {width} {height}" width="{RENDER_SIDE}" height="{RENDER_SIDE}" color="black">'
            f"{icon['body']}</svg>"
        )
        png = resvg_py.svg_to_bytes(svg_string=svg, width=RENDER_SIDE, height=RENDER_SIDE)
        return Image.open(io.BytesIO(bytes(png)))


def cut_out(image: Image.Image) -> Sprite:
    """Crop a picture to what is opaque and scale its longer side to `SPRITE_SIDE`.

    The scaling works on premultiplied colours, so that no dark or light rim appears.
    """
    pixels = np.asarray(image.convert("RGBA"))
    rows, columns = np.nonzero(pixels[..., 3] > 8)
    pixels = pixels[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1].astype(np.float32)
    pixels[..., :3] *= pixels[..., 3:] / 255
    scale = SPRITE_SIDE / max(pixels.shape[:2])
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    scaled = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    alpha = np.clip(scaled[..., 3:], 0, 255)
    colours = np.where(alpha > 0, scaled[..., :3] * 255 / np.maximum(alpha, 1), 0)
    return np.clip(np.concatenate([colours, alpha], axis=-1), 0, 255).astype(np.uint8)
