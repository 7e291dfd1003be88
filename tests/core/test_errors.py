"""Errors: a sentence and a remedy, exit codes as promised, and whole after a trip between processes."""

from __future__ import annotations

import pickle

import pytest

from dalle_studio.core import errors
from dalle_studio.core.errors import (
    CannotHear,
    CannotWrite,
    DownloadFailed,
    EngineError,
    EngineStopped,
    InvalidRequest,
    ModelUnusable,
    OutOfMemory,
    StudioError,
    UnreadableFile,
    UnreadableLibrary,
    UnreadablePicture,
)

EXIT_CODES = {
    StudioError: 1,
    InvalidRequest: 2,
    CannotHear: 3,
    UnreadablePicture: 3,
    UnreadableFile: 3,
    UnreadableLibrary: 3,
    CannotWrite: 4,
    DownloadFailed: 6,
    EngineError: 5,
    ModelUnusable: 5,
    OutOfMemory: 5,
    EngineStopped: 5,
}


def test_the_list_is_complete() -> None:
    defined = {value for value in vars(errors).values() if isinstance(value, type)}
    assert defined == set(EXIT_CODES)


@pytest.mark.parametrize(("kind", "exit_code"), EXIT_CODES.items())
def test_every_error_has_its_exit_code_and_travels_whole(kind: type[StudioError], exit_code: int) -> None:
    error = pickle.loads(pickle.dumps(kind("It broke.", "Mend it.", "line 1")))
    assert type(error) is kind
    assert (error.message, error.remedy, error.details) == ("It broke.", "Mend it.", "line 1")
    assert str(error) == "It broke. Mend it."
    assert error.exit_code == exit_code
    assert isinstance(error, StudioError)
    assert isinstance(error, EngineError) == (exit_code == 5)


@pytest.mark.parametrize("kind", EXIT_CODES)
def test_the_drawing_of_the_tree_tells_the_truth(kind: type[StudioError]) -> None:
    (line,) = (line for line in (errors.__doc__ or "").splitlines() if kind.__name__ in line)
    assert f" {EXIT_CODES[kind]}" in line
