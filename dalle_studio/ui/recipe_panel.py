"""How the selected picture was made, its family, and what can be taken from it for the next one."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from dalle_studio.core.model import Commercial
from dalle_studio.core.recipe import Provenance, Recipe
from dalle_studio.core.sentence import Bytes, read_back, say
from dalle_studio.state.gallery import Gallery
from dalle_studio.state.veil import Veil
from dalle_studio.storage.pictures.facts import OWN_ORIGIN
from dalle_studio.storage.pictures.row import Row
from dalle_studio.ui.buttons import IconButton, TextButton
from dalle_studio.ui.days import day_text
from dalle_studio.ui.family_strip import FamilyStrip
from dalle_studio.ui.flow import FlowLayout
from dalle_studio.ui.language import told, tr, written
from dalle_studio.ui.model_parts import LICENCES
from dalle_studio.ui.theme import Theme
from dalle_studio.ui.thumbnails import Thumbnails

_MOST_LINES = 4
_LABELS = (
    say("Seed"),
    say("Model"),
    say("Licence"),
    say("Size"),
    say("Style"),
    say("Steps"),
    say("Not"),
    say("Sent"),
    say("Memory"),
    say("Made"),
    say("Notes"),
    say("Blurred"),
)
_WRAPPED = ("Licence", "Not", "Sent", "Memory", "Notes", "Style", "Blurred")


class RecipePanel(QWidget):
    """Shows the gallery's selected picture; takes no room where none is selected.

    Signals:
        remix_wanted(Row): its prompt and settings with a new seed.
        use_all_wanted(Row): all of it, the seed too.
        use_seed_wanted(Row): the seed alone.
        export_wanted(Path): a copy elsewhere.
    """

    remix_wanted = Signal(object)
    use_all_wanted = Signal(object)
    use_seed_wanted = Signal(object)
    export_wanted = Signal(object)

    def __init__(
        self,
        gallery: Gallery,
        thumbnails: Thumbnails,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        veil: Veil | None = None,
    ) -> None:
        super().__init__(parent)
        self._veil = veil
        if veil is not None:
            veil.changed.connect(self._show)
        self._gallery = gallery
        self._theme = theme
        self._entry: Row | None = None
        self._prompt = _Prompt()
        self._family = FamilyStrip(gallery, thumbnails, theme)
        self._facts = _Facts()
        self._build()
        gallery.selected_changed.connect(self._show)
        gallery.changed.connect(self._show)
        gallery.recipe_read.connect(self._show)
        self._show()

    def _build(self) -> None:
        self.setObjectName("recipe_panel")
        self.setAccessibleName(tr("Recipe of the selected picture"))
        self.setProperty("kind", "strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._content = QWidget()
        content = QVBoxLayout(self._content)
        content.setContentsMargins(12, 14, 12, 12)
        content.setSpacing(8)
        content.addWidget(self._prompt)
        content.addWidget(self._family)
        content.addWidget(self._facts)
        content.addWidget(self._build_lift(), 0, Qt.AlignmentFlag.AlignRight)
        content.addLayout(self._build_buttons())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._content)

    def _build_lift(self) -> TextButton:
        self._lift = TextButton(self._theme, tr("Show"), icon="eye")
        self._lift.setObjectName("recipe_show")
        self._lift.setAccessibleName(tr("Show the selected picture"))
        self._lift.setToolTip(tr("Show this picture here, in its tile and on the canvas"))
        self._lift.clicked.connect(self._show_picture)
        return self._lift

    @Slot()
    def _show_picture(self) -> None:
        if self._entry is not None and self._veil is not None:
            self._veil.lift(self._entry.sha256)

    def _build_buttons(self) -> QHBoxLayout:
        self._remix = self._button(
            "remix",
            say("Remix"),
            "copy",
            say("Take the prompt and the settings, but not the seed: other pictures of it"),
        )
        self._use_all = self._button(
            "use_all",
            say("Use all"),
            "list-restart",
            say("Take everything, the seed too: the same picture again"),
        )
        self._use_seed = self._button(
            "use_seed",
            say("Seed"),
            "dices",
            say("Take the seed alone: your own prompt from the same beginning"),
        )
        self._remix.clicked.connect(lambda: self.remix_wanted.emit(self._entry))
        self._use_all.clicked.connect(lambda: self.use_all_wanted.emit(self._entry))
        self._use_seed.clicked.connect(lambda: self.use_seed_wanted.emit(self._entry))
        export = IconButton(self._theme, "share", tr("Export this picture…"))
        export.setObjectName("recipe_export")
        export.clicked.connect(self._export)
        words = FlowLayout(gap_px=6)  # longer ones than in English take two rows
        for button in (self._remix, self._use_all, self._use_seed):
            words.addWidget(button)
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(6)
        row.addLayout(words, 1)
        row.addWidget(export, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _button(self, name: str, text: str, icon: str, tooltip: str) -> TextButton:
        button = TextButton(self._theme, told(text), icon=icon)
        button.setObjectName(f"recipe_{name}")
        button.setAccessibleName(tr("{what} of the selected picture", what=text))
        button.setToolTip(told(tooltip))
        # three buttons and an icon share the panel's width
        button.setStyleSheet("QPushButton { padding: 0 8px; } QPushButton:focus { padding: 0 7px; }")
        return button

    @Slot()
    def _show(self) -> None:
        entry = self._entry = self._gallery.selected
        self._content.setVisible(entry is not None)
        self.setMaximumHeight(16777215 if entry is not None else 0)
        if entry is None:
            return
        self._prompt.show_text(entry.prompt or entry.name)
        self._family.show_entry(entry)
        self._facts.show_facts(facts_of(entry, self._gallery.selected_recipe))
        for button in (self._remix, self._use_all):
            button.setEnabled(entry.origin == OWN_ORIGIN)
        self._use_seed.setEnabled(entry.seed is not None)
        concerns = (entry.concerns,) if entry.concerns else ()
        self._lift.setVisible(self._veil is not None and self._veil.hides(concerns, entry.sha256))

    @Slot()
    def _export(self) -> None:
        if self._entry is not None:
            self.export_wanted.emit(self._entry.path)


class _Prompt(QPlainTextEdit):
    """The prompt in full, to read and to copy from: as high as its text, up to four lines."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("recipe_prompt")
        self.setAccessibleName(tr("Prompt of the selected picture"))
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.setStyleSheet(
            "QPlainTextEdit { background: transparent; border: none; padding: 0; border-radius: 0; }"
        )

    def show_text(self, text: str) -> None:
        """Show it from its beginning."""
        if text != self.toPlainText():
            self.setPlainText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths need other heights."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        lines = min(_MOST_LINES, max(1, round(self.document().size().height())))  # in lines, for plain text
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 2)


class _Facts(QWidget):
    """Two columns: what it is, and its value, which can be selected and copied."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, tuple[QLabel, QLabel]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        for place, label in enumerate(_LABELS):
            self._rows[label] = (_fact(told(label), "second"), _fact("", ""))
            name, value = self._rows[label]
            value.setObjectName(f"recipe_{label.lower()}")
            value.setWordWrap(label in _WRAPPED)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, place, 1)

    def show_facts(self, facts: dict[str, str]) -> None:
        """Show these; what is missing or empty takes no room."""
        for label, (name, value) in self._rows.items():
            text = facts.get(label, "")
            value.setText(text)
            value.setAccessibleName(tr("{name}: {text}", name=label, text=text))
            name.setVisible(bool(text))
            value.setVisible(bool(text))


def facts_of(entry: Row, recipe: Recipe | None) -> dict[str, str]:
    """What is known of a picture, in words, by the label it goes under; of its recipe as far as it was read."""
    facts = {
        "Seed": grouped(entry.seed) if entry.seed is not None else "",
        "Model": entry.model,
        "Size": f"{entry.width_px} × {entry.height_px}",
        "Style": told(read_back(entry.style)),
        "Steps": f"{entry.steps}" if entry.steps else "",
        "Not": entry.negative_prompt,
        "Made": _day(entry.created),
    }
    if entry.concerns:
        facts["Blurred"] = told(read_back(entry.concerns))
    if entry.elapsed_s:
        facts["Size"] += " · " + tr("{seconds} s", seconds=f"{entry.elapsed_s:.1f}")
    if recipe is not None:
        guidance = recipe.request.get("sampling", {}).get("guidance_scale")
        facts["Model"] = f"{entry.model} {recipe.provenance.model_version}".strip()
        if guidance is not None:
            facts["Steps"] += " · " + tr("guidance {scale}", scale=f"{guidance:g}")
        facts["Sent"] = recipe.prompt if recipe.prompt != recipe.said else ""
        facts["Licence"] = licence_text(recipe.provenance)
        facts["Memory"] = memory_text(recipe.provenance)
        facts["Notes"] = "\n".join(told(read_back(each)) for each in recipe.provenance.notes)
    return facts


def licence_text(made: Provenance) -> str:
    """“Apache-2.0 · Commercial use”; empty where the recipe does not say."""
    allowed = next((use for use in Commercial if use == made.commercial), None)
    return " · ".join(filter(None, (made.licence, told(LICENCES[allowed][2]) if allowed else "")))


def memory_text(made: Provenance) -> str:
    """“6.1 GB · bfloat16, text encoder on the processor”; empty where that was not measured."""
    measured = written(Bytes(made.memory_mib * 2**20)) if made.memory_mib else ""
    return " · ".join(filter(None, (measured, told(read_back(made.memory)))))


def grouped(number: int) -> str:
    """A number with narrow spaces between its thousands, which do not break: 48 213."""
    return f"{number:,}".replace(",", "\u202f")


def _day(created: str) -> str:
    """Day and time of an ISO 8601 text, where this machine stands: “4 Nov 2026, 01:03”."""
    try:
        return day_text(datetime.fromisoformat(created).astimezone())
    except ValueError:  # a recipe from elsewhere
        return created


def _fact(text: str, kind: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("kind", kind)
    return label
