"""The scorecard: its judges learn, its questions are in both languages, and its table gets into the card."""
# pyright: reportMissingParameterType=false

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from dalle_studio.core.scene import Relation, Scene
from dalle_studio.training.art.concepts import THINGS
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.run.device import Device
from dalle_studio.training.run.loop import Schedule, resume, save, train
from dalle_studio.training.run.report import Report
from dalle_studio.training.score.judge_pictures import COLOURS, SETTINGS, ThingPictures
from dalle_studio.training.score.judges import JudgeLearner, Judges, View, accuracies, answers_of
from dalle_studio.training.score.prompts import LANGUAGES, cases
from dalle_studio.training.score.rows import ROWS, Row, mask_of, painted, stands
from dalle_studio.training.score.scorecard import MARKS, Scores, fingerprint, score_row, table, write_card
from dalle_studio.training.score.stage import Art, Stage

CPU = Device("cpu", autocast=False, batch_scale=1)
TINY = (8, 16, 32)
NAMES = ("car", "cat", "cup of coffee")


@pytest.fixture(scope="module")
def art():
    """Three things of plain shape: a bar, a cross and a ring."""
    y, x = np.mgrid[-1:1:64j, -1:1:64j]
    ring = (np.hypot(x, y) < 1) & (np.hypot(x, y) > 0.6)
    shapes = {"car": abs(y) < 0.35, "cat": (abs(x) < 0.25) | (abs(y) < 0.25), "cup of coffee": ring}
    sprites = {}
    for name, inside in shapes.items():
        sprite = np.zeros((64, 64, 4), np.uint8)
        sprite[inside] = (220, 40, 40, 255)
        sprites[f"{name}/any"] = sprite
    return Art(sprites)


@pytest.fixture(scope="module")
def learner(art):
    draw = ThingPictures(art, NAMES).batch
    asked = {"thing": len(NAMES) + 1, "colour": len(COLOURS)}
    return JudgeLearner("judge-things", asked, draw, draw, CPU, batch=24, widths=TINY)


def test_a_judge_learns_three_things(learner):
    for number in range(100):
        learner.step(number, 100)
    pictures, labels = learner._draw(np.random.default_rng(9), 96)
    assert accuracies(answers_of(learner.model, pictures, CPU), labels)["thing"] > 0.6


def test_a_killed_judge_goes_on(art, tmp_path):
    draw = ThingPictures(art, NAMES).batch
    asked = {"thing": len(NAMES) + 1, "colour": len(COLOURS)}

    def trained_to(until, place):
        fresh = JudgeLearner("judge-things", asked, draw, draw, CPU, batch=4, widths=TINY)
        for number in range(resume(fresh, place), until):
            fresh.step(number, 4)
        save(fresh, until, place)
        return fresh.model.state_dict()

    straight = trained_to(4, tmp_path / "straight.pt")
    trained_to(2, tmp_path / "killed.pt")
    resumed = trained_to(4, tmp_path / "killed.pt")
    assert all(np.array_equal(straight[name], resumed[name]) for name in straight)


def test_training_leaves_a_sheet_and_a_checkpoint(art, tmp_path):
    draw = ThingPictures(art, NAMES).batch
    fresh = JudgeLearner(
        "judge-things", {"thing": 4, "colour": len(COLOURS)}, draw, draw, CPU, batch=4, widths=TINY
    )
    train(fresh, Schedule(1), tmp_path / "j.pt", tmp_path, Report(Console(quiet=True)))
    assert (tmp_path / "j.pt").exists()
    assert list(tmp_path.glob("judge-things-*.png"))


def test_a_judge_says_where_things_are(learner):
    judges = Judges(learner.model, learner.model, NAMES, CPU)
    view = judges.view(np.zeros((SIDE, SIDE, 3), np.uint8), (0.25, 0.25, 0.75, 0.75))
    assert view.windows.min() >= 0.25
    assert view.windows.max() <= 0.75
    assert set(view.ranking()) == set(NAMES)


def test_a_judge_sees_a_picture_and_its_mirror_image_alike(learner):
    judges = Judges(learner.model, learner.model, NAMES, CPU)
    pixels = np.random.default_rng(2).integers(0, 255, (SIDE, SIDE, 3), np.uint8)
    one, other = (judges.view(each).of_one() for each in (pixels, np.ascontiguousarray(pixels[:, ::-1])))
    assert len(one.windows) == 10
    assert np.allclose(one.things[0], other.things[0], atol=1e-5)
    assert one.windows[:, 2:].max() == 1


@pytest.mark.parametrize(
    ("relation", "holds"),
    [(Relation.LEFT_OF, True), (Relation.RIGHT_OF, False), (Relation.ABOVE, True), (Relation.RIDING, False)],
)
def test_relations_are_read_off_the_best_windows(relation, holds):
    windows = np.array([[0.0, 0.0, 0.4, 0.4], [0.6, 0.6, 1.0, 1.0]])
    view = View(("a", "b"), windows, np.array([[0.9, 0.0], [0.1, 0.8]]), np.zeros((2, 1)))
    assert stands(view, "a", relation, "b") is holds


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_questions_come_in_both_languages_and_stay_the_same(row):
    for language in LANGUAGES:
        asked = cases(row.write, language, 24)
        assert [case.prompt for case in asked] == [case.prompt for case in cases(row.write, language, 24)]
        assert len({case.prompt for case in asked}) > 15
        for case in asked:
            assert "{" not in case.prompt
            assert case.prompt.isascii() == (language == "en"), case.prompt
            assert case.scene.mentions


def test_only_known_things_are_asked_for():
    asked = cases(ROWS[0].write, "en", 12, known={"cat", "dog"})
    assert {case.scene.mentions[0].thing.name for case in asked} == {"cat", "dog"}


def test_every_setting_comes_up():
    setting = next(row for row in ROWS if row.key == "setting")
    asked = cases(setting.write, "zh", len(SETTINGS))
    assert {case.scene.setting.name for case in asked if case.scene.setting} == {
        each.name for each in SETTINGS
    }


def test_masks_take_three_shapes_inside_the_picture():
    masks = [mask_of(case) for case in cases(ROWS[0].write, "en", 3)]
    for mask in masks:
        assert mask.shape == (SIDE, SIDE)
        assert 0.04 < (mask == 255).mean() < 0.5


def test_composed_pictures_and_paintings_are_reproducible():
    sprite = np.full((20, 20, 4), 255, np.uint8)
    stage = Stage(Art({f"{thing.name}/3d": sprite for thing in THINGS}))
    for scene in (Scene(), Scene(setting=SETTINGS[0]), cases(ROWS[0].write, "en", 1)[0].scene):
        assert np.array_equal(stage.compose(scene, 5), stage.compose(scene, 5))
    assert np.array_equal(painted(3), painted(3))
    assert not np.array_equal(painted(3), painted(3, jitter=1))


def test_finished_rows_are_kept_for_the_same_weights_only(tmp_path):
    weights = tmp_path / "a.safetensors"
    weights.write_bytes(b"one")
    key = fingerprint([weights], 200)
    Scores(tmp_path / "score.json", key).keep("thing", "en", {"thing": [3, 4, 5]})
    assert Scores(tmp_path / "score.json", key).results == {"thing": {"en": {"thing": [3, 4, 5]}}}
    weights.write_bytes(b"two")
    assert Scores(tmp_path / "score.json", fingerprint([weights], 200)).results == {}


def test_the_card_gets_the_table_once(tmp_path):
    card = tmp_path / "README.md"
    card.write_text("# Model\n\nText.\n", "utf-8")
    results = {"colour": {"en": {"colour": [10, 18, 20]}, "zh": {"colour": [5, 19, 20]}}}
    write_card(card, "old")
    write_card(card, table(results))
    text = card.read_text("utf-8")
    assert text.startswith("# Model\n\nText.\n")
    assert "| colour | 50 % | 25 % | 92 % | 40 |" in text
    assert "old" not in text
    assert [text.count(mark) for mark in MARKS] == [1, 1]


def test_a_row_counts_what_it_is_told():
    row = Row(
        "thing",
        ROWS[0].write,
        lambda case, pixels, bench: {"bright": bool(pixels.mean() > 100)},
        lambda case, bench: np.full((4, 4, 3), 50 * case.number, np.uint8),
        lambda case, bench: np.full((4, 4, 3), 255, np.uint8),
    )
    bench: Any = SimpleNamespace(judges=SimpleNamespace(names=[thing.name for thing in THINGS]))
    assert score_row(row, "en", 4, bench, Report(Console(quiet=True))) == {"bright": [1, 4, 4]}
