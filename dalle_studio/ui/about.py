"""About the studio: version, licences, and whose art and fonts are inside."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from dalle_studio import __version__
from dalle_studio.core.model import Model
from dalle_studio.storage.paths import resources_dir
from dalle_studio.ui.buttons import TextButton
from dalle_studio.ui.language import tr
from dalle_studio.ui.theme import Theme, app_icon

_LIBRARIES = (
    "**PyTorch** (BSD-3-Clause), **Diffusers**, **Transformers**, **Safetensors** (Apache-2.0), "
    "**NumPy** (BSD-3-Clause), **Pillow** (MIT-CMU)"
)


class AboutBox(QDialog):
    """Who made what, under which licence."""

    def __init__(self, model: Model, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("about")
        self.setWindowTitle(tr("About Dalle Studio"))
        self.resize(600, 560)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(14)
        column.addLayout(self._head())
        text = QTextBrowser()
        text.setAccessibleName(tr("Licences"))
        text.setOpenExternalLinks(False)
        text.setMarkdown(about_text(model))
        column.addWidget(text)
        close = TextButton(theme, tr("Close"), kind="primary")
        close.clicked.connect(self.accept)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def _head(self) -> QHBoxLayout:
        mark, name = QLabel(), QLabel("Dalle Studio")
        mark.setPixmap(app_icon().pixmap(QSize(48, 48), self.devicePixelRatioF()))
        name.setProperty("kind", "title")
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(mark)
        row.addWidget(name)
        row.addStretch(1)
        return row


def about_text(model: Model) -> str:
    """Markdown: the parts and their licences, and the notices of the model's art."""
    parts = (
        f"**Dalle Studio** {__version__}, Apache License 2.0",
        tr(
            "**{model}**, version {version}: {licence}",
            model=model.label,
            version=model.version,
            licence=model.licence.name,
        ),
        tr("**Qt for Python (PySide6)**, LGPL-3.0: you may replace its libraries with your own build"),
        tr("**Lucide** icons, ISC · **Inter** and **Noto Sans SC** fonts, SIL Open Font License 1.1"),
        _LIBRARIES,
    )
    listed = "\n".join(f"- {part}" for part in parts)
    notices = [
        folder / name
        for folder, name in ((model.folder, "NOTICE.md"), (resources_dir() / "icons", "README.md"))
    ]
    texts = (path.read_text("utf-8") for path in notices if path.is_file())
    return "\n\n".join([listed, tr("Nothing you make leaves this computer."), *texts])
