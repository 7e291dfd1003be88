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

from dalle_studio.training.art.sprites import JUDGE_PACKAGES, Sprites, fetch, make_sprites
from dalle_studio.training.export.folder import export
from dalle_studio.training.export.library import write_library
from dalle_studio.training.export.restore import restore, seen_before
from dalle_studio.training.networks.autoencoder import (
    AutoencoderLearner,
    DecoderLearner,
    load_autoencoder,
    make_autoencoder,
)
from dalle_studio.training.networks.denoiser import DenoiserLearner
from dalle_studio.training.networks.image_prompt import (
    ImagePromptLearner,
    export_image_prompt,
    load_image_prompt,
)
from dalle_studio.training.networks.unet import Size
from dalle_studio.training.networks.upscaler import (
    UpscalerLearner,
    export_upscaler,
    load_upscaler,
    make_upscaler,
)
from dalle_studio.training.pictures.compose import captions
from dalle_studio.training.pictures.details import Details, store_details
from dalle_studio.training.pictures.large import load_large, store_large
from dalle_studio.training.pictures.pairs import Pairs, store_pairs
from dalle_studio.training.pictures.pixels import fingerprint, load_pixels, store_pixels
from dalle_studio.training.pictures.series import Series
from dalle_studio.training.run.device import Device, pick_device
from dalle_studio.training.run.files import whole_folder
from dalle_studio.training.run.loop import Learner, Schedule, resume, steps_done, train
from dalle_studio.training.run.report import Report
from dalle_studio.training.words.captions import phrases
from dalle_studio.training.words.tokenizer import load_tokenizer, train_tokenizer

CAPTIONS = 30_000
"""Captions that the tokenizer learns from."""


class Run:
    """The stages, in one work folder."""

    def __init__(self, options: argparse.Namespace, device: Device, report: Report) -> None:
        """Keep the options; nothing is done yet."""
        self._options, self._device, self._report = options, device, report
        self._work: Path = options.work
        self._sprites = self._work / "sprites.npz"
        self._series = Series(self._sprites, options.seed, options.processes)
        self._pixels, self._tokenizer = self._work / "pictures", self._work / "tokenizer"
        self._library = self._work / "art.zip"

    def art(self) -> None:
        """Fetch the art and render the sprites."""
        if not self._sprites.exists():
            fetch(self._work / "packages", self._report)
            make_sprites(self._work / "packages", self._sprites, self._report)

    def pictures(self) -> None:
        """Compose the pictures that the autoencoder and the tokenizer learn from."""
        store_pixels(self._series, self._options.pictures, self._pixels, self._report)

    def tokenizer(self) -> None:
        """Learn the vocabulary."""
        if not self._tokenizer.exists():
            tokenizer = train_tokenizer([*captions(CAPTIONS, self._options.seed), *phrases()])
            with whole_folder(self._tokenizer) as folder:
                tokenizer.save_pretrained(folder)
            self._report.line(f"tokenizer: {len(tokenizer)} entries")

    def autoencoder(self) -> None:
        """Train the autoencoder."""
        pixels = load_pixels(self._options.pictures, self._pixels)
        model = make_autoencoder(seed=self._options.seed)
        learner = AutoencoderLearner(model, pixels, self._device, self._options.seed)
        self._train(learner, self._options.autoencoder_steps)

    def decoder(self) -> None:
        """Train the autoencoder's decoder on, while its encoder, whose latents are in use, stays as it is."""
        pixels = load_pixels(self._options.pictures, self._pixels)
        learner = DecoderLearner(self._trained_autoencoder(), pixels, self._device, self._options.seed)
        self._train(learner, self._options.decoder_steps)

    def pairs(self) -> None:
        """Compose and encode the pictures that the denoiser learns from, with their sketches."""
        model = self._trained_autoencoder()
        folder, count = self._pairs_folder(model), self._options.pairs
        store_pairs(self._series, count, model, self._device, folder, self._report)

    def details(self) -> None:
        """Draw and encode what the denoiser learns its second drawing from."""
        model = self._trained_autoencoder()
        folder, count = self._details_folder(model), self._options.details
        store_details(self._series, count, model, self._device, folder, self._report)

    def denoiser(self) -> None:
        """Train the denoiser."""
        self._train(self._denoiser_learner(), self._options.denoiser_steps)

    def image_prompt(self) -> None:
        """Train the image encoder and the IP-Adapter for the denoiser."""
        model = self._trained_autoencoder()
        pairs = Pairs(self._pairs_folder(model), self._options.pairs, self._device.name)
        denoiser = self._denoiser_learner(pairs)
        if not resume(denoiser, self._checkpoint("denoiser")):
            raise FileNotFoundError(2, "no denoiser", str(self._checkpoint("denoiser")))
        parts = denoiser.pipeline(), denoiser.adapter
        learner = ImagePromptLearner(*parts, pairs, self._device, self._options.seed)
        self._train(learner, self._options.image_prompt_steps)

    def upscaler(self) -> None:
        """Draw large pictures, and train the upscaler on them."""
        options, folder = self._options, self._work / "large"
        count = options.upscaler_pictures
        store_large(self._work / "packages", count, folder, options.seed, options.processes, self._report)
        model, network = self._trained_autoencoder(), make_upscaler(seed=options.seed)
        learner = UpscalerLearner(network, load_large(count, folder), model, self._device, options.seed)
        self._train(learner, options.upscaler_steps)

    def library(self) -> None:
        """Pack the art and the palettes that ship with the model."""
        if not self._library.exists():
            write_library(Sprites.load(self._sprites), self._library, self._report)

    def export(self) -> None:
        """Write the Stable Diffusion folder, unless it is newer than the denoiser."""
        checkpoint, folder = self._checkpoint("denoiser"), self._options.output or self._work / "model"
        index = folder / "model_index.json"
        if index.exists() and index.stat().st_mtime > checkpoint.stat().st_mtime:
            self._export_others(folder)
            return
        learner, before = self._denoiser_learner(), seen_before(self._work)
        figures = {
            "pictures": before["pictures"] + self._options.pairs,
            "details": before["details"] + self._options.details,
            "steps": resume(learner, checkpoint),
            "autoencoder_steps": steps_done(self._checkpoint("autoencoder")),
            "decoder_steps": steps_done(self._checkpoint("decoder")),
            "upscaler_steps": steps_done(self._checkpoint("upscaler")),
            "image_prompt_steps": steps_done(self._checkpoint("image_prompt")),
        }
        export(learner.pipeline(), learner.adapter, self._library, folder, figures)
        self._export_others(folder)
        self._report.line(f"export: {folder}")

    def judges(self) -> None:
        """Train the judges of the scorecard, on art of their own."""
        from dalle_studio.training.score.scorecard import (  # loads the studio itself
            JUDGE_SPRITES,
            train_judges,
        )

        sprites = self._work / JUDGE_SPRITES
        if not sprites.exists():
            fetch(self._work / "packages", self._report, JUDGE_PACKAGES)
            make_sprites(self._work / "packages", sprites, self._report, JUDGE_PACKAGES)
        train_judges(self._work, self._device, self._report, self._options.seed, self._options.judge_share)

    def _export_others(self, folder: Path) -> None:
        """Write what a model may have beside the denoiser, as far as it is trained."""
        if self._checkpoint("upscaler").exists():
            export_upscaler(load_upscaler(self._checkpoint("upscaler")), folder)
        if self._checkpoint("image_prompt").exists():
            export_image_prompt(*load_image_prompt(self._checkpoint("image_prompt")), folder)

    def _checkpoint(self, name: str) -> Path:
        return self._work / f"{name}.pt"

    def _train(self, learner: Learner, steps: int) -> None:
        schedule = Schedule(steps, self._options.checkpoint_minutes, self._options.sample_minutes)
        train(learner, schedule, self._checkpoint(learner.name), self._work / "samples", self._report)

    def _trained_autoencoder(self) -> AutoencoderTiny:
        trained = [path for path in map(self._checkpoint, ("decoder", "autoencoder")) if path.exists()]
        model = load_autoencoder(trained[0] if trained else self._checkpoint("autoencoder"))
        return model.to(self._device.name)  # pyright: ignore[reportArgumentType]

    def _pairs_folder(self, model: AutoencoderTiny) -> Path:
        return self._work / f"pairs-{fingerprint(model)}"

    def _details_folder(self, model: AutoencoderTiny) -> Path:
        return self._work / f"details-{fingerprint(model)}"

    def _denoiser_learner(self, pairs: Pairs | None = None) -> DenoiserLearner:
        model = self._trained_autoencoder()
        pairs = pairs or Pairs(self._pairs_folder(model), self._options.pairs, self._device.name)
        tokenizer = load_tokenizer(self._tokenizer)
        count, folder = self._options.details, self._details_folder(model)
        details = Details(folder, count, self._device.name) if count else None
        return DenoiserLearner(Size(), model, tokenizer, pairs, self._device, self._options.seed, details)


STAGES = (
    "art",
    "pictures",
    "tokenizer",
    "autoencoder",
    "decoder",
    "pairs",
    "details",
    "denoiser",
    "image_prompt",
    "upscaler",
    "library",
    "export",
    "judges",
)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m dalle_studio.training", description=__doc__)
    add = parser.add_argument
    add("stages", nargs="*", metavar="stage", help=f"any of: {', '.join(STAGES)} (default: all)")
    add("--work", type=Path, required=True, help="folder for everything that is made on the way")
    add("--output", type=Path, help="folder of the finished model (default: 'model' in the work folder)")
    add(
        "--restore",
        type=Path,
        metavar="MODEL",
        help="go on from this finished model where nothing is trained yet",
    )
    add("--pictures", type=int, default=8192, help="pictures that the autoencoder learns from")
    add("--pairs", type=int, default=200_000, help="pictures that the denoiser learns from")
    add("--details", type=int, default=40_000, help="of these, pictures whose details it learns; may be 0")
    add("--autoencoder-steps", type=int, default=60_000)
    add("--decoder-steps", type=int, default=20_000, help="of the autoencoder's decoder alone")
    add("--denoiser-steps", type=int, default=20_000)
    add("--image-prompt-steps", type=int, default=1500)
    add("--upscaler-pictures", type=int, default=1500, help="large pictures that the upscaler learns from")
    add("--upscaler-steps", type=int, default=3000)
    add("--judge-share", type=float, default=1.0, help="steps of the judges, relative to the usual number")
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
    try:
        if options.restore:
            restore(options.restore, options.work, report)
        for stage in STAGES:
            if not options.stages or stage in options.stages:
                action: Callable[[], None] = getattr(run, stage)
                action()
    except FileNotFoundError as error:
        raise SystemExit(f"{error.filename} is missing: run the earlier stages first.") from error


if __name__ == "__main__":
    main()
