"""What widget tests share: a composer that is not asked to read words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from dalle_studio.core.model import Model
from dalle_studio.state.composer import Composer
from dalle_studio.state.history import History


@pytest.fixture
def composer(qapp: QApplication, starter: Model) -> Iterator[Composer]:
    composer = Composer(starter, None, History())
    yield composer
    composer.close()
