"""What the state asks disk and model hub about models. Nothing of it is imported before it is first asked for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dalle_studio.core.format import Size
from dalle_studio.core.model import AddOn, Licence, Model
from dalle_studio.core.recipe import Recipe

if TYPE_CHECKING:
    from dalle_studio.storage.models.catalogue import Entry
    from dalle_studio.storage.models.download import Download
    from dalle_studio.storage.models.estimates import Estimate
    from dalle_studio.storage.models.importing import Found

Progress = Callable[[int, int], None]
"""Bytes done, of so many."""


class ModelStore:
    """The models of this machine and of the catalogue. Every method may take its time and raise StudioError.

    Args:
        data: folder that what is learnt of time and memory is kept in.
    """

    def __init__(self, data: Path) -> None:
        self._data = data

    def catalogue(self) -> tuple[Entry, ...]:
        """Everything that can be installed."""
        from dalle_studio.storage.models.catalogue import catalogue

        return catalogue()

    def installed(self) -> tuple[Model | AddOn, ...]:
        """Everything that is installed, the starter model among it."""
        from dalle_studio.storage.models.installed import installed

        return installed()

    def recognisers(self) -> tuple[AddOn, ...]:
        """The installed recognisers of Chinese and English, the best first. Quick enough for every press."""
        from dalle_studio.storage.models.installed import recognisers

        return recognisers()

    def find(self, name: str) -> Model:
        """The installed model of that name."""
        from dalle_studio.storage.models.installed import find_model

        return find_model(name)

    def used_bytes(self, name: str) -> int:
        """What it takes on the disk."""
        from dalle_studio.storage.models.installed import used_bytes

        return used_bytes(name)

    def remove(self, name: str) -> None:
        """Delete it from the disk."""
        from dalle_studio.storage.models.installed import remove

        remove(name)

    def download(self, entry: Entry) -> Download:
        """A download of it, not started yet. What is here of it already is not fetched again."""
        from dalle_studio.storage.models.download import Download

        return Download(entry, self.token() if entry.gated else None)

    def verify(self, name: str, on_progress: Progress) -> tuple[str, ...]:
        """The files of it that are damaged."""
        from dalle_studio.storage.models.verify import verify

        return verify(name, on_progress)

    def inspect(self, path: Path) -> Found:
        """What a file or folder is."""
        from dalle_studio.storage.models.importing import inspect

        return inspect(path)

    def import_model(self, path: Path, name: str, licence: Licence, on_progress: Progress) -> Model | AddOn:
        """Copy it to the installed ones."""
        from dalle_studio.engine.conversion import convert
        from dalle_studio.storage.models.importing import import_model
        from dalle_studio.storage.paths import resources_dir

        knowledge = resources_dir() / "models"

        def converted(source: Path, family: str, folder: Path, told: Callable[[], object]) -> None:
            convert(source, family, folder, knowledge, told)

        return import_model(path, name, licence, on_progress, converted)

    def estimate(self, model: Model, size: Size, steps: int, count: int, verb: str) -> Estimate | None:
        """What pictures will cost, from what was made here; None where nothing of that model was."""
        from dalle_studio.storage.models.estimates import FILE, estimate

        return estimate(model, size, steps, count, verb, path=self._data / FILE)

    def learn(self, recipe: Recipe, count: int) -> None:
        """Remember what a finished request took that made so many pictures."""
        from dalle_studio.storage.models.estimates import FILE, learn

        learn(recipe, count, self._data / FILE)

    def token(self) -> str | None:
        """What the hub knows the user by; None where it does not."""
        from dalle_studio.storage.models.tokens import token

        return token()

    def has_token(self) -> bool:
        """Whether the hub knows the user: by the keyring, or by the environment."""
        return bool(os.environ.get("HF_TOKEN")) or self.token() is not None

    def keep_token(self, text: str) -> None:
        """Keep it in the system's keyring."""
        from dalle_studio.storage.models.tokens import keep_token

        keep_token(text)

    def forget_token(self) -> None:
        """Take it out of there."""
        from dalle_studio.storage.models.tokens import forget_token

        forget_token()
