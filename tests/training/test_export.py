"""The finished folder is ordinary, small enough in every part, and there in full or not at all."""
# pyright: reportMissingParameterType=false, reportPrivateImportUsage=false

import json
import zipfile

import numpy as np
import pytest
import torch
from diffusers import StableDiffusionPipeline, T2IAdapter

from dalle_studio.core.scene import Lexicon
from dalle_studio.engine.pipelines.conditions import Conditions
from dalle_studio.engine.pipelines.image_prompt import ImagePrompt, channels_of
from dalle_studio.training.art.sprites import JUDGE_PACKAGES, PACKAGES
from dalle_studio.training.export.folder import export
from dalle_studio.training.export.restore import restore, seen_before
from dalle_studio.training.networks.autoencoder import load_autoencoder, make_autoencoder
from dalle_studio.training.networks.image_prompt import (
    EncoderSize,
    export_image_prompt,
    load_image_prompt,
    make_encoder,
)
from dalle_studio.training.networks.unet import (
    Size,
    make_adapter,
    make_pipeline,
    make_text_encoder,
    make_unet,
)
from dalle_studio.training.networks.upscaler import export_upscaler, load_upscaler, make_upscaler
from dalle_studio.training.run.loop import steps_done
from dalle_studio.training.run.report import Report
from dalle_studio.training.words.captions import phrases
from dalle_studio.training.words.tokenizer import train_tokenizer

FIGURES = {
    "pictures": 200_000,
    "details": 40_000,
    "steps": 40_000,
    "autoencoder_steps": 60_000,
    "decoder_steps": 20_000,
    "upscaler_steps": 3000,
    "image_prompt_steps": 1500,
}


@pytest.fixture(scope="module")
def pipeline():
    """The real sizes, untrained."""
    tokenizer = train_tokenizer(phrases())
    size = Size()
    return make_pipeline(make_autoencoder(), make_text_encoder(size, tokenizer), tokenizer, make_unet(size))


@pytest.fixture(scope="module")
def adapter():
    return make_adapter(Size())


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    path = tmp_path_factory.mktemp("library") / "library.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("3d/cat.webp", b"a cat")
    return path


@pytest.fixture(scope="module")
def exported(pipeline, adapter, library, tmp_path_factory):
    folder = tmp_path_factory.mktemp("export") / "model"
    export(pipeline, adapter, library, folder, FIGURES)
    return folder


def test_no_file_is_larger_than_16_mb(exported):
    sizes = {path.name: path.stat().st_size for path in exported.rglob("*") if path.is_file()}
    assert max(sizes.values()) <= 16_000_000, sizes
    assert 30_000_000 < sum(sizes.values()) < 64_000_000


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # diffusers' scheduler
def test_folder_loads_and_makes_a_picture(exported):
    loaded = StableDiffusionPipeline.from_pretrained(exported, local_files_only=True)
    loaded.set_progress_bar_config(disable=True)
    drawn = loaded("a cat", num_inference_steps=1, height=64, width=64, output_type="np", return_dict=False)
    image = np.asarray(drawn[0][0])
    assert image.shape == (64, 64, 3)
    assert np.isfinite(image).all()
    assert {loaded.unet.dtype, loaded.vae.dtype, loaded.text_encoder.dtype} == {torch.float32}
    assert loaded.scheduler.config.prediction_type == "v_prediction"
    assert loaded.scheduler.config.timestep_spacing == "trailing"


def test_the_adapter_makes_features_for_every_level(exported):
    adapter = T2IAdapter.from_pretrained(exported / "adapter", local_files_only=True)
    features = adapter(Conditions.none(torch.zeros(1, 16, 16, 16)).stack())
    shapes = [tuple(feature.shape[1:]) for feature in features]
    assert shapes == [(width, side, side) for width, side in zip(Size().channels, (16, 8, 4), strict=True)]


def test_weights_are_half_precision_safetensors(exported):
    assert not list(exported.rglob("*.bin"))
    loaded = StableDiffusionPipeline.from_pretrained(exported, local_files_only=True, dtype=torch.float16)
    index = json.loads((exported / "unet/diffusion_pytorch_model.safetensors.index.json").read_text())
    count = sum(weight.numel() for weight in loaded.unet.parameters())
    assert index["metadata"]["total_size"] == 2 * count
    adapter = T2IAdapter.from_pretrained(exported / "adapter", local_files_only=True)
    count = sum(weight.numel() for weight in adapter.parameters())
    (weights,) = (exported / "adapter").glob("*.safetensors")
    assert 2 * count < weights.stat().st_size < 2.1 * count


def test_folder_holds_its_words_its_art_and_what_the_studio_asks(exported, library):
    known = Lexicon.from_json(json.loads((exported / "lexicon.json").read_text("utf-8")))
    assert "cat" in {thing.name for thing in known.things}
    assert (exported / "art.zip").read_bytes() == library.read_bytes()
    studio = json.loads((exported / "studio.json").read_text("utf-8"))
    assert (studio["family"], studio["native_px"]) == ("starter", 512)


def test_folder_says_where_it_comes_from(exported):
    card = (exported / "README.md").read_text("utf-8")
    assert "200,000 pictures" in card
    assert "$" not in card
    notice = (exported / "NOTICE.md").read_text("utf-8")
    assert "$" not in notice
    for package in PACKAGES:
        assert f"| {package.credit} | {package.licence} | `{package.name}` |" in notice
        assert package.name in card
    assert not any(f"`{package.name}`" in notice for package in JUDGE_PACKAGES)


def test_configurations_name_no_folder_of_the_machine(exported):
    for config in exported.rglob("*.json"):
        assert "_name_or_path" not in config.read_text("utf-8")


def test_failed_export_leaves_nothing_new(pipeline, adapter, library, tmp_path, monkeypatch):
    def fail(folder, **_):
        (folder / "model_index.json").write_text("{")
        raise OSError("the disk is full")

    monkeypatch.setattr(pipeline, "save_pretrained", fail)
    with pytest.raises(OSError, match="disk is full"):
        export(pipeline, adapter, library, tmp_path / "new", FIGURES)
    assert list(tmp_path.iterdir()) == []


def test_failed_export_leaves_the_old_model(pipeline, adapter, library, tmp_path, monkeypatch):
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model_index.json").write_text("old")
    monkeypatch.setattr(pipeline, "save_pretrained", lambda folder, **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export(pipeline, adapter, library, tmp_path / "model", FIGURES)
    assert (tmp_path / "model" / "model_index.json").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1


def assert_same(one, other):
    """The same weights, as far as half precision tells."""
    for name, weight in other.state_dict().items():
        assert torch.equal(one.state_dict()[name], weight.half().float()), name


def test_a_run_goes_on_from_a_finished_model(exported, pipeline, adapter, tmp_path):
    upscaler = make_upscaler()
    export_upscaler(upscaler, exported)
    encoder = make_encoder(EncoderSize(width=32, layers=1, heads=2, projection=32))
    prompt = ImagePrompt(32, 32, channels_of(pipeline.unet))
    export_image_prompt(encoder, prompt, exported)
    restore(exported, tmp_path, Report())
    denoiser = torch.load(tmp_path / "denoiser.pt", weights_only=True)
    assert denoiser["step"] == FIGURES["steps"]
    assert denoiser["state"]["scale"] == pipeline.vae.config.scaling_factor
    for part, network in (
        ("unet", pipeline.unet),
        ("text_encoder", pipeline.text_encoder),
        ("adapter", adapter),
    ):
        for name, weight in network.state_dict().items():
            assert torch.equal(denoiser["state"]["networks"][f"{part}.{name}"], weight.float()), name
    assert seen_before(tmp_path) == {name: FIGURES[name] for name in ("pictures", "details")}
    assert steps_done(tmp_path / "autoencoder.pt") == FIGURES["autoencoder_steps"]
    assert_same(load_autoencoder(tmp_path / "autoencoder.pt"), pipeline.vae)
    assert_same(load_autoencoder(tmp_path / "decoder.pt"), pipeline.vae)
    assert_same(load_upscaler(tmp_path / "upscaler.pt"), upscaler)
    for loaded, network in zip(
        load_image_prompt(tmp_path / "image_prompt.pt"), (encoder, prompt), strict=True
    ):
        assert_same(loaded, network)
    assert (tmp_path / "art.zip").read_bytes() == (exported / "art.zip").read_bytes()
    assert (tmp_path / "tokenizer" / "tokenizer.json").exists()


def test_what_is_trained_already_is_left_alone(exported, tmp_path):
    (tmp_path / "denoiser.pt").write_bytes(b"dear")
    restore(exported, tmp_path, Report())
    assert (tmp_path / "denoiser.pt").read_bytes() == b"dear"
    assert seen_before(tmp_path) == {"pictures": 0, "details": 0}
