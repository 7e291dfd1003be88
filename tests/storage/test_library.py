"""The library: whatever comes in is a picture or a clear refusal; what goes out is whole or not there."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import multiprocessing
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageFile, PngImagePlugin

from dalle_studio.core.errors import CannotWrite, InvalidRequest, StudioError, UnreadablePicture
from dalle_studio.core.format import Size
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Provenance, record
from dalle_studio.core.request import Generate, Place, Region, Request, Sampling, Upscale, sources
from dalle_studio.storage.library import (
    MAX_FILE_BYTES,
    RECIPE_KEY,
    check_folder,
    file_stem,
    open_mask,
    open_picture,
    open_request,
    save_picture,
    write_png,
)

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


# --- what comes in: refused


def refusal(path: Path) -> UnreadablePicture:
    with pytest.raises(UnreadablePicture) as caught:
        open_picture(path)
    for sentence in (caught.value.message, caught.value.remedy):
        assert sentence.endswith(".") and "\n" not in sentence
    return caught.value


def test_a_missing_path_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / "no.png").message == f"There is no picture at {tmp_path / 'no.png'}."
    refusal(tmp_path / ("long" * 99 + ".png"))


def test_a_folder_is_told(tmp_path: Path) -> None:
    error = refusal(tmp_path)
    assert (error.message, error.remedy) == (
        f"{tmp_path} is not a file.",
        "Name a picture file, not a folder.",
    )


@only_posix
def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert "is not a file" in refusal(tmp_path / "pipe.png").message


@only_posix
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(encoded(rgb(1, 2, 3)))
    path.chmod(0)
    if os.geteuid() == 0:  # root may read everything
        monkeypatch.setattr(os, "access", lambda path, mode: mode != os.R_OK)
    assert "may not be read" in refusal(path).message


def test_a_file_beyond_the_limit_is_told_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.png").open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    assert "512 MB" in refusal(tmp_path / "a.png").message


@pytest.mark.parametrize(
    "data",
    [b"", b"a red car\n" * 99, b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF-1.7 ", b"<svg/>", b"\0" * 4096],
    ids=["empty", "text", "PNG signature", "JPEG signature", "PDF", "SVG", "zeros"],
)
def test_what_is_no_picture_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.png").write_bytes(data)
    error = refusal(tmp_path / "a.png")
    assert error.message == "a.png is damaged or no picture this studio can read."
    assert error.remedy == "Use a whole PNG, JPEG, WebP, TIFF, GIF or BMP file."
    assert error.details


@pytest.mark.parametrize("kind", ["PPM", "TGA", "ICO", "EPS"])
def test_other_formats_are_refused(tmp_path: Path, kind: str) -> None:
    (tmp_path / "a.png").write_bytes(encoded(rgb(1, 2, 3), kind))
    assert refusal(tmp_path / "a.png").message.startswith("a.png is damaged or no picture")


@pytest.mark.parametrize("size", [(40_000, 40_000), (8193, 16), (16, 8193), (2**31 - 1, 2**31 - 1)])
def test_a_giant_is_refused_by_its_header(
    tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def decode(*_: object) -> None:
        pytest.fail("the giant was decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", decode)
    (tmp_path / "giant.png").write_bytes(png_header(*size) + chunk(b"IDAT", b"") + chunk(b"IEND", b""))
    error = refusal(tmp_path / "giant.png")
    assert error.message == f"giant.png has {Size(*size)} pixels, too many to work on."
    assert "8192 pixels a side" in error.remedy


def test_a_giant_frame_in_a_small_gif_is_refused(tmp_path: Path) -> None:
    data = bytearray(encoded(rgb(1, 2, 3).quantize(4), "GIF"))
    frame = data.index(b"\x2c" + struct.pack("<HHHH", 0, 0, 32, 24))
    data[frame + 5 : frame + 9] = struct.pack("<HH", 60_000, 60_000)
    (tmp_path / "giant.gif").write_bytes(data)
    assert "60000 × 60000" in refusal(tmp_path / "giant.gif").message


@pytest.mark.parametrize("size", [(1, 1), (15, 16), (16, 15)])
def test_a_speck_is_refused(tmp_path: Path, size: tuple[int, int]) -> None:
    (tmp_path / "a.png").write_bytes(encoded(Image.new("RGB", size)))
    error = refusal(tmp_path / "a.png")
    assert error.message == f"a.png has only {Size(*size)} pixels."
    assert "at least 16 pixels a side" in error.remedy


def test_the_largest_and_the_smallest_are_taken(tmp_path: Path) -> None:
    for size in ((16, 16), (8192, 16)):
        (tmp_path / "a.png").write_bytes(encoded(Image.new("RGB", size)))
        assert open_picture(tmp_path / "a.png").size == Size(*size)


KINDS: dict[str, bytes] = {}


def kinds() -> dict[str, bytes]:
    """A whole file of every format and of most of their flavours."""
    if not KINDS:
        image, exif = Image.fromarray(noise()), Image.Exif()
        exif[0x0112], exif[0x010E] = 1, "a description"
        exif.get_ifd(0x8825)[1] = "N"
        profile = srgb_profile()
        alpha = image.convert("RGBA")
        alpha.putalpha(image.convert("L"))
        frames: dict[str, Any] = {"save_all": True, "append_images": [image.rotate(90).quantize(16)]}
        KINDS.update(
            {
                "PNG": encoded(image, exif=exif, compress_level=0),
                "PNG, palette": encoded(
                    image.quantize(16), transparency=bytes(range(16)), icc_profile=profile
                ),
                "PNG, grey and alpha": encoded(image.convert("LA"), icc_profile=profile),
                "PNG, colour and alpha": encoded(alpha, compress_level=0),
                "JPEG": encoded(image, "JPEG", exif=exif, icc_profile=profile),
                "JPEG, progressive": encoded(image, "JPEG", progressive=True),
                "JPEG, CMYK": encoded(image.convert("CMYK"), "JPEG"),
                "WebP": encoded(image, "WEBP", exif=exif),
                "WebP, lossless": encoded(alpha, "WEBP", lossless=True, exact=True),
                "TIFF": encoded(image, "TIFF", exif=exif, icc_profile=profile),
                "TIFF, LZW": encoded(image, "TIFF", compression="tiff_lzw"),
                "TIFF, JPEG": encoded(image, "TIFF", compression="jpeg"),
                "TIFF, float": encoded(image.convert("F"), "TIFF"),
                "TIFF, 32 bits": encoded(image.convert("I"), "TIFF"),
                "GIF, animated": encoded(image.quantize(16), "GIF", **frames),
                "BMP": encoded(image, "BMP"),
            }
        )
    return KINDS


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WebP, lossless", "TIFF", "TIFF, LZW", "BMP"])
def test_a_truncated_file_is_refused_or_lacks_nothing(tmp_path: Path, kind: str) -> None:
    path, data = tmp_path / "a", kinds()[kind]
    path.write_bytes(data)
    whole = open_picture(path).sha256
    refused = 0
    for length in {*range(0, len(data), max(1, len(data) // 100)), *range(len(data) - 40, len(data))}:
        path.write_bytes(data[:length])
        try:
            assert open_picture(path).sha256 == whole, f"{length} of {len(data)} bytes"
        except UnreadablePicture:
            refused += 1
    assert refused >= 90


def with_true_checksums(png: bytes) -> bytes:
    """The same PNG with the CRC of every chunk made right, so that damage reaches the decoder."""
    parts, at = [png[:8]], 8
    while at + 12 <= len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        if at + 12 + length > len(png):
            break
        parts.append(chunk(png[at + 4 : at + 8], png[at + 8 : at + 8 + length]))
        at += 12 + length
    return b"".join([*parts, png[at:]])


def mutated(data: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        reach = min(len(damaged), chance.choice([60, 300, len(damaged)]))
        damaged[chance.randrange(reach)] = chance.choice([0, 1, 127, 128, 255, chance.randrange(256)])
    return with_true_checksums(bytes(damaged)) if data.startswith(b"\x89PNG") else bytes(damaged)


def test_thousands_of_damaged_files_are_pictures_or_refused(tmp_path: Path) -> None:
    path, chance, seen = tmp_path / "a", random.Random(7), Counter[tuple[str, bool]]()
    originals = {**kinds(), "ours": save_picture(generated(), tmp_path, "a").read_bytes()}
    for kind, data in originals.items():
        for _ in range(140):
            path.write_bytes(mutated(data, chance))
            try:
                assert min(open_picture(path).size.wh) >= 16
                seen[kind, True] += 1
            except UnreadablePicture as error:
                assert error.remedy
                seen[kind, False] += 1
    assert all(seen[kind, read] >= 3 for kind in originals for read in (True, False)), seen


# --- what comes in: made sRGB


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF", "TIFF, LZW"])
def test_lossless_formats_come_in_pixel_for_pixel(tmp_path: Path, kind: str) -> None:
    (tmp_path / "a.bin").write_bytes(kinds()[kind])
    picture = open_picture(tmp_path / "a.bin")
    assert np.array_equal(picture.pixels, noise())
    assert (picture.name, picture.recipe) == ("a.bin", None)
    assert not picture.pixels.flags.writeable


@pytest.mark.parametrize("kind", ["JPEG", "JPEG, progressive", "WEBP", "GIF"])
def test_lossy_formats_come_in_nearly(tmp_path: Path, kind: str) -> None:
    name, *progressive = kind.split(", ")
    (tmp_path / "a").write_bytes(encoded(rgb(200, 100, 50), name, progressive=bool(progressive)))
    assert np.abs(open_picture(tmp_path / "a").pixels - np.array([200, 100, 50])).max() <= 6


def grey_16(value: int) -> bytes:
    return encoded(Image.fromarray(np.full((24, 32), value, np.uint16)))


@pytest.mark.parametrize(("value", "grey"), [(0, 0), (200, 1), (257 * 100, 100), (65535, 255)])
def test_16_bit_grey_keeps_its_brightness(tmp_path: Path, value: int, grey: int) -> None:
    assert colour_of(tmp_path, grey_16(value)) == (grey, grey, grey)


def test_16_bit_colour_keeps_its_brightness(tmp_path: Path) -> None:
    row = b"\0" + struct.pack(">3H", 257 * 200, 257 * 100, 257 * 50) * 16
    head = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 16, 16, 16, 2, 0, 0, 0))
    data = head + chunk(b"IDAT", zlib.compress(row * 16)) + chunk(b"IEND", b"")
    assert colour_of(tmp_path, data) == (200, 100, 50)


def tiff(values: list[float], kind: type[np.float32] | type[np.int32]) -> bytes:
    rows = np.resize(np.array(values, kind), (16, 16))
    return encoded(Image.fromarray(rows), "TIFF")


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        ([0.0, 0.5, 1.0, 0.25], np.float32, [0, 128, 255, 64]),
        ([0.0, 100.0, 255.0, 300.0], np.float32, [0, 100, 255, 255]),
        ([-1.0, float("nan"), float("inf"), 7.0], np.float32, [0, 0, 255, 7]),
        ([0.0, float("nan"), 1.0, 0.5], np.float32, [0, 0, 255, 128]),
        ([0, 100, 255, 7], np.int32, [0, 100, 255, 7]),
        ([0, 25700, 65535, 70000], np.int32, [0, 100, 255, 255]),
    ],
)
def test_deep_grey_tiffs_keep_their_brightness(
    tmp_path: Path, values: list[float], kind: type[np.float32] | type[np.int32], expected: list[int]
) -> None:
    (tmp_path / "a.tif").write_bytes(tiff(values, kind))
    assert open_picture(tmp_path / "a.tif").pixels[0, :4, 0].tolist() == expected


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "YCbCr", "I", "F"])
def test_white_is_white_in_every_mode(tmp_path: Path, mode: str) -> None:
    kind = "TIFF" if mode in ("CMYK", "YCbCr", "I", "F") else "PNG"
    assert colour_of(tmp_path, encoded(rgb(255, 255, 255).convert(mode), kind)) == (255, 255, 255)


def palette() -> Image.Image:
    image = Image.new("P", (32, 24), 0)
    image.putpalette([10, 20, 30, 40, 50, 60])
    return image


TRANSPARENT: dict[str, Callable[[bytes | None], bytes]] = {
    "RGBA": lambda profile: encoded(Image.new("RGBA", (32, 24), (9, 9, 9, 0)), icc_profile=profile),
    "grey and alpha": lambda profile: encoded(Image.new("LA", (32, 24), (9, 0)), icc_profile=profile),
    "palette, one": lambda profile: encoded(palette(), transparency=0, icc_profile=profile),
    "palette, many": lambda profile: encoded(palette(), transparency=b"\0\xff", icc_profile=profile),
    "RGB key": lambda profile: encoded(rgb(9, 8, 7), transparency=(9, 8, 7), icc_profile=profile),
    "grey key": lambda profile: encoded(Image.new("L", (32, 24), 9), transparency=9, icc_profile=profile),
    "GIF": lambda _: encoded(palette(), "GIF", transparency=0),
    "WebP": lambda profile: encoded(
        Image.new("RGBA", (32, 24), (9, 9, 9, 0)), "WEBP", lossless=True, icc_profile=profile
    ),
}


@pytest.mark.parametrize("profile", [None, srgb_profile()], ids=["plain", "with profile"])
@pytest.mark.parametrize("kind", TRANSPARENT)
def test_what_is_transparent_lies_on_white(tmp_path: Path, kind: str, profile: bytes | None) -> None:
    assert colour_of(tmp_path, TRANSPARENT[kind](profile)) == (255, 255, 255)


def test_what_is_half_transparent_is_half_white(tmp_path: Path) -> None:
    half = Image.new("RGBA", (32, 24), (200, 100, 0, 128))
    assert colour_of(tmp_path, encoded(half)) == (227, 177, 127)


def test_an_animation_is_its_first_frame(tmp_path: Path) -> None:
    frames: dict[str, Any] = {"save_all": True, "append_images": [rgb(0, 0, 255), rgb(0, 255, 0)]}
    for kind in ("GIF", "PNG", "TIFF"):
        assert colour_of(tmp_path, encoded(rgb(255, 0, 0), kind, **frames)) == (255, 0, 0)


TURNED: dict[int, Callable[[Pixels], Pixels]] = {
    1: lambda p: p,
    2: lambda p: p[:, ::-1],
    3: lambda p: p[::-1, ::-1],
    4: lambda p: p[::-1],
    5: lambda p: p.transpose(1, 0, 2),
    6: lambda p: np.rot90(p, -1),
    7: lambda p: np.rot90(p, 2).transpose(1, 0, 2),
    8: lambda p: np.rot90(p, 1),
}


@pytest.mark.parametrize("orientation", TURNED)
@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_a_camera_held_askew_is_put_right(tmp_path: Path, orientation: int, kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    (tmp_path / "a").write_bytes(encoded(Image.fromarray(noise()), kind, exif=exif))
    assert np.array_equal(open_picture(tmp_path / "a").pixels, TURNED[orientation](noise()))


def test_a_jpeg_from_a_camera_is_put_right(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = rgb(250, 250, 250)
    image.paste((0, 0, 0), (0, 0, 32, 8))
    (tmp_path / "a.jpg").write_bytes(encoded(image, "JPEG", exif=exif))
    picture = open_picture(tmp_path / "a.jpg")
    assert picture.size == Size(24, 32)
    assert picture.pixels[16, 22, 0] < 20 and picture.pixels[16, 1, 0] > 230


def test_where_a_photo_was_taken_is_not_kept(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET-DESCRIPTION"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.5), 28: b"SECRET-PLACE"})
    (tmp_path / "a.jpg").write_bytes(encoded(rgb(1, 2, 3), "JPEG", exif=exif, comment=b"SECRET-COMMENT"))
    assert (tmp_path / "a.jpg").read_bytes().count(b"SECRET") == 3
    picture = open_picture(tmp_path / "a.jpg")
    assert b"SECRET" not in b"".join(str(value).encode() for value in vars(picture).values())
    path = save_picture(picture, tmp_path / "out", "a")
    assert b"SECRET" not in path.read_bytes()
    with Image.open(path) as image:
        assert not image.getexif() and not image.info


def test_a_profile_is_applied(tmp_path: Path) -> None:
    for kind in ("PNG", "TIFF"):
        found = colour_of(tmp_path, encoded(rgb(200, 100, 50), kind, icc_profile=swapped_profile()))
        assert np.abs(np.subtract(found, (50, 100, 200))).max() <= 2


def test_a_profile_is_applied_to_a_palette_and_under_transparency(tmp_path: Path) -> None:
    swapped = swapped_profile()
    assert colour_of(tmp_path, encoded(palette(), icc_profile=swapped)) == (30, 20, 10)
    solid = Image.new("RGBA", (32, 24), (200, 100, 50, 255))
    found = colour_of(tmp_path, encoded(solid, icc_profile=swapped))
    assert np.abs(np.subtract(found, (50, 100, 200))).max() <= 2


@pytest.mark.parametrize("mode", ["L", "LA"])
def test_a_grey_profile_is_applied(tmp_path: Path, mode: str) -> None:
    grey = colour_of(
        tmp_path, encoded(Image.new("L", (32, 24), 128).convert(mode), icc_profile=grey_profile())
    )
    assert np.abs(np.subtract(grey, 188)).max() <= 1


def test_an_srgb_profile_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(encoded(Image.fromarray(noise()), icc_profile=srgb_profile()))
    assert np.abs(open_picture(tmp_path / "a.png").pixels.astype(int) - noise()).max() <= 1


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_a_cmyk_picture_without_profile_is_converted_plainly(tmp_path: Path, kind: str) -> None:
    found = colour_of(tmp_path, encoded(Image.new("CMYK", (32, 24), (0, 0, 0, 255)), kind))
    assert max(found) <= 2
    found = colour_of(tmp_path, encoded(Image.new("CMYK", (32, 24), (255, 0, 0, 0)), kind))
    assert np.abs(np.subtract(found, (0, 255, 255))).max() <= 3


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_a_cmyk_picture_is_converted_by_its_profile(tmp_path: Path, kind: str) -> None:
    grey = Image.new("CMYK", (32, 24), (0, 0, 0, 128))  # 127 without the profile
    found = colour_of(tmp_path, encoded(grey, kind, icc_profile=cmyk_profile()))
    assert min(found) >= 150 and max(found) <= 190
    cyan = Image.new("CMYK", (32, 24), (255, 0, 0, 0))
    assert min(colour_of(tmp_path, encoded(cyan, kind, icc_profile=cmyk_profile()))) >= 250


@pytest.mark.parametrize(
    "profile", [b"x", b"broken" * 50, srgb_profile()[:200], b"\0" * 500], ids=["x", "text", "cut", "zeros"]
)
@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
def test_a_broken_profile_is_passed_over(tmp_path: Path, profile: bytes, kind: str) -> None:
    options: dict[str, Any] = {"lossless": True} if kind == "WEBP" else {}
    data = encoded(rgb(200, 100, 50), kind, icc_profile=profile, **options)
    assert colour_of(tmp_path, data) == (200, 100, 50)


def test_a_profile_for_another_mode_is_passed_over(tmp_path: Path) -> None:
    assert colour_of(tmp_path, encoded(rgb(200, 100, 50), icc_profile=cmyk_profile())) == (200, 100, 50)
    grey = Image.new("L", (32, 24), 77)
    assert colour_of(tmp_path, encoded(grey, icc_profile=srgb_profile())) == (77, 77, 77)
    inks = Image.new("CMYK", (32, 24), (255, 0, 0, 0))
    found = colour_of(tmp_path, encoded(inks, "TIFF", icc_profile=srgb_profile()))
    assert np.abs(np.subtract(found, (0, 255, 255))).max() <= 3


def test_damaged_metadata_is_no_reason_to_refuse(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 1, "a description that goes on for a while"
    block = exif.tobytes()
    for damaged in (block[:-20], block[:14], b"Exif\0\0MM\0*\0\0\xff\xff"):
        assert colour_of(tmp_path, encoded(rgb(200, 100, 50), exif=damaged)) == (200, 100, 50)
    malformed = b"\xff\xe2" + struct.pack(">H", 30) + b"MPF\0MM\0*" + b"\0" * 20
    photo = encoded(rgb(128, 128, 128), "JPEG")
    found = colour_of(tmp_path, photo[:2] + malformed + photo[2:])
    assert np.abs(np.subtract(found, 128)).max() <= 2


def test_long_texts_of_other_programs_are_no_reason_to_refuse(tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("workflow", "node " * 400_000, zip=True)
    assert colour_of(tmp_path, encoded(rgb(200, 100, 50), pnginfo=info)) == (200, 100, 50)


# --- masks


def mask_file(folder: Path, image: Image.Image) -> Path:
    (folder / "mask.png").write_bytes(encoded(image))
    return folder / "mask.png"


def test_a_mask_keeps_its_greys(tmp_path: Path) -> None:
    greys = np.arange(32 * 24, dtype=np.uint16).reshape(24, 32).astype(np.uint8)
    for image in (Image.fromarray(greys), Image.fromarray(greys).convert("RGB")):
        mask = open_mask(mask_file(tmp_path, image), Size(32, 24))
        assert mask.dtype == np.uint8 and np.array_equal(mask, greys)


def test_what_is_transparent_in_a_mask_is_not_white(tmp_path: Path) -> None:
    strokes = Image.new("RGBA", (32, 24), (0, 0, 0, 0))
    strokes.paste((255, 255, 255, 255), (4, 4, 12, 8))
    mask = open_mask(mask_file(tmp_path, strokes), Size(32, 24))
    expected = np.zeros((24, 32), np.uint8)
    expected[4:8, 4:12] = 255
    assert np.array_equal(mask, expected)


def test_a_mask_of_another_size_is_refused(tmp_path: Path) -> None:
    path = mask_file(tmp_path, Image.new("L", (24, 32), 255))
    with pytest.raises(UnreadablePicture) as caught:
        open_mask(path, Size(32, 24))
    assert caught.value.message == "The mask mask.png has 24 × 32 pixels and the picture 32 × 24."
    assert caught.value.remedy == "Use a mask of the picture's own size."


def test_a_mask_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mask.png").write_text("white")
    with pytest.raises(UnreadablePicture, match=r"mask\.png is damaged"):
        open_mask(tmp_path / "mask.png", Size(32, 24))


# --- what goes out


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("prompt", ["a red car", "Ein Café am Fluß", "一只猫 🐈", "line\none\ttwo \\ \0"])
def test_a_recipe_travels_in_the_file(tmp_path: Path, prompt: str) -> None:
    picture = generated(prompt)
    path = save_picture(picture, tmp_path / "new" / "folder", "a")
    assert path == tmp_path / "new" / "folder" / "a.png"
    again = open_picture(path)
    assert again.sha256 == picture.sha256 and again.name == "a.png"
    assert again.recipe and picture.recipe
    assert again.recipe.to_json() == picture.recipe.to_json()
    assert again.recipe.prompt == prompt


def test_other_programs_read_how_it_was_made(tmp_path: Path) -> None:
    with Image.open(save_picture(generated("一只猫"), tmp_path, "a")) as image:
        image.load()
        assert image.info["parameters"] == (
            "一只猫\nNegative prompt: fog\n"
            "Steps: 16, CFG scale: 4.0, Seed: 9, Size: 32x24, Model: starter 0.1"
        )
        assert json.loads(image.info[RECIPE_KEY])["verb"] == "generate"


def test_a_request_without_sampling_is_read_too(tmp_path: Path) -> None:
    request = Upscale(model="starter", source=Picture(noise()), size=Size(64, 48))
    with Image.open(save_picture(Picture(noise(64, 48), record(request, MADE)), tmp_path, "a")) as image:
        image.load()
        assert image.info["parameters"] == "\nSize: 64x48, Model: starter 0.1"


def test_a_picture_without_recipe_is_saved_plainly(tmp_path: Path) -> None:
    path = save_picture(Picture(noise()), tmp_path, "a")
    assert open_picture(path).recipe is None
    with Image.open(path) as image:
        assert (image.format, image.mode, image.info) == ("PNG", "RGB", {})


@pytest.mark.parametrize("size", [(16, 16), (33, 17), (257, 100)])
def test_pixels_come_back_exactly(tmp_path: Path, size: tuple[int, int]) -> None:
    picture = Picture(noise(*size))
    path = save_picture(picture, tmp_path, "a")
    assert open_picture(path).sha256 == picture.sha256
    with Image.open(path) as image:
        assert hashlib.sha256(image.tobytes()).digest() == hashlib.sha256(noise(*size).tobytes()).digest()


def test_a_recipe_with_large_masks_can_be_read_back(tmp_path: Path) -> None:
    """A noisy mask as large as a picture may be makes 90 MB of text; Pillow's own limit is 64."""
    picture = generated()
    assert picture.recipe
    text = picture.recipe.to_json()[:-1] + f', "padding": "{"x" * 68_000_000}"}}'
    info = PngImagePlugin.PngInfo()
    info.add_itxt(RECIPE_KEY, text)
    picture.image.save(tmp_path / "a.png", pnginfo=info)
    assert open_picture(tmp_path / "a.png").recipe


@pytest.mark.parametrize("text", ["{}", "[" * 100_000, '{"schema": 99}', "a red car"])
def test_a_picture_with_a_damaged_recipe_is_refused_with_a_way_out(tmp_path: Path, text: str) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_itxt(RECIPE_KEY, text)
    (tmp_path / "a.png").write_bytes(encoded(rgb(1, 2, 3), pnginfo=info))
    assert "recipe in this picture" in refusal(tmp_path / "a.png").message


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("mine")
    (tmp_path / "a-3.png").mkdir()
    saved = [save_picture(generated(seed=seed), tmp_path, "a").name for seed in range(3)]
    assert saved == ["a-2.png", "a-4.png", "a-5.png"]
    assert (tmp_path / "a.png").read_text() == "mine"
    assert [open_picture(tmp_path / name).sha256 for name in saved] == [
        generated(seed=seed).sha256 for seed in range(3)
    ]
    assert listing(tmp_path) == ["a-2.png", "a-3.png", "a-4.png", "a-5.png", "a.png"]


@only_posix
def test_everyone_may_read_a_picture(tmp_path: Path) -> None:
    assert save_picture(generated(), tmp_path, "a").stat().st_mode & 0o777 == 0o644


def test_a_file_is_on_disk_before_it_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names_when_synced: list[list[str]] = []
    fsync = os.fsync

    def spy(handle: int) -> None:
        assert os.fstat(handle).st_size > 1000
        names_when_synced.append([path.name for path in tmp_path.glob("*.png")])
        fsync(handle)

    monkeypatch.setattr(os, "fsync", spy)
    save_picture(generated(), tmp_path, "a")
    write_png(tmp_path / "b.png", rgb(1, 2, 3).resize((400, 400), Image.Resampling.NEAREST))
    assert names_when_synced == [[], ["a.png"]]


def without_hard_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)


def test_a_disk_without_hard_links_serves_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_hard_links(monkeypatch)
    (tmp_path / "a.png").write_text("mine")
    assert save_picture(generated(), tmp_path, "a").name == "a-2.png"
    assert save_picture(generated(), tmp_path, "a").name == "a-3.png"
    assert (tmp_path / "a.png").read_text() == "mine"
    assert listing(tmp_path) == ["a-2.png", "a-3.png", "a.png"]


def test_a_disk_without_modes_serves_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, mode: int) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    assert open_picture(save_picture(generated(), tmp_path, "a")).recipe


def save_many(folder: str, count: int, seed: int) -> None:
    for _ in range(count):
        save_picture(generated(seed=seed), Path(folder), "a")


def run_elsewhere(*calls: tuple[Callable[..., None], tuple[Any, ...]]) -> None:
    """Run these at once, each in a process of its own."""
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=target, args=arguments) for target, arguments in calls]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0


def test_two_commands_at_once_take_nothing_from_each_other(tmp_path: Path) -> None:
    run_elsewhere(*((save_many, (str(tmp_path), 50, seed)) for seed in (1, 2)))
    assert listing(tmp_path) == sorted(["a.png", *(f"a-{number}.png" for number in range(2, 101))])
    found = Counter(open_picture(path).sha256 for path in tmp_path.iterdir())
    assert found == {generated(seed=seed).sha256: 50 for seed in (1, 2)}


def kill_savers(folder: str, kills: int) -> None:
    """Start a process that saves without end, kill it a little later, and so on."""
    picture = generated(width_px=1500)
    for number in range(kills):
        child = os.fork()
        if child == 0:
            while True:
                save_picture(picture, Path(folder), f"a{number}")
        time.sleep(0.002 + 0.0011 * number)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


@only_posix
def test_a_killed_command_leaves_only_whole_pictures(tmp_path: Path) -> None:
    run_elsewhere((kill_savers, (str(tmp_path), 40)))
    whole = list(tmp_path.glob("*.png"))
    assert whole
    expected = generated(width_px=1500).sha256
    assert all(open_picture(path).sha256 == expected for path in whole)
    left = {path for path in tmp_path.iterdir() if path not in whole}
    assert all(path.name.startswith(".dalle-studio-") and path.suffix == ".part" for path in left)


# --- what cannot go out


def saving_refused(folder: Path) -> CannotWrite:
    with pytest.raises(CannotWrite) as caught:
        save_picture(generated(), folder, "a")
    assert caught.value.message.startswith(f"Nothing can be written to {folder}: ")
    assert caught.value.details
    return caught.value


@pytest.mark.parametrize("step", ["write", "sync", "name"])
def test_a_full_disk_is_told_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: Literal["write", "sync", "name"]
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    class FullFile(io.BytesIO):
        write = full  # type: ignore[assignment]

    def open_full(handle: int, mode: str) -> FullFile:
        os.close(handle)
        return FullFile()

    if step == "write":
        monkeypatch.setattr(os, "fdopen", open_full)
    elif step == "sync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "hardlink_to", full)
        monkeypatch.setattr(Path, "rename", full)
    error = saving_refused(tmp_path)
    assert error.message.endswith(": No space left on device.")
    assert error.remedy == "Free some space or use another folder."
    assert listing(tmp_path) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 1 MB, where the system lets us have one."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if sys.platform != "linux" or os.geteuid() != 0 or not mount or not umount:
        pytest.skip("only root can mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, check=False
    ).returncode:
        pytest.skip("no mounting here")
    yield folder
    subprocess.run([umount, folder], check=True)


def test_a_disk_that_fills_up_keeps_what_fitted(small_disk: Path) -> None:
    picture, saved = generated(width_px=3000), 0
    with pytest.raises(CannotWrite, match="No space left on device") as caught:
        for _ in range(20):
            save_picture(picture, small_disk, "a")
            saved += 1
    assert caught.value.remedy == "Free some space or use another folder."
    assert saved >= 2 and len(listing(small_disk)) == saved
    assert all(open_picture(path).sha256 == picture.sha256 for path in small_disk.iterdir())
    with pytest.raises(CannotWrite, match=r"has only \d MB left"):
        check_folder(small_disk)


def refused_folders(tmp_path: Path) -> list[Path]:
    (tmp_path / "file").write_text("mine")
    return [tmp_path / "file", tmp_path / "file" / "x", *([Path("/proc")] if sys.platform == "linux" else [])]


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path) -> None:
    for folder in refused_folders(tmp_path):
        assert saving_refused(folder).remedy == "Use another folder."
        with pytest.raises(CannotWrite, match="Nothing can be written to") as caught:
            check_folder(folder)
        assert caught.value.remedy == "Use another folder."
    assert (tmp_path / "file").read_text() == "mine"


@only_posix
def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    tmp_path.chmod(0o555)
    assert "Permission denied" in saving_refused(tmp_path).message
    with pytest.raises(CannotWrite, match="Permission denied"):
        check_folder(tmp_path)


def test_a_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    check_folder(folder)
    check_folder(folder)
    assert folder.is_dir() and listing(folder) == []


def test_too_little_space_is_told_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def left(megabytes: int) -> None:
        usage = shutil._ntuple_diskusage(0, 0, megabytes * 1024**2)  # type: ignore[attr-defined]
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    left(63)
    with pytest.raises(CannotWrite) as caught:
        check_folder(tmp_path)
    assert caught.value.message == f"The disk of {tmp_path} has only 63 MB left."
    assert caught.value.remedy == "Free some space or use another folder."
    left(64)
    check_folder(tmp_path)


def test_a_plain_png_is_written_or_replaced_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sheet.png"
    write_png(path, rgb(1, 2, 3))
    write_png(path, rgb(4, 5, 6))
    assert open_picture(path).pixels[0, 0].tolist() == [4, 5, 6]

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    for name in ("replace", "chmod"):
        monkeypatch.setattr(Path, name, full)
    with pytest.raises(OSError, match="No space left"):
        write_png(path, rgb(7, 8, 9))
    assert listing(tmp_path) == ["sheet.png"]
    assert open_picture(path).pixels[0, 0].tolist() == [4, 5, 6]


# --- names


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("A red car!", "a-red-car"),
        ("  snake_case -- and/or\\dots...  ", "snake-case-and-or-dots"),
        ("../../etc/passwd", "etc-passwd"),
        ("Ein Café", "ein-café"),
        ("Ein Cafe\u0301", "ein-café"),
        ("一只猫，在山上", "一只猫-在山上"),
        ("हिन्दी में", "हिन्दी-में"),
        ("แมวสีดำ", "แมวสีดำ"),
        ("ﻗﻄﺔ سوداء", "ﻗﻄﺔ-سوداء"),
        ("a cat 🐈 ❤\ufe0f x", "a-cat-x"),
        ("", "picture"),
        ("🐈❤\ufe0f", "picture"),
        ("...", "picture"),
        (b"caf\xe9".decode("utf-8", "surrogateescape"), "caf"),
    ],
)
def test_a_name_is_readable_in_any_script(text: str, stem: str) -> None:
    assert file_stem(text) == stem


def test_a_long_name_is_cut_between_letters() -> None:
    assert file_stem("a" * 47 + " b") == "a" * 47
    assert file_stem("a" * 500) == "a" * 48
    assert file_stem("𠀀" * 500) == "𠀀" * 45


@given(st.text())
def test_every_name_is_safe(text: str) -> None:
    stem = file_stem(text)
    assert 1 <= len(stem) <= 48 and len(stem.encode()) <= 180
    assert not stem.startswith(("-", ".")) and not stem.endswith("-") and "--" not in stem
    assert not any(c in '/\\:*?"<>|._' or c.isspace() or not c.isprintable() for c in stem)


@pytest.mark.parametrize("text", ["一只猫", "हिन्दी", "𠀀" * 60, "x" * 60])
def test_every_name_can_be_saved(tmp_path: Path, text: str) -> None:
    stem = f"{file_stem(text)}-4294967295"
    names = [save_picture(generated(), tmp_path, stem).stem for _ in range(2)]
    assert names == [stem, f"{stem}-2"]


# --- again


def made_from(source: Picture, folder: Path) -> tuple[Request, Path]:
    region = Region("a hat", np.eye(24, 32, dtype=np.uint8) * 200)
    request = Place(model="starter", source=source, regions=(region,), sampling=SAMPLING)
    return request, save_picture(Picture(noise(seed=5), record(request, MADE)), folder, "made")


@pytest.fixture
def source(tmp_path: Path) -> Picture:
    return open_picture(save_picture(Picture(noise(seed=3)), tmp_path / "here", "source"))


def test_a_request_is_made_again_with_its_source_beside(tmp_path: Path, source: Picture) -> None:
    request, path = made_from(source, tmp_path / "here")
    again = open_request(path)
    assert isinstance(again, Place) and isinstance(request, Place)
    assert [s.sha256 for s in sources(again)] == [source.sha256]
    assert again.source.name == "source.png"
    assert (again.model, again.sampling, again.feather_px) == ("starter", SAMPLING, 16)
    assert np.array_equal(again.regions[0].mask, request.regions[0].mask)


def test_a_source_is_found_in_a_folder_that_is_named(tmp_path: Path, source: Picture) -> None:
    _, path = made_from(source, tmp_path / "there")
    assert sources(open_request(path, tmp_path / "here"))[0].sha256 == source.sha256
    for beside in (b"", encoded(rgb(1, 2, 3))):  # another file of that name changes nothing
        (tmp_path / "there" / "source.png").write_bytes(beside)
        assert sources(open_request(path, tmp_path / "here"))[0].sha256 == source.sha256


@pytest.mark.parametrize("change", ["missing", "changed", "damaged"])
def test_a_source_that_is_not_the_same_is_told(tmp_path: Path, source: Picture, change: str) -> None:
    _, path = made_from(source, tmp_path / "here")
    there = tmp_path / "here" / "source.png"
    there.unlink()
    if change == "changed":
        pixels = source.pixels.copy()
        pixels[0, 0, 0] ^= 1
        save_picture(Picture(pixels), tmp_path / "here", "source")
    elif change == "damaged":
        there.write_bytes(b"damaged")
    for folder in (None, tmp_path / "nowhere"):
        with pytest.raises(UnreadablePicture, match=r"“source\.png” is not beside this one") as caught:
            open_request(path, folder)
        assert "--source-folder" in caught.value.remedy


def test_a_recipe_reads_no_file_outside_its_folders(tmp_path: Path, source: Picture) -> None:
    _, path = made_from(Picture(source.pixels, name="../here/source.png"), tmp_path / "there")
    with pytest.raises(UnreadablePicture, match="is not beside this one"):
        open_request(path)


@only_linux
def test_a_source_whose_name_is_no_unicode_is_found(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.png")
    path.write_bytes(encoded(Image.fromarray(noise())))
    _, made = made_from(open_picture(path), tmp_path)
    assert sources(open_request(made))[0].name == path.name


def test_a_picture_without_recipe_cannot_be_made_again(tmp_path: Path) -> None:
    path = save_picture(Picture(noise()), tmp_path, "a")
    with pytest.raises(UnreadablePicture, match=r"a\.png carries no recipe"):
        open_request(path)


def test_a_recipe_with_numbers_out_of_range_is_told(tmp_path: Path) -> None:
    text = record(Generate(model="m", prompt="a", sampling=SAMPLING), MADE).to_json()
    info = PngImagePlugin.PngInfo()
    info.add_itxt(RECIPE_KEY, text.replace('"steps": 16', '"steps": 900'))
    (tmp_path / "a.png").write_bytes(encoded(rgb(1, 2, 3), pnginfo=info))
    with pytest.raises(StudioError, match="The number of steps is 900") as caught:
        open_request(tmp_path / "a.png")
    assert isinstance(caught.value, InvalidRequest)
