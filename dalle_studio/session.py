"""One run of the command line: an engine, a cancel on Ctrl-C, and a report for people or for machines."""

from __future__ import annotations

import contextlib
import json
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, NoReturn, Protocol, Self

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from dalle_studio.core.errors import StudioError
from dalle_studio.core.event import Event, Failed, Finished, Loading
from dalle_studio.core.event import Progress as Step
from dalle_studio.core.model import Model
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Recipe
from dalle_studio.core.request import Request
from dalle_studio.core.wording import prompt_of, reworded
from dalle_studio.engine.base import Emit
from dalle_studio.engine.local import LocalEngine
from dalle_studio.storage.library import check_folder, save_picture
from dalle_studio.storage.models.installed import STARTER, find_model, read_lexicon
from dalle_studio.storage.paths import cache_dir, log_dir, pictures_dir
from dalle_studio.storage.pictures.library import Library

CANCELLED_EXIT_CODE = 130
Save = Callable[[Picture, str], Path]
"""Writes a picture under a name without number and ending; returns its path."""


@dataclass(frozen=True, eq=False)
class Task:
    """A request and the name its pictures get (without number and ending)."""

    request: Request
    stem: str


class Session:
    """Use in a `with`: a StudioError inside is told to the user and becomes the exit code.

    Attributes:
        cancel: set by Ctrl-C.
    """

    def __init__(self, as_json: bool) -> None:
        self._report: _Report = _JsonReport() if as_json else _TerminalReport()
        self._engine = LocalEngine(find_model, cache_dir(), log_dir() / "engine.log", enlarges=STARTER)
        self.cancel = threading.Event()

    def __enter__(self) -> Self:
        self._signal_before = signal.signal(signal.SIGINT, self._on_interrupt)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, self._signal_before)
        self._engine.unload()
        self._report.close()
        if isinstance(error, StudioError):
            self._report.error(error)
            raise typer.Exit(error.exit_code) from None

    def make(self, tasks: Iterable[Task], folder: Path | None, reader: Model | None = None) -> list[Path]:
        """Make and save every picture; returns their paths. Nothing half-written is left behind.

        Without a folder they go into the user's library, which a studio may have open at the same time. Where a
        reader is given that reads English alone, Chinese prompts are put into English first, and that is told.
        """
        if reader is not None and not reader.reads_chinese:
            tasks = self._in_english(tasks)
        check_folder(folder or pictures_dir())
        with contextlib.ExitStack() as closed:
            if folder is None:
                save = self._into_library(closed.enter_context(Library(pictures_dir(), cache_dir())))
            else:
                save = partial(_into_folder, folder)
            return [path for task in tasks for path in self._make_one(task, save)]

    def _in_english(self, tasks: Iterable[Task]) -> list[Task]:
        from dalle_studio.core.glossary import Glossary

        glossary = Glossary(read_lexicon(find_model()))
        told: dict[str, None] = {}

        def english(prompt: str) -> str:
            translation = glossary.prompt(prompt)
            if translation.text != prompt and prompt not in told:
                told[prompt] = None
                self._report.sent(prompt, translation.text)
                if translation.unknown:
                    words = ", ".join(f"“{word}”" for word in translation.unknown)
                    self._report.note(
                        f"Not in the glossary: {words}. Write it in English, or choose a model that reads Chinese."
                    )
            return translation.text

        return [Task(reworded(task.request, english), task.stem) for task in tasks]

    def show(self, picture: Picture) -> None:
        """Tell how a picture was made."""
        if picture.recipe is None:
            raise StudioError(f"{picture.name} carries no recipe.", "Only pictures made by Dalle Studio do.")
        self._report.recipe(picture, picture.recipe)

    def compare(self, before: Picture, after: Picture) -> None:
        """Tell whether two pictures have the same pixels."""
        self._report.comparison(before, after)

    def tell_path(self, path: Path) -> None:
        """Tell where something else than a picture with a recipe was written."""
        self._report.path(path)

    def begin(self, title: str) -> None:
        """Tell what comes next."""
        self._report.begin(title)

    def hear(self, level: float, text: str) -> None:
        """Tell how loud it is, from 0 to 1, and what was said so far."""
        self._report.hear(level, text)

    def tell_said(self, text: str) -> None:
        """Tell what was said."""
        self._report.said(text)

    def note(self, text: str) -> None:
        """Tell something worth knowing."""
        self._report.note(text)

    def run(self, request: Request, emit: Emit, cancel: threading.Event) -> None:
        """As an engine does (see `Engine.run`), telling how far it is."""

        def tell(event: Event) -> None:
            match event:
                case Loading(phase=phase):
                    self._report.loading(phase)
                case Step():
                    self._report.step(event)
                case _:
                    pass
            emit(event)

        self._engine.run(request, tell, cancel)

    def unload(self) -> None:
        """See `Engine.unload`."""
        self._engine.unload()

    def give_up(self) -> NoReturn:
        """Tell that it was cancelled, and end."""
        self._report.cancelled()
        raise typer.Exit(CANCELLED_EXIT_CODE)

    def _into_library(self, library: Library) -> Save:
        for warning in library.warnings:
            self._report.note(str(warning))
        return lambda picture, stem: library.save(picture, stem).path

    def _make_one(self, task: Task, save: Save) -> list[Path]:
        self.begin(prompt_of(task.request) or task.stem)
        last: deque[Event] = deque(maxlen=1)
        self.run(task.request, last.append, self.cancel)
        match last[0]:
            case Finished(pictures=pictures, notes=notes):
                return self._save(pictures, notes, task, save)
            case Failed(error=error):
                raise error
            case _:
                self.give_up()

    def _save(
        self, pictures: tuple[Picture, ...], notes: tuple[str, ...], task: Task, save: Save
    ) -> list[Path]:
        for note in notes:
            self._report.note(note)
        paths: list[Path] = []
        for picture in pictures:
            seed = picture.recipe.seed if picture.recipe else None
            stem = task.stem if seed is None else f"{task.stem}-{seed}"
            paths.append(save(picture, stem))
            self._report.picture(paths[-1], picture)
        return paths

    def _on_interrupt(self, number: int, frame: FrameType | None) -> None:
        if self.cancel.is_set():  # the second Ctrl-C waits for nothing
            self._engine.unload()
            raise typer.Exit(CANCELLED_EXIT_CODE)
        self.cancel.set()


def _into_folder(folder: Path, picture: Picture, stem: str) -> Path:
    return save_picture(picture, folder, stem)


class _Report(Protocol):
    """What is told while pictures are made."""

    def begin(self, title: str) -> None: ...
    def loading(self, phase: str) -> None: ...
    def step(self, step: Step) -> None: ...
    def hear(self, level: float, text: str) -> None: ...
    def said(self, text: str) -> None: ...
    def note(self, text: str) -> None: ...
    def sent(self, said: str, prompt: str) -> None: ...
    def picture(self, path: Path, picture: Picture) -> None: ...
    def path(self, path: Path) -> None: ...
    def recipe(self, picture: Picture, recipe: Recipe) -> None: ...
    def comparison(self, before: Picture, after: Picture) -> None: ...
    def error(self, error: StudioError) -> None: ...
    def cancelled(self) -> None: ...
    def close(self) -> None: ...


class _TerminalReport:
    """For people: a progress bar, paths in plain text."""

    def __init__(self) -> None:
        self._out = Console(highlight=False, soft_wrap=True)
        self._err = Console(stderr=True, highlight=False)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=28),
            TextColumn("{task.fields[state]}"),
            TimeElapsedColumn(),
            console=self._err,
            transient=True,
        )
        self._task: TaskID | None = None

    def begin(self, title: str) -> None:
        self._finish_bar()
        self._progress.start()
        short = title if len(title) <= 44 else f"{title[:43]}…"
        if not self._err.is_terminal:  # where no bar can move, a line says what is being made
            self._err.print(f"{short} …", markup=False)
        self._task = self._progress.add_task(Text(short).markup, total=None, state="")

    def loading(self, phase: str) -> None:
        self._update(state=phase)

    def step(self, step: Step) -> None:
        state = f"step {step.step} of {step.steps} · {_seconds(step.remaining_s)} left"
        self._update(state=state, completed=step.step, total=step.steps)

    def hear(self, level: float, text: str) -> None:
        self._update(state=Text(text[-60:]).markup, completed=level, total=1.0)

    def said(self, text: str) -> None:
        self._finish_bar()
        self._err.print(Text("heard: ", style="green") + Text(text))

    def note(self, text: str) -> None:
        self._err.print(Text("note: ", style="yellow") + Text(text))

    def sent(self, said: str, prompt: str) -> None:
        self._err.print(Text("sent: ", style="green") + Text(f"{prompt} (for {said})"))

    def picture(self, path: Path, picture: Picture) -> None:
        self.path(path)

    def path(self, path: Path) -> None:
        self._finish_bar()
        self._out.print(str(path), markup=False)

    def recipe(self, picture: Picture, recipe: Recipe) -> None:
        table = Table("", "", show_header=False, box=None, pad_edge=False)
        for key, value in _facts(picture, recipe):
            table.add_row(Text(key, style="dim"), Text(value))
        self._out.print(table)

    def comparison(self, before: Picture, after: Picture) -> None:
        if before.sha256 == after.sha256:
            self._err.print(Text("Identical, pixel for pixel.", style="green"))
        else:
            self._err.print(Text(_why_different(before, after), style="yellow"))

    def error(self, error: StudioError) -> None:
        self._err.print(Text("error: ", style="bold red") + Text(error.message))
        self._err.print(Text(error.remedy))
        if error.details:
            self._err.print(Text(error.details.strip(), style="dim"))

    def cancelled(self) -> None:
        self._update(state="cancelled")
        self._finish_bar()
        self._err.print("Cancelled; pictures finished before are kept.")

    def close(self) -> None:
        self._finish_bar()

    def _update(self, **values: Any) -> None:
        if self._task is not None:
            self._progress.update(self._task, **values)

    def _finish_bar(self) -> None:
        if self._task is not None:  # stopping a bar that never ran prints an empty line
            self._progress.stop()
            self._progress.remove_task(self._task)
            self._task = None


class _JsonReport:
    """For machines: one JSON object a line on standard output; its field `event` says what it is."""

    def begin(self, title: str) -> None:
        self._tell("begin", title=title)

    def loading(self, phase: str) -> None:
        self._tell("loading", phase=phase)

    def step(self, step: Step) -> None:
        remaining_s = round(step.remaining_s, 2)
        self._tell("progress", step=step.step, steps=step.steps, remaining_s=remaining_s)

    def hear(self, level: float, text: str) -> None:
        self._tell("hearing", level=round(level, 2), text=text)

    def said(self, text: str) -> None:
        self._tell("said", text=text)

    def note(self, text: str) -> None:
        self._tell("note", text=text)

    def sent(self, said: str, prompt: str) -> None:
        self._tell("sent", said=said, prompt=prompt)

    def picture(self, path: Path, picture: Picture) -> None:
        seed = picture.recipe.seed if picture.recipe else None
        size = {"width_px": picture.size.width_px, "height_px": picture.size.height_px}
        self._tell("picture", path=str(path), seed=seed, **size, sha256=picture.sha256)

    def path(self, path: Path) -> None:
        self._tell("file", path=str(path))

    def recipe(self, picture: Picture, recipe: Recipe) -> None:
        self._tell("recipe", **json.loads(recipe.to_json()))

    def comparison(self, before: Picture, after: Picture) -> None:
        self._tell("comparison", identical=before.sha256 == after.sha256)

    def error(self, error: StudioError) -> None:
        self._tell("error", message=error.message, remedy=error.remedy, exit_code=error.exit_code)

    def cancelled(self) -> None:
        self._tell("cancelled")

    def close(self) -> None:
        pass

    def _tell(self, event: str, **values: object) -> None:
        sys.stdout.write(json.dumps({"event": event, **values}, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _facts(picture: Picture, recipe: Recipe) -> list[tuple[str, str]]:
    made, sampling = recipe.provenance, recipe.request.get("sampling", {})
    facts = [
        ("picture", f"{picture.name}, {picture.size} pixels"),
        ("made by", f"{recipe.verb}, {recipe.request['model']} {made.model_version}"),
        ("prompt", recipe.said),
        ("sent as", recipe.prompt if recipe.prompt != recipe.said else ""),
        ("negative prompt", sampling.get("negative_prompt", "")),
        ("seed", str(sampling.get("seed", ""))),
        ("steps", str(sampling.get("steps", ""))),
        ("guidance scale", str(sampling.get("guidance_scale", ""))),
        ("how far", str(recipe.request.get("how_far", ""))),
        ("kept", str(recipe.request.get("keep", ""))),
        ("from", ", ".join(parent.name or parent.sha256[:12] for parent in recipe.parents)),
        ("model's own size", made.native),
        ("upscaled by", made.upscaler),
        ("computed on", f"{made.device} {made.precision}".strip()),
        ("made on", f"{made.created} in {made.elapsed_s:g} s"),
        ("software", made.software),
        ("notes", " ".join(made.notes)),
    ]
    return [(key, value) for key, value in facts if value]


def _why_different(before: Picture, after: Picture) -> str:
    then, now = (p.recipe.provenance if p.recipe else None for p in (before, after))
    if then and now and (then.software, then.model_version) != (now.software, now.model_version):
        return f"The pixels differ: the picture was made with {then.software}, this one with {now.software}."
    return "The pixels differ: this machine computes otherwise than the one that made the picture."


def _seconds(value: float) -> str:
    return f"{value:.0f} s" if value < 60 else f"{value // 60:.0f} min {value % 60:.0f} s"
