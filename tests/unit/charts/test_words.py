"""What pictures say in words is what the data hold; the table has every number."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from sat_desktop.charts.catalogue import CHARTS
from sat_desktop.charts.chart import Chart, ChartInput
from sat_desktop.charts.gaps import draw_gaps, gap_data
from sat_desktop.charts.heatmap import heat_data
from sat_desktop.charts.look import Look
from sat_desktop.charts.money import draw_money, money_data
from sat_desktop.charts.nodes import node_data
from sat_desktop.charts.projection import projection_data
from sat_desktop.charts.schedule import draw_schedule, schedule_data
from sat_desktop.domain.answers import Answer, mark_not_applicable, rate
from sat_desktop.domain.consensus import find_consensus
from sat_desktop.domain.gaps import find_gaps
from sat_desktop.domain.plan import add_up
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.domain.scores import score
from sat_desktop.runtime.i18n import Language, language_of

Make = Callable[..., ChartInput]
EN, PL = language_of("en"), language_of("pl")


def drawn(kind: str, given: ChartInput) -> Chart:
    return CHARTS[kind](given, Look(), EN)


def answered(questionnaire: Questionnaire, levels: dict[str, int]) -> ChartInput:
    """Rate some indicators; the rest stay unanswered."""
    answers: dict[str, Answer] = {
        key: rate(Answer(), questionnaire.indicators[key].criteria_up_to(level))
        for key, level in levels.items()
    }
    scores = score(questionnaire, answers)
    return ChartInput(questionnaire, scores, find_gaps(questionnaire, scores, {}))


@pytest.fixture
def two(make: Make) -> ChartInput:
    """Strategic planning 3, 1, 2 (2/3); co-ordination 0, 0 and one unanswered (0, up to 1/3)."""
    questionnaire = make(2, 3, flat=True).questionnaire
    levels = {"d1.i1": 3, "d1.i2": 1, "d1.i3": 2, "d2.i1": 0, "d2.i2": 0}
    return answered(questionnaire, levels)


def test_dimensions_say_extremes_distance_levels_and_holes(two: ChartInput) -> None:
    assert drawn("dimensions", two).alternative == (
        "The whole stands at 33% of the model, 61% is wanted. "
        "Highest: 1 Strategic planning (67%). Lowest: 2 Internal co-ordination (0%). "
        "Farthest to go: 2 Internal co-ordination from 0% to 33%. "
        "Levels attained: minimum 1, below minimum 1. "
        "1 indicator is unanswered; the whole may lie between 33% and 50%."
    )


def test_a_level_that_missing_answers_can_change_is_not_named(make: Make) -> None:
    questionnaire = make(2, 3, flat=True).questionnaire
    first = answered(questionnaire, dict.fromkeys(["d1.i1", "d1.i2"], 3))
    assert "Levels attained" not in drawn("dimensions", first).alternative
    assert "Level not known yet: 1 Strategic planning." in drawn("dimensions", first).alternative
    assert [row[4] for row in drawn("dimensions", first).table.rows] == [
        "not known yet: 0 to 3",
        "-",
        "not known yet: 0 to 3",
    ]
    tips = [region.tip for region in drawn("dimensions", first).regions]
    assert "level: not known yet: 0 to 3" in tips[0]


def test_dimensions_table_is_rounded_once_from_the_exact_value(two: ChartInput) -> None:
    table = drawn("dimensions", two).table
    assert table.rows == (
        ("1 Strategic planning", "67%", "89%", "100%", "minimum", "67%", "0"),
        ("2 Internal co-ordination", "0%", "33%", "100%", "below minimum", "0% – 33%", "1"),
        ("Whole", "33%", "61%", "100%", "below minimum", "33% – 50%", "1"),
    )


def test_node_data_holds_exact_values(two: ChartInput) -> None:
    first, second = node_data(two.questionnaire, two.scores, two.gaps, EN).rows
    assert (first.present, first.wanted, first.attained) == (Fraction(2, 3), Fraction(8, 9), 1)
    assert (second.low, second.high) == (Fraction(0), Fraction(1, 3))


def test_all_equal_is_not_called_highest_and_lowest(make: Make) -> None:
    questionnaire = make(3, 1).questionnaire
    given = answered(questionnaire, dict.fromkeys(questionnaire.indicators, 2))
    said = drawn("radar", given).alternative
    assert "All that are rated stand at 67%." in said
    assert "Highest" not in said


def test_dimension_without_a_rating_has_a_dash_and_is_named(make: Make) -> None:
    questionnaire = make(4, 1).questionnaire
    given = answered(questionnaire, {"d1.i1": 1, "d2.i1": 2, "d4.i1": 3})
    for kind in ("dimensions", "radar"):
        chart = drawn(kind, given)
        assert "Not rated: 3 Multi-level governance" in chart.alternative
        row = chart.table.rows[2]
        assert (row[1], row[2], row[4]) == ("-", "-", "-")


def test_radar_of_two_axes_is_bars_and_says_so(two: ChartInput) -> None:
    chart = drawn("radar", two)
    assert chart.alternative.startswith("A radar needs 3 to 14 axes, so bars are shown instead.")
    assert len(chart.table.rows) == 3


def test_heat_map_counts_levels_and_names_what_is_missing(two: ChartInput) -> None:
    assert drawn("heatmap", two).alternative == (
        "6 indicators. By level: target 1, intermediate 1, minimum 1, below minimum 2. "
        "Most below the first level: 2 Internal co-ordination (2). "
        "Unanswered: 1 (2.3 Diagnosis before the strategy is written)."
    )


def test_heat_map_tells_not_applicable_from_unanswered(make: Make) -> None:
    questionnaire = make(1, 3, flat=True).questionnaire
    answers = {
        "d1.i1": rate(Answer(), ["d1.i1.1"]),
        "d1.i2": mark_not_applicable(Answer(), "no such unit"),
    }
    scores = score(questionnaire, answers)
    cells = heat_data(questionnaire, scores, EN).cells
    assert [(c.level, c.level_name) for c in cells] == [
        (1, "minimum"),
        (None, "not applicable"),
        (None, "no answer"),
    ]


def test_gaps_say_how_many_the_first_and_the_widest(two: ChartInput) -> None:
    chart = draw_gaps(two.questionnaire, two.gaps, Look(), EN, most=2)
    assert chart.alternative.startswith(
        "4 indicators lie below their wanted level. The picture shows the 2 most urgent ones. "
        "Most urgent: 2.1 Standing teams across departments from 0 to 1, priority 1;"
    )
    assert "Widest gap: 1 level (" in chart.alternative
    assert chart.title == "The 2 most urgent of 4 gaps"
    assert len(chart.table.rows) == 4
    assert len({region.id for region in chart.regions}) == 2


def test_gaps_keep_the_order_of_the_domain(eight: ChartInput) -> None:
    data = gap_data(eight.questionnaire, eight.gaps, EN)
    assert [row.id for row in data.rows] == [gap.id for gap in eight.gaps.ranked()]
    assert [row.place for row in data.rows] == list(range(1, len(data.rows) + 1))


def test_no_gap_left_is_good_news_not_an_empty_picture(make: Make) -> None:
    questionnaire = make(3, 1).questionnaire
    given = answered(questionnaire, dict.fromkeys(questionnaire.indicators, 3))
    assert drawn("gaps", given).alternative == "No indicator lies below its wanted level."


def test_money_agrees_to_the_grosz_with_the_domain(eight: ChartInput) -> None:
    assert eight.plan is not None
    sums, data = add_up(eight.plan), money_data(eight.plan, EN)
    assert data.total == sums.total == sum(sum(amounts) for _, amounts in data.years)
    chart = draw_money(eight.plan, Look(), EN)
    assert EN.money(sums.total) in chart.alternative
    assert chart.table.rows[-1][-1] == EN.money(sums.total)
    for (source, name), shown in zip(data.sources, chart.table.rows[-1][1:], strict=False):
        assert shown == EN.money(sums.by_source[source]), name


def test_money_calls_a_named_programme_by_its_name(eight: ChartInput) -> None:
    assert "Krajowy Plan Odbudowy" in drawn("money", eight).table.header


def test_schedule_says_span_and_what_has_no_months(eight: ChartInput) -> None:
    chart = drawn("schedule", eight)
    assert chart.alternative.startswith(
        "12 undertakings under 3 goals. The first starts in January"
    )
    assert "Without months: " in chart.alternative
    assert len(chart.table.rows) == 12
    assert {r.id for r in chart.regions} == {f"u{k}" for k in range(12)}


def test_schedule_grows_to_undertakings_outside_the_plan(eight: ChartInput) -> None:
    assert eight.plan is not None
    first, *rest = eight.plan.undertakings
    early = replace(first, start="2025-11", end="2026-02")
    data = schedule_data(replace(eight.plan, undertakings=(early, *rest)))
    bar = next(b for b in data.bars if b.id == first.id)
    assert (data.first_year, data.last_year, bar.begin, bar.end) == (2025, 2030, 10, 13)


def test_schedule_in_parts_shows_every_undertaking_once(eight: ChartInput) -> None:
    parts = [draw_schedule(eight.plan, Look(), EN, first=k, most=5) for k in (0, 5, 10)]
    shown = [region.id for part in parts for region in part.regions]
    assert len(shown) == len(set(shown)) == 12


def test_projection_starts_now_and_ends_with_the_plan(eight: ChartInput) -> None:
    assert eight.projection is not None
    data = projection_data(eight.questionnaire, eight.scores, eight.projection, EN)
    assert data.times == ("now", "2027", "2028", "2029", "2030")
    whole = data.courses[0].values
    assert whole[0] == eight.scores.total.index
    assert whole[-1] == eight.projection[2030].total.index
    assert f"from {EN.percent(whole[0])} now to {EN.percent(whole[-1])}" in (
        drawn("projection", eight).alternative
    )


def test_consensus_puts_the_deepest_disagreement_first(make: Make) -> None:
    given = make(1, 2, flat=True)
    keys = list(given.questionnaire.indicators.values())
    team = {
        "a": {keys[0].id: rate(Answer(), ()), keys[1].id: rate(Answer(), keys[1].criteria)},
        "b": {keys[0].id: rate(Answer(), ()), keys[1].id: rate(Answer(), ())},
    }
    found = find_consensus(given.questionnaire, team)
    chart = drawn("consensus", replace(given, consensus=found))
    assert chart.alternative == (
        "The members see 1 indicator differently. "
        "To talk over first: 1.2 Standing teams across departments (agreement 0%)."
    )
    assert chart.table.rows[0][2:] == ("1", "0", "0", "1", "0", "0%", "0")
    assert chart.table.rows[1][2:] == ("2", "0", "0", "0", "0", "100%", "0")


@pytest.mark.parametrize("kind", CHARTS)
def test_nothing_rated_and_no_plan_is_calm(kind: str, make: Make) -> None:
    given = make(8, 3, undertakings=0, rated=False)
    for plan in (given.plan, None):
        chart = drawn(kind, replace(given, plan=plan, projection=None))
        assert chart.alternative.endswith(".")
        assert chart.table.header
        assert chart.table.rows == ()
        assert chart.regions == ()


@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("speech", [PL, EN], ids=["pl", "en"])
def test_every_picture_has_a_table_as_wide_as_its_header(
    kind: str, speech: Language, eight: ChartInput
) -> None:
    chart = CHARTS[kind](eight, Look(), speech)
    assert chart.kind == kind
    assert chart.table.rows
    assert all(len(row) == len(chart.table.header) for row in chart.table.rows)
    assert all(cell for row in chart.table.rows for cell in row)


def test_polish_pictures_use_polish_names_and_numbers(eight: ChartInput) -> None:
    chart = CHARTS["dimensions"](eight, Look(), PL)
    assert "Planowanie strategiczne" in chart.table.rows[0][0]
    assert chart.table.rows[0][1] == "56\u00a0%"
