"""`dalle-studio models`: what can be had, what is here, fetching, checking, removing and bringing in."""

from __future__ import annotations

import json as json_text
import sys
import time
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from dalle_studio.cli_options import Json
from dalle_studio.core.errors import InvalidRequest, ModelUnusable
from dalle_studio.core.model import Commercial, Licence
from dalle_studio.engine.conversion import convert
from dalle_studio.session import CANCELLED_EXIT_CODE, Session
from dalle_studio.storage.models.catalogue import Entry, catalogue, find_entry
from dalle_studio.storage.models.download import (
    Checking,
    Download,
    DownloadEvent,
    FailedDownload,
    Installed,
    Transfer,
)
from dalle_studio.storage.models.importing import UNKNOWN_LICENCE, import_model
from dalle_studio.storage.models.inspection import inspect
from dalle_studio.storage.models.installed import damaged, folder_of, installed, partly_fetched, used_bytes
from dalle_studio.storage.models.installed import remove as delete
from dalle_studio.storage.models.tokens import forget_token, keep_token
from dalle_studio.storage.models.tokens import token as kept_token
from dalle_studio.storage.models.verify import verify as damaged_files
from dalle_studio.storage.paths import resources_dir

models = typer.Typer(no_args_is_help=True, help="Models and add-ons: list, install, verify, remove, import.")

_COLOURS = {Commercial.YES: "green", Commercial.CONDITIONS: "yellow", Commercial.NO: "red"}
_POLL_S = 0.1
Name = Annotated[str, typer.Argument(help="As “models list” calls it.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")]


@models.command(name="list")
def list_(
    commercial: Annotated[
        bool, typer.Option("--commercial", help="Only what may be used in business without conditions.")
    ] = False,
    json: Json = False,
) -> None:
    """List what can be had and what is here, with licence, size and memory needed."""
    with Session(json):
        rows = [row for row in _rows() if not commercial or row["commercial"] == Commercial.YES]
        if json:
            for row in rows:
                _tell("model", **row)
        else:
            Console().print(_table(rows))


@models.command()
def install(
    names: Annotated[list[str], typer.Argument(help="As “models list” calls them.")],
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Fetch models or add-ons, go on where a download stopped, or repair what is damaged."""
    with Session(json) as session:
        entries = [find_entry(name) for name in names]
        for entry in entries:
            if folder_of(entry.name) is None:  # else it is checked, and repaired at most
                if not json:
                    Console(stderr=True).print(_described(entry))
                if not yes:
                    _ask(f"Fetch {_size(entry.size_bytes)} under this licence?")
            _fetch(entry, session, json)


@models.command()
def verify(name: Name, json: Json = False) -> None:
    """Compare every file with what it was when it came."""
    with Session(json) as session, _Bar(json) as bar:
        found = damaged_files(name, partial(_on_progress, session, bar, f"checking {name}"))
        if json:
            _tell("verified", name=name, damaged=list(found))
        if found:
            raise ModelUnusable(
                f"{len(found)} files of “{name}” are damaged or missing: {', '.join(found[:5])}.",
                _repair(name),
            )
        bar.say(f"{name} is whole.")


@models.command()
def remove(name: Name, yes: Yes = False, json: Json = False) -> None:
    """Delete a model or add-on, or what has come of one."""
    with Session(json):
        if not yes:
            known = partly_fetched().get(name, 0) if folder_of(name) is None else used_bytes(name)
            _ask(f"Delete {name} and free {_size(known)}?")
        freed = delete(name)
        if json:
            _tell("removed", name=name, freed_bytes=freed)
        else:
            Console(stderr=True).print(f"{name} is removed; {_size(freed)} are free again.")


@models.command(name="import")
def import_(
    path: Annotated[
        Path, typer.Argument(help="A diffusers folder, a safetensors file, or a Whisper folder.")
    ],
    name: Annotated[str | None, typer.Option(help="What to call it; its own name if left out.")] = None,
    licence: Annotated[str | None, typer.Option(help="Its licence, by name.")] = None,
    commercial: Annotated[
        str | None, typer.Option(help="Whether that allows use in business: yes, conditions or no.")
    ] = None,
    json: Json = False,
) -> None:
    """Copy a model, a LoRA or another add-on that lies on this machine into the studio's folder."""
    with Session(json) as session, _Bar(json) as bar:
        found = inspect(path)
        called = name or _slug(path)
        bar.say(f"{path.name} is a {found.label}.")
        import_model(
            path,
            called,
            _licence(licence, commercial),
            partial(_on_progress, session, bar, f"bringing in {called}"),
            lambda source, family, folder, told: convert(
                source, family, folder, resources_dir() / "models", told
            ),
        )
        if json:
            _tell("imported", name=called, kind=found.kind or "model", family=found.family)
        bar.say(f"It is here, as {called}.")


@models.command()
def token(
    forget: Annotated[bool, typer.Option("--forget", help="Delete the one that is kept.")] = False,
    json: Json = False,
) -> None:
    """Keep a token for models that are given only to some, in the system's keyring."""
    with Session(json):
        if forget:
            forget_token()
            return
        text = (
            typer.prompt("Token", hide_input=True, err=True) if sys.stdin.isatty() else sys.stdin.readline()
        )
        keep_token(text)
        Console(stderr=True).print("It is kept in the system's keyring.")


def _fetch(entry: Entry, session: Session, json: bool) -> None:
    """Follow a download to its end, or pause it on Ctrl-C."""
    download = Download(entry, kept_token())
    with _Bar(json) as bar:
        download.start()
        last = Transfer(0, entry.size_bytes, 0, None)
        while download.is_running:
            for event in download.poll():
                last = event if isinstance(event, Transfer) else last
                _show(event, entry, bar)
            if session.cancel.is_set():
                download.pause()
                bar.say(
                    f"Paused at {_size(last.bytes_done)} of {_size(last.bytes_total)}. "
                    f"To go on: dalle-studio models install {entry.name}"
                )
                raise typer.Exit(CANCELLED_EXIT_CODE)
            time.sleep(_POLL_S)


def _show(event: DownloadEvent, entry: Entry, bar: _Bar) -> None:
    match event:
        case Transfer(bytes_done=done, bytes_total=total, bytes_per_s=rate, remaining_s=left_s):
            left = "" if left_s is None else f" · {_time(left_s)} left"
            bar.update(entry.name, done, total, f"{_size(done)} of {_size(total)} · {_size(rate)}/s{left}")
        case Checking(file=file):
            bar.update(entry.name, None, None, f"checking {file}")
        case Installed(name=name):
            bar.say(f"{name} is installed.")
            if bar.is_json:
                _tell("installed", name=name)
        case FailedDownload(error=error):
            raise error


class _Bar:
    """A bar that moves in a terminal; a line now and then elsewhere; JSON for machines."""

    def __init__(self, is_json: bool) -> None:
        self.is_json = is_json
        self._console = Console(stderr=True, highlight=False)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(28),
            TextColumn("{task.fields[state]}"),
            console=self._console,
            transient=True,
        )
        self._task = self._progress.add_task("", total=None, state="", visible=False)
        self._told = -1

    def __enter__(self) -> _Bar:
        if self._console.is_terminal and not self.is_json:
            self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._progress.stop()

    def update(self, title: str, done: int | None, total: int | None, state: str) -> None:
        if self.is_json:
            if done is not None:
                _tell("transfer", title=title, bytes_done=done, bytes_total=total)
            return
        values: dict[str, Any] = {} if done is None else {"completed": done, "total": total}
        self._progress.update(self._task, description=title, state=state, visible=True, **values)
        tenth = -1 if done is None or not total else 10 * done // total
        if not self._console.is_terminal and tenth > self._told:
            self._told = tenth
            self._console.print(f"{title}: {state}", markup=False)

    def say(self, sentence: str) -> None:
        if not self.is_json:
            self._console.print(sentence, markup=False, soft_wrap=True)


def _on_progress(session: Session, bar: _Bar, title: str, done: int, total: int) -> None:
    if session.cancel.is_set():
        raise typer.Exit(CANCELLED_EXIT_CODE)
    bar.update(title, done, total, f"{_size(done)} of {_size(total)}")


def _rows() -> list[dict[str, object]]:
    """What there is, as plain values: the catalogue first, then what is here besides."""
    broken, partly = damaged(), partly_fetched()
    here = {each.name: each for each in installed()}

    def state(name: str) -> str:
        if name in broken:
            return "damaged"
        return "installed" if name in here else f"paused at {_size(partly[name])}" if name in partly else ""

    rows = [
        _row(e.name, e.label, e.summary, e.licence, e.size_bytes, e.memory_bytes, state(e.name))
        for e in catalogue()
    ]
    listed = {row["name"] for row in rows}
    for name, each in here.items():
        if name not in listed:
            rows.append(_row(name, each.label, "", each.licence, used_bytes(name), 0, "installed"))
    return rows


def _row(
    name: str, label: str, summary: str, licence: Licence, size: int, memory: int, state: str
) -> dict[str, object]:
    return {
        "name": name,
        "label": label,
        "summary": summary,
        "licence": licence.name,
        "commercial": licence.commercial,
        "terms": licence.terms,
        "size_bytes": size,
        "memory_bytes": memory,
        "state": state,
    }


def _table(rows: list[dict[str, object]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("name", no_wrap=True, style="bold")
    table.add_column("what it is good for", ratio=1)
    for title in ("licence", "business"):
        table.add_column(title)
    for title in ("size", "memory"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("")
    for row in rows:
        commercial, state = Commercial(str(row["commercial"])), str(row["state"])
        memory = int(str(row["memory_bytes"]))
        table.add_row(
            str(row["name"]),
            Text(f"{row['label']}. {row['summary']}"),
            str(row["licence"]),
            Text(commercial, style=_COLOURS[commercial]),
            _size(int(str(row["size_bytes"]))),
            _size(memory) if memory else "",
            Text(state, style="red" if state == "damaged" else "green"),
        )
    return table


def _described(entry: Entry) -> Text:
    licence = entry.licence
    text = Text(entry.label, style="bold") + Text(
        f": {entry.summary}\nLicence: {licence.name}; use in business: "
    )
    text += Text(licence.commercial, style=_COLOURS[licence.commercial])
    text += Text(f". {licence.terms} {licence.url}\n")
    return text + Text(f"Size: {_size(entry.size_bytes)}. Memory needed: about {_size(entry.memory_bytes)}.")


def _ask(question: str) -> None:
    if not sys.stdin.isatty():
        raise InvalidRequest(f"{question} Nobody is here to answer.", "Add --yes.")
    if not typer.confirm(question, err=True):
        raise typer.Exit(CANCELLED_EXIT_CODE)


def _repair(name: str) -> str:
    if any(entry.name == name for entry in catalogue()):
        return f"Repair it: dalle-studio models install {name}."
    return f"Remove it, and import it again: dalle-studio models remove {name}."


def _licence(name: str | None, commercial: str | None) -> Licence:
    if name is None:
        if commercial is not None:
            raise InvalidRequest("--commercial needs a licence.", "Add --licence NAME.")
        return UNKNOWN_LICENCE
    try:
        return Licence(name, Commercial(commercial or Commercial.CONDITIONS))
    except ValueError as error:
        raise InvalidRequest(
            f"A licence does not allow business use “{commercial}”.", f"Use one of: {', '.join(Commercial)}."
        ) from error


def _slug(path: Path) -> str:
    name = path.stem if path.is_file() else path.resolve().name
    letters = "".join(each if each.isascii() and each.isalnum() else "-" for each in name.lower())
    return "-".join(filter(None, letters.split("-")))[:64] or "imported"


def _size(count: float) -> str:
    return (
        f"{count / 1e9:.1f} GB"
        if count >= 1e9
        else f"{count / 1e6:.0f} MB"
        if count >= 1e6
        else f"{count / 1e3:.0f} kB"
    )


def _time(seconds: float) -> str:
    return (
        f"{seconds:.0f} s"
        if seconds < 90
        else f"{seconds / 60:.0f} min"
        if seconds < 5400
        else f"{seconds / 3600:.1f} h"
    )


def _tell(event: str, **values: object) -> None:
    sys.stdout.write(json_text.dumps({"event": event, **values}, ensure_ascii=False) + "\n")
    sys.stdout.flush()
