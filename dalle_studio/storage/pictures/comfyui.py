"""Prompt, seed, steps and model in a ComfyUI graph, found by following its links. Nothing of it is executed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dalle_studio.storage.pictures.values import Foreign, number_of, text_of

Inputs = dict[str, Any]  # of a node, by name: a value, or a link, [another node's id, slot]
Graph = dict[str, Any]  # node's id -> {"class_type": …, "inputs": Inputs}
_MAX_NODES = 2_000  # that are looked at for one answer
_PROMPTS = ("text", "text_g", "t5xxl", "clip_l", "string", "value", "prompt")
_MODELS = ("ckpt_name", "unet_name", "model_name")
# where `workflow` keeps what `prompt` names: the values of a node's widgets, in the order they are drawn
_WIDGETS = {
    "KSampler": ("seed", "", "steps"),
    "KSamplerAdvanced": ("", "noise_seed", "", "steps"),
    "CLIPTextEncode": ("text",),
    "CheckpointLoaderSimple": ("ckpt_name",),
    "UNETLoader": ("unet_name",),
    "RandomNoise": ("noise_seed",),
    "BasicScheduler": ("", "steps"),
}


def from_graph(graph: Graph) -> Foreign:
    """Read the graph that made the picture: from its sampler back along the links."""
    everything = [_inputs(node) for node in graph.values()]
    sampler = _sampler(everything)
    positive = sampler.get("positive", sampler.get("conditioning"))
    steps = _number(graph, [sampler, *everything], ("steps",))
    return Foreign(
        origin="ComfyUI",
        prompt=_first(graph, positive, _PROMPTS, "negative"),
        negative_prompt=_first(graph, sampler.get("negative"), _PROMPTS, "positive"),
        model=_first(graph, sampler.get("model"), _MODELS) or _anywhere(everything, _MODELS),
        seed=_number(graph, [sampler, *everything], ("seed", "noise_seed")),
        steps=number_of(steps, bits=32),
    )


def graph_of_workflow(workflow: dict[str, Any]) -> Graph:
    """The graph as drawn, in the form of the one that ran."""
    sources = {link[0]: [str(link[1]), link[2]] for link in workflow.get("links", ())}
    graph: Graph = {}
    for node in workflow["nodes"]:
        inputs = _widgets(node["type"], node.get("widgets_values") or ())
        for slot in node.get("inputs") or ():
            if slot.get("link") in sources:
                inputs[slot["name"]] = sources[slot["link"]]
        graph[str(node["id"])] = {"class_type": node["type"], "inputs": inputs}
    return graph


def _widgets(kind: str, values: Any) -> Inputs:
    if isinstance(values, dict):
        return {**values}
    return dict(zip(_WIDGETS.get(kind, ()), values, strict=False))


def _sampler(nodes: list[Inputs]) -> Inputs:
    """The inputs of the node that drew the picture; a guider has its own name for what it follows."""
    fitting = [inputs for name in ("positive", "conditioning") for inputs in nodes if name in inputs]
    fitting.sort(key=lambda inputs: "model" not in inputs)
    return fitting[0] if fitting else {}


def _first(graph: Graph, link: Any, names: tuple[str, ...], but_not: str = "") -> str:
    """The first text under one of these names, from where a link leads on, nearest first."""
    return _anywhere(_upstream(graph, link, but_not), names)


def _anywhere(nodes: Iterator[Inputs] | list[Inputs], names: tuple[str, ...]) -> str:
    texts = (text_of(inputs.get(name)) for inputs in nodes for name in names)
    return next((text for text in texts if text), "")


def _number(graph: Graph, nodes: list[Inputs], names: tuple[str, ...]) -> int | None:
    for value in (inputs[name] for inputs in nodes for name in names if name in inputs):
        linked = [inputs.get(name) for inputs in _upstream(graph, value) for name in (*names, "value")]
        for candidate in (value, *linked):
            if (number := number_of(candidate)) is not None:
                return number
    return None


def _upstream(graph: Graph, link: Any, but_not: str = "") -> Iterator[Inputs]:
    """Inputs of the node that a link comes from, then of the nodes before it; each once, so that rings end.

    Links into inputs of the name `but_not` are not followed.
    """
    waiting, seen = [link], set[str]()
    while waiting and len(seen) < _MAX_NODES:
        link = waiting.pop(0)
        if not _is_link(link) or str(link[0]) in seen:
            continue
        seen.add(str(link[0]))
        inputs = _inputs(graph.get(str(link[0])))
        yield inputs
        waiting += [value for name, value in inputs.items() if name != but_not and _is_link(value)]


def _is_link(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], str | int)  # type: ignore[reportUnknownArgumentType]


def _inputs(node: Any) -> Inputs:
    inputs = node.get("inputs") if isinstance(node, dict) else None  # type: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return inputs if isinstance(inputs, dict) else {}  # type: ignore[reportUnknownVariableType]
