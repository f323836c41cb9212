"""Fields for what officials type: words to search for, money, months, one of a few choices."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.theme import Theme, set_role, set_state
from sat_desktop.ui.widgets.calm import leaves_to_window

ValueT = TypeVar("ValueT")

_AMOUNT: Final = re.compile(r"(\d{1,15})(?:[.,](\d{1,2}))?")
_NUMBER: Final = re.compile(r"-?\d{1,15}(?:[.,]\d{1,6})?")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-./ ](\d{1,2})")
_MONTH_FIRST: Final = re.compile(r"(\d{1,2})[-./ ](\d{4})")


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues; it is translated where it is shown."""
    return sentence


def parse_grosze(text: str) -> int | None:
    """Return an amount such as "1 234 567,89 zł" in grosze; None for an empty text.

    Spaces of any kind group digits; a comma or a point stands before one or two decimals.

    Raises:
        ValueError: it is not an amount.

    """
    bare = re.sub(r"\s|zł|PLN", "", text, flags=re.IGNORECASE)
    if not bare:
        return None
    found = _AMOUNT.fullmatch(bare)
    if found is None:
        raise ValueError(text)
    whole, decimals = found.group(1), found.group(2) or ""
    return int(whole) * 100 + int(decimals.ljust(2, "0"))


def parse_month(text: str) -> str | None:
    """Return "YYYY-MM" of "2027-03", "3.2027" or "03/2027"; None for an empty text.

    Raises:
        ValueError: it is not a month.

    """
    bare = text.strip()
    if not bare:
        return None
    if found := _YEAR_FIRST.fullmatch(bare):
        year, month = int(found.group(1)), int(found.group(2))
    elif found := _MONTH_FIRST.fullmatch(bare):
        month, year = int(found.group(1)), int(found.group(2))
    else:
        raise ValueError(text)
    if not (1 <= month <= 12 and 1900 <= year <= 2999):
        raise ValueError(text)
    return f"{year:04d}-{month:02d}"


def parse_number(text: str) -> Decimal | None:
    """Return a number such as "12 500,5" or "-3.25" exactly; None for an empty text.

    Raises:
        ValueError: it is not a number.

    """
    bare = re.sub(r"\s", "", text).replace("\u2212", "-")
    if not bare:
        return None
    if _NUMBER.fullmatch(bare) is None:
        raise ValueError(text)
    return Decimal(bare.replace(",", "."))


class CheckedEdit(QLineEdit, Generic[ValueT]):
    """A field that says at once when what is typed cannot be meant, and keeps what was typed.

    Signals:
        value_changed(object): the user entered another value (None for an empty field).
    """

    value_changed = Signal(object)

    def __init__(
        self, language: Language, name: str, read: Callable[[str], ValueT | None], complaint: str
    ) -> None:
        """Take what reads a text or raises ValueError, and what to say then (a msgid)."""
        super().__init__()
        self._language = language
        self._read = read
        self._complaint = complaint
        self._value: ValueT | None = None
        self.setAccessibleName(name)
        self.textEdited.connect(self._check)
        self.editingFinished.connect(self._finish)

    @property
    def value(self) -> ValueT | None:
        """The last value that could be read."""
        return self._value

    def event(self, event: QEvent) -> bool:
        """Override: Ctrl+Z with nothing typed here takes back the last change of the window."""
        if leaves_to_window(event, self):
            event.ignore()
            return False
        return super().event(event)

    def is_valid(self) -> bool:
        """Whether the text can be read."""
        return bool(self.property("state") != "invalid")

    def set_value(self, value: ValueT | None) -> None:
        """Show a value; says nothing."""
        self._value = value
        self.setText("" if value is None else self._words(value))
        self._mark(valid=True)

    def retranslate(self, language: Language) -> None:
        """Write the value as the other language does."""
        self._language = language
        if self.is_valid():
            self.set_value(self._value)

    def _words(self, value: ValueT) -> str:
        return str(value)

    def _check(self) -> None:
        try:
            self._read(self.text())
        except ValueError:
            self._mark(valid=False)
        else:
            self._mark(valid=True)

    def _mark(self, *, valid: bool) -> None:
        set_state(self, "" if valid else "invalid")
        complaint = "" if valid else self._language.t(self._complaint)
        self.setToolTip(complaint)
        self.setAccessibleDescription(complaint)

    def _finish(self) -> None:
        try:
            value = self._read(self.text())
        except ValueError:
            self._mark(valid=False)
            return
        changed = value != self._value
        self.set_value(value)
        if changed:
            self.value_changed.emit(value)


class MoneyEdit(CheckedEdit[int]):
    """An amount of money; its value is grosze."""

    def __init__(self, language: Language, name: str) -> None:
        complaint = _("Enter an amount such as 12 500 or 12 500,50.")
        super().__init__(language, name, parse_grosze, complaint)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Override: typing after Tab replaces what is there."""
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.selectAll()

    def _words(self, value: int) -> str:
        return self._language.money(value)


class MonthEdit(CheckedEdit[str]):
    """A month; its value is "YYYY-MM". Up and Down step it."""

    def __init__(self, language: Language, name: str) -> None:
        super().__init__(language, name, parse_month, _("Enter a month such as 2027-03."))
        self.retranslate(language)

    def retranslate(self, language: Language) -> None:
        """Translate the pattern that an empty field shows."""
        super().retranslate(language)
        self.setPlaceholderText(language.t("YYYY-MM"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override: Up is a month later, Down a month earlier."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if steps is None or self._value is None or not self.is_valid():
            super().keyPressEvent(event)
            return
        year, month = (int(part) for part in self._value.split("-"))
        months = year * 12 + month - 1 + steps
        self.setText(f"{months // 12:04d}-{months % 12 + 1:02d}")
        self._finish()


class NumberEdit(CheckedEdit[Decimal]):
    """A number such as "12,5"; its value is exact."""

    def __init__(self, language: Language, name: str) -> None:
        super().__init__(language, name, parse_number, _("Enter a number such as 12 or 12.5."))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def _words(self, value: Decimal) -> str:
        words = f"{value:f}"
        return words.replace(".", ",") if self._language.code == "pl" else words


class SearchLine(QLineEdit):
    """A field to search with; Escape empties it.

    Signals:
        entered(): somebody is about to type in it.
    """

    entered = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._icon = self.addAction(
            theme.icon("search", "muted", 16), QLineEdit.ActionPosition.LeadingPosition
        )
        self.setClearButtonEnabled(True)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Say what is searched, in an empty field and to screen readers."""
        self.setAccessibleName(name)
        self.setPlaceholderText(name)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours."""
        self._icon.setIcon(theme.icon("search", "muted", 16))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override: Escape empties a field that holds something."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Override: tell of it."""
        super().focusInEvent(event)
        self.entered.emit()


class SegmentedSwitch(QWidget):
    """A few choices in a row, exactly one of which is in force.

    Signals:
        chosen(str): the user took the choice of that id.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, choices: Sequence[tuple[str, str]]) -> None:
        """Take choices as (id, words); the first one is in force."""
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, (choice, words) in enumerate(choices):
            button = QPushButton(words)
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            set_role(button, "segment")
            # Neighbours share one edge; only the ends are round.
            last = place == len(choices) - 1
            set_state(button, "first" if place == 0 else "last" if last else "middle")
            button.clicked.connect(lambda _on, choice=choice: self.chosen.emit(choice))
            self._group.addButton(button)
            self._buttons[choice] = button
            row.addWidget(button)
        next(iter(self._buttons.values())).setChecked(True)
        self.apply_theme(theme)

    @property
    def choice(self) -> str:
        """The id of the choice in force."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def set_choice(self, choice: str) -> None:
        """Show another choice; says nothing."""
        self._buttons[choice].setChecked(True)

    def set_words(self, words: Sequence[str]) -> None:
        """Translate the choices, in their order."""
        for button, text in zip(self._buttons.values(), words, strict=True):
            button.setText(text)
        self.apply_theme(self._theme)

    def apply_theme(self, theme: Theme) -> None:
        """Keep every choice wide enough for its words in bold."""
        metrics = QFontMetrics(theme.font("strong"))
        for button in self._buttons.values():
            words = metrics.horizontalAdvance(button.text())
            button.setMinimumWidth(words + 2 * theme.px(12) + 4)
        self._theme = theme
