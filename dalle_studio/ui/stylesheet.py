"""The one stylesheet of the application, made from the colours of `ui/tokens.py`.

Widgets ask for a look by the dynamic property `kind`, set before they are first shown:

- QWidget, QFrame: `panel` (a side of the window), `card` (a field's colour, rounded), `outline`,
  `bar` (floats over the canvas), `strip` (a bar with a line above). A plain QWidget also needs
  `WA_StyledBackground`.
- QPushButton: `primary`, `quiet` (no fill until hovered), `danger`, `link`; plain without a kind.
- QToolButton: icon only; checked it lies on the soft accent; `raised` has a fill.
- QLabel: `title`, `group` (11 px above a group), `second`, `small`, `danger`, `mark` (accent), `pill` (a word on
  a rounded ground), `blank` (where a picture would be).

An item view that is filled before it is shown must call `ensurePolished()` first, or Qt measures its items
without this sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template


def stylesheet(tokens: Mapping[str, str], icons: Mapping[str, str]) -> str:
    """The stylesheet with the colours of `tokens`, and the files of the icons it draws itself."""
    files = {f"icon_{name.replace('-', '_')}": path for name, path in icons.items()}
    return Template("".join(_PARTS)).substitute({**tokens, **files})


_SURFACES = """
QMainWindow, QDialog { background: $window; }
QWidget[kind="panel"], QDockWidget > QWidget { background: $panel; }
QWidget[kind="strip"] { background: $panel; border-top: 1px solid $line; }
QWidget[kind="bar"] { background: $panel; border: 1px solid $line; border-radius: 10px; }
QWidget[kind="card"] { background: $field; border: 1px solid $line; border-radius: 10px; }
QWidget[kind="outline"] { background: transparent; border: 1px solid $line; border-radius: 10px; }
QScrollArea, QScrollArea > QWidget > QWidget[kind="content"] { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QFrame[frameShape="4"], QFrame[frameShape="5"] { color: $line; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }
QStatusBar { background: $panel; color: $second; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QToolBar { background: $panel; border: none; border-bottom: 1px solid $line; spacing: 4px; padding: 4px; }
QToolTip { background: $raised; color: $text; border: 1px solid $edge; padding: 5px 7px; }
QGroupBox { border: 1px solid $line; border-radius: 10px; margin-top: 18px; padding: 12px; }
QGroupBox::title { subcontrol-origin: margin; left: 2px; color: $second; font-size: 11px; font-weight: 600; }
"""

_LABELS = """
QLabel { background: transparent; color: $text; }
QLabel:disabled { color: $third; }
QLabel[kind="title"] { font-size: 16px; font-weight: 600; }
QLabel[kind="group"] { color: $second; font-size: 11px; font-weight: 600; }
QLabel[kind="second"] { color: $second; }
QLabel[kind="small"] { color: $second; font-size: 11px; }
QLabel[kind="danger"] { color: $danger; }
QLabel[kind="mark"] { color: $accent; font-weight: 600; }
QLabel[kind="pill"] {
  background: $raised; color: $text; border-radius: 9px; padding: 2px 8px; font-size: 11px; max-height: 14px;
}
QLabel[kind="blank"] { background: $raised; border-radius: 8px; }
"""

_BUTTONS = """
QPushButton {
  background: $raised; color: $text; border: 1px solid $raised; border-radius: 9px;
  padding: 0 12px; min-height: 30px;
}
QPushButton:hover { background: $hover; border-color: $hover; }
QPushButton:pressed { background: $line; border-color: $line; }
QPushButton:checked { background: $accent_soft; border-color: $accent_soft; }
QPushButton:focus { border: 2px solid $accent; padding: 0 11px; min-height: 28px; }
QPushButton:disabled { background: $field; border-color: $line; color: $third; }
QPushButton[kind="primary"], QPushButton:default {
  background: $accent; border-color: $accent; color: $on_accent; font-weight: 600;
}
QPushButton[kind="primary"]:hover, QPushButton:default:hover {
  background: $accent_hover; border-color: $accent_hover;
}
QPushButton[kind="primary"]:focus, QPushButton:default:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled, QPushButton:default:disabled {
  background: $raised; border-color: $raised; color: $second;
}
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; color: $second; }
QPushButton[kind="quiet"]:hover { background: $raised; color: $text; }
QPushButton[kind="quiet"]:checked { background: $accent_soft; color: $text; }
QPushButton[kind="quiet"]:disabled { color: $third; }
QPushButton[kind="quiet"]:focus { border-color: $accent; }
QPushButton[kind="danger"] { color: $danger; }
QPushButton[kind="link"] {
  background: transparent; border: 1px solid transparent; border-radius: 5px; color: $accent;
  padding: 0 3px; min-height: 20px; text-align: left;
}
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid $accent; padding: 0 2px; min-height: 18px; }
QPushButton[kind="add"] {
  background: transparent; border: 1px dashed $third; border-radius: 14px; color: $second;
  padding: 0 11px 0 8px; min-height: 26px;
}
QPushButton[kind="add"]:hover { background: $raised; border-color: $second; color: $text; }
QPushButton[kind="add"]:focus { border: 2px solid $accent; padding: 0 10px 0 7px; min-height: 24px; }
QFrame[kind="segmented"] { background: $field; border: 1px solid $line; border-radius: 9px; }
QPushButton[kind="segment"] {
  background: transparent; border: 2px solid transparent; border-radius: 7px; color: $second;
  padding: 0; min-height: 22px;
}
QPushButton[kind="segment"]:hover { color: $text; }
QPushButton[kind="segment"]:checked { background: $raised; color: $text; font-weight: 600; }
QPushButton[kind="segment"]:focus { border-color: $accent; padding: 0; min-height: 22px; }
QPushButton[kind="segment"]:disabled { color: $third; }
QPushButton::menu-indicator { image: url($icon_chevron_down); width: 14px; right: 8px; }
QToolButton {
  background: transparent; color: $second; border: 2px solid transparent; border-radius: 8px; padding: 4px;
}
QToolButton:hover { background: $raised; color: $text; }
QToolButton:pressed { background: $line; }
QToolButton:checked { background: $accent_soft; color: $text; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $third; }
QToolButton[kind="raised"] { background: $raised; color: $text; }
QToolButton[kind="raised"]:hover { background: $hover; }
QToolButton[popupMode="2"]::menu-indicator { image: none; }
"""

_FIELDS = """
QLineEdit, QPlainTextEdit, QTextEdit, QTextBrowser, QAbstractSpinBox {
  background: $field; color: $text; border: 1px solid $line; border-radius: 9px; padding: 1px 9px;
  selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $third;
}
QLineEdit, QAbstractSpinBox { min-height: 28px; }
QPlainTextEdit, QTextEdit, QTextBrowser { padding: 7px 9px; border-radius: 10px; }
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover, QAbstractSpinBox:hover { border-color: $edge; }
QLineEdit:focus, QAbstractSpinBox:focus { border: 2px solid $accent; padding: 0 8px; }
QPlainTextEdit:focus, QTextEdit:focus, QTextBrowser:focus { border: 2px solid $accent; padding: 6px 8px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QAbstractSpinBox:disabled {
  color: $third; background: $panel;
}
QLineEdit[kind="bare"] { background: transparent; border: none; padding: 0; min-height: 0; }
QAbstractSpinBox { padding: 1px 22px 1px 9px; }
QAbstractSpinBox:focus { padding: 0 21px 0 8px; }
QAbstractSpinBox > QLineEdit, QAbstractSpinBox > QLineEdit:focus, QComboBox > QLineEdit {
  background: transparent; border: none; padding: 0 2px 0 7px; min-height: 0;
}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
  subcontrol-origin: border; width: 20px; height: 13px; border: none; background: transparent;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; top: 3px; right: 3px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; bottom: 3px; right: 3px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {
  background: $raised; border-radius: 4px;
}
QAbstractSpinBox::up-arrow { image: url($icon_chevron_up); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url($icon_chevron_down); width: 10px; height: 10px; }
QComboBox {
  background: $raised; color: $text; border: 1px solid $raised; border-radius: 9px; padding: 1px 10px;
  min-height: 28px;
}
QComboBox:hover { background: $hover; border-color: $hover; }
QComboBox:focus { border: 2px solid $accent; padding: 0 9px; }
QComboBox:disabled { color: $third; background: $field; border-color: $line; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url($icon_chevron_down); width: 14px; height: 14px; }
QComboBox QAbstractItemView {
  background: $panel; border: 1px solid $edge; border-radius: 0; padding: 4px; outline: none;
}
QCheckBox, QRadioButton { color: $text; spacing: 8px; min-height: 24px; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: $third; }
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator, QTreeView::indicator,
QMenu::indicator:non-exclusive {
  width: 14px; height: 14px; border: 2px solid $third; border-radius: 5px; background: $field;
}
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $text; }
QCheckBox::indicator:checked, QListView::indicator:checked, QTreeView::indicator:checked,
QMenu::indicator:non-exclusive:checked {
  background: $accent; border-color: $accent; image: url($icon_check);
}
QCheckBox::indicator:indeterminate {
  background: $accent; border-color: $accent; image: url($icon_minus);
}
QRadioButton::indicator:checked { background: $on_accent; border: 5px solid $accent; width: 8px; height: 8px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; background: $panel; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: $text; }
QSlider { min-height: 22px; background: transparent; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $edge; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::handle:horizontal {
  background: $text; width: 12px; height: 12px; margin: -6px 0; border-radius: 8px; border: 2px solid $panel;
}
QSlider::handle:horizontal:focus { border-color: $accent; }
QSlider::groove:vertical { width: 4px; border-radius: 2px; background: $edge; }
QSlider::add-page:vertical { width: 4px; border-radius: 2px; background: $accent; }
QSlider::handle:vertical {
  background: $text; width: 12px; height: 12px; margin: 0 -6px; border-radius: 8px; border: 2px solid $panel;
}
QSlider::handle:vertical:focus { border-color: $accent; }
QSlider::sub-page:disabled, QSlider::handle:disabled { background: $third; }
QProgressBar {
  background: $edge; border: none; border-radius: 2px; min-height: 4px; max-height: 4px; color: transparent;
}
QProgressBar::chunk { background: $accent; border-radius: 2px; }
"""

_LISTS = """
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 8px; }
QScrollBar:horizontal { height: 8px; }
QScrollBar::handle { background: $edge; border-radius: 2px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $third; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractItemView {
  background: $field; color: $text; border: 1px solid $line; border-radius: 9px; padding: 4px; outline: none;
  selection-background-color: $accent_soft; selection-color: $text; alternate-background-color: $panel;
}
QListView::item, QTreeView::item { border-radius: 6px; padding: 5px 8px; min-height: 20px; color: $text; }
QListView::item:hover, QTreeView::item:hover { background: $raised; }
QListView::item:selected, QTreeView::item:selected { background: $accent_soft; color: $text; }
QAbstractItemView:focus { border-color: $accent; }
QAbstractItemView[kind="bare"], QAbstractItemView[kind="bare"]:focus {
  background: transparent; border: none; padding: 0;
}
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:closed { image: url($icon_chevron_right); }
QTreeView::branch:has-children:open { image: url($icon_chevron_down); }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
  background: $panel; color: $second; border: none; border-bottom: 1px solid $line; padding: 6px 8px;
  font-size: 11px; font-weight: 600;
}
QTableCornerButton::section { background: $panel; border: none; }
QMenu { background: $panel; color: $text; border: 1px solid $edge; border-radius: 10px; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 10px; border-radius: 6px; }
QMenu::item:selected { background: $raised; }
QMenu::item:disabled { color: $third; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { margin-left: 5px; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QMenu::right-arrow { image: url($icon_chevron_right); width: 14px; height: 14px; right: 6px; }
QMenuBar { background: $panel; color: $text; border-bottom: 1px solid $line; padding: 2px 6px; }
QMenuBar::item { background: transparent; padding: 5px 9px; border-radius: 6px; }
QMenuBar::item:selected { background: $raised; }
QTabWidget::pane { border: none; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab {
  background: transparent; color: $second; border: 2px solid transparent; border-radius: 8px;
  padding: 5px 11px; margin-right: 2px;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { background: $raised; color: $text; }
QTabBar::tab:focus { border-color: $accent; }
QTabBar QToolButton { background: $panel; }
QDialogButtonBox { button-layout: 2; }
QMessageBox QLabel { min-width: 280px; }
"""

_PARTS = (_SURFACES, _LABELS, _BUTTONS, _FIELDS, _LISTS)
