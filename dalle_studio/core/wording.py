"""What a request says, and the same request in other words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from dalle_studio.core.request import Edit, Extend, Generate, Place, Region, Request, Upscale, Vary


def prompt_of(request: Request) -> str:
    """What the request's model is told, in one line."""
    match request:
        case Place():
            return "; ".join(region.prompt for region in request.regions if region.prompt)
        case Upscale():
            return ""
        case _:
            return request.prompt


def reworded(request: Request, reword: Callable[[str], str]) -> Request:
    """The request with its prompts, the negative one too, put otherwise; prompts keep what was said before."""
    if isinstance(request, Upscale):
        return request
    negative = reword(request.sampling.negative_prompt)
    if negative != request.sampling.negative_prompt:
        request = replace(request, sampling=replace(request.sampling, negative_prompt=negative))
    if isinstance(request, Place):
        return replace(request, regions=tuple(_put_otherwise(region, reword) for region in request.regions))
    return _put_otherwise(request, reword)


def rewordings(request: Request) -> tuple[tuple[str, str], ...]:
    """What was said and what the model is told instead, for each prompt that was put otherwise."""
    if isinstance(request, Upscale):
        return ()
    asked = request.regions if isinstance(request, Place) else (request,)
    return tuple((each.said, each.prompt) for each in asked if each.said)


_Prompted = TypeVar("_Prompted", bound=Generate | Vary | Extend | Edit | Region)


def _put_otherwise(asked: _Prompted, reword: Callable[[str], str]) -> _Prompted:
    prompt = reword(asked.prompt)
    return asked if prompt == asked.prompt else replace(asked, prompt=prompt, said=asked.prompt)
