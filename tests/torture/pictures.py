"""Small pictures of every kind that the studio opens: modes, depths, packings, animations, metadata."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from PIL import Image, PngImagePlugin

from dalle_studio.storage.library import RECIPE_KEY
from tests.storage.samples import chunk, cmyk_profile, encoded, generated, grey_profile, swapped_profile

WIDTH_PX, HEIGHT_PX = 20, 17
_ADAM7 = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))
"""First row, first column, step of rows, step of columns of each pass (PNG specification, 8.2)."""
_PARAMETERS = (
    "a red car\nNegative prompt: fog\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 64x64"
)
_RED_CAR = '{"3": {"class_type": "KSampler", "inputs": {"seed": 1, "steps": 20, "positive": ["6", 0]}}}'


@cache
def samples() -> tuple[tuple[str, bytes], ...]:
    """Files as (name, content): some sixty, a few hundred bytes each; the same in every process."""
    kinds = {"png": _pngs, "jpg": _jpegs, "webp": _webps, "tif": _tiffs, "gif": _gifs, "bmp": _bmps}
    return tuple((f"{what}.{kind}", data) for kind, make in kinds.items() for what, data in make())


def image(mode: str) -> Image.Image:
    """A picture with soft and hard edges, in a mode that Pillow makes from RGBA; also 16-bit grey and floats."""
    rows, columns = np.mgrid[0:HEIGHT_PX, 0:WIDTH_PX]
    colours = [rows * 14, columns * 12, (rows * columns) % 251, 255 - (rows > 8) * columns * 9]
    whole = Image.fromarray(np.stack(colours, axis=2).astype(np.uint8))
    if mode == "I;16":
        return Image.fromarray((rows * 3000 + columns * 900).astype(np.uint16))
    if mode == "F":
        return Image.fromarray((rows / 20 + columns / 40).astype(np.float32))
    return whole.convert(mode) if mode.endswith("A") else whole.convert("RGB").convert(mode)


def _pngs() -> Iterator[tuple[str, bytes]]:
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        yield f"png-{mode.replace(';', '')}", encoded(image(mode))
    yield "palette-with-alpha", encoded(image("RGB").quantize(7), transparency=bytes([0, 128, 255]))
    yield "colour-key", encoded(image("RGB"), transparency=(0, 0, 0))
    yield "interlaced", _interlaced(image("RGB"))
    yield "interlaced-grey-16", _interlaced(image("I;16"))
    yield "colours-16", _colours_16()
    yield "animated", encoded(image("RGB"), save_all=True, append_images=_frames("RGB"), duration=9)
    yield "profile", encoded(image("RGB"), icc_profile=swapped_profile())
    yield "grey-profile", encoded(image("L"), icc_profile=grey_profile())
    yield "turned", encoded(image("RGB"), exif=_exif(6))
    yield (
        "recipe",
        encoded(image("RGB"), pnginfo=_texts({RECIPE_KEY: _recipe(), "parameters": _PARAMETERS})),
    )
    yield "graph", encoded(image("L"), pnginfo=_texts({"prompt": _RED_CAR, "workflow": '{"nodes": []}'}))
    yield (
        "packed-text",
        encoded(image("P"), pnginfo=_texts({"invokeai_metadata": '{"seed": 1}'}, packed=True)),
    )


def _jpegs() -> Iterator[tuple[str, bytes]]:
    for mode in ("L", "RGB", "CMYK"):
        yield f"jpeg-{mode}", encoded(image(mode), "JPEG")
    yield "progressive", encoded(image("RGB"), "JPEG", progressive=True, subsampling=2)
    yield "restarts", encoded(image("RGB"), "JPEG", restart_marker_blocks=1)
    yield "turned", encoded(image("RGB"), "JPEG", exif=_exif(5))
    yield "commented", encoded(image("RGB"), "JPEG", exif=_exif(1, _PARAMETERS))
    yield "profile", encoded(image("RGB"), "JPEG", icc_profile=swapped_profile())
    yield "press", encoded(image("CMYK"), "JPEG", icc_profile=cmyk_profile())
    yield "several", encoded(image("RGB"), "MPO", save_all=True, append_images=_frames("RGB"))


def _webps() -> Iterator[tuple[str, bytes]]:
    for mode in ("RGB", "RGBA"):
        yield f"webp-{mode}", encoded(image(mode), "WEBP")
        yield f"lossless-{mode}", encoded(image(mode), "WEBP", lossless=True)
    yield "animated", encoded(image("RGBA"), "WEBP", save_all=True, append_images=_frames("RGBA"))
    yield "turned", encoded(image("RGB"), "WEBP", exif=_exif(8, _PARAMETERS))
    yield "profile", encoded(image("RGB"), "WEBP", icc_profile=swapped_profile(), xmp=b"<x/>")


def _tiffs() -> Iterator[tuple[str, bytes]]:
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "LAB", "I;16", "F"):
        yield f"tiff-{mode.replace(';', '')}", encoded(image(mode), "TIFF")
    for packing in ("tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"):
        yield packing, encoded(image("RGB"), "TIFF", compression=packing)
    yield "fax", encoded(image("1"), "TIFF", compression="group4")
    yield "predicted", encoded(image("RGB"), "TIFF", compression="tiff_lzw", tiffinfo={317: 2})
    yield "pages", encoded(image("L"), "TIFF", save_all=True, append_images=_frames("L"))
    yield "turned", encoded(image("RGB"), "TIFF", tiffinfo={274: 6}, icc_profile=swapped_profile())
    yield "large-offsets", encoded(image("RGB"), "TIFF", big_tiff=True)


def _gifs() -> Iterator[tuple[str, bytes]]:
    yield "gif-L", encoded(image("L"), "GIF")
    yield "gif-P", encoded(image("P"), "GIF", interlace=0)
    yield "transparent", encoded(image("P"), "GIF", transparency=3, comment=b"a red car")
    frames = [frame.convert("P") for frame in _frames("RGB")]
    yield "animated", encoded(image("P"), "GIF", save_all=True, append_images=frames, disposal=2, loop=0)


def _bmps() -> Iterator[tuple[str, bytes]]:
    for mode in ("1", "L", "P", "RGB", "RGBA"):
        yield f"bmp-{mode}", encoded(image(mode), "BMP")
    yield "run-lengths", _run_lengths()


def _frames(mode: str) -> list[Image.Image]:
    return [
        image(mode).transpose(turn) for turn in (Image.Transpose.ROTATE_180, Image.Transpose.FLIP_TOP_BOTTOM)
    ]


def _exif(orientation: int, comment: str = "") -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    if comment:
        exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + comment.encode("utf-16-be")
    return exif.tobytes()


def _texts(texts: dict[str, str], packed: bool = False) -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    for key, text in texts.items():
        info.add_itxt(key, text, zip=packed)
        info.add_text(f"{key} again", text, zip=packed)
    return info


def _recipe() -> str:
    recipe = generated().recipe
    assert recipe is not None
    return recipe.to_json()


def _interlaced(picture: Image.Image) -> bytes:
    """Pillow reads Adam7 and does not write it."""
    pixels: Any = np.array(picture)
    kind, depth = (2, 8) if pixels.ndim == 3 else (0, 16)
    passes = (pixels[row::down, column::right] for row, column, down, right in _ADAM7)
    lines = b"".join(_line(line, depth) for part in passes for line in part)
    return _png(kind, depth, interlaced=True, lines=lines)


def _colours_16() -> bytes:
    pixels: Any = np.array(image("RGBA")).astype(np.uint16) * 257
    return _png(6, 16, interlaced=False, lines=b"".join(_line(line, 16) for line in pixels))


def _line(line: Any, depth: int) -> bytes:
    return b"\0" + line.astype(">u2" if depth == 16 else "u1").tobytes() if line.size else b""


def _png(kind: int, depth: int, interlaced: bool, lines: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", WIDTH_PX, HEIGHT_PX, depth, kind, 0, 0, interlaced)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(lines)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _run_lengths() -> bytes:
    """A BMP of run lengths (BI_RLE8), which Pillow reads and does not write."""
    lines = b"".join(bytes([WIDTH_PX // 2, row, WIDTH_PX // 2, row + 40, 0, 0]) for row in range(HEIGHT_PX))
    lines += b"\0\1"
    palette = b"".join(bytes([each, 255 - each, each // 2, 0]) for each in range(256))
    start = 54 + len(palette)
    head = struct.pack("<2sIHHI", b"BM", start + len(lines), 0, 0, start)
    head += struct.pack("<IiiHHIIiiII", 40, WIDTH_PX, HEIGHT_PX, 1, 8, 1, len(lines), 2835, 2835, 256, 0)
    return head + palette + lines


def decoded(data: bytes) -> Image.Image:
    """As Pillow reads a file. Raises what Pillow raises."""
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        return picture
