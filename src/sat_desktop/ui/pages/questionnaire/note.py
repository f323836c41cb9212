"""The note of an answer: plain text that is written by itself and never lost on the way."""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit

from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.calm import leaves_to_window

PAUSE: int = 800
"""Milliseconds without typing after which the note is written."""

LONGEST: int = 5000
"""Milliseconds after which it is written all the same, for those who type without a pause."""


class NoteEdit(QPlainTextEdit):
    """A note that asks to be written after a pause and when it is left.

    Signals:
        writing(): what was typed should be written now.
        typed(bool): there is something unwritten now (true), or nothing any more.
    """

    writing = Signal()
    typed = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._stored = ""
        self.setTabChangesFocus(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.writing)
        self._longest = QTimer(self)
        self._longest.setSingleShot(True)
        self._longest.setInterval(LONGEST)
        self._longest.timeout.connect(self.writing)
        self.textChanged.connect(self._note_typing)
        self.apply_theme(theme)

    @property
    def unwritten(self) -> bool:
        """Whether something was typed that is not written yet."""
        return self.toPlainText() != self._stored

    def show_note(self, note: str) -> None:
        """Show what is stored; the cursor stays where it was in the same text."""
        self._stored = note
        self._rest()
        if self.toPlainText() != note:
            self.setPlainText(note)

    def written(self, note: str) -> None:
        """Take it that this text is stored now."""
        self._stored = note
        self._rest()

    def apply_theme(self, theme: Theme) -> None:
        """Keep room for three lines and the frame."""
        line = theme.text_px(15) * 1.5
        self.setFixedHeight(round(3 * line + theme.px(24)))

    def event(self, event: QEvent) -> bool:
        """Override: Ctrl+Z with nothing typed here takes back the last change of the window."""
        if leaves_to_window(event, self):
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Override: leaving the field ends the typing."""
        super().focusOutEvent(event)
        if self.unwritten:
            self.writing.emit()

    def _note_typing(self) -> None:
        if not self.unwritten:
            self._rest()
            self.typed.emit(False)
            return
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()
            self.typed.emit(True)

    def _rest(self) -> None:
        self._pause.stop()
        self._longest.stop()
