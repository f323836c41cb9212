"""Writing the plan: draft it from the gaps, edit its parts, check what it lacks."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from sat_desktop.domain.drafting import default_aims, draft
from sat_desktop.domain.history import Change, Item
from sat_desktop.domain.kinds import ACTION, AIM, CHAPTER, GOAL, PLAN, RISK, UNDERTAKING
from sat_desktop.domain.plan import (
    CHAPTERS,
    Action,
    Chapter,
    DevelopmentPlan,
    Goal,
    Plan,
    Risk,
    Undertaking,
)
from sat_desktop.domain.questionnaire import Group
from sat_desktop.errors import SatError
from sat_desktop.runtime.i18n import Language
from sat_desktop.services.changes import record, require_item
from sat_desktop.services.derived import Derived
from sat_desktop.services.dossier import Dossier
from sat_desktop.services.ports import Workspace

Part = Goal | Action | Undertaking | Risk

_KIND_OF: Final = {kind.record: kind for kind in (GOAL, ACTION, UNDERTAKING, RISK)}


def item_of(part: Part) -> Item:
    """Return the identity under which a part of the plan is revised."""
    return _KIND_OF[type(part)].item(part.id)


def goal_titles(language: Language) -> Callable[[Group], str]:
    """Return the wording of a drafted goal for a group, in the language of the plan."""

    def title(group: Group) -> str:
        return language.t("Higher maturity: {name}", name=group.name.get(language.code))

    return title


def draft_plan(
    workspace: Workspace, dossier: Dossier, goal_title: Callable[[Group], str]
) -> Change:
    """Add goals, actions and undertakings for the gaps the plan leaves open, as one change.

    The wanted levels they lead to are written down as aims, so that later answers do not move
    them unseen.
    """
    now = Derived(dossier).snapshot()
    plan = now.state.plan
    new = draft(
        dossier.questionnaire,
        now.scores,
        now.gaps,
        plan,
        dossier.assessment.language,
        goal_title,
        frozenset().union(*(dossier.heads.keys(k.name) for k in (GOAL, ACTION, UNDERTAKING))),
    )
    values: dict[Item, object | None] = {PLAN.item(): plan.head}
    for indicator, wanted in default_aims(now.gaps).items():
        aim = replace(dossier.aim(indicator), wanted=wanted)
        values[AIM.item(indicator)] = aim
    parts: tuple[Part, ...] = (*new.goals, *new.actions, *new.undertakings)
    values |= {item_of(part): part for part in parts}
    return record(workspace, dossier, "draft", values)


def set_head(workspace: Workspace, dossier: Dossier, head: Plan) -> Change:
    """Replace the plan's head: years, title, case number, author, sources of money.

    Raises:
        SatError: `date-malformed` when the date for the first page is no day.
    """
    if head.date and not _is_day(head.date):
        raise SatError("date-malformed", value=head.date)
    return record(workspace, dossier, "plan-head", {PLAN.item(): head})


def set_chapter(workspace: Workspace, dossier: Dossier, chapter: str, text: Chapter) -> Change:
    """Replace the narrative of a chapter; an empty one brings the draft text back."""
    if chapter not in CHAPTERS:
        raise SatError("chapter-unknown", id=chapter)
    value = text if text.blocks else None
    return record(workspace, dossier, "chapter", {CHAPTER.item(chapter): value})


def put(
    workspace: Workspace, dossier: Dossier, *parts: Part, before: Sequence[Part] = ()
) -> Change:
    """Add or replace parts of the plan, as one change.

    Args:
        before: parts as the user saw them while changing them. Of these only the fields are written
            in which they differ, so that what another changed meanwhile is not reverted.
    """
    values: dict[Item, object | None] = {item_of(p): p for p in parts}
    seen = {item_of(p): p for p in before}
    return record(workspace, dossier, "plan-edit", values, before=seen)


def add_goal(
    workspace: Workspace, dossier: Dossier, title: str, group: str | None = None
) -> Change:
    """Append a goal."""
    goal = Goal(workspace.new_id(), title, group=group, position=_next(dossier.plan().goals))
    return put(workspace, dossier, goal)


def add_action(workspace: Workspace, dossier: Dossier, goal: str, title: str) -> Change:
    """Append an action to a goal."""
    action = Action(workspace.new_id(), goal, title, position=_next(dossier.plan().actions))
    return put(workspace, dossier, action)


def add_undertaking(workspace: Workspace, dossier: Dossier, action: str, title: str) -> Change:
    """Append an undertaking to an action."""
    undertaking = Undertaking(
        workspace.new_id(), action, title, position=_next(dossier.plan().undertakings)
    )
    return put(workspace, dossier, undertaking)


def add_risk(
    workspace: Workspace, dossier: Dossier, text: str, undertaking: str | None = None
) -> Change:
    """Append a risk to the plan or to one undertaking."""
    risk = Risk(
        workspace.new_id(), text, undertaking=undertaking, position=_next(dossier.plan().risks)
    )
    return put(workspace, dossier, risk)


def remove(workspace: Workspace, dossier: Dossier, part: Part) -> Change:
    """Remove a part with everything below it, as one change."""
    gone = [item_of(part)]
    plan = dossier.plan()
    actions = plan.actions_of(part.id) if isinstance(part, Goal) else ()
    gone += [item_of(a) for a in actions]
    holders = [a.id for a in actions] + ([part.id] if isinstance(part, Action) else [])
    below = [u for u in plan.undertakings if u.action in holders]
    gone += [item_of(u) for u in below]
    going = {u.id for u in below} | ({part.id} if isinstance(part, Undertaking) else set())
    gone += [item_of(r) for r in plan.risks if r.undertaking in going]
    return record(workspace, dossier, "plan-remove", dict.fromkeys(gone))


def move(workspace: Workspace, dossier: Dossier, part: Part, step: int) -> Change:
    """Move a part up (-1) or down (1) among its siblings; at the end nothing happens.

    Raises:
        SatError: `item-gone` when the part was removed meanwhile.
    """
    require_item(dossier, item_of(part))
    siblings = _siblings(dossier.plan(), part)
    here = next(n for n, s in enumerate(siblings) if s.id == part.id)
    there = here + step
    if not 0 <= there < len(siblings):
        return put(workspace, dossier)
    order = list(siblings)
    order[here], order[there] = order[there], order[here]
    positions = sorted(s.position for s in siblings)
    if len(set(positions)) < len(positions):
        positions = list(range(len(positions)))
    return put(
        workspace, dossier, *(replace(s, position=p) for s, p in zip(order, positions, strict=True))
    )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _siblings(plan: DevelopmentPlan, part: Part) -> tuple[Part, ...]:
    if isinstance(part, Goal):
        return plan.goals
    if isinstance(part, Action):
        return plan.actions_of(part.goal)
    if isinstance(part, Undertaking):
        return plan.undertakings_of(part.action)
    return plan.risks


def _next(parts: tuple[Part, ...]) -> int:
    return max((p.position for p in parts), default=-1) + 1
