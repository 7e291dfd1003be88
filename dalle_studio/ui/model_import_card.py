"""What a file or folder of the user's was found to be, before it is copied to the models."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QProgressBar, QVBoxLayout

from dalle_studio.core.model import AddOnKind, Commercial, Licence
from dalle_studio.core.sentence import say
from dalle_studio.state.models import Models
from dalle_studio.ui.buttons import TextButton
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.model_parts import KINDS, family_text, problem_text
from dalle_studio.ui.more_options import named_row
from dalle_studio.ui.segmented import Segmented
from dalle_studio.ui.theme import Theme, app_font

_STEPS = 1000
_USES = (
    (Commercial.YES, say("Yes"), say("Its licence lets a business use it")),
    (
        Commercial.CONDITIONS,
        say("With conditions"),
        say("Its licence lets a business use it, under conditions"),
    ),
    (
        Commercial.NO,
        say("No or unknown"),
        say("Its licence does not let a business use it, or is not known"),
    ),
)


class ImportCard(QFrame):
    """Says what was found; asks under which name and licence it is to be kept; then Import."""

    def __init__(self, models: Models, theme: Theme) -> None:
        super().__init__()
        self._models, self._theme = models, theme
        self._path: Path | None = None
        self.setObjectName("import_card")
        self.setAccessibleName(tr("Import a model"))
        self.setProperty("kind", "card")
        self._build()
        models.importing.changed.connect(self._show)
        self._show()

    def _build(self) -> None:
        self._title, self._facts = QLabel(), QLabel()
        self._title.setFont(app_font(14, bold=True))
        self._title.setObjectName("import_title")
        self._facts.setObjectName("import_facts")
        for label in (self._title, self._facts):
            label.setWordWrap(True)
        self.name = _field("import_name", tr("Name"), tr("what recipes will call it"))
        words = tr("such as Apache-2.0; empty: not known")
        self.licence = _field("import_licence", tr("Licence"), words)
        self.use = Segmented(say("Business use"), [(use.value, label) for use, label, _ in _USES])
        for use, _, tip in _USES:
            self.use.button(use).setToolTip(told(tip))
        self._rows = [
            named_row(tr("Name"), self.name),
            named_row(tr("Licence"), self.licence),
            named_row(tr("Business"), self.use),
        ]
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress of the import"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        for widget in (self._title, self._facts, *self._rows, self.bar):
            column.addWidget(widget)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.take = TextButton(self._theme, tr("Import"), kind="primary", icon="import")
        self.take.setObjectName("import_take")
        self.take.setToolTip(tr("Copy it to the models; the original stays where it is"))
        self.take.clicked.connect(self._take)
        self.leave = TextButton(self._theme, tr("Not now"), kind="quiet")
        self.leave.setObjectName("import_leave")
        self.leave.setToolTip(tr("Copy nothing"))
        self.leave.clicked.connect(self._models.importing.drop)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.take)
        row.addWidget(self.leave)
        row.addStretch(1)
        return row

    @Slot()
    def _show(self) -> None:
        importing = self._models.importing
        path, found, problem, share = importing.path, importing.found, importing.problem, importing.share
        self.setVisible(path is not None)
        if path is None:
            self._path = None
            return
        if path != self._path:
            self._begin(path)
        self._title.setText(told(found.label) if found else path.name)
        self._facts.setText(self._found_text())
        self._facts.setProperty("kind", "danger" if problem else "second")
        self._facts.style().polish(self._facts)
        can_take = found is not None and share is None
        for row in self._rows:
            row.setVisible(can_take)
        self.take.setVisible(can_take)
        self.leave.setVisible(share is None and not importing.is_looking)
        self.bar.setVisible(share is not None)
        self.bar.setValue(round(_STEPS * (share or 0.0)))

    def _begin(self, path: Path) -> None:
        self._path = path
        self.name.setText(re.sub(r"[^a-z0-9]+", "-", path.stem.casefold()).strip("-"))
        self.licence.clear()
        self.use.set_value(Commercial.NO)

    def _found_text(self) -> str:
        importing = self._models.importing
        if importing.problem is not None:
            return problem_text(importing.problem)
        if importing.found is None:
            return tr("Finding out what this is …")
        kind, path = importing.found.kind, importing.path
        family = family_text(importing.found.family)
        if kind is AddOnKind.SPEECH:
            return tr("A recogniser of Chinese and English, from {path}", path=path)
        if kind is None:
            return tr("A model like {family}, from {path}", family=family, path=path)
        return tr("{kind} for {family}, from {path}", kind=KINDS[kind], family=family, path=path)

    @Slot()
    def _take(self) -> None:
        name = self.licence.text().strip() or tr("not known")
        licence = Licence(name, Commercial(self.use.value))
        self._models.take_in(self.name.text().strip(), licence)


def _field(name: str, accessible: str, placeholder: str) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    field.setAccessibleName(accessible)
    field.setPlaceholderText(placeholder)
    return field
