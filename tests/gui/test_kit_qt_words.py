"""Qt's own dialogs speak the language of the window, the words included that its translation lacks."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop_app.foundation.i18n import load_catalog
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.qt_words import QtWords
from desktop_app.gui.kit.texts import Texts


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[Texts]:
    texts = Texts(load_catalog("zh_Hans"))
    words, of_qt = QtWords(texts, qapp), QTranslator(qapp)
    assert of_qt.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for translator in (words, of_qt):
        qapp.installTranslator(translator)
    yield texts
    for translator in (words, of_qt):
        qapp.removeTranslator(translator)
        translator.deleteLater()


def test_a_file_dialog_of_qt_asks_for_our_words(chinese: Texts, qtbot) -> None:
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    labels = {label: dialog.labelText(label) for label in QFileDialog.DialogLabel}
    assert labels[QFileDialog.DialogLabel.LookIn] == chinese(N_("&Look in:"))
    assert QCoreApplication.translate("QAbstractFileIconProvider", "File Folder") == chinese(N_("Folder")) != "Folder"
    assert labels[QFileDialog.DialogLabel.FileName] != "File &name:"  # Qt's own translation comes first
    assert QCoreApplication.translate("Elsewhere", "Nothing of this") == "Nothing of this"
