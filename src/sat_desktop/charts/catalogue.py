"""All pictures by name, each drawn from the same record: for the command line and for documents."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from sat_desktop.charts.chart import Chart, ChartInput
from sat_desktop.charts.consensus import draw_consensus
from sat_desktop.charts.dimensions import draw_dimensions
from sat_desktop.charts.gaps import draw_gaps
from sat_desktop.charts.heatmap import draw_heatmap
from sat_desktop.charts.look import Look
from sat_desktop.charts.money import draw_money
from sat_desktop.charts.projection import draw_projection
from sat_desktop.charts.radar import draw_radar
from sat_desktop.charts.schedule import draw_schedule
from sat_desktop.runtime.i18n import Language

Draw = Callable[[ChartInput, Look, Language], Chart]


def _dimensions(given: ChartInput, look: Look, language: Language) -> Chart:
    return draw_dimensions(
        given.questionnaire, given.scores, given.gaps, look, language, given.facts
    )


def _radar(given: ChartInput, look: Look, language: Language) -> Chart:
    return draw_radar(given.questionnaire, given.scores, given.gaps, look, language, given.facts)


def _heatmap(given: ChartInput, look: Look, language: Language) -> Chart:
    return draw_heatmap(given.questionnaire, given.scores, look, language, given.facts)


def _gaps(given: ChartInput, look: Look, language: Language) -> Chart:
    return draw_gaps(given.questionnaire, given.gaps, look, language, given.facts)


def _schedule(given: ChartInput, look: Look, language: Language) -> Chart:
    return draw_schedule(given.plan, look, language, given.facts)


def _money(given: ChartInput, look: Look, language: Language) -> Chart:
    return draw_money(given.plan, look, language, given.facts)


def _projection(given: ChartInput, look: Look, language: Language) -> Chart:
    return draw_projection(
        given.questionnaire, given.scores, given.projection or {}, look, language, given.facts
    )


def _consensus(given: ChartInput, look: Look, language: Language) -> Chart:
    return draw_consensus(given.questionnaire, given.consensus, look, language, given.facts)


CHARTS: Final[Mapping[str, Draw]] = MappingProxyType(
    {
        "dimensions": _dimensions,
        "radar": _radar,
        "heatmap": _heatmap,
        "gaps": _gaps,
        "schedule": _schedule,
        "money": _money,
        "projection": _projection,
        "consensus": _consensus,
    }
)
"""Kind to the function that draws it; nothing heavy is imported before one of them is called."""
