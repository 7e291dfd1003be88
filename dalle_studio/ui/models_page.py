"""A page over canvas and gallery: the models that are here, and those that can be fetched."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from dalle_studio.core.model import Ability, AddOnKind
from dalle_studio.core.sentence import Bytes, say
from dalle_studio.state.models import Models
from dalle_studio.state.shelf import Item
from dalle_studio.ui.buttons import IconButton, TextButton
from dalle_studio.ui.dialogs import ask_folder, ask_model
from dalle_studio.ui.flow import FlowLayout
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.model_card import ModelCard
from dalle_studio.ui.model_import_card import ImportCard
from dalle_studio.ui.model_parts import ABILITIES, problem_text
from dalle_studio.ui.segmented import Segmented
from dalle_studio.ui.theme import Theme, app_font

_WIDTH_PX = 860
_CARDS_A_TURN = 3
_ANY = "any"


class ModelsPage(QWidget):
    """Shows the shelf while it is open; the composer stays at its side.

    Files and folders that are dropped on it are looked into, to be imported.

    Signals:
        closed(): back to the canvas.
    """

    closed = Signal()

    def __init__(self, models: Models, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._models, self._theme = models, theme
        self._cards: dict[str, ModelCard] = {}
        self._may_make = 0
        self._to_reveal: AddOnKind | None = None
        self.setObjectName("models_page")
        self.setAccessibleName(tr("Models"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._build()
        theme.changed.connect(self._dress)
        models.changed.connect(self._show)
        models.chosen.connect(self._show)
        self._dress()
        self._show()

    # building

    def _build(self) -> None:
        self._content = QWidget()
        self._content.setProperty("kind", "content")
        column = QVBoxLayout(self._content)
        column.setContentsMargins(16, 22, 16, 28)
        column.setSpacing(10)
        column.addLayout(self._head())
        column.addWidget(self._machine_line())
        column.addSpacing(2)
        column.addWidget(self._filters())
        column.addSpacing(4)
        self.importing = ImportCard(self._models, self._theme)
        column.addWidget(self.importing)
        column.addWidget(self._empty_state())
        self._models_head, self._models_list = _section(column, tr("Models"))
        words = tr("Add-ons: more for the models above")
        self._add_ons_head, self._add_ons_list = _section(column, words)
        self._speech_head, self._speech_list = _section(column, tr("Speech: what the microphone understands"))
        column.addStretch(1)
        self.area = area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _head(self) -> QHBoxLayout:
        title = QLabel(tr("Models"))
        title.setFont(app_font(20, bold=True))
        words = tr("Import a file …")
        self.from_file = TextButton(self._theme, words, kind="quiet", icon="file-plus")
        self.from_file.setObjectName("import_model_file")
        self.from_file.setToolTip(
            tr("A .safetensors file: a checkpoint, a LoRA, an upscaler. Or drop it here")
        )
        self.from_file.clicked.connect(self._choose_file)
        words = tr("Import a folder …")
        self.from_folder = TextButton(self._theme, words, kind="quiet", icon="folder-plus")
        self.from_folder.setObjectName("import_model_folder")
        self.from_folder.setToolTip(tr("A folder in the layout of diffusers. Or drop it here"))
        self.from_folder.clicked.connect(self._choose_folder)
        self.close_button = IconButton(self._theme, "x", tr("Back to the canvas (Esc)"))
        self.close_button.setObjectName("models_close")
        self.close_button.setAccessibleName(tr("Close the models"))
        self.close_button.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(title, 1)
        for widget in (self.from_file, self.from_folder, self.close_button):
            head.addWidget(widget)
        return head

    def _machine_line(self) -> QLabel:
        self._machine = QLabel()
        self._machine.setObjectName("machine")
        self._machine.setProperty("kind", "second")
        self._machine.setTextFormat(Qt.TextFormat.PlainText)
        self._machine.setWordWrap(True)
        return self._machine

    def _filters(self) -> QWidget:
        choices = [(_ANY, say("All")), *((each.value, ABILITIES[each][0]) for each in ABILITIES)]
        self.ability = Segmented(say("What it can do"), choices)
        self.ability.setObjectName("model_ability")
        for value, label in choices:
            button = self.ability.button(value)
            button.setMinimumWidth(button.fontMetrics().horizontalAdvance(told(label)) + 26)
        self.ability.chosen.connect(self._choose_ability)
        words = tr("Commercial use allowed")
        self.commercial = TextButton(self._theme, words, kind="quiet", icon="circle-check")
        self.commercial.setObjectName("model_commercial")
        self.commercial.setCheckable(True)
        self.commercial.setToolTip(tr("Show only what a business may use, with conditions or without"))
        self.commercial.toggled.connect(self._choose_commercial)
        filters = QWidget()
        flow = FlowLayout(filters, gap_px=8)
        flow.addWidget(self.ability)
        flow.addWidget(self.commercial)
        return filters

    def _empty_state(self) -> QWidget:
        self._empty = QWidget()
        self._empty_words = QLabel()
        self._empty_words.setObjectName("models_empty")
        self._empty_words.setWordWrap(True)
        self._empty_words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._empty_words.setProperty("kind", "second")
        self.again = TextButton(self._theme, tr("Show all"), icon="list-restart")
        self.again.setObjectName("models_again")
        self.again.setToolTip(tr("Show every model"))
        self.again.clicked.connect(self._show_all)
        column = QVBoxLayout(self._empty)
        column.setContentsMargins(0, 40, 0, 40)
        column.setSpacing(12)
        column.addWidget(self._empty_words)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignHCenter)
        return self._empty

    # showing

    @property
    def is_whole(self) -> bool:
        """Whether every card is there; a few are made in each turn, so that the window goes on answering."""
        return len(self._cards) == len(self._models.value.items)

    @Slot()
    def _show(self) -> None:
        value = self._models.value
        self._may_make = _CARDS_A_TURN
        models, others = value.shown(add_ons=False), value.shown(add_ons=True)
        speech = tuple(item for item in others if item.kind is AddOnKind.SPEECH)
        add_ons = tuple(item for item in others if item not in speech)
        self._fill(self._models_list, models)
        self._fill(self._add_ons_list, add_ons)
        self._fill(self._speech_list, speech)
        shown = {item.name for item in (*models, *others)}
        for name in self._cards.keys() - {item.name for item in value.items}:
            self._drop(name)
        for name, card in self._cards.items():
            card.setVisible(name in shown)
        self._models_head.setVisible(bool(models))
        self._add_ons_head.setVisible(bool(add_ons))
        self._speech_head.setVisible(bool(speech))
        self._machine.setText(machine_text(self._models))
        self._show_empty(bool(models) or bool(others))
        self.ability.set_value(value.filter.ability or _ANY)
        self.commercial.setChecked(value.filter.commercial)
        if self._may_make < 0:
            QTimer.singleShot(0, self, self._show)
        elif self._to_reveal is not None:
            QTimer.singleShot(0, self, self._reveal)

    def reveal(self, kind: AddOnKind) -> None:
        """Scroll to the add-ons of a kind, once they are there, whatever was filtered."""
        self._to_reveal = kind
        self._models.show_only(commercial=False, ability=None)
        self._show()

    @Slot()
    def _reveal(self) -> None:
        kind, items = self._to_reveal, self._models.value.items
        names = [item.name for item in items if item.kind is kind and item.name in self._cards]
        if kind is not None and names:
            self._to_reveal = None
            self.area.ensureWidgetVisible(self._cards[names[-1]])
            self.area.ensureWidgetVisible(self._cards[names[0]])

    def _fill(self, column: QVBoxLayout, items: tuple[Item, ...]) -> None:
        for place, item in enumerate(items):
            card = self._cards.get(item.name)
            if card is None:
                self._may_make -= 1
                if self._may_make < 0:
                    return
                card = self._cards[item.name] = ModelCard(self._models, self._theme, item)
                card.licence_wanted.connect(_open_address)
            if column.indexOf(card) != place:
                column.insertWidget(place, card)
            card.show_item(item, self._models.seconds_per_picture(item.name))

    def _drop(self, name: str) -> None:
        card = self._cards.pop(name)
        card.hide()
        card.setParent(None)
        card.deleteLater()

    def _show_empty(self, is_filled: bool) -> None:
        value = self._models.value
        if value.problem is not None:
            problem = problem_text(value.problem)
            words = tr("{problem} What is installed works all the same.", problem=problem)
        elif not value.is_read:
            words = tr("Finding out what there is …")
        else:
            words = tr("No model does all of that. Show all, or import one of your own.")
        self._empty_words.setText(words)
        self._empty.setVisible(not is_filled or value.problem is not None or not value.is_read)
        self.again.setVisible(value.is_read)
        self.again.setText(tr("Try again") if value.problem else tr("Show all"))

    @Slot()
    def _dress(self) -> None:
        self.setStyleSheet(f"#models_page {{ background: {self._theme.value('window')}; }}")

    # doing

    @Slot(str)
    def _choose_ability(self, value: str) -> None:
        self._models.show_only(ability=None if value == _ANY else Ability(value))
        self.area.verticalScrollBar().setValue(0)

    @Slot(bool)
    def _choose_commercial(self, checked: bool) -> None:
        self._models.show_only(commercial=checked)

    @Slot()
    def _show_all(self) -> None:
        if self._models.value.problem is not None:
            self._models.read_again()
        else:
            self._models.show_only(commercial=False, ability=None)

    @Slot()
    def _choose_file(self) -> None:
        self._look_into(ask_model(self))

    @Slot()
    def _choose_folder(self) -> None:
        self._look_into(ask_folder(self, tr("Import a model from a folder")))

    def _look_into(self, path: Path | None) -> None:
        if path is not None:
            self._models.look_into(path)
            self.area.verticalScrollBar().setValue(0)

    # Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window leaves the cards less width."""
        super().resizeEvent(event)
        self._content.setFixedWidth(min(_WIDTH_PX, self.width() - 8))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look into the first of them."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self._look_into(paths[0])


def machine_text(models: Models) -> str:
    """What pictures are drawn on, and with how much memory."""
    machine, ram = models.value.machine, Bytes(models.ram_bytes)
    if machine is None:
        return tr(
            "This computer has {size} of memory. What draws in it is known once the engine runs.", size=ram
        )
    if machine.device == "cpu":
        facts = (tr("Pictures are drawn by the processor: {size} of memory", size=ram),)
    else:
        name, size = machine.name, Bytes(machine.memory_bytes)
        own = (
            tr("{name}: {size} shared of memory", name=name, size=size)
            if machine.is_shared
            else tr("{name}: {size} of memory", name=name, size=size)
        )
        facts = (own, tr("computer: {size} of memory", size=ram))
    return " · ".join(filter(None, (*facts, told(machine.problem))))


def _section(column: QVBoxLayout, text: str) -> tuple[QLabel, QVBoxLayout]:
    head = QLabel(text)
    head.setProperty("kind", "group")
    cards = QVBoxLayout()
    cards.setSpacing(10)
    column.addWidget(head)
    column.addLayout(cards)
    column.addSpacing(8)
    return head, cards


def _open_address(address: str) -> None:
    QDesktopServices.openUrl(QUrl(address))
