"""The plan's charts: drawn for paper, as vectors, each with its text alternative."""

from typing import Final

from sat_desktop.charts.catalogue import CHARTS
from sat_desktop.charts.chart import Chart, ChartInput
from sat_desktop.charts.look import POINTS, Look
from sat_desktop.domain.document import PlanDocument
from sat_desktop.reporting.blocks import Block, Content
from sat_desktop.reporting.figures import chart as figure
from sat_desktop.reporting.styles import LANDSCAPE, PORTRAIT
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.palette import PRINT

WIDTH: Final = PORTRAIT.measure / POINTS
WIDE: Final = LANDSCAPE.measure / POINTS
"""Widths of pictures on upright and on turned pages, in inches."""


def draw(document: PlanDocument, kind: str, language: Language, width: float = WIDTH) -> Chart:
    """Return one chart of the catalogue in the look of documents."""
    look = Look(PRINT, width=width, titled=False)
    return CHARTS[kind](ChartInput.of(document), look, language)


def picture(
    document: PlanDocument,
    kind: str,
    language: Language,
    caption: Content,
    width: float = WIDTH,
    height: float = 560.0,
) -> Block:
    """Return a chart as a block with its caption."""
    drawn = draw(document, kind, language, width)
    return figure(drawn.figure, drawn.alternative, caption, height=height)
