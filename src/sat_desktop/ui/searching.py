"""The texts of the open questionnaire, folded for searching while nobody waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from sat_desktop.domain.questionnaire import Questionnaire
    from sat_desktop.services.searching import SearchableTexts

_PREPARED_AT_A_TIME: Final = 10
"""Indicators whose texts are folded between two events: some milliseconds."""


class Searching(QObject):
    """Keeps the texts of one questionnaire in one language."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._kept: tuple[Questionnaire, str, SearchableTexts] | None = None
        self._preparing = QTimer(self)
        self._preparing.timeout.connect(self._prepare)

    def texts(self, questionnaire: Questionnaire, language: str) -> SearchableTexts:
        """Return the texts to search in.

        Those of a large questionnaire are folded between the user's events, so that hardly any of
        it is left to do at the first key; ask for them as soon as somebody is about to type.
        """
        from sat_desktop.services.searching import SearchableTexts

        kept = self._kept
        # Comparing two large questionnaires text by text would take longer than folding one.
        if kept is None or kept[0] is not questionnaire or kept[1] != language:
            texts = SearchableTexts(questionnaire, language)
            self._kept = kept = (questionnaire, language, texts)
            self._preparing.start()
        return kept[2]

    def keep_only(self, questionnaire: Questionnaire | None) -> None:
        """Let go of the texts of any other questionnaire."""
        if self._kept is not None and self._kept[0] is not questionnaire:
            self._kept = None

    def _prepare(self) -> None:
        if self._kept is None or not self._kept[2].prepare(_PREPARED_AT_A_TIME):
            self._preparing.stop()
