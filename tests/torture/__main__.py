"""`make torture`: bad input, kills, a full disk, three programs at once; prints a table.

Takes half an hour on two busy cores. Ends with 1 where a promise is broken; files that broke one are left in
`torture-output/`. A short version of each part runs in `make test`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from tests.torture.bad_pictures import BadPictures, Files
from tests.torture.bad_projects import BadJournals, BadProjects
from tests.torture.bad_weights import BadModels, BadWeights
from tests.torture.figures import Figure, counted, show
from tests.torture.full_disk import fill, may_mount
from tests.torture.kills import kill_studios
from tests.torture.library import cut_the_power
from tests.torture.together import write_together
from tests.torture.trials import Became, Tally, Trial, save_broken, tally
from tests.torture.worker_kills import kill_workers

OUTPUT = Path("torture-output")
MOST_LOST_S = 2.0
_CONSOLE = Console(stderr=True)


def main() -> int:
    """Run everything and print the table; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=Path, help="a folder of broken pictures to be tried as well")
    files = parser.parse_args().files
    shutil.rmtree(OUTPUT, ignore_errors=True)
    figures: list[Figure] = []
    for figure in _figures(files):
        _CONSOLE.print(f"{figure.what}: {figure.result}", highlight=False)
        figures.append(figure)
    return 0 if show(figures) else 1


def _figures(files: Path | None) -> Iterator[Figure]:
    yield tried("damaged pictures", BadPictures(), 50_000)
    yield tried("damaged projects", BadProjects(), 5_000)
    yield tried("damaged journals", BadJournals(), 1_000)
    yield tried("damaged weights of an upscaler", BadWeights(), 5_000)
    yield tried("models with damaged weights", BadModels(), 100)
    if files:
        collected = Files(files)
        yield tried(f"files in {files.name}", collected, len(collected.paths))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        yield studios_killed(home / "studios", 200)
        yield workers_killed(home / "workers", 200)
        yield power_cut(home / "power", 200)
        yield from disk_filled(home / "disk")
        yield written_together(home / "together", 4_000)


def tried(what: str, trial: Trial, count: int) -> Figure:
    """Try so many damaged files."""
    result = tally(trial, count)
    paths = save_broken(trial, result.broken, OUTPUT / what.replace(" ", "-"))
    for path in paths:
        _CONSOLE.print(str(path), markup=False)
    return _tried_figure(what, count, result)


def _tried_figure(what: str, count: int, result: Tally) -> Figure:
    counts = result.counts
    words = counted(
        opened=counts[Became.OPENED],
        refused=counts[Became.REFUSED],
        crashes=counts[Became.CRASH],
        hangs=counts[Became.HANG],
        unhandled_exceptions=counts[Became.FAULT],
    )
    slowest = f"{result.slowest.elapsed_s:.2f} s" if result.slowest else ""
    return Figure(what, count, words, slowest, is_kept=not result.broken)


def studios_killed(home: Path, kills: int) -> Figure:
    """Kill studios at random moments."""
    kept = kill_studios(home, kills)
    for complaint in kept.failed:
        _CONSOLE.print(complaint, markup=False)
    words = counted(
        pictures_lost=kept.pictures_lost,
        half_written_files_listed=kept.half_listed,
        projects_unreadable=kept.projects_unreadable,
        databases_damaged=kept.databases_damaged,
        settings_lost=kept.settings_lost,
        canvases_wrong=kept.canvases_wrong,
        studios_that_failed=len(kept.failed),
    )
    lost_s = max(kept.lost_s)
    what = f"studios killed ({kept.pictures:,} pictures and {kept.projects:,} projects saved)"
    is_kept = not kept.broken and lost_s <= MOST_LOST_S and kept.kills >= kills
    return Figure(what, kept.kills, words, f"{lost_s:.2f} s of work lost", is_kept)


def workers_killed(home: Path, kills: int) -> Figure:
    """Kill the engine's workers at random moments."""
    answers = kill_workers(home, kills)
    words = counted(
        requests=answers.requests,
        of_them_told_that_it_stopped_twice=answers.told,
        pictures_lost_or_wrong=answers.wrong,
        requests_unanswered=answers.unanswered,
        processes_left_over=answers.left_over,
    )
    what = f"workers killed ({answers.kept:,} pictures made)"
    is_kept = not answers.broken and answers.kept > 0
    return Figure(what, answers.kills, words, f"{answers.longest_s:.1f} s to an answer", is_kept)


def power_cut(home: Path, cuts: int) -> Figure:
    """Cut the power while the database is written."""
    home.mkdir(parents=True)
    try:
        cut_the_power(home, cuts)
    except AssertionError as error:
        return Figure("power cut in the database's log", cuts, f"broken: {error}", is_kept=False)
    return Figure("power cut in the database's log", cuts, counted(pictures_lost=0, databases_damaged=0))


def disk_filled(folder: Path) -> Iterator[Figure]:
    """Fill a small disk at every write point."""
    reason = may_mount()
    if reason:
        yield Figure("disk full", 0, f"skipped: no disk can be mounted here ({reason})")
        return
    folder.mkdir(parents=True)
    filled, broken = fill(folder)
    for each in filled:
        words = f"{each.refused} refused with a sentence, {each.done} went, nothing damaged"
        yield Figure(f"disk full: {each.what}", each.refused + each.done, words, f"{each.longest_s:.2f} s")
    if broken:
        yield Figure("disk full", 1, broken, is_kept=False)


def written_together(home: Path, writes: int) -> Figure:
    """Let two studios and a command line write one library."""
    try:
        written = write_together(home, writes)
    except AssertionError as error:
        return Figure("two studios and a command line", writes, f"broken: {error}", is_kept=False)
    for complaint in written.complaints:
        _CONSOLE.print(complaint, markup=False)
    words = counted(errors=len(written.complaints), pictures_not_listed=written.missing)
    what = f"two studios and a command line ({written.by_command_line:,} pictures by it)"
    count = written.by_studios + written.by_command_line
    return Figure(what, count, words, f"{written.seconds:.0f} s in all", not written.broken)


if __name__ == "__main__":
    sys.exit(main())
