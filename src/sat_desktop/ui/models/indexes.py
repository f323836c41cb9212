"""What every model of the window says of indexes: the kinds Qt hands in, and the one of no place."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex

NOWHERE: Final = QModelIndex()
"""The index of no row: what is asked about it is asked about the model as a whole."""
