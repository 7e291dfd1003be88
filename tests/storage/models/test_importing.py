"""What comes from elsewhere: told apart by names and shapes, refused with a reason, copied whole or not at all."""

from __future__ import annotations

import contextlib
import json
import math
import pickle
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from dalle_studio.core.errors import CannotWrite, InvalidRequest, UnreadableFile
from dalle_studio.core.model import Ability, AddOn, AddOnKind, Commercial, Licence, Model
from dalle_studio.core.sentence import Sentence
from dalle_studio.storage.models import importing
from dalle_studio.storage.models.importing import UNKNOWN_LICENCE, import_model
from dalle_studio.storage.models.inspection import inspect
from dalle_studio.storage.models.installed import find_model, installed, partly_fetched
from dalle_studio.storage.models.verify import verify
from tests.storage.models.shop import safetensors

SD, SDXL = "stable-diffusion", "stable-diffusion-xl"
UNET = "model.diffusion_model.input_blocks.0.0.weight"
VAE = "first_stage_model.decoder.conv_in.weight"
TEXT_15 = "cond_stage_model.transformer.text_model.embeddings.position_embedding.weight"
TEXT_XL = "conditioner.embedders.1.model.ln_final.weight"
KOHYA = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k"
PEFT = "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k"


def tensors(shapes: Mapping[str, tuple[int, ...]]) -> bytes:
    """A safetensors file with tensors of zeros."""
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    place = 0
    for name, shape in shapes.items():
        end = place + 2 * math.prod(shape)
        header[name] = {"dtype": "F16", "shape": shape, "data_offsets": [place, end]}
        place = end
    return safetensors(header, bytes(place))


def write(path: Path, shapes: Mapping[str, tuple[int, ...]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(tensors(shapes))
    return path


@pytest.mark.parametrize(
    ("shapes", "kind", "family"),
    [
        ({UNET: (8, 4, 3, 3), TEXT_15: (77, 768), VAE: (2, 2)}, None, SD),
        ({UNET: (8, 4, 3, 3), TEXT_XL: (1280,), VAE: (2, 2)}, None, SDXL),
        ({f"{KOHYA}.lora_down.weight": (4, 768), f"{KOHYA}.lora_up.weight": (32, 4)}, AddOnKind.LORA, SD),
        ({f"{KOHYA}.lora_down.weight": (4, 2048), f"{KOHYA}.alpha": ()}, AddOnKind.LORA, SDXL),
        ({f"{PEFT}.lora_A.weight": (4, 768), f"{PEFT}.lora_B.weight": (32, 4)}, AddOnKind.LORA, SD),
        ({f"{PEFT}.lora_A.weight": (4, 2048)}, AddOnKind.LORA, SDXL),
        ({f"{PEFT.replace('.to_k', '.processor.to_k_lora')}.down.weight": (4, 768)}, AddOnKind.LORA, SD),
        ({"lora_te2_text_model_encoder_layers_0_mlp_fc1.lora_down.weight": (4, 1280)}, AddOnKind.LORA, SDXL),
        ({"lora_te_text_model_encoder_layers_0_self_attn_q_proj.lora_down.weight": (4, 768)}, AddOnKind.LORA, SD),
        ({"diffusion_model.layers.0.attention.to_q.lora_A.weight": (4, 64)}, AddOnKind.LORA, "z-image"),
        ({"conv_first.weight": (64, 3, 3, 3), "body.0.rdb1.conv1.weight": (32, 64, 3, 3)}, AddOnKind.UPSCALER, ""),
        ({"params_ema.conv_first.weight": (64, 3, 3, 3)}, AddOnKind.UPSCALER, ""),
    ],
)  # fmt: skip
def test_a_file_is_told_by_its_names_and_shapes(
    tmp_path: Path, shapes: dict[str, tuple[int, ...]], kind: AddOnKind | None, family: str
) -> None:
    found = inspect(write(tmp_path / "thing.safetensors", shapes))
    assert (found.kind, found.family) == (kind, family)
    assert found.needs_conversion == (kind is None)


@pytest.mark.parametrize(
    ("shapes", "why"),
    [
        ({UNET: (8, 9, 3, 3), TEXT_15: (77, 768), VAE: (2, 2)}, "inpainting"),
        (
            {UNET: (8, 4, 3, 3), "cond_stage_model.model.ln_final.weight": (4,), VAE: (2,)},
            "Stable Diffusion 2",
        ),
        ({UNET: (8, 4, 3, 3), "conditioner.embedders.0.model.ln_final.weight": (4,)}, "refiner"),
        ({UNET: (8, 4, 3, 3), VAE: (2, 2)}, "text encoder is missing"),
        ({UNET: (), TEXT_15: (77, 768), VAE: (2, 2)}, "unusual"),
        ({UNET: (8, 4, 3, 3), TEXT_15: (77, 768)}, "autoencoder is missing"),
        ({f"{KOHYA}.lora_down.weight": (4, 1024)}, "LoRA for Stable Diffusion 2"),
        ({f"{KOHYA}.lora_down.weight": (4, 999)}, "LoRA for a text width of 999"),
        ({"ip_adapter.1.to_k_ip.weight": (320, 768)}, "image encoder"),
        ({"controlnet_cond_embedding.conv_in.weight": (16, 3, 3, 3)}, "ControlNet in one file"),
        ({"double_blocks.0.img_attn.qkv.weight": (4, 4)}, "FLUX transformer"),
        ({"emb_params": (4, 768)}, "textual inversion"),
        ({"down_blocks.0.resnets.0.conv1.weight": (4, 4)}, "part of a diffusers folder"),
        ({"something": (4,)}, "nothing in it is known"),
    ],
)
def test_what_is_of_no_use_is_refused_with_the_reason(
    tmp_path: Path, shapes: dict[str, tuple[int, ...]], why: str
) -> None:
    with pytest.raises(UnreadableFile, match=why) as caught:
        inspect(write(tmp_path / "thing.safetensors", shapes))
    assert caught.value.remedy


_KEYS = strategies.sampled_from(["dtype", "shape", "data_offsets", "__metadata__", "F16", "a"])
HEADER = b'{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "too short"),
        (struct.pack("<Q", 200_000_000) + b"{", "claims to be 200 MB long"),
        (b"\xff" * 8 + b"{}", "claims to be"),
        (struct.pack("<q", -1) + b"{}", "claims to be"),
        (struct.pack("<Q", 500) + b"{}", "breaks off"),
        (struct.pack("<Q", 2) + b"[]", "does not fit"),
        (struct.pack("<Q", 2) + b"\xff\xfe", "does not fit"),
        (struct.pack("<Q", 200_000) + b"[" * 200_000, "does not fit"),
        (struct.pack("<Q", len(HEADER)) + HEADER + bytes(3), "does not fit"),
        (
            safetensors({"a": {"dtype": "F16", "shape": [3], "data_offsets": [0, 4]}}, bytes(4)),
            "does not fit",
        ),
        (
            safetensors({"a": {"dtype": "F16", "shape": [-2], "data_offsets": [0, 4]}}, bytes(4)),
            "does not fit",
        ),
        (
            safetensors({"a": {"dtype": "F16", "shape": [2], "data_offsets": [4, 0]}}, bytes(4)),
            "does not fit",
        ),
        (safetensors({"a": {"dtype": "no", "shape": [2], "data_offsets": [0, 4]}}, bytes(4)), "does not fit"),
        (safetensors({"a": 7}), "does not fit"),
        (safetensors({"__metadata__": [1]}), "does not fit"),
        (
            safetensors({"a": {"dtype": "F16", "shape": [2] * 9, "data_offsets": [0, 1024]}}, bytes(1024)),
            "not fit",
        ),
        (
            safetensors({"a": {"dtype": "F16", "shape": [float("inf")], "data_offsets": [0, 4]}}, bytes(4)),
            "not fit",
        ),
    ],
)
def test_a_header_that_lies_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "thing.safetensors"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=why):
        inspect(path)


_JSON = strategies.recursive(
    strategies.none() | strategies.floats() | strategies.integers() | strategies.text(max_size=4),
    lambda inner: strategies.lists(inner, max_size=3) | strategies.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(_JSON, strategies.binary(max_size=16))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_header_does_more_than_be_refused(tmp_path: Path, header: object, data: bytes) -> None:
    path = tmp_path / "thing.safetensors"
    path.write_bytes(safetensors(header, data))
    with contextlib.suppress(UnreadableFile):
        inspect(path)


class Trap:
    def __reduce__(self) -> tuple[object, ...]:
        return (Path("/nowhere/sprung").write_text, ("sprung",))


@pytest.mark.parametrize("name", ["model.ckpt", "model.pt", "model.bin", "model.pth"])
def test_a_pickle_is_refused_unopened(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(pickle.dumps(Trap()))
    with pytest.raises(UnreadableFile, match="pickle") as caught:
        inspect(path)
    assert "convert" in caught.value.remedy


def test_missing_and_other_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="No such file"):
        inspect(tmp_path / "nothing.safetensors")
    (tmp_path / "notes.txt").write_text("words")
    with pytest.raises(UnreadableFile, match="does not end in"):
        inspect(tmp_path / "notes.txt")


def diffusers_folder(folder: Path, name: str = "StableDiffusionPipeline") -> Path:
    index = {"_class_name": name, "unet": ["diffusers", "UNet2DConditionModel"], "safety_checker": ["a", "b"]}
    (folder / "unet").mkdir(parents=True)
    (folder / "model_index.json").write_text(json.dumps(index))
    (folder / "unet/config.json").write_text("{}")
    write(folder / "unet/diffusion_pytorch_model.safetensors", {"plain": (2, 2)})
    return folder


def test_a_diffusers_folder_is_copied_with_one_set_of_weights(tmp_path: Path, models: Path) -> None:
    folder = diffusers_folder(tmp_path / "My Model")
    write(folder / "unet/diffusion_pytorch_model.fp16.safetensors", {"half": (2,)})
    (folder / "unet/diffusion_pytorch_model.bin").write_bytes(b"pickle")
    write(folder / "single.safetensors", {"again": (9,)})
    (folder / "cover.png").write_bytes(b"picture")
    seen: list[tuple[int, int]] = []
    licence = Licence("MIT", Commercial.YES)
    model = import_model(folder, "my-model", licence, lambda done, total: seen.append((done, total)))
    assert isinstance(model, Model) and model == find_model("my-model")
    assert (model.label, model.family, model.native_px, model.licence) == ("My Model", SD, 512, licence)
    assert model.abilities == {Ability.CREATE, Ability.PLACE, Ability.VARY, Ability.EXTEND}
    there = {each.relative_to(model.folder).as_posix() for each in model.folder.rglob("*") if each.is_file()}
    weights = "unet/diffusion_pytorch_model.safetensors"
    assert there == {"model_index.json", "unet/config.json", weights, "studio.json"}
    assert (model.folder / weights).read_bytes() == tensors({"half": (2,)})
    assert seen[-1][0] == seen[-1][1] and verify("my-model") == () and not partly_fetched()
    assert (folder / "cover.png").exists()  # the original stays as it was


def test_an_editing_model_only_edits(tmp_path: Path) -> None:
    model = import_model(diffusers_folder(tmp_path / "m", "QwenImageEditPlusPipeline"), "editor")
    assert (
        isinstance(model, Model)
        and model.family == "qwen-image"
        and model.abilities == set(Ability) - {Ability.CREATE}
    )
    assert model.licence == UNKNOWN_LICENCE and model.licence.commercial is Commercial.CONDITIONS
    assert isinstance(model.licence.terms, Sentence), "read back from its folder"


def test_a_lora_and_an_upscaler_are_add_ons_that_are_files(tmp_path: Path) -> None:
    lora = import_model(
        write(tmp_path / "Ink Style.safetensors", {f"{PEFT}.lora_A.weight": (4, 2048)}), "ink"
    )
    assert isinstance(lora, AddOn) and (lora.kind, lora.family, lora.label) == (
        AddOnKind.LORA,
        SDXL,
        "Ink Style",
    )
    assert lora.path.is_file() and len(lora.version) == 12
    import_model(write(tmp_path / "esrgan.safetensors", {"conv_first.weight": (4, 3, 3, 3)}), "esrgan")
    assert [each.name for each in find_model().add_ons] == [
        "esrgan"
    ]  # LoRA for another family is not the starter's
    assert {each.name for each in installed()} == {"starter", "ink", "esrgan"}


def test_an_ip_adapter_lets_models_of_its_family_blend(tmp_path: Path) -> None:
    import_model(diffusers_folder(tmp_path / "m"), "sd")
    assert Ability.BLEND not in find_model("sd").abilities
    folder = tmp_path / "adapter"
    write(folder / "ip-adapter.safetensors", {"ip_adapter.1.to_k_ip.weight": (320, 768)})
    write(folder / "image_encoder/model.safetensors", {"a": (2,)})
    (folder / "image_encoder/config.json").write_text("{}")
    adapter = import_model(folder, "adapter")
    assert isinstance(adapter, AddOn) and adapter.path.is_dir() and adapter.family == SD
    model = find_model("sd")
    assert Ability.BLEND in model.abilities and model.add_on(AddOnKind.IMAGE_PROMPT) == adapter


@pytest.mark.parametrize(
    ("name", "width", "kind", "family"),
    [("my-canny", 768, AddOnKind.EDGES, SD), ("Depth-XL", 2048, AddOnKind.DEPTH, SDXL)],
)
def test_a_control_net_is_told_by_its_name(
    tmp_path: Path, name: str, width: int, kind: AddOnKind, family: str
) -> None:
    folder = tmp_path / name
    write(folder / "diffusion_pytorch_model.safetensors", {"a": (2,)})
    (folder / "config.json").write_text(
        json.dumps({"_class_name": "ControlNetModel", "cross_attention_dim": width})
    )
    found = inspect(folder)
    assert (found.kind, found.family) == (kind, family)
    other = folder.rename(tmp_path / "unnamed")
    with pytest.raises(UnreadableFile, match="nothing in it says for what"):
        inspect(other)


def spoiled(spoil: Callable[[Path], object]) -> Callable[[Path], Path]:
    def make(tmp_path: Path) -> Path:
        folder = diffusers_folder(tmp_path / "spoiled")
        spoil(folder)
        return folder

    return make


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (spoiled(lambda f: (f / "model_index.json").write_text("{")), "cannot be read"),
        (spoiled(lambda f: (f / "model_index.json").write_text('{"_class_name": "Flux"}')), "made for Flux"),
        (spoiled(lambda f: (f / "model_index.json").write_text('{"_class_name": ["x", "y"]}')), "made for"),
        (spoiled(lambda f: (f / "model_index.json").unlink()), "nothing in it is known"),
        (spoiled(lambda f: (f / "unet").rename(f / "unit")), "folder “unet” is missing"),
    ],
)  # fmt: skip
def test_a_spoiled_folder_is_refused(tmp_path: Path, make: Callable[[Path], Path], why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        import_model(make(tmp_path), "spoiled")
    assert not partly_fetched() and [each.name for each in installed()] == ["starter"]


def test_a_folder_of_pickles_alone_is_refused(tmp_path: Path) -> None:
    folder = diffusers_folder(tmp_path / "old")
    weights = folder / "unet/diffusion_pytorch_model.safetensors"
    weights.rename(weights.with_suffix(".bin"))
    with pytest.raises(UnreadableFile, match="pickle"):
        import_model(folder, "old")


def test_half_a_model_is_refused(tmp_path: Path) -> None:
    folder = diffusers_folder(tmp_path / "half")
    weights = folder / "unet/diffusion_pytorch_model.safetensors"
    weights.rename(weights.with_name("diffusion_pytorch_model-00001-of-00002.safetensors"))
    with pytest.raises(UnreadableFile, match="lacks a part"):
        import_model(folder, "half")


@pytest.mark.parametrize("name", ["starter", "add-ons", "../up", "Upper", "a b", "", "x" * 65, ".hidden"])
def test_not_everything_is_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidRequest, match="cannot be called"):
        import_model(diffusers_folder(tmp_path / "m"), name)


def test_a_name_is_given_once(tmp_path: Path) -> None:
    folder = diffusers_folder(tmp_path / "m")
    import_model(folder, "mine")
    with pytest.raises(InvalidRequest, match="already"):
        import_model(folder, "mine")
    with pytest.raises(InvalidRequest, match="catalogue"):
        import_model(folder, "sdxl")


def test_an_import_that_is_given_up_leaves_nothing(tmp_path: Path) -> None:
    def give_up(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_model(diffusers_folder(tmp_path / "m"), "mine", on_progress=give_up)
    assert not partly_fetched() and [each.name for each in installed()] == ["starter"]


def test_too_little_space_is_told_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing.shutil, "disk_usage", lambda path: SimpleNamespace(free=1000))
    with pytest.raises(CannotWrite, match="are free"):
        import_model(diffusers_folder(tmp_path / "m"), "mine")
    assert not partly_fetched()


def test_a_checkpoint_goes_through_the_converter(tmp_path: Path) -> None:
    path = write(tmp_path / "Dream.safetensors", {UNET: (8, 4, 3, 3), TEXT_XL: (1280,), VAE: (2, 2)})
    asked: list[tuple[Path, str]] = []

    def convert(source: Path, family: str, folder: Path, told: Callable[[], object]) -> None:
        asked.append((source, family))
        diffusers_folder(folder / "inside")
        told()

    model = import_model(path, "dream", convert=convert)
    assert asked == [(path, SDXL)]
    assert isinstance(model, Model) and (model.label, model.family, model.native_px) == ("Dream", SDXL, 1024)
    assert verify("dream") == ()
    with pytest.raises(UnreadableFile, match="converted first"):
        import_model(path, "dream-2")


@pytest.mark.parametrize(
    "config",
    [
        "[]",
        "{}",
        '{"architectures": 7}',
        '{"_class_name": "ControlNetModel", "cross_attention_dim": [768]}',
        "{" * 9,
    ],
)
def test_a_config_that_makes_no_sense_is_refused(tmp_path: Path, config: str) -> None:
    (tmp_path / "depth").mkdir()
    (tmp_path / "depth/config.json").write_text(config)
    with pytest.raises(UnreadableFile):
        inspect(tmp_path / "depth")
