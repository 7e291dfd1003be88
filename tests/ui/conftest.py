"""What widget tests share: a composer that is not asked to read words, and a window's language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from dalle_studio.core.model import Model
from dalle_studio.state.composer import Composer
from dalle_studio.state.history import History
from dalle_studio.ui.language import Language


@pytest.fixture
def composer(qapp: QApplication, starter: Model) -> Iterator[Composer]:
    composer = Composer(starter, None, History())
    yield composer
    composer.close()


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[Language]:
    language = Language(qapp, "zh_CN")
    yield language
    language.choose("en")
