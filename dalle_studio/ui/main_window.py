"""The main window: lays the panels out, and connects what they want with the studio."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QByteArray, Qt, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from dalle_studio.core.errors import StudioError
from dalle_studio.core.model import Ability
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
from dalle_studio.ui.dialogs import ask_mask_target, ask_picture
from dalle_studio.ui.edit_panel import EditPanel
from dalle_studio.ui.gallery_panel import GalleryPanel
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.language_menu import LanguageMenu
from dalle_studio.ui.model_commands import ModelCommands, Stage
from dalle_studio.ui.model_menu import ModelButton
from dalle_studio.ui.notices_view import NoticesView
from dalle_studio.ui.picture_commands import PictureCommands, may_be_dropped
from dalle_studio.ui.project_commands import ProjectCommands
from dalle_studio.ui.recipe_panel import RecipePanel
from dalle_studio.ui.shortcut_sheet import ShortcutSheet
from dalle_studio.ui.speech_controls import MicrophoneButton, SpeechBar, SpeechMenuButton
from dalle_studio.ui.status_bar import StatusBar, estimate_text
from dalle_studio.ui.theme import Scheme, Theme
from dalle_studio.ui.thumbnails import Thumbnails
from dalle_studio.ui.top_bar import TopBar
from dalle_studio.ui.vary_panel import VaryPanel
from dalle_studio.ui.veil import blurred

SIDE_PX = 316
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
        self.thumbnails = Thumbnails(studio.gallery, self, veil=studio.veil)
        self._lay_out()
        projects = ProjectCommands(studio, self.commands, theme, self)
        self.top.set_menu(projects.menu)
        self.top.set_languages(LanguageMenu(studio.preferences, self))
        self.pictures = PictureCommands(studio, self.commands, self)
        self.models = ModelCommands(studio, self.commands["models"], theme, self.stage, self.status)
        self._add_first_steps()
        self._connect_commands()
        self._connect_panels()
        self.notices = NoticesView(studio.notices, theme, self.centre, self.stage)
        self.models.opened.connect(self.notices.raise_)
        self.models.closed.connect(self.composer.prompt.setFocus)
        self._show_due()
        self._show_canvas()
        self._restore()
        self.composer.prompt.setFocus()

    # Layout

    def _lay_out(self) -> None:
        studio, theme = self._studio, self._theme
        self.model_button = ModelButton(studio.models, self.commands["models"], theme)
        self.top = TopBar(self.commands, self.model_button, theme)
        self.composer = ComposerPanel(studio.composer, theme)
        self.vary = VaryPanel(studio, theme)
        self.composer.add_to_foot(self.vary)
        self.edit = EditPanel(studio, theme)
        self.composer.add_to_foot(self.edit)
        microphone, heard = MicrophoneButton(studio.speech, theme), SpeechBar(studio.speech, theme)
        self.composer.add_speech(microphone, SpeechMenuButton(microphone, theme), heard)
        self.centre = Centre(studio, theme)
        self.strip = CandidatesStrip(studio.candidates, theme, veil=studio.veil)
        self.gallery = GalleryPanel(studio.gallery, self.thumbnails, theme)
        self.recipe = RecipePanel(studio.gallery, self.thumbnails, theme, veil=studio.veil)
        self.status = StatusBar(studio.jobs, theme)
        middle = _column(self.centre, self.strip)
        middle.setStretch(0, 1)
        right = _side(self.gallery, self.recipe)
        work = QHBoxLayout()
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(0)
        work.addWidget(self.composer)
        self.stage = Stage()
        stage = QHBoxLayout(self.stage)
        stage.setContentsMargins(0, 0, 0, 0)
        stage.setSpacing(0)
        stage.addLayout(middle, 1)
        stage.addWidget(right)
        work.addWidget(self.stage, 1)
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
        first = TextButton(self._theme, tr("Make a first picture"), kind="primary", icon="sparkles")
        first.setObjectName("first_picture")
        first.setToolTip(tr("Makes “{prompt}”", prompt=FIRST_PROMPT))
        first.clicked.connect(self._make_first)
        opened = TextButton(self._theme, tr("Open a picture"), icon="folder-open")
        opened.setObjectName("open_first")
        opened.setToolTip(tr("Open a picture or a painting from a file, to vary it or to paint on it"))
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
        studio.speech.recogniser_wanted.connect(self.models.open_recognisers)
        self.strip.shown.connect(studio.look_at)
        self.strip.vary_wanted.connect(studio.vary_candidate)
        self.strip.place_wanted.connect(studio.place_into)
        self.strip.sheet_wanted.connect(lambda: studio.save_contact_sheet(told))
        self.gallery.open_wanted.connect(studio.open)
        self.gallery.vary_wanted.connect(studio.vary_file)
        self.gallery.place_wanted.connect(studio.open)
        self.gallery.compare_wanted.connect(studio.compare_with)
        self.gallery.blend_wanted.connect(studio.blend_with_file)
        self.vary.choose_wanted.connect(self._choose_blend)
        self.edit.choose_wanted.connect(self._choose_reference)
        self.gallery.reference_wanted.connect(studio.references.add_file)
        self.gallery.export_wanted.connect(self.pictures.export_file)
        self.gallery.copy_wanted.connect(self.pictures.copy_file)
        self.gallery.import_wanted.connect(self.pictures.import_folder)
        self.recipe.export_wanted.connect(self.pictures.export_file)
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
        estimate = estimate_text(self._studio.estimate)
        self.composer.set_primary(told(due.text), told(due.hint), estimate, due.is_possible)

    @Slot()
    def _show_canvas(self) -> None:
        studio = self._studio
        viewed = studio.viewed
        shown = viewed.picture if viewed else None
        hides = shown is not None and studio.veil.hides_picture(shown)
        self.centre.view.show_preview(shown and (blurred(shown) if hides else shown.pixels))
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
        self.gallery.can_refer = Ability.EDIT in studio.model.abilities
        can_vary = Ability.VARY in studio.model.abilities
        self.commands["vary"].setEnabled(picture is not None and can_vary)

    @Slot()
    def _show_name(self) -> None:
        documents = self._studio.documents
        self.top.show_title(told(documents.name), documents.is_changed)

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
        undo, redo = history.undo_label, history.redo_label
        self.commands["undo"].setEnabled(undo is not None)
        self.commands["undo"].setText(tr("Undo {change}", change=undo) if undo else tr("Undo"))
        self.commands["redo"].setEnabled(redo is not None)
        self.commands["redo"].setText(tr("Redo {change}", change=redo) if redo else tr("Redo"))

    # Commands

    @Slot()
    def _make_first(self) -> None:
        if not self._studio.composer.value.sentence:
            self._studio.composer.set_text(FIRST_PROMPT)
        self._studio.make()

    @Slot()
    def _choose_blend(self) -> None:
        path = ask_picture(self, tr("Choose a picture to blend in"))
        if path is not None:
            self._studio.blend_with_file(path)

    @Slot()
    def _choose_reference(self) -> None:
        path = ask_picture(self, tr("Choose a picture to refer to"))
        if path is not None:
            self._studio.references.add_file(path)

    @Slot()
    def _import_mask(self) -> None:
        path = ask_picture(self, tr("Import a mask: white = make it here"))
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

    # Qt's events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and images may be dropped anywhere."""
        if may_be_dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show what was dropped."""
        event.acceptProposedAction()
        self.pictures.drop(event.mimeData())

    def leave(self) -> None:
        """Remember where the window is, and need the studio no more."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self._studio.preferences.change(geometry=geometry)
        self.thumbnails.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the work; finished pictures are saved first."""
        self.leave()
        self._studio.close()
        super().closeEvent(event)

    def _restore(self) -> None:
        geometry = self._studio.preferences.value.geometry
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))


def _side(gallery: GalleryPanel, recipe: RecipePanel) -> QWidget:
    """The panel at the right."""
    side = QWidget()
    side.setProperty("kind", "panel")
    side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    side.setFixedWidth(SIDE_PX)
    column = _column(gallery, recipe)
    column.setStretch(0, 1)
    side.setLayout(column)
    return side


def _column(*widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget)
    return column
