"""Snapshots: everything that is worth keeping goes into a project and comes back, whatever a file says."""

from __future__ import annotations

from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dalle_studio.core.model import Model
from dalle_studio.core.request import Follow, Intent, Keep, Lora
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.composer import Composer
from dalle_studio.state.composition import Composition
from dalle_studio.state.frame import Frame
from dalle_studio.state.history import History
from dalle_studio.state.options import Options
from dalle_studio.state.snapshot import Snapshots, arrangement_of, composition_of, options_of
from dalle_studio.state.stroke import Tool
from dalle_studio.storage.openraster import open_project, save_project
from tests.storage.projects import full_project
from tests.storage.samples import generated

COMPOSED = Composition(
    text="a red car",
    who=("a 猫",),
    doing=("on the moon",),
    styles=("neon", "oil"),
    each_subject=True,
    format="banner",
    count=3,
    speed="fine",
    seed=2**32 - 1,
    seed_locked=True,
    negative_prompt="fog",
    guidance_scale=7.5,
    steps=33,
    how_far=0.25,
    keep=Keep.PALETTE,
    loras=(Lora("ink", -0.5), Lora("wash", 2.0)),
    guide=Follow.DEPTH,
    guide_weight=0.7,
    upscaler="large",
    translated=(("a 猫", "a cat"),),
)


@pytest.fixture
def canvas() -> Canvas:
    canvas = Canvas(History())
    canvas.show(generated())
    return canvas


@pytest.fixture
def snapshots(canvas: Canvas, starter: Model) -> Snapshots:
    composer = Composer(starter, None, canvas._history)
    composer.change(**vars(COMPOSED))
    return Snapshots(canvas, composer)


def paint(canvas: Canvas, x: float) -> None:
    canvas.set_tool(Tool.BRUSH)
    canvas.set_brush_px(6)
    canvas.press(x, 10)
    canvas.release(x + 4, 12)


def test_what_is_there_comes_back_from_a_file(canvas: Canvas, snapshots: Snapshots, tmp_path: Path) -> None:
    paint(canvas, 5)
    canvas.activate(None)
    paint(canvas, 20)
    canvas.set_prompt(1, "a dog")
    canvas.remove_region(1)
    canvas.activate(None)
    paint(canvas, 9)
    canvas.set_intent(Intent.REMOVE)
    canvas.set_feather_px(7)
    canvas.set_frame(Frame(3, 0, 5, 9))
    save_project(snapshots.take(), tmp_path / "a.ora")
    project = open_project(tmp_path / "a.ora").project
    arrangement = arrangement_of(project)
    assert arrangement.picture and canvas.picture and arrangement.picture.sha256 == canvas.picture.sha256
    assert [(each.number, each.prompt, each.box, each.mask.tobytes()) for each in arrangement.regions] == [
        (each.number, each.prompt, each.box, each.mask.tobytes()) for each in canvas.regions
    ]
    assert arrangement.active == 1 and arrangement.frame == canvas.margins == Frame(3, 0, 5, 9)
    assert composition_of(project.composition) == COMPOSED
    options = options_of(project.options)
    assert (options.intent, options.brush_px, options.feather_px) == (Intent.REMOVE, 6, 7)


def test_a_snapshot_does_not_change_and_copies_only_what_did(canvas: Canvas, snapshots: Snapshots) -> None:
    paint(canvas, 5)
    canvas.activate(None)
    paint(canvas, 20)
    first = snapshots.take()
    before = [region.mask.copy() for region in first.regions]
    paint(canvas, 25)
    second = snapshots.take()
    assert [(region.mask == mask).all() for region, mask in zip(first.regions, before, strict=True)] == [
        True
    ] * 2
    assert second.regions[0].mask is first.regions[0].mask
    assert (second.regions[1].mask != first.regions[1].mask).any()


def test_a_stroke_in_progress_is_taken_too(canvas: Canvas, snapshots: Snapshots) -> None:
    canvas.set_tool(Tool.BRUSH)
    canvas.set_brush_px(4)
    canvas.press(5, 10)
    first = snapshots.take()
    canvas.drag(25, 10)
    second = snapshots.take()
    assert np.count_nonzero(second.regions[0].mask) > np.count_nonzero(first.regions[0].mask) > 0


def test_every_setting_is_restored() -> None:
    defaults = Composition()
    left = {
        field.name
        for field in fields(Composition)
        if getattr(COMPOSED, field.name) != getattr(defaults, field.name)
    }
    assert left == {field.name for field in fields(Composition)}
    assert composition_of(asdict(COMPOSED)) == COMPOSED
    assert composition_of({}) == defaults


@pytest.mark.parametrize(
    "value", [None, 5, -1, 1e99, float("nan"), "x", "x" * 5000, "\ud800", [], [1], {}, True]
)
def test_values_that_make_no_sense_stay_at_their_default(value: Any) -> None:
    composition = composition_of({field.name: value for field in fields(Composition)} | {"unheard": 1})
    assert (
        composition.format == "square" and composition.speed == "standard" and composition.keep is Keep.FREE
    )
    assert 1 <= composition.count <= 8 and 0 <= composition.seed < 2**32 and 0 <= composition.how_far <= 1
    assert composition.guidance_scale is None or 1 <= composition.guidance_scale <= 30
    assert len(composition.text) <= 2000 and composition.styles == ()
    options = options_of({field.name: value for field in fields(Options)})
    assert options.intent is Intent.FILL and 1 <= options.brush_px <= 2048 and 0 <= options.hardness <= 1


def test_a_project_with_everything_can_be_put_on_a_canvas() -> None:
    arrangement = arrangement_of(full_project())
    assert [region.number for region in arrangement.regions] == [2, 1]
    assert arrangement.frame == Frame(16, 8, 0, 4) and all(region.box for region in arrangement.regions)
