"""A disk that is full at any write point costs nothing, and is told with a sentence and a remedy."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.torture.full_disk import Work, fill, may_mount, tried

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="tmpfs")


@pytest.fixture
def reason() -> str:
    return may_mount()


def test_every_write_point_survives_a_full_disk(tmp_path: Path, reason: str) -> None:
    if reason:
        pytest.skip(f"no disk can be mounted here: {reason}")
    filled, broken = fill(tmp_path, step_pages=4)
    assert not broken, broken
    whats = {each.what.partition(":")[0] for each in filled}
    assert whats == {"library", "journal", "project", "settings", "prompts", "export", "command line"}
    assert all(each.done for each in filled) and sum(each.refused for each in filled) > 20


def test_a_write_that_leaves_half_a_file_behind_is_noticed(tmp_path: Path) -> None:
    """The harness can fail."""
    half = Work("half", lambda _: (tmp_path / "a.part").write_bytes(b"x"), lambda *_: None, least_pages=1)
    with pytest.raises(AssertionError, match="left behind"):
        tried(half, tmp_path, leave_free=lambda *_: nullcontext())
