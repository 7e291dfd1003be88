"""The scorecard: ``python -m dalle_studio.training.score --model FOLDER --work DIR``.

Judges that were trained on other art (`judges`) look at pictures that the model makes by the product's own way,
and answer the same questions about composed pictures. The table goes into the model card. ``--sheet FILE.png``
draws a contact sheet of prompts instead.
"""

# pyright: reportPrivateImportUsage=false
# diffusers exports its names lazily, which type checkers do not see.

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import diffusers
import transformers

from dalle_studio.training.run.device import Device, pick_device
from dalle_studio.training.run.files import whole_file
from dalle_studio.training.run.loop import Schedule, train
from dalle_studio.training.run.report import Report
from dalle_studio.training.score.judge_pictures import COLOURS, LOOKS, SETTINGS, ThingPictures, WholePictures
from dalle_studio.training.score.judges import STEPS as JUDGE_STEPS
from dalle_studio.training.score.judges import JudgeLearner, Judges, load_judge
from dalle_studio.training.score.prompts import cases
from dalle_studio.training.score.rows import DIFFERENT, OTHERS, ROWS, STEPS, Bench, Row, Studio
from dalle_studio.training.score.sheet import draw_sheet
from dalle_studio.training.score.stage import Art, Stage

SPRITES, JUDGE_SPRITES = "sprites.npz", "judge_sprites.npz"
THINGS_JUDGE, PICTURES_JUDGE = "judge-things", "judge-pictures"
MARKS = ("<!-- scorecard -->", "<!-- /scorecard -->")
Tally = dict[str, list[int]]
"""For each measure: how many right pictures of the model, how many right real ones, how many of each."""
Results = dict[str, dict[str, Tally]]
"""By row and language."""


def questions(names: list[str]) -> dict[str, dict[str, int]]:
    """What each judge is asked, and how many answers there are."""
    return {
        THINGS_JUDGE: {"thing": len(names) + 1, "colour": len(COLOURS)},
        PICTURES_JUDGE: {"style": len(LOOKS), "setting": len(SETTINGS) + 1},
    }


def checkpoint_of(work: Path, name: str) -> Path:
    """Where a judge is kept."""
    return work / f"{name.replace('judge', 'judges')}.pt"


def _arts(work: Path) -> tuple[Art, Art]:
    """The judges' art and the model's. Raises FileNotFoundError where one is missing."""
    return Art.load(work / JUDGE_SPRITES), Art.load(work / SPRITES)


def train_judges(work: Path, device: Device, report: Report, seed: int, share: float = 1.0) -> None:
    """Train both judges, or go on; `share` of the usual steps."""
    art, model_art = _arts(work)
    names = art.names()
    draws = {
        THINGS_JUDGE: (ThingPictures(art, names).batch, ThingPictures(model_art, names).batch),
        PICTURES_JUDGE: (
            WholePictures(art, model_art).batch,
            WholePictures(model_art, model_art).batch,
        ),
    }
    for name, asked in questions(names).items():
        learner = JudgeLearner(name, asked, *draws[name], device, seed)
        schedule = Schedule(max(1, round(JUDGE_STEPS[name] * share)), checkpoint_minutes=1)
        train(learner, schedule, checkpoint_of(work, name), work / "samples", report)


def load_judges(work: Path, device: Device) -> Judges:
    """The trained judges. Raises FileNotFoundError where one is missing."""
    names = Art.load(work / JUDGE_SPRITES).names()
    asked = questions(names)
    things, pictures = (load_judge(checkpoint_of(work, name), asked[name], device) for name in asked)
    return Judges(things, pictures, names, device)


def fingerprint(files: list[Path], *more: object) -> str:
    """Twelve hexadecimal digits that change with the files and with what else matters."""
    digest = hashlib.sha256(repr(more).encode())
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


class Scores:
    """What has been found out so far, in a file; only for the same weights, judges and numbers."""

    def __init__(self, path: Path, key: str) -> None:
        """Take up what `path` holds for `key`."""
        self._path, self._key = path, key
        self._all: dict[str, Results] = json.loads(path.read_text("utf-8")) if path.exists() else {}
        self.results: Results = self._all.setdefault(key, {})

    def keep(self, row: str, language: str, tally: Tally) -> None:
        """Write down a finished row."""
        self.results.setdefault(row, {})[language] = tally
        with whole_file(self._path) as path:
            path.write_text(json.dumps(self._all, indent=1, ensure_ascii=False) + "\n", "utf-8")


def score_row(row: Row, language: str, count: int, bench: Bench, report: Report) -> Tally:
    """Ask all questions of a row, of the model and of composed pictures."""
    tally: Tally = {}
    asked = cases(row.write, language or "en", count, frozenset(bench.judges.names))
    for case in report.track(asked, f"{row.key} {language}".strip()):
        made, real = (row.judged(case, make(case, bench), bench) for make in (row.made, row.real))
        for measure, right in made.items():
            entry = tally.setdefault(measure, [0, 0, 0])
            entry[0] += right
            entry[1] += real[measure]
            entry[2] += 1
    return tally


def table(results: Mapping[str, Mapping[str, Tally]]) -> str:
    """The scores in Markdown, one line for each measure."""
    lines = ["| | English | Chinese | judges on real compositions | pictures |", "|---|---|---|---|---|"]
    for row in ROWS:
        by_language = results.get(row.key, {})
        for measure in dict.fromkeys(name for tally in by_language.values() for name in tally):
            found = {language: tally[measure] for language, tally in by_language.items() if measure in tally}
            real, count = (sum(entry[place] for entry in found.values()) for place in (1, 2))
            shares = [_percent(found.get(language) or found.get("")) for language in ("en", "zh")]
            lines.append(f"| {measure} | {shares[0]} | {shares[1]} | {100 * real / count:.0f} % | {count} |")
    return "\n".join(lines)


def _percent(entry: list[int] | None) -> str:
    return "" if not entry else f"{100 * entry[0] / entry[2]:.0f} %"


_ABOUT = """\
Each prompt was made once, {steps} steps, default guidance, no picture left out. The prompts are not worded like
the training captions. Two small networks judge: one names things and colours among {things} and {colours}, the
other styles and settings among {styles} and {settings}. They learnt from art families that the model has never
seen, with two exceptions: the settings are drawn by the same code (other pictures of them), and styles that are an
art family of the model's own were learnt from that family. They are not told where to look, except for the mask; a
picture of one thing they look at whole and through windows of two thirds, others through smaller ones too.
Beside stands how often they are right about composed pictures of the same scenes in the model's own art; for the
variations, about the same scene composed anew and the same landscape in new strokes.
A variation counts when it is more like its source than like {others} other pictures, and yet differs from it by at
least {least:g} grey levels on average; for paintings it has no prompt, and so no language.
"""


def about(things: int) -> str:
    """How the scores were measured, for the model card."""
    return _ABOUT.format(
        steps=STEPS,
        things=f"{things} things",
        colours=f"{len(COLOURS)} colours",
        styles=f"{len(LOOKS)} styles",
        settings=f"{len(SETTINGS) + 1} settings",
        others=OTHERS,
        least=DIFFERENT,
    )


def write_card(card: Path, text: str) -> None:
    """Put a text between the marks of a model card, or with the marks at its end where it has none."""
    old = card.read_text("utf-8") if card.exists() else ""
    block = f"{MARKS[0]}\n{text.strip()}\n{MARKS[1]}"
    pattern = re.compile(f"{re.escape(MARKS[0])}.*?{re.escape(MARKS[1])}", re.DOTALL)
    if pattern.search(old):
        new = pattern.sub(lambda _: block, old, count=1)
    else:
        new = f"{old.rstrip()}\n\n## Scorecard\n\n{block}\n".lstrip()
    with whole_file(card) as path:
        path.write_text(new, "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m dalle_studio.training.score", description=__doc__)
    add: Any = parser.add_argument
    add("--model", type=Path, required=True, help="folder of the model; its README.md gets the table")
    add("--work", type=Path, required=True, help="folder with the sprites and the judges")
    add("--pictures", type=int, default=200, help="pictures for each row and language")
    add("--rows", nargs="+", choices=[row.key for row in ROWS], help="rows to score (default: all)")
    add("--sheet", type=Path, help="draw a contact sheet of prompts to this file instead of scoring")
    add("--threads", type=int, default=os.cpu_count() or 1, help="threads of torch on a CPU")
    return parser.parse_args()


def _score(options: argparse.Namespace, device: Device, report: Report) -> None:
    judges = load_judges(options.work, device)
    studio = Studio(options.model, options.work)
    bench = Bench(studio, judges, Stage(Art.load(options.work / SPRITES)))
    files = [*options.model.rglob("*.safetensors")]
    files += [checkpoint_of(options.work, name) for name in (THINGS_JUDGE, PICTURES_JUDGE)]
    scores = Scores(options.work / "score.json", fingerprint(files, options.pictures, STEPS))
    for row in ROWS:
        for language in row.languages if not options.rows or row.key in options.rows else ():
            if language not in scores.results.get(row.key, {}):
                tally = score_row(row, language, options.pictures, bench, report)
                scores.keep(row.key, language, tally)
    text = table(scores.results)
    write_card(options.model / "README.md", f"{text}\n\n{about(len(judges.names))}")
    report.line(f"\n{text}")


def main() -> None:
    """Score, or draw the sheet."""
    for logging in (diffusers.utils.logging, transformers.utils.logging):
        logging.set_verbosity_error()
        logging.disable_progress_bar()
    options, report, started = _options(), Report(), time.monotonic()
    device = pick_device(options.threads)
    try:
        if options.sheet:
            draw_sheet(Studio(options.model, options.work), options.sheet, report)
        else:
            _score(options, device, report)
    except FileNotFoundError as error:
        hint = f"run `python -m dalle_studio.training art judges --work {options.work}` first."
        raise SystemExit(f"{error.filename} is missing: {hint}") from error
    report.line(f"{(time.monotonic() - started) / 60:.1f} minutes")
