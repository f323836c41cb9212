"""Fields that save by themselves: one change for each thing the user did, nothing for the rest.

A field reports a value when it is left, or after a pause of typing, and only if it is another one
than it was given. What cannot be meant stays in the field, marked with a sentence.
"""

from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget

from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.theme import Theme, set_state
from sat_desktop.ui.widgets.calm import SteadyCombo, leaves_to_window
from sat_desktop.ui.widgets.inputs import CheckedEdit
from sat_desktop.ui.widgets.text import label

_PAUSE_MS: Final = 1500
_MOST_LINES: Final = 10
_MOST_MEASURED: Final = 2000

RowT = TypeVar("RowT", bound=QWidget)


class LineField(QLineEdit):
    """A line of text.

    Signals:
        entered(str): the user entered another text.
    """

    entered = Signal(str)

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._value = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self.textEdited.connect(lambda _text: self._pause.start())
        self.editingFinished.connect(self.flush)

    def event(self, event: QEvent) -> bool:
        """Override: Ctrl+Z with nothing typed here takes back the last change of the window."""
        if leaves_to_window(event, self):
            event.ignore()
            return False
        return super().event(event)

    def set_value(self, value: str) -> None:
        """Show a text; says nothing. What is being typed stays unless another text is stored now."""
        if value == self._value and self.hasFocus():
            # Nothing is new: what is being typed goes on.
            return
        self._value = value
        self._pause.stop()
        if self.text().strip() != value or not self.hasFocus():
            self.setText(value)
            self.setCursorPosition(0)

    def flush(self) -> None:
        """Report what was typed, if it is something else."""
        self._pause.stop()
        value = self.text().strip()
        if value != self._value:
            self._value = value
            self.entered.emit(value)


class TextField(QPlainTextEdit):
    """A text of several lines; Tab leaves it. It grows with its text, up to a limit.

    Signals:
        entered(str): the user entered another text.
    """

    entered = Signal(str)

    def __init__(self, theme: Theme, name: str = "", lines: int = 3) -> None:
        super().__init__()
        self._lines = lines
        self._theme = theme
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self._value = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self.textChanged.connect(self._note)
        self.textChanged.connect(self._fit)
        self.apply_theme(theme)

    def apply_theme(self, theme: Theme) -> None:
        """Keep room for the lines."""
        self._theme = theme
        self._fit()

    def set_value(self, value: str) -> None:
        """Show a text; says nothing. What is being typed stays unless another text is stored now."""
        if value == self._value and self.hasFocus():
            # Nothing is new: what is being typed goes on.
            return
        self._value = value
        if self.toPlainText().strip() != value or not self.hasFocus():
            self.setPlainText(value)
        self._pause.stop()

    def flush(self) -> None:
        """Report what was typed, if it is something else."""
        self._pause.stop()
        value = self.toPlainText().strip()
        if value != self._value:
            self._value = value
            self.entered.emit(value)

    def event(self, event: QEvent) -> bool:
        """Override: Ctrl+Z with nothing typed here takes back the last change of the window."""
        if leaves_to_window(event, self):
            event.ignore()
            return False
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Override: who leaves has finished."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.flush()

    def _note(self) -> None:
        if self.hasFocus():
            self._pause.start()

    def _fit(self) -> None:
        """Take the height that the text needs at this width."""
        metrics = self.fontMetrics()
        edge = self._theme.px(26)
        width = max(self.width() - edge, metrics.averageCharWidth() * 20)
        flags = int(Qt.TextFlag.TextWordWrap)
        text = self.toPlainText()[:_MOST_MEASURED] + " "
        words = metrics.boundingRect(0, 0, width, 1_000_000, flags, text).height()
        line = metrics.lineSpacing()
        needed = -(-words // line)
        height = line * min(max(self._lines, needed), _MOST_LINES) + edge
        if height != self.height():
            self.setFixedHeight(height)


class CalmCombo(SteadyCombo):
    """One of a few values, which need not be texts.

    Signals:
        taken(object): the user took another choice.
    """

    taken = Signal(object)

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        # Kept here and not in the items: Qt would hand an enumeration back as a plain text.
        self._choices: list[tuple[object, str]] = []
        self._value: object = None
        self.activated.connect(self._take)

    def set_choices(self, choices: Sequence[tuple[object, str]], value: object) -> None:
        """Offer (value, words), one of them in force; says nothing."""
        if self._choices != list(choices):
            self._choices = list(choices)
            self.clear()
            self.addItems([words for _given, words in choices])
        self._value = value
        values = [given for given, _words in choices]
        self.setCurrentIndex(values.index(value) if value in values else -1)

    def _take(self, row: int) -> None:
        value = self._choices[row][0]
        if value != self._value:
            self._value = value
            self.taken.emit(value)


class YearField(QSpinBox):
    """A year.

    Signals:
        entered(int): the user entered another year.
    """

    entered = Signal(int)

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setRange(1990, 2200)
        self.setKeyboardTracking(False)
        self.lineEdit().setTextMargins(8, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._year = 0
        self.editingFinished.connect(self._finish)

    def setAccessibleName(self, name: str) -> None:
        """Override: the line inside is what screen readers meet."""
        super().setAccessibleName(name)
        self.lineEdit().setAccessibleName(name)

    def set_value(self, value: int) -> None:
        """Show a year; says nothing."""
        self._year = value
        self.setValue(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Override: scrolling past a field must not change the plan."""
        event.ignore()

    def _finish(self) -> None:
        if self.value() != self._year:
            self._year = self.value()
            self.entered.emit(self._year)


class Marked(QWidget):
    """A field with room below it for the sentence that says why it cannot be taken."""

    def __init__(self, theme: Theme, field: QWidget) -> None:
        super().__init__()
        self.field = field
        self._sentence = label("", "negative", wrap=True)
        self._sentence.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(field)
        self._column.addWidget(self._sentence)
        self.setFocusProxy(field)
        self.apply_theme(theme)
        if isinstance(field, CheckedEdit):
            field.textEdited.connect(self._look)
            field.editingFinished.connect(self._look)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the scale of spaces."""
        self._column.setSpacing(theme.xs)

    def complain(self, sentence: str) -> None:
        """Mark the field with a sentence; "" for a field that is in order."""
        set_state(self.field, "invalid" if sentence else "")
        self.field.setToolTip(sentence)
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.field.setAccessibleDescription(sentence)

    def _look(self) -> None:
        field = self.field
        if isinstance(field, CheckedEdit):
            self._say("" if field.is_valid() else field.toolTip())


class RowList(QWidget, Generic[RowT]):
    """As many widgets of a kind as there are values, one below the other.

    Widgets are kept and given other values, so that the focus stays where the user works.

    Attributes:
        rows: the widgets, in order.
    """

    def __init__(self, make: Callable[[int], RowT], gap: int) -> None:
        super().__init__()
        self._make = make
        self.rows: list[RowT] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap)

    def set_count(self, count: int) -> list[RowT]:
        """Have that many rows; return them."""
        while len(self.rows) > count:
            row = self.rows.pop()
            # What loses the focus by vanishing has nothing more to say.
            row.blockSignals(True)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.rows) < count:
            made = self._make(len(self.rows))
            self.rows.append(made)
            self._column.addWidget(made)
        self.setVisible(count > 0)
        return self.rows


class Retranslations:
    """Who has to be told what when the language changes: functions run at once and again later."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._sayings: list[Callable[[Language], object]] = []

    def say(self, saying: Callable[[Language], object]) -> None:
        """Say something now, and in every language that comes."""
        self._sayings.append(saying)
        saying(self._language)

    def retranslate(self, language: Language) -> None:
        """Say everything again."""
        self._language = language
        for saying in self._sayings:
            saying(language)
