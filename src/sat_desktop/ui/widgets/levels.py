"""Level cards: choosing the level of an indicator, or ticking the criteria that make it up.

A card shows what it is told and reports what the user did; which level follows from which ticks is
the domain's business. The whole card is the target of the mouse, its radio button that of the
keyboard and of screen readers. A chosen card differs by edge, mark and word, not by colour alone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sat_desktop.runtime.palette import ink_on
from sat_desktop.ui.theme import Theme, set_role, set_state
from sat_desktop.ui.widgets.text import label


@dataclass(frozen=True, slots=True)
class LevelWords:
    """What a level card says, in the user's language: criteria are (id, statement)."""

    level: int
    name: str
    description: str = ""
    criteria: tuple[tuple[str, str], ...] = ()


class LevelMark(QWidget):
    """The number of a level on its colour."""

    def __init__(self, theme: Theme, level: int, levels: int) -> None:
        super().__init__()
        self._level, self._levels = level, levels
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.apply_theme(theme)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours and the text size."""
        self._theme = theme
        self.setFixedSize(QSize(theme.text_px(26), theme.text_px(26)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Override: a filled square with the number in it."""
        colour = self._theme.level_colours(self._levels)[self._level]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(self.rect(), 6, 6)
        painter.setPen(ink_on(colour.name()))
        painter.setFont(self._theme.font("strong"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._level))
        painter.end()


class CheckRow(QWidget):
    """A check box whose words wrap; the words are part of the target.

    Signals:
        toggled_by_user(bool): the user ticked or unticked it.
    """

    toggled_by_user = Signal(bool)

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self.box = QCheckBox()
        set_role(self.box, "bare")
        self.box.setAccessibleName(text)
        self.words = label(text, wrap=True)
        self.words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        self.row.addWidget(self.words, 1)
        self.box.clicked.connect(self.toggled_by_user)
        self.apply_theme(theme)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the scale of spaces; the first line stands beside the box."""
        self.row.setSpacing(theme.xs)
        self.words.setContentsMargins(0, theme.px(2), 0, theme.px(2))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Override: a click on the words is a click on the box."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.box.setFocus(Qt.FocusReason.MouseFocusReason)
            self.box.click()


class LevelCard(QFrame):
    """One level of an indicator with its criteria.

    Signals:
        chosen(int): the user chose this level as a whole.
        ticked(str, bool): the user ticked or unticked the criterion of that id.
    """

    chosen = Signal(int)
    ticked = Signal(str, bool)

    def __init__(self, theme: Theme, words: LevelWords, levels: int) -> None:
        super().__init__()
        self.level = words.level
        self._selected = False
        set_role(self, "card")
        self.radio = QRadioButton(words.name)
        self.radio.setAccessibleName(f"{words.level}: {words.name}")
        self.radio.setAccessibleDescription(words.description)
        self._mark = LevelMark(theme, words.level, levels)
        self._description = label(words.description, "muted", wrap=True)
        # Only ever hidden here: what is shown before it has a parent flashes up as a window.
        if not words.description:
            self._description.hide()
        self._rule = QFrame()
        set_role(self._rule, "line")
        self._rule.setFixedHeight(1)
        if not words.criteria:
            self._rule.hide()
        head = QHBoxLayout()
        head.addWidget(self.radio, 1)
        head.addWidget(self._mark)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(self._description)
        self._column.addWidget(self._rule)
        self.rows: dict[str, CheckRow] = {}
        for criterion, statement in words.criteria:
            row = CheckRow(theme, statement)
            row.toggled_by_user.connect(
                lambda met, criterion=criterion: self.ticked.emit(criterion, met)
            )
            self.rows[criterion] = row
            self._column.addWidget(row)
        self._column.addStretch(1)
        self.radio.clicked.connect(self._choose)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.apply_theme(theme)

    def show_state(self, *, selected: bool, met: Collection[str]) -> None:
        """Show whether this is the level and which criteria are met."""
        self.radio.setAutoExclusive(False)
        self.radio.setChecked(selected)
        self.radio.setAutoExclusive(True)
        font = self.radio.font()
        font.setBold(selected)
        self.radio.setFont(font)
        self._selected = selected
        set_state(self, "selected" if selected else "")
        self._space()
        for criterion, row in self.rows.items():
            row.box.setChecked(criterion in met)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the scale of spaces."""
        self._theme = theme
        self._column.setSpacing(theme.s)
        self._space()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Override: a click anywhere on the card that no criterion takes."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
            self._choose()

    def _choose(self) -> None:
        self.chosen.emit(self.level)

    def _space(self) -> None:
        # The edge of a chosen card is thicker, except where all edges are; its words must not move.
        thick = self._theme.palette.scheme == "high-contrast"
        edge = self._theme.m - (1 if self._selected and not thick else 0)
        self._column.setContentsMargins(edge, edge, edge, edge)


class LevelCards(QWidget):
    """The cards of a scale: side by side where they fit, else one below the other.

    Signals:
        chosen(int): the user chose a level.
        ticked(str, bool): the user ticked or unticked a criterion.
    """

    chosen = Signal(int)
    ticked = Signal(str, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.cards: list[LevelCard] = []
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.apply_theme(theme)

    def set_levels(self, words: Sequence[LevelWords], levels: int) -> None:
        """Show the cards of an indicator on a scale of 0..`levels`."""
        for card in self.cards:
            self._row.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        for entry in words:
            card = LevelCard(self._theme, entry, levels)
            card.chosen.connect(self.chosen)
            card.ticked.connect(self.ticked)
            self.cards.append(card)
            self._row.addWidget(card, 1)
        self._arrange()

    def show_state(self, level: int | None, met: Collection[str]) -> None:
        """Show an answer: its level (None: unanswered or not applicable) and the criteria met."""
        for card in self.cards:
            card.show_state(selected=card.level == level, met=met)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the scale of spaces; the cards follow by themselves."""
        self._theme = theme
        self._row.setSpacing(theme.m)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: see which arrangement fits."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Override: another font may ask for another arrangement."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def _arrange(self) -> None:
        room = self._theme.text_px(200) * len(self.cards)
        wanted = (
            QBoxLayout.Direction.LeftToRight
            if self.width() >= room
            else QBoxLayout.Direction.TopToBottom
        )
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)
