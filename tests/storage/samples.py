"""Pictures and profiles that the tests of the library put in and take out."""

from __future__ import annotations

import io
import struct
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms

from dalle_studio.core.errors import UnreadablePicture
from dalle_studio.core.format import Size
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Provenance, record
from dalle_studio.core.request import Generate, Sampling
from dalle_studio.storage.library import open_picture

Pixels = np.ndarray[Any, np.dtype[np.uint8]]
MADE = Provenance(
    model_version="0.1",
    device="cpu",
    precision="float32",
    native="256 × 256",
    upscaler="lanczos",
    elapsed_s=1.25,
    created="2026-01-02T03:04:05Z",
    software="Dalle Studio 0.1.0",
)
SAMPLING = Sampling(seed=9, count=1, negative_prompt="fog")
only_linux = pytest.mark.skipif(sys.platform != "linux", reason="a Linux file system")
only_posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and modes of POSIX")


def noise(width_px: int = 32, height_px: int = 24, seed: int = 1) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (height_px, width_px, 3), np.uint8)


def generated(prompt: str = "a red car", width_px: int = 32, seed: int = 1) -> Picture:
    request = Generate(model="starter", prompt=prompt, sampling=SAMPLING, size=Size(64, 64))
    return Picture(noise(width_px, seed=seed), record(request, MADE))


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def rgb(*colour: int) -> Image.Image:
    return Image.new("RGB", (32, 24), colour)


def colour_of(folder: Path, data: bytes, name: str = "picture") -> tuple[int, int, int]:
    """The one colour of a picture that holds no other."""
    (folder / name).write_bytes(data)
    pixels = open_picture(folder / name).pixels
    assert (pixels == pixels[0, 0]).all()
    red, green, blue = pixels[0, 0].tolist()
    return red, green, blue


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_header(width_px: int, height_px: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width_px, height_px, 8, 2, 0, 0, 0))


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def swapped_profile() -> bytes:
    """sRGB with red for blue and blue for red."""
    return srgb_profile().replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")


def profile_of(space: bytes, pcs: bytes, tag: bytes, table: bytes) -> bytes:
    """An ICC profile (ICC.1:2001-04) of one tag."""
    head = struct.pack(">I4sI4s4s4s", 144 + len(table), b"lcms", 0x02400000, b"prtr", space, pcs)
    head += b"\0" * 12 + b"acsp" + b"\0" * 28 + struct.pack(">iii", 0xF6D6, 0x10000, 0xD32D)
    return head.ljust(128, b"\0") + struct.pack(">I4sII", 1, tag, 144, len(table)) + table


def grey_profile() -> bytes:
    """Grey whose numbers are amounts of light."""
    return profile_of(b"GRAY", b"XYZ ", b"kTRC", b"curv\0\0\0\0\0\0\0\0")


def cmyk_profile() -> bytes:
    """A press whose black ink is a middle grey and whose other inks leave the paper white."""
    ramp = bytes(range(256))
    grid = b"".join(bytes([120 if ink % 2 else 255, 128, 128]) for ink in range(16))
    ones = b"".join(struct.pack(">i", 0x10000 if i % 4 == 0 else 0) for i in range(9))
    table = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + ones + ramp * 4 + grid + ramp * 3
    return profile_of(b"CMYK", b"Lab ", b"A2B0", table)


def refusal(path: Path) -> UnreadablePicture:
    with pytest.raises(UnreadablePicture) as caught:
        open_picture(path)
    for sentence in (caught.value.message, caught.value.remedy):
        assert sentence.endswith(".") and "\n" not in sentence
    return caught.value
