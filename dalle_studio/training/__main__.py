"""Make the starter model: ``python -m dalle_studio.training [stage ...] --work DIR``."""

# pyright: reportPrivateImportUsage=false
# diffusers exports its names lazily, which type checkers do not see.

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path

import diffusers
import transformers
from diffusers import AutoencoderTiny

from dalle_studio.training import art, pictures
from dalle_studio.training.autoencoder import AutoencoderLearner, load_autoencoder, make_autoencoder
from dalle_studio.training.captions import phrases
from dalle_studio.training.denoiser import DenoiserLearner, Size
from dalle_studio.training.device import Device, pick_device
from dalle_studio.training.drawing import Series
from dalle_studio.training.export import export
from dalle_studio.training.files import whole_folder
from dalle_studio.training.loop import Schedule, resume, train
from dalle_studio.training.report import Report
from dalle_studio.training.tokenizer import load_tokenizer, train_tokenizer


class Run:
    """The stages, in one work folder."""

    def __init__(self, options: argparse.Namespace, device: Device, report: Report) -> None:
        """Keep the options; nothing is done yet."""
        self._options, self._device, self._report = options, device, report
        self._work: Path = options.work
        self._sprites = self._work / "sprites.npz"
        self._series = Series(self._sprites, options.seed, options.processes)
        self._pixels, self._tokenizer = self._work / "pictures", self._work / "tokenizer"

    def art(self) -> None:
        """Fetch the art and render the sprites."""
        if not self._sprites.exists():
            art.fetch(self._work / "packages", self._report)
            art.make_sprites(self._work / "packages", self._sprites, self._report)

    def pictures(self) -> None:
        """Compose the pictures that the autoencoder and the tokenizer learn from."""
        pictures.store_pixels(self._series, self._options.pictures, self._pixels, self._report)

    def tokenizer(self) -> None:
        """Learn the vocabulary."""
        if not self._tokenizer.exists():
            captions = pictures.load_captions(self._options.pictures, self._pixels)
            tokenizer = train_tokenizer([*captions, *phrases()])
            with whole_folder(self._tokenizer) as folder:
                tokenizer.save_pretrained(folder)
            self._report.line(f"tokenizer: {len(tokenizer)} entries")

    def autoencoder(self) -> None:
        """Train the autoencoder."""
        pixels = pictures.load_pixels(self._options.pictures, self._pixels)
        model = make_autoencoder(seed=self._options.seed)
        learner = AutoencoderLearner(model, pixels, self._device, self._options.seed)
        self._train(learner, self._options.autoencoder_steps)

    def latents(self) -> None:
        """Compose and encode the pictures that the denoiser learns from."""
        model = self._trained_autoencoder()
        folder, count = self._latents_folder(model), self._options.latents
        pictures.store_latents(self._series, count, model, self._device, folder, self._report)

    def denoiser(self) -> None:
        """Train the denoiser."""
        self._train(self._denoiser_learner(), self._options.denoiser_steps)

    def export(self) -> None:
        """Write the Stable Diffusion folder, unless it is newer than the denoiser."""
        checkpoint, folder = self._checkpoint("denoiser"), self._options.output or self._work / "model"
        index = folder / "model_index.json"
        if index.exists() and index.stat().st_mtime > checkpoint.stat().st_mtime:
            return
        learner = self._denoiser_learner()
        figures = {
            "pictures": self._options.latents,
            "steps": resume(learner, checkpoint),
            "autoencoder_steps": load_autoencoder(self._checkpoint("autoencoder"))[1],
        }
        export(learner.pipeline(), folder, figures)
        self._report.line(f"export: {folder}")

    def _checkpoint(self, name: str) -> Path:
        return self._work / f"{name}.pt"

    def _train(self, learner: AutoencoderLearner | DenoiserLearner, steps: int) -> None:
        schedule = Schedule(steps, self._options.checkpoint_minutes, self._options.sample_minutes)
        train(learner, schedule, self._checkpoint(learner.name), self._work / "samples", self._report)

    def _trained_autoencoder(self) -> AutoencoderTiny:
        model, _ = load_autoencoder(self._checkpoint("autoencoder"))
        return model.to(self._device.name)  # pyright: ignore[reportArgumentType]

    def _latents_folder(self, model: AutoencoderTiny) -> Path:
        return self._work / f"latents-{pictures.fingerprint(model)}"

    def _denoiser_learner(self) -> DenoiserLearner:
        model = self._trained_autoencoder()
        latents, captions = pictures.load_latents(self._options.latents, self._latents_folder(model))
        tokenizer = load_tokenizer(self._tokenizer)
        return DenoiserLearner(Size(), model, tokenizer, latents, captions, self._device, self._options.seed)


STAGES = ("art", "pictures", "tokenizer", "autoencoder", "latents", "denoiser", "export")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m dalle_studio.training", description=__doc__)
    add = parser.add_argument
    add("stages", nargs="*", metavar="stage", help=f"any of: {', '.join(STAGES)} (default: all)")
    add("--work", type=Path, required=True, help="folder for everything that is made on the way")
    add("--output", type=Path, help="folder of the finished model (default: 'model' in the work folder)")
    add("--pictures", type=int, default=8192, help="pictures that the autoencoder learns from")
    add("--latents", type=int, default=200_000, help="pictures that the denoiser learns from")
    add("--autoencoder-steps", type=int, default=60_000)
    add("--denoiser-steps", type=int, default=40_000)
    add("--checkpoint-minutes", type=float, default=5, help="time between two checkpoints")
    add("--sample-minutes", type=float, default=10, help="time between two sample sheets")
    add("--threads", type=int, default=0, help="threads of torch on a CPU (0: torch decides)")
    add("--processes", type=int, default=os.cpu_count() or 1, help="processes that draw pictures")
    add("--seed", type=int, default=0, help="decides everything that is random")
    options = parser.parse_args()
    unknown = set(options.stages) - set(STAGES)
    if unknown:
        parser.error(f"no such stage: {', '.join(sorted(unknown))}")
    return options


def _keep_libraries_quiet() -> None:
    """Leave the terminal to the report: only errors, and no progress bars of others."""
    for logging in (diffusers.utils.logging, transformers.utils.logging):
        logging.set_verbosity_error()
        logging.disable_progress_bar()


def main() -> None:
    """Run the stages that were asked for, in their order."""
    _keep_libraries_quiet()
    options, report = _options(), Report()
    device = pick_device(options.threads)
    report.line(f"device: {device.name}{', bfloat16' if device.autocast else ''}")
    run = Run(options, device, report)
    for stage in STAGES:
        if not options.stages or stage in options.stages:
            action: Callable[[], None] = getattr(run, stage)
            try:
                action()
            except FileNotFoundError as error:
                raise SystemExit(f"{error.filename} is missing: run the earlier stages first.") from error


if __name__ == "__main__":
    main()
