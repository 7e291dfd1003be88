"""Fetching from a hub, with huggingface_hub: what a download's child process does. Nobody else imports this.

Since version 2 `hf_hub_download` writes to a file of a random name and deletes it when it fails, so it never
resumes what another process began. The library's `http_get` does resume; files, their hashes and what is left to
do are kept here. Its Xet transfer, which can neither resume nor tell single bytes, stays out of it.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import time
from collections import deque
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

import httpx2
from filelock import FileLock, Timeout
from huggingface_hub import HfApi, ModelInfo, constants, hf_hub_url
from huggingface_hub.errors import GatedRepoError, HfHubHTTPError, OfflineModeIsEnabled
from huggingface_hub.file_download import (
    get_hf_file_metadata,  # pyright: ignore[reportUnknownVariableType]
    http_get,  # pyright: ignore[reportUnknownVariableType]
)
from huggingface_hub.utils import build_hf_headers  # pyright: ignore[reportUnknownVariableType]

from dalle_studio.core.errors import CannotWrite, DownloadFailed, ModelUnusable, StudioError
from dalle_studio.core.sentence import Bytes, Sentence, say
from dalle_studio.storage.durable import cannot_write, replace_bytes
from dalle_studio.storage.models.catalogue import Entry, Source
from dalle_studio.storage.models.download import PLAN, RESERVE_BYTES, Checking, Installed, Tell, Transfer
from dalle_studio.storage.models.installed import ADD_ONS, INCOMING
from dalle_studio.storage.models.record import File, digest, write_record
from dalle_studio.storage.models.selection import Remote, select
from dalle_studio.storage.models.verify import damaged_files, listed_files

WAITS_S = (0.5, 1.0, 2.0, 4.0)
"""Pauses between attempts that brought nothing."""
_TELL_S = 0.2
_RATE_S = 5.0
_RETRIED = (408, 429, 500, 502, 503, 504)

constants.DOWNLOAD_CHUNK_SIZE = cast(Any, None)  # as it comes: 10 MB at a time is minutes on a slow line


def install(entry: Entry, folder: Path, token: str | None, tell: Tell) -> None:
    """Fetch an entry into `folder`, or repair it there; what an earlier call has fetched is not fetched again.

    Raises:
        DownloadFailed: no network, no access, not there, or not what it is to be.
        CannotWrite: not enough space, or the disk does not take it.
    """
    place = folder / ADD_ONS if entry.kind else folder
    incoming = folder / INCOMING / entry.name
    incoming.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / INCOMING / f"{entry.name}.lock", timeout=0):
            _Install(entry, place / entry.name, incoming, token, tell).run()
    except Timeout as error:
        raise DownloadFailed(
            say("{model} is being fetched by another Dalle Studio.", model=entry.label),
            say("Wait for it, or pause it there."),
        ) from error


def explained(error: Exception, entry: Entry) -> StudioError:
    """What a failure means to the user."""
    if isinstance(error, StudioError):
        return error
    if isinstance(error, OfflineModeIsEnabled):
        return _failed(entry, say("HF_HUB_OFFLINE forbids it"), say("Start without that variable."), error)
    if isinstance(error, HfHubHTTPError):
        return _refused(error, entry)
    if isinstance(error, httpx2.HTTPError):
        remedy = say(
            "Check the connection to {hub}, or set HF_ENDPOINT or HTTPS_PROXY; then install it again.",
            hub=constants.ENDPOINT,
        )
        return _failed(entry, say("the hub cannot be reached"), remedy, error)
    if isinstance(error, OSError) and error.errno is not None:
        return _full(entry, error) if error.errno in (errno.ENOSPC, errno.EDQUOT) else _unwritable(error)
    why = say("of a fault that it does not know ({fault})", fault=type(error).__name__)
    return _failed(entry, why, _AGAIN, error)


class _Install:
    """One install or repair, from what is there to what is to be there."""

    def __init__(self, entry: Entry, target: Path, incoming: Path, token: str | None, tell: Tell) -> None:
        self._entry, self._target, self._incoming = entry, target, incoming
        self._token, self._tell = token, tell
        self._files: tuple[File, ...] = ()

    def run(self) -> None:
        listed = self._listed()
        if listed is None:
            self._files = self._planned()
            self._fetch_all()
            self._publish()
        else:
            self._repair(listed)
        shutil.rmtree(self._incoming, ignore_errors=True)
        self._tell(Installed(self._entry.name))

    def _listed(self) -> tuple[File, ...] | None:
        """What an installed folder is to have; None where all is to be fetched."""
        with contextlib.suppress(ModelUnusable):
            return listed_files(self._target)
        return None

    def _planned(self) -> tuple[File, ...]:
        """What is to be fetched: as begun, with the commits of then, or as the hub lists it now."""
        sources = [asdict(source) for source in self._entry.sources]
        path = self._incoming / PLAN
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            plan = json.loads(path.read_text(encoding="utf-8"))
            if plan["sources"] == json.loads(json.dumps(sources)):
                return tuple(File(**each) for each in plan["files"])
        files = tuple(file for source in self._entry.sources for file in self._asked(source))
        shutil.rmtree(self._incoming)  # of another plan
        plan = {"sources": sources, "files": [asdict(file) for file in files]}
        replace_bytes(path, json.dumps(plan).encode())
        return files

    def _asked(self, source: Source) -> list[File]:
        """The files of a source; where the hub knows no SHA-256, git's name of the content stands for it."""
        info = self._info(source)
        commit = info.sha or source.revision
        remotes = [
            Remote(each.rfilename, each.size or 0, each.blob_id or "", each.lfs.sha256 if each.lfs else "")
            for each in info.siblings or ()
        ]
        return [
            File(path, each.size_bytes, each.sha256 or f"git:{each.git}", source.repo, commit, each.path)
            for path, each in select(remotes, source).items()
            if path not in self._entry.files
        ]

    def _info(self, source: Source) -> ModelInfo:
        waits = deque(WAITS_S)
        while True:
            try:
                return HfApi(token=self._token).model_info(
                    source.repo, revision=source.revision, timeout=30, files_metadata=True
                )
            except (httpx2.HTTPError, OSError) as error:
                if not waits or not _may_pass(error):
                    raise
                time.sleep(waits.popleft())

    def _fetch_all(self) -> None:
        missing = [file for file in self._files if not (self._incoming / file.path).is_file()]
        kept = sum(file.size_bytes for file in self._files) - sum(file.size_bytes for file in missing)
        parts = sum(_size(_part(self._incoming / file.path)) for file in missing)
        self._check_space(sum(file.size_bytes for file in missing) - parts)
        progress = _Progress(kept + parts, sum(file.size_bytes for file in self._files), self._tell)
        progress.tell()
        for file in missing:
            self._fetch(file, progress)
        progress.tell()

    def _check_space(self, needed: int) -> None:
        free = shutil.disk_usage(self._incoming).free
        if needed and free < needed + RESERVE_BYTES:
            raise CannotWrite(
                say(
                    "{model} needs {needed} more, and {reserve} to spare; {free} are free in {folder}.",
                    model=self._entry.label,
                    needed=Bytes(needed),
                    reserve=Bytes(RESERVE_BYTES),
                    free=Bytes(free),
                    folder=self._incoming.parents[1],
                ),
                say("Free some space, or remove a model."),
            )

    def _fetch(self, file: File, progress: _Progress) -> None:
        """Fetch one file and compare it with its hash; a wrong one is fetched once more."""
        target, part = self._incoming / file.path, _part(self._incoming / file.path)
        target.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(2):
            self._transfer(file, part, progress)
            self._tell(Checking(file.path))
            kind, _, wanted = file.sha256.rpartition(":")
            if digest(part, kind or "sha256") == wanted:
                _sync(part)
                part.replace(target)
                return
            progress.add(-_size(part))
            part.unlink()
        raise DownloadFailed(
            say(
                "{source} of {repo} came twice with a wrong hash, and was thrown away.",
                source=file.source,
                repo=file.repo,
            ),
            say(
                "Something between here and the hub changes it: try another network, or without HF_ENDPOINT."
            ),
        )

    def _transfer(self, file: File, part: Path, progress: _Progress) -> None:
        """Bring what is missing of a file, as often as that brings anything."""
        waits = deque(WAITS_S)
        while (before := _size(part)) < file.size_bytes or not part.exists():
            try:
                self._stream(file, part, progress)
            except (httpx2.HTTPError, OSError) as error:
                if not _may_pass(error):
                    raise
                if _size(part) > before:
                    waits = deque(WAITS_S)
                elif not waits:
                    raise
                time.sleep(waits.popleft())
        if _size(part) > file.size_bytes:  # of another file
            progress.add(-_size(part))
            part.unlink()
            self._transfer(file, part, progress)

    def _stream(self, file: File, part: Path, progress: _Progress) -> None:
        url = hf_hub_url(file.repo, file.source, revision=file.commit)
        found = get_hf_file_metadata(url, token=self._token, timeout=constants.HF_HUB_ETAG_TIMEOUT)
        headers = build_hf_headers(token=self._token)
        if _origin(found.location) not in (_origin(url), "https://huggingface.co"):
            headers.pop("authorization", None)  # a signed address elsewhere is no business of the token
        with part.open("ab", buffering=0) as out:
            counted = cast(BinaryIO, _Counted(cast(BinaryIO, out), progress))
            http_get(
                found.location,
                counted,
                resume_size=out.tell(),
                headers=headers,
                expected_size=file.size_bytes,
                displayed_filename=file.path,
            )

    def _publish(self) -> None:
        """Make it visible, in one go."""
        own = _write_own(self._incoming, self._entry)
        files = [*(_with_sha256(self._incoming, file) for file in self._files), *own]
        write_record(self._incoming, self._entry, _version(self._files), files)
        self._target.parent.mkdir(parents=True, exist_ok=True)
        if self._target.exists():  # a folder that had lost its list of files
            shutil.rmtree(self._target)
        self._incoming.rename(self._target)
        (self._target / PLAN).unlink()

    def _repair(self, listed: tuple[File, ...]) -> None:
        """Put what is fetched anew in the place of what is damaged."""
        damaged = {file.path for file in listed if self._is_damaged(file)}
        self._files = tuple(file for file in listed if file.path in damaged and file.repo)
        for path in damaged_files(self._incoming, self._files):  # from an older repair
            (self._incoming / path).unlink(missing_ok=True)
        self._fetch_all()
        for file in self._files:
            (self._target / file.path).parent.mkdir(parents=True, exist_ok=True)
            (self._incoming / file.path).replace(self._target / file.path)
        if damaged & set(self._entry.files):
            _write_own(self._target, self._entry)

    def _is_damaged(self, file: File) -> bool:
        self._tell(Checking(file.path))
        return bool(damaged_files(self._target, (file,)))


class _Progress:
    """Adds up bytes, and tells of them a few times a second."""

    def __init__(self, done: int, total: int, tell: Tell) -> None:
        self._done, self._total, self._tell = done, total, tell
        self._seen: deque[tuple[float, int]] = deque([(time.monotonic(), done)])
        self._told_s = 0.0

    def add(self, count: int) -> None:
        self._done += count
        if time.monotonic() - self._told_s >= _TELL_S:
            self.tell()

    def tell(self) -> None:
        now = self._told_s = time.monotonic()
        self._seen.append((now, self._done))
        while len(self._seen) > 2 and now - self._seen[0][0] > _RATE_S:
            self._seen.popleft()
        then, before = self._seen[0]
        rate = max(0.0, (self._done - before) / max(now - then, 1e-3))
        left_s = (self._total - self._done) / rate if rate else None
        self._tell(Transfer(self._done, self._total, rate, left_s))


class _Counted:
    """A file to write to that tells how much was written; as much of one as `http_get` needs."""

    def __init__(self, file: BinaryIO, progress: _Progress) -> None:
        self._file, self._progress = file, progress
        self.tell, self.seek = file.tell, file.seek

    def write(self, data: bytes) -> int:
        view = memoryview(data)
        while view:  # an unbuffered file may take a part
            count = self._file.write(view)
            self._progress.add(count)
            view = view[count:]
        return len(data)

    def truncate(self) -> int:
        before = self._file.seek(0, 1), self._file.seek(0, 2)
        self._progress.add(before[0] - before[1])
        return self._file.truncate(before[0])


def _write_own(folder: Path, entry: Entry) -> list[File]:
    """Write the JSON files that the catalogue brings itself."""
    made: list[File] = []
    for path, content in entry.files.items():
        replace_bytes(folder / path, json.dumps(content, indent=1).encode())
        made.append(File(path, _size(folder / path), digest(folder / path)))
    return made


def _with_sha256(folder: Path, file: File) -> File:
    return file if ":" not in file.sha256 else replace(file, sha256=digest(folder / file.path))


def _version(files: tuple[File, ...]) -> str:
    return "+".join(dict.fromkeys(file.commit[:12] for file in files))


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _part(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _may_pass(error: Exception) -> bool:
    """Whether trying again can help."""
    if isinstance(error, HfHubHTTPError):
        return error.response.status_code in _RETRIED
    return not isinstance(error, OfflineModeIsEnabled) and getattr(error, "errno", None) is None


_AGAIN = say("Install it again: it goes on where it stopped.")


def _failed(entry: Entry, why: Sentence, remedy: Sentence, error: Exception) -> DownloadFailed:
    return DownloadFailed(
        say("{model} could not be fetched: {why}.", model=entry.label, why=why), remedy, repr(error)
    )


def _refused(error: HfHubHTTPError, entry: Entry) -> DownloadFailed:
    status, code = error.response.status_code, error.response.headers.get("X-Error-Code")
    if "Invalid credentials" in error.response.headers.get("X-Error-Message", ""):
        remedy = say(
            "Keep another one: dalle-studio models token; or forget it: dalle-studio models token --forget."
        )
        return _failed(entry, say("the hub does not know the token"), remedy, error)
    if isinstance(error, GatedRepoError) or (status in (401, 403) and code != "RepoNotFound"):
        remedy = say(
            "Ask for access at {page}, make a token with read access at {tokens}, "
            "and keep it: dalle-studio models token.",
            page=entry.homepage,
            tokens=f"{constants.ENDPOINT}/settings/tokens",
        )
        why = say("its publisher gives it only to those who were granted access")
        return _failed(entry, why, remedy, error)
    if code == "RevisionNotFound":
        page = entry.homepage
        remedy = say("Its publisher has withdrawn it; look at {page}, or choose another model.", page=page)
        return _failed(entry, say("the version that was to be fetched is not there any more"), remedy, error)
    if status in (401, 403, 404):
        remedy = say("Look at {page}, or choose another model.", page=entry.homepage)
        return _failed(entry, say("it is not on the hub any more"), remedy, error)
    why = say("the hub answers with error {status}", status=status)
    return _failed(entry, why, say("Try again later: it goes on where it stopped."), error)


def _full(entry: Entry, error: OSError) -> CannotWrite:
    return CannotWrite(
        say("The disk is full; what has come of {model} is kept.", model=entry.label),
        say("Free some space and install it again: it goes on where it stopped."),
        repr(error),
    )


def _unwritable(error: OSError) -> CannotWrite:
    return cannot_write(Path(error.filename or INCOMING), error)
