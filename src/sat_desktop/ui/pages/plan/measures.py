"""Measures of products and results: where they start, what is planned, where values come from."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sat_desktop.domain.plan import DataSource, Measure
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import DATA_SOURCES
from sat_desktop.ui.pages.plan.editor import AddButton, BinButton
from sat_desktop.ui.pages.plan.fields import CalmCombo, LineField, Marked, Retranslations, RowList
from sat_desktop.ui.pages.plan.session import PlanSession
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.containers import FlowLayout
from sat_desktop.ui.widgets.inputs import NumberEdit
from sat_desktop.ui.widgets.text import label


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues."""
    return sentence


class Captioned(QWidget):
    """A field with a small name above it."""

    def __init__(self, theme: Theme, field: QWidget, width: int) -> None:
        super().__init__()
        self.field = field
        self._width = width
        self.caption = label("", "caption")
        self.caption.setBuddy(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.caption)
        self.marked = Marked(theme, field)
        column.addWidget(self.marked)
        column.addStretch(1)
        self.apply_theme(theme)

    def apply_theme(self, theme: Theme) -> None:
        """Keep the width of a figure."""
        self.setFixedWidth(theme.text_px(self._width))

    def name(self, words: str, meaning: str = "") -> None:
        """Say what the field holds."""
        self.caption.setText(words)
        self.field.setAccessibleName(meaning or words)


class MeasureFields(QWidget):
    """One measure.

    Signals:
        entered(Measure): the user changed it.
        removed(): the user takes it away.
    """

    entered = Signal(object)
    removed = Signal()

    def __init__(self, session: PlanSession) -> None:
        super().__init__()
        self._session = session
        theme, language = session.page.theme, session.language
        self.measure = Measure("")
        self.name = LineField()
        self.unit = LineField()
        self.source = CalmCombo()
        self.baseline = NumberEdit(language, "")
        self.baseline_year = NumberEdit(language, "")
        self.planned: dict[int, NumberEdit] = {}
        self._plans: dict[int, Captioned] = {}
        self._source_label = label("", "strong")
        bin_ = BinButton(theme, language, _("Remove this measure"))
        head = QHBoxLayout()
        head.setSpacing(theme.s)
        head.addWidget(self.name, 1)
        head.addWidget(bin_)
        self._figures = QWidget()
        flow = FlowLayout(self._figures, theme.s)
        self._flow = flow
        self._captioned = {
            _("Unit"): Captioned(theme, self.unit, 96),
            _("Baseline"): Captioned(theme, self.baseline, 96),
            _("In the year"): Captioned(theme, self.baseline_year, 96),
        }
        for widget in self._captioned.values():
            flow.addWidget(widget)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(theme.s)
        grid.setHorizontalSpacing(theme.m)
        grid.addLayout(head, 0, 0, 1, 2)
        grid.addWidget(self._figures, 1, 0, 1, 2)
        grid.addWidget(self._source_label, 2, 0)
        grid.addWidget(self.source, 2, 1)
        grid.setColumnStretch(1, 1)
        self._connect()
        bin_.clicked.connect(self.removed)
        self.retranslate(language)

    def show_measure(self, measure: Measure) -> None:
        """Show a measure, with a field for every year of the plan."""
        self.measure = measure
        self.name.set_value(measure.name)
        self.unit.set_value(measure.unit)
        _show(self.baseline, measure.baseline)
        year = measure.baseline_year
        _show(self.baseline_year, None if year is None else Decimal(year))
        values = dict(measure.planned)
        self._set_years(sorted({*self._session.plan.head.years, *values}))
        for planned_year, field in self.planned.items():
            _show(field, values.get(planned_year))
        names = [(s, self._session.language.t(DATA_SOURCES[s])) for s in DataSource]
        self.source.set_choices(names, measure.source)

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""
        name = language.t("Name of the measure")
        self.name.setAccessibleName(name)
        self.name.setPlaceholderText(name)
        self._source_label.setText(language.t("Source of data"))
        self.source.setAccessibleName(language.t("Source of data"))
        for words, widget in self._captioned.items():
            widget.name(language.t(words))
        for year, widget in self._plans.items():
            widget.name(str(year), language.t("Planned in {year}", year=year))

    def _connect(self) -> None:
        self.name.entered.connect(lambda text: self._enter(name=text))
        self.unit.entered.connect(lambda text: self._enter(unit=text))
        self.source.taken.connect(lambda source: self._enter(source=source))
        self.baseline.value_changed.connect(lambda value: self._enter(baseline=value))
        self.baseline_year.value_changed.connect(self._enter_year)

    def _set_years(self, years: Sequence[int]) -> None:
        if list(self.planned) == list(years):
            return
        for old in self._plans.values():
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.planned, self._plans = {}, {}
        theme, language = self._session.page.theme, self._session.language
        for year in years:
            field = NumberEdit(language, "")
            field.value_changed.connect(lambda value, year=year: self._plan(year, value))
            self.planned[year] = field
            self._plans[year] = Captioned(theme, field, 96)
            self._plans[year].name(str(year), language.t("Planned in {year}", year=year))
            self._flow.addWidget(self._plans[year])

    def _plan(self, year: int, value: Decimal | None) -> None:
        values = dict(self.measure.planned)
        if value is None:
            values.pop(year, None)
        else:
            values[year] = value
        self._enter(planned=tuple(sorted(values.items())))

    def _enter_year(self, value: Decimal | None) -> None:
        year = None if value is None else int(value)
        if year is not None and not (value == year and 1900 <= year <= 2200):
            sentence = self._session.language.t("Enter a year such as 2025.")
            self._captioned["In the year"].marked.complain(sentence)
            return
        self._enter(baseline_year=year)

    def _enter(self, **values: Any) -> None:
        self.entered.emit(replace(self.measure, **values))


def _show(field: NumberEdit, value: Decimal | None) -> None:
    """Show a number, leaving alone what is being typed wrongly about the same one."""
    if field.value != value or (field.is_valid() and not field.hasFocus()):
        field.set_value(value)


class MeasureList(QWidget):
    """All measures of a goal or an undertaking.

    Signals:
        entered(tuple): the user wants these measures.
    """

    entered = Signal(object)

    def __init__(self, session: PlanSession) -> None:
        super().__init__()
        self._session = session
        self._measures: tuple[Measure, ...] = ()
        theme = session.page.theme
        self.words = Retranslations(session.language)
        self.rows = RowList(self._make_row, theme.xl)
        self.add = AddButton(session, self.words, _("Add a measure"), self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.m)
        column.addWidget(self.rows)
        column.addWidget(self.add)

    def show_measures(self, measures: Sequence[Measure]) -> None:
        """Show measures."""
        self._measures = tuple(measures)
        rows = self.rows.set_count(len(self._measures))
        for row, measure in zip(rows, self._measures, strict=True):
            row.show_measure(measure)

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""
        self.words.retranslate(language)
        self.show_measures(self._measures)

    def _make_row(self, place: int) -> MeasureFields:
        made = MeasureFields(self._session)
        made.entered.connect(lambda measure: self._put(place, (measure,)))
        made.removed.connect(lambda: self._put(place, ()))
        return made

    def _put(self, place: int, instead: Sequence[Measure]) -> None:
        self.entered.emit((*self._measures[:place], *instead, *self._measures[place + 1 :]))

    def _add(self) -> None:
        self.entered.emit((*self._measures, Measure("")))
        if self.rows.rows:
            self.rows.rows[-1].name.setFocus()
