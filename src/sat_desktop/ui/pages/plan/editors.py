"""The editors of goals, actions, undertakings, and of the plan's settings."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sat_desktop.charts.tiers import lowest_name
from sat_desktop.domain.plan import Action, Goal, MoneySource, Plan, Status, Undertaking
from sat_desktop.errors import SatError
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import STATUSES
from sat_desktop.runtime.wording import describe
from sat_desktop.ui.pages.plan.closing import Closing
from sat_desktop.ui.pages.plan.costs import CostTable
from sat_desktop.ui.pages.plan.editor import AddButton, BinButton, Editor
from sat_desktop.ui.pages.plan.fields import CalmCombo, LineField, Marked, RowList, YearField
from sat_desktop.ui.pages.plan.measures import MeasureList
from sat_desktop.ui.pages.plan.risks import RiskList
from sat_desktop.ui.pages.plan.session import PlanSession
from sat_desktop.ui.widgets.containers import FormRows
from sat_desktop.ui.widgets.inputs import MonthEdit


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues."""
    return sentence


class GoalEditor(Editor):
    """Title, description, the part of the questionnaire it is about, and result measures."""

    def __init__(self, session: PlanSession) -> None:
        super().__init__(session)
        card = self.card()
        rows = self._rows = FormRows(self.theme)
        card.body.addWidget(rows)
        self.title = self.add_line(rows, _("Title"), "title")
        self.description = self.add_text(rows, _("Description"), "description")
        self.group = CalmCombo()
        self._group_row = self.add_row(rows, _("Group"), self.group)
        self.group.taken.connect(lambda group: self.change(group=group or None))
        self.measures = MeasureList(session)
        self.measures.entered.connect(lambda measures: self.change(measures=measures))
        self.card(_("Measures of the result")).body.addWidget(self.measures)
        self.bind("measures", self.measures.show_measures)
        self.body.addStretch(1)

    def follow(self) -> None:
        """Offer the lowest groups of the questionnaire, under the name it has for them."""
        if not isinstance(self.part, Goal):
            return
        questionnaire = self.session.assessment.dossier.questionnaire
        language = self.session.language
        tier = lowest_name(questionnaire, language)
        self._rows.rename(self._group_row, tier)
        self.group.setAccessibleName(tier)
        groups = list(questionnaire.dimensions)
        own = questionnaire.nodes.get(self.part.group or "")
        if own is not None and own not in groups:
            groups.insert(0, own)
        choices: list[tuple[object, str]] = [("", language.t("Free goal"))]
        choices += [(g.id, f"{g.code} {g.name.get(language.code)}") for g in groups]
        self.group.set_choices(choices, self.part.group or "")


class ActionEditor(Editor):
    """Title, description, and the goal it serves."""

    def __init__(self, session: PlanSession) -> None:
        super().__init__(session)
        rows = FormRows(self.theme)
        self.card().body.addWidget(rows)
        self.title = self.add_line(rows, _("Title"), "title")
        self.description = self.add_text(rows, _("Description"), "description", 5)
        self.goal = CalmCombo()
        self.add_row(rows, _("Serves the goal"), self.goal)
        self.goal.taken.connect(lambda goal: self.change(goal=goal))
        self.body.addStretch(1)

    def follow(self) -> None:
        """Offer the goals of the plan."""
        if isinstance(self.part, Action):
            self.goal.set_choices(self.session.goal_choices(), self.part.goal)


class UndertakingEditor(Editor):
    """Everything about the unit of work."""

    def __init__(self, session: PlanSession) -> None:
        super().__init__(session)
        rows = FormRows(self.theme)
        self.card().body.addWidget(rows)
        self.title = self.add_line(rows, _("Title"), "title")
        self.description = self.add_text(rows, _("What is done"), "description", 4)
        self.reason = self.add_text(rows, _("Why"), "reason")
        self.action = CalmCombo()
        self.add_row(rows, _("Serves the action"), self.action)
        self.action.taken.connect(lambda action: self.change(action=action))
        self._build_time()
        self.closing = Closing(session)
        self.closing.entered.connect(lambda closes: self.change(closes=closes))
        self.card(_("Criteria it will meet")).body.addWidget(self.closing)
        self.bind("closes", self.closing.show_closes)
        self.costs = CostTable(session)
        self.costs.entered.connect(lambda costs: self.change(costs=costs))
        self.card(_("Costs")).body.addWidget(self.costs)
        self.measures = MeasureList(session)
        self.measures.entered.connect(lambda measures: self.change(measures=measures))
        self.card(_("Measures of the product")).body.addWidget(self.measures)
        self.bind("measures", self.measures.show_measures)
        self.risks = RiskList(session, owned=True)
        self.card(_("Risks")).body.addWidget(self.risks)
        self.body.addStretch(1)

    def follow(self) -> None:
        """Show risks, costs and status, which depend on the plan and the language."""
        if not isinstance(self.part, Undertaking):
            return
        key, language = self.part.id, self.session.language
        self.action.set_choices(self.session.action_choices(), self.part.action)
        self.risks.show_risks([r for r in self.session.plan.risks if r.undertaking == key], key)
        self.costs.show_costs(self.part)
        names = [(status, language.t(STATUSES[status])) for status in Status]
        self.status.set_choices(names, self.part.status)

    def flush(self) -> None:
        """Override: the risks are parts of their own."""
        for card in self.risks.cards:
            card.flush()
        super().flush()

    def _build_time(self) -> None:
        rows = FormRows(self.theme)
        self.card(_("Who and when")).body.addWidget(rows)
        self.responsible = self.add_line(rows, _("Responsible"), "responsible")
        self.partners = self.add_line(rows, _("Partners"), "partners")
        self.start = self._add_month(rows, _("Start"), "start")
        self.end = self._add_month(rows, _("End"), "end")
        self.status = CalmCombo()
        self.add_row(rows, _("Status"), self.status)
        self.status.taken.connect(lambda status: self.change(status=status))

    def _add_month(self, rows: FormRows, name: str, attribute: str) -> MonthEdit:
        field = MonthEdit(self.session.language, "")
        marked = self.add_row(rows, name, field)
        self.bind(attribute, lambda month: field.set_value(month or None))
        field.value_changed.connect(lambda month: self.change(marked, **{attribute: month or ""}))
        return field


class ProgrammeRow(QWidget):
    """One named programme that pays.

    Signals:
        entered(str): the user renamed it.
        removed(): the user takes it away.
    """

    entered = Signal(str)
    removed = Signal()

    def __init__(self, session: PlanSession) -> None:
        super().__init__()
        theme = session.page.theme
        self.name = LineField()
        bin_ = BinButton(theme, session.language, _("Remove this programme"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.s)
        row.addWidget(self.name, 1)
        row.addWidget(bin_)
        self.name.entered.connect(self.entered)
        bin_.clicked.connect(self.removed)
        self.retranslate(session.language)

    def retranslate(self, language: Language) -> None:
        """Translate what the field is for."""
        self.name.setAccessibleName(language.t("Name of the programme"))
        self.name.setPlaceholderText(language.t("Name of the programme"))


class SettingsEditor(Editor):
    """The plan's head: years, first page, programmes that pay."""

    def __init__(self, session: PlanSession) -> None:
        super().__init__(session)
        years = FormRows(self.theme)
        self.card(_("Years of the plan")).body.addWidget(years)
        self.first_year = self._add_year(years, _("First year"), "first_year")
        self.last_year = self._add_year(years, _("Last year"), "last_year")
        page = FormRows(self.theme)
        self.card(_("First page")).body.addWidget(page)
        self.title = self.add_line(page, _("Title of the plan"), "title")
        self.version = self.add_line(page, _("Version"), "version")
        self.case_number = self.add_line(page, _("Case number"), "case_number")
        self.date = LineField()
        self.date.setPlaceholderText("2026-11-21")
        dated = self.add_row(page, _("Date"), self.date)
        self.bind("date", self.date.set_value)
        self.date.entered.connect(lambda text: self._set_date(dated, text))
        self.author = self.add_line(page, _("Author"), "author")
        self.approver = self.add_line(page, _("Approved by"), "approver")
        money = self.card(_("Programmes that pay, beside the usual sources"))
        self.programmes = RowList(self._make_programme, self.theme.s)
        self.add = AddButton(session, self.words, _("Add a programme"), self._add_programme)
        money.body.addWidget(self.programmes)
        money.body.addWidget(self.add)
        self.bind("sources", self._show_programmes)
        self.body.addStretch(1)

    def _add_year(self, rows: FormRows, name: str, attribute: str) -> YearField:
        field = YearField()
        marked = self.add_row(rows, name, field)
        self.bind(attribute, field.set_value)
        field.entered.connect(lambda year: self.change(marked, **{attribute: year}))
        return field

    def _set_date(self, marked: Marked, text: str) -> None:
        try:
            date.fromisoformat(text) if text else None
        except ValueError:
            error = SatError("date-malformed", value=text)
            marked.complain(describe(error, self.session.language))
            return
        self.change(marked, date=text)

    @property
    def _sources(self) -> tuple[MoneySource, ...]:
        return self.part.sources if isinstance(self.part, Plan) else ()

    def _show_programmes(self, sources: tuple[MoneySource, ...]) -> None:
        for row, source in zip(self.programmes.set_count(len(sources)), sources, strict=True):
            row.name.set_value(source.name)

    def _make_programme(self, place: int) -> ProgrammeRow:
        made = ProgrammeRow(self.session)
        made.entered.connect(lambda name: self._rename(place, name))
        made.removed.connect(lambda: self._remove(place))
        return made

    def _rename(self, place: int, name: str) -> None:
        sources = list(self._sources)
        sources[place] = replace(sources[place], name=name)
        self.change(sources=tuple(sources))

    def _remove(self, place: int) -> None:
        self.change(sources=(*self._sources[:place], *self._sources[place + 1 :]))

    def _add_programme(self) -> None:
        self.change(sources=(*self._sources, MoneySource(self.session.new_id(), "")))
        if self.programmes.rows:
            self.programmes.rows[-1].name.setFocus()
