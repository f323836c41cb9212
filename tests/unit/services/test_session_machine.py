"""A whole session as users live it: several writers, any order of steps, against a plain model.

Anna and Bruno have one database open, Carla works on a copy of her own and exchanges copies with
them. Bruno's clock is ahead and Carla's is behind. The model is a list of everything that was ever
written to each database, in which heads are found by looking.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from colleagues import Colleague, colleague_beside, desk_elsewhere
from memory_store import MemoryStore, TickingClock, memory_workspace
from sat_desktop.domain.answers import Evidence
from sat_desktop.domain.assessment import Unit
from sat_desktop.domain.gaps import Aim
from sat_desktop.domain.history import PRESENCE, Change, Register, Revision
from sat_desktop.domain.plan import Action, CostLine, Goal, Undertaking
from sat_desktop.domain.questionnaire import Questionnaire, UnitKind
from sat_desktop.errors import SatError
from sat_desktop.services import answering, planning
from sat_desktop.services.answering import Respondent
from sat_desktop.services.assessments import (
    add_edition,
    add_member,
    change_member,
    create_assessment,
    erase_member,
)
from sat_desktop.services.changes import available, redo, undo
from sat_desktop.services.conflicts import settle, take_side
from sat_desktop.services.derived import Derived
from sat_desktop.services.dossier import Dossier
from sat_desktop.services.merging import copy_of, redo_merge, undone_merge
from sat_desktop.services.planning import Part

EXPECTED = {"item-gone", "member-exists", "member-erased", "member-name-missing"}
"""Refusals that a user can meet here: of what others removed or named meanwhile."""

Who = tuple[str, bool]
"""A writer, and whether their window has just looked for what others wrote."""

who = st.tuples(st.sampled_from(["anna", "bruno", "carla"]), st.booleans())
numbers = st.integers(0, 99)
words = st.sampled_from(["", "one", "two"])


def heads_by_looking(revisions: Mapping[str, Revision]) -> dict[Register, list[Revision]]:
    """Return what nobody replaces, the one that is shown last."""
    found: dict[Register, list[Revision]] = {}
    replaced = {parent for r in revisions.values() for parent in r.parents}
    for revision in sorted(revisions.values(), key=lambda r: (r.at, r.id)):
        if revision.id not in replaced:
            found.setdefault(revision.register, []).append(revision)
    return found


def everything(dossier: Dossier) -> tuple[object, ...]:
    """Return all that a screen could show."""
    return (
        dossier.heads.everything(),
        {r.id: dict(dossier.answers(r.id)) for r in dossier.responses},
        dict(dossier.aims()),
        dossier.plan(),
        dossier.members,
        dossier.assessment,
        dossier.conflicts,
    )


def said_by(dossier: Dossier) -> dict[Register, set[object]]:
    """Return what the heads of every register say, no matter who said it."""
    return {g: {h.value for h in heads} for g, heads in dossier.heads.everything().items()}


def edited(part: Part, word: str, number: int) -> Part:
    """Return a part with something changed in it."""
    match part:
        case Goal():
            return replace(part, title=word, description=word)
        case Action():
            return replace(part, title=word)
        case Undertaking() if number % 2:
            return replace(part, costs=(*part.costs, CostLine(2027, "own", number)))
        case Undertaking():
            return replace(part, title=word, costs=part.costs[1:])
        case _:
            return replace(part, text=word)


class Sessions(RuleBasedStateMachine):
    """Three colleagues, and what was written at each."""

    edition: Questionnaire

    def __init__(self) -> None:
        super().__init__()
        anna = memory_workspace(MemoryStore(), "anna")
        add_edition(anna, self.edition)
        unit = Unit("Wierzbogród", UnitKind.GMINA, "0299011", 18000)
        made = create_assessment(anna, unit, "small@1.0", "2026", "en", "Secretary").id
        # They begin with a plan, so that there is something to disagree about.
        first = colleague_beside(anna, made, "")
        for indicator in "ab":
            agreed = Respondent(first.dossier.agreed.id)
            answering.set_level(first.workspace, first.dossier, agreed, indicator, 1)
        planning.draft_plan(first.workspace, first.dossier, lambda group: group.code)
        self.colleagues = {
            "anna": colleague_beside(anna, made, "anna"),
            "bruno": colleague_beside(anna, made, "bruno"),
            "carla": desk_elsewhere(anna, made, "carla", 0x100000),
        }
        self.shift("bruno", timedelta(hours=3))
        self.shift("carla", timedelta(hours=-3))
        # The model: by database, and who wrote which change-set.
        self.said: dict[int, dict[str, Revision]] = {}
        self.writers: dict[str, str] = {}
        self.undoings: set[str] = set()
        self.erased: set[tuple[int, str]] = set()
        for colleague in self.colleagues.values():
            with colleague.workspace.store.begin() as work:
                beginning = work.history.all(made)
            self.said[self.place(colleague)] = {r.id: r for c in beginning for r in c.revisions}
            self.writers |= {c.change_set.id: "" for c in beginning}

    def shift(self, name: str, by: timedelta) -> None:
        colleague = self.colleagues[name]
        clock = TickingClock(TickingClock().time + by)
        colleague.workspace = replace(colleague.workspace, clock=clock)

    def place(self, colleague: Colleague) -> int:
        """The database of a colleague."""
        return id(colleague.workspace.store)

    def come(self, who: Who) -> tuple[str, Colleague]:
        """Let somebody sit down, and look for what others wrote if they do."""
        name, looks = who
        if looks:
            self.colleagues[name].catch_up()
        return name, self.colleagues[name]

    # One step of a user, and what is true of every step

    def act(
        self, name: str, use_case: Callable[..., Change], *args: Any, **more: Any
    ) -> Change | None:
        """Let somebody do something; return what it wrote, None where it was refused."""
        colleague = self.colleagues[name]
        try:
            change = use_case(colleague.workspace, colleague.dossier, *args, **more)
        except SatError as error:
            assert error.code in EXPECTED, error  # noqa: PT017 - any other is a failure
            return None
        self.note(colleague, change)
        return change

    def note(self, colleague: Colleague, change: Change) -> None:
        """Write down in the model what a change wrote."""
        self.said[self.place(colleague)] |= {r.id: r for r in change.revisions}
        self.writers.setdefault(change.change_set.id, change.change_set.writer)
        if change.change_set.undoes is not None:
            self.undoings.add(change.change_set.id)

    def write(self, name: str, use_case: Callable[..., Change], *args: Any, **more: Any) -> None:
        """Let somebody write: only what was shown is replaced, and that is what is shown then."""
        colleague = self.colleagues[name]
        before = colleague.dossier.heads.everything()
        change = self.act(name, use_case, *args, **more)
        if change is None:
            return
        after = colleague.dossier.heads.everything()
        for revision in change.revisions:
            heads = before.get(revision.register, ())
            replaced = [h for h in heads if h.id in revision.parents]
            assert len(replaced) == len(revision.parents)
            assert all(h.value == heads[-1].value for h in replaced)
            kept = [h for h in heads if h.id not in revision.parents]
            assert list(after[revision.register]) == [*kept, revision]
        touched = {r.register for r in change.revisions}
        assert {g: h for g, h in after.items() if g not in touched} == {
            g: h for g, h in before.items() if g not in touched
        }

    # Answers and aims

    @rule(
        who=who,
        what=st.sampled_from(
            ["level", "level", "tick", "note", "flag", "exempt", "clear", "evidence", "aim"]
        ),
        whose=st.integers(0, 3),
        indicator=st.sampled_from("ab"),
        number=numbers,
        word=words,
    )
    def answer(
        self, who: Who, what: str, whose: int, indicator: str, number: int, word: str
    ) -> None:
        name, colleague = self.come(who)
        # Mostly the agreed response; it is what people write together.
        response = colleague.dossier.responses[
            whose % len(colleague.dossier.responses) if whose > 1 else 0
        ]
        person = Respondent(response.id, response.member or "")
        match what:
            case "level":
                self.write(name, answering.set_level, person, indicator, number % 4)
            case "tick":
                criterion, met = f"{indicator}.1.x", number % 2 == 0
                self.write(name, answering.tick_criterion, person, indicator, criterion, met=met)
            case "note":
                self.write(name, answering.set_note, person, indicator, word)
            case "flag":
                self.write(name, answering.set_to_discuss, person, indicator, flag=bool(word))
            case "exempt":
                self.write(name, answering.set_not_applicable, person, ["a", "b"], word or "so")
            case "clear":
                self.write(name, answering.clear_answer, person, indicator)
            case "evidence":
                listed = colleague.dossier.answer(person.response, indicator).evidence
                proofs = self.changed(listed, number, word)
                self.write(name, answering.set_evidence, person, indicator, proofs)
            case _:
                self.write(name, answering.set_aim, indicator, Aim(number % 4 or None))

    def changed(self, listed: Sequence[Evidence], number: int, word: str) -> list[Evidence]:
        """Return a list of evidence with an entry more, less, or changed."""
        proofs = list(listed)
        if proofs and number % 3 == 0:
            del proofs[number % len(proofs)]
        elif proofs and number % 3 == 1:
            proofs[0] = replace(proofs[0], reference=word)
        else:
            proofs.insert(number % (len(proofs) + 1), Evidence(word or "proof"))
        return proofs

    # The plan

    @rule(who=who)
    def draft(self, who: Who) -> None:
        name, _ = self.come(who)
        self.write(name, planning.draft_plan, lambda group: group.code)

    @rule(who=who, word=words, number=numbers)
    def add_a_part(self, who: Who, word: str, number: int) -> None:
        name, colleague = self.come(who)
        plan = colleague.dossier.plan()
        match number % 4:
            case 1 if plan.goals:
                self.write(name, planning.add_action, plan.goals[0].id, word)
            case 2 if plan.actions:
                self.write(name, planning.add_undertaking, plan.actions[-1].id, word)
            case 3 if plan.undertakings:
                self.write(name, planning.add_risk, word, plan.undertakings[0].id)
            case _:
                self.write(name, planning.add_goal, word)

    @rule(
        who=who,
        what=st.sampled_from(["edit", "edit", "move", "remove"]),
        number=st.integers(0, 5),
        word=words,
        seen=st.booleans(),
    )
    def change_a_part(self, who: Who, what: str, number: int, word: str, seen: bool) -> None:
        name, colleague = self.come(who)
        plan = colleague.dossier.plan()
        parts: tuple[Part, ...] = (*plan.undertakings, *plan.goals, *plan.actions, *plan.risks)
        if not parts:
            return
        part = parts[number % len(parts)]
        if what == "move":
            self.write(name, planning.move, part, 1 if word else -1)
        elif what == "remove":
            self.write(name, planning.remove, part)
        else:
            before = [part] if seen else []
            self.write(name, planning.put, edited(part, word, number), before=before)

    # The team

    @rule(who=who, what=st.sampled_from(["join", "name", "erase"]), number=numbers, word=words)
    def change_the_team(self, who: Who, what: str, number: int, word: str) -> None:
        name, colleague = self.come(who)
        members = colleague.dossier.members
        member = members[number % len(members)]
        if what == "join":
            self.write(name, add_member, word)
        elif what == "name":
            named = replace(
                member, department=word, name=f"{word} {number}" if word else member.name
            )
            self.write(name, change_member, named)
        elif number % 3 == 0:
            self.write(name, erase_member, member.id)
            self.erased.add((self.place(colleague), member.id))

    # Taking back and bringing back

    def reverse(self, name: str, step: Callable[..., Change]) -> None:
        """Let somebody undo or redo: what others wrote themselves stays as it is."""
        colleague = self.colleagues[name]
        said = self.said[self.place(colleague)]
        before = colleague.dossier.heads.everything()
        change = self.act(name, step)
        assert change is not None
        for revision in change.revisions:
            for parent in (said[p] for p in revision.parents):
                assert (
                    self.writers[parent.change_set] == name
                    or parent.change_set in self.undoings
                    or change.change_set.label == "merge"
                )
        # Nothing goes but what the revisions name.
        gone = {p for r in change.revisions for p in r.parents}
        for register, heads in before.items():
            left = {h.id for h in colleague.dossier.heads.of(register)}
            assert {h.id for h in heads} - left <= gone

    @rule(who=who, times=st.integers(1, 3))
    def undo(self, who: Who, times: int) -> None:
        name, _ = self.come(who)
        for _ in range(times):
            self.reverse(name, undo)

    @rule(who=who)
    def redo(self, who: Who) -> None:
        self.reverse(self.come(who)[0], redo)

    @rule(who=who)
    def undo_and_redo(self, who: Who) -> None:
        """After both, every register says what it said before."""
        name, colleague = self.come(who)
        if available(colleague.workspace, colleague.dossier)[0] is None:
            return
        before = said_by(colleague.dossier)
        self.reverse(name, undo)
        self.reverse(name, redo)
        assert said_by(colleague.dossier) == before

    # Working together

    @rule(who=who)
    def reopen(self, who: Who) -> None:
        _, colleague = self.come(who)
        colleague.dossier = colleague.reopened()

    def merge(self, name: str, other: str) -> None:
        colleague, source = self.colleagues[name], self.colleagues[other]
        colleague.catch_up()
        here, there = self.said[self.place(colleague)], self.said[self.place(source)]
        state = colleague.dossier.heads.everything()
        change = colleague.merge(source)
        assert {r.id for r in change.revisions} == there.keys() - here.keys()
        assert bool(change) or colleague.dossier.heads.everything() == state
        self.note(colleague, change)
        assert not colleague.merge(source), "the same copy again brings nothing"
        gone = {member for place, member in self.erased if place == self.place(source)}
        self.erased |= {(self.place(colleague), member) for member in gone}

    @rule(home=st.sampled_from(["anna", "bruno"]))
    def merge_what_carla_sends(self, home: str) -> None:
        self.merge(home, "carla")

    @rule(home=st.sampled_from(["anna", "bruno"]))
    def send_a_copy_to_carla(self, home: str) -> None:
        self.merge("carla", home)

    @rule(who=who)
    def bring_back_a_merge(self, who: Who) -> None:
        name, colleague = self.come(who)
        source = self.colleagues["anna" if name == "carla" else "carla"]
        copy = copy_of(source.workspace, source.dossier.row.id)
        merged = undone_merge(colleague.workspace, colleague.dossier, copy)
        if merged is not None:
            self.act(name, redo_merge, merged)
            assert undone_merge(colleague.workspace, colleague.dossier, copy) != merged

    @rule(
        home=st.sampled_from(["anna", "bruno"]),
        other=st.sampled_from(["anna", "bruno", "carla"]),
        indicator=st.sampled_from("ab"),
        levels=st.permutations(range(4)),
        then=st.sampled_from(["leave", "settle", "undo", "answer again"]),
        number=numbers,
    )
    def differ(
        self, home: str, other: str, indicator: str, levels: list[int], then: str, number: int
    ) -> None:
        """Two choose different levels without having seen each other's, and meet."""
        mine, theirs = self.colleagues[home], self.colleagues[other]
        agreed = Respondent(mine.dossier.agreed.id)
        for name, level in ((home, levels[0]), (other, levels[1])):
            self.write(name, answering.set_level, agreed, indicator, level)
        if self.place(mine) == self.place(theirs):
            mine.catch_up()
        else:
            self.merge(home, other)
        if then == "settle":
            self.settle_one(home, number)
        elif then == "undo":
            self.reverse(home, undo)
        elif then == "answer again":
            self.write(home, answering.set_level, agreed, indicator, levels[2])

    @precondition(lambda self: any(d.dossier.conflicts for d in self.colleagues.values()))
    @rule(number=numbers)
    def settle(self, number: int) -> None:
        contested = [
            name for name, colleague in self.colleagues.items() if colleague.dossier.conflicts
        ]
        self.settle_one(contested[number % len(contested)], number)

    def settle_one(self, name: str, number: int) -> None:
        """Let somebody settle a conflict, if they see one; none of another item is settled by it."""
        colleague = self.colleagues[name]
        conflicts = colleague.dossier.conflicts
        if not conflicts:
            return
        conflict = conflicts[number % len(conflicts)]
        side = conflict.sides[number % len(conflict.sides)]
        if number % 3 == 0 and conflict.field != PRESENCE:
            self.act(name, settle, conflict, conflict.sides[0].value)
        else:
            self.act(name, take_side, conflict, side)
        left = {(c.item, c.field) for c in colleague.dossier.conflicts}
        assert (conflict.item, conflict.field) not in left
        others = {(c.item, c.field) for c in conflicts if c.item != conflict.item}
        assert others == {(item, field) for item, field in left if item != conflict.item}

    # What is true at any time

    @invariant()
    def what_is_shown_is_what_is_kept(self) -> None:
        for colleague in self.colleagues.values():
            with colleague.workspace.store.begin() as work:
                later, _ = work.history.since(colleague.dossier.row.id, colleague.dossier.cursor)
            if all(change.change_set.id in colleague.dossier.own for change in later):
                again = colleague.reopened()
                assert everything(colleague.dossier) == everything(again)
                steps = available(colleague.workspace, colleague.dossier)
                assert steps == available(colleague.workspace, again)

    @invariant()
    def nothing_is_lost_and_every_disagreement_is_listed(self) -> None:
        for colleague in self.colleagues.values():
            said = self.said[self.place(colleague)]
            with colleague.workspace.store.begin() as work:
                kept = {
                    r.id: r for c in work.history.all(colleague.dossier.row.id) for r in c.revisions
                }
            assert kept == said
            again = colleague.reopened()
            heads = heads_by_looking(said)
            assert {g: list(h) for g, h in again.heads.everything().items()} == heads
            listed = {c.item for c in again.conflicts}
            for register, found in heads.items():
                if any(h.value != found[0].value for h in found):
                    there = [h for h in found if h.value is not None]
                    presence = heads.get(Register(*register.item, PRESENCE), [])
                    # Of a deleted item an empty field is no side.
                    deleted = any(h.value is None for h in presence)
                    assert register.item in listed or (deleted and len(there) == 0)

    @invariant()
    def an_erased_name_is_nowhere(self) -> None:
        for colleague in self.colleagues.values():
            with colleague.workspace.store.begin() as work:
                names = {p.member for p in work.assessments.persons(colleague.dossier.row.id)}
            assert not names & {m for place, m in self.erased if place == self.place(colleague)}

    @invariant()
    def all_of_it_can_be_worked_out(self) -> None:
        derived = Derived(self.colleagues["carla"].dossier)
        conflicts = [f for f in derived.findings if f.code == "conflict-open"]
        assert len(conflicts) == len(self.colleagues["carla"].dossier.conflicts)


@pytest.mark.timeout(600)
def test_a_session_of_three_writers(edition: Questionnaire) -> None:
    class OverTheSmallEdition(Sessions):
        pass

    OverTheSmallEdition.edition = edition
    run_state_machine_as_test(
        OverTheSmallEdition,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
