"""Bring the catalogues of translations up to date with the code: ``python packaging/translations.py``.

Templates that are new in the code, or texts in the tables of `resources`, come in unfinished, what has gone from
there goes; then every catalogue is compiled. A build compiles them, too: see `packaging/build_hook.py`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESOURCES = ROOT / "resources"
CATALOGUES = RESOURCES / "translations"
SPOKEN = ("core", "storage", "engine", "state", "ui")
"""Packages whose sentences a window shows; the command line and the training speak English."""


def update(catalogues: Path = CATALOGUES) -> None:
    """Take in what the code says, and what people read of the tables in `resources`."""
    sources = sorted(str(path) for floor in SPOKEN for path in (ROOT / "dalle_studio" / floor).rglob("*.py"))
    with tempfile.TemporaryDirectory() as folder:
        tables = Path(folder) / "tables.py"
        calls = [f"say({json.dumps(text, ensure_ascii=False)})\n" for text in texts_of_tables()]
        tables.write_text("".join(calls), encoding="utf-8")
        for catalogue in sorted(catalogues.glob("*.ts")):
            _run(
                "lupdate",
                *("-tr-function-alias", "tr+=say", "-locations", "none", "-no-obsolete", "-no-ui-lines"),
                *("-disable-heuristic", "sametext", "-disable-heuristic", "similartext"),
                *("-source-language", "en", "-target-language", catalogue.stem, "-silent"),
                *(*sources, str(tables)),
                *("-ts", str(catalogue)),
            )


def texts_of_tables() -> list[str]:
    """What is said of models and licences, and what the starter model is called; whoever reads it uses `say`."""
    models = json.loads((RESOURCES / "models" / "catalogue.json").read_text(encoding="utf-8"))
    starter = json.loads((RESOURCES / "starter" / "studio.json").read_text(encoding="utf-8"))
    summaries = [entry["summary"] for entry in models["entries"]]
    terms = [licence["terms"] for licence in models["licences"].values()]
    return sorted({*summaries, *terms, starter["licence"]["terms"], starter["label"]})


def compile_all(catalogues: Path = CATALOGUES) -> None:
    """Write beside every catalogue (.ts) what the program reads (.qm); unfinished texts are left out."""
    for catalogue in sorted(catalogues.glob("*.ts")):
        _run("lrelease", "-silent", str(catalogue), "-qm", str(catalogue.with_suffix(".qm")))


def _run(tool: str, *arguments: str) -> None:
    # the tool's own program may lie elsewhere while a package is built
    call = f"from PySide6.scripts.pyside_tool import {tool}; {tool}()"
    subprocess.run([sys.executable, "-c", call, *arguments], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    update()
    compile_all()
