"""What other programs wrote into their pictures is read as data, and nothing in it does harm."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from dalle_studio.storage.header import EXIF_PART, USER_COMMENT
from dalle_studio.storage.pictures.comfyui import graph_of_workflow
from dalle_studio.storage.pictures.facts import read_facts
from dalle_studio.storage.pictures.foreign import NOTHING, from_parameters, from_texts, read_foreign
from dalle_studio.storage.pictures.values import Foreign

A1111 = (
    "a red fox, (sharp:1.2),\nin the snow\nNegative prompt: blurry,\nlow quality\n"
    "Steps: 20, Sampler: DPM++ 2M Karras, CFG scale: 7, Seed: 18446744073709551615, Size: 512x512, "
    'Model hash: 93b79e09ed, Model: anything-v4.5, Lora hashes: "a: 1, b: 2", Version: v1.9.0'
)
FOX = Foreign(
    origin="AUTOMATIC1111",
    prompt="a red fox, (sharp:1.2),\nin the snow",
    negative_prompt="blurry,\nlow quality",
    model="anything-v4.5",
    seed=2**64 - 1,
    steps=20,
)
GRAPH: dict[str, Any] = {
    "3": {
        "class_type": "KSampler",
        "inputs": {
            "seed": 280823642470253,
            "steps": 25,
            "model": ["10", 0],
            "positive": ["9", 0],
            "negative": ["9", 1],
        },
    },
    "9": {"class_type": "ControlNetApplyAdvanced", "inputs": {"positive": ["6", 0], "negative": ["7", 0]}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": ["8", 0], "clip": ["4", 1]}},
    "8": {"class_type": "PrimitiveString", "inputs": {"value": "一只红色的狐狸"}},
    "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "watermark", "clip": ["4", 1]}},
    "10": {"class_type": "LoraLoader", "inputs": {"lora_name": "x", "model": ["4", 0]}},
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sd15.safetensors"}},
}
COMFY = Foreign(
    origin="ComfyUI",
    prompt="一只红色的狐狸",
    negative_prompt="watermark",
    model="sd15.safetensors",
    seed=280823642470253,
    steps=25,
)


def png(path: Path, **texts: str) -> Path:
    info = PngImagePlugin.PngInfo()
    for key, text in texts.items():
        info.add_itxt(key, text)
    Image.new("RGB", (32, 24)).save(path, pnginfo=info)
    return path


def test_automatic1111_in_png(tmp_path: Path) -> None:
    assert read_foreign(png(tmp_path / "a.png", parameters=A1111)) == FOX


@pytest.mark.parametrize("code", ["utf-16-be", "utf-16-le"])
@pytest.mark.parametrize("suffix", ["jpg", "webp"])
def test_automatic1111_in_exif(tmp_path: Path, code: str, suffix: str) -> None:
    exif = Image.Exif()
    exif.get_ifd(EXIF_PART)[USER_COMMENT] = b"UNICODE\0" + A1111.encode(code)
    Image.new("RGB", (32, 24)).save(tmp_path / f"a.{suffix}", exif=exif)
    assert read_foreign(tmp_path / f"a.{suffix}") == FOX


def test_a_prompt_alone_that_looks_like_parameters() -> None:
    assert from_parameters("a sign that says: hello, world") == Foreign(
        origin="AUTOMATIC1111", prompt="a sign that says: hello, world"
    )


def test_comfyui_follows_the_links() -> None:
    assert from_texts({"prompt": json.dumps(GRAPH)}) == COMFY


def test_comfyui_with_a_guider() -> None:
    graph = {
        "1": {"class_type": "BasicGuider", "inputs": {"model": ["4", 0], "conditioning": ["2", 0]}},
        "2": {"class_type": "CLIPTextEncode", "inputs": {"text": "a fox"}},
        "3": {"class_type": "RandomNoise", "inputs": {"noise_seed": 7}},
        "4": {"class_type": "UNETLoader", "inputs": {"unet_name": "flux.safetensors"}},
        "5": {"class_type": "BasicScheduler", "inputs": {"steps": 4}},
    }
    expected = Foreign(origin="ComfyUI", prompt="a fox", model="flux.safetensors", seed=7, steps=4)
    assert from_texts({"prompt": json.dumps(graph)}) == expected


def test_comfyui_that_kept_only_the_drawn_graph() -> None:
    workflow = {
        "nodes": [
            {
                "id": 3,
                "type": "KSampler",
                "inputs": [
                    {"name": "model", "link": 1},
                    {"name": "positive", "link": 2},
                    {"name": "negative", "link": 3},
                ],
                "widgets_values": [9, "randomize", 25, 8, "euler", "normal", 1],
            },
            {"id": 7, "type": "CLIPTextEncode", "inputs": [], "widgets_values": ["watermark"]},
            {"id": 6, "type": "CLIPTextEncode", "inputs": [], "widgets_values": ["a fox"]},
            {"id": 4, "type": "CheckpointLoaderSimple", "widgets_values": ["sd15.safetensors"]},
        ],
        "links": [[1, 4, 0, 3, 0, "MODEL"], [2, 6, 0, 3, 1, "CONDITIONING"], [3, 7, 0, 3, 2, "CONDITIONING"]],
    }
    assert graph_of_workflow(workflow)["3"]["inputs"]["positive"] == ["6", 0]
    assert from_texts({"workflow": json.dumps(workflow)}) == Foreign(
        origin="ComfyUI",
        prompt="a fox",
        negative_prompt="watermark",
        model="sd15.safetensors",
        seed=9,
        steps=25,
    )


def test_invokeai_fooocus_and_swarm() -> None:
    invoke = {
        "positive_prompt": "a fox",
        "seed": 7,
        "steps": 30,
        "model": {"name": "Juggernaut", "base": "sdxl"},
    }
    fooocus = {"prompt": "a fox", "seed": "7", "steps": 30, "base_model": "Juggernaut"}
    swarm = {"sui_image_params": {"prompt": "a fox", "seed": 7, "steps": 30, "model": "Juggernaut"}}
    for texts, origin in [
        ({"invokeai_metadata": json.dumps(invoke)}, "InvokeAI"),
        ({"parameters": json.dumps(fooocus)}, "Fooocus"),
        ({"parameters": json.dumps(swarm)}, "SwarmUI"),
    ]:
        assert from_texts(texts) == Foreign(
            origin=origin, prompt="a fox", model="Juggernaut", seed=7, steps=30
        )


@pytest.mark.parametrize(
    "texts",
    [
        {"prompt": "[" * 100_000},
        {"prompt": "[]"},
        {"prompt": '{"3": 5}', "workflow": "{}"},
        {"workflow": '{"nodes": [{}]}'},
        {"invokeai_metadata": "null"},
        {"parameters": "{"},
        {"parameters": '{"prompt": {}, "seed": -1, "steps": 1e9, "model": []}'},
        {"parameters": 'a:"\\",' * 3000 + "\n" + "b " * 100_000},
    ],
)
def test_broken_texts_are_no_facts_and_no_errors(tmp_path: Path, texts: dict[str, str]) -> None:
    found = read_foreign(png(tmp_path / "a.png", **texts))
    assert (found.seed, found.steps, found.model) == (None, None, "")
    assert read_facts(tmp_path / "a.png") is not None


def test_a_graph_in_a_ring_ends() -> None:
    ring = {
        "1": {"inputs": {"positive": ["2", 0]}},
        "2": {"inputs": {"a": ["1", 0], "b": ["2", 0], "text": 5}},
    }
    assert from_texts({"prompt": json.dumps(ring)}) == Foreign(origin="ComfyUI")


def test_a_plain_picture_says_nothing(tmp_path: Path) -> None:
    assert read_foreign(png(tmp_path / "a.png", Comment="holiday")) == NOTHING
