"""What the parts of the plan page share: the plan as it is, what it lacks, and how to change it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from sat_desktop.domain.completeness import Finding
from sat_desktop.domain.kinds import ANSWER
from sat_desktop.domain.plan import Action, DevelopmentPlan, Goal, Plan, Risk, Undertaking
from sat_desktop.domain.scores import Scores
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.wording import describe_finding
from sat_desktop.services.derived import Results
from sat_desktop.services.planning import move, put, remove
from sat_desktop.ui.models.plan_tree import TreePart, title_of
from sat_desktop.ui.pages.page import Page
from sat_desktop.ui.session import AssessmentSession

_PAUSE_MS: Final = 250


class PlanSession(QObject):
    """The plan on the bench.

    Attributes:
        page: lends theme, language, dialogs.
        assessment: what the plan belongs to.
        plan: as it is on disk.
        findings, projection, results: what follows from it, None for the results before they are
            there for the first time; worked out a moment after a change.

    Signals:
        changed(): the plan may be another one.
        recomputed(): findings and projection are those of the plan now.
        asked_for(str): somebody wants to see the part of that id ("" for the plan's settings).
    """

    changed = Signal()
    recomputed = Signal()
    asked_for = Signal(str)

    def __init__(self, page: Page, session: AssessmentSession) -> None:
        super().__init__(page)
        self.page = page
        self.assessment = session
        self._awaited = ""
        self._waiting = False
        self.plan = DevelopmentPlan(Plan(2000, 2000), {})
        self.findings: tuple[Finding, ...] = ()
        self.projection: Mapping[int, Scores] = {}
        self.results: Results | None = None
        self._parts: dict[str, Goal | Action | Undertaking | Risk] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.recompute)
        session.failed.connect(lambda _error: self._wait_no_more())
        session.opened.connect(self._forget)
        session.computing.arrived.connect(self._look)

    @property
    def language(self) -> Language:
        """The language in force."""
        return self.page.language

    # Reading

    def refresh(self) -> None:
        """Read the plan again and tell everybody; what follows from it comes a moment later."""
        if not self.assessment.is_open:
            return
        self.plan = self.assessment.derived.plan
        plan = self.plan
        self._parts = {
            **{goal.id: goal for goal in plan.goals},
            **{action.id: action for action in plan.actions},
            **{work.id: work for work in plan.undertakings},
            **{risk.id: risk for risk in plan.risks},
        }
        self.changed.emit()
        self._timer.start()
        if self._awaited in self._parts:
            awaited, self._awaited = self._awaited, ""
            self.asked_for.emit(awaited)

    def recompute(self) -> None:
        """Work out findings and projection; what takes long comes when it is ready."""
        self._timer.stop()
        if not self.assessment.is_open:
            return
        self._waiting = not self.assessment.computing.want("results", "findings", "projection")
        if not self._waiting:
            derived = self.assessment.derived
            self.results = derived.results
            self.findings, self.projection = derived.findings, derived.projection
            self.recomputed.emit()

    def _look(self) -> None:
        if self._waiting and self.page.isVisible():
            self.recompute()

    def part(self, identifier: str) -> Goal | Action | Undertaking | Risk | None:
        """Return a part of the plan, None if it is not there (any more)."""
        return self._parts.get(identifier)

    def remarks(self) -> dict[str, list[str]]:
        """Return what parts of the plan lack, in sentences by part."""
        found: dict[str, list[str]] = {}
        for finding in self.findings:
            if finding.kind != ANSWER.name and finding.item:
                found.setdefault(finding.item, []).append(describe_finding(finding, self.language))
        return found

    def goal_choices(self) -> list[tuple[object, str]]:
        """Return the goals as (id, number and title)."""
        return [
            (goal.id, f"{number} {title_of(goal, self.language)}")
            for number, goal in enumerate(self.plan.goals, 1)
        ]

    def action_choices(self) -> list[tuple[object, str]]:
        """Return the actions of all goals as (id, number and title)."""
        return [
            (action.id, f"{above}.{number} {title_of(action, self.language)}")
            for above, goal in enumerate(self.plan.goals, 1)
            for number, action in enumerate(self.plan.actions_of(goal.id), 1)
        ]

    # Changing

    def new_id(self) -> str:
        """Return an id for a new part."""
        return self.assessment.workspace.new_id()

    def put(
        self,
        *parts: Goal | Action | Undertaking | Risk,
        before: Goal | Action | Undertaking | Risk | None = None,
    ) -> None:
        """Add or replace parts, as one change; `before` is what the user saw of the one part."""
        self.assessment.run(put, *parts, before=(before,) if before is not None else ())

    def drop(self, part: Goal | Action | Undertaking | Risk) -> None:
        """Remove a part with all below it, without asking."""
        self.assessment.run(remove, part)

    def move(self, part: Goal | Action | Undertaking, step: int) -> None:
        """Move a part among its siblings."""
        self.assessment.run(move, part, step)

    def add_goal(self, after: str = "") -> None:
        """Add a goal behind another one (or at the end) and show it."""
        self._insert(Goal(self.new_id(), ""), self.plan.goals, after)

    def add_action(self, goal: str, after: str = "") -> None:
        """Add an action to a goal and show it."""
        self._insert(Action(self.new_id(), goal, ""), self.plan.actions_of(goal), after)

    def add_undertaking(self, action: str, after: str = "") -> None:
        """Add an undertaking to an action and show it."""
        made = Undertaking(self.new_id(), action, "")
        self._insert(made, self.plan.undertakings_of(action), after)

    def add_sibling(self, part: TreePart | None) -> None:
        """Add a part of the same kind behind another one; a goal behind nothing."""
        if isinstance(part, Action):
            self.add_action(part.goal, part.id)
        elif isinstance(part, Undertaking):
            self.add_undertaking(part.action, part.id)
        else:
            self.add_goal(part.id if part is not None else "")

    def add_child(self, part: TreePart | None) -> None:
        """Add a part below another one; undertakings have nothing below and get a neighbour."""
        if isinstance(part, Goal):
            self.add_action(part.id)
        elif isinstance(part, Action):
            self.add_undertaking(part.id)
        else:
            self.add_sibling(part)

    def add_risk(self, undertaking: str | None) -> None:
        """Add a risk to an undertaking, or to the whole plan."""
        position = max((r.position for r in self.plan.risks), default=-1) + 1
        self.put(Risk(self.new_id(), "", undertaking=undertaking, position=position))

    def remove(self, part: Goal | Action | Undertaking) -> None:
        """Remove a part with all below it, after asking."""
        t, n = self.language.t, self.language.n
        count = self._size(part)
        name = title_of(part, self.language)
        text = n(
            "{count} part of the plan will go. Ctrl+Z brings it back.",
            "{count} parts of the plan will go, with everything below. Ctrl+Z brings them back.",
            count,
        )
        title = t("Delete “{title}”?", title=name if len(name) < 90 else name[:88] + "…")
        if self.page.context.dialogs.confirm(title, text, t("Delete"), danger=True):
            self.drop(part)

    def _size(self, part: Goal | Action | Undertaking) -> int:
        plan = self.plan
        actions = plan.actions_of(part.id) if isinstance(part, Goal) else ()
        holders = {a.id for a in actions} | {part.id}
        works = {u.id for u in plan.undertakings if u.action in holders}
        doomed = works | {part.id}
        risks = sum(r.undertaking in doomed for r in plan.risks)
        return 1 + len(actions) + len(works - {part.id}) + risks

    def _insert(self, made: TreePart, siblings: Sequence[TreePart], after: str) -> None:
        """Put a part behind a sibling, moving those that follow; all in one change."""
        ids = [s.id for s in siblings]
        place = ids.index(after) + 1 if after in ids else len(ids)
        order: list[TreePart] = [*siblings[:place], made, *siblings[place:]]
        base = min((s.position for s in siblings), default=0)
        moved = [
            replace(part, position=base + row)
            for row, part in enumerate(order)
            if part is made or part.position != base + row
        ]
        self._awaited = made.id
        self.put(*moved)

    def _forget(self) -> None:
        """Show nothing of one assessment for another's."""
        self._timer.stop()
        self.results, self.findings, self.projection = None, (), {}
        self._waiting = False
        self._wait_no_more()

    def _wait_no_more(self) -> None:
        self._awaited = ""
