"""What people read can be translated: templates are written out where they are said, and errors are sentences."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from dalle_studio.core import errors

PACKAGE = Path(__file__).parents[2] / "dalle_studio"
SPOKEN = ("core", "storage", "engine", "state", "ui")
READERS = {
    ("ui/language.py", "say(template, **values)"),
    ("storage/models/catalogue.py", "say(values['summary'])"),
    ("storage/models/catalogue.py", "say(entry.get('terms', ''))"),
    ("storage/models/installed.py", "say(entry['label'])"),
}
"""Calls whose templates stand elsewhere: `tr`, and readers of resources (see `packaging/translations.py`)."""


def modules() -> list[Path]:
    return sorted(path for floor in SPOKEN for path in (PACKAGE / floor).rglob("*.py"))


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def calls(path: Path) -> tuple[ast.Call, ...]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return tuple(node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """The name of the function or class; methods, such as Qt's own `tr`, have none."""
    return call.func.id if isinstance(call.func, ast.Name) else ""


@cache
def errors_of_the_studio() -> frozenset[str]:
    """Names of `StudioError` and all that is made of it, in `core/errors.py` and elsewhere."""
    names = {name for name, value in vars(errors).items() if _is_error(value)}
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and any(ast.unparse(base) in names for base in node.bases):
                names.add(node.name)
    return frozenset(names)


def _is_error(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, errors.StudioError)


def faults_of(call: ast.Call) -> Iterator[str]:
    """What is wrong with a call of `say` or `tr`."""
    if not call.args or not isinstance(call.args[0], ast.Constant) or not isinstance(call.args[0].value, str):
        yield "its template is not written out"
        return
    given = [keyword.arg for keyword in call.keywords]
    wanted: list[str] = []
    for _, name, form, conversion in string.Formatter().parse(call.args[0].value):
        if form or conversion:
            yield f"“{name}” has a format"
        if name is not None:
            wanted.append(name)
    if len(call.args) > 1 or set(given) != set(wanted):
        yield f"its template names {wanted}, it gets {given}"


def is_written(node: ast.expr) -> bool:
    """Whether English stands there that nothing can translate: a literal, an f-string, or some put together."""
    match node:
        case ast.Constant(value=str(text)):
            return bool(text)
        case ast.JoinedStr():
            return True
        case ast.BinOp(left=left, right=right):
            return is_written(left) or is_written(right)
        case ast.IfExp(body=body, orelse=orelse):
            return is_written(body) or is_written(orelse)
        case ast.BoolOp(values=values):
            return any(map(is_written, values))
        case ast.Call(func=ast.Attribute(value=value)):  # "…".format(), ", ".join()
            return is_written(value)
        case _:
            return False


def told(call: ast.Call) -> list[ast.expr]:
    """Message and remedy of an error that is made there."""
    named = [keyword.value for keyword in call.keywords if keyword.arg in ("message", "remedy")]
    return [*call.args[:2], *named]


@pytest.mark.parametrize("path", modules(), ids=place)
def test_templates_are_written_out_and_get_what_they_name(path: Path) -> None:
    wrong = [
        f"line {call.lineno}: {fault}"
        for call in calls(path)
        if called(call) in ("say", "tr") and (place(path), ast.unparse(call)) not in READERS
        for fault in faults_of(call)
    ]
    assert not wrong


@pytest.mark.parametrize("path", modules(), ids=place)
def test_errors_are_told_in_sentences(path: Path) -> None:
    wrong = [
        f"line {each.lineno}: {ast.unparse(each)}"
        for call in calls(path)
        if called(call) in errors_of_the_studio()
        for each in told(call)
        if is_written(each)
    ]
    assert not wrong


def test_the_readers_are_there() -> None:
    found = {(place(path), ast.unparse(call)) for path in modules() for call in calls(path)}
    assert found >= READERS


@pytest.mark.parametrize(
    "call",
    [
        'say(f"{name} is gone.")',
        'say("a" + "b")',
        'say("a" if here else "b")',
        'say("{name} is gone.")',
        'say("It is gone.", name=name)',
        'say("{name} is gone.", nam=name)',
        'say("{share:.0%} done", share=share)',
        'say("{name!r} is gone.", name=name)',
        'say("{} is gone.", name)',
        "say(text)",
    ],
)
def test_what_cannot_be_translated_is_found(call: str) -> None:
    expression = ast.parse(call, mode="eval").body
    assert isinstance(expression, ast.Call)
    assert list(faults_of(expression))


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ('"It is gone."', True),
        ('f"{name} is gone."', True),
        ('"It is " + what', True),
        ('say("here") if here else "gone"', True),
        ('why or "gone"', True),
        ('"{} is gone".format(name)', True),
        ('say("It is gone.")', False),
        ("message", False),
        ("error.remedy", False),
        ('""', False),
    ],
)
def test_written_english_is_told_from_sentences(argument: str, expected: bool) -> None:
    assert is_written(ast.parse(argument, mode="eval").body) is expected
