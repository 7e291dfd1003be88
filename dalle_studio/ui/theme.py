"""How the studio looks: colours, fonts, icons and one stylesheet, dark or light."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, QTemporaryDir, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from dalle_studio.storage.paths import resources_dir
from dalle_studio.ui.stylesheet import stylesheet
from dalle_studio.ui.tokens import DARK, LIGHT

FAMILIES = ("Inter", "Noto Sans SC")
FONT_PX = 13
ICON_SIZES_PX = (14, 16, 18, 20, 24)
TEXT_ICON_SIZE = QSize(20, 16)

_FONT_FILES = ("Inter-Regular.ttf", "Inter-SemiBold.ttf", "NotoSansSC-Regular.ttf")
_STYLESHEET_ICONS = (
    ("check", "on_accent"),
    ("minus", "on_accent"),
    ("chevron-down", "second"),
    ("chevron-up", "second"),
    ("chevron-right", "second"),
)


class Scheme(StrEnum):
    """What people may choose."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


def scheme_of(text: str) -> Scheme:
    """The scheme of that name; the system's where there is none."""
    return next((scheme for scheme in Scheme if scheme == text), Scheme.SYSTEM)


class Theme(QObject):
    """The look of one application; every widget is given it.

    Follows the system's colour scheme (dark where the system says nothing) unless `choose` is called.
    `changed` is emitted when the colours have become others: take icons and painted colours again.
    """

    changed = Signal()

    def __init__(self, scheme: Scheme = Scheme.SYSTEM, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self._installed = False
        self._folder = QTemporaryDir()
        self._icons: dict[tuple[str, str, int], QIcon] = {}
        self._dark = self._wants_dark()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def scheme(self) -> Scheme:
        """What was chosen."""
        return self._scheme

    @property
    def dark(self) -> bool:
        """Whether it is dark now."""
        return self._dark

    def choose(self, scheme: Scheme) -> None:
        """Dark, light, or what the system says."""
        self._scheme = scheme
        self._follow()

    def install(self, application: QApplication) -> None:
        """Give the application fonts, palette and stylesheet, now and whenever they change."""
        self._installed = True
        application.setStyle("Fusion")
        application.setFont(app_font())
        self._dress(application)

    def colour(self, token: str) -> QColor:
        """The colour of a token of `ui/tokens.py`. Raises KeyError where there is none."""
        return QColor(self.value(token))

    def value(self, token: str) -> str:
        """The same as `#rrggbb`."""
        return (DARK if self._dark else LIGHT)[token]

    def icon(self, name: str, role: str = "second") -> QIcon:
        """The icon resources/icons/<name>.svg in a token's colour.

        One in the second colour takes the text colour under the mouse and the accent when checked; all fade
        when disabled. Raises FileNotFoundError where there is no such icon.
        """
        return self._cached_icon(name, role, 0)

    def text_icon(self, name: str, role: str = "second") -> QIcon:
        """The same for a button with words, of `TEXT_ICON_SIZE`: Qt leaves too little air between them."""
        return self._cached_icon(name, role, TEXT_ICON_SIZE.width() - TEXT_ICON_SIZE.height())

    def _cached_icon(self, name: str, role: str, gap_px: int) -> QIcon:
        key = (name, role, gap_px)
        if key not in self._icons:
            self._icons[key] = self._drawn_icon(name, role, gap_px)
        return self._icons[key]

    def _drawn_icon(self, name: str, role: str, gap_px: int) -> QIcon:
        icon = QIcon()
        hover, checked = ("text", "accent") if role == "second" else (role, role)
        faded = self.colour(role)
        faded.setAlphaF(0.4)
        modes = (
            (self.colour(role), QIcon.Mode.Normal, QIcon.State.Off),
            (self.colour(hover), QIcon.Mode.Active, QIcon.State.Off),
            (self.colour(checked), QIcon.Mode.Normal, QIcon.State.On),
            (faded, QIcon.Mode.Disabled, QIcon.State.Off),
        )
        for colour, mode, state in modes:
            renderer = QSvgRenderer(_tinted(name, colour.name()))
            for size in (TEXT_ICON_SIZE.height(),) if gap_px else ICON_SIZES_PX:
                for ratio in sorted({1.0, _pixel_ratio()}):
                    icon.addPixmap(_pixmap(renderer, size, ratio, colour.alphaF(), gap_px), mode, state)
        return icon

    def pixmap(self, name: str, role: str = "second", size_px: int = 16) -> QPixmap:
        """The same icon as one sharp pixmap, for labels and painting."""
        return _pixmap(QSvgRenderer(_tinted(name, self.value(role))), size_px, _pixel_ratio(), 1.0)

    @Slot()
    def _follow(self) -> None:
        dark = self._wants_dark()
        if dark == self._dark:
            return
        self._dark = dark
        self._icons.clear()
        application = QApplication.instance()
        if self._installed and isinstance(application, QApplication):
            self._dress(application)
        self.changed.emit()

    def _wants_dark(self) -> bool:
        if self._scheme is Scheme.SYSTEM:
            return QGuiApplication.styleHints().colorScheme() is not Qt.ColorScheme.Light
        return self._scheme is Scheme.DARK

    def _dress(self, application: QApplication) -> None:
        application.setPalette(self._palette())
        application.setStyleSheet(stylesheet(DARK if self._dark else LIGHT, self._files()))

    def _files(self) -> dict[str, str]:
        """Icon name -> a file of it in the colour of today; a stylesheet can only name files."""
        files: dict[str, str] = {}
        for name, role in _STYLESHEET_ICONS:
            colour = self.value(role)
            path = self._folder.filePath(f"{name}-{colour[1:]}.svg")
            with open(path, "wb") as file:  # noqa: PTH123
                file.write(bytes(_tinted(name, colour).data()))
            files[name] = path
        return files

    def _palette(self) -> QPalette:
        role = QPalette.ColorRole
        tokens = {
            role.Window: "window",
            role.WindowText: "text",
            role.Base: "field",
            role.AlternateBase: "panel",
            role.Text: "text",
            role.Button: "raised",
            role.ButtonText: "text",
            role.BrightText: "accent",
            role.ToolTipBase: "raised",
            role.ToolTipText: "text",
            role.PlaceholderText: "third",
            role.Highlight: "accent",
            role.HighlightedText: "on_accent",
            role.Link: "accent",
            role.LinkVisited: "accent",
            role.Accent: "accent",
            role.Light: "raised",
            role.Midlight: "raised",
            role.Mid: "line",
            role.Dark: "line",
            role.Shadow: "canvas",
        }
        palette = QPalette()
        for each, token in tokens.items():
            palette.setColor(each, self.colour(token))
        for each in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, each, self.colour("third"))
        return palette


@cache
def _load_fonts() -> None:
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(resources_dir() / "fonts" / name))


def app_font(size_px: int = FONT_PX, *, bold: bool = False, tabular: bool = False) -> QFont:
    """The bundled font in pixels; Chinese in Noto Sans SC, other scripts in the system's.

    `tabular` is for figures that change in place: all have one width (and so have hyphens).
    """
    _load_fonts()
    font = QFont(list(FAMILIES))
    font.setPixelSize(size_px)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def app_icon() -> QIcon:
    """The studio's own icon, sharp in every size."""
    icon = QIcon()
    renderer = QSvgRenderer(str(resources_dir() / "icons" / "app.svg"))
    for size in (16, 24, 32, 48, 64, 128, 256):
        icon.addPixmap(_pixmap(renderer, size, 1.0, 1.0))
    return icon


@cache
def _svg(name: str) -> bytes:
    return (resources_dir() / "icons" / f"{name}.svg").read_bytes()


def _tinted(name: str, colour: str) -> QByteArray:
    return QByteArray(_svg(name).replace(b"currentColor", colour.encode()))


def _pixel_ratio() -> float:
    application = QGuiApplication.instance()
    return application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0


def _pixmap(renderer: QSvgRenderer, size_px: int, ratio: float, opacity: float, gap_px: int = 0) -> QPixmap:
    side = round(size_px * ratio)
    pixmap = QPixmap(QSize(side + round(gap_px * ratio), side))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
