"""The language of the window: sentences and interface texts as its user reads them.

Whoever shows a text asks `tr` for one that is written in the code there, and `told` for one that comes from below.
The catalogues are Qt Linguist's, `resources/translations`, without contexts: the same English says the same.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from dalle_studio.core.sentence import Bytes, Value, say, translated
from dalle_studio.storage.paths import resources_dir

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
"""Codes of the languages, and what their readers call them."""


def tr(template: str, /, **values: Value) -> str:
    """A text of the interface in the window's language; `template` is written out in the call."""
    return told(say(template, **values))


def told(text: str) -> str:
    """A sentence in the window's language; any other text, such as a prompt or a name, as it is."""
    return translated(text, _translate, written)


def written(value: Value) -> str:
    """A size or a number as the window's language writes it."""
    locale = QLocale()
    if isinstance(value, Bytes):
        amount, unit = str(value).split()
        return f"{locale.toString(float(amount), 'f', len(amount.partition('.')[2]))} {unit}"
    return str(value)


def system_language() -> str:
    """Of the languages there are, the one that the user reads according to the system; English where none is."""
    for name in QLocale.system().uiLanguages():
        language = QLocale(name).language()
        for code in LANGUAGES:
            if QLocale(code).language() == language:
                return code
    return "en"


class Language(QObject):
    """The language that a window made from now on speaks.

    Args:
        application: which translators are installed in.
        code: one of `LANGUAGES`; anything else stands for the system's.
    """

    def __init__(self, application: QCoreApplication, code: str = "") -> None:
        super().__init__(application)
        self._application = application
        self._translators: list[QTranslator] = []
        self._code = ""
        self.choose(code)

    @property
    def code(self) -> str:
        """One of `LANGUAGES`."""
        return self._code

    def choose(self, code: str) -> bool:
        """Speak another language from now on; whether it is another. What is on show must be made anew."""
        chosen = code if code in LANGUAGES else system_language()
        if chosen == self._code:
            return False
        self._code = chosen
        QLocale.setDefault(QLocale(chosen))
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self._translators = [] if chosen == "en" else self._read(chosen)
        for translator in self._translators:
            self._application.installTranslator(translator)
        return True

    def _read(self, code: str) -> list[QTranslator]:
        """Qt's own texts, such as those of its dialogs, and ours."""
        qts = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        files = (qts / f"qtbase_{code}.qm", translations_dir() / f"{code}.qm")
        translators = [QTranslator(self) for _ in files]
        return [each for each, file in zip(translators, files, strict=True) if each.load(str(file))]


def translations_dir() -> Path:
    """Where the catalogues lie."""
    return resources_dir() / "translations"


def _translate(template: str) -> str:
    return QCoreApplication.translate("", template)
