"""`dalle-studio models` as people and scripts use it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dalle_studio import cli_models
from dalle_studio.cli import app
from dalle_studio.storage.models.installed import find_model, remove
from tests.hub import Hub
from tests.storage.models.shop import TINY, entry, fill

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "no-token"))
    monkeypatch.setattr(cli_models, "kept_token", lambda: None)
    return tmp_path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "160")
    return lambda *arguments: CliRunner().invoke(app, ["models", *map(str, arguments)])


def told(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_the_list_shows_licence_size_and_memory(run: Run) -> None:
    result = run("list")
    assert result.exit_code == 0, result.output
    for word in ("sdxl-lightning", "Apache-2.0", "conditions", "16.0 GB", "starter", "installed"):
        assert word in result.stdout, word


def test_the_list_for_business_leaves_out_what_has_conditions(run: Run) -> None:
    rows = told(run("list", "--commercial", "--json").stdout)
    assert {row["commercial"] for row in rows} == {"yes"}
    names = {row["name"] for row in rows}
    assert {"flux2-klein", "kandinsky-2.2", "starter"} <= names and not {"sdxl", "sd15"} & names


def test_install_verify_remove(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(home / "repos", TINY)
    monkeypatch.setattr(cli_models, "find_entry", lambda name: entry(name))
    with Hub.serve(home / "repos") as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        result = run("install", "tiny")
        assert result.exit_code == 2 and "Add --yes" in result.stderr and not hub.asked
        result = run("install", "tiny", "--yes")
        assert result.exit_code == 0, result.output
        assert "Licence: MIT; use in business: yes" in result.stderr and "tiny is installed." in result.stderr
        assert run("verify", "tiny").exit_code == 0
        (find_model("tiny").folder / "vae/model.safetensors").unlink()
        result = run("verify", "tiny")
        assert result.exit_code == 5 and "import it again" in result.stderr  # not in the real catalogue
        result = run("install", "tiny", "--json")
        assert told(result.stdout)[-1] == {"event": "installed", "name": "tiny"}
    result = run("remove", "tiny", "--yes", "--json")
    assert told(result.stdout)[0]["freed_bytes"] > 800_000
    assert run("remove", "tiny", "--yes").exit_code == 2


def test_control_c_pauses_and_says_how_to_go_on(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(home / "repos", TINY)
    monkeypatch.setattr(cli_models, "find_entry", lambda name: entry(name))
    with Hub.serve(home / "repos") as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        hub.faults.drip_bytes_per_s = 100_000
        code = (
            "from dalle_studio import cli, cli_models\nfrom tests.storage.models.shop import entry\n"
            "cli_models.find_entry = entry\ncli_models.kept_token = lambda: None\n"
            "if __name__ == '__main__':\n    cli.main()\n"
        )
        (home / "studio.py").write_text(code)
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        command = [sys.executable, home / "studio.py", "models", "install", "tiny", "--yes"]
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as studio:
            assert studio.stderr
            lines = iter(studio.stderr.readline, "")
            assert any("of" in line and line.startswith("tiny:") for line in lines)
            studio.send_signal(signal.SIGINT)
            rest = "".join(lines)
            assert studio.wait(10) == 130
    assert "Paused at" in rest and "dalle-studio models install tiny" in rest
    assert remove("tiny") > 0


def test_a_failed_download_has_its_exit_code(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "repos").mkdir()
    monkeypatch.setattr(cli_models, "find_entry", lambda name: entry(name))
    with Hub.serve(home / "repos") as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        result = run("install", "tiny", "--yes", "--json")
    assert result.exit_code == 6
    assert (
        told(result.stdout)[-1]["exit_code"] == 6 and "not on the hub" in told(result.stdout)[-1]["message"]
    )


def test_what_cannot_be_imported_is_told(run: Run, home: Path) -> None:
    (home / "old.ckpt").write_bytes(b"pickle")
    result = run("import", home / "old.ckpt")
    assert result.exit_code == 3 and "pickle" in result.stderr
    assert run("import", home / "old.ckpt", "--commercial", "yes").exit_code in (2, 3)


def test_a_token_is_read_from_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    monkeypatch.setattr(cli_models, "keep_token", kept.append)
    result = CliRunner().invoke(app, ["models", "token"], input="hf_secret\n")
    assert result.exit_code == 0 and kept == ["hf_secret\n"] and "hf_secret" not in result.output


def test_options_that_make_no_sense_are_told(home: Path) -> None:
    for arguments, why in (
        (("generate", "a cat", "--model", "dreamer"), "no model called “dreamer”"),
        (("generate", "a cat", "--model", "sdxl"), "models install sdxl"),
        (("generate", "a cat", "--lora", "ink:much"), "NAME:0.8"),
        (("generate", "a cat", "--lora", "ink:9"), "weight of ink"),
        (("generate", "a cat", "--follow", "depth"), "--guide PICTURE"),
    ):
        result = CliRunner().invoke(app, [*arguments, "-o", str(home / "out")])
        assert result.exit_code == 2 and why in " ".join(result.stderr.split()), result.stderr
