"""Pictures on disk: a plain folder of PNG files, each with its recipe inside.

What comes in passes one door (`open_picture`): the size is read before anything is decoded, the colours
become sRGB, the camera's orientation is applied, metadata is dropped. What goes out is whole or not there.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import tempfile
import unicodedata
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

from dalle_studio.core.errors import CannotWrite, StudioError, UnreadablePicture
from dalle_studio.core.format import MAX_SIDE_PX, MIN_SIDE_PX, Size
from dalle_studio.core.mask import Mask
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Parent, Recipe, from_json, request_of
from dalle_studio.core.request import Request

RECIPE_KEY = "dalle-studio"
MAX_PICTURE_PX = MAX_SIDE_PX**2
MAX_FILE_BYTES = 512 * 1024**2
FREE_SPACE_BYTES = 64 * 1024**2
_READABLE = ("PNG", "JPEG", "WEBP", "TIFF", "GIF", "BMP")


def open_picture(path: Path) -> Picture:
    """Read a picture with its recipe, if it has one. Raises UnreadablePicture with the reason."""
    image, recipe_text = _decode(path)
    recipe = from_json(recipe_text) if recipe_text else None
    return Picture(np.array(image), recipe, path.name)


def open_mask(path: Path, size: Size) -> Mask:
    """Read a mask: white = make it here. Raises UnreadablePicture, also where it has another size."""
    image, _ = _decode(path)
    if image.size != size.wh:
        raise UnreadablePicture(
            f"The mask {path.name} has {Size(*image.size)} pixels and the picture {size}.",
            "Use a mask of the picture's own size.",
        )
    return np.array(image.convert("L"))


def open_request(path: Path, source_folder: Path | None = None) -> Request:
    """The request that makes the picture at `path` again, its source pictures found and checked.

    They are looked for beside the picture, then in `source_folder`.
    Raises UnreadablePicture where the picture has no recipe or a source is missing.
    """
    picture = open_picture(path)
    if picture.recipe is None:
        raise UnreadablePicture(
            f"{path.name} carries no recipe.", "Only pictures made by Dalle Studio can be made again."
        )
    folders = [path.parent, *([source_folder] if source_folder else [])]
    return request_of(picture.recipe, lambda parent: _find_parent(parent, folders))


def check_folder(folder: Path) -> None:
    """Make the folder if need be and see that it takes files. Raises CannotWrite before any work is done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise _cannot_write(folder, error) from error
    if free < FREE_SPACE_BYTES:
        raise CannotWrite(
            f"The disk of {folder} has only {free // 1024**2} MB left.",
            "Free some space or use another folder.",
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


def file_stem(text: str, most_chars: int = 48) -> str:
    """A readable file name without folder or ending, in any script: “A red car!” -> “a-red-car”."""
    normal = unicodedata.normalize("NFC", text.lower())
    stem = re.sub(r"[\W_]+", "-", normal).strip("-")
    while len(stem) > most_chars or len(stem.encode()) > 180:
        stem = stem[: max(1, min(most_chars, len(stem) - 8))].rstrip("-")
    return stem or "picture"


def _decode(path: Path) -> tuple[Image.Image, str]:
    _check_file(path)
    Image.MAX_IMAGE_PIXELS = None  # the header check below is stricter
    try:
        with Image.open(path, formats=_READABLE) as image:
            _check_pixels(path, Size(*image.size))
            image.load()
            text = image.info.get(RECIPE_KEY, "")
            return _to_srgb(ImageOps.exif_transpose(image)), text if isinstance(text, str) else ""
    except StudioError:
        raise
    except Exception as error:  # Pillow raises nearly everything on broken files
        raise UnreadablePicture(
            f"{path.name} is damaged or no picture this studio can read.",
            "Use a whole PNG, JPEG, WebP, TIFF, GIF or BMP file.",
            repr(error),
        ) from error


def _check_file(path: Path) -> None:
    try:
        length = path.stat().st_size
    except OSError as error:
        raise UnreadablePicture(f"There is no picture at {path}.", "Check the path.", repr(error)) from error
    if not path.is_file():
        raise UnreadablePicture(f"{path} is not a file.", "Name a picture file, not a folder.")
    if not os.access(path, os.R_OK):
        raise UnreadablePicture(f"{path} may not be read.", "Check who may read the file.")
    if length > MAX_FILE_BYTES:
        raise UnreadablePicture(f"{path.name} has {length // 1024**2} MB.", "Use a file of at most 512 MB.")


def _check_pixels(path: Path, size: Size) -> None:
    if size.area_px > MAX_PICTURE_PX or max(size.wh) > 2 * MAX_SIDE_PX:
        raise UnreadablePicture(
            f"{path.name} has {size} pixels, too many to work on.",
            f"Scale it down to at most {MAX_SIDE_PX} pixels a side.",
        )
    if min(size.wh) < MIN_SIDE_PX:
        raise UnreadablePicture(
            f"{path.name} has only {size} pixels.", f"Use a picture of at least {MIN_SIDE_PX} pixels a side."
        )


def _to_srgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        image = _to_8_bit(image)
    image = _apply_profile(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        white = Image.new("RGBA", rgba.size, "white")
        image = Image.alpha_composite(white, rgba)
    return image.convert("RGB")


def _apply_profile(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile:
        return image
    if image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        image = image.convert("RGB")
    target = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(
            image, source, ImageCms.createProfile("sRGB"), outputMode=target
        )
    except ImageCms.PyCMSError:  # a profile that does not fit the picture: its numbers are read as sRGB
        return image
    return converted or image


def _to_8_bit(image: Image.Image) -> Image.Image:
    values = np.asarray(image, dtype=np.float32)
    highest = 65535.0 if image.mode != "F" and values.max(initial=0) > 255 else 255.0
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
        path.chmod(0o644)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _cannot_write(folder: Path, error: OSError) -> CannotWrite:
    reason = error.strerror or "an unknown reason"
    return CannotWrite(
        f"Nothing can be written to {folder}: {reason}.",
        "Free some space or use another folder.",
        repr(error),
    )


def _find_parent(parent: Parent, folders: list[Path]) -> Picture:
    for folder in folders:
        path = folder / Path(parent.name).name
        if parent.name and path.is_file():
            picture = open_picture(path)
            if picture.sha256 == parent.sha256:
                return picture
    raise UnreadablePicture(
        f"The source picture “{parent.name}” is not beside this one, or it has changed.",
        "Say where it lies with --source-folder.",
    )
