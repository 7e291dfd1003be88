"""What widget tests share: one look for all, and a composer that is not asked to read words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from dalle_studio.core.model import Model
from dalle_studio.state.composer import Composer
from dalle_studio.state.history import History
from dalle_studio.ui.theme import Scheme, Theme


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(Scheme.DARK)
    theme.install(qapp)
    return theme


@pytest.fixture
def composer(qapp: QApplication, starter: Model) -> Iterator[Composer]:
    composer = Composer(starter, None, History())
    yield composer
    composer.close()
