"""Pictures that run out of plain marks: many areas, many sources of money."""

from collections.abc import Callable
from dataclasses import replace

from sat_desktop.charts.catalogue import CHARTS
from sat_desktop.charts.chart import ChartInput
from sat_desktop.charts.look import Look
from sat_desktop.charts.money import mark_of, money_data
from sat_desktop.charts.rendering import render_svg
from sat_desktop.domain.plan import CostLine, MoneySource
from sat_desktop.runtime.i18n import language_of

Make = Callable[..., ChartInput]
EN = language_of("en")


def test_eight_sources_of_money_all_stand_in_the_key(eight: ChartInput) -> None:
    assert eight.plan is not None
    own = tuple(MoneySource(f"p{k}", f"Programme {k}") for k in range(3))
    costs = tuple(
        CostLine(2027, source, 50_000_000)
        for source in ("own", "state", "eu", "eea", "other", "p0", "p1", "p2")
    )
    first, *rest = eight.plan.undertakings
    plan = replace(
        eight.plan,
        head=replace(eight.plan.head, sources=own),
        undertakings=(replace(first, costs=costs), *(replace(u, costs=()) for u in rest)),
    )
    assert len(money_data(plan, EN).sources) == 8
    svg = render_svg(CHARTS["money"](replace(eight, plan=plan), Look(), EN)).decode()
    for name in ("own budget", "EEA and Norway Grants", "Programme 0", "Programme 2"):
        assert svg.count(f">{name}<") == 1


def test_fourteen_sources_of_money_are_all_marked_differently() -> None:
    assert len({mark_of(place) for place in range(14)}) == 14


def test_projection_of_many_areas_names_every_line(make: Make) -> None:
    given = make(9, 2, flat=True)
    svg = render_svg(CHARTS["projection"](given, Look(height=6), EN)).decode()
    assert svg.count("stroke-dasharray") >= 3
    for dimension in given.questionnaire.dimensions:
        assert dimension.name.get("en").split()[0] in svg
