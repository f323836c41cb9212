"""Other ways to look at the plan: schedule, money, projection, risks, what it lacks."""

from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from sat_desktop.charts.chart import Chart
from sat_desktop.charts.look import Look
from sat_desktop.charts.money import source_name
from sat_desktop.charts.tiers import begun, tier_names
from sat_desktop.domain.completeness import Finding, FindingSeverity
from sat_desktop.domain.kinds import RISK
from sat_desktop.domain.plan import Risk, add_up
from sat_desktop.domain.questionnaire import TOTAL, Group
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.wording import describe_finding
from sat_desktop.ui.chart_painter import PaintedChart
from sat_desktop.ui.models.listing import Line, ListingModel
from sat_desktop.ui.pages.plan.risks import RiskList
from sat_desktop.ui.pages.plan.session import PlanSession
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.containers import Card, ScrollColumn
from sat_desktop.ui.widgets.text import label


class FactTable(QTableView):
    """A table as high as its rows, on a page that scrolls.

    Signals:
        taken(str): the row of that key was clicked, or Enter was pressed on it.
    """

    taken = Signal(str)

    def __init__(self, theme: Theme, *, jumps: bool = False) -> None:
        super().__init__()
        self._jumps = jumps
        self._model: ListingModel | None = None
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self._elastic = 0
        if jumps:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(self._take)
        self.apply_theme(theme)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The rows shown."""
        return () if self._model is None else self._model.lines

    def show_lines(self, heads: list[str], lines: list[Line], *, figures: bool) -> None:
        """Show other rows; the row that was current stays current where there still is one."""
        row = self.currentIndex().row()
        old, self._model = self._model, ListingModel(heads, lines, figures=figures)
        self.setModel(self._model)
        if old is not None:
            old.deleteLater()
        self._elastic = 0 if figures else len(heads) - 1
        if 0 <= row < len(lines):
            self.setCurrentIndex(self._model.index(row, 0))
        self._fit()

    def apply_theme(self, theme: Theme) -> None:
        """Follow the text size."""
        self.verticalHeader().setDefaultSectionSize(theme.text_px(32))
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override: Enter takes the row."""
        if self._jumps and Qt.Key(event.key()) in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: words break elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _take(self, index: QModelIndex) -> None:
        if index.isValid() and self._model is not None:
            self.taken.emit(self._model.line(index.row()).key)

    def _fit(self) -> None:
        if self._model is None:
            return
        sizes = self.horizontalHeader()
        sizes.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if sizes.length() < self.viewport().width() or self._jumps:
            # Only room that is left over goes to a column; none gives up what it needs.
            sizes.setSectionResizeMode(self._elastic, QHeaderView.ResizeMode.Stretch)
        if self._jumps:
            self.resizeRowsToContents()
        wide = sizes.length() > self.viewport().width()
        extra = self.horizontalScrollBar().sizeHint().height() if wide else 0
        height = self.horizontalHeader().sizeHint().height() + self.verticalHeader().length()
        self.setFixedHeight(height + extra + 4)


class PlanView(ScrollColumn):
    """A way to look at the plan; it works only while it is looked at."""

    def __init__(self, session: PlanSession, fill: Callable[[], None]) -> None:
        """Take what shows the plan as it is; called when the view is looked at."""
        super().__init__(session.page.theme)
        self._frame.setContentsMargins(0, 0, 0, 0)
        self.session = session
        self._fill = fill
        self._stale = True
        session.changed.connect(self._note_change)
        session.recomputed.connect(self._note_change)

    def show_now(self) -> None:
        """Show the plan as it is; called when the view is opened."""
        if self._stale and self.session.assessment.is_open:
            self._stale = False
            self._fill()

    def flush(self) -> None:
        """Have written what is being typed; most views have nothing to type in."""

    def apply_theme(self, theme: Theme) -> None:
        """Follow the text size; the page around has the margins."""
        super().apply_theme(theme)
        self._frame.setContentsMargins(0, 0, theme.s, 0)

    def retranslate(self, _language: Language) -> None:
        """Say everything in another language."""
        self._note_change()

    def _note_change(self) -> None:
        self._stale = True
        if self.isVisible():
            self.show_now()


class ScheduleView(PlanView):
    """The undertakings over the months; a click on one leads to its fields."""

    def __init__(self, session: PlanSession) -> None:
        super().__init__(session, self.fill)
        self.chart = PaintedChart(
            session.page.theme, session.language, title=session.language.t("Schedule"), least=240
        )
        self.chart.view.clicked.connect(session.asked_for)
        card = Card(session.page.theme)
        card.body.addWidget(self.chart)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def fill(self) -> None:
        """Draw the schedule."""
        plan = self.session.plan

        def draw(look: Look, language: Language) -> Chart:
            from sat_desktop.charts.schedule import draw_schedule

            return draw_schedule(plan, look, language)

        self.chart.show_chart(draw)


class MoneyView(PlanView):
    """Years and sources with their sums, and the picture."""

    def __init__(self, session: PlanSession) -> None:
        super().__init__(session, self.fill)
        theme = session.page.theme
        self.table = FactTable(theme)
        self.chart = PaintedChart(
            theme, session.language, title=session.language.t("Money"), least=340
        )
        card = Card(theme)
        card.body.addWidget(self.chart)
        self.body.addWidget(self.table)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def fill(self) -> None:
        """Add up, and draw."""
        plan, language = self.session.plan, self.session.language
        t, money = language.t, add_up(plan)
        used = [s for s, amount in money.by_source.items() if amount]
        heads = [t("Year"), *(source_name(plan, s, language) for s in used), t("Total")]
        lines = []
        for year, total in money.by_year.items():
            amounts = [money.by_year_and_source.get((year, s), 0) for s in used]
            lines.append(Line((str(year), *(language.money(a) for a in (*amounts, total)))))
        sums = [*(money.by_source[s] for s in used), money.total]
        lines.append(Line((t("Total"), *(language.money(a) for a in sums)), strong=True))
        self.table.setAccessibleName(t("Cost of the plan by year and source"))
        self.table.show_lines(heads, lines, figures=True)

        def draw(look: Look, language: Language) -> Chart:
            from sat_desktop.charts.money import draw_money

            return draw_money(plan, look, language)

        self.chart.show_chart(draw)


class ProjectionView(PlanView):
    """The index of every node, now, at the end of each year, and as it is wanted."""

    def __init__(self, session: PlanSession) -> None:
        super().__init__(session, self.fill)
        theme = session.page.theme
        self.chart = PaintedChart(
            theme, session.language, title=session.language.t("Projection"), least=360
        )
        self.table = FactTable(theme)
        card = Card(theme)
        card.body.addWidget(self.chart)
        self.body.addWidget(card)
        self.body.addWidget(self.table)
        self.body.addStretch(1)

    def fill(self) -> None:
        """Show the numbers as they follow from the plan."""
        results, projection = self.session.results, self.session.projection
        if results is None:
            return
        language = self.session.language
        t, years = language.t, sorted(projection)
        lines: list[Line] = []

        def add(key: str, name: str, depth: int) -> None:
            values: list[Fraction | None] = [results.scores.nodes[key].index]
            values += [projection[year].nodes[key].index for year in years]
            values.append(results.gaps.wanted_index[key])
            cells = (name, *(language.percent(value) for value in values))
            lines.append(Line(cells, key, depth, strong=depth < 2))

        def walk(group: Group, depth: int) -> None:
            add(group.id, f"{group.code} {group.name.get(language.code)}".strip(), depth)
            for child in group.groups:
                walk(child, depth + 1)

        add(TOTAL, t("Whole"), 0)
        for group in results.questionnaire.groups:
            walk(group, 1)
        parts = begun(tier_names(results.questionnaire, language))
        heads = [parts, t("now"), *(str(year) for year in years), t("wanted")]
        self.table.setAccessibleName(t("Projected index at the end of each year"))
        self.table.show_lines(heads, lines, figures=True)
        questionnaire, scores = results.questionnaire, results.scores

        def draw(look: Look, language: Language) -> Chart:
            from sat_desktop.charts.projection import draw_projection

            return draw_projection(questionnaire, scores, projection, look, language)

        self.chart.show_chart(draw)


class RisksView(PlanView):
    """All risks of the plan."""

    def __init__(self, session: PlanSession) -> None:
        super().__init__(session, self.fill)
        self.none = label("", "muted", wrap=True)
        self.list = RiskList(session, owned=False)
        self.body.addWidget(self.none)
        self.body.addWidget(self.list)
        self.body.addStretch(1)

    def flush(self) -> None:
        """Override: a risk may be being written."""
        for card in self.list.cards:
            card.flush()

    def fill(self) -> None:
        """Show the risks in their order."""
        risks = self.session.plan.risks
        self.none.setText(
            self.session.language.t("Name what may go wrong, and what you will do then.")
        )
        self.none.setVisible(not risks)
        self.list.show_risks(risks)


class CheckView(PlanView):
    """What the plan lacks; each finding leads to where it can be mended.

    Signals:
        jump(Finding): the user wants to go where a finding can be mended.
    """

    jump = Signal(object)

    def __init__(self, session: PlanSession) -> None:
        super().__init__(session, self.fill)
        self.words = label("", "muted", wrap=True)
        self.table = FactTable(session.page.theme, jumps=True)
        self.table.taken.connect(self._take)
        self.body.addWidget(self.words)
        self.body.addWidget(self.table)
        self.body.addStretch(1)

    def fill(self) -> None:
        """List the findings, contradictions first."""
        t, language = self.session.language.t, self.session.language
        names = {
            FindingSeverity.ERROR: (t("Contradiction"), "error", "negative"),
            FindingSeverity.OPEN: (t("Missing"), "warning", "warning"),
            FindingSeverity.ADVICE: (t("Advice"), "info", "accent"),
        }
        order = list(names)
        self._findings = sorted(self.session.findings, key=lambda f: order.index(f.severity))
        theme = self.session.page.theme
        icons = {s: theme.icon(icon, role, 16) for s, (_, icon, role) in names.items()}
        lines = [
            Line(
                (names[f.severity][0], describe_finding(f, language)),
                str(row),
                icon=icons[f.severity],
            )
            for row, f in enumerate(self._findings)
        ]
        self.table.setVisible(bool(lines))
        self.table.setAccessibleName(t("What the plan lacks"))
        self.table.show_lines([t("Kind"), t("What and where")], lines, figures=False)
        self.words.setText(
            t("Click a line, or press Enter on it, to go where it can be mended.")
            if lines
            else t("Nothing is missing: the plan is complete.")
        )

    def _take(self, row: str) -> None:
        self.jump.emit(self._findings[int(row)])


def target_of(finding: Finding, session: PlanSession) -> str:
    """Return the part of the plan that a finding leads to, "" for the plan as a whole."""
    if finding.kind == RISK.name:
        risk = session.part(finding.item)
        return risk.undertaking or "" if isinstance(risk, Risk) else ""
    return finding.item
