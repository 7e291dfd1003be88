"""What was tried and what came of it, as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Figure:
    """A row of the table.

    Attributes:
        what: was tried.
        count: how many times.
        result: what came of it, in words.
        slowest: the longest that one took, or the most that was lost; may be empty.
        is_kept: whether the promise holds.
    """

    what: str
    count: int
    result: str
    slowest: str = ""
    is_kept: bool = True


def show(figures: Iterable[Figure]) -> bool:
    """Print the table; returns whether every promise is kept."""
    table = Table(title="Nothing is ever lost, nothing gets in", title_justify="left")
    table.add_column("what")
    table.add_column("how many", justify="right")
    table.add_column("result")
    table.add_column("slowest", justify="right")
    figures = list(figures)
    for figure in figures:
        style = None if figure.is_kept else "bold red"
        table.add_row(figure.what, f"{figure.count:,}", figure.result, figure.slowest, style=style)
    Console().print(table)
    return all(figure.is_kept for figure in figures)


def counted(**counts: int) -> str:
    """Counts in words: `pictures_lost=0` -> “pictures lost 0”."""
    return ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in counts.items())
