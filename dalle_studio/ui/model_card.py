"""One model, or one add-on: what it is, what it asks for, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dalle_studio.core.model import AddOnKind, Model
from dalle_studio.core.sentence import Bytes, say
from dalle_studio.state.models import Models
from dalle_studio.state.shelf import Fit, Item
from dalle_studio.ui.buttons import TextButton
from dalle_studio.ui.flow import FlowLayout
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.model_consent import Consent
from dalle_studio.ui.model_parts import ABILITIES, KINDS, Blank, Fact, LicenceBadge, Pill, family_text
from dalle_studio.ui.model_progress import ProgressRow
from dalle_studio.ui.theme import Theme, app_font

_HEAD_PX = 32  # as high as its buttons, whether there are any or not
_FITS = {
    Fit.FITS: ("circle-check", "good", say("fits")),
    Fit.OFFLOAD: ("triangle-alert", "warning", say("fits with offload, slower")),
    Fit.TOO_LARGE: ("circle-x", "danger", say("does not fit")),
    Fit.UNKNOWN: ("memory-stick", "second", ""),
}


class ModelCard(QFrame):
    """Shows one item of the shelf.

    Signals:
        licence_wanted(str): its licence is to be read, at that address.
    """

    licence_wanted = Signal(str)

    def __init__(self, models: Models, theme: Theme, item: Item) -> None:
        super().__init__()
        self._models, self._theme = models, theme
        self._item = item
        self._shown: tuple[object, ...] = ()
        self.setObjectName(f"model_{item.name}")
        self.setProperty("kind", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()
        self.show_item(item, 0.0)

    # building

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(7)
        words.addLayout(self._head())
        self._summary = QLabel()
        self._summary.setProperty("kind", "second")
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._summary.setWordWrap(True)
        words.addWidget(self._summary)
        words.addWidget(self._pills())
        words.addWidget(self._facts())
        self.progress = ProgressRow(self._models, self._theme, self._item.name)
        self.consent = Consent(self._models, self._theme, self._item)
        self.consent.licence_wanted.connect(self.licence_wanted)
        self.consent.closed.connect(self._close_consent)
        self.consent.hide()
        words.addWidget(self.progress)
        words.addWidget(self.consent)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 13, 14, 13)
        row.setSpacing(14)
        blank = Blank(self._theme, "puzzle" if self._item.kind else "image")
        row.addWidget(blank, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def _head(self) -> QHBoxLayout:
        self._label = QLabel()
        self._label.setFont(app_font(14, bold=True))
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setMinimumHeight(_HEAD_PX)
        self.badge = LicenceBadge(self._theme)
        self.in_use = Fact(self._theme, "check", tr("This model draws the next pictures"))
        self.in_use.setFixedHeight(_HEAD_PX)
        self._make_buttons()
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._label, 1)
        for widget in (self.in_use, self.repair, self.verify, self.remove, self.use, self.install):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _make_buttons(self) -> None:
        model = self._item.label
        self.use = self._button("use", tr("Use"), "", tr("Use {model}", model=model))
        self.use.setToolTip(tr("Let this model draw the next pictures"))
        self.use.clicked.connect(self._use)
        self.repair = self._button("repair", tr("Repair"), "wrench", tr("Repair {model}", model=model))
        self.repair.setToolTip(tr("Fetch what is missing or damaged"))
        self.repair.clicked.connect(self._repair)
        self.verify = self._button("verify", tr("Check"), "scan", tr("Check {model}", model=model))
        self.verify.setToolTip(tr("Compare every file with what it should be"))
        self.verify.clicked.connect(self._verify)
        self.remove = self._button("remove", tr("Remove"), "trash-2", tr("Remove {model}", model=model))
        self.remove.setToolTip(tr("Take it off this computer; can be undone"))
        self.remove.clicked.connect(self._remove)
        words = tr("Install {model}", model=model)
        self.install = self._button("install", tr("Install …"), "download", words)
        self.install.setToolTip(tr("Read its licence, then download it"))
        self.install.clicked.connect(self._open_consent)

    def _button(self, name: str, text: str, icon: str, accessible: str) -> TextButton:
        kind = "quiet" if name in ("verify", "remove") else ""
        button = TextButton(self._theme, text, kind=kind, icon=icon)
        button.setObjectName(f"{name}_{self._item.name}")
        button.setAccessibleName(accessible)
        return button

    def _pills(self) -> QWidget:
        self._abilities = QWidget()
        flow = FlowLayout(self._abilities, gap_px=5)
        kind = self._item.kind
        if kind is not None:
            flow.addWidget(Pill(KINDS[kind]))
        if kind not in (None, AddOnKind.SPEECH):
            family = say("for {family}", family=family_text(self._item.family))
            flow.addWidget(Pill(family, say("What it goes with")))
        self._by_ability = {} if kind else {each: Pill(*ABILITIES[each]) for each in ABILITIES}
        for pill in self._by_ability.values():
            flow.addWidget(pill)
        return self._abilities

    def _facts(self) -> QWidget:
        self._disk = Fact(self._theme, "hard-drive", tr("On the disk"))
        self._memory = Fact(self._theme, "memory-stick", tr("Memory needed to draw"))
        self._time = Fact(self._theme, "timer", tr("Learnt from pictures made here"))
        facts = QWidget()
        flow = FlowLayout(facts, gap_px=8)
        for fact in (self.badge, self._disk, self._memory, self._time):
            flow.addWidget(fact)
        return facts

    # showing

    def show_item(self, item: Item, seconds: float) -> None:
        """Show it as it is now; `seconds` for a picture, 0 where that is not learnt yet."""
        is_current = self._models.current.name == item.name
        fit = self._models.fit(item)
        shown = (item, seconds, is_current, fit, self._models.value.has_token)
        if shown == self._shown:
            return
        self._shown, self._item = shown, item
        had_keyboard = self._has_keyboard
        self._update(item, seconds, fit, is_current)
        if had_keyboard and not self._has_keyboard:  # what had it is gone
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _has_keyboard(self) -> bool:
        widget = QApplication.focusWidget()
        return widget is self or (widget is not None and self.isAncestorOf(widget))

    def _update(self, item: Item, seconds: float, fit: Fit, is_current: bool) -> None:
        self.setAccessibleName(told(item.label))
        self._label.setText(told(item.label))
        self._summary.setText(told(item.summary))
        self._summary.setVisible(bool(item.summary))
        self.badge.show_licence(item.licence)
        for ability, pill in self._by_ability.items():
            pill.setVisible(ability in item.abilities)
        self._show_facts(item, seconds, fit)
        self._show_buttons(item, is_current)
        self.progress.show_item(item)
        self.consent.show_item(item)
        if item.owned is not None or (item.doing is not None and item.doing.is_running):
            self.consent.hide()

    def _show_facts(self, item: Item, seconds: float, fit: Fit) -> None:
        size = Bytes(item.size_bytes)
        disk = say("{size} on disk", size=size) if item.owned else say("{size} to download", size=size)
        self._disk.show_words(told(disk) if size else "")
        self._show_memory(Bytes(item.memory_bytes), fit)
        self._time.show_words(tr("about {seconds} s a picture", seconds=f"{seconds:.1f}") if seconds else "")

    def _show_memory(self, size: Bytes, fit: Fit) -> None:
        icon, role, words = _FITS[fit]
        needed = say("needs {size} of memory", size=size) if size else ""
        if size and words:
            needed = say("needs {size} of memory: {fit}", size=size, fit=words)
        self._memory.show_words(told(needed), icon, role)

    def _show_buttons(self, item: Item, is_current: bool) -> None:
        doing, owned = item.doing, item.owned is not None
        is_free = doing is None or not doing.is_running
        self.in_use.show_words(tr("In use") if is_current else "", "check", "accent")
        self.use.setVisible(isinstance(item.owned, Model) and not is_current)
        self.verify.setVisible(owned and is_free and self._models.can_remove(item))
        self.repair.setVisible(bool(item.damaged) and is_free and item.entry is not None)
        self.remove.setVisible(is_free and self._models.can_remove(item))
        self.install.setVisible(not owned and doing is None and not self.consent.isVisibleTo(self))

    # doing

    @Slot()
    def _use(self) -> None:
        self._models.choose(self._item.name)

    @Slot()
    def _repair(self) -> None:
        self._models.install(self._item.name)

    @Slot()
    def _verify(self) -> None:
        self._models.verify(self._item.name)

    @Slot()
    def _remove(self) -> None:
        self._models.remove(self._item.name)

    @Slot()
    def _open_consent(self) -> None:
        self.install.hide()
        self.consent.show()
        self.consent.download.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _close_consent(self) -> None:
        self.consent.hide()
        self._show_buttons(self._item, is_current=False)
        self.install.setFocus(Qt.FocusReason.TabFocusReason)
