"""All pictures by name, each drawn from the same record: for the command line and for documents."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from sat_desktop.charts.chart import Chart, ChartInput
from sat_desktop.charts.dimensions import draw_dimensions
from sat_desktop.charts.look import Look
from sat_desktop.runtime.i18n import Language

Draw = Callable[[ChartInput, Look, Language], Chart]


def _dimensions(given: ChartInput, look: Look, language: Language) -> Chart:
    return draw_dimensions(
        given.questionnaire, given.scores, given.gaps, look, language, given.facts
    )


CHARTS: Final[Mapping[str, Draw]] = MappingProxyType(
    {
        "dimensions": _dimensions,
    }
)
"""Kind to the function that draws it; nothing heavy is imported before one of them is called."""
