"""The main window: lays the panels out, and connects what they want with the studio."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, Qt, QUrl, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from dalle_studio.core.errors import InvalidRequest, StudioError
from dalle_studio.core.picture import Picture
from dalle_studio.state.candidates import CandidateState
from dalle_studio.state.entry import Entry
from dalle_studio.state.stroke import Tool
from dalle_studio.state.studio import Studio
from dalle_studio.ui.about import AboutBox
from dalle_studio.ui.actions import make_actions
from dalle_studio.ui.buttons import TextButton
from dalle_studio.ui.candidates_strip import CandidatesStrip
from dalle_studio.ui.centre import Centre
from dalle_studio.ui.composer_panel import ComposerPanel
from dalle_studio.ui.gallery_panel import GalleryPanel
from dalle_studio.ui.notices_view import NoticesView
from dalle_studio.ui.pixels import image_of, picture_of
from dalle_studio.ui.recipe_panel import RecipePanel
from dalle_studio.ui.shortcut_sheet import ShortcutSheet
from dalle_studio.ui.status_bar import StatusBar, duration_text
from dalle_studio.ui.theme import Scheme, Theme
from dalle_studio.ui.thumbnails import Thumbnails
from dalle_studio.ui.top_bar import TopBar
from dalle_studio.ui.vary_panel import VaryPanel

SIDE_PX = 316
FIRST_PROMPT = "an astronaut riding a horse in outer space"
_OPENED = "Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.gif *.bmp);;All files (*)"
_EXPORTED = "PNG (*.png);;JPEG (*.jpg);;WebP (*.webp)"


class MainWindow(QMainWindow):
    """The studio's window.

    Args:
        studio: all state.
        theme: the look.
        settings: where the window's place and the scheme are remembered; None remembers nothing.
    """

    def __init__(self, studio: Studio, theme: Theme, settings: QSettings | None = None) -> None:
        super().__init__()
        self._studio, self._theme, self._settings = studio, theme, settings
        self.setWindowTitle("Dalle Studio")
        self.setAcceptDrops(True)
        self.commands = make_actions(self, theme)
        self._thumbnails = Thumbnails(self)
        self._lay_out()
        self._add_first_steps()
        self._connect_commands()
        self._connect_panels()
        self.notices = NoticesView(studio.notices, theme, self.centre.view)
        self._show_due()
        self._show_canvas()
        self._restore()
        self.composer.prompt.setFocus()

    # Layout

    def _lay_out(self) -> None:
        studio, theme = self._studio, self._theme
        self.top = TopBar(self.commands, studio.model.label, theme)
        self.composer = ComposerPanel(studio.composer, theme)
        self.vary = VaryPanel(studio, theme)
        self.composer.add_to_foot(self.vary)
        self.centre = Centre(studio, theme)
        self.strip = CandidatesStrip(studio.candidates, theme)
        self.gallery = GalleryPanel(studio.gallery, self._thumbnails, theme)
        self.recipe = RecipePanel(studio.gallery, self._thumbnails, theme)
        self.status = StatusBar(studio.jobs, theme)
        self.status.set_engine_text(f"{studio.model.label} · on this computer, offline")
        middle = _column(self.centre, self.strip)
        middle.setStretch(0, 1)
        right = QWidget()
        right.setProperty("kind", "panel")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        right.setFixedWidth(SIDE_PX)
        side = _column(self.gallery, self.recipe)
        side.setStretch(0, 1)
        right.setLayout(side)
        work = QHBoxLayout()
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(0)
        work.addWidget(self.composer)
        work.addLayout(middle, 1)
        work.addWidget(right)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addLayout(work, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)
        self.setMinimumSize(1080, 640)
        self.resize(1440, 900)

    def _add_first_steps(self) -> None:
        first = TextButton(self._theme, "Make a first picture", kind="primary", icon="sparkles")
        first.setObjectName("first_picture")
        first.setToolTip(f"Makes “{FIRST_PROMPT}”")
        first.clicked.connect(self._make_first)
        opened = TextButton(self._theme, "Open a picture", icon="folder-open")
        opened.setObjectName("open_first")
        opened.clicked.connect(self.commands["open"].trigger)
        for button in (first, opened):
            self.centre.view.empty.add(button)

    def _connect_commands(self) -> None:
        studio, view = self._studio, self.centre.view
        does = {
            "make": studio.make,
            "vary": studio.vary,
            "upscale": studio.upscale,
            "surprise": studio.composer.surprise,
            "cancel": self.status.cancel,
            "open": self._open,
            "paste": self._paste,
            "copy": self._copy,
            "export": self._export,
            "search": self.gallery.focus_search,
            "undo": studio.history.undo,
            "redo": studio.history.redo,
            "prompt": self.composer.prompt.setFocus,
            "new_region": self._add_region,
            "zoom_in": view.zoom_in,
            "zoom_out": view.zoom_out,
            "zoom_to_fit": view.zoom_to_fit,
            "zoom_to_100": view.zoom_to_100,
            "next": partial(self._flip, 1),
            "previous": partial(self._flip, -1),
            "theme": self._switch_theme,
            "shortcuts": self._show_shortcuts,
            "about": self._show_about,
            **{f"tool_{tool}": partial(studio.canvas.set_tool, tool) for tool in Tool},
        }
        for name, do in does.items():
            self.commands[name].triggered.connect(lambda _=False, do=do: do())

    def _connect_panels(self) -> None:
        studio, centre = self._studio, self.centre
        self.composer.generate_wanted.connect(studio.make)
        self.strip.shown.connect(studio.look_at)
        self.strip.vary_wanted.connect(studio.vary_candidate)
        self.strip.place_wanted.connect(studio.place_into)
        self.strip.sheet_wanted.connect(studio.save_contact_sheet)
        self.gallery.open_wanted.connect(studio.open)
        self.gallery.vary_wanted.connect(self._vary_file)
        self.gallery.place_wanted.connect(studio.open)
        self.gallery.compare_wanted.connect(studio.compare_with)
        self.gallery.blend_wanted.connect(studio.blend_with_file)
        self.vary.choose_wanted.connect(self._choose_blend)
        self.gallery.export_wanted.connect(self._export_file)
        self.gallery.copy_wanted.connect(self._copy_file)
        self.recipe.export_wanted.connect(self._export_file)
        self.recipe.remix_wanted.connect(self._remix)
        self.recipe.use_all_wanted.connect(self._use_all)
        self.recipe.use_seed_wanted.connect(self._use_seed)
        centre.brush.import_wanted.connect(self._import_mask)
        centre.brush.export_wanted.connect(self._export_mask)
        for source in (centre.brush, centre.view, centre.frame):
            source.refused.connect(studio.notices.tell_error)
        centre.view.zoom_changed.connect(self.top.show_zoom)
        studio.changed.connect(self._show_due)
        studio.changed.connect(self._show_canvas)
        studio.history.changed.connect(self._show_history)
        studio.candidates.updated.connect(self._show_preview)
        studio.candidates.changed.connect(self._end_preview)
        self._show_history()

    # Showing

    @Slot()
    def _show_due(self) -> None:
        due = self._studio.due
        cost = self._studio.seconds_per_picture
        estimate = (
            f"about {duration_text(cost * due.pictures)} on this computer" if cost and due.pictures else ""
        )
        self.composer.set_primary(due.text, due.hint, estimate, due.is_possible)

    @Slot()
    def _show_canvas(self) -> None:
        studio = self._studio
        viewed = studio.viewed
        self.centre.view.show_preview(viewed.picture.pixels if viewed and viewed.picture else None)
        picture = studio.canvas.picture
        self.top.show_title(picture.name if picture else "")
        for name in (
            "vary",
            "upscale",
            "copy",
            "export",
            "zoom_in",
            "zoom_out",
            "zoom_to_fit",
            "zoom_to_100",
        ):
            self.commands[name].setEnabled(picture is not None)

    @Slot(int)
    def _show_preview(self, number: int) -> None:
        """The first of the pictures being made can be watched on an empty canvas."""
        studio = self._studio
        tile = next((each for each in studio.candidates.candidates if each.number == number), None)
        if tile is not None and studio.canvas.picture is None and tile.index == 0 and tile.picture is None:
            self.centre.view.show_preview(tile.preview)

    @Slot()
    def _end_preview(self) -> None:
        """What is not made any more, cancelled perhaps, cannot be watched either."""
        tiles = self._studio.candidates.candidates
        is_making = any(tile.state in (CandidateState.WAITING, CandidateState.MAKING) for tile in tiles)
        if self._studio.canvas.picture is None and not is_making:
            self.centre.view.show_preview(None)

    @Slot()
    def _show_history(self) -> None:
        history = self._studio.history
        for name, label in (("undo", history.undo_label), ("redo", history.redo_label)):
            self.commands[name].setEnabled(label is not None)
            self.commands[name].setText(f"{name.capitalize()} {label}" if label else name.capitalize())

    # Commands

    @Slot()
    def _make_first(self) -> None:
        if not self._studio.composer.value.sentence:
            self._studio.composer.set_text(FIRST_PROMPT)
        self._studio.make()

    @Slot()
    def _open(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Open a picture", "", _OPENED)
        if name:
            self._studio.open(Path(name))

    @Slot()
    def _choose_blend(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Choose a picture to blend in", "", _OPENED)
        if name:
            self._studio.blend_with_file(Path(name))

    def _paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        if not self._take(data.urls(), data.imageData() if data.hasImage() else None):
            error = InvalidRequest(
                "There is no picture on the clipboard.", "Copy one in another program first."
            )
            self._studio.notices.tell_error(error, key="paste")

    def _copy(self) -> None:
        picture = self._looked_at()
        if picture is not None:
            QGuiApplication.clipboard().setImage(image_of(picture))
            self._studio.notices.tell("Copied.", key="copy")

    def _export(self) -> None:
        selected, current = self._studio.gallery.selected, self._studio.candidates.current
        path = current.path if current and current.path else selected.path if selected else None
        if path is None:
            error = InvalidRequest("Nothing is chosen to export.", "Choose a picture in the gallery first.")
            self._studio.notices.tell_error(error, key="export")
        else:
            self._export_file(path)

    @Slot(object)
    def _export_file(self, path: Path) -> None:
        name, chosen = QFileDialog.getSaveFileName(self, "Export", path.stem, _EXPORTED)
        if name:
            target = Path(name)
            suffix = "." + chosen.split("*.")[-1].rstrip(")") if not target.suffix else target.suffix
            self._studio.gallery.export(path, target.with_suffix(suffix), with_recipe=False)

    @Slot(object)
    def _copy_file(self, path: Path) -> None:
        picture = self._studio.read(path)
        if picture is not None:
            QGuiApplication.clipboard().setImage(image_of(picture))

    @Slot(object)
    def _vary_file(self, path: Path) -> None:
        picture = self._studio.open(path)
        if picture is not None:
            self._studio.vary(picture)

    @Slot()
    def _import_mask(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Import a mask: white = make it here", "", _OPENED)
        if name:
            self._studio.import_mask(Path(name))

    @Slot()
    def _export_mask(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Export the mask", "mask.png", "PNG (*.png)")
        if name:
            self._studio.export_mask(Path(name))

    @Slot(object)
    def _remix(self, entry: Entry) -> None:
        self._studio.use(entry, seed=False)

    @Slot(object)
    def _use_all(self, entry: Entry) -> None:
        self._studio.use(entry, seed=True)

    @Slot(object)
    def _use_seed(self, entry: Entry) -> None:
        self._studio.use(entry, seed=True, prompt=False)

    def _add_region(self) -> None:
        try:
            self._studio.canvas.add_region()
        except StudioError as error:
            self._studio.notices.tell_error(error, key="due")

    def _flip(self, by: int) -> None:
        self._studio.candidates.step(by)
        if self._studio.candidates.current is not None:
            self._studio.look_at(self._studio.candidates.current.number)

    def _switch_theme(self) -> None:
        self._theme.choose(Scheme.LIGHT if self._theme.dark else Scheme.DARK)
        if self._settings is not None:
            self._settings.setValue("scheme", str(self._theme.scheme))

    def _show_shortcuts(self) -> None:
        ShortcutSheet(self._theme, self).open()

    def _show_about(self) -> None:
        AboutBox(self._studio.model, self._theme, self).open()

    def _looked_at(self) -> Picture | None:
        viewed = self._studio.viewed
        return viewed.picture if viewed else self._studio.canvas.picture

    # Qt's events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and images may be dropped anywhere."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show what was dropped."""
        data = event.mimeData()
        event.acceptProposedAction()
        if not self._take(data.urls(), data.imageData() if data.hasImage() else None):
            error = InvalidRequest(
                "What was dropped is no picture on this computer.", "Save it as a file first."
            )
            self._studio.notices.tell_error(error, key="open")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window, end the work; finished pictures are saved first."""
        if self._settings is not None:
            self._settings.setValue("geometry", self.saveGeometry())
        self._studio.close()
        self._thumbnails.close()
        super().closeEvent(event)

    def _take(self, urls: Sequence[QUrl], image: object) -> bool:
        """Show the first local file, or else the image; say whether there was either."""
        for url in urls:
            if url.isLocalFile():
                self._studio.open(Path(url.toLocalFile()))
                return True
        if isinstance(image, QImage) and not image.isNull():
            self._studio.show(picture_of(image, "pasted picture"))
            return True
        return False

    def _restore(self) -> None:
        geometry = self._settings.value("geometry") if self._settings is not None else None
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)


def _column(*widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget)
    return column
