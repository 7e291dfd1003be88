"""Bringing in a model or add-on that lies on this machine already. It is copied; the original stays as it is."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from dalle_studio.core.errors import CannotWrite, DownloadFailed, InvalidRequest, UnreadableFile
from dalle_studio.core.model import Ability, AddOn, AddOnKind, Commercial, Licence, Model
from dalle_studio.core.sentence import Bytes, say
from dalle_studio.storage.durable import cannot_write
from dalle_studio.storage.models.catalogue import Entry, Source, catalogue
from dalle_studio.storage.models.download import PLAN, RESERVE_BYTES
from dalle_studio.storage.models.inspection import Found, inspect, unusable
from dalle_studio.storage.models.installed import (
    ADD_ONS,
    INCOMING,
    check_name,
    find_add_on,
    find_model,
    folder_of,
    models_dir,
)
from dalle_studio.storage.models.recognisers import NEEDED, VOCABULARIES
from dalle_studio.storage.models.record import RECORD, File, digest, write_record
from dalle_studio.storage.models.selection import Remote, select
from dalle_studio.storage.models.verify import OnProgress

UNKNOWN_LICENCE = Licence(
    "unknown",
    Commercial.CONDITIONS,
    "",
    say("It was brought in from elsewhere: read its licence before you use it in business."),
)
Convert = Callable[[Path, str, Path, Callable[[], object]], None]
"""Makes a diffusers folder of a checkpoint: its file, family, the empty folder, and what to call meanwhile."""
_PIECE_BYTES = 4 * 1024**2


def import_model(
    path: Path,
    name: str,
    licence: Licence = UNKNOWN_LICENCE,
    on_progress: OnProgress = lambda done, total: None,
    convert: Convert | None = None,
) -> Model | AddOn:
    """Copy what lies at `path` into the models' folder, under a name of its own.

    Args:
        path: what `inspect` takes.
        name: what recipes and the command line will call it.
        licence: its own.
        on_progress: told of bytes done and bytes in all; what it raises ends the import, and nothing is left.
        convert: for checkpoints in one file, `dalle_studio.engine.conversion.convert`.

    Raises:
        UnreadableFile: it is nothing of use, with the reason.
        InvalidRequest: the name is taken, or is none.
        CannotWrite: there is not enough space, or the disk does not take it.
    """
    found = inspect(path)
    _check_free(name)
    incoming = models_dir() / INCOMING / name
    sources = {} if found.needs_conversion else _sources(found)
    total = sum(each.stat().st_size for each in sources.values()) or found.path.stat().st_size
    shutil.rmtree(incoming, ignore_errors=True)  # of an import that was killed
    try:
        incoming.mkdir(parents=True)
        _check_space(incoming, total)
        if found.needs_conversion:
            files = _converted(found, incoming, total, on_progress, convert)
        else:
            files = _copied(sources, incoming, total, on_progress)
        _publish(found, name, licence, incoming, files)
    except OSError as error:
        raise cannot_write(incoming, error) from error
    finally:
        shutil.rmtree(incoming, ignore_errors=True)
    return find_model(name) if found.kind is None else find_add_on(name)


def _check_free(name: str) -> None:
    check_name(name)
    if any(entry.name == name for entry in catalogue()):
        raise InvalidRequest(
            say("“{name}” is what the catalogue calls a model of its own.", name=name),
            say("Choose another name."),
        )
    if folder_of(name) or (models_dir() / INCOMING / name / PLAN).exists():
        raise InvalidRequest(
            say("There is a model called “{name}” already.", name=name),
            say("Choose another name, or remove that one."),
        )


def _check_space(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed + RESERVE_BYTES:
        raise CannotWrite(
            say(
                "It needs {needed}, and {reserve} to spare; {free} are free.",
                needed=Bytes(needed),
                reserve=Bytes(RESERVE_BYTES),
                free=Bytes(free),
            ),
            say("Free some space, or remove a model."),
        )


def _sources(found: Found) -> dict[str, Path]:
    """What to copy: each path in the new folder, with the file it comes from."""
    if found.path.is_file():
        return {found.path.name: found.path}
    listed = [each for each in found.path.rglob("*") if each.is_file() and each.name != RECORD]
    remotes = [Remote(each.relative_to(found.path).as_posix(), each.stat().st_size, "") for each in listed]
    try:
        chosen = select(remotes, Source(found.path.name, "", _included(found)))
    except DownloadFailed as error:
        raise UnreadableFile(error.message, error.remedy) from error
    return {here: found.path / remote.path for here, remote in chosen.items()}


def _included(found: Found) -> tuple[str, ...]:
    """Of a recogniser, its files by name; of anything else, whatever it needs."""
    if found.kind is not AddOnKind.SPEECH:
        return ()
    return (*NEEDED, *(name for name in VOCABULARIES if (found.path / name).is_file()))


def _copied(sources: Mapping[str, Path], folder: Path, total: int, on_progress: OnProgress) -> list[File]:
    done, files = 0, list[File]()
    for here, source in sources.items():
        made = hashlib.sha256()
        (folder / here).parent.mkdir(parents=True, exist_ok=True)
        with _opened(source) as read, (folder / here).open("wb") as write:
            while piece := read.read(_PIECE_BYTES):
                made.update(piece)
                write.write(piece)
                done += len(piece)
                on_progress(done, total)
        files.append(File(here, (folder / here).stat().st_size, made.hexdigest()))
    return files


def _opened(source: Path):
    try:
        return source.open("rb")
    except OSError as error:
        raise UnreadableFile(
            say("{source} cannot be read: {reason}.", source=source, reason=error.strerror),
            say("See to its permissions."),
        ) from error


def _converted(
    found: Found, folder: Path, total: int, on_progress: OnProgress, convert: Convert | None
) -> list[File]:
    if convert is None:
        raise unusable(found.path, say("a checkpoint in one file is to be converted first"))
    on_progress(0, total)
    convert(found.path, found.family, folder, lambda: on_progress(min(total, _length(folder)), total))
    paths = sorted(each for each in folder.rglob("*") if each.is_file())
    return [File(each.relative_to(folder).as_posix(), each.stat().st_size, digest(each)) for each in paths]


def _publish(found: Found, name: str, licence: Licence, incoming: Path, files: list[File]) -> None:
    version = hashlib.sha256("".join(file.sha256 for file in files).encode()).hexdigest()[:12]
    write_record(incoming, _entry(found, name, licence, files), version, files)
    target = models_dir() / (ADD_ONS if found.kind else "") / name
    target.parent.mkdir(parents=True, exist_ok=True)
    incoming.rename(target)


def _entry(found: Found, name: str, licence: Licence, files: list[File]) -> Entry:
    label = found.path.stem if found.path.is_file() else found.path.name
    if found.kind:
        is_one_file = found.kind in (AddOnKind.LORA, AddOnKind.UPSCALER)
        file = files[0].path if is_one_file else ""
        return Entry(name, label, found.label, found.kind, found.family, (), licence, file=file)
    alike = next(
        e
        for e in catalogue()
        if e.family == found.family and (Ability.CREATE not in e.abilities) == found.edits
    )
    return replace(
        alike, name=name, label=label, summary=found.label, sources=(), licence=licence, homepage="", files={}
    )


def _length(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
