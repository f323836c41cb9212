"""Bytes: the same every time, from any thread; vectors that stay text; regions that answer."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patches import Patch
from matplotlib.text import Text as Words
from PIL import Image

from sat_desktop.charts.catalogue import CHARTS
from sat_desktop.charts.chart import ChartInput
from sat_desktop.charts.lettering import MISSING, clean, shorten, width_of, wrap
from sat_desktop.charts.look import Look
from sat_desktop.charts.rendering import render_png, render_rgba, render_svg
from sat_desktop.domain.questionnaire import Text
from sat_desktop.runtime.i18n import language_of
from sat_desktop.runtime.palette import DARK, LIGHT

SVG = "{http://www.w3.org/2000/svg}"
PL = language_of("pl")


@pytest.mark.parametrize("kind", CHARTS)
def test_the_same_data_give_the_same_bytes(kind: str, eight: ChartInput) -> None:
    one, other = (CHARTS[kind](eight, Look(LIGHT, 9.0, 6.0), PL) for _ in range(2))
    assert render_svg(one) == render_svg(other)
    assert render_png(one) == render_png(other)
    assert render_png(one) == render_png(one)


def test_threads_draw_what_one_thread_draws(eight: ChartInput) -> None:
    def draw(kind: str) -> bytes:
        return render_rgba(CHARTS[kind](eight, Look(DARK, 9.0, 6.0), PL))[0]

    alone = {kind: draw(kind) for kind in CHARTS}
    before = dict(mpl.rcParams)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(draw, list(CHARTS) * 3))
    assert together == [alone[kind] for kind in CHARTS] * 3
    assert dict(mpl.rcParams) == before


def test_raw_pixels_have_the_promised_size(eight: ChartInput) -> None:
    chart = CHARTS["dimensions"](eight, Look(LIGHT, 9.0, 6.0), PL)
    pixels, width, height = render_rgba(chart, 1.5)
    assert (width, height) == (1296, 864)
    assert len(pixels) == width * height * 4
    assert pixels[:4] == b"\xff\xff\xff\xff"


def test_png_says_what_it_shows(eight: ChartInput) -> None:
    chart = CHARTS["gaps"](eight, Look(), PL)
    image = Image.open(io.BytesIO(render_png(chart, 200)))
    assert image.info["Description"] == chart.alternative
    assert image.width == round(chart.inches[0] * 200)


@pytest.mark.parametrize("kind", CHARTS)
def test_svg_is_text_with_title_and_description(kind: str, eight: ChartInput) -> None:
    chart = CHARTS[kind](eight, Look(), PL)
    root = ET.fromstring(render_svg(chart, "pl"))  # noqa: S314 -- our own picture
    assert [e.text for e in root.findall(f"{SVG}title")] == [chart.title]
    assert [e.text for e in root.findall(f"{SVG}desc")] == [chart.alternative]
    drawn = sorted(a.get_text() for a in chart.figure.get_children() if isinstance(a, Words))
    assert sorted(e.text or "" for e in root.findall(f"{SVG}text")) == drawn
    assert not root.findall(f".//{SVG}image")


def test_user_text_is_escaped_in_svg(eight: ChartInput) -> None:
    assert eight.plan is not None
    goals = tuple(replace(g, title="<b>&amp;</b> $x$") for g in eight.plan.goals)
    given = replace(eight, plan=replace(eight.plan, goals=goals))
    root = ET.fromstring(render_svg(CHARTS["schedule"](given, Look(), PL)))  # noqa: S314 -- our own picture
    assert "<b>&amp;</b> $x$" in [e.text for e in root.findall(f"{SVG}text")]


@pytest.mark.parametrize("kind", CHARTS)
def test_only_plain_artists_that_any_renderer_can_draw(kind: str, eight: ChartInput) -> None:
    artists = CHARTS[kind](eight, Look(), PL).figure.get_children()
    assert all(isinstance(a, Words | PolyCollection | LineCollection | Patch) for a in artists)
    assert sum(not isinstance(a, Words) for a in artists) <= 45
    assert all(a.get_clip_path() is None for a in artists)


def test_a_region_answers_with_the_indicator_under_the_point(eight: ChartInput) -> None:
    chart = CHARTS["heatmap"](eight, Look(LIGHT, 9.0, 6.0), PL)
    for region in chart.regions:
        xs, ys = zip(*region.polygon, strict=True)
        assert all(0 <= v <= 1 for v in (*xs, *ys))
        found = chart.region_at(sum(xs) / len(xs), sum(ys) / len(ys))
        assert found is not None
        assert found.id == region.id
    assert chart.region_at(0.999, 0.999) is None
    last = next(r for r in chart.regions if r.id == "d8.i3")
    first = next(r for r in chart.regions if r.id == "d1.i1")
    assert first.polygon[0][1] < last.polygon[0][1], "regions count from the top"
    assert "8.3" in last.tip


def test_long_names_are_whole_in_the_table_though_cut_in_the_picture(eight: ChartInput) -> None:
    long = "Bardzo długa nazwa wskaźnika " * 30
    group = eight.questionnaire.groups[0]
    indicator = group.groups[0].indicators[0]
    changed = replace(indicator, name=Text(pl=long))
    dimension = replace(group.groups[0], indicators=(changed, *group.groups[0].indicators[1:]))
    area = replace(group, groups=(dimension, *group.groups[1:]))
    questionnaire = replace(eight.questionnaire, groups=(area, *eight.questionnaire.groups[1:]))
    chart = CHARTS["gaps"](replace(eight, questionnaire=questionnaire), Look(), PL)
    assert long in [row[2] for row in chart.table.rows]
    texts = [a.get_text() for a in chart.figure.get_children() if isinstance(a, Words)]
    assert any(text.endswith("…") for text in texts)


def test_characters_that_the_font_lacks_are_visible_boxes() -> None:
    assert clean("a🏛b") == f"a{MISSING}b"
    assert clean("Zażółć\u200b\u202e gęślą\tjaźń\x00") == "Zażółć gęślą jaźń"
    assert clean("z\u0307") == "ż"


def test_one_letter_words_stay_with_the_next_word() -> None:
    lines = wrap("Praca w gminie i w powiecie z ludźmi", 60, 9, most=9)
    assert all(len(line.split("\u00a0")[-1].split(" ")[-1]) > 1 for line in lines)


def test_wrapped_lines_fit_and_the_rest_is_an_ellipsis() -> None:
    lines = wrap("Konstantynopolitańczykowianeczka " * 9, 50, 9, most=3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(width_of(line, 9) <= 50 for line in lines)
    assert shorten("abc", 100, 9) == "abc"
