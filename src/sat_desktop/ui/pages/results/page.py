"""Where the unit stands: four figures, the pictures, every number, and where each comes from.

Numbers come from the open assessment, computed once after each change and only when somebody looks.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from sat_desktop.charts.catalogue import CHARTS
from sat_desktop.charts.chart import Chart, ChartInput, Facts
from sat_desktop.charts.look import Look
from sat_desktop.charts.tiers import begun, lowest_plural
from sat_desktop.domain.answers import Answer
from sat_desktop.domain.coherence import find_incoherence
from sat_desktop.domain.history import Change
from sat_desktop.domain.kinds import AIM, ANSWER
from sat_desktop.domain.questionnaire import TOTAL
from sat_desktop.runtime.i18n import Language
from sat_desktop.services.derived import Results
from sat_desktop.ui.chart_painter import Draw, PaintedChart, in_drawing_thread
from sat_desktop.ui.file_names import file_name
from sat_desktop.ui.gateway import Gateway
from sat_desktop.ui.messages import Message, Severity
from sat_desktop.ui.pages.page import Page, PageContext
from sat_desktop.ui.pages.results.explaining import explain
from sat_desktop.ui.pages.results.explanation import first_indicator
from sat_desktop.ui.pages.results.figures import Figures
from sat_desktop.ui.pages.results.numbers import NumbersTable
from sat_desktop.ui.pages.results.panel import ExplanationPanel
from sat_desktop.ui.pages.results.presentation import Presentation
from sat_desktop.ui.session import AssessmentSession
from sat_desktop.ui.tasks import Progress
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.coherence import CoherenceNotes
from sat_desktop.ui.widgets.containers import Card, ScrollColumn
from sat_desktop.ui.widgets.feedback import EmptyState
from sat_desktop.ui.widgets.inputs import SegmentedSwitch


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues."""
    return sentence


PICTURES: Final[Mapping[str, str]] = {
    "dimensions": _("Groups"),
    "radar": _("Profile"),
    "heatmap": _("Heat map"),
    "gaps": _("Gaps"),
}
NUMBERS: Final = "numbers"
"""The choice of the switch that is no picture."""


class ResultsPage(Page):
    """The page.

    Attributes:
        figures: the four cards.
        switch: which picture, or the table.
        charts: the pictures by kind.
        numbers: the table.
        panel: where a number comes from; hidden until somebody asks.
    """

    def __init__(self, context: PageContext, session: AssessmentSession, gateway: Gateway) -> None:
        super().__init__(context, fills=True)
        self._session = session
        self._gateway = gateway
        self._stale = True
        self._results: Results | None = None
        self._draws: dict[str, Draw] = {}
        self._explained: tuple[str, str] = ("", "")
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        self._folder = Path(QStandardPaths.writableLocation(documents))
        theme, language = self.theme, self.language
        self.figures = Figures(theme)
        self.figures.asked.connect(lambda kind: self.explain(TOTAL, kind))
        self.coherence = CoherenceNotes(theme)
        self.coherence.wanted.connect(self._go_to_answers)
        self.switch = SegmentedSwitch(theme, "results", [(key, "") for key in (*PICTURES, NUMBERS)])
        self.switch.chosen.connect(self.show_part)
        self.charts = {kind: PaintedChart(theme, language) for kind in PICTURES}
        self.numbers = NumbersTable(theme)
        self.numbers.asked.connect(self.explain)
        self.save_button = QPushButton()
        self.save_button.clicked.connect(lambda _on=False: self.save_chart())
        self.screen_button = QPushButton()
        self.screen_button.clicked.connect(lambda _on=False: self.present())
        self.panel = ExplanationPanel(theme, language)
        self.panel.asked.connect(self.explain)
        self.panel.answers_asked.connect(self._go_to_answers)
        self.panel.closed.connect(self._close_panel)
        self.panel.hide()
        self.empty = EmptyState(theme, "results", "", " ", self._leave)
        self._build()
        full = QShortcut(QKeySequence("F11"), self)
        full.activated.connect(self.present)
        session.opened.connect(self._forget)
        session.changed.connect(self._follow)
        session.computing.arrived.connect(self._look)
        self.retranslate(language)

    # What the window calls

    def refresh(self) -> None:
        """Override: read the numbers anew where they changed."""
        if self._stale:
            self._show()

    def show_target(self, target: str) -> None:
        """Override: explain a node or an indicator, or show a picture, by its id."""
        if target in PICTURES or target == NUMBERS:
            self.switch.set_choice(target)
            self.show_part(target)
        elif self._results is not None and (
            target in self._results.scores.nodes or target in self._results.scores.ratings
        ):
            self.explain(target)

    def apply_theme(self, theme: Theme) -> None:
        """Override: buttons have icons of the page's own."""
        super().apply_theme(theme)
        self._arrange()

    def retranslate(self, language: Language) -> None:
        """Override: say everything in another language."""
        super().retranslate(language)
        t = language.t
        self.heading.set_words(
            t("Results"), t("Where the unit stands, where it wants to be, and what is missing.")
        )
        self.switch.setAccessibleName(t("What to show"))
        self.save_button.setText(t("Save the chart…"))
        self.save_button.setToolTip(t("Save this chart as a picture (PNG) or a drawing (SVG)"))
        self.screen_button.setText(t("Full screen"))
        self.screen_button.setToolTip(t("Show the charts on the whole screen (F11)"))
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: the explanation stands beside the page, or instead of it."""
        super().resizeEvent(event)
        self._arrange()

    # What the user does

    def show_part(self, part: str) -> None:
        """Show a picture, or the table."""
        for kind, chart in self.charts.items():
            self._cards[kind].setVisible(kind == part)
            if kind == part and kind in self._draws:
                chart.show_chart(self._draws[kind])
        self.numbers.setVisible(part == NUMBERS)
        if part == NUMBERS and self._results is not None:
            self.numbers.show_results(self._results, self.language)
        self.save_button.setEnabled(part != NUMBERS)

    def explain(self, key: str, kind: str = "") -> None:
        """Say where the numbers of a node or an indicator come from."""
        if self._results is None:
            return
        self._explained = (key, kind)
        answers = self._agreed_answers()
        self.panel.show_explanation(explain(self._results, answers, key, self.language), kind)
        self.panel.show()
        self._arrange()
        self.panel.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def present(self) -> None:
        """Show the charts on the whole screen, from the present one on."""
        if shown := self.presentation():
            shown.showFullScreen()

    def presentation(self) -> Presentation | None:
        """Build the window of `present`; None while there is nothing to show."""
        if self._results is None:
            return None
        assessment = self._session.dossier.assessment
        kinds = list(PICTURES)
        place = kinds.index(self.switch.choice) if self.switch.choice in PICTURES else 0
        shown = Presentation(
            self.theme,
            self.language,
            f"{assessment.unit.name} · {assessment.period}",
            [(self._title(kind), self._draws[kind]) for kind in PICTURES],
            place,
            self.window(),
        )
        shown.view.clicked.connect(lambda key: self._leave_presentation(shown, key))
        return shown

    def save_chart(self) -> None:
        """Ask where to and save the picture that is shown."""
        kind = self.switch.choice
        if self._results is None or kind not in self._draws:
            return
        t = self.language.t
        unit = self._session.dossier.assessment.unit.name
        path = self.context.dialogs.save_file(
            t("Save the chart"),
            [(t("Picture"), "*.png"), (t("Drawing"), "*.svg")],
            self._folder / file_name(f"{unit} - {self._title(kind)}", ".png"),
        )
        if path is None:
            return
        self._folder = path.parent
        given = self._given(self._results)
        language = self.language

        def work(_progress: Progress) -> Path:
            content = in_drawing_thread(partial(_picture, kind, given, language, path.suffix))
            self._gateway.save_file(path, content)
            return path

        self.context.tasks.run(t("Saving the chart…"), work, self._tell_saved)

    # Inside

    def _build(self) -> None:
        self._scroll = ScrollColumn(self.theme)
        column = self._scroll.body
        self.body.removeWidget(self.heading)
        column.addWidget(self.heading)
        self.heading.buttons.addWidget(self.save_button)
        self.heading.buttons.addWidget(self.screen_button)
        column.addWidget(self.figures)
        column.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        self._cards: dict[str, Card] = {}
        for kind, chart in self.charts.items():
            card = self._cards[kind] = Card(self.theme)
            card.body.addWidget(chart)
            chart.view.clicked.connect(self._go_to_answers)
            column.addWidget(card)
        column.addWidget(self.numbers, 1)
        column.addWidget(self.coherence)
        column.addStretch(0)
        self._row = QHBoxLayout()
        self._row.addWidget(self._scroll, 1)
        self._side = QWidget()
        self._side_frame = QVBoxLayout(self._side)
        self._side_frame.addWidget(self.panel)
        self._row.addWidget(self._side)
        content = QWidget()
        content.setLayout(self._row)
        blank = QWidget()
        outer = QVBoxLayout(blank)
        outer.addWidget(self.empty)
        self._stack = QStackedWidget()
        self._stack.addWidget(content)
        self._stack.addWidget(blank)
        self._stack.addWidget(QWidget())
        self.body.addWidget(self._stack, 1)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)

    def _space(self) -> None:
        # The column that scrolls has its own edges; the bar of scrolling stands at the window's.
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)

    def _arrange(self) -> None:
        if not hasattr(self, "_stack"):
            return
        theme = self.theme
        width = theme.text_px(440)
        open_ = not self.panel.isHidden()
        self._side.setVisible(open_)
        beside = self.width() >= width + theme.text_px(540)
        self._scroll.setVisible(beside or not open_)
        self.panel.setMaximumWidth(width if beside else 16_777_215)
        self.panel.setMinimumWidth(width if beside else 0)
        self._side_frame.setContentsMargins(0 if beside else theme.l, theme.l, theme.l, theme.l)

    def _follow(self, change: Change) -> None:
        if change.touches(ANSWER.name) or change.touches(AIM.name):
            self._note_change()

    def _note_change(self) -> None:
        self._stale = True
        self._look()

    def _look(self) -> None:
        """Show what is new, while somebody looks."""
        if self.isVisible():
            self.refresh()

    def _forget(self) -> None:
        # The numbers of one assessment are never shown for another's.
        self._results = None
        self._explained = ("", "")
        self.panel.hide()
        self._arrange()
        self._note_change()

    def _title(self, kind: str) -> str:
        """Return what a picture is called; that of the lowest groups as the questionnaire calls them."""
        if kind == "dimensions" and self._session.is_open:
            return begun(lowest_plural(self._session.dossier.questionnaire, self.language))
        return self.language.t(PICTURES[kind])

    def _show(self) -> None:
        t = self.language.t
        self.switch.set_words([*(self._title(kind) for kind in PICTURES), t("Table")])
        self._stale = False
        if self._session.is_open and not self._session.computing.want("results"):
            # The former numbers stay until these arrive.
            self._stale = True
            if self._results is None:
                self._stack.setCurrentIndex(2)
            return
        self._results = None
        self._draws = {}
        if not self._session.is_open:
            self.empty.set_words(
                t("Open an assessment or begin a new one; its results are shown here."),
                t("Go to the start"),
            )
        else:
            results = self._session.derived.results
            if results.scores.total.rated:
                self._results = results
            self.empty.set_words(
                t("Nothing has been rated yet. As soon as one indicator is, its result is here."),
                t("Answer the questionnaire"),
            )
        self._stack.setCurrentIndex(0 if self._results is not None else 1)
        if self._results is None:
            self.panel.hide()
            return
        given = self._given(self._results)
        self._draws = {kind: partial(_draw, kind, given) for kind in PICTURES}
        self.figures.show_results(self._results, self.language)
        self.coherence.show_findings(
            find_incoherence(self._results.questionnaire, self._agreed_answers()),
            self._results.questionnaire,
            self.language,
        )
        self.show_part(self.switch.choice)
        if not self.panel.isHidden() and self._explained[0]:
            answers = self._agreed_answers()
            key, kind = self._explained
            self.panel.show_explanation(explain(self._results, answers, key, self.language), kind)

    def _given(self, results: Results) -> ChartInput:
        assessment = self._session.dossier.assessment
        return ChartInput(
            results.questionnaire,
            results.scores,
            results.gaps,
            facts=Facts(assessment.unit.name, assessment.period),
            consensus=results.consensus,
        )

    def _agreed_answers(self) -> Mapping[str, Answer]:
        dossier = self._session.dossier
        return dossier.answers(dossier.agreed.id)

    def _leave(self) -> None:
        self.context.go_to("questionnaire" if self._session.is_open else "start", "")

    def _go_to_answers(self, key: str) -> None:
        if self._results is None:
            return
        indicator = first_indicator(self._results.questionnaire, key)
        if indicator:
            self.context.go_to("questionnaire", indicator)

    def _close_panel(self) -> None:
        self.panel.hide()
        self._arrange()
        self.switch.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_presentation(self, shown: Presentation, key: str) -> None:
        shown.close()
        self._go_to_answers(key)

    def _tell_saved(self, path: Path) -> None:
        self.context.messages.post(
            Message(
                self.language.t("The chart is saved: {path}", path=path),
                Severity.SUCCESS,
                key="chart-saved",
            )
        )


def _draw(kind: str, given: ChartInput, look: Look, language: Language) -> Chart:
    # The page says of which unit and time everything on it is.
    plain = ChartInput(given.questionnaire, given.scores, given.gaps)
    return CHARTS[kind](plain if not look.titled else given, look, language)


def _picture(kind: str, given: ChartInput, language: Language, ending: str) -> bytes:
    """Return a picture that says by itself what it shows and of whom."""
    from sat_desktop.charts.rendering import render_png, render_svg

    chart = CHARTS[kind](given, Look(), language)
    if ending.lower() == ".svg":
        return render_svg(chart, language.code)
    return render_png(chart)
