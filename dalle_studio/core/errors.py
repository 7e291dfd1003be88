"""Every failure is a sentence for the user and a remedy.

StudioError                  exit code 1
├── InvalidRequest           2   what was asked for cannot be made: empty prompt, contradictory options
├── UnreadablePicture        3   a picture or mask that came in is missing, broken, too large or too small
├── UnreadableFile           3   a project or archive that came in is missing, broken or not safe to open
├── UnreadableLibrary        3   the library's database is damaged, or of a later version
├── CannotHear               3   no microphone, a recording that cannot be read, silence or noise
├── CannotWrite              4   a folder or disk did not take what was made
├── DownloadFailed           6   a model could not be fetched: no network, no access, or it is not there
└── EngineError              5   the engine could not make it
    ├── ModelUnusable        5   the model's folder is missing or damaged
    ├── OutOfMemory          5   not enough memory, even one picture at a time
    └── EngineStopped        5   the engine's process died or hung, twice

A cancelled request is no error; the command line ends with 130 then.
"""

from __future__ import annotations


class StudioError(Exception):
    """Something went wrong that the user can understand.

    Attributes:
        message: one sentence that says what happened.
        remedy: one sentence that says what to do about it.
        details: text for a bug report (a traceback, the end of a log); may be empty.
    """

    exit_code = 1

    def __init__(self, message: str, remedy: str, details: str = "") -> None:
        super().__init__(message, remedy, details)
        self.message = message
        self.remedy = remedy
        self.details = details

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"


class InvalidRequest(StudioError):
    """What was asked for cannot be made."""

    exit_code = 2


class UnreadablePicture(StudioError):
    """A picture or mask that came in is missing, broken, too large or too small."""

    exit_code = 3


class UnreadableFile(StudioError):
    """A project or archive that came in is missing, broken or not safe to open."""

    exit_code = 3


class UnreadableLibrary(StudioError):
    """The library's database is damaged, or of a later version."""

    exit_code = 3


class CannotHear(StudioError):
    """No microphone, a recording that cannot be read, or nothing said in it."""

    exit_code = 3


class CannotWrite(StudioError):
    """A folder or disk did not take what was made."""

    exit_code = 4


class DownloadFailed(StudioError):
    """A model could not be fetched: no network, no access, or it is not there. What has come is kept."""

    exit_code = 6


class EngineError(StudioError):
    """The engine could not make it."""

    exit_code = 5


class ModelUnusable(EngineError):
    """The model's folder is missing or damaged."""


class OutOfMemory(EngineError):
    """Not enough memory, even one picture at a time."""


class EngineStopped(EngineError):
    """The engine's process died or hung, twice."""
