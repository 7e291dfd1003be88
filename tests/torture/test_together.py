"""Two studios and a command line write one library at once."""

from __future__ import annotations

from pathlib import Path

from tests.torture.together import write_together


def test_three_programs_write_one_library_and_all_is_listed(tmp_path: Path) -> None:
    written = write_together(tmp_path, writes=150)
    assert not written.broken, written
    assert written.by_studios > 50 and written.by_command_line
