"""Two studios and a command line on one library: nobody waits in vain, and everything that was written is listed.

Run as a program, this is the command line: the real one, with an engine that draws noise, again and again.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from unittest.mock import patch

from dalle_studio.storage.library import open_picture
from dalle_studio.storage.pictures.library import Library
from tests.torture.library import Promises, hear, see_that_all_is_kept

MOST_S = 240.0
_STUDIO, _COMMAND_LINE = "tests.torture.library", "tests.torture.together"


@dataclass
class Written:
    """What three processes wrote together.

    Attributes:
        by_studios, by_command_line: writes that were reported: pictures, stars and collections, deletions.
        complaints: of processes that ended by themselves; a lock that was waited for in vain is one.
        missing: pictures of the command line that are not listed, or are not what was written.
        seconds: it took.
    """

    by_studios: int = 0
    by_command_line: int = 0
    complaints: list[str] = field(default_factory=list[str])
    missing: int = 0
    seconds: float = 0.0

    @property
    def broken(self) -> int:
        """How many promises were."""
        return len(self.complaints) + self.missing


def write_together(home: Path, writes: int) -> Written:
    """Let all three write until there are so many writes, then end them in the middle of it.

    Raises AssertionError where a studio's promise is broken or the database is damaged.
    """
    home.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    writers = [_Writer(home, module, seed) for seed, module in enumerate((_STUDIO, _STUDIO, _COMMAND_LINE))]
    while time.monotonic() - started < MOST_S and not any(writer.has_ended for writer in writers):
        counts = [writer.writes for writer in writers]
        if sum(counts) >= writes and all(counts):
            break
        time.sleep(0.02)
    complaints = [writer.end() for writer in writers]
    *studios, command_line = writers
    promises: Promises = {}
    for line in (line for studio in studios for line in studio.lines):
        hear(line, promises)
    see_that_all_is_kept(home, promises)
    made = [fact for fact in _facts(command_line.lines) if fact["event"] == "picture"]
    return Written(
        by_studios=sum(len(studio.lines) for studio in studios),
        by_command_line=len(made),
        complaints=[complaint for complaint in complaints if complaint],
        missing=_missing(home, made),
        seconds=time.monotonic() - started,
    )


class _Writer:
    """A process that writes, what it reports, and what it complains of."""

    def __init__(self, home: Path, module: str, seed: int) -> None:
        self.lines: list[str] = []
        self.writes = 0
        self._log = home / f"writer {seed}.txt"
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, str(home), str(seed)],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                encoding="utf-8",
            )
        assert self._process.stdout is not None
        self._ear = threading.Thread(target=self._listen, args=(self._process.stdout,))
        self._ear.start()

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def end(self) -> str:
        """Kill it; returns what it complained of where it had ended by itself."""
        complaint = ""
        if self.has_ended:
            complaint = f"code {self._process.returncode}: {self._log.read_text()[-2000:]}"
        self._process.kill()
        self._ear.join()
        self._process.wait()
        return complaint

    def _listen(self, stdout: IO[str]) -> None:
        with stdout:
            for line in stdout:
                self.lines.append(line)
                self.writes += '"id"' in line or '"path"' in line


def _missing(home: Path, made: list[dict[str, Any]]) -> int:
    with Library(home / "pictures", home / "cache") as library:
        rows = {row.path: row for row in library.rows(limit=1_000_000)}
    return sum(
        Path(fact["path"]) not in rows or open_picture(Path(fact["path"])).sha256 != fact["sha256"]
        for fact in made
    )


def _facts(lines: list[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        with contextlib.suppress(ValueError):  # it was killed while it spoke
            yield json.loads(line)


def command_line_for_ever(home: Path, seed: int) -> None:
    """Make pictures with the real command line, one command after the other."""
    from dalle_studio import session
    from dalle_studio.cli import app
    from tests.scripted import ScriptedEngine

    with patch.object(session, "LocalEngine", lambda *_, **__: ScriptedEngine()):
        while True:
            seed += 2
            command = ["generate", "a red car", "--count", "2", "--seed", f"{seed}", "--steps", "1"]
            app([*command, "--output", str(home / "pictures"), "--json"], standalone_mode=False)


if __name__ == "__main__":
    command_line_for_ever(Path(sys.argv[1]), int(sys.argv[2]))
