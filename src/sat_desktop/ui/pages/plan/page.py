"""The plan page: what the plan costs and reaches, its tree, and the other ways to look at it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from sat_desktop.domain.completeness import Finding
from sat_desktop.domain.history import Change
from sat_desktop.domain.kinds import ANSWER, RISK, UNDERTAKING
from sat_desktop.domain.plan import Risk, add_up
from sat_desktop.domain.questionnaire import TOTAL
from sat_desktop.runtime.i18n import Language, language_of
from sat_desktop.services.planning import draft_plan, goal_titles
from sat_desktop.ui.gateway import Gateway
from sat_desktop.ui.messages import Message, Severity
from sat_desktop.ui.pages.page import Page, PageContext
from sat_desktop.ui.pages.plan.session import PlanSession
from sat_desktop.ui.pages.plan.views import (
    CheckView,
    MoneyView,
    PlanView,
    ProjectionView,
    RisksView,
    ScheduleView,
    target_of,
)
from sat_desktop.ui.pages.plan.workshop import Workshop
from sat_desktop.ui.session import AssessmentSession
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.containers import FlowLayout
from sat_desktop.ui.widgets.feedback import EmptyState


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues."""
    return sentence


VIEWS: Final = (
    ("tree", _("Goals and undertakings")),
    ("schedule", _("Schedule")),
    ("money", _("Money")),
    ("projection", _("Projection")),
    ("risks", _("Risks")),
    ("check", _("Check")),
)
_LEAST_HEIGHT: Final = 260
_MAKERS: Final[dict[str, Callable[[PlanSession], PlanView]]] = {
    "schedule": ScheduleView,
    "money": MoneyView,
    "projection": ProjectionView,
    "risks": RisksView,
    "check": CheckView,
}


class PlanPage(Page):
    """Goals, actions and undertakings, and what follows from them.

    Signals:
        conflicts_asked(): the user wants to settle what two people said differently.

    Attributes:
        session: the plan as the page's parts share it.
        workshop: tree and editor.
        tabs: the ways to look at the plan.
    """

    conflicts_asked = Signal()

    def __init__(self, context: PageContext, session: AssessmentSession, gateway: Gateway) -> None:
        super().__init__(context, fills=True)
        self._assessment = session
        self._gateway = gateway
        self.session = PlanSession(self, session)
        self._views: dict[str, PlanView] = {}
        self._stale = True
        self._drafting = False
        self.draft, self.add_goal, self.settings = QPushButton(), QPushButton(), QPushButton()
        self.draft.clicked.connect(self.draft_from_gaps)
        self.add_goal.clicked.connect(self._begin_goal)
        self.settings.clicked.connect(lambda: self._show_part(""))
        self._actions = QWidget()
        self._action_row = FlowLayout(self._actions)
        for button in (self.draft, self.add_goal, self.settings):
            self._action_row.addWidget(button)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        for view, words in VIEWS:
            self.tabs.setTabData(self.tabs.addTab(self.language.t(words)), view)
        self.workshop = Workshop(self.session)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.workshop)
        self.empty = EmptyState(self.theme, "plan", "", " ", self._fill_emptiness)
        self._build_sheet()
        self.tabs.currentChanged.connect(self._open_tab)
        self.workshop.turned.connect(self._arrange)
        self.session.changed.connect(self._show_totals)
        self.session.recomputed.connect(self._show_totals)
        self.session.asked_for.connect(self._go_to_tree)
        session.opened.connect(self._note_change)
        session.changed.connect(self._follow)
        session.failed.connect(lambda _error: self._forget_draft())
        session.interrupting.connect(self._keep_typed)
        self.apply_theme(self.theme)
        self.retranslate(self.language)

    def _build_sheet(self) -> None:
        """Put everything on one sheet, which scrolls where the window is too low for it."""
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.addWidget(self.heading, 1)
        self._top.addWidget(self._actions)
        sheet = QWidget()
        sheet.setObjectName("backdrop")
        self._column = QVBoxLayout(sheet)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._top)
        self._column.addWidget(self.tabs)
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(self.empty, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(sheet)
        self.body.addWidget(scroll, 1)

    def refresh(self) -> None:
        """Show the plan as it is; called whenever the page is opened."""
        self._stale = False
        self.session.refresh()
        self._choose_face()
        self._show_totals()

    def show_target(self, target: str) -> None:
        """Jump to a part of the plan, or to one of the ways to look at it."""
        if target in dict(VIEWS):
            self.tabs.setCurrentIndex([view for view, _words in VIEWS].index(target))
        else:
            self._show_part("" if target == "settings" else target)

    def show_finding(self, finding: Finding) -> None:
        """Go where a finding can be mended."""
        if finding.code == "conflict-open":
            self.conflicts_asked.emit()
        elif finding.kind == ANSWER.name:
            self.context.go_to("questionnaire", finding.item)
        elif finding.code == "plan-without-goals":
            self.show_target("tree")
        elif finding.code == "risks-missing" or (
            finding.kind == RISK.name and not self._owner_of(finding.item)
        ):
            self.show_target("risks")
        else:
            self._show_part(target_of(finding, self.session))

    def draft_from_gaps(self) -> None:
        """Offer undertakings for the gaps that the plan leaves open."""
        if self._assessment.is_open:
            self._drafting = True
            language = language_of(self._assessment.dossier.assessment.language)
            self._assessment.run(draft_plan, goal_titles(language))

    def _tell_draft(self, change: Change) -> None:
        """Say what came of a draft that was asked for here."""
        new = sum(item.kind == UNDERTAKING.name for item in change.items)
        words = (
            self.language.n(
                "{count} undertaking was drafted from the gaps. Ctrl+Z takes it back.",
                "{count} undertakings were drafted from the gaps. Ctrl+Z takes them back.",
                new,
            )
            if new
            else self.language.t("There is no open gap to draft from.")
        )
        severity = Severity.SUCCESS if new else Severity.INFO
        self.context.messages.post(Message(words, severity, key="drafted"))

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours and the scale of spaces."""
        super().apply_theme(theme)
        self._column.setSpacing(theme.m)
        self._action_row.setSpacing(theme.s)
        self._top.setSpacing(theme.s)
        self._arrange()
        self.draft.setIcon(theme.icon("target", "text", 18))
        self.add_goal.setIcon(theme.icon("plus", "text", 18))
        self.settings.setIcon(theme.icon("settings", "text", 18))

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""
        super().retranslate(language)
        t = language.t
        self.draft.setText(t("Draft from the gaps"))
        self.draft.setToolTip(t("Offer undertakings for every gap that the plan leaves open"))
        self.add_goal.setText(t("Add goal"))
        self.settings.setText(t("Plan settings"))
        self.tabs.setAccessibleName(t("Ways to look at the plan"))
        for place, (_view, words) in enumerate(VIEWS):
            self.tabs.setTabText(place, t(words))
        self._choose_face()
        self._show_totals()

    def showEvent(self, event: QShowEvent) -> None:
        """Override: what changed meanwhile is shown when somebody looks."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Override: who leaves the page has finished typing."""
        super().hideEvent(event)
        if self._assessment.is_open:
            self._keep_typed()

    def _keep_typed(self) -> None:
        """Have written what is being typed, wherever it is."""
        self.workshop.flush()
        for view in self._views.values():
            view.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: the buttons stand beside the heading where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        beside = self.width() >= self.theme.text_px(980)
        direction = QBoxLayout.Direction
        self._top.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        least = self.workshop.least_height if self.tabs.currentIndex() == 0 else _LEAST_HEIGHT
        self._stack.setMinimumHeight(self.theme.text_px(least))

    # Following

    def _follow(self, change: Change) -> None:
        if change:
            self._note_change()
        if self._drafting:
            self._forget_draft()
            self._tell_draft(change)

    def _forget_draft(self) -> None:
        self._drafting = False

    def _note_change(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _choose_face(self) -> None:
        """Show the plan, or what to do where there is none."""
        open_ = self._assessment.is_open
        started = open_ and bool(self.session.plan.goals or self.session.plan.risks)
        for widget in (self._actions, self.tabs, self._stack):
            widget.setVisible(started)
        self.empty.setVisible(not started)
        t = self.language.t
        if not open_:
            self.empty.set_words(
                t("Open or begin an assessment first; its plan is written here."), t("Go to Start")
            )
        elif not started:
            self.empty.set_words(
                t(
                    "The plan has no goals yet. Let the program draft goals, actions and "
                    "undertakings from the gaps of the assessment; you can change all of it."
                ),
                t("Draft from the gaps"),
            )

    def _fill_emptiness(self) -> None:
        if self._assessment.is_open:
            self.draft_from_gaps()
        else:
            self.context.go_to("start", "")

    def _show_totals(self) -> None:
        """Say in a line what the plan covers, costs and reaches."""
        t, language = self.language.t, self.language
        if not self._assessment.is_open:
            self.heading.set_words(t("Plan"))
            return
        plan, projection = self.session.plan, self.session.projection
        head = plan.head
        parts = [
            language.n("{count} undertaking", "{count} undertakings", len(plan.undertakings)),
            language.money(add_up(plan).total),
        ]
        last = projection.get(head.last_year)
        if last is not None and self.session.results is not None:
            now = self.session.results.scores.nodes[TOTAL].index
            parts.append(
                t(
                    "index {now} → {then} at the end of {year}",
                    now=language.percent(now),
                    then=language.percent(last.nodes[TOTAL].index),
                    year=head.last_year,
                )
            )
        title = t("Plan for {first}–{last}", first=head.first_year, last=head.last_year)
        self.heading.set_words(title, " · ".join(parts))

    # Going somewhere

    def _open_tab(self, place: int) -> None:
        view = str(self.tabs.tabData(place))
        self.workshop.flush()
        self._arrange()
        if view == "tree":
            self._stack.setCurrentWidget(self.workshop)
            return
        if view not in self._views:
            made = _MAKERS[view](self.session)
            self._views[view] = made
            self._stack.addWidget(made)
            if isinstance(made, CheckView):
                made.jump.connect(self.show_finding)
        if view in {"projection", "check"}:
            self.session.recompute()
        self._stack.setCurrentWidget(self._views[view])
        self._views[view].show_now()

    def _go_to_tree(self, _part: str) -> None:
        self.tabs.setCurrentIndex(0)

    def _show_part(self, part: str) -> None:
        self.session.asked_for.emit(part)

    def _begin_goal(self) -> None:
        self.session.add_goal()

    def _owner_of(self, risk: str) -> str:
        found = self.session.part(risk)
        return (found.undertaking or "") if isinstance(found, Risk) else ""
