"""A project as an OpenRaster file, which Krita, GIMP and MyPaint open too.

Follows the Open Raster Specification 0.0.6 (openraster.org). Other programs see the picture as one layer and
each region as a hidden layer in its colour; what only this studio knows lies under `dalle-studio/`, where a
manifest holds the SHA-256 of every member. The picture and each mask are there twice, so that one scratch in a
file loses neither.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree import ElementTree

import numpy as np
from PIL import Image, ImageColor

from dalle_studio import __version__
from dalle_studio.core.errors import StudioError, UnreadableFile
from dalle_studio.core.format import Size
from dalle_studio.core.sentence import say
from dalle_studio.storage.archive import DEFAULT_LIMITS, Archive, Limits, salvage
from dalle_studio.storage.durable import replace_file
from dalle_studio.storage.library import open_picture
from dalle_studio.storage.project import (
    MAX_REGIONS,
    MERGED,
    OWN,
    PICTURE,
    PaintedRegion,
    Project,
    Unknown,
    layer_member,
    mask_member,
    members_of,
    png,
)
from dalle_studio.storage.project_reader import Found, read_json, read_project

SUFFIX = ".ora"
MIME_TYPE = "image/openraster"
SCHEMA = 1
MIMETYPE, STACK, THUMBNAIL = "mimetype", "stack.xml", "Thumbnails/thumbnail.png"
MANIFEST = f"{OWN}manifest.json"
EMPTY_SIZE = Size(64, 64)  # of a project without a picture
THUMBNAIL_PX = 256
REGION_OPACITY = "0.33"
_SPECIFICATION = "0.0.6"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same project gives the same bytes
_MANIFEST_KEYS = {"schema", "software", "members"}


@dataclass(frozen=True, eq=False)
class Opened:
    """A project file that was opened.

    Attributes:
        project: as far as it could be read.
        path: of the file.
        lost: what could not be read, each as words for a list; empty where nothing is lost.
        is_whole: whether the file is this studio's and as it was written. Only then may a save replace it.
    """

    project: Project
    path: Path
    lost: tuple[str, ...] = ()
    is_whole: bool = True

    @property
    def save_path(self) -> Path:
        """Where the project is to be saved: the same file, or a new one beside it that spares the damaged one."""
        if self.is_whole:
            return self.path
        stem = f"{self.path.stem} (recovered)"
        path, number = self.path.with_name(f"{stem}{SUFFIX}"), 1
        while path.exists():
            number += 1
            path = self.path.with_name(f"{stem} {number}{SUFFIX}")
        return path


def save_project(project: Project, path: Path) -> None:
    """Write or replace the file in one go; what was there before stays beside it as `name~`.

    Raises CannotWrite; nothing has changed then.
    """
    members = _file_members(project)
    replace_file(path, lambda file: _write_zip(file, members), keeps_previous=True)


def open_project(path: Path, limits: Limits = DEFAULT_LIMITS) -> Opened:
    """Read a project. Of a damaged file, everything is read that verifies.

    Also reads OpenRaster files of other programs: the rendering of all their layers becomes the picture.

    Raises:
        UnreadableFile: it is missing, no project, or nothing of it is left.
    """
    members, is_whole, reason = _read_members(path, limits)
    manifest = _manifest(members)
    if manifest is None and members and is_whole:
        return Opened(_foreign(members, path), path, is_whole=False)
    sums = _sums(manifest or {})
    good = dict(_verified(members, sums))
    project, lost = read_project(Found(frozenset({*sums, *good}), good.get))
    if not any((project.picture, project.composition, project.options)):
        raise reason or _no_project(path)
    is_whole = is_whole and manifest is not None and sums.keys() <= good.keys()
    # in a damaged file, a member that nobody knows may be one whose name is scratched
    kept = good if is_whole else {name: data for name, data in good.items() if name in sums}
    unknown = _unknown(manifest or {}, kept, project.unknown)
    return Opened(replace(project, unknown=unknown), path, lost, is_whole and not lost)


def _file_members(project: Project) -> list[tuple[str, bytes]]:
    own = {member.name: member.encode() for member in members_of(project)}
    picture = own.pop(PICTURE, None)
    size = project.picture.size if project.picture else EMPTY_SIZE
    if project.picture and picture:
        thumbnail, shown = _thumbnail(project.picture.image), {PICTURE: picture, MERGED: picture}
    else:
        empty = Image.new("RGBA", size.wh)
        thumbnail, shown = _thumbnail(empty), {MERGED: png(empty)}
    content = {
        **project.unknown.members,
        **own,
        **shown,
        STACK: _stack(project, size),
        **{layer_member(region.number): _layer(region) for region in project.regions},
        THUMBNAIL: thumbnail,
    }
    # what is small and precious comes first, and is there still when the end of the file is not
    names = [STACK, *own, *shown, *content]
    return [
        (MIMETYPE, MIME_TYPE.encode()),
        (MANIFEST, _manifest_json(project, content)),
        *((name, content[name]) for name in dict.fromkeys(names)),
    ]


def _manifest_json(project: Project, content: Mapping[str, bytes]) -> bytes:
    unknown = project.unknown.manifest
    manifest = {
        **unknown,
        "schema": max(SCHEMA, unknown.get("schema", SCHEMA)),
        "software": f"Dalle Studio {__version__}",
        "members": {name: hashlib.sha256(data).hexdigest() for name, data in content.items()},
    }
    return json.dumps(manifest, indent=1).encode()


def _stack(project: Project, size: Size) -> bytes:
    """The layers, the topmost first."""
    image = ElementTree.Element(
        "image", version=_SPECIFICATION, w=str(size.width_px), h=str(size.height_px), xres="72", yres="72"
    )
    stack = ElementTree.SubElement(image, "stack")
    for region in reversed(project.regions):
        name = _xml_text(f"{region.number}: {region.name or region.prompt or 'region'}")
        _add_layer(stack, name, layer_member(region.number), opacity=REGION_OPACITY, visibility="hidden")
    if project.picture:
        _add_layer(stack, "Picture", PICTURE, opacity="1.0", visibility="visible")
    return ElementTree.tostring(image, encoding="UTF-8", xml_declaration=True)


def _add_layer(stack: ElementTree.Element, name: str, member: str, **attributes: str) -> None:
    place = {"x": "0", "y": "0", "composite-op": "svg:src-over"}
    ElementTree.SubElement(stack, "layer", {"name": name, "src": member, **place, **attributes})


def _xml_text(text: str) -> str:
    """Without what XML 1.0 cannot hold."""
    return "".join(c if c.isprintable() and c not in "\ufffe\uffff" else " " for c in text)


def _layer(region: PaintedRegion) -> bytes:
    """The region's colour, as opaque as it is painted."""
    pixels = np.empty((*region.mask.shape, 4), np.uint8)
    pixels[..., :3] = ImageColor.getrgb(region.colour)[:3]
    pixels[..., 3] = region.mask
    return png(Image.fromarray(pixels))


def _thumbnail(image: Image.Image) -> bytes:
    small = image.copy()
    small.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX))
    return png(small)


def _write_zip(file: BinaryIO, members: Iterable[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o100644 << 16
            is_packed = name.endswith(".json")  # and PNGs are already
            entry.compress_type = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
            archive.writestr(entry, data)


def _read_members(path: Path, limits: Limits) -> tuple[dict[str, list[bytes]], bool, StudioError | None]:
    """Every member's content (each that is found, of a damaged file), whether all is whole, and if not, why."""
    members: dict[str, list[bytes]] = {}
    reason: StudioError | None = None
    try:
        with Archive(path, limits) as archive:
            for name in archive.names:
                try:
                    members.setdefault(name, []).append(archive.read(name))
                except UnreadableFile as error:
                    reason = reason or error
    except UnreadableFile as error:
        reason = error
    if reason:
        for name, data in salvage(path, limits):
            members.setdefault(name, []).append(data)
    return members, reason is None, reason


def _manifest(members: Mapping[str, list[bytes]]) -> dict[str, Any] | None:
    for data in members.get(MANIFEST, ()):
        try:
            return read_json(data)
        except ValueError:
            continue
    return None


def _sums(manifest: Mapping[str, Any]) -> dict[str, str]:
    members = manifest.get("members")
    return dict(members) if isinstance(members, dict) else {}  # type: ignore[reportUnknownArgumentType]


def _verified(members: Mapping[str, list[bytes]], sums: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Members that are as they were written; of those that the manifest does not name, the first."""
    for name, contents in members.items():
        for data in contents:
            if name not in sums or hashlib.sha256(data).hexdigest() == sums[name]:
                yield name, data
                break


def _unknown(manifest: Mapping[str, Any], good: Mapping[str, bytes], unknown: Unknown) -> Unknown:
    numbers = range(1, MAX_REGIONS + 1)
    known = {MIMETYPE, MANIFEST, STACK, THUMBNAIL, MERGED, PICTURE}
    known |= {name for number in numbers for name in (mask_member(number), layer_member(number))}
    known |= {member.name for member in members_of(Project())} | {f"{OWN}recipe.json"}
    keys = {key: value for key, value in manifest.items() if key not in _MANIFEST_KEYS}
    schema = manifest.get("schema", SCHEMA)
    if isinstance(schema, int) and schema > SCHEMA:
        keys["schema"] = schema
    taken = {name.casefold() for name in known}  # an archive may not hold two names that differ in case alone
    members = {name: data for name, data in good.items() if name.casefold() not in taken}
    return Unknown(manifest=keys, canvas=unknown.canvas, members=members)


def _foreign(members: Mapping[str, list[bytes]], path: Path) -> Project:
    """Of another program's file, the picture it shows; through the library's door, as it may be of any kind."""
    if MERGED not in members or members.get(MIMETYPE, [b""])[0].strip() != MIME_TYPE.encode():
        raise _no_project(path)
    with tempfile.TemporaryDirectory() as folder:
        merged = Path(folder) / f"{path.stem}.png"
        merged.write_bytes(members[MERGED][0])
        return Project(picture=open_picture(merged))


def _no_project(path: Path) -> UnreadableFile:
    return UnreadableFile(
        say("{name} is no project of Dalle Studio.", name=path.name),
        say("Open a file that ends in .ora, or a picture."),
    )
