"""Where files are asked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from dalle_studio.ui.language import tr

_KINDS = "*.png *.jpg *.jpeg *.webp *.tif *.tiff *.gif *.bmp"
_EXPORTED = "PNG (*.png);;JPEG (*.jpg);;WebP (*.webp)"


def ask_picture(parent: QWidget, title: str) -> Path | None:
    """A picture to open; None where nothing was chosen."""
    name, _ = QFileDialog.getOpenFileName(parent, title, "", _kinds(tr("Pictures ({kinds})", kinds=_KINDS)))
    return Path(name) if name else None


def ask_model(parent: QWidget) -> Path | None:
    """A model in one file; None where nothing was chosen."""
    kinds = _kinds(tr("Models ({kinds})", kinds="*.safetensors"))
    name, _ = QFileDialog.getOpenFileName(parent, tr("Import a model from a file"), "", kinds)
    return Path(name) if name else None


def ask_folder(parent: QWidget, title: str) -> Path | None:
    """A folder; None where nothing was chosen."""
    name = QFileDialog.getExistingDirectory(parent, title)
    return Path(name) if name else None


def ask_file(parent: QWidget) -> Path | None:
    """A project or a picture to open; None where nothing was chosen."""
    kinds = _kinds(
        tr("Projects and pictures ({kinds})", kinds=f"*.ora {_KINDS}"),
        tr("Projects ({kinds})", kinds="*.ora *.ora~"),
    )
    name, _ = QFileDialog.getOpenFileName(parent, tr("Open a project or a picture"), "", kinds)
    return Path(name) if name else None


def ask_project_target(parent: QWidget, suggested: Path) -> Path | None:
    """Where to save a project; None where nothing was chosen. Asks before a file is replaced."""
    dialog = QFileDialog(parent, tr("Save the project"), str(suggested.parent), "OpenRaster (*.ora)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("ora")
    dialog.selectFile(suggested.name)
    is_chosen = dialog.exec() == QFileDialog.DialogCode.Accepted
    names = dialog.selectedFiles()
    dialog.deleteLater()
    return Path(names[0]) if is_chosen and names else None


def ask_certificate(parent: QWidget) -> Path | None:
    """A certificate with its key; None where nothing was chosen."""
    kinds = _kinds(tr("Certificate and key ({kinds})", kinds="*.pem"))
    name, _ = QFileDialog.getOpenFileName(parent, tr("A certificate of your own, with its key"), "", kinds)
    return Path(name) if name else None


def ask_export(parent: QWidget, stem: str, *, with_recipe: bool) -> Path | None:
    """Where to export a picture to, with the ending of its format; None where nothing was chosen."""
    title = tr("Export with recipe") if with_recipe else tr("Export without recipe")
    name, chosen = QFileDialog.getSaveFileName(parent, title, stem, _EXPORTED)
    if not name:
        return None
    target = Path(name)
    return target if target.suffix else target.with_suffix("." + chosen.split("*.")[-1].rstrip(")"))


def ask_mask_target(parent: QWidget) -> Path | None:
    """Where to write a mask; None where nothing was chosen."""
    name, _ = QFileDialog.getSaveFileName(parent, tr("Export the mask"), "mask.png", "PNG (*.png)")
    return Path(name) if name else None


def _kinds(*filters: str) -> str:
    """As Qt writes them; all files are among them."""
    return ";;".join((*filters, tr("All files ({kinds})", kinds="*")))
