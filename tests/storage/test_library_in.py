"""The library's one door: whatever comes in is a picture or a clear refusal."""

from __future__ import annotations

import os
import random
import struct
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageFile, PngImagePlugin

from dalle_studio.core.errors import UnreadablePicture
from dalle_studio.core.format import Size
from dalle_studio.storage.library import (
    MAX_FILE_BYTES,
    open_mask,
    open_picture,
    save_picture,
)
from tests.storage.samples import (
    Pixels,
    chunk,
    cmyk_profile,
    colour_of,
    encoded,
    generated,
    grey_profile,
    noise,
    only_posix,
    png_header,
    refusal,
    rgb,
    srgb_profile,
    swapped_profile,
)

# --- what comes in: refused


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
    assert "537 MB" in refusal(tmp_path / "a.png").message


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


def test_a_mask_of_the_same_proportions_is_scaled(tmp_path: Path) -> None:
    half = np.zeros((48, 64), np.uint8)
    half[:, 32:] = 255
    for size in (Size(32, 24), Size(128, 96), Size(640, 479)):
        mask = open_mask(mask_file(tmp_path, Image.fromarray(half)), size)
        assert mask.shape == (size.height_px, size.width_px)
        reach = size.width_px // 20
        assert not mask[:, : size.width_px // 2 - reach].any()
        assert (mask[:, size.width_px // 2 + reach :] == 255).all()


def test_a_mask_of_other_proportions_is_refused(tmp_path: Path) -> None:
    path = mask_file(tmp_path, Image.new("L", (24, 32), 255))
    with pytest.raises(UnreadablePicture) as caught:
        open_mask(path, Size(32, 24))
    assert caught.value.message == "The mask mask.png has 24 × 32 pixels and the picture 32 × 24."
    assert caught.value.remedy == "Use a mask of the picture's own size, or of the same proportions."


def test_a_mask_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mask.png").write_text("white")
    with pytest.raises(UnreadablePicture, match=r"mask\.png is damaged"):
        open_mask(tmp_path / "mask.png", Size(32, 24))
