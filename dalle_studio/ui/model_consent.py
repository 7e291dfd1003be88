"""What a licence asks for, before anything is fetched; and who the hub wants to know."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from dalle_studio.core.sentence import Bytes, say
from dalle_studio.state.models import Models
from dalle_studio.state.shelf import Item
from dalle_studio.ui.buttons import TextButton
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.model_parts import LICENCES, IconLabel
from dalle_studio.ui.theme import Theme, app_font

_GATED = say(
    "Its makers want to know who takes it: agree on its page, then make a token with read access in your"
    " settings there and paste it here. It is kept in this system's keyring."
)


class Consent(QFrame):
    """Licence, terms and link; where the makers ask for a name, the token; then Download.

    Signals:
        licence_wanted(str): that address is to be opened.
        closed(): not now.
    """

    licence_wanted = Signal(str)
    closed = Signal()

    def __init__(self, models: Models, theme: Theme, item: Item) -> None:
        super().__init__()
        self._models, self._theme, self._item = models, theme, item
        self.setObjectName(f"consent_{item.name}")
        self.setAccessibleName(tr("Licence of {model}", model=item.label))
        self.setProperty("kind", "outline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addLayout(self._head())
        terms = _wrapped(item.licence.terms)
        column.addWidget(terms)
        terms.setVisible(bool(item.licence.terms))
        column.addWidget(self._gate())
        column.addLayout(self._buttons())
        self.show_item(item)

    def _head(self) -> QHBoxLayout:
        icon, role, words = LICENCES[self._item.licence.commercial]
        name = QLabel(f"{told(self._item.licence.name)} · {told(words)}")
        name.setObjectName(f"licence_{self._item.name}")
        name.setFont(app_font(13, bold=True))
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel(self._theme, icon, role, 16), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(name, 1)
        return head

    def _gate(self) -> QWidget:
        self.gate = QWidget()
        self.token = QLineEdit()
        self.token.setObjectName(f"token_{self._item.name}")
        self.token.setAccessibleName(tr("Token of the hub"))
        self.token.setPlaceholderText("hf_…")
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.token.returnPressed.connect(self._keep)
        self.token.textChanged.connect(self._show_keep)
        self.keep = TextButton(self._theme, tr("Keep"), icon="key-round")
        self.keep.setObjectName(f"keep_token_{self._item.name}")
        self.keep.setAccessibleName(tr("Keep the token in the keyring"))
        self.keep.setToolTip(tr("Keep the token in this system's keyring"))
        self.keep.setEnabled(False)
        self.keep.clicked.connect(self._keep)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.token, 1)
        row.addWidget(self.keep)
        column = QVBoxLayout(self.gate)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(6)
        column.addWidget(_wrapped(_GATED))
        column.addLayout(row)
        return self.gate

    def _buttons(self) -> QHBoxLayout:
        name, size = self._item.name, Bytes(self._item.size_bytes)
        words = tr("Download {size}", size=size) if size else tr("Download")
        self.download = TextButton(self._theme, words, kind="primary", icon="download")
        self.download.setObjectName(f"download_{name}")
        words = tr("Download {model} under this licence", model=self._item.label)
        self.download.setAccessibleName(words)
        self.download.clicked.connect(self._download)
        later = TextButton(self._theme, tr("Not now"), kind="quiet")
        later.setObjectName(f"later_{name}")
        later.setToolTip(tr("Close this; nothing is downloaded"))
        later.clicked.connect(self.closed)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.download)
        buttons.addWidget(later)
        buttons.addStretch(1)
        for what, text, address in (
            ("licence", tr("Read the licence"), self._item.licence.url),
            ("homepage", tr("Its page"), self._item.entry.homepage if self._item.entry else ""),
        ):
            if address:
                buttons.addWidget(self._link(what, text, address))
        return buttons

    def _link(self, what: str, text: str, address: str) -> TextButton:
        link = TextButton(self._theme, text, kind="link", icon="external-link")
        link.setObjectName(f"{what}_link_{self._item.name}")
        link.setAccessibleName(tr("{name}: {text}", name=text, text=address))
        link.setToolTip(tr("Opens {address} in the browser", address=address))
        link.clicked.connect(lambda: self.licence_wanted.emit(address))
        return link

    def show_item(self, item: Item) -> None:
        """Show whether the makers still have to be told who takes it."""
        entry = item.entry
        is_locked = entry is not None and entry.gated and not self._models.value.has_token
        self.gate.setVisible(is_locked)
        self.download.setEnabled(not is_locked)
        self.download.setToolTip(
            tr("Keep a token first")
            if is_locked
            else tr("Take it under this licence; the download can be paused")
        )

    @Slot()
    def _show_keep(self) -> None:
        self.keep.setEnabled(bool(self.token.text().strip()))

    @Slot()
    def _keep(self) -> None:
        self._models.keep_token(self.token.text())
        self.token.clear()

    @Slot()
    def _download(self) -> None:
        self._models.install(self._item.name)


def _wrapped(text: str) -> QLabel:
    label = QLabel(told(text))
    label.setProperty("kind", "second")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
