"""No words of any picture overlap, are cut or fall off the picture, whatever the size."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.text import Text as Words
from matplotlib.transforms import Bbox

from sat_desktop.charts.catalogue import CHARTS
from sat_desktop.charts.chart import Chart, ChartInput, Facts
from sat_desktop.charts.look import SMALL, Look
from sat_desktop.charts.rendering import render_rgba, render_svg
from sat_desktop.domain.questionnaire import Group, Questionnaire, Text
from sat_desktop.runtime.i18n import language_of
from sat_desktop.runtime.palette import DARK, HIGH_CONTRAST, LIGHT, PRINT, Palette, contrast

Make = Callable[..., ChartInput]


def extents(chart: Chart) -> list[tuple[str, Bbox]]:
    """The boxes of all words in points, as the renderer measures them."""
    width, height = (int(v * 72) + 1 for v in chart.inches)
    agg: Any = RendererAgg
    renderer = agg(width, height, 72)
    texts = [a for a in chart.figure.get_children() if isinstance(a, Words)]
    return [(t.get_text(), t.get_window_extent(renderer)) for t in texts]


def assert_legible(chart: Chart, scale: float = 1.0) -> None:
    width, height = (v * 72 for v in chart.inches)
    boxes = extents(chart)
    for words, box in boxes:
        assert box.x0 >= -0.5, words
        assert box.x1 <= width + 0.5, words
        assert box.y0 >= -0.5, words
        assert box.y1 <= height + 0.5, words
    for (one, a), (other, b) in combinations(boxes, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        down = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert across <= 0.6 or down <= 1.2, (one, other, across, down)
    for artist in chart.figure.get_children():
        if isinstance(artist, Words):
            assert float(artist.get_fontsize()) >= SMALL * scale - 0.01, artist.get_text()


SIZES = [(9.0, 6.0, 1.0), (6.3, None, 1.0), (4.2, 3.0, 1.0), (12.8, 7.2, 1.5), (9.0, 6.0, 2.0)]


@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("code", ["pl", "en"])
@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
@pytest.mark.parametrize("dimensions", [8, 12])
def test_words_neither_overlap_nor_leave_the_picture(
    kind: str,
    code: str,
    width: float,
    height: float | None,
    scale: float,
    dimensions: int,
    make: Make,
) -> None:
    look = Look(LIGHT, width, height, scale)
    chart = CHARTS[kind](make(dimensions, 10, undertakings=24), look, language_of(code))
    assert_legible(chart, scale)
    assert chart.inches[0] == pytest.approx(width)


@pytest.mark.parametrize("dimensions", [3, 4, 5, 6, 7, 9, 10, 11, 13, 14])
@pytest.mark.parametrize(("width", "scale"), [(9.0, 1.0), (9.0, 2.0), (6.3, 1.0)])
def test_radar_of_any_number_of_axes(
    dimensions: int, width: float, scale: float, make: Make
) -> None:
    look = Look(LIGHT, width, 6.0, scale)
    assert_legible(CHARTS["radar"](make(dimensions, 2), look, language_of("pl")), scale)


@pytest.mark.parametrize("kind", CHARTS)
def test_one_tier_ten_levels_and_no_height(kind: str, make: Make) -> None:
    given_ = make(5, 4, levels=10, flat=True)
    assert_legible(CHARTS[kind](given_, Look(LIGHT), language_of("pl")))


@pytest.mark.parametrize("each", [1, 3, 10, 250])
def test_heat_map_of_8_to_2000_indicators(each: int, make: Make) -> None:
    chart = CHARTS["heatmap"](make(8, each), Look(LIGHT, 9.0, 6.0), language_of("pl"))
    assert_legible(chart)
    assert chart.inches[1] <= 8.0
    cells = {r.id for r in chart.regions} & set(make(8, each).questionnaire.indicators)
    assert len(cells) == 8 * each


def renamed(questionnaire: Questionnaire, name: str) -> Questionnaire:
    def rename(group: Group) -> Group:
        return replace(
            group,
            name=Text(pl=name, en=name),
            groups=tuple(rename(g) for g in group.groups),
            indicators=tuple(
                replace(i, name=Text(pl=name, en=name), code=name[:40]) for i in group.indicators
            ),
        )

    return replace(
        questionnaire,
        groups=tuple(rename(g) for g in questionnaire.groups),
        scale=tuple(replace(level, name=Text(pl=name, en=name)) for level in questionnaire.scale),
    )


ODD = [
    "$\\frac{1}{2}$ _x^2_ \\n",
    "<b>&amp;</b> =1+1 ../../etc",
    "🏛️👩‍💻 urząd \u202e\u200b العربية 漢字",
    "a" * 10_000,
    "Zażółć gęślą jaźń " * 40,
    "\ud800 \x00 \t\n",
    "   ",
]


@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("name", ODD)
def test_any_text_is_drawn_as_text(kind: str, name: str, eight: ChartInput) -> None:
    given_ = replace(
        eight, questionnaire=renamed(eight.questionnaire, name), facts=Facts(name, name)
    )
    assert given_.plan is not None
    plan = replace(
        given_.plan,
        goals=tuple(replace(g, title=name) for g in given_.plan.goals),
        undertakings=tuple(replace(u, title=name) for u in given_.plan.undertakings),
    )
    chart = CHARTS[kind](replace(given_, plan=plan), Look(LIGHT, 9.0, 6.0), language_of("pl"))
    assert_legible(chart)
    render_rgba(chart)
    render_svg(chart)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.text(min_size=1, max_size=120), kind=st.sampled_from(["dimensions", "radar", "gaps"])
)
def test_any_name_leaves_the_picture_legible(name: str, kind: str, eight: ChartInput) -> None:
    given_ = replace(eight, questionnaire=renamed(eight.questionnaire, name))
    assert_legible(CHARTS[kind](given_, Look(DARK, 7.0, 5.0), language_of("en")))


@pytest.mark.parametrize("palette", [LIGHT, DARK, HIGH_CONTRAST, PRINT], ids=lambda p: p.scheme)
def test_words_and_marks_stand_out_from_the_ground(palette: Palette, make: Make) -> None:
    look = Look(palette)
    for role in ("text", "muted"):
        assert contrast(getattr(palette, role), look.ground) >= 4.5
    for role in ("present", "wanted", "model", "control"):
        assert contrast(getattr(palette, role), look.ground) >= 3
    for level in range(4):
        assert contrast(look.level_ink(level, 3), look.level_colour(level, 3)) >= 4.5
