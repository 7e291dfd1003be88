"""Models with random weights for tests that need the ways of real ones, not their pictures."""

from __future__ import annotations

import pytest

from dalle_studio.core.model import Model
from dalle_studio.engine.pipelines.precision import Precision, usable
from tests import support
from tests.models.unets import build_all


@pytest.fixture(scope="session")
def tiny_starter(tmp_path_factory: pytest.TempPathFactory) -> Model:
    """With image encoder and IP-Adapter; its folder is shared, so leave it as it is."""
    pytest.importorskip("torch")
    return support.tiny_starter(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def unets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Model]:
    """Both UNet families by name, with every add-on; leave their folders as they are."""
    pytest.importorskip("torch")
    return build_all(tmp_path_factory.mktemp("models"))


@pytest.fixture(autouse=True)
def _skip_what_takes_minutes_here(request: pytest.FixtureRequest) -> None:
    """Skip a test in a number format, a parameter named `precision`, that this processor is not made for."""
    precision = getattr(request.node, "callspec", None) and request.node.callspec.params.get("precision")
    if isinstance(precision, str) and Precision.named(precision) not in usable("cpu"):
        pytest.skip(f"this processor is not made for {precision}")
