"""A model hub on loopback: the part of the Hugging Face Hub's HTTP API that downloads use, with faults to choose.

    with Hub.serve(folder) as hub:            # folder/OWNER/NAME/... are repositories
        monkeypatch.setenv("HF_ENDPOINT", hub.url)

Large files (weights) are redirected to a second server, as the hub's are to its CDN: it knows Range and must never
be shown a token. Small ones are answered by the hub itself, after a redirect of its own.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
import time
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

LARGE = {".safetensors", ".bin", ".ckpt", ".pt", ".pth", ".onnx", ".msgpack"}
_PIECE_BYTES = 64 * 1024


@dataclass
class Faults:
    """What goes wrong from now on; everything off by default.

    Attributes:
        drop_after: bytes of a large file after which its connection is closed, `drops` times.
        wrong: large files whose names end so are served with other bytes, `wrongs` times.
        drip_bytes_per_s: how slowly large files come; None: as fast as they can.
        ignores_ranges: every large file comes from its start, whatever was asked for.
        vanished: the revision that was asked for is not there any more.
        errors: how many of the next answers are 500.
        gated: repositories that want `token`; `refused`: tokens that were not granted access.
    """

    drop_after: int = 0
    drops: int = 0
    wrong: str = ""
    wrongs: int = 0
    drip_bytes_per_s: int | None = None
    ignores_ranges: bool = False
    vanished: bool = False
    errors: int = 0
    gated: set[str] = field(default_factory=set[str])
    token: str = "hf_right"
    refused: set[str] = field(default_factory=set[str])


class Hub:
    """A running hub.

    Attributes:
        url: for HF_ENDPOINT.
        faults: what goes wrong.
        commits: of repositories that are at a certain one; of others it follows from their files.
        served: body bytes that went out for each "OWNER/NAME/file".
        asked: "METHOD path" of every request, in order.
        leaked: whether a token was sent to the CDN.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults = Faults()
        self.commits: dict[str, str] = {}
        self.served: Counter[str] = Counter()
        self.asked: list[str] = []
        self.leaked = False
        self.closed = threading.Event()
        self._lock = threading.Lock()
        self._answering = 0
        self._servers = [self._server(_HubAnswers), self._server(_CdnAnswers)]
        self._threads = [threading.Thread(target=each.serve_forever, args=(0.02,)) for each in self._servers]
        self.url, self.cdn_url = (f"http://127.0.0.1:{each.server_port}" for each in self._servers)

    @classmethod
    @contextlib.contextmanager
    def serve(cls, folder: Path) -> Generator[Hub]:
        """Serve the repositories `folder/OWNER/NAME` until the block ends."""
        hub = cls(folder)
        for thread in hub._threads:
            thread.start()
        try:
            yield hub
        finally:
            hub.closed.set()
            for server in hub._servers:
                server.shutdown()
                server.server_close()
            for thread in hub._threads:
                thread.join()

    def commit(self, repo: str) -> str:
        """The commit that every branch of a repository is at: a given one, or one that follows from its files."""
        if repo in self.commits:
            return self.commits[repo]
        digest = hashlib.sha1(repo.encode())
        for path in self.files(repo):
            digest.update(str(path.relative_to(self.folder)).encode() + path.read_bytes())
        return digest.hexdigest()

    def files(self, repo: str) -> list[Path]:
        """Every file of a repository."""
        return sorted(each for each in (self.folder / repo).rglob("*") if each.is_file())

    def total_served(self) -> int:
        """Body bytes of all files."""
        return sum(self.served.values())

    def forget(self) -> None:
        """Count anew what is served, once those who are gone have got their last bytes."""
        end_s = time.monotonic() + 5
        while self._answering and time.monotonic() < end_s:
            time.sleep(0.01)
        self.served.clear()

    def _server(self, answers: type[_Answers]) -> ThreadingHTTPServer:
        server = ThreadingHTTPServer(("127.0.0.1", 0), type(answers.__name__, (answers,), {"hub": self}))
        server.daemon_threads = False  # every answer ends before the test does
        return server

    @contextlib.contextmanager
    def answering(self) -> Generator[None]:
        with self._lock:
            self._answering += 1
        try:
            yield
        finally:
            with self._lock:
                self._answering -= 1

    def count(self, name: str, number_of_bytes: int) -> None:
        with self._lock:
            self.served[name] += number_of_bytes

    def take(self, fault: str) -> bool:
        """Use one of a fault's turns, if there are any left."""
        with self._lock:
            left = getattr(self.faults, fault)
            setattr(self.faults, fault, max(0, left - 1))
            return left > 0


def git_oid(data: bytes) -> str:
    """What git calls a file's content: the ETag of small files."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def sha256(path: Path) -> str:
    """The ETag of large files."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


class _Answers(BaseHTTPRequestHandler):
    hub: Hub
    timeout = 20

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.hub.asked.append(f"{self.command} {self.path}")
        with contextlib.suppress(ConnectionError), self.hub.answering():
            if self.hub.take("errors"):
                self._head(500)
            else:
                self.answer(unquote(urlsplit(self.path).path).strip("/").split("/"))

    def answer(self, parts: list[str]) -> None:
        raise NotImplementedError

    def _head(self, status: int, headers: dict[str, str] | None = None, length: int = 0) -> None:
        self.send_response(status)
        for key, value in {"Content-Length": str(length), **(headers or {})}.items():
            self.send_header(key, value)
        self.end_headers()

    def _refuse(self, status: int, code: str, message: str = "") -> None:
        self._head(status, {"X-Error-Code": code, "X-Error-Message": message})


class _HubAnswers(_Answers):
    def answer(self, parts: list[str]) -> None:
        match parts:
            case ["api", "models", owner, name, "revision", revision]:
                self._info(f"{owner}/{name}", revision)
            case ["api", "models", owner, name, "tree", revision, *_]:
                self._tree(f"{owner}/{name}", revision)
            case ["api", "resolve-cache", "models", owner, name, commit, *path]:
                self._small(f"{owner}/{name}", commit, self.hub.folder / owner / name / "/".join(path))
            case [owner, name, "resolve", revision, *path]:
                self._resolve(f"{owner}/{name}", revision, "/".join(path))
            case _:
                self._refuse(404, "")

    def _known(self, repo: str, revision: str) -> bool:
        if not (self.hub.folder / repo).is_dir():
            self._refuse(401, "RepoNotFound", "Invalid username or password.")
        elif self.hub.faults.vanished or (len(revision) == 40 and revision != self.hub.commit(repo)):
            self._refuse(404, "RevisionNotFound", f"Invalid rev id: {revision}")
        else:
            return True
        return False

    def _info(self, repo: str, revision: str) -> None:
        if self._known(repo, revision):
            siblings = [
                {"rfilename": each["path"], "blobId": each["oid"]} | _only(each, "size", "lfs")
                for each in self._entries(repo)
            ]
            gated = "auto" if repo in self.hub.faults.gated else False
            self._json({"id": repo, "sha": self.hub.commit(repo), "gated": gated, "siblings": siblings})

    def _tree(self, repo: str, revision: str) -> None:
        if self._known(repo, revision):
            self._json(self._entries(repo))

    def _entries(self, repo: str) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = []
        for path in self.hub.files(repo):
            size, name = path.stat().st_size, path.relative_to(self.hub.folder / repo).as_posix()
            entry: dict[str, Any] = {
                "type": "file",
                "path": name,
                "size": size,
                "oid": git_oid(path.read_bytes()),
            }
            if path.suffix in LARGE:
                entry["lfs"] = {"oid": sha256(path), "sha256": sha256(path), "size": size, "pointerSize": 134}
            entries.append(entry)
        return entries

    def _json(self, value: object) -> None:
        body = json.dumps(value).encode()
        self._head(200, {"Content-Type": "application/json"}, len(body))
        self.wfile.write(body)

    def _resolve(self, repo: str, revision: str, name: str) -> None:
        path = self.hub.folder / repo / name
        if not self._known(repo, revision) or not self._may_read(repo):
            return
        commit = self.hub.commit(repo)
        if not path.is_file():
            self._refuse(404, "EntryNotFound")
        elif path.suffix in LARGE:
            headers = {"X-Linked-Etag": f'"{sha256(path)}"', "X-Linked-Size": str(path.stat().st_size)}
            headers |= {"Location": f"{self.hub.cdn_url}/{repo}/{name}?signed=1", "X-Repo-Commit": commit}
            self._head(302, headers)
        else:
            self._head(307, {"Location": f"/api/resolve-cache/models/{repo}/{commit}/{name}"})

    def _may_read(self, repo: str) -> bool:
        faults, sent = self.hub.faults, self.headers.get("Authorization", "").removeprefix("Bearer ")
        if repo not in faults.gated or sent == faults.token:
            return True
        if sent and sent not in faults.refused:
            self._refuse(401, "", "Invalid credentials in Authorization header")
        else:
            self._refuse(403 if sent else 401, "GatedRepo", f"Access to model {repo} is restricted.")
        return False

    def _small(self, repo: str, commit: str, path: Path) -> None:
        data = path.read_bytes()
        self._head(200, {"ETag": f'"{git_oid(data)}"', "X-Repo-Commit": commit}, len(data))
        if self.command == "GET":
            self.hub.count(path.relative_to(self.hub.folder).as_posix(), len(data))
            self.wfile.write(data)


class _CdnAnswers(_Answers):
    def answer(self, parts: list[str]) -> None:
        self.hub.leaked |= "Authorization" in self.headers
        name = "/".join(parts)
        data = (self.hub.folder / name).read_bytes()
        faults = self.hub.faults
        if faults.wrong and name.endswith(faults.wrong) and self.hub.take("wrongs"):
            data = data[:-1] + bytes([data[-1] ^ 255])
        start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").split("-")[0])
        start = 0 if faults.ignores_ranges else start
        if start >= len(data):
            self._head(416, {"Content-Range": f"bytes */{len(data)}"})
            return
        part = {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"} if start else {}
        self._head(206 if start else 200, part, len(data) - start)
        if self.command == "GET":
            self._send(name, data[start:])

    def _send(self, name: str, data: bytes) -> None:
        faults = self.hub.faults
        end = faults.drop_after if faults.drop_after < len(data) and self.hub.take("drops") else len(data)
        place = 0
        drip = faults.drip_bytes_per_s
        while place < end and not self.hub.closed.is_set():
            piece = data[place : min(end, place + (_PIECE_BYTES if drip is None else max(1, drip // 20)))]
            self.wfile.write(piece)
            self.hub.count(name, len(piece))
            place += len(piece)
            if drip is not None:
                time.sleep(0.05)


def _only(entry: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: entry[key] for key in keys if key in entry}
