"""The four figures at the top of the results, each with the way to where it comes from."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import attained_words
from sat_desktop.services.derived import Results
from sat_desktop.ui.pages.results.explanation import ATTAINED, COVERAGE, INDEX, WANTED
from sat_desktop.ui.theme import Theme, set_role
from sat_desktop.ui.widgets.containers import Card
from sat_desktop.ui.widgets.levels import LevelMark
from sat_desktop.ui.widgets.text import label

_NARROWEST = 212


@dataclass(frozen=True, slots=True)
class Figure:
    """One number in words: its name, itself, a sentence below; `level` for one that is a level."""

    kind: str
    name: str
    value: str
    detail: str
    level: int | None = None


def figures_of(results: Results, language: Language) -> tuple[Figure, ...]:
    """Return what is said first of an assessment."""
    t, percent = language.t, language.percent
    total = results.scores.total
    questionnaire = results.questionnaire
    if total.low == total.high:
        detail = t("of the model, all that applies is answered")
    else:
        detail = t(
            "of the model; between {low} and {high}, as answers are missing",
            low=percent(total.low),
            high=percent(total.high),
        )
    answered = language.n(
        "{rated} of {count} indicator rated",
        "{rated} of {count} indicators rated",
        total.applicable,
        rated=total.rated,
    )
    if total.not_applicable:
        answered += ", " + language.n(
            "{count} does not apply", "{count} do not apply", total.not_applicable
        )
    gaps = sum(1 for gap in results.gaps.indicators.values() if gap.gap)
    settled = total.attained == total.attainable

    def name(level: int) -> str:
        return questionnaire.level_name(level).get(language.code)

    if total.attained is None or total.attainable is None:
        possible = ""
    elif settled:
        possible = t("level {level} of {levels}", level=total.attained, levels=questionnaire.n)
    else:
        possible = t(
            "from “{low}” to “{high}”, as answers are missing",
            low=name(total.attained),
            high=name(total.attainable),
        )
    return (
        Figure(INDEX, t("Index of the whole"), percent(total.index), detail),
        Figure(
            WANTED,
            t("Wanted index"),
            percent(results.gaps.wanted_index[total.id]),
            language.n("once {count} gap is closed", "once {count} gaps are closed", gaps),
        ),
        Figure(
            ATTAINED,
            t("Attained level"),
            attained_words(total.attained, total.attainable, name, language),
            possible,
            total.attained if settled else None,
        ),
        Figure(COVERAGE, t("Coverage"), percent(total.coverage), answered),
    )


class FigureCard(Card):
    """A figure, calm and big.

    Attributes:
        button: asks where the number comes from.
    """

    asked = Signal(str)

    def __init__(self, theme: Theme, kind: str) -> None:
        self._name = label("", "muted", wrap=True)
        self._value = label("", "display", wrap=True)
        self._detail = label("", "caption", wrap=True)
        self.button = QPushButton()
        set_role(self.button, "link")
        self._kind = kind
        self._mark: LevelMark | None = None
        super().__init__(theme)
        self._row = QHBoxLayout()
        self._row.addWidget(self._value, 1)
        self.body.addWidget(self._name)
        self.body.addLayout(self._row)
        self.body.addWidget(self._detail)
        self.body.addStretch(1)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(self._foot)
        self.button.clicked.connect(lambda _on=False: self.asked.emit(kind))
        self.apply_theme(theme)

    def show_figure(self, figure: Figure, levels: int, language: Language) -> None:
        """Show another value."""
        self._name.setText(figure.name)
        self._value.setText(figure.value)
        # A level has a name of several words, which would shout at the size of a number.
        set_role(self._value, "title" if figure.kind == ATTAINED else "display")
        self._detail.setText(figure.detail)
        if self._mark is not None:
            self._row.removeWidget(self._mark)
            self._mark.hide()
            self._mark.deleteLater()
            self._mark = None
        if figure.level is not None:
            self._mark = LevelMark(self._theme, figure.level, levels)
            self._row.insertWidget(0, self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        self.button.setText(language.t("Where is it from?"))
        self.button.setAccessibleName(
            language.t("Where does this number come from? {name}", name=figure.name)
        )
        self.button.setToolTip(language.t("Where does this number come from?"))

    def apply_theme(self, theme: Theme) -> None:
        """Follow the scale of spaces."""
        self._theme = theme
        super().apply_theme(theme)
        self.body.setSpacing(theme.xs)
        # Numbers and words of different sizes stand on one height.
        self._value.setMinimumHeight(theme.text_px(44))
        self._value.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if hasattr(self, "_foot"):
            self._row.setSpacing(theme.s)
            # The words of the link stand below the others; its edge is only seen with the focus.
            self._foot.setContentsMargins(-theme.px(2) - 2, 0, 0, -theme.s)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Override: the whole card may be clicked."""
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self.asked.emit(self._kind)


class Figures(QWidget):
    """The cards: four, two or one beside each other.

    Signals:
        asked(str): the user wants to know where the figure of that kind comes from.
    """

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.cards = {kind: FigureCard(theme, kind) for kind in (INDEX, WANTED, ATTAINED, COVERAGE)}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._columns = 0
        for card in self.cards.values():
            card.asked.connect(self.asked)
        self.apply_theme(theme)

    def show_results(self, results: Results, language: Language) -> None:
        """Show the figures of the whole."""
        for figure in figures_of(results, language):
            self.cards[figure.kind].show_figure(figure, results.questionnaire.n, language)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the scale of spaces."""
        self._theme = theme
        self._grid.setSpacing(theme.l)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: see how many fit beside each other."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Override: another font may ask for another arrangement."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def _arrange(self) -> None:
        fit = self.width() // (self._theme.text_px(_NARROWEST) + self._theme.l // 2)
        columns = 4 if fit >= 4 else 2 if fit >= 2 else 1
        if columns == self._columns:
            return
        self._columns = columns
        while self._grid.takeAt(0) is not None:
            pass
        for place, card in enumerate(self.cards.values()):
            self._grid.addWidget(card, place // columns, place % columns)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
