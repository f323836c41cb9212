"""Changing the size of the text while another page is shown."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.office import open_office


def test_the_questionnaire_is_shown_after_the_text_grew_on_another_page(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    # Qt ended the process once the tree was told of other pictures, but not that they were coming.
    with open_office(qtbot, qapp, tmp_path) as office:
        office.begin_assessment()
        office.window.resize(1270, 720)
        for _turn in range(2):
            office.window.open_page("plan")
            for _step in range(8):
                office.shell.appearance.step_text_scale(1)
                QApplication.processEvents()
            office.window.open_page("questionnaire")
            QApplication.processEvents()
            office.window.open_page("plan")
            for _step in range(8):
                office.shell.appearance.step_text_scale(-1)
                QApplication.processEvents()
            office.window.open_page("questionnaire")
            QApplication.processEvents()
        assert office.questionnaire.side.tree.currentIndex().isValid()
