"""What can be seen to be wrong with a window without looking: names, cut words, overlaps."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollBar,
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
    chain: list[str] = []
    parent: QWidget | None = widget
    while parent is not None and len(chain) < 4:
        chain.append(
            type(parent).__name__ + (f"#{parent.objectName()}" if parent.objectName() else "")
        )
        parent = parent.parentWidget()
    return f"{' < '.join(chain)} {words[:50]!r}"


def unnamed(root: QWidget) -> list[str]:
    """Controls that the keyboard reaches and a screen reader has no name for."""
    found = []
    for widget in visible_widgets(root):
        if isinstance(widget, QScrollBar) or widget is root:
            continue
        focusable = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()
        parent = widget.parentWidget()
        proxied = parent is not None and parent.focusProxy() is widget
        if not focusable or (proxied and isinstance(widget, QLineEdit)):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name).strip():
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
            whole = widget.accessibleName()  # it may well end in "…" by itself
            fits = widget.text() == whole or bool(widget.toolTip())
        elif isinstance(widget, QLabel):
            fits = not widget.text() or _label_fits(widget)
        elif isinstance(widget, QLineEdit):
            fits = _placeholder_fits(widget)
        elif isinstance(widget, QAbstractButton | QComboBox):
            fits = isinstance(widget.parentWidget(), QLineEdit) or _hint_fits(widget)
        else:
            continue
        if not fits:
            hint = widget.sizeHint()
            found.append(
                f"cut ({widget.width()}x{widget.height()} of {hint.width()}x{hint.height()}): "
                f"{describe(widget)}"
            )
    return found


def _label_fits(label: QLabel) -> bool:
    metrics = label.fontMetrics()
    if not label.wordWrap():
        return (
            label.sizeHint().width() <= label.width() + 1 and metrics.height() <= label.height() + 1
        )
    widest = max((metrics.horizontalAdvance(word) for word in label.text().split()), default=0)
    return (
        label.heightForWidth(label.width()) <= label.height() + 1
        and widest <= label.contentsRect().width() + 1
    )


def _hint_fits(widget: QWidget) -> bool:
    hint = widget.sizeHint()
    return hint.width() <= widget.width() + 1 and hint.height() <= widget.height() + 1


def _placeholder_fits(line: QLineEdit) -> bool:
    if line.text() or not line.placeholderText() or line.toolTip():
        return True
    return line.fontMetrics().horizontalAdvance(line.placeholderText()) <= line.width()


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
