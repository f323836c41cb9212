"""Rules 1 to 6: levels, indices, ranges, coverage, attained levels, and the laws they obey."""

import random
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sat_desktop.domain.answers import Answer, State, choose_level, clear, mark_not_applicable, tick
from sat_desktop.domain.derivations import derive_attained, derive_level, derive_mean
from sat_desktop.domain.questionnaire import TOTAL, Group, Indicator, Questionnaire, UnitKind
from sat_desktop.domain.scores import NodeScore, attained_level, level_of, score
from strategies import Answers, answered, questionnaires, responses, weights

Case = tuple[Questionnaire, Answers]


# What the model says, in the plainest way, sharing nothing with the program.


def naive_level(indicator: Indicator, answer: Answer | None) -> int | None:
    if answer is None or answer.state is not State.RATED:
        return None
    reached = 0
    for level in indicator.levels:
        if all(c.id in answer.met for c in level.criteria) and reached == level.level - 1:
            reached = level.level
    return reached


def naive_index(node: Group | Indicator, levels: dict[str, int | None], n: int) -> Fraction | None:
    if isinstance(node, Indicator):
        level = levels[node.id]
        return None if level is None else Fraction(level, n)
    return naive_mean((*node.groups, *node.indicators), levels, n)


def naive_mean(
    children: tuple[Group | Indicator, ...], levels: dict[str, int | None], n: int
) -> Fraction | None:
    above = below = Fraction(0)
    for child in children:
        index = naive_index(child, levels, n)
        if index is not None:
            above += child.weight * index
            below += child.weight
    return above / below if below else None


def naive_levels(case: Case, unanswered: int | None = None) -> dict[str, int | None]:
    questionnaire, answers = case
    found: dict[str, int | None] = {}
    for key, indicator in questionnaire.indicators.items():
        answer = answers.get(key)
        open_one = answer is None or answer.state is State.UNANSWERED
        found[key] = unanswered if open_one else naive_level(indicator, answer)
    return found


def below(questionnaire: Questionnaire, node: str) -> list[str]:
    return [k for k in questionnaire.indicators if node in (TOTAL, *questionnaire.path[k])]


def children(questionnaire: Questionnaire, node: str) -> tuple[Group | Indicator, ...]:
    if node == TOTAL:
        return questionnaire.groups
    group = questionnaire.nodes[node]
    return (*group.groups, *group.indicators)


@given(answered())
def test_levels_are_those_of_a_naive_reading(case: Case) -> None:
    questionnaire, answers = case
    found = score(questionnaire, answers)
    assert {key: r.level for key, r in found.ratings.items()} == naive_levels(case)
    for key, rating in found.ratings.items():
        answer = answers.get(key, Answer())
        assert (rating.id, rating.state) == (key, answer.state)
        assert rating.met == tuple(
            c for c in questionnaire.indicators[key].criteria if c in answer.met
        )


@given(answered())
def test_index_and_range_are_naive_weighted_means_at_every_tier(case: Case) -> None:
    questionnaire, answers = case
    n = questionnaire.n
    found = score(questionnaire, answers)
    assert list(found.nodes) == [TOTAL, *questionnaire.nodes]
    assert list(found.ratings) == list(questionnaire.indicators)
    for key, node in found.nodes.items():
        kids = children(questionnaire, key)
        assert node.index == naive_mean(kids, naive_levels(case), n)
        assert node.low == naive_mean(kids, naive_levels(case, unanswered=0), n)
        assert node.high == naive_mean(kids, naive_levels(case, unanswered=n), n)
        assert [(t.id, t.weight, t.index) for t in node.terms] == [
            (kid.id, kid.weight, naive_index(kid, naive_levels(case), n)) for kid in kids
        ]


@given(answered())
def test_counts_coverage_and_attained_are_those_of_a_naive_count(case: Case) -> None:
    questionnaire, answers = case
    levels = naive_levels(case)
    for key, node in score(questionnaire, answers).nodes.items():
        own = below(questionnaire, key)
        states = [answers.get(k, Answer()).state for k in own]
        rated, open_ones = states.count(State.RATED), states.count(State.UNANSWERED)
        assert (node.rated, node.unanswered) == (rated, open_ones)
        assert node.not_applicable == states.count(State.NOT_APPLICABLE)
        assert node.applicable == rated + open_ones
        assert node.coverage == (Fraction(rated, rated + open_ones) if rated + open_ones else None)
        reached = [
            sum((levels[k] or 0) >= level for k in own) for level in range(1, questionnaire.n + 1)
        ]
        assert node.reached == tuple(reached)
        if not rated:
            assert (node.attained, node.attainable) == (None, None)
            continue
        for more, found in ((0, node.attained), (open_ones, node.attainable)):
            enough = [
                Fraction(count + more, rated + open_ones) >= threshold
                for count, threshold in zip(reached, questionnaire.attainment, strict=True)
            ]
            assert found == max(k for k in range(questionnaire.n + 1) if all(enough[:k]))


@given(answered())
def test_derivations_end_in_the_numbers(case: Case) -> None:
    questionnaire, answers = case
    scores = score(questionnaire, answers)
    for key, node in scores.nodes.items():
        assert derive_mean(node.terms).mean == node.index
        found = derive_attained(questionnaire, scores, key)
        assert (found.attained, found.attainable) == (node.attained, node.attainable)
        assert (len(found.unanswered), len(found.not_applicable)) == (
            node.unanswered,
            node.not_applicable,
        )
        for share in found.shares:
            assert share.applicable == node.applicable
            assert (share.share is None) == (share.possible_share is None) == (not node.applicable)
            assert share.can_hold or not share.holds
        if node.attained is not None and node.attainable is not None:
            held = [*(s.holds for s in found.shares), False].index(False)
            possible = [*(s.can_hold for s in found.shares), False].index(False)
            assert (held, possible) == (node.attained, node.attainable)
            missed = found.first_missed
            assert (missed.level if missed else questionnaire.n + 1) == node.attained + 1
    for key, rating in scores.ratings.items():
        levels = derive_level(questionnaire.indicators[key], rating)
        assert sum(level.reached for level in levels) == (rating.level or 0)
        assert tuple(c for level in levels for c in level.met) == rating.met


def bounds(node: NodeScore) -> list[Fraction]:
    return [x for x in (node.low, node.index, node.high) if x is not None]


@given(answered())
def test_low_index_high_stand_in_this_order_between_0_and_1(case: Case) -> None:
    for node in score(*case).nodes.values():
        found = bounds(node)
        assert found == sorted(found)
        assert all(0 <= x <= 1 for x in found)
        assert node.coverage is None or 0 <= node.coverage <= 1


@given(answered())
def test_a_node_with_nothing_rated_has_no_index_and_no_attained_level(case: Case) -> None:
    for node in score(*case).nodes.values():
        assert (node.index is None) == (node.attained is None) == (node.rated == 0)
        assert (node.low is None) == (node.high is None) == (node.applicable == 0)


@given(answered())
def test_with_nothing_unanswered_the_range_is_the_index(case: Case) -> None:
    questionnaire, answers = case
    complete = {
        key: tick(answer, "", met=False) if answer.state is State.UNANSWERED else answer
        for key, answer in ((k, answers.get(k, Answer())) for k in questionnaire.indicators)
    }
    for node in score(questionnaire, complete).nodes.values():
        assert node.low == node.index == node.high


@given(answered(), st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(case: Case, shuffler: random.Random) -> None:
    questionnaire, answers = case
    items = list(answers.items())
    shuffler.shuffle(items)
    assert score(questionnaire, dict(items)) == score(questionnaire, answers)


@given(answered(), st.data())
def test_meeting_one_more_criterion_never_lowers_anything(case: Case, data: st.DataObject) -> None:
    questionnaire, answers = case
    more = {
        (key, criterion)
        for key, answer in answers.items()
        if answer.state is State.RATED
        for criterion in set(questionnaire.indicators[key].criteria) - answer.met
    }
    if not more:
        return
    key, criterion = data.draw(st.sampled_from(sorted(more)))
    before = score(questionnaire, answers)
    after = score(questionnaire, answers | {key: tick(answers[key], criterion, met=True)})
    assert (after.ratings[key].level or 0) >= (before.ratings[key].level or 0)
    for identifier, then in before.nodes.items():
        now = after.nodes[identifier]
        assert all(b >= a for a, b in zip(bounds(then), bounds(now), strict=True))
        assert (now.attained or 0) >= (then.attained or 0)
        assert now.coverage == then.coverage


def without(questionnaire: Questionnaire, gone: set[str]) -> Questionnaire:
    def kept(group: Group) -> Group:
        return replace(
            group,
            groups=tuple(map(kept, group.groups)),
            indicators=tuple(i for i in group.indicators if i.id not in gone),
        )

    return replace(questionnaire, groups=tuple(map(kept, questionnaire.groups)))


@given(answered())
def test_a_not_applicable_indicator_counts_as_if_it_did_not_exist(case: Case) -> None:
    questionnaire, answers = case
    gone = {k for k, a in answers.items() if a.state is State.NOT_APPLICABLE}
    full, less = score(questionnaire, answers), score(without(questionnaire, gone), answers)
    for key, node in full.nodes.items():
        # Only how it is told differs: the count of exemptions, and the summand left out.
        told = replace(
            node, not_applicable=0, terms=tuple(t for t in node.terms if t.id not in gone)
        )
        assert told == less.nodes[key]


def test_what_a_kind_of_unit_is_not_asked_counts_as_if_it_did_not_exist(
    example: Questionnaire, answers: Answers
) -> None:
    (area,) = example.groups
    first, second = area.groups
    cities_only = replace(first.indicators[0], applies_to=(UnitKind.CITY,))
    first = replace(first, indicators=(cities_only, *first.indicators[1:]))
    asked = replace(example, groups=(replace(area, groups=(first, second)),))
    assert score(asked.applicable_to(UnitKind.CITY), answers).total.index == Fraction(2, 3)
    assert score(asked.applicable_to(UnitKind.GMINA), answers) == score(
        without(example, {"a"}), answers
    )


@given(answered(), weights)
def test_scaling_all_weights_changes_no_number(case: Case, factor: Fraction) -> None:
    questionnaire, answers = case

    def scaled(group: Group) -> Group:
        return replace(
            group,
            weight=group.weight * factor,
            groups=tuple(map(scaled, group.groups)),
            indicators=tuple(replace(i, weight=i.weight * factor) for i in group.indicators),
        )

    heavier = replace(questionnaire, groups=tuple(map(scaled, questionnaire.groups)))
    before, after = score(questionnaire, answers), score(heavier, answers)
    for key, node in before.nodes.items():
        assert replace(node, terms=()) == replace(after.nodes[key], terms=())


@given(answered())
def test_notes_flags_and_confidence_change_no_number(case: Case) -> None:
    questionnaire, answers = case
    bare = {
        key: replace(a, note="", to_discuss=False, confidence=None) for key, a in answers.items()
    }
    assert score(questionnaire, bare) == score(questionnaire, answers)


@given(questionnaires(), st.data())
def test_answers_to_other_questionnaires_are_ignored(
    questionnaire: Questionnaire, data: st.DataObject
) -> None:
    answers = data.draw(responses(questionnaire))
    foreign = {"elsewhere": Answer(State.RATED, frozenset({"elsewhere.1"}))}
    assert score(questionnaire, answers | foreign) == score(questionnaire, answers)


def test_choosing_a_level_gives_that_level(example: Questionnaire) -> None:
    for level in range(4):
        answer = choose_level(Answer(), example.indicators["a"], level)
        assert score(example, {"a": answer}).ratings["a"].level == level


def test_no_level_is_skipped(example: Questionnaire) -> None:
    indicator = example.indicators["a"]
    high = frozenset(indicator.criteria) - {"a.1.x"}
    assert level_of(indicator, high) == 0
    assert level_of(indicator, (high | {"a.1.x"}) - {"a.2.y"}) == 1
    assert level_of(indicator, frozenset(indicator.criteria)) == 3


def test_nothing_answered_is_unknown_not_zero(example: Questionnaire) -> None:
    total = score(example, {}).total
    assert (total.index, total.attained) == (None, None)
    assert (total.low, total.high, total.coverage) == (Fraction(0), Fraction(1), Fraction(0))


def test_everything_exempt_leaves_no_number(example: Questionnaire) -> None:
    answers = {key: mark_not_applicable(Answer(), "no such task") for key in example.indicators}
    total = score(example, answers).total
    assert (total.index, total.low, total.high, total.coverage, total.attained) == (None,) * 5
    assert total.not_applicable == 5


def test_a_group_with_nothing_rated_is_left_out_of_the_mean(
    example: Questionnaire, answers: Answers
) -> None:
    found = score(example, answers | {"d": clear(answers["d"])})
    assert found.nodes["D2"].index is None
    assert found.total.index == found.nodes["D1"].index == Fraction(2, 3)


def test_rated_zero_is_zero(example: Questionnaire) -> None:
    total = score(example, {"a": Answer(State.RATED)}).total
    assert (total.index, total.attained) == (Fraction(0), 0)


def test_thresholds_are_compared_exactly() -> None:
    # In floating point 0.1 + 0.2 > 0.3; 3 of 10 is exactly 3/10.
    assert attained_level([3], 10, [Fraction(3, 10)]) == 1
    assert attained_level([3], 10, [Fraction(3, 10) + Fraction(1, 10**30)]) == 0


def test_a_level_counts_only_on_top_of_the_ones_below() -> None:
    assert attained_level([3, 4], 4, [Fraction(1), Fraction(1, 2)]) == 0
    assert attained_level([4, 2, 2], 4, [Fraction(1), Fraction(3, 4), Fraction(1, 2)]) == 1
