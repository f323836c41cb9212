"""Going by another edition: seen beforehand, one change, undone, and no answer lost."""

from dataclasses import replace
from fractions import Fraction

import pytest

from sat_desktop.domain.kinds import ANSWER
from sat_desktop.domain.questionnaire import Criterion, Group, Indicator, Questionnaire
from sat_desktop.errors import SatError
from sat_desktop.services.answering import Respondent, set_level, set_note, tick_criterion
from sat_desktop.services.assessments import (
    add_edition,
    add_member,
    find_edition,
    list_assessments,
    response_for,
)
from sat_desktop.services.changes import available, redo, undo
from sat_desktop.services.dossier import Dossier, open_dossier
from sat_desktop.services.ports import Workspace
from sat_desktop.services.upgrading import (
    level_changes,
    orphaned_answers,
    other_editions,
    preview_upgrade,
    upgrade,
)
from strategies import words


def _with_criterion(indicator: Indicator, level: int, criterion: Criterion) -> Indicator:
    levels = [
        replace(held, criteria=(*held.criteria, criterion)) if held.level == level else held
        for held in indicator.levels
    ]
    return replace(indicator, levels=tuple(levels))


def _without_criterion(indicator: Indicator, criterion: str) -> Indicator:
    levels = [
        replace(held, criteria=tuple(c for c in held.criteria if c.id != criterion))
        for held in indicator.levels
    ]
    return replace(indicator, levels=tuple(levels))


@pytest.fixture
def newer(workspace: Workspace, edition: Questionnaire) -> Questionnaire:
    """Version 1.1: c is gone, b asks for more, d took a criterion from a, x is new, a is put anew."""
    first, second = edition.groups
    a, b, _c = first.indicators
    d, e = second.indicators
    moved = Criterion("a.2.y", words("So"))
    a = _without_criterion(replace(a, name=words("Another name")), "a.2.y")
    b = _with_criterion(b, 2, Criterion("b.2.z", words("More")))
    d = _with_criterion(d, 1, moved)
    x = Indicator(
        "x",
        "x",
        words("New"),
        words("Is it?"),
        tuple(
            replace(held, criteria=(Criterion(f"x.{held.level}", words("So")),))
            for held in b.levels
        ),
    )
    made = replace(
        edition,
        version="1.1",
        groups=(
            Group("D1", "1", words("First"), indicators=(a, b, x)),
            Group("D2", "2", words("Second"), indicators=(d, e)),
        ),
    )
    add_edition(workspace, made)
    return made


@pytest.fixture
def answered(
    workspace: Workspace, dossier: Dossier, agreed: Respondent, newer: Questionnaire
) -> Dossier:
    """a, b at 2, c at 3, d at 1."""
    assert newer.version == "1.1"
    for key, level in {"a": 2, "b": 2, "c": 3, "d": 1}.items():
        set_level(workspace, dossier, agreed, key, level)
    return dossier


def test_a_preview_tells_everything_and_writes_nothing(
    workspace: Workspace, answered: Dossier
) -> None:
    found = preview_upgrade(workspace, answered, "small@1.1")
    assert [c.id for c in found.succession.added] == ["x"]
    assert [c.id for c in found.succession.removed] == ["c"]
    assert [c.id for c in found.succession.reworded] == ["a"]
    assert [c.id for c in found.succession.altered] == ["a", "b", "d"]
    assert [(o.key, o.indicator.name.en) for o in found.orphaned if o.indicator] == [
        ("c", "Indicator c")
    ]
    assert found.before.total.index == Fraction(7, 9) * Fraction(1, 2) + Fraction(1, 6)
    # b falls to 1 for want of the new criterion; d keeps level 1 with the criterion it got from a.
    levels = {key: rating.level for key, rating in found.after.ratings.items()}
    assert levels == {"a": 2, "b": 1, "x": None, "d": 1}
    assert answered.edition.version == "1.0"
    assert open_dossier(workspace, answered.assessment.id).edition.version == "1.0"
    assert available(workspace, answered)[0] == "level"


def test_a_level_that_changes_has_its_reason(
    workspace: Workspace, answered: Dossier, agreed: Respondent
) -> None:
    assert [c.id for c in level_changes(preview_upgrade(workspace, answered, "small@1.1"))] == ["b"]
    # Everything of level 3 is met but a.2.y, which the newer edition asks of d, not of a.
    for criterion in ("a.3.x", "a.3.y"):
        tick_criterion(workspace, answered, agreed, "a", criterion, met=True)
    tick_criterion(workspace, answered, agreed, "a", "a.2.y", met=False)
    found = level_changes(preview_upgrade(workspace, answered, "small@1.1"))
    told = [(c.id, c.before, c.after, [(x.id, x.after) for x in c.because]) for c in found]
    assert told == [
        ("a", 1, 3, [("a.2.y", ("d", 1))]),
        ("b", 2, 1, [("b.2.z", ("b", 2))]),
        ("d", 1, 0, [("a.2.y", ("d", 1))]),
    ]


def test_an_upgrade_is_one_change_that_can_be_undone_and_redone(
    workspace: Workspace, answered: Dossier
) -> None:
    numbers = preview_upgrade(workspace, answered, "small@1.1")
    upgrade(workspace, answered, "small@1.1")
    for shown in (answered, open_dossier(workspace, answered.assessment.id)):
        assert shown.edition.edition == shown.assessment.questionnaire == "small@1.1"
        assert "x" in shown.questionnaire.indicators
        assert "a.2.y" in shown.answer(shown.agreed.id, "d").met
        assert "a.2.y" in shown.answer(shown.agreed.id, "a").met
    assert available(workspace, answered)[0] == "upgrade"
    assert list_assessments(workspace)[0].assessment.questionnaire == "small@1.1"

    undo(workspace, answered)
    for shown in (answered, open_dossier(workspace, answered.assessment.id)):
        assert shown.edition.edition == shown.assessment.questionnaire == "small@1.0"
        assert "a.2.y" not in shown.answer(shown.agreed.id, "d").met
    redo(workspace, answered)
    assert answered.edition.edition == "small@1.1"
    assert preview_upgrade(workspace, answered, "small@1.0").before == numbers.after


def test_orphaned_answers_stay_readable(
    workspace: Workspace, answered: Dossier, agreed: Respondent
) -> None:
    set_note(workspace, answered, agreed, "c", "what we said")
    add_member(workspace, answered, "Ola")
    ola = response_for(workspace, answered, "Ola")
    set_level(workspace, answered, Respondent(ola.id, ola.member or ""), "c", 1)
    assert orphaned_answers(workspace, answered) == ()
    upgrade(workspace, answered, "small@1.1")
    found = orphaned_answers(workspace, answered)
    assert [(o.response, o.key, o.answer.note) for o in found] == [
        (answered.agreed.id, "c", "what we said"),
        (ola.id, "c", ""),
    ]
    assert all(o.indicator is not None and o.indicator.id == "c" for o in found)


def test_an_answer_to_what_no_edition_asks_is_told_by_its_id(
    workspace: Workspace, answered: Dossier
) -> None:
    stray = ANSWER.item("gone", answered.agreed.id)
    from sat_desktop.services.changes import record

    record(workspace, answered, "level", {stray: answered.answer(answered.agreed.id, "a")})
    assert [(o.key, o.indicator) for o in orphaned_answers(workspace, answered)] == [("gone", None)]
    assert [o.key for o in preview_upgrade(workspace, answered, "small@1.1").orphaned] == [
        "c",
        "gone",
    ]


def test_a_note_cleared_leaves_no_orphan(
    workspace: Workspace, dossier: Dossier, agreed: Respondent, newer: Questionnaire
) -> None:
    set_note(workspace, dossier, agreed, "c", "x")
    set_note(workspace, dossier, agreed, "c", "")
    assert preview_upgrade(workspace, dossier, newer.edition).orphaned == ()


def test_only_another_edition_of_the_same_questionnaire_will_do(
    workspace: Workspace, answered: Dossier, edition: Questionnaire
) -> None:
    add_edition(workspace, replace(edition, id="other"))
    add_edition(workspace, replace(edition, version="1.0.5"))
    assert other_editions(workspace, answered) == ("small@1.1", "small@1.0.5")
    assert find_edition(workspace, "small").version == "1.1"
    for wanted, code in (
        ("other@1.0", "edition-foreign"),
        ("small@1.0", "edition-in-use"),
        ("small@7", "edition-unknown"),
    ):
        with pytest.raises(SatError) as caught:
            upgrade(workspace, answered, wanted)
        assert caught.value.code == code
    assert answered.edition.version == "1.0"
