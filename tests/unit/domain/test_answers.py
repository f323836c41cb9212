"""State and answer (rule 2), choosing a level (rule 1), units, and how far a response has got."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sat_desktop.domain.answers import (
    UNANSWERED,
    Answer,
    Evidence,
    State,
    choose_level,
    clear,
    completeness,
    mark_not_applicable,
    rate,
    tick,
    ticks_lost,
    unknown_criteria,
)
from sat_desktop.domain.assessment import Unit
from sat_desktop.domain.questionnaire import Questionnaire, UnitKind
from sat_desktop.errors import SatError
from strategies import Answers, answered, answers_to, indicators

some_indicators = indicators("i", 4)
remarks = st.builds(
    Answer,
    note=st.text(max_size=5),
    evidence=st.just((Evidence("Resolution", reference="XII/34/2026"),)),
    confidence=st.none() | st.integers(1, 3),
    to_discuss=st.booleans(),
)


def code(refused: pytest.ExceptionInfo[SatError]) -> str:
    return refused.value.code


@given(some_indicators.flatmap(answers_to), st.booleans())
def test_any_tick_rates_and_unticking_the_last_keeps_it_rated(answer: Answer, met: bool) -> None:
    ticked = tick(answer, "i.1", met=met)
    assert ticked.state is State.RATED
    assert ticked.met == (answer.met | {"i.1"} if met else answer.met - {"i.1"})
    assert ticked.reason == ""
    emptied = tick(tick(UNANSWERED, "i.1", met=True), "i.1", met=False)
    assert (emptied.state, emptied.met) == (State.RATED, frozenset())


@given(st.data())
def test_choosing_a_level_meets_all_up_to_it_and_none_above(data: st.DataObject) -> None:
    indicator = data.draw(some_indicators)
    answer = data.draw(answers_to(indicator))
    level = data.draw(st.integers(0, 4))
    chosen = choose_level(answer, indicator, level)
    up_to = frozenset(c.id for step in indicator.levels[:level] for c in step.criteria)
    assert (chosen.state, chosen.met) == (State.RATED, up_to)
    assert ticks_lost(answer, indicator, level) == answer.met - up_to


@pytest.mark.parametrize("level", [-1, 4])
def test_a_level_off_the_scale_is_refused(example: Questionnaire, level: int) -> None:
    with pytest.raises(SatError) as refused:
        choose_level(UNANSWERED, example.indicators["a"], level)
    assert code(refused) == "level-out-of-range"
    assert refused.value.facts == {"level": level, "highest": 3, "id": "a"}


def test_an_imported_empty_set_of_criteria_is_a_rating() -> None:
    assert rate(UNANSWERED, []).state is State.RATED
    assert rate(mark_not_applicable(UNANSWERED, "no such task"), ["x", "y"]).met == {"x", "y"}


@given(remarks)
def test_every_change_of_state_keeps_note_evidence_confidence_and_flag(remark: Answer) -> None:
    for changed in (
        tick(remark, "i.1", met=True),
        mark_not_applicable(remark, "no such task"),
        clear(tick(remark, "i.1", met=True)),
        clear(mark_not_applicable(remark, "no such task")),
    ):
        assert replace(changed, state=State.UNANSWERED, met=frozenset(), reason="") == remark


@given(remarks)
def test_remarks_leave_the_state_alone(remark: Answer) -> None:
    assert remark.state is State.UNANSWERED


@given(some_indicators.flatmap(answers_to))
def test_not_applicable_keeps_no_criteria_and_clearing_keeps_neither(answer: Answer) -> None:
    exempted = mark_not_applicable(answer, "no such task")
    assert (exempted.state, exempted.met) == (State.NOT_APPLICABLE, frozenset())
    assert exempted.reason == "no such task"
    for cleared in (clear(answer), clear(exempted)):
        assert (cleared.state, cleared.met, cleared.reason) == (State.UNANSWERED, frozenset(), "")


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_not_applicable_needs_a_reason(reason: str) -> None:
    with pytest.raises(SatError) as refused:
        mark_not_applicable(UNANSWERED, reason)
    assert code(refused) == "reason-missing"


@pytest.mark.parametrize("state", [State.UNANSWERED, State.NOT_APPLICABLE])
def test_criteria_without_a_rating_are_refused(state: State) -> None:
    with pytest.raises(SatError) as refused:
        Answer(state, frozenset({"x"}), reason="no such task")
    assert code(refused) == "criteria-without-rating"


@pytest.mark.parametrize("state", [State.UNANSWERED, State.RATED])
def test_a_reason_belongs_to_an_exemption_only(state: State) -> None:
    with pytest.raises(SatError) as refused:
        Answer(state, reason="no such task")
    assert code(refused) == "reason-without-exemption"


@pytest.mark.parametrize("confidence", [0, 4])
def test_confidence_is_1_to_3(confidence: int) -> None:
    with pytest.raises(SatError) as refused:
        Answer(confidence=confidence)
    assert code(refused) == "confidence-range"


@pytest.mark.parametrize("teryt", ["0201", "0201011"])
def test_teryt_is_text_so_that_leading_zeros_count(teryt: str) -> None:
    assert Unit("Example", UnitKind.GMINA, teryt).teryt == teryt


@pytest.mark.parametrize("teryt", ["", "201", "020101", "02010111", "02O1", "٠٢٠١", "²²²²"])
def test_a_malformed_teryt_is_refused(teryt: str) -> None:
    with pytest.raises(SatError) as refused:
        Unit("Example", UnitKind.POWIAT, teryt)
    assert code(refused) == "teryt-malformed"


def test_a_unit_needs_a_name() -> None:
    with pytest.raises(SatError) as refused:
        Unit(" ", UnitKind.CITY, "1465")
    assert code(refused) == "unit-name-missing"


@given(answered())
def test_completeness_counts_every_indicator_once(case: tuple[Questionnaire, Answers]) -> None:
    questionnaire, answers = case
    found = completeness(questionnaire.indicators, answers)
    assert found.total == len(questionnaire.indicators)
    assert found.dealt_with == found.total - found.unanswered
    assert found.dealt_with == found.rated + found.not_applicable
    assert found.to_discuss == sum(a.to_discuss for a in answers.values())


def test_completeness_of_the_example(example: Questionnaire, answers: Answers) -> None:
    proof = (Evidence("Resolution", reference="XII/34/2026"),)
    answers["a"] = replace(answers["a"], evidence=proof, to_discuss=True)
    found = completeness(example.indicators, answers)
    assert (found.rated, found.not_applicable, found.unanswered) == (3, 1, 1)
    # Only what is rated needs evidence: b and d lack it.
    assert (found.to_discuss, found.without_evidence) == (1, 2)
    assert completeness(["c"], answers).unanswered == 1


def test_criteria_an_indicator_does_not_have_are_found(
    example: Questionnaire, answers: Answers
) -> None:
    assert unknown_criteria(example, answers) == set()
    answers["b"] = rate(answers["b"], ["b.1.x", "a.1.x"])
    answers["gone"] = rate(UNANSWERED, ["gone.1"])
    assert unknown_criteria(example, answers) == {"a.1.x", "gone.1"}
