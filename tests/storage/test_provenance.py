"""What leaves with an exported picture: that a model made it, always; anything else only where asked for."""

from __future__ import annotations

import datetime
import io
import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from c2pa import Reader
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from PIL import Image, ImageCms

from dalle_studio.core.errors import CannotWrite, UnreadableFile
from dalle_studio.core.format import Size
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Parent, Recipe, record
from dalle_studio.core.request import Upscale, Vary
from dalle_studio.storage import credentials
from dalle_studio.storage.credentials import MIME_TYPES, Credential, own_credential, read_credential, sign
from dalle_studio.storage.export import FORMATS, export_picture
from dalle_studio.storage.library import open_picture
from dalle_studio.storage.provenance import MADE_BY_MODEL, MADE_WITH_MODEL, source_type
from tests.storage.samples import MADE, SAMPLING, encoded, generated, noise, only_posix, rgb

EVERY_FORMAT = pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp"])
SOURCE_TYPE = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType"
GPS, MAKE, ARTIST = 0x8825, 0x010F, 0x013B


def varied(source: Picture) -> Picture:
    request = Vary(model="starter", source=source, sampling=SAMPLING, size=Size(64, 64))
    return Picture(noise(seed=4), record(request, MADE))


def enlarged(source: Picture) -> Picture:
    return Picture(noise(seed=5), record(Upscale(model="starter", source=source, size=Size(64, 48)), MADE))


def knowing(*pictures: Picture) -> Callable[[Parent], Recipe | None]:
    by_sum = {picture.sha256: picture.recipe for picture in pictures}
    return lambda parent: by_sum.get(parent.sha256)


def told(path: Path) -> dict[str, str]:
    """The properties in a file's XMP."""
    with Image.open(path) as image:
        image.load()
        packet = image.info.get("xmp", b"")
    if not packet:
        return {}
    text = packet.decode().split("?>", 1)[1].rsplit("<?", 1)[0]
    (description,) = ElementTree.fromstring(text).iter(
        "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"
    )
    return dict(description.attrib)


def test_a_picture_is_a_composite_where_it_goes_back_to_one_that_was_not_made_here() -> None:
    photo, made = Picture(noise(seed=9), None, "photo.jpg"), generated()
    assert source_type(photo.recipe) is None
    assert source_type(made.recipe) == MADE_BY_MODEL
    once, twice = varied(made), enlarged(varied(made))
    assert source_type(twice.recipe, knowing(made, once)) == MADE_BY_MODEL
    assert source_type(twice.recipe, knowing(once)) == MADE_WITH_MODEL
    assert source_type(varied(photo).recipe, knowing(photo, made)) == MADE_WITH_MODEL
    assert source_type(once.recipe) == MADE_WITH_MODEL  # what nobody knows may be a user's own
    loop = {"": Recipe("vary", {}, (Parent("a", ""),), MADE)}
    assert source_type(loop[""], lambda parent: loop[parent.sha256]) == MADE_BY_MODEL


@EVERY_FORMAT
def test_that_a_model_made_it_is_always_told(tmp_path: Path, suffix: str) -> None:
    for name, picture, kind in (
        ("made", generated(), MADE_BY_MODEL),
        ("composite", varied(Picture(noise(), None)), MADE_WITH_MODEL),
    ):
        for with_recipe in (True, False):
            target = tmp_path / f"{name}-{with_recipe}{suffix}"
            export_picture(picture, target, with_recipe)
            assert told(target)[SOURCE_TYPE] == kind
            if suffix == ".png":
                opened = open_picture(target)
                assert opened.sha256 == picture.sha256 and bool(opened.recipe) == with_recipe


@EVERY_FORMAT
def test_nothing_else_is_told(tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"picture{suffix}"
    export_picture(generated("a secret wish"), target, with_recipe=False)
    assert len(told(target)) == 3  # about, kind, studio
    data = target.read_bytes()
    assert b"secret" not in data and b"Exif" not in data and b"EXIF" not in data
    with Image.open(target) as image:
        assert not image.getexif()


@EVERY_FORMAT
def test_what_a_camera_wrote_never_leaves(tmp_path: Path, suffix: str) -> None:
    exif = Image.Exif()
    exif[MAKE], exif[ARTIST] = "SecretCamera", "SecretName"
    exif.get_ifd(GPS).update({1: "N", 2: (48.0, 51.0, 29.6), 3: "E", 4: (2.0, 17.0, 40.2)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(
        encoded(
            rgb(9, 9, 9),
            "JPEG",
            exif=exif,
            xmp=b"<x>SecretXmp</x>",
            comment=b"SecretNote",
            icc_profile=profile,
        )
    )
    target = tmp_path / f"out{suffix}"
    for picture in (open_picture(photo), varied(open_picture(photo))):
        export_picture(picture, target, with_recipe=False)
        data = target.read_bytes()
        assert b"Secret" not in data and b"photo" not in data
        with Image.open(target) as image:
            image.load()
            assert not image.getexif() and not image.getexif().get_ifd(GPS)
            assert bool(image.info.get("xmp")) == (picture.recipe is not None)


@pytest.fixture(scope="module")
def credential(tmp_path_factory: pytest.TempPathFactory) -> Credential:
    return own_credential(tmp_path_factory.mktemp("config"))


def read(data: bytes, kind: str) -> tuple[str | None, dict[str, Any], set[str]]:
    """The verdict of the library's reader, the manifest, and what it finds wrong."""
    with Reader(MIME_TYPES[kind], io.BytesIO(data)) as reader:
        store = json.loads(reader.json())
        wrong = {status["code"] for status in store.get("validation_status", [])}
        return reader.get_validation_state(), store["manifests"][store["active_manifest"]], wrong


@EVERY_FORMAT
def test_signed_content_credentials_are_valid(tmp_path: Path, suffix: str, credential: Credential) -> None:
    target = tmp_path / f"signed{suffix}"
    export_picture(generated(), target, with_recipe=False, credential=credential)
    state, manifest, wrong = read(target.read_bytes(), FORMATS[suffix])
    assert state == "Valid" and wrong == {"signingCredential.untrusted"}  # it is nobody's but this machine's
    (action,) = manifest["assertions"][0]["data"]["actions"]
    assert (action["action"], action["digitalSourceType"]) == ("c2pa.created", MADE_BY_MODEL)
    assert manifest["title"] == target.name and "thumbnail" not in manifest
    assert told(target)[SOURCE_TYPE] == MADE_BY_MODEL
    if suffix == ".png":
        assert open_picture(target).sha256 == generated().sha256


def test_a_signed_picture_that_was_changed_is_found_out(credential: Credential) -> None:
    data = sign(encoded(Image.fromarray(noise(64, 64))), "PNG", credential, MADE_BY_MODEL, "a.png")
    changed = bytearray(data)
    changed[-200] ^= 0xFF
    state, _, wrong = read(bytes(changed), "PNG")
    assert state == "Invalid" and "assertion.dataHash.mismatch" in wrong


def test_a_picture_that_no_model_had_a_hand_in_is_not_signed(tmp_path: Path, credential: Credential) -> None:
    target = tmp_path / "photo.png"
    export_picture(Picture(noise(), None), target, with_recipe=False, credential=credential)
    assert told(target) == {} and b"c2pa" not in target.read_bytes()


@only_posix
def test_the_studio_s_own_key_is_made_once_and_for_its_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    first = own_credential(folder)
    assert own_credential(folder) == first != own_credential(tmp_path / "other")
    assert stat.S_IMODE((folder / credentials.FILE).stat().st_mode) == 0o600
    assert "PRIVATE" not in repr(first)


def pem(key: Any, *, password: bytes = b"") -> bytes:
    hidden = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, hidden)


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        (lambda: ec.generate_private_key(ec.SECP384R1()), "es384"),
        (ed25519.Ed25519PrivateKey.generate, "ed25519"),
        (lambda: rsa.generate_private_key(65537, 2048), "ps256"),
    ],
)
def test_a_user_s_own_certificate_signs(tmp_path: Path, key: Callable[[], Any], algorithm: str) -> None:
    path = tmp_path / "mine.pem"
    path.write_bytes(credentials._certified(key()))
    mine = read_credential(path)
    assert mine.algorithm == algorithm
    state, manifest, _ = read(sign(encoded(rgb(1, 2, 3)), "PNG", mine, MADE_WITH_MODEL, "a.png"), "PNG")
    assert state == "Valid" and manifest["signature_info"]["alg"].lower() == algorithm


def test_what_is_no_credential_is_refused_with_the_reason(tmp_path: Path, credential: Credential) -> None:
    other = pem(ec.generate_private_key(ec.SECP256R1()))
    weak = pem(rsa.generate_private_key(65537, 1024))
    locked = pem(ec.generate_private_key(ec.SECP256R1()), password=b"x")
    chain = credential.certificates.encode()
    path = tmp_path / "mine.pem"
    for data in (
        b"",
        b"nonsense",
        chain,
        credential.key.encode(),
        chain + other,
        chain + weak,
        chain + locked,
    ):
        path.write_bytes(data)
        with pytest.raises(UnreadableFile, match="holds no certificate with its key"):
            read_credential(path)
    with pytest.raises(UnreadableFile):
        read_credential(tmp_path / "missing.pem")


def test_an_expired_certificate_signs_nothing_and_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credentials, "VALID_DAYS", -0.5)
    expired = own_credential(tmp_path)
    (certificate, _) = x509.load_pem_x509_certificates(expired.certificates.encode())
    assert certificate.not_valid_after_utc < datetime.datetime.now(datetime.UTC)
    target = tmp_path / "a.png"
    target.write_bytes(b"before")
    with pytest.raises(CannotWrite, match="could not be signed"):
        export_picture(generated(), target, with_recipe=False, credential=expired)
    assert target.read_bytes() == b"before"
    assert {path.name for path in tmp_path.iterdir()} == {"a.png", credentials.FILE}
