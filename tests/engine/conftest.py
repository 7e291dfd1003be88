"""A starter model with random weights for tests that need the ways of the real one, not its pictures."""

from __future__ import annotations

import pytest

from dalle_studio.core.model import Model
from tests import support


@pytest.fixture(scope="session")
def tiny_starter(tmp_path_factory: pytest.TempPathFactory) -> Model:
    """With image encoder and IP-Adapter; its folder is shared, so leave it as it is."""
    pytest.importorskip("torch")
    return support.tiny_starter(tmp_path_factory.mktemp("models") / "tiny")
