"""The catalogues of translations: what an update finds in the code and in the tables of the resources."""

from __future__ import annotations

import ast
import importlib.util
import shutil
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

from dalle_studio.core.sentence import Sentence
from dalle_studio.storage.models.catalogue import catalogue
from dalle_studio.storage.models.installed import find_model

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def texts_of_tables() -> set[str]:
    """Everything that people read of the tables, as the studio reads it."""
    starter = find_model()
    told = {starter.label, starter.licence.terms}
    for entry in catalogue():
        told |= {entry.summary, entry.licence.terms}
    assert all(isinstance(text, Sentence) for text in told)
    return told


def test_texts_of_the_tables_hold_no_braces(translations: ModuleType) -> None:
    assert all(text and not set("{}") & set(text) for text in translations.texts_of_tables())


def templates_of_code() -> set[str]:
    """The first argument of every `say` and `tr`, where it is written out there."""
    told: set[str] = set()
    for path in (ROOT / "dalle_studio").glob("*/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="say" | "tr"), args=[ast.Constant(value=str(text)), *_]):
                    told.add(text)
                case _:
                    pass
    return told


def test_an_update_finds_all_that_is_said(translations: ModuleType, tmp_path: Path) -> None:
    found = tmp_path / "zh_CN.ts"
    shutil.copy(ROOT / "resources" / "translations" / found.name, found)
    translations.update(tmp_path)
    sources = {each.text or "" for each in ElementTree.parse(found).iter("source")}
    assert texts_of_tables() <= sources
    assert templates_of_code() <= sources
