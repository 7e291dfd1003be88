"""The library with 100,000 pictures: opening, scrolling, searching, memory.

    python -m tests.benchmarks.library [--pictures 100000] [--folder FOLDER]

Generates rows (and thumbnails for some of them), then asks as a window does: pages of sixty anywhere in the list,
searches in two scripts with and without stars and collections. Prints figures; asserts nothing.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Parent
from dalle_studio.storage.pictures import records
from dalle_studio.storage.pictures.backup import Backups
from dalle_studio.storage.pictures.library import Library
from dalle_studio.storage.pictures.row import EVERYTHING, Facts, Filter
from tests.storage.samples import noise

PAGE = 60
ROUNDS = 400
THINGS = (
    "red car",
    "old lighthouse",
    "grey fox",
    "paper boat",
    "astronaut on a horse",
    "bowl of soup",
    "teapot",
)
PLACES = ("on a beach", "in the snow", "under a bridge", "in outer space", "at night", "in a garden")
STYLES = ("watercolour", "oil painting", "pixel art", "pencil drawing", "studio photograph")
CHINESE = (
    "红色的汽车在海滩上",
    "一只狐狸坐在雪地里",
    "旧灯塔的水彩画",
    "太空中骑马的宇航员",
    "花园里的纸船",
    "夜晚的城市和雨",
)
LETTERS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈"
QUERIES = (
    "car",
    "re",
    "a",
    "狐狸",
    "灯",
    "红色的汽车",
    "天",
    "water pic",
    "beach 2",
    "astronaut horse space",
    "云腾",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="keep the library there, or take the one that is there")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.folder)
        return
    with tempfile.TemporaryDirectory() as folder:
        home = options.folder or Path(folder)
        if not (home / "pictures").exists():
            fill(home, options.pictures)
        # in a process of its own: its memory is the library's alone
        subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.library", "--measure", "--folder", str(home)], check=True
        )


def fill(home: Path, count: int) -> None:
    """A library of generated rows, with a star in twenty, a collection in ten and a parent in three."""
    chances = random.Random(0)
    start_s = time.perf_counter()
    with Library(home / "pictures", home / "cache") as library:
        for first in range(0, count, 1000):
            with library._database.write() as connection:
                for number in range(first, min(first + 1000, count)):
                    id_ = records.insert(
                        connection, f"2026-01-01/{number}.png", facts(number, chances), sha(number)
                    )
                    if number % 10 == 0:
                        records.put_into(connection, [id_], f"collection {number // 10 % 20}")
                    if number % 20 == 0:
                        connection.execute("UPDATE pictures SET starred = 1 WHERE id = ?", (id_,))
                    records.index(connection, [id_])
        for number in range(count - 1000, count):
            library._thumbnails.make(thumbnailed(number), 256)
    print(f"filled in {time.perf_counter() - start_s:.0f} s")


def facts(number: int, chances: random.Random) -> Facts:
    if number % 2:
        prompt = (
            f"a {chances.choice(THINGS)} {chances.choice(PLACES)}, {chances.choice(STYLES)}, number {number}"
        )
    else:
        prompt = chances.choice(CHINESE) + "，" + "".join(chances.choices(LETTERS, k=12))
    parents = (Parent(f"{number - 1}.png", sha(number - 1)),) if number % 3 == 0 and number else ()
    moment_s = 1_760_000_000 + number * 60
    return Facts(
        width_px=1024,
        height_px=1024,
        created=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment_s)),
        modified_ns=moment_s * 10**9,
        length_bytes=1_500_000,
        origin="Dalle Studio",
        prompt=prompt,
        verb="generate",
        model="starter",
        style=chances.choice(STYLES),
        seed=number,
        steps=16,
        parents=parents,
    )


def sha(number: int) -> str:
    return f"{number:064x}"


def thumbnailed(number: int) -> Picture:
    picture = Picture(noise(256, 256, seed=number % 50))
    picture.__dict__["sha256"] = sha(number)  # a name for the cache
    return picture


def measure(home: Path) -> None:
    process, chances = psutil.Process(), random.Random(1)
    before = process.memory_info().rss
    library, opened_ms = timed(lambda: Library(home / "pictures", home / "cache"))
    _, first_ms = timed(lambda: (library.count(), library.rows(limit=PAGE), library.collections()))
    count = library.count()
    newest = library.rows(limit=500)
    filters = [Filter(query=query) for query in QUERIES]
    filters += [Filter(query=query, starred=True) for query in QUERIES]
    filters += [Filter(query=query, collection="collection 3") for query in QUERIES]
    filters += [Filter(starred=True), Filter(collection="collection 3")]

    def page() -> None:
        library.rows(EVERYTHING, chances.randrange(count), PAGE)

    def search() -> None:
        filter_ = chances.choice(filters)
        library.count(filter_)
        library.rows(filter_, 0, PAGE)

    def family() -> None:
        row = chances.choice(newest)
        library.parents(row.parents)
        library.children(row)

    def star() -> None:
        library.set_star([chances.choice(newest).id], True)

    figures = Table("figure", "median", "p99", "p99 of processor time", title=f"{count:,} pictures")
    figures.add_row("open", f"{opened_ms:.1f} ms", "", "")
    figures.add_row("count, first page and collections after it", f"{first_ms:.1f} ms", "", "")
    for name, ask in [
        ("page of 60, anywhere", page),
        ("search: count and first page", search),
        ("which pictures there are, all of them", library.ids),
        ("parents and children", family),
        ("thumbnail from the cache", lambda: library.thumbnail(chances.choice(newest), 256)),
        ("has another program written?", library.has_changed),
        ("star a picture", star),
    ]:
        figures.add_row(name, *(f"{ms:.2f} ms" for ms in spent_ms(ask)))
    figures.add_row(
        "memory for all this", f"{(process.memory_info().rss - before) / 1024**2:.0f} MiB", "", ""
    )
    figures.add_row("memory of the process", f"{process.memory_info().rss / 1024**2:.0f} MiB", "", "")
    figures.add_row("database", f"{library._path.stat().st_size / 1024**2:.0f} MiB", "", "")
    _, backup_ms = timed(lambda: Backups(library._path).take("benchmark"))
    figures.add_row("check and backup", f"{backup_ms:.0f} ms", "", "")
    Console().print(figures)
    slow = sorted(
        ((timed(lambda f=f: (library.count(f), library.rows(f, 0, PAGE)))[1], f) for f in filters),
        key=lambda pair: -pair[0],
    )
    for ms, filter_ in slow[:3]:
        print(f"slowest search {ms:.1f} ms: {filter_}")
    library.close()


def spent_ms(ask: Callable[[], Any]) -> tuple[float, float, float]:
    """Median and 99th percentile of the time it takes, and the latter without what other programs took."""
    walls: list[float] = []
    own: list[float] = []
    for _ in range(ROUNDS):
        before_s = time.process_time()
        walls.append(timed(ask)[1])
        own.append((time.process_time() - before_s) * 1000)
    return statistics.median(walls), sorted(walls)[ROUNDS * 99 // 100], sorted(own)[ROUNDS * 99 // 100]


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    result = work()
    return result, (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
