"""The costs of an undertaking: a row for a year and a source, to the grosz, and their sum."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sat_desktop.charts.money import source_name
from sat_desktop.domain.plan import SOURCES, CostLine, Undertaking
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.pages.plan.editor import AddButton, BinButton
from sat_desktop.ui.pages.plan.fields import CalmCombo, Marked, Retranslations, RowList
from sat_desktop.ui.pages.plan.session import PlanSession
from sat_desktop.ui.widgets.inputs import MoneyEdit
from sat_desktop.ui.widgets.text import label


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues."""
    return sentence


class CostRow(QWidget):
    """One line of costs.

    Signals:
        entered(CostLine): the user changed it.
        removed(): the user takes it away.
    """

    entered = Signal(object)
    removed = Signal()

    def __init__(self, session: PlanSession) -> None:
        super().__init__()
        self._session = session
        theme, language = session.page.theme, session.language
        self.line = CostLine(0, "", 0)
        self.year, self.source = CalmCombo(), CalmCombo()
        self.amount = MoneyEdit(language, "")
        bin_ = BinButton(theme, language, _("Remove this cost"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.s)
        row.addWidget(self.year, 2)
        row.addWidget(self.source, 5)
        row.addWidget(Marked(theme, self.amount), 4)
        row.addWidget(bin_)
        self.year.taken.connect(lambda year: self._enter(replace(self.line, year=year)))
        self.source.taken.connect(lambda source: self._enter(replace(self.line, source=source)))
        self.amount.value_changed.connect(
            lambda grosze: self._enter(replace(self.line, grosze=grosze or 0))
        )
        bin_.clicked.connect(self.removed)
        self.retranslate(language)

    def show_line(self, line: CostLine) -> None:
        """Show a line among the years and sources of the plan."""
        if line.grosze != self.line.grosze or self.amount.value is None:
            self.amount.set_value(line.grosze)
        self.line = line
        plan, language = self._session.plan, self._session.language
        years = sorted({*plan.head.years, line.year})
        self.year.set_choices([(y, str(y)) for y in years], line.year)
        sources = [*SOURCES, *(s.id for s in plan.head.sources)]
        if line.source not in sources:
            sources.append(line.source)
        self.source.set_choices([(s, source_name(plan, s, language)) for s in sources], line.source)

    def retranslate(self, language: Language) -> None:
        """Translate what is not seen."""
        self.year.setAccessibleName(language.t("Year"))
        self.source.setAccessibleName(language.t("Source of money"))
        self.amount.setAccessibleName(language.t("Amount in złoty"))

    def _enter(self, line: CostLine) -> None:
        self.entered.emit(line)


class CostTable(QWidget):
    """All costs of an undertaking.

    Signals:
        entered(tuple): the user wants these lines.
    """

    entered = Signal(object)

    def __init__(self, session: PlanSession) -> None:
        super().__init__()
        self._session = session
        self._lines: tuple[CostLine, ...] = ()
        self._work: Undertaking | None = None
        theme = session.page.theme
        self.words = Retranslations(session.language)
        self.rows = RowList(self._make_row, theme.s)
        self.total = label("", "strong")
        self.add = AddButton(session, self.words, _("Add a cost"), self._add)
        foot = QHBoxLayout()
        foot.addWidget(self.add, 1)
        foot.addWidget(self.total)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.m)
        column.addWidget(self.rows)
        column.addLayout(foot)

    def show_costs(self, work: Undertaking) -> None:
        """Show the costs of an undertaking."""
        self._work = work
        self._lines = work.costs
        for row, line in zip(self.rows.set_count(len(work.costs)), work.costs, strict=True):
            row.show_line(line)
        language = self._session.language
        self.total.setText(language.t("Together {amount}", amount=language.money(work.grosze)))

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""
        self.words.retranslate(language)

    def _make_row(self, place: int) -> CostRow:
        made = CostRow(self._session)
        made.entered.connect(lambda line: self._put(place, (line,)))
        made.removed.connect(lambda: self._put(place, ()))
        return made

    def _put(self, place: int, instead: Sequence[CostLine]) -> None:
        self.entered.emit((*self._lines[:place], *instead, *self._lines[place + 1 :]))

    def _add(self) -> None:
        """Add a line: the year after the last one, from the same source."""
        years = self._session.plan.head.years
        if self._lines:
            last = self._lines[-1]
            year, source = min(last.year + 1, max(years[-1], last.year)), last.source
        else:
            begin = self._work.start if self._work is not None else ""
            year = int(begin[:4]) if begin else years[0]
            source = SOURCES[0]
        self.entered.emit((*self._lines, CostLine(year, source, 0)))
        if self.rows.rows:
            self.rows.rows[-1].amount.setFocus()
            self.rows.rows[-1].amount.selectAll()
