from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from dalle_studio.core.sentence import Bytes, say
from dalle_studio.ui.language import LANGUAGES, Language, told, tr
from tests.languages import Pseudo


@pytest.fixture
def pseudo(qapp: QApplication) -> Iterator[Pseudo]:
    translator = Pseudo()
    QCoreApplication.installTranslator(translator)
    yield translator
    QCoreApplication.removeTranslator(translator)


def test_the_pseudo_language_marks_what_can_be_translated(pseudo: Pseudo) -> None:
    assert tr("Save {name}", name="cat") == "⟦Şävé cat~~~⟧"
    assert told(say("Save")) == "⟦Şävé~⟧"
    assert told("Save") == "Save"


def test_english_needs_no_catalogue(qapp: QApplication) -> None:
    language = Language(qapp, "en")
    assert tr("{size} free", size=Bytes(6.1e9)) == "6.1 GB free"
    assert language.code == "en"


def test_another_language_is_spoken_at_once_and_given_up_again(qapp: QApplication) -> None:
    language = Language(qapp, "en")
    assert language.choose("zh_CN")
    assert QLocale().language() == QLocale.Language.Chinese
    assert tr("Undo") == "撤销"
    assert not language.choose("zh_CN")
    assert language.choose("en")
    assert tr("Undo") == "Undo"


def test_a_language_there_is_not_is_the_systems(qapp: QApplication) -> None:
    assert Language(qapp, "tlh").code in LANGUAGES
