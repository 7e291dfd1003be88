"""The models: what is installed and what can be, which one draws, and how each goes with this machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from dalle_studio.core.errors import InvalidRequest, StudioError
from dalle_studio.core.format import Size
from dalle_studio.core.model import SPEEDS, AddOn, AddOnKind, Licence, Model
from dalle_studio.core.scene import Lexicon
from dalle_studio.core.sentence import say
from dalle_studio.state.background import Background
from dalle_studio.state.installs import Installs, as_told
from dalle_studio.state.model_import import ModelImport
from dalle_studio.state.model_store import ModelStore
from dalle_studio.state.notices import Level, Notices
from dalle_studio.state.preferences import Preferences
from dalle_studio.state.shelf import EVERYTHING, Filter, Fit, Item, fit_of
from dalle_studio.storage.models.installed import read_lexicon

if TYPE_CHECKING:
    from dalle_studio.core.machine import Machine
    from dalle_studio.storage.models.catalogue import Entry


_WATCH_MS = 500


@dataclass(frozen=True)
class Shelf:
    """Everything that is known of models.

    Attributes:
        current: draws the next pictures.
        items: models and add-ons, those that are installed first; before `is_read`, only `current`.
        filter: which of them are shown.
        machine: what pictures are drawn on; None until the engine has told.
        is_read: whether the catalogue has been read.
        problem: why it could not be read.
        has_token: whether the hub knows the user; None before that was looked up.
    """

    current: Model
    items: tuple[Item, ...]
    filter: Filter = EVERYTHING
    machine: Machine | None = None
    is_read: bool = False
    problem: StudioError | None = None
    has_token: bool | None = None

    @property
    def models(self) -> tuple[Model, ...]:
        """The installed models."""
        return tuple(item.owned for item in self.items if isinstance(item.owned, Model))

    def shown(self, *, add_ons: bool) -> tuple[Item, ...]:
        """What the filter leaves, of models or of what can be added to them."""
        return tuple(i for i in self.items if (i.kind is not None) is add_ons and self.filter.takes(i))


@dataclass(frozen=True)
class _Read:
    """What is installed, what each takes on the disk, and how long models draw at a picture."""

    owned: tuple[Model | AddOn, ...]
    used_bytes: dict[str, int]
    seconds: dict[str, float]


class Models(QObject):
    """The shelf as it stands. Disk and hub are asked on other threads.

    Args:
        starter: came with the studio; cannot be removed, and draws where nothing else does.
        lexicon: what the starter knows by name.
        store: what disk and hub are asked through.
        preferences: remember which model draws.
        notices: where is told what went wrong, and what came.
        is_used: whether a job needs the model of that name.
        parent: owner in Qt's sense.

    Attributes:
        installs: what is on its way.
        importing: what is taken in from files of the user's.

    Signals:
        changed(): `value` is another.
        chosen(): another model is current, or it can do something else.
    """

    changed = Signal()
    chosen = Signal()

    def __init__(
        self,
        starter: Model,
        lexicon: Lexicon | None,
        store: ModelStore,
        preferences: Preferences,
        notices: Notices,
        is_used: Callable[[str], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._starter, self._starter_lexicon = starter, lexicon
        self._store, self._preferences, self._notices = store, preferences, notices
        self._background = Background(self)
        self._entries: tuple[Entry, ...] = ()
        self._owned: tuple[Model | AddOn, ...] = (starter,)
        self._used: dict[str, int] = {}
        self._seconds: dict[str, float] = {}
        self._watching = QTimer(self, interval=_WATCH_MS)
        self._asked = False
        self.installs = Installs(store, notices, is_used, self)
        self.importing = ModelImport(store, notices, self)
        self.value = Shelf(starter, (Item(owned=starter),))
        self.lexicon = lexicon
        self.installs.changed.connect(self._show)
        self.installs.altered.connect(self.refresh)
        self.importing.came.connect(self.refresh)

    @property
    def current(self) -> Model:
        """Draws the next pictures."""
        return self.value.current

    @cached_property
    def ram_bytes(self) -> int:
        """The computer's own memory."""
        import psutil  # not before the window is open

        return psutil.virtual_memory().total

    def fit(self, item: Item) -> Fit:
        """How a model goes with this machine."""
        return fit_of(item.memory_bytes, self.value.machine, self.ram_bytes)

    def add_ons(self, kind: AddOnKind) -> tuple[AddOn, ...]:
        """The installed ones of a kind that go with the current model."""
        return tuple(each for each in self.current.add_ons if each.kind is kind)

    # --- what draws

    def recall(self) -> None:
        """Let the model draw that did so last. Reads that model's few facts, and nothing else."""
        name = self._preferences.value.model
        if name and name != self._starter.name:
            try:
                model = self._store.find(name)
            except StudioError as error:
                self._fall_back(name, error)
            else:
                self._owned = (self._starter, model)
                self._take(model)
                self._show()

    def choose(self, name: str) -> None:
        """Let another installed model draw what is asked for from now on."""
        model = next((each for each in self.value.models if each.name == name), None)
        if model is None:
            problem = say("There is no model “{model}” here.", model=name)
            self._notices.tell_error(InvalidRequest(problem, say("Install it first.")), key="model")
        elif model is not self.current:
            self._take(model)
            self._preferences.change(model=name)
            self._show()

    # --- what is on the shelf

    def open(self) -> None:
        """Read the catalogue, once, and look what is installed."""
        if not self._asked:
            self._asked = True
            self._background.do(self._store.catalogue, self._put_catalogue, self._tell_unread)
            self._background.do(self._store.has_token, self._put_token, self._tell_failed)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Look what is installed."""
        self._background.do(self._read_installed, self._put_installed, self._tell_unread)

    def read_again(self) -> None:
        """Read the catalogue once more, after that failed."""
        self._asked = False
        self._put(is_read=False, problem=None)
        self.open()

    def show_only(self, **changes: Any) -> None:
        """Set parts of the filter, by their names."""
        self._put(filter=replace(self.value.filter, **changes))

    def seconds_per_picture(self, name: str) -> float:
        """Learnt from pictures of its own size made here; 0 where none were."""
        return self._seconds.get(name, 0.0)

    def item(self, name: str) -> Item | None:
        """What is known of that name."""
        return next((item for item in self.value.items if item.name == name), None)

    def install(self, name: str) -> None:
        """Fetch it, go on with it, or repair it."""
        item = self.item(name)
        if item is not None and item.entry is not None:
            self.installs.install(item.entry)

    def verify(self, name: str) -> None:
        """Compare its files with what they should be."""
        item = self.item(name)
        if item is not None and item.owned is not None:
            self.installs.verify(item)

    def remove(self, name: str) -> None:
        """Take it away; the notice's “Undo” brings it back."""
        item = self.item(name)
        if item is not None and self.can_remove(item):
            self.installs.remove(item)

    def can_remove(self, item: Item) -> bool:
        """Whether it may go: the starter stays."""
        return item.owned is not None and item.name != self._starter.name

    def look_into(self, path: Path) -> None:
        """Find out what a file or folder of the user's is, to be imported."""
        self.importing.look(path)

    def take_in(self, name: str, licence: Licence) -> None:
        """Import what was found."""
        self.importing.take_in(name, licence)

    # --- the hub's token

    def keep_token(self, text: str) -> None:
        """Keep what the hub knows the user by in the system's keyring; an empty text takes it away."""
        text = text.strip()
        keep = (lambda: self._store.keep_token(text)) if text else self._store.forget_token
        self._background.do(keep, lambda _: self._put_token(bool(text)), self._tell_failed)

    # --- this machine

    def watch(self, machine: Callable[[], Machine | None]) -> None:
        """Ask now and then what pictures are drawn on, until that is known: the engine takes its time to tell."""

        def ask() -> None:
            found = machine()
            if found is not None:
                self._watching.stop()
                self.set_machine(found)

        self._watching.timeout.connect(ask)
        self._watching.start()

    def set_machine(self, machine: Machine) -> None:
        """What pictures are drawn on. A problem with it is told once, and again when it is another."""
        if machine != self.value.machine:
            before = self.value.machine
            self._put(machine=machine)
            if machine.problem and (before is None or before.problem != machine.problem):
                self._notices.tell(machine.problem, key="machine", level=Level.WARNING)

    # --- ending

    @property
    def is_busy(self) -> bool:
        """Whether anything is read, fetched or copied."""
        return self._background.is_busy or self.installs.is_busy or self.importing.share is not None

    def finish(self) -> None:
        """Wait for everything but downloads."""
        self.importing.finish()
        self.installs.finish()
        self._background.finish()

    def close(self) -> None:
        """Stop downloads, to go on another day; wait for the rest."""
        self._watching.stop()
        self.importing.finish()
        self.installs.close()
        self._background.finish()

    # --- inside

    def _put_catalogue(self, entries: tuple[Entry, ...]) -> None:
        self._entries = entries
        self._put(items=self._items(), is_read=True, problem=None)

    def _put_token(self, has_token: bool) -> None:
        self._put(has_token=has_token)

    def _read_installed(self) -> _Read:
        owned = self._store.installed()
        return _Read(
            owned,
            {each.name: self._store.used_bytes(each.name) for each in owned},
            {each.name: self._seconds_of(each) for each in owned if isinstance(each, Model)},
        )

    def _seconds_of(self, model: Model) -> float:
        size = Size(model.native_px, model.native_px)
        learnt = self._store.estimate(model, size, model.steps[SPEEDS[1]], 1, "generate")
        return learnt.seconds or 0.0 if learnt else 0.0

    def _put_installed(self, read: _Read) -> None:
        owned, self._used, self._seconds = read.owned, read.used_bytes, read.seconds
        leaving = self.installs.leaving
        self._owned = tuple(each for each in owned if each.name not in leaving)
        current = next((m for m in self._owned if isinstance(m, Model) and m.name == self.current.name), None)
        if current is None:
            told = say(
                "{gone} is gone: {model} draws now.", gone=self.current.label, model=self._starter.label
            )
            self._take(self._starter)
            self._preferences.change(model=self._starter.name)
            self._notices.tell(told, key="model")
        elif current != self.current:  # with other add-ons, perhaps
            self._take(current)
        self._show()

    def _items(self) -> tuple[Item, ...]:
        owned = {each.name: each for each in self._owned}
        entries = {entry.name: entry for entry in self._entries}
        names = dict.fromkeys((*owned, *entries))
        return tuple(
            Item(
                entries.get(name),
                owned.get(name),
                self.installs.doing.get(name),
                self.installs.damaged.get(name, ()),
                self._used.get(name, 0),
            )
            for name in names
        )

    @Slot()
    def _show(self) -> None:
        self._put(items=self._items())

    def _put(self, **changes: Any) -> None:
        value = replace(self.value, **changes)
        if value != self.value:
            self.value = value
            self.changed.emit()

    def _take(self, model: Model) -> None:
        self.lexicon = self._lexicon_of(model)
        self._put(current=model)
        self.chosen.emit()

    def _lexicon_of(self, model: Model) -> Lexicon | None:
        if model.name == self._starter.name:
            return self._starter_lexicon
        try:
            return read_lexicon(model)
        except StudioError as error:
            self._notices.tell_error(error, key="model")
            return None

    def _fall_back(self, name: str, error: StudioError) -> None:
        told = say(
            "The model “{gone}”, which drew last, cannot be used: {model} draws now.",
            gone=name,
            model=self._starter.label,
        )
        self._notices.tell(told, key="model", level=Level.WARNING, remedy=error.remedy, details=str(error))
        self._preferences.change(model=self._starter.name)

    def _tell_unread(self, error: Exception) -> None:
        self._put(is_read=True, problem=as_told(error))

    def _tell_failed(self, error: Exception) -> None:
        self._notices.tell_error(as_told(error), key="token")
