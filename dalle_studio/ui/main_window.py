"""The main window: lays the panels out, and connects what they want with the studio."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, Qt, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from dalle_studio.core.errors import InvalidRequest, StudioError
from dalle_studio.core.picture import Picture
from dalle_studio.state.candidate import CandidateState
from dalle_studio.state.stroke import Tool
from dalle_studio.state.studio import Studio
from dalle_studio.storage.pictures.row import Row
from dalle_studio.ui.about import AboutBox
from dalle_studio.ui.actions import make_actions
from dalle_studio.ui.buttons import TextButton
from dalle_studio.ui.candidates_strip import CandidatesStrip
from dalle_studio.ui.centre import Centre
from dalle_studio.ui.composer_panel import ComposerPanel
from dalle_studio.ui.dialogs import ask_export, ask_folder, ask_mask_target, ask_picture
from dalle_studio.ui.gallery_panel import GalleryPanel
from dalle_studio.ui.notices_view import NoticesView
from dalle_studio.ui.pixels import image_of, picture_of
from dalle_studio.ui.project_commands import ProjectCommands
from dalle_studio.ui.recipe_panel import RecipePanel
from dalle_studio.ui.shortcut_sheet import ShortcutSheet
from dalle_studio.ui.speech_controls import MicrophoneButton, SpeechBar
from dalle_studio.ui.status_bar import StatusBar, duration_text
from dalle_studio.ui.theme import Scheme, Theme
from dalle_studio.ui.thumbnails import Thumbnails
from dalle_studio.ui.top_bar import TopBar
from dalle_studio.ui.vary_panel import VaryPanel

SIDE_PX = 316
_ENCODED = ("image/png", "image/jpeg", "image/webp", "image/tiff", "image/gif", "image/bmp")
"""Kinds in which other programs hand pictures over."""
FIRST_PROMPT = "an astronaut riding a horse in outer space"


class MainWindow(QMainWindow):
    """The studio's window.

    Args:
        studio: all state.
        theme: the look.
    """

    def __init__(self, studio: Studio, theme: Theme) -> None:
        super().__init__()
        self._studio, self._theme = studio, theme
        self.setAcceptDrops(True)
        self.commands = make_actions(self, theme)
        self.thumbnails = Thumbnails(studio.gallery, self)
        self._lay_out()
        projects = ProjectCommands(studio, self.commands, theme, self)
        self.top.set_menu(projects.menu)
        self._add_first_steps()
        self._connect_commands()
        self._connect_panels()
        self.notices = NoticesView(studio.notices, theme, self.centre)
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
        self.composer.add_speech(MicrophoneButton(studio.speech, theme), SpeechBar(studio.speech, theme))
        self.centre = Centre(studio, theme)
        self.strip = CandidatesStrip(studio.candidates, theme)
        self.gallery = GalleryPanel(studio.gallery, self.thumbnails, theme)
        self.recipe = RecipePanel(studio.gallery, self.thumbnails, theme)
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
        opened.setToolTip("Open a picture or a painting from a file, to vary it or to paint on it")
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
            "import": self._import,
            "paste": self._paste,
            "copy": self._copy,
            "export": partial(self._export, with_recipe=False),
            "export_recipe": partial(self._export, with_recipe=True),
            "search": self.gallery.focus_search,
            "undo": studio.history.undo,
            "redo": studio.history.redo,
            "prompt": self.composer.prompt.setFocus,
            "speak": studio.speech.toggle,
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
        studio.speech.said.connect(self.composer.take_words)
        self.strip.shown.connect(studio.look_at)
        self.strip.vary_wanted.connect(studio.vary_candidate)
        self.strip.place_wanted.connect(studio.place_into)
        self.strip.sheet_wanted.connect(studio.save_contact_sheet)
        self.gallery.open_wanted.connect(studio.open)
        self.gallery.vary_wanted.connect(studio.vary_file)
        self.gallery.place_wanted.connect(studio.open)
        self.gallery.compare_wanted.connect(studio.compare_with)
        self.gallery.blend_wanted.connect(studio.blend_with_file)
        self.vary.choose_wanted.connect(self._choose_blend)
        self.gallery.export_wanted.connect(self._export_file)
        self.gallery.copy_wanted.connect(self._copy_file)
        self.gallery.import_wanted.connect(self._import)
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
        studio.documents.changed.connect(self._show_name)
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
        self._show_name()
        if picture is None:
            self.top.show_zoom(None)
        for name in (
            "vary",
            "upscale",
            "copy",
            "export",
            "export_recipe",
            "zoom_in",
            "zoom_out",
            "zoom_to_fit",
            "zoom_to_100",
        ):
            self.commands[name].setEnabled(picture is not None)

    @Slot()
    def _show_name(self) -> None:
        documents = self._studio.documents
        self.top.show_title(documents.name, documents.is_changed)

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
    def _import(self) -> None:
        folder = ask_folder(self, "Import a folder of pictures")
        if folder is not None:
            self._studio.gallery.import_folder(folder)

    @Slot()
    def _choose_blend(self) -> None:
        path = ask_picture(self, "Choose a picture to blend in")
        if path is not None:
            self._studio.blend_with_file(path)

    def _paste(self) -> None:
        if not self._take(QGuiApplication.clipboard().mimeData() or QMimeData()):  # None where it is empty
            error = InvalidRequest(
                "There is no picture on the clipboard.", "Copy one in another program first."
            )
            self._studio.notices.tell_error(error, key="paste")

    def _copy(self) -> None:
        picture = self._looked_at()
        if picture is not None:
            self._put_on_clipboard(picture)

    def _export(self, *, with_recipe: bool) -> None:
        """What is looked at, whether it is in the gallery or not."""
        picture = self._looked_at()
        if picture is not None:
            self._export_as(picture, Path(picture.name).stem, with_recipe)

    @Slot(object)
    @Slot(object, bool)
    def _export_file(self, path: Path, with_recipe: bool = False) -> None:
        self._export_as(path, path.stem, with_recipe)

    def _export_as(self, source: Path | Picture, stem: str, with_recipe: bool) -> None:
        with_recipe = with_recipe or self._studio.preferences.value.adds_recipe
        target = ask_export(self, stem, with_recipe=with_recipe)
        if target is not None:
            self._studio.exports.export(source, target, with_recipe=with_recipe)

    @Slot(object)
    def _copy_file(self, path: Path) -> None:
        self._studio.files.open(path, self._put_on_clipboard)

    def _put_on_clipboard(self, picture: Picture) -> None:
        QGuiApplication.clipboard().setImage(image_of(picture))
        self._studio.notices.tell("Copied.", key="copy")

    @Slot()
    def _import_mask(self) -> None:
        path = ask_picture(self, "Import a mask: white = make it here")
        if path is not None:
            self._studio.masks.open(path)

    @Slot()
    def _export_mask(self) -> None:
        path = ask_mask_target(self)
        if path is not None:
            self._studio.masks.save(path)

    @Slot(object)
    def _remix(self, entry: Row) -> None:
        self._studio.use(entry, seed=False)

    @Slot(object)
    def _use_all(self, entry: Row) -> None:
        self._studio.use(entry, seed=True)

    @Slot(object)
    def _use_seed(self, entry: Row) -> None:
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
        self._studio.preferences.change(scheme=str(self._theme.scheme))

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
        data = event.mimeData()
        if data.hasUrls() or data.hasImage() or any(data.hasFormat(kind) for kind in _ENCODED):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show what was dropped."""
        event.acceptProposedAction()
        if not self._take(event.mimeData()):
            error = InvalidRequest(
                "What was dropped is no picture on this computer.", "Save it as a file first."
            )
            self._studio.notices.tell_error(error, key="open")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window, end the work; finished pictures are saved first."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self._studio.preferences.change(geometry=geometry)
        self.thumbnails.close()
        self._studio.close()
        super().closeEvent(event)

    def _take(self, data: QMimeData) -> bool:
        """Show the first local file, or else the image, or import the folder; say whether there was any."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        kind = next((kind for kind in _ENCODED if data.hasFormat(kind)), None)
        image = data.imageData() if data.hasImage() and not files and not kind else None
        if files:
            if files[0].is_dir():
                self._studio.gallery.import_folder(files[0])
            else:
                self._studio.open_first(files)
        elif kind:  # another program's: decoded where it can do no harm
            self._studio.show_bytes(bytes(data.data(kind).data()), "pasted picture")
        elif isinstance(image, QImage) and not image.isNull():
            self._studio.show_later(lambda: picture_of(image, "pasted picture"))
        else:
            return False
        return True

    def _restore(self) -> None:
        geometry = self._studio.preferences.value.geometry
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))


def _column(*widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget)
    return column
