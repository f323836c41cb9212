"""Tool tips that hold users' words: shown as typed, and broken into lines where they are long."""

from PySide6.QtGui import Qt


def tool_tip(words: str) -> str:
    """Return words as rich text, which Qt wraps where it would not wrap plain text."""
    return Qt.convertFromPlainText(words, Qt.WhiteSpaceMode.WhiteSpaceNormal)
