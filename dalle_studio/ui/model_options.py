"""What add-ons give the model that draws: LoRAs, a picture to follow, an upscaler."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from dalle_studio.core.model import AddOn, AddOnKind
from dalle_studio.core.request import Follow, Lora
from dalle_studio.core.sentence import say
from dalle_studio.state.composer import Composer
from dalle_studio.ui.buttons import IconButton, TextButton
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.number_row import NumberRow, group_label
from dalle_studio.ui.segmented import Segmented
from dalle_studio.ui.theme import Theme

_NOTHING, _OWN_UPSCALER = "nothing", say("The studio's own")
_KINDS = (AddOnKind.LORA, AddOnKind.UPSCALER)
_FOLLOWS = {
    Follow.EDGES: (say("Edges"), say("New pictures have the edges of the one on the canvas")),
    Follow.DEPTH: (say("Depth"), say("New pictures have the depth of the one on the canvas")),
}


class ModelOptions(QWidget):
    """Rows for what is installed for the current model; hidden where nothing is."""

    def __init__(self, composer: Composer, theme: Theme) -> None:
        super().__init__()
        self._composer, self._theme = composer, theme
        self._shown: object = None
        self.loras = LoraRows(composer, theme)
        self._guide = self._build_guide()
        self._upscaler = self._build_upscaler()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.loras, self._guide, self._upscaler):
            column.addWidget(widget)
        composer.changed.connect(self._show)
        self._show()

    def _build_guide(self) -> QWidget:
        choices = [(_NOTHING, say("Nothing")), *((each.value, _FOLLOWS[each][0]) for each in Follow)]
        self.follow = Segmented(say("Follow"), choices)
        self.follow.button(_NOTHING).setToolTip(tr("New pictures are free in their shapes"))
        for each, (_, tip) in _FOLLOWS.items():
            self.follow.button(each).setToolTip(told(tip))
        self.follow.chosen.connect(self._choose_guide)
        tip = say("How closely new pictures follow the one on the canvas; 1 is as the add-on was trained")
        self.weight = NumberRow(self._theme, say("Closely"), 0, 2, 0.1, tip, resettable=False)
        self.weight.changed.connect(self._set_weight)
        guide = QWidget()
        column = QVBoxLayout(guide)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(_named(tr("Follow"), self.follow))
        column.addWidget(self.weight)
        return guide

    def _build_upscaler(self) -> QWidget:
        self.upscaler = TextButton(self._theme, told(_OWN_UPSCALER), kind="quiet", icon="maximize")
        self.upscaler.setObjectName("upscaler")
        self.upscaler.setToolTip(tr("What enlarges pictures; press to choose"))
        self.upscaler.clicked.connect(self._open_upscalers)
        return _named(tr("Enlarge"), self.upscaler)

    @Slot()
    def _show(self) -> None:
        composer, value = self._composer, self._composer.value
        shown = (composer.model, value.loras, value.guide, value.guide_weight, value.upscaler)
        if shown == self._shown:
            return
        self._shown = shown
        self.loras.show_value()
        guides = composer.guides
        self._guide.setVisible(bool(guides))
        for each in Follow:
            self.follow.button(each).setVisible(each in guides)
        self.follow.set_value(composer.guide or _NOTHING)
        self.weight.setVisible(composer.guide is not None)
        self.weight.show_value(value.guide_weight, own=True)
        self._show_upscalers(_installed(composer, AddOnKind.UPSCALER))
        self.setVisible(bool(guides) or any(_installed(composer, kind) for kind in _KINDS))

    def _show_upscalers(self, upscalers: list[AddOn]) -> None:
        self._upscaler.setVisible(bool(upscalers))
        chosen = next(
            (each.label for each in upscalers if each.name == self._composer.upscaler), _OWN_UPSCALER
        )
        self.upscaler.setText(told(chosen))
        self.upscaler.setAccessibleName(tr("Upscaler: {upscaler}", upscaler=chosen))

    @Slot(str)
    def _choose_guide(self, value: str) -> None:
        self._composer.change(guide=None if value == _NOTHING else Follow(value))

    @Slot(float)
    def _set_weight(self, weight: float) -> None:
        self._composer.change(guide_weight=round(weight, 2))

    @Slot()
    def _open_upscalers(self) -> None:
        menu = _menu(self.upscaler, "upscaler_menu")
        choices = {"": _OWN_UPSCALER}
        choices |= {each.name: each.label for each in _installed(self._composer, AddOnKind.UPSCALER)}
        for name, label in choices.items():
            action = menu.addAction(told(label), partial(self._composer.change, upscaler=name))
            action.setCheckable(True)
            action.setChecked(name == self._composer.upscaler)
        menu.popup(self.upscaler.mapToGlobal(self.upscaler.rect().bottomLeft()))


class LoraRows(QWidget):
    """A slider for each LoRA in use, and a button that adds another."""

    def __init__(self, composer: Composer, theme: Theme) -> None:
        super().__init__()
        self._composer, self._theme = composer, theme
        self._rows: dict[str, tuple[QWidget, NumberRow]] = {}
        self.add = TextButton(theme, tr("Add a LoRA …"), kind="quiet", icon="plus")
        self.add.setObjectName("add_lora")
        self.add.setToolTip(tr("Adapt the model by a LoRA that is installed for it"))
        self.add.clicked.connect(self._open_menu)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._list)
        column.addWidget(_named("LoRA", self.add))

    def show_value(self) -> None:
        """Show what is chosen of what is installed."""
        installed = {each.name: each for each in _installed(self._composer, AddOnKind.LORA)}
        chosen = self._composer.loras
        for name in self._rows.keys() - {lora.name for lora in chosen}:
            row, _ = self._rows.pop(name)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for lora in chosen:
            if lora.name not in self._rows:
                self._add_row(installed[lora.name])
            self._rows[lora.name][1].show_value(lora.weight, own=True)
        self.setVisible(bool(installed))
        self.add.setEnabled(len(chosen) < len(installed))

    def _add_row(self, add_on: AddOn) -> None:
        label = add_on.label
        tip = say("{add_on}: 0 is without it, 1 as it was trained, below 0 away from it", add_on=label)
        number = NumberRow(self._theme, label, -2, 2, 0.1, tip, resettable=False)
        number.changed.connect(partial(self._set_weight, add_on.name))
        remove = IconButton(self._theme, "x", tr("Take {add_on} away", add_on=label), size_px=14)
        remove.setObjectName(f"remove_lora_{add_on.name}")
        remove.clicked.connect(partial(self._remove, add_on.name))
        row = QWidget()
        row.setObjectName(f"lora_{add_on.name}")
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(number, 1)
        line.addWidget(remove)
        self._rows[add_on.name] = row, number
        self._list.addWidget(row)

    @Slot()
    def _open_menu(self) -> None:
        menu = _menu(self.add, "lora_menu")
        chosen = {lora.name for lora in self._composer.loras}
        for each in _installed(self._composer, AddOnKind.LORA):
            if each.name not in chosen:
                menu.addAction(told(each.label), lambda name=each.name: self._use(name))
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _use(self, name: str) -> None:
        self._composer.change(loras=(*self._composer.loras, Lora(name)))

    def _remove(self, name: str, _: bool = False) -> None:
        self._composer.change(loras=tuple(each for each in self._composer.loras if each.name != name))

    def _set_weight(self, name: str, weight: float) -> None:
        weight = round(weight, 2)
        others = (
            replace(each, weight=weight) if each.name == name else each for each in self._composer.loras
        )
        self._composer.change(loras=tuple(others))


def _menu(parent: QWidget, name: str) -> QMenu:
    menu = QMenu(parent)
    menu.setObjectName(name)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _installed(composer: Composer, kind: AddOnKind) -> list[AddOn]:
    return [each for each in composer.model.add_ons if each.kind is kind]


def _named(name: str, widget: QWidget) -> QWidget:
    named = QWidget()
    row = QHBoxLayout(named)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(group_label(name))
    row.addWidget(widget, 0 if isinstance(widget, TextButton) else 1)
    if isinstance(widget, TextButton):
        row.addStretch(1)
    return named
