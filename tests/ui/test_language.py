import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QFont, QRawFont
from PySide6.QtWidgets import QApplication

from dalle_studio.core.prompt import STYLES
from dalle_studio.core.sentence import Bytes, say
from dalle_studio.ui.language import LANGUAGES, Language, told, tr, translations_dir
from dalle_studio.ui.theme import FAMILIES, Theme
from tests.languages import Pseudo

_NAMES = re.compile(r"\{\w+\}")


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


def test_styles_are_called_as_prompts_call_them(chinese: Language) -> None:
    assert {style.name: told(style.name) for style in STYLES} == {
        style.name: style.chinese for style in STYLES
    }


def test_every_text_has_been_translated() -> None:
    for catalogue in translations_dir().glob("*.ts"):
        messages = list(ElementTree.parse(catalogue).iter("message"))
        unfinished = [
            message.findtext("source")
            for message in messages
            if not message.findtext("translation") or message.find("translation[@type]") is not None
        ]
        assert messages and not unfinished, catalogue.name


def test_translations_have_the_same_values_as_their_texts() -> None:
    for catalogue in translations_dir().glob("*.ts"):
        for message in ElementTree.parse(catalogue).iter("message"):
            source, translation = message.findtext("source") or "", message.findtext("translation") or ""
            assert set(_NAMES.findall(source)) == set(_NAMES.findall(translation)), source


def test_the_bundled_fonts_have_every_character(theme: Theme) -> None:
    fonts = [QRawFont.fromFont(QFont(family, 13)) for family in FAMILIES]
    for catalogue in translations_dir().glob("*.ts"):
        texts = "".join(each.text or "" for each in ElementTree.parse(catalogue).iter("translation"))
        missing = {
            character
            for character in set(texts) - {"\n"}
            if not any(font.supportsCharacter(ord(character)) for font in fonts)
        }
        assert not missing, catalogue.name
