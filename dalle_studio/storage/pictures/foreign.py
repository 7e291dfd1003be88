"""What other programs wrote into their pictures, read as plain data: nothing of it is ever executed.

- AUTOMATIC1111 and those who follow it: a PNG text `parameters`, or EXIF UserComment in JPEG and WebP
  (its own reader is `parse_generation_parameters` in modules/infotext_utils.py)
- Fooocus, SwarmUI: JSON in the same places
- InvokeAI: a PNG text `invokeai_metadata` of JSON
- ComfyUI: PNG texts `prompt` (the graph that ran) and `workflow` (the graph as drawn), see `comfyui.py`
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image

from dalle_studio.storage.header import COMMENT_PREFIX, EXIF_PART, USER_COMMENT
from dalle_studio.storage.pictures.comfyui import from_graph, graph_of_workflow
from dalle_studio.storage.pictures.values import Foreign, from_values

MAX_TEXT_CHARS = 8 * 1024**2
_UNICODE_PREFIX = b"UNICODE\0"
_PARAMETER = re.compile(r'([\w /-]{1,80}):\s*("(?:\\.|[^\\"])*"|[^,]*)(?:,|$)')
_MAX_LINE_CHARS = 20_000  # the expression takes its square in time on lines that were made to hurt
_FEWEST_PARAMETERS = 3  # a last line with fewer is part of the prompt
_NEGATIVE = "Negative prompt:"
NOTHING = Foreign()


def read_foreign(path: Path) -> Foreign:
    """What another program says about the picture; `NOTHING` where it says nothing that can be read."""
    try:
        with Image.open(path, formats=("PNG", "JPEG", "WEBP")) as image:
            texts = _texts(image)
        return from_texts(texts)
    except (
        Exception
    ):  # Pillow raises nearly everything on broken files, and the texts can be wrong in every way
        return NOTHING


def from_texts(texts: Mapping[str, str]) -> Foreign:
    """What the texts of a picture say, by their keys. Raises whatever broken texts lead to."""
    if "invokeai_metadata" in texts:
        return from_values(json.loads(texts["invokeai_metadata"]), "InvokeAI")
    parameters = texts.get("parameters", "").strip()
    if parameters.startswith("{"):
        return _from_json(json.loads(parameters))
    if parameters:
        return from_parameters(parameters)
    if "prompt" in texts:
        return from_graph(json.loads(texts["prompt"]))
    if "workflow" in texts:
        return from_graph(graph_of_workflow(json.loads(texts["workflow"])))
    return NOTHING


def from_parameters(text: str) -> Foreign:
    """Read AUTOMATIC1111's lines: prompt, “Negative prompt: …”, and last “Steps: 20, Seed: 1, …”."""
    *lines, last = text.strip().split("\n")
    found = dict(_PARAMETER.findall(last)) if len(last) <= _MAX_LINE_CHARS else {}
    if len(found) < _FEWEST_PARAMETERS:
        lines, found = [*lines, last], {}
    prompt, _, negative = "\n".join(lines).partition(_NEGATIVE)
    values = {key.strip().casefold(): value.strip().strip('"') for key, value in found.items()}
    given = {"prompt": prompt.strip(), "negative_prompt": negative.strip(), **values}
    return from_values(given, _program(values))


def _from_json(data: dict[str, Any]) -> Foreign:
    swarm = data.get("sui_image_params")
    if isinstance(swarm, dict):
        return from_values(swarm, "SwarmUI")  # type: ignore[reportUnknownArgumentType]
    return from_values(data, "Fooocus")


def _program(values: Mapping[str, str]) -> str:
    version = values.get("version", "")
    if version.startswith("ComfyUI"):
        return "ComfyUI"
    return "Fooocus" if version.startswith("Fooocus") else "AUTOMATIC1111"


def _texts(image: Image.Image) -> dict[str, str]:
    if image.format == "PNG":
        texts = {str(key): value for key, value in image.info.items() if isinstance(value, str)}
    else:
        texts = {"parameters": _comment(image.getexif().get_ifd(EXIF_PART).get(USER_COMMENT, b""))}
    return {key: text for key, text in texts.items() if text and len(text) <= MAX_TEXT_CHARS}


def _comment(data: object) -> str:
    """A UserComment (EXIF 2.32, 4.6.5): eight bytes name the code, and “UNICODE” says nothing of byte order."""
    if isinstance(data, str):
        return data
    if not isinstance(data, bytes):
        return ""
    if data.startswith(COMMENT_PREFIX):
        return data.removeprefix(COMMENT_PREFIX).decode("utf-8", "replace").strip("\0")
    if not data.startswith(_UNICODE_PREFIX):
        return ""
    body = data.removeprefix(_UNICODE_PREFIX)
    is_little = body[1::2].count(0) > body[0::2].count(0)
    return body.decode("utf-16-le" if is_little else "utf-16-be", "replace").strip("\0")
