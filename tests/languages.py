"""A pseudo-language for tests: every text that can be translated is marked and a third longer, as in German."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

_PLAIN = "aeiounscyAEIOUNSCY"
_FOREIGN = "äéïøüñşçýÄÉÏØÜÑŞÇÝ"
_NAME = re.compile(r"(\{\w+\})")
_WORD = re.compile(r"[A-Za-z]{2,}")
_FREE = re.compile(r"Dalle Studio|Ctrl|Shift|Alt|Esc|Return|Enter|Delete|Space|F1|px|[KMGT]B|\bEnglish\b")
"""Keys, units and names, which are the same in many languages."""
_PROPERTIES = (
    "text",
    "toolTip",
    "accessibleName",
    "accessibleDescription",
    "placeholderText",
    "windowTitle",
    "title",
    "statusTip",
)


class Pseudo(QTranslator):
    """Says “Save” as “⟦Şävé~⟧”."""

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Texts without a context are the studio's own; Qt's are left as they are."""
        return None if context else pseudo(source)

    def isEmpty(self) -> bool:  # noqa: N802
        """Qt asks no translator that is empty."""
        return False


def pseudo(template: str) -> str:
    """A template in the pseudo-language; the names of its values stay."""
    parts = _NAME.split(template)
    foreign = "".join(
        part if _NAME.fullmatch(part) else part.translate(str.maketrans(_PLAIN, _FOREIGN)) for part in parts
    )
    return f"⟦{foreign}{'~' * (len(template) // 3)}⟧" if _WORD.search(_NAME.sub("", template)) else template


def untranslated(window: QWidget, *data: str) -> list[str]:
    """Texts anywhere in a window with words that no translation was asked for.

    Args:
        window: its children are looked through, hidden ones too.
        data: what needs none, such as prompts and names of files that the test put in.
    """
    return [f"{where}: {text!r}" for where, text in _texts(window) if _left(text, data)]


def _left(text: str, data: tuple[str, ...]) -> bool:
    """Whether words stand outside the marks."""
    while "⟦" in text:
        shorter = re.sub(r"⟦[^⟦⟧]*⟧", "", text)
        if shorter == text:
            break
        text = shorter
    text = re.sub(r"⟦[^⟧]*…$", "", text)  # its end was cut off where there was no room
    for each in sorted(data, key=len, reverse=True):
        text = text.replace(each, "")
    return bool(_WORD.search(_FREE.sub("", re.sub("<[^>]*>", "", text))))


def _texts(window: QWidget) -> Iterator[tuple[str, str]]:
    for widget in (window, *window.findChildren(QWidget)):
        if widget.objectName().startswith("qt_"):
            continue
        where = f"{type(widget).__name__} {widget.objectName()}".strip()
        for name in _PROPERTIES:
            value = widget.property(name)
            if isinstance(value, str) and not (isinstance(widget, QMenu) and name == "text"):
                yield f"{where}.{name}", value
        if isinstance(widget, QAbstractItemView) and (model := widget.model()):
            for row in range(model.rowCount()):
                yield f"{where}[{row}]", str(model.index(row, 0).data() or "")
    for action in window.findChildren(QAction):
        yield f"QAction {action.objectName()}", action.text()
        yield f"QAction {action.objectName()}.toolTip", action.toolTip()
