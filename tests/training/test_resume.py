"""A killed run that goes on ends where an uninterrupted one does."""
# pyright: reportMissingParameterType=false, reportPrivateUsage=false

import numpy as np
import pytest
import torch
from PIL import Image
from rich.console import Console

from dalle_studio.training.networks import autoencoder, denoiser
from dalle_studio.training.networks.autoencoder import (
    AutoencoderLearner,
    DecoderLearner,
    load_autoencoder,
    make_autoencoder,
)
from dalle_studio.training.networks.denoiser import DenoiserLearner, lesson_shares
from dalle_studio.training.networks.unet import Size
from dalle_studio.training.pictures.details import Details
from dalle_studio.training.pictures.pairs import Pairs
from dalle_studio.training.run.device import Device
from dalle_studio.training.run.files import whole_file, whole_folder
from dalle_studio.training.run.loop import Schedule, cosine, resume, save, steps_done, train
from dalle_studio.training.run.report import Report
from dalle_studio.training.words.captions import phrases
from dalle_studio.training.words.tokenizer import train_tokenizer

CPU = Device("cpu", autocast=False, batch_scale=1)
TINY = Size(channels=(32, 32, 32), heads=(1, 2, 2), text_width=32, text_layers=1)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(autoencoder, "BATCH", 2)
    monkeypatch.setattr(denoiser, "BATCH", 4)
    monkeypatch.setattr(denoiser, "HELD_OUT", 16)


@pytest.fixture(scope="module")
def make_autoencoder_learner():
    pixels = np.random.default_rng(0).integers(0, 255, (52, 256, 256, 3), dtype=np.uint8)
    return lambda: AutoencoderLearner(make_autoencoder(8), list(pixels), CPU, crop_side=32)


@pytest.fixture(scope="module")
def make_denoiser_learner(write_shard, tmp_path_factory):
    captions, folder = list(phrases())[:64], tmp_path_factory.mktemp("pairs")
    write_shard(folder, 0, captions)
    tokenizer = train_tokenizer(captions)

    def make(folder=folder, details=None):
        pairs = Pairs(folder, 1000, "cpu")
        details = Details(details, 1000, "cpu") if details else None
        return DenoiserLearner(TINY, make_autoencoder(8), tokenizer, pairs, CPU, details=details)

    return make


@pytest.mark.parametrize("kind", ["autoencoder", "denoiser"])
def test_resumed_weights_are_bit_identical(kind, request, tmp_path):
    make = request.getfixturevalue(f"make_{kind}_learner")
    straight, killed, resumed = make(), make(), make()
    for number in range(4):
        straight.step(number, 4)
    for number in range(2):
        killed.step(number, 4)
    save(killed, 2, tmp_path / "checkpoint.pt")
    assert resume(resumed, tmp_path / "checkpoint.pt") == 2
    for number in range(2, 4):
        resumed.step(number, 4)
    for one, other in zip(_tensors(straight), _tensors(resumed), strict=True):
        assert torch.equal(one, other)
    assert not all(torch.equal(*pair) for pair in zip(_tensors(straight), _tensors(killed), strict=True))


def _tensors(learner):
    """Everything that training changes; of the denoiser also what is exported."""
    if isinstance(learner, AutoencoderLearner):
        return list(learner.model.state_dict().values())
    pipeline = learner.pipeline()
    exported = (pipeline.unet, pipeline.text_encoder, learner.adapter)
    averages = [weight for network in exported for weight in network.parameters()]
    return [*learner.state_dict()["networks"].values(), *averages]


def test_the_adapter_is_trained_with_the_rest_and_goes_on(make_denoiser_learner, tmp_path):
    learner, resumed = make_denoiser_learner(), make_denoiser_learner()
    first = [weight.clone() for weight in learner.adapter.parameters()]
    for number in range(3):
        learner.step(number, 4)
    save(learner, 3, tmp_path / "checkpoint.pt")
    resume(resumed, tmp_path / "checkpoint.pt")
    pairs = zip(first, learner.adapter.parameters(), resumed.adapter.parameters(), strict=True)
    for before, after, again in pairs:
        assert not torch.equal(before, after)
        assert torch.equal(after, again)


def test_pairs_that_appear_are_learned_from(make_denoiser_learner, write_shard, tmp_path, monkeypatch):
    monkeypatch.setattr(denoiser, "GROWTH_STEPS", 2)
    write_shard(tmp_path, 0, ["a cat"] * 20)
    learner, chosen = make_denoiser_learner(tmp_path), []
    choose = learner._choose
    monkeypatch.setattr(learner, "_choose", lambda *args: chosen.append(choose(*args)) or chosen[-1])
    learner.step(1, 8)
    write_shard(tmp_path, 20, ["a dog"] * 480)
    for number in (2, 3):
        learner.step(number, 8)
    assert all(16 <= number < 20 for number in chosen[0])
    assert max(np.concatenate(chosen[1:])) >= 20


def test_held_out_pictures_are_never_learned_from(make_denoiser_learner):
    learner, rng = make_denoiser_learner(), np.random.default_rng(0)
    chosen = np.concatenate([learner._choose(rng, progress, 4, 0) for progress in np.linspace(0, 1, 50)])
    assert set(chosen) <= set(range(denoiser.HELD_OUT, 64))
    assert len(set(chosen)) > 24


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # diffusers' scheduler
def test_sample_sheet_shows_sketch_result_and_picture(make_denoiser_learner, tmp_path, monkeypatch):
    monkeypatch.setattr(denoiser, "SHOWN", (1, 2))
    words = make_denoiser_learner().examine(tmp_path / "sheet.png")
    assert "64 pairs" in words
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.size == (8 * 256, 3 * 256)


def test_trained_autoencoder_is_read_from_its_checkpoint(make_autoencoder_learner, tmp_path):
    learner = make_autoencoder_learner()
    learner.step(0, 10)
    save(learner, 1, tmp_path / "autoencoder.pt")
    model = load_autoencoder(tmp_path / "autoencoder.pt")
    assert steps_done(tmp_path / "autoencoder.pt") == 1
    for name, weight in learner.model.state_dict().items():
        assert torch.equal(weight, model.state_dict()[name])


def test_a_resumed_denoiser_keeps_the_scale_of_its_latents(make_denoiser_learner):
    state = make_denoiser_learner().state_dict()
    resumed = make_denoiser_learner()
    resumed.load_state_dict(state | {"scale": 0.5})
    assert resumed.pipeline().vae.config.scaling_factor == 0.5
    assert resumed.state_dict()["scale"] == 0.5


def test_the_decoder_is_trained_alone(make_autoencoder_learner):
    trained = make_autoencoder_learner()
    before = {name: weight.clone() for name, weight in trained.model.state_dict().items()}
    learner = DecoderLearner(trained.model, trained._pixels, CPU)
    learner.step(0, 10)
    changed = {
        name for name, weight in learner.model.state_dict().items() if not torch.equal(weight, before[name])
    }
    assert changed
    assert all(name.startswith("decoder.") for name in changed)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # diffusers' scheduler
def test_second_drawings_are_learned_from_the_pictures_that_have_details(
    make_denoiser_learner, write_details, tmp_path, monkeypatch
):
    monkeypatch.setattr(denoiser, "GROWTH_STEPS", 2)
    write_details(tmp_path, 0, ["a cat"] * 20)
    learner, plain, large = make_denoiser_learner(details=tmp_path), make_denoiser_learner(), []
    parts = learner._details.parts
    monkeypatch.setattr(
        learner._details, "parts", lambda chosen, rng: large.append(chosen) or parts(chosen, rng)
    )
    for number in range(3):
        learner.step(number, 8)
        plain.step(number, 8)
    assert [len(each) for each in large] == [3, 3, 3]  # of four
    assert all(16 <= number < 20 for number in torch.cat(large))
    assert not all(torch.equal(*pair) for pair in zip(_tensors(learner), _tensors(plain), strict=True))
    assert "second drawing" in learner.examine(tmp_path / "sheet.png")


def test_a_second_drawing_leads_from_the_first_to_the_picture(make_denoiser_learner):
    learner = make_denoiser_learner()
    picture, once = torch.full((1, 16, 16, 16), 0.5), torch.full((1, 16, 16, 16), -0.25)
    start = torch.tensor([0.5])
    signal = learner._signal[499]
    left_over = learner._left_over(picture, once, start)
    thrown_back = signal.sqrt() * picture * learner._scale + (1 - signal).sqrt() * left_over
    assert torch.allclose(thrown_back, signal.sqrt() * once * learner._scale, atol=1e-5)


def test_held_out_loss_does_not_depend_on_when_it_is_measured(make_denoiser_learner):
    learner = make_denoiser_learner()
    assert learner.held_out_loss() == learner.held_out_loss()


class Counter:
    """A learner that only counts, and is killed once."""

    name = "counter"

    def __init__(self, killed_at: int = -1):
        self.killed_at, self.numbers = killed_at, []

    def step(self, number, total):
        if number == self.killed_at:
            raise KeyboardInterrupt
        self.numbers.append(number)
        return 1.0

    def state_dict(self):
        return {"count": len(self.numbers)}

    def load_state_dict(self, state):
        assert state["count"] > 0

    def examine(self, sheet):
        sheet.write_bytes(b"sheet")
        return "fine"


def test_training_goes_on_where_it_was_and_then_does_nothing(tmp_path):
    schedule = Schedule(steps=6, checkpoint_minutes=0, sample_minutes=9)
    places = tmp_path / "counter.pt", tmp_path / "samples"
    report = Report(Console(quiet=True))
    killed, resumed, late = Counter(killed_at=4), Counter(), Counter()
    with pytest.raises(KeyboardInterrupt):
        train(killed, schedule, *places, report)
    train(resumed, schedule, *places, report)
    train(late, schedule, *places, report)
    assert (killed.numbers, resumed.numbers, late.numbers) == ([0, 1, 2, 3], [4, 5], [])
    assert [sheet.name for sheet in (tmp_path / "samples").iterdir()] == ["counter-0000006.png"]


def test_an_interrupted_write_leaves_the_old_file(tmp_path):
    target = tmp_path / "checkpoint.pt"
    target.write_text("old")
    with pytest.raises(KeyboardInterrupt), whole_file(target) as path:
        path.write_text("half of the n")
        raise KeyboardInterrupt
    assert [file.name for file in tmp_path.iterdir()] == ["checkpoint.pt"]
    assert target.read_text() == "old"


def test_what_a_killed_writer_left_is_not_mixed_in(tmp_path):
    (tmp_path / ".partial-model").mkdir()
    (tmp_path / ".partial-model" / "stale").write_text("half")
    with whole_folder(tmp_path / "model") as folder:
        (folder / "new").write_text("whole")
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")] == ["model", "model/new"]


def test_learning_rate_rises_then_falls():
    rates = [cosine(number, 1000, warm_up=100) for number in range(1000)]
    assert rates[0] < 0.02
    assert 0.9 < max(rates) <= 1
    assert rates.index(max(rates)) < 110
    assert 0.02 <= rates[-1] < 0.03


def test_lessons_begin_with_single_things():
    shares = np.array([lesson_shares(progress) for progress in np.linspace(0, 1, 21)])
    assert np.allclose(shares.sum(1), 1)
    assert shares.min() >= 0
    assert shares[0] == pytest.approx((0.9, 0.1, 0))
    assert shares[-1] == pytest.approx((0.125, 0.375, 0.5))
    assert (np.diff(shares[:, 0]) <= 0).all()
    assert (np.diff(shares[:, 2]) >= 0).all()
