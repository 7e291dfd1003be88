"""Pictures on disk: a plain folder of PNG files, each with its recipe inside.

What comes in passes one door (`open_picture`): the size is read before anything is decoded, the colours
become sRGB, the camera's orientation is applied, metadata is dropped. What goes out is whole or not there.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import shutil
import tempfile
import unicodedata
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

from dalle_studio.core.errors import CannotWrite, StudioError, UnreadablePicture
from dalle_studio.core.format import MAX_SIDE_PX, MIN_SIDE_PX, Size
from dalle_studio.core.mask import Mask
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Parent, Recipe, from_json, request_of
from dalle_studio.core.request import Request
from dalle_studio.core.sentence import Bytes, say

RECIPE_KEY = "dalle-studio"
MAX_FILE_BYTES = 512 * 1024**2
MAX_TEXT_BYTES = 256 * 1024**2
FREE_SPACE_BYTES = 64 * 1024**2
MAX_STEM_CHARS, MAX_STEM_BYTES = 48, 180  # file systems allow 255 bytes, some encrypted ones fewer
_READABLE = ("PNG", "JPEG", "WEBP", "TIFF", "GIF", "BMP")


def open_picture(path: Path) -> Picture:
    """Read a picture with its recipe, if it has one. Raises UnreadablePicture with the reason."""
    image, recipe_text = _decode(path)
    recipe = from_json(recipe_text) if recipe_text else None
    return Picture(np.array(image), recipe, path.name)


def open_mask(path: Path, size: Size) -> Mask:
    """Read a mask for a picture of that size: white = make it here; what is transparent is not white.

    One of another size but the same proportions is scaled. Raises UnreadablePicture, also for other proportions.
    """
    image, _ = _decode(path, backdrop="black")
    width, height = image.size
    if abs(width - height * size.aspect) > max(1, 0.01 * width):
        raise UnreadablePicture(
            say(
                "The mask {name} has {own} pixels and the picture {size}.",
                name=path.name,
                own=Size(width, height),
                size=size,
            ),
            say("Use a mask of the picture's own size, or of the same proportions."),
        )
    grey = image.convert("L")
    return np.array(grey if grey.size == size.wh else grey.resize(size.wh, Image.Resampling.BILINEAR))


def open_request(path: Path, source_folders: Sequence[Path] = ()) -> Request:
    """The request that makes the picture at `path` again, its source pictures found and checked.

    They are looked for beside the picture, then in `source_folders`.
    Raises UnreadablePicture where the picture has no recipe or a source is missing.
    """
    picture = open_picture(path)
    if picture.recipe is None:
        raise UnreadablePicture(
            say("{name} carries no recipe.", name=path.name),
            say("Only pictures made by Dalle Studio can be made again."),
        )
    folders = [path.parent, *source_folders]
    return request_of(picture.recipe, lambda parent: _find_parent(parent, folders))


def check_folder(folder: Path) -> None:
    """Make the folder if need be and see that it takes files. Raises CannotWrite before any work is done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _cannot_write(folder, error) from error
    check_space(folder)


def check_space(folder: Path) -> None:
    """See that the folder's disk has room left; it need not be there yet. Raises CannotWrite."""
    there = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    try:
        free = shutil.disk_usage(there).free
    except OSError as error:
        raise _cannot_write(folder, error) from error
    if free < FREE_SPACE_BYTES:
        raise CannotWrite(
            say("The disk of {folder} has only {free} left.", folder=folder, free=Bytes(free)),
            say("Free some space or use another folder."),
        )


def save_picture(picture: Picture, folder: Path, stem: str) -> Path:
    """Write the picture as a PNG with its recipe, under a name that is not taken yet.

    The file appears whole or not at all, also when the process is killed or another one writes there too.
    Returns its path. Raises CannotWrite.
    """
    data = _encode(picture)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _write_new(data, folder, stem)
    except OSError as error:
        raise _cannot_write(folder, error) from error


def write_png(path: Path, image: Image.Image) -> None:
    """Write or replace a PNG without a recipe in one go, durably. Raises OSError."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    temporary = _write_temporary(buffer.getvalue(), path.parent)
    try:
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def file_stem(text: str) -> str:
    """A readable file name without folder or ending, in any script: “A red car!” -> “a-red-car”."""
    stem = ""
    for character in unicodedata.normalize("NFC", text.lower()):
        # the vowel signs of Devanagari, Thai and others are marks: part of the letter before them
        is_mark = unicodedata.category(character) in ("Mn", "Mc") and stem[-1:] not in ("", "-")
        stem += character if character.isalnum() or is_mark else "-"
    stem = re.sub("-+", "-", stem).strip("-")[:MAX_STEM_CHARS]
    while len(stem.encode()) > MAX_STEM_BYTES:
        stem = stem[:-1]
    return stem.rstrip("-") or "picture"


def _decode(path: Path, backdrop: str = "white") -> tuple[Image.Image, str]:
    _check_file(path)
    Image.MAX_IMAGE_PIXELS = None  # the header check below is stricter
    PngImagePlugin.MAX_TEXT_CHUNK = PngImagePlugin.MAX_TEXT_MEMORY = MAX_TEXT_BYTES  # masks make recipes long
    try:
        # Pillow warns of damaged metadata, which is dropped anyway
        with warnings.catch_warnings(action="ignore"), Image.open(path, formats=_READABLE) as image:
            _check_pixels(path, Size(*image.size))
            image.load()
            text = image.info.get(RECIPE_KEY, "")
            turned = ImageOps.exif_transpose(image)
            return _to_srgb(turned, backdrop), text if isinstance(text, str) else ""
    except StudioError:
        raise
    except Exception as error:  # Pillow raises nearly everything on broken files
        raise UnreadablePicture(
            say("{name} is damaged or no picture this studio can read.", name=path.name),
            say("Use a whole PNG, JPEG, WebP, TIFF, GIF or BMP file."),
            repr(error),
        ) from error


def _check_file(path: Path) -> None:
    try:
        length = path.stat().st_size
    except OSError as error:
        raise UnreadablePicture(
            say("There is no picture at {path}.", path=path), say("Check the path."), repr(error)
        ) from error
    if not path.is_file():
        raise UnreadablePicture(
            say("{path} is not a file.", path=path), say("Name a picture file, not a folder.")
        )
    if not os.access(path, os.R_OK):
        raise UnreadablePicture(
            say("{path} may not be read.", path=path), say("Check who may read the file.")
        )
    if length > MAX_FILE_BYTES:
        raise UnreadablePicture(
            say("{name} has {length}.", name=path.name, length=Bytes(length)),
            say("Use a file of at most {most}.", most=Bytes(MAX_FILE_BYTES)),
        )


def _check_pixels(path: Path, size: Size) -> None:
    if max(size.wh) > MAX_SIDE_PX:
        raise UnreadablePicture(
            say("{name} has {size} pixels, too many to work on.", name=path.name, size=size),
            say("Scale it down to at most {most} pixels a side.", most=MAX_SIDE_PX),
        )
    if min(size.wh) < MIN_SIDE_PX:
        raise UnreadablePicture(
            say("{name} has only {size} pixels.", name=path.name, size=size),
            say("Use a picture of at least {least} pixels a side.", least=MIN_SIDE_PX),
        )


def _to_srgb(image: Image.Image, backdrop: str) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        image = _to_8_bit(image)
    if image.has_transparency_data:
        mode = "L" if image.mode in ("1", "L", "LA") else "RGB"
        rgba = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", rgba.size, backdrop), rgba).convert(mode)
    return (_apply_profile(image, profile) if profile else image).convert("RGB")


def _apply_profile(image: Image.Image, profile: bytes) -> Image.Image:
    if image.mode not in ("RGB", "CMYK", "L"):
        image = image.convert("RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")  # type: ignore[reportUnknownMemberType]
        converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")  # type: ignore[reportUnknownArgumentType]
    except (ImageCms.PyCMSError, OSError, TypeError):  # broken, or meant for another kind of picture
        return image
    return converted or image


def _to_8_bit(image: Image.Image) -> Image.Image:
    """From grey of 16 bits, of 32 bits that hold 8 or 16, or of floats from 0 to 1 or to 255."""
    values = np.nan_to_num(np.asarray(image, dtype=np.float32))
    most = values.max(initial=0)
    if image.mode == "F":
        highest = 1.0 if most <= 1 else 255.0
    else:
        highest = 255.0 if image.mode == "I" and most <= 255 else 65535.0
    return Image.fromarray(np.clip(values * (255 / highest), 0, 255).round().astype(np.uint8))


def _encode(picture: Picture) -> bytes:
    info = PngImagePlugin.PngInfo()
    if picture.recipe is not None:
        info.add_itxt(RECIPE_KEY, picture.recipe.to_json())
        info.add_itxt("parameters", _parameters(picture.recipe, picture.size))
    buffer = io.BytesIO()
    picture.image.save(buffer, "PNG", pnginfo=info, compress_level=1)
    return buffer.getvalue()


def _parameters(recipe: Recipe, size: Size) -> str:
    """The line that AUTOMATIC1111 began and most programs read."""
    sampling = recipe.request.get("sampling", {})
    facts = {
        "Steps": sampling.get("steps"),
        "CFG scale": sampling.get("guidance_scale"),
        "Seed": sampling.get("seed"),
        "Size": f"{size.width_px}x{size.height_px}",
        "Model": f"{recipe.request['model']} {recipe.provenance.model_version}",
    }
    negative = sampling.get("negative_prompt")
    lines = [
        recipe.prompt,
        *([f"Negative prompt: {negative}"] if negative else []),
        ", ".join(f"{key}: {value}" for key, value in facts.items() if value is not None),
    ]
    return "\n".join(lines)


def _write_new(data: bytes, folder: Path, stem: str) -> Path:
    temporary = _write_temporary(data, folder)
    try:
        for number in range(1, 100_000):
            path = folder / (f"{stem}.png" if number == 1 else f"{stem}-{number}.png")
            with contextlib.suppress(FileExistsError):
                _publish(temporary, path)
                return path
        raise FileExistsError(f"{folder} is full of {stem}-*.png")
    finally:
        temporary.unlink(missing_ok=True)


def _publish(temporary: Path, path: Path) -> None:
    """Give the finished file its name, unless the name is taken (FileExistsError)."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(str(path)) from None
        temporary.rename(path)


def _write_temporary(data: bytes, folder: Path) -> Path:
    handle, name = tempfile.mkstemp(prefix=".dalle-studio-", suffix=".part", dir=folder)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):  # not every file system knows modes
            path.chmod(0o644)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _cannot_write(folder: Path, error: OSError) -> CannotWrite:
    reason = error.strerror or say("an unknown reason")
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return CannotWrite(
        say("Nothing can be written to {folder}: {reason}.", folder=folder, reason=reason),
        say("Free some space or use another folder.") if is_full else say("Use another folder."),
        repr(error),
    )


def _find_parent(parent: Parent, folders: list[Path]) -> Picture:
    for folder in folders:
        path = folder / Path(parent.name).name
        if parent.name and path.is_file():
            with contextlib.suppress(UnreadablePicture):  # another file of that name
                picture = open_picture(path)
                if picture.sha256 == parent.sha256:
                    return picture
    raise UnreadablePicture(
        say("The source picture “{name}” is not beside this one, or it has changed.", name=parent.name),
        say("Say where it lies with --source-folder."),
    )
