"""Where files are asked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

_KINDS = "*.png *.jpg *.jpeg *.webp *.tif *.tiff *.gif *.bmp"
_OPENED = f"Pictures ({_KINDS});;All files (*)"
_ANY = f"Projects and pictures (*.ora {_KINDS});;Projects (*.ora *.ora~);;All files (*)"
_EXPORTED = "PNG (*.png);;JPEG (*.jpg);;WebP (*.webp)"


def ask_picture(parent: QWidget, title: str) -> Path | None:
    """A picture to open; None where nothing was chosen."""
    name, _ = QFileDialog.getOpenFileName(parent, title, "", _OPENED)
    return Path(name) if name else None


def ask_model(parent: QWidget) -> Path | None:
    """A model in one file; None where nothing was chosen."""
    kinds = "Models (*.safetensors);;All files (*)"
    name, _ = QFileDialog.getOpenFileName(parent, "Import a model from a file", "", kinds)
    return Path(name) if name else None


def ask_folder(parent: QWidget, title: str) -> Path | None:
    """A folder; None where nothing was chosen."""
    name = QFileDialog.getExistingDirectory(parent, title)
    return Path(name) if name else None


def ask_file(parent: QWidget) -> Path | None:
    """A project or a picture to open; None where nothing was chosen."""
    name, _ = QFileDialog.getOpenFileName(parent, "Open a project or a picture", "", _ANY)
    return Path(name) if name else None


def ask_project_target(parent: QWidget, suggested: Path) -> Path | None:
    """Where to save a project; None where nothing was chosen. Asks before a file is replaced."""
    dialog = QFileDialog(parent, "Save the project", str(suggested.parent), "OpenRaster (*.ora)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("ora")
    dialog.selectFile(suggested.name)
    is_chosen = dialog.exec() == QFileDialog.DialogCode.Accepted
    names = dialog.selectedFiles()
    dialog.deleteLater()
    return Path(names[0]) if is_chosen and names else None


def ask_certificate(parent: QWidget) -> Path | None:
    """A certificate with its key; None where nothing was chosen."""
    kinds = "Certificate and key (*.pem);;All files (*)"
    name, _ = QFileDialog.getOpenFileName(parent, "A certificate of your own, with its key", "", kinds)
    return Path(name) if name else None


def ask_export(parent: QWidget, stem: str, *, with_recipe: bool) -> Path | None:
    """Where to export a picture to, with the ending of its format; None where nothing was chosen."""
    title = "Export with recipe" if with_recipe else "Export without recipe"
    name, chosen = QFileDialog.getSaveFileName(parent, title, stem, _EXPORTED)
    if not name:
        return None
    target = Path(name)
    return target if target.suffix else target.with_suffix("." + chosen.split("*.")[-1].rstrip(")"))


def ask_mask_target(parent: QWidget) -> Path | None:
    """Where to write a mask; None where nothing was chosen."""
    name, _ = QFileDialog.getSaveFileName(parent, "Export the mask", "mask.png", "PNG (*.png)")
    return Path(name) if name else None
