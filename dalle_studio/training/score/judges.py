"""The judges of the scorecard: two small networks that never saw the art the starter model learnt from.

The thing judge names what a crop shows and its colour; the picture judge names style and setting of a whole
picture. Both are trained like everything else here (`loop.train`), in about a quarter of an hour on two cores.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as nnf
from PIL import Image
from torch import Tensor, nn

from dalle_studio.training.draw.arrays import Bytes, Floats
from dalle_studio.training.draw.frame import SIDE, Pixels
from dalle_studio.training.networks.muon import MuonAdamW
from dalle_studio.training.run.device import Device
from dalle_studio.training.run.loop import cosine
from dalle_studio.training.score.judge_pictures import CROP_SIDE, WHOLE_SIDE, Batch, Labels, shrunk

WIDTHS = (32, 64, 128, 256)
BATCH = {"judge-things": 128, "judge-pictures": 32}
STEPS = {"judge-things": 900, "judge-pictures": 300}
"""Steps on a CPU: about ten and four minutes on two cores."""
WEIGHTS = {"thing": 1.0, "colour": 0.3, "style": 1.0, "setting": 1.0}
"""How much each question counts."""
WINDOWS = ((1.0, 1), (0.7, 3), (0.45, 5))
"""Side of the windows as a share of the picture's, and how many in a row and in a column."""
MUON_LR = 0.02
ADAMW_LR = 3e-3


class Judge(nn.Module):
    """A residual network with an answer for every question."""

    def __init__(self, questions: Mapping[str, int], widths: Sequence[int] = WIDTHS) -> None:
        """Questions: how many answers each has."""
        super().__init__()
        self.stem = _Unit(3, widths[0], stride=2)
        stages: list[nn.Module] = []
        for before, after in pairwise(widths):
            stages += [_Block(before, after, stride=2), _Block(after, after)]
        self.stages = nn.Sequential(*stages)
        self.heads = nn.ModuleDict({name: nn.Linear(widths[-1], count) for name, count in questions.items()})

    def features(self, pictures: Tensor) -> Tensor:
        """What a picture is like: (batch, 256). `pictures`: (batch, 3, side, side), -1 to 1."""
        return self.stages(self.stem(pictures)).mean((2, 3))

    def forward(self, pictures: Tensor) -> dict[str, Tensor]:
        """For each question, a score for every answer."""
        features = self.features(pictures)
        return {name: head(features) for name, head in self.heads.items()}


class _Unit(nn.Sequential):
    def __init__(self, before: int, after: int, stride: int = 1) -> None:
        convolution = nn.Conv2d(before, after, 3, stride, 1, bias=False)
        super().__init__(convolution, nn.BatchNorm2d(after), nn.ReLU(inplace=True))


class _Block(nn.Module):
    def __init__(self, before: int, after: int, stride: int = 1) -> None:
        super().__init__()
        self.first = _Unit(before, after, stride)
        self.second = nn.Sequential(nn.Conv2d(after, after, 3, 1, 1, bias=False), nn.BatchNorm2d(after))
        self.skip = nn.Conv2d(before, after, 1, bias=False) if before != after else nn.Identity()
        self.shrink = nn.AvgPool2d(stride) if stride > 1 else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        return nnf.relu(self.second(self.first(x)) + self.skip(self.shrink(x)))


def to_tensor(pictures: Bytes, device: Device) -> Tensor:
    """Pictures (batch, side, side, 3), 0 to 255, as a tensor (batch, 3, side, side), -1 to 1."""
    tensor = torch.from_numpy(np.ascontiguousarray(pictures)).to(device.name).permute(0, 3, 1, 2)
    return tensor.float().div_(127.5).sub_(1).contiguous(memory_format=torch.channels_last)


Draw = Callable[[np.random.Generator, int], Batch]


class JudgeLearner:
    """Trains a judge on pictures that a second thread draws ahead of use."""

    def __init__(
        self,
        name: str,
        questions: Mapping[str, int],
        draw: Draw,
        held_out: Draw,
        device: Device,
        seed: int = 0,
        batch: int = 0,
        widths: Sequence[int] = WIDTHS,
    ) -> None:
        """Prepare.

        Args:
            name: also names the checkpoint.
            questions: how many answers each has.
            draw: makes a batch to learn from.
            held_out: makes a batch to be examined on, of other art.
            device: where to train.
            seed: decides weights and pictures.
            batch: pictures in a step; 0 for the usual number.
            widths: channels of the network's stages.
        """
        self.name, self._draw, self._held_out, self._device, self._seed = name, draw, held_out, device, seed
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.model = Judge(questions, widths)
        self.model = _ready(self.model, device)
        self._batch = (batch or BATCH[name]) * device.batch_scale
        self._optimizer = MuonAdamW(
            self.model.named_parameters(),
            for_adamw=("stem.", "heads."),
            muon_lr=MUON_LR,
            adamw_lr=ADAMW_LR,
            weight_decay=0.05,
        )
        self._thread = ThreadPoolExecutor(1)
        self._ahead: tuple[int, Future[Batch]] | None = None

    def step(self, number: int, total: int) -> float:
        """One step on a fresh batch."""
        pictures, labels = self._drawn(number, number + 1 < total)
        self.model.train()
        with self._device.precision():
            answers = self.model(to_tensor(pictures, self._device))
        losses = [
            WEIGHTS[question] * self._loss(scores, labels[question]) for question, scores in answers.items()
        ]
        loss = torch.stack(losses).sum()
        self._optimizer.step(loss, cosine(number, total, warm_up=50, floor=0.01))
        return loss.item()

    def _loss(self, scores: Tensor, right: object) -> Tensor:
        wanted = torch.as_tensor(np.asarray(right), device=scores.device)
        each = nnf.cross_entropy(
            scores.float(), wanted, ignore_index=-1, label_smoothing=0.1, reduction="sum"
        )
        return each / max(1, int((wanted >= 0).sum()))

    def _drawn(self, number: int, more: bool) -> Batch:
        """Batch `number`; the next one is begun meanwhile."""
        ready = self._ahead[1] if self._ahead and self._ahead[0] == number else self._begin(number)
        batch = ready.result()
        self._ahead = (number + 1, self._begin(number + 1)) if more else None
        if not more:
            self._thread.shutdown()
        return batch

    def _begin(self, number: int) -> Future[Batch]:
        return self._thread.submit(self._draw_quietly, np.random.default_rng((self._seed, 17, number)))

    def _draw_quietly(self, rng: np.random.Generator) -> Batch:
        """Without NumPy's warnings: beside torch it has reported divisions by zero that did not occur."""
        with np.errstate(all="ignore"):
            return self._draw(rng, self._batch)

    def state_dict(self) -> dict[str, Any]:
        """Weights and optimizer."""
        return {"model": self.model.state_dict(), "optimizer": self._optimizer.state_dict()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from `state_dict`."""
        self.model.load_state_dict(state["model"])
        self._optimizer.load_state_dict(state["optimizer"])

    def examine(self, sheet: Path) -> str:
        """Answer questions about art that was not trained on; its pictures make the sheet."""
        pictures, labels = self._held_out(np.random.default_rng((self._seed, 23)), 4 * self._batch)
        rows = [
            np.concatenate(list(pictures[start : start + 8]), 1)
            for start in range(0, min(64, len(pictures)), 8)
        ]
        Image.fromarray(np.concatenate(rows)).save(sheet)
        shares = accuracies(answers_of(self.model, pictures, self._device), labels)
        return ", ".join(f"{question} {share:.1%}" for question, share in shares.items()) + " right"


@torch.no_grad()
def answers_of(model: Judge, pictures: Bytes, device: Device) -> dict[str, Floats]:
    """The chance of every answer to every question, (pictures, answers), and the "features"."""
    model.eval()
    parts: list[dict[str, Tensor]] = []
    for start in range(0, len(pictures), 128):
        with device.precision():
            features = model.features(to_tensor(pictures[start : start + 128], device))
            answers = {name: head(features).float().softmax(-1) for name, head in model.heads.items()}
        parts.append({**answers, "features": features.float()})
    return {name: torch.cat([part[name] for part in parts]).cpu().numpy() for name in parts[0]}


def accuracies(answers: Mapping[str, Floats], labels: Labels) -> dict[str, float]:
    """Share of right first answers to each question."""
    shares: dict[str, float] = {}
    for question, right in labels.items():
        known = right >= 0
        shares[question] = (
            float((answers[question].argmax(-1) == right)[known].mean()) if known.any() else 0.0
        )
    return shares


def load_judge(checkpoint: Path, questions: Mapping[str, int], device: Device) -> Judge:
    """A trained judge. Raises RuntimeError where it was trained for other questions."""
    model = Judge(questions)
    saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
    model.load_state_dict(saved["state"]["model"])
    return _ready(model, device).eval()


def _ready(model: Judge, device: Device) -> Judge:
    return model.to(device.name, memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]


@dataclass(frozen=True)
class Sighting:
    """Where a thing was seen best: middle and side as shares of the picture's, and how sure that is."""

    chance: float
    x: float
    y: float
    side: float


@dataclass(frozen=True)
class View:
    """All that a judge sees in a picture, window by window.

    Attributes:
        names: of things; their order is that of the columns.
        windows: (windows, 4): left, top, right, bottom as shares of the picture's side.
        things: (windows, things): chances.
        colours: (windows, colours): chances.
    """

    names: tuple[str, ...]
    windows: Floats
    things: Floats
    colours: Floats

    def within(self, left: float, top: float, right: float, bottom: float) -> View:
        """Only the windows whose middle lies in a rectangle and whose area is at most 2.5 times its."""
        x, y = self.windows[:, [0, 2]].mean(1), self.windows[:, [1, 3]].mean(1)
        sides = self.windows[:, 2] - self.windows[:, 0]
        fits = sides**2 <= 2.5 * (right - left) * (bottom - top)
        inside = (x >= left) & (x <= right) & (y >= top) & (y <= bottom) & fits
        return View(self.names, self.windows[inside], self.things[inside], self.colours[inside])

    def of_one(self) -> View:
        """Only the larger windows: what to look through where a picture is of one thing."""
        large = self.windows[:, 2] - self.windows[:, 0] > WINDOWS[-1][0]
        return View(self.names, self.windows[large], self.things[large], self.colours[large])

    def ranking(self, without: Sequence[str] = ()) -> list[str]:
        """Names from the surest down, leaving some out."""
        best = self.things.max(0) if len(self.things) else np.zeros(len(self.names))
        ordered = (self.names[number] for number in np.argsort(-best))
        return [name for name in ordered if name not in without]

    def best(self, name: str) -> Sighting:
        """Where a thing is: the mean of the windows that see it, weighted by how sure they are."""
        chances = self.things[:, self.names.index(name)]
        weights = chances**2 / max(float((chances**2).sum()), 1e-12)
        left, top, right, bottom = (float(edge) for edge in weights @ self.windows)
        return Sighting(float(chances.max()), (left + right) / 2, (top + bottom) / 2, right - left)

    def colour(self, name: str, colours: Sequence[str]) -> str:
        """The colour of a thing, by the three windows that see it best."""
        chances = self.things[:, self.names.index(name)]
        chosen = np.argsort(-chances)[:3]
        return colours[int((chances[chosen] @ self.colours[chosen]).argmax())]


class Judges:
    """Both judges, trained, and what they can be asked."""

    def __init__(self, things: Judge, pictures: Judge, names: Sequence[str], device: Device) -> None:
        """Keep them; `names`: of the things, in the order of the thing judge's answers."""
        self._things, self._pictures, self._device = things, pictures, device
        self.names = tuple(names)

    def view(self, pixels: Pixels, region: tuple[float, float, float, float] = (0, 0, 1, 1)) -> View:
        """Look at a picture, or a part of it, and at its mirror image, through windows of three sizes."""
        left, top, right, bottom = (round(edge * SIDE) for edge in region)
        part = pixels[top:bottom, left:right]
        windows = _windows(part.shape[1], part.shape[0])
        crops = np.stack([shrunk(part[t:b, l:r], CROP_SIDE) for l, t, r, b in windows])  # noqa: E741
        mirrored = np.ascontiguousarray(crops[:, :, ::-1])
        seen = [answers_of(self._things, each, self._device) for each in (crops, mirrored)]
        answers = {question: (seen[0][question] + seen[1][question]) / 2 for question in ("thing", "colour")}
        edges = (np.array(windows) + np.array([left, top, left, top])) / SIDE
        return View(self.names, edges, answers["thing"][:, : len(self.names)], answers["colour"])

    def whole(self, pixels: Pixels) -> dict[str, Floats]:
        """The chances of each "style" and "setting", and the "features" of a picture."""
        answers = answers_of(self._pictures, shrunk(pixels, WHOLE_SIDE)[None], self._device)
        return {question: chances[0] for question, chances in answers.items()}

    def likeness(self, pixels: Pixels) -> Floats:
        """A unit vector that is alike for pictures that show alike things in an alike manner."""
        whole = answers_of(self._pictures, shrunk(pixels, WHOLE_SIDE)[None], self._device)["features"][0]
        crop = answers_of(self._things, shrunk(pixels, CROP_SIDE)[None], self._device)["features"][0]
        both = np.concatenate([each / (np.linalg.norm(each) + 1e-6) for each in (whole, crop)])
        return both / np.linalg.norm(both)


def _windows(width: int, height: int) -> list[tuple[int, int, int, int]]:
    """Left, top, right, bottom of squares of three sizes, evenly spread over a picture."""
    shorter = min(width, height)
    windows: list[tuple[int, int, int, int]] = []
    for share, count in WINDOWS:
        side = round(share * shorter)
        xs, ys = (np.linspace(0, each - side, count).round().astype(int) for each in (width, height))
        windows += [(x, y, x + side, y + side) for x in xs.tolist() for y in ys.tolist()]
    return list(dict.fromkeys(windows))
