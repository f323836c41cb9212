"""How long a picture of 900 x 600 pixels takes, from results to pixels."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from benchmarks.measuring import Report, take_turns
from sat_desktop.charts.catalogue import CHARTS
from sat_desktop.charts.look import Look
from sat_desktop.charts.rendering import render_rgba, render_svg
from sat_desktop.runtime.i18n import language_of
from sat_desktop.runtime.palette import LIGHT

LOOK = Look(LIGHT, 9.0, 6.0)
DPI_100 = 100 / 96
ROUNDS = 5


@pytest.fixture(scope="module")
def build() -> Any:
    """Return the builder of the unit tests' invented city."""
    place = Path(__file__).parent.parent / "unit" / "charts" / "conftest.py"
    spec = importlib.util.spec_from_file_location("charts_builder", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.build_input


@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("each", [3, 10])
def test_picture_on_screen(kind: str, each: int, build: Any, report: Report) -> None:
    given = build(8, each, undertakings=12)
    speech = language_of("pl")
    times = take_turns(ROUNDS, lambda: render_rgba(CHARTS[kind](given, LOOK, speech), DPI_100))
    report.add(f"{kind} of {8 * each} on screen", *times)


def test_heat_map_of_2000(build: Any, report: Report) -> None:
    given = build(8, 250)
    speech = language_of("pl")
    times = take_turns(ROUNDS, lambda: render_rgba(CHARTS["heatmap"](given, LOOK, speech), DPI_100))
    report.add("heatmap of 2,000 on screen", *times)


@pytest.mark.parametrize("kind", CHARTS)
def test_svg(kind: str, build: Any, report: Report) -> None:
    given = build(8, 10)
    speech = language_of("pl")
    times = take_turns(ROUNDS, lambda: render_svg(CHARTS[kind](given, LOOK, speech)))
    report.add(f"{kind} of 80 as SVG", *times)
