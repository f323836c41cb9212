"""Fields that leave alone what is not meant for them: the wheel to the page, undo to the window."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit


class SteadyCombo(QComboBox):
    """One of a few; the wheel scrolls the page and never the choice."""

    def __init__(self) -> None:
        super().__init__()
        # By default the wheel alone would bring the keyboard here.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Override: scrolling past a field must not change what is saved."""
        event.ignore()


def leaves_to_window(event: QEvent, field: QLineEdit | QPlainTextEdit) -> bool:
    """Tell whether keys of undo and redo are for the window, because a field has nothing to do.

    Qt's fields claim these keys always; then Ctrl+Z would do nothing in a field just shown, while
    the window says that it takes the last change back.
    """
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    own = field if isinstance(field, QLineEdit) else field.document()
    if event.matches(QKeySequence.StandardKey.Undo):
        return not own.isUndoAvailable()
    return event.matches(QKeySequence.StandardKey.Redo) and not own.isRedoAvailable()
