"""Openly licensed emoji art: fetched with npm, rendered, cut out and stored as sprites.

Every thing of `concepts` is there in up to five drawing styles, called families: ``3d``, ``flat``,
``icon``, ``noto`` and ``twemoji``.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import resvg_py
from PIL import Image

from dalle_studio.training.colours import Sprite
from dalle_studio.training.concepts import THINGS, Thing
from dalle_studio.training.files import whole_file, whole_folder
from dalle_studio.training.report import Report

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
    Package(
        "@iconify-json/fluent-emoji-high-contrast", "1.2.6", "MIT", "icon", "Fluent High Contrast, Microsoft"
    ),
    Package("@iconify-json/noto", "1.2.9", "Apache-2.0", "noto", "Noto Emoji, Google"),
    Package("@iconify-json/twemoji", "1.2.5", "CC-BY-4.0", "twemoji", "Twemoji, Twitter and contributors"),
    Package("emojibase-data", "17.0.0", "MIT", "", "Emojibase, Miles Johnson: names of emoji"),
)
FAMILIES = tuple(package.family for package in PACKAGES if package.family)
STAND_INS = ("noto", "flat", "3d", "twemoji")
"""Families tried in turn for a thing that the wanted family lacks."""
LEFT_OUT = {("astronaut", "twemoji")}
"""Drawings that do not show the thing well."""
HEXCODES = {"traffic_light": "1F6A5"}
"""Code points of labels that Emojibase spells differently."""


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

    def _candidates(self, name: str, family: str) -> Iterator[str]:
        return (f"{name}/{each}" for each in (family, *STAND_INS))


def fetch(folder: Path, report: Report) -> None:
    """Download and unpack every package that `folder` does not hold yet.

    Raises:
        RuntimeError: npm is not installed.
        subprocess.CalledProcessError: npm could not fetch a package; its message is on the terminal.
    """
    for package in PACKAGES:
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


def make_sprites(packages: Path, target: Path, report: Report) -> None:
    """Render all things in all families into one compressed .npz of ``name/family`` arrays."""
    names = json.loads((packages / "emojibase-data/package/en/data.json").read_text("utf-8"))
    hexcodes = {entry["label"]: entry["hexcode"] for entry in names} | HEXCODES
    icon_sets = [_IconSet(package, packages) for package in PACKAGES if "@iconify" in package.name]
    webp_folder = packages / _folder_name(PACKAGES[0]) / "package/assets"
    sprites: dict[str, Sprite] = {}
    for thing in report.track(THINGS, "Rendering sprites"):
        codes = _spellings(hexcodes[thing.label].lower())
        sprites |= _sprites_of(thing, codes, webp_folder, icon_sets)
    with whole_file(target) as path:
        np.savez_compressed(path, **sprites)  # pyright: ignore[reportArgumentType]
    report.line(f"art: {len(sprites)} sprites of {len(THINGS)} things")


def _spellings(code: str) -> list[str]:
    """A code point sequence as the packages write it: with or without the emoji mark, or its first part."""
    return [code, code.replace("-fe0f", ""), f"{code}-fe0f", re.sub("-200d.*", "", code)]


def _sprites_of(
    thing: Thing, codes: list[str], webp_folder: Path, icon_sets: list[_IconSet]
) -> dict[str, Sprite]:
    webp = next((path for code in codes if (path := webp_folder / f"{code}.webp").exists()), None)
    found = {"3d": Image.open(webp) if webp else None}
    found |= {icons.family: icons.render(codes) for icons in icon_sets}
    return {
        f"{thing.name}/{family}": cut_out(image)
        for family, image in found.items()
        if image is not None and (thing.name, family) not in LEFT_OUT
    }


class _IconSet:
    """One Iconify package: SVG bodies by icon name, and icon names by code point."""

    def __init__(self, package: Package, packages: Path) -> None:
        folder = packages / _folder_name(package) / "package"
        self.family = package.family
        self._set = json.loads((folder / "icons.json").read_text("utf-8"))
        self._by_code = json.loads((folder / "chars.json").read_text("utf-8"))

    def render(self, codes: list[str]) -> Image.Image | None:
        """The picture of the first code point sequence that the set has, `RENDER_SIDE` px square."""
        name = next((self._by_code[code] for code in codes if code in self._by_code), None)
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
