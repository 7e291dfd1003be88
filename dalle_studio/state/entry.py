"""One line of the gallery: a picture's file, how it was made, and what the user thinks of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from operator import attrgetter
from pathlib import Path

from dalle_studio.core.prompt import STYLES
from dalle_studio.core.recipe import Parent, Recipe
from dalle_studio.storage.albums import Mark
from dalle_studio.storage.catalogue import Header


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A picture in the gallery's folder.

    Attributes:
        prompt, verb, model, style: empty where nothing is known; `verb` is "generate", "place", "vary", ….
        created: UTC, ISO 8601, to the second; of a picture from elsewhere, when its file was last written.
        elapsed_s: seconds for the request that made it; 0 for a picture from elsewhere.
        sha256: of the pixels (`Picture.sha256`); empty where it is not known.
    """

    path: Path
    name: str
    width_px: int
    height_px: int
    created: str
    prompt: str = ""
    verb: str = ""
    seed: int | None = None
    model: str = ""
    elapsed_s: float = 0.0
    style: str = ""
    sha256: str = ""
    parents: tuple[Parent, ...] = ()
    recipe: Recipe | None = None
    starred: bool = False
    kept: bool = False
    collections: tuple[str, ...] = ()
    modified_ns: int = 0
    length_bytes: int = 0

    @cached_property
    def words(self) -> str:
        """Everything a search looks through, in small letters."""
        parts = (self.prompt, self.name, self.style, self.verb, *self.collections)
        return "\n".join(parts).casefold()

    @cached_property
    def age(self) -> tuple[str, int, str]:
        """Sorts entries, oldest first."""
        return self.created, self.modified_ns, self.name

    def ready(self) -> Entry:
        """The entry itself, what sorting and searching ask for worked out, which takes time for thousands."""
        _ = self.words, self.age
        return self


def entry_of(header: Header) -> Entry:
    """The entry of a file nobody has marked."""
    recipe = header.recipe
    return Entry(
        path=header.path,
        name=header.path.name,
        width_px=header.size.width_px,
        height_px=header.size.height_px,
        created=recipe.provenance.created if recipe else _written(header.modified_ns),
        prompt=recipe.prompt if recipe else "",
        verb=recipe.verb if recipe else "",
        seed=recipe.seed if recipe else None,
        model=recipe.request["model"] if recipe else "",
        elapsed_s=recipe.provenance.elapsed_s if recipe else 0.0,
        style=style_in(recipe.prompt) if recipe else "",
        parents=recipe.parents if recipe else (),
        recipe=recipe,
        modified_ns=header.modified_ns,
        length_bytes=header.length_bytes,
    )


def marked(entry: Entry, mark: Mark) -> Entry:
    """The entry with that mark."""
    knows = mark.length_bytes == entry.length_bytes  # otherwise the file was painted over since
    return replace(
        entry,
        starred=mark.starred,
        kept=mark.kept,
        collections=mark.collections,
        sha256=entry.sha256 or (mark.sha256 if knows else ""),
    )


def mark_of(entry: Entry) -> Mark:
    """What is worth writing down about an entry."""
    return Mark(
        starred=entry.starred,
        kept=entry.kept,
        collections=entry.collections,
        sha256=entry.sha256,
        length_bytes=entry.length_bytes,
    )


def style_in(prompt: str) -> str:
    """The name of the style whose phrase ends a final prompt, the longest; empty where there is none."""
    endings = [(style.phrase.removeprefix("{}"), style.name) for style in STYLES]
    fitting = [(len(ending), name) for ending, name in endings if prompt.endswith(ending)]
    return max(fitting)[1] if fitting else ""


def _written(modified_ns: int) -> str:
    return datetime.fromtimestamp(modified_ns // 10**9, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parents_of(parents: tuple[Parent, ...], everyone: Iterable[Entry]) -> tuple[Entry | Parent, ...]:
    """The entries that are those parents: by their pixels where they are known, else by name."""
    prints, names = {each.sha256 for each in parents}, {_file_name(each) for each in parents}
    found: dict[str, Entry] = {}
    for each in everyone:
        if (each.sha256 or each.name) in (prints if each.sha256 else names):
            found.setdefault(each.sha256 or each.name, each)
    return tuple(found.get(each.sha256) or found.get(_file_name(each)) or each for each in parents)


def children_of(entry: Entry, everyone: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that were made from it, oldest first."""
    if entry.sha256:
        found = [each for each in everyone if any(one.sha256 == entry.sha256 for one in each.parents)]
    else:
        found = [each for each in everyone if any(_file_name(one) == entry.name for one in each.parents)]
    return tuple(sorted(found, key=attrgetter("age")))


def _file_name(parent: Parent) -> str:
    return parent.name.rpartition("/")[2]


def neighbour(shown: tuple[Entry, ...], selected: Path, gone: set[Path]) -> Path | None:
    """The next entry that is left after the selected one, else the one before."""
    place = next((number for number, entry in enumerate(shown) if entry.path == selected), 0)
    nearest = (*shown[place:], *reversed(shown[:place]))
    return next((entry.path for entry in nearest if entry.path not in gone), None)


def renamed(entries: Collection[Entry], marks: Mapping[str, Mark]) -> tuple[dict[str, Mark], list[Path]]:
    """Marks by sha256 whose files are not there under their names any more, and files they may belong to.

    Those are files that nobody marked and whose length is right.
    """
    names = {entry.name for entry in entries}
    lost = {mark.sha256: mark for name, mark in marks.items() if name not in names and mark.sha256}
    lengths = {mark.length_bytes for mark in lost.values()}
    new = (entry for entry in entries if entry.name not in marks)
    return lost, [entry.path for entry in new if entry.length_bytes in lengths]
