"""What can be seen to be wrong with a window without looking: names, cut words, overlaps."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QToolButton,
    QWidget,
)

from sat_desktop.ui.widgets.text import ElidedLabel


def visible_widgets(root: QWidget) -> Iterator[QWidget]:
    """Every widget below a shown window that is not hidden, the window first."""
    yield root
    for widget in root.findChildren(QWidget):
        if widget.isVisibleTo(root) and widget.window() is root.window():
            yield widget


def describe(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    chain = []
    parent: QWidget | None = widget
    while parent is not None and len(chain) < 4:
        chain.append(type(parent).__name__ + (f"#{parent.objectName()}" if parent.objectName() else ""))
        parent = parent.parentWidget()
    return f"{' < '.join(chain)} {words[:50]!r}"


def unnamed(root: QWidget) -> list[str]:
    """Controls that the keyboard reaches and a screen reader has no name for."""
    found = []
    for widget in visible_widgets(root):
        if isinstance(widget, QScrollBar) or widget is root:
            continue
        focusable = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()
        proxied = widget.parentWidget() is not None and widget.parentWidget().focusProxy() is widget
        if not focusable or (proxied and isinstance(widget, QLineEdit)):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            found.append(describe(widget))
    return found


def assert_accessible(root: QWidget) -> None:
    """Fail where a control has no accessible name."""
    assert not (missing := unnamed(root)), "no accessible name:\n" + "\n".join(missing)


def cut_words(root: QWidget) -> list[str]:
    """Words that do not fit their place and are not told by a tooltip either."""
    found = []
    for widget in visible_widgets(root):
        if isinstance(widget, ElidedLabel):
            if "…" in widget.text() and not widget.toolTip():
                found.append(f"elided: {describe(widget)}")
            continue
        if isinstance(widget, QLabel):
            if not widget.text():
                continue
            room = widget.contentsRect()
            if widget.wordWrap():
                needed = widget.heightForWidth(widget.width())
                words = max(
                    (widget.fontMetrics().horizontalAdvance(w) for w in widget.text().split()),
                    default=0,
                )
                if needed > widget.height() + 1 or words > room.width() + 1:
                    found.append(f"cut ({room.width()}x{room.height()}): {describe(widget)}")
            elif widget.sizeHint().width() > widget.width() + 1 or (
                widget.fontMetrics().height() > widget.height() + 1
            ):
                found.append(f"cut: {describe(widget)}")
        elif isinstance(widget, QPushButton | QToolButton | QCheckBox | QRadioButton | QComboBox):
            hint = widget.sizeHint()
            if hint.width() > widget.width() + 1 or hint.height() > widget.height() + 1:
                found.append(
                    f"cut ({widget.width()}x{widget.height()} of {hint.width()}x{hint.height()}): "
                    f"{describe(widget)}"
                )
        elif isinstance(widget, QLineEdit) and widget.placeholderText() and not widget.text():
            wide = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
            if wide > widget.width() and not widget.toolTip():
                found.append(f"cut: {describe(widget)} {widget.placeholderText()!r}")
    return found


def overlaps(root: QWidget) -> list[str]:
    """Siblings that lie over each other; what is meant to (the finder) says so by `overlay`."""
    found = []
    for parent in visible_widgets(root):
        if isinstance(parent, QAbstractScrollArea | QComboBox | QLineEdit):
            continue
        children = [
            child
            for child in parent.children()
            if isinstance(child, QWidget)
            and child.isVisibleTo(root)
            and not child.isWindow()
            and not child.property("overlay")
            and type(child).__name__ not in {"QSplitterHandle", "QRubberBand"}
        ]
        for place, one in enumerate(children):
            for other in children[place + 1 :]:
                common: QRect = one.geometry().intersected(other.geometry())
                # Segments of a switch share their line on purpose.
                if common.width() > 1 and common.height() > 1:
                    found.append(f"overlap: {describe(one)} / {describe(other)}")
    return found


def faults(root: QWidget) -> list[str]:
    """All of it."""
    return [*cut_words(root), *overlaps(root), *(f"unnamed: {line}" for line in unnamed(root))]
