"""Drawing charts for the window: in one worker thread, for the newest wish only.

matplotlib is neither quick nor safe in several threads at once, so every picture of the program is
drawn by the same single worker, one after the other. A view says how wide it is; the picture is
made for that width, and as high as its content needs: the view takes over that height, and the
page around it scrolls. Whatever was asked for before the newest wish is not drawn at all, or its
picture is thrown away.
"""

import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from threading import Event
from typing import Final, TypeVar

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from sat_desktop.charts.chart import Chart, Region
from sat_desktop.charts.look import Look
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.handover import expect
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.chart_view import ChartPanel, ChartPlace, ChartView

PIXELS_TO_THE_INCH: Final = 96
"""Logical pixels, as Qt counts them."""

_NEVER: Final = 1_000_000_000
"""Collections of young objects before a full one."""

Made = TypeVar("Made")

Draw = Callable[[Look, Language], Chart]
"""Draws a chart from data that nobody changes any more; called in the worker."""


@cache
def _worker() -> ThreadPoolExecutor:
    """Return the one thread that draws; Python waits for it when the program ends."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="charts")


def in_drawing_thread(work: Callable[[], Made]) -> Made:
    """Do work that draws charts by itself, such as a document, when it is its turn to draw.

    Called in another worker, which waits.
    """
    return _worker().submit(_without_full_collections, work).result()


def _without_full_collections(work: Callable[[], Made]) -> Made:
    """Do work while the collector looks at young objects only.

    A full collection goes through all of a document being made, and holds every thread up: for half
    a second in that of 2,050 indicators.
    """
    young, middle, old = gc.get_threshold()
    gc.set_threshold(young, middle, _NEVER)
    try:
        return work()
    finally:
        gc.set_threshold(young, middle, old)


@dataclass(frozen=True, slots=True)
class _Wish:
    """Everything that a picture depends on; the functions are told apart by identity."""

    draw: Draw
    theme: Theme
    language: Language
    width: int
    density: float
    least: int


@dataclass(frozen=True, slots=True)
class _Picture:
    outdated: Event
    chart: Chart | None = None
    image: QImage | None = None
    error: BaseException | None = None


class _Latest:
    """The mark of the picture that was asked for last: set where it is not wanted any more."""

    def __init__(self) -> None:
        self.outdated = Event()


class ChartPainter(QObject):
    """Fills a view with the pictures of a chart.

    Attributes:
        chart: the chart that is shown now, None before the first one.

    Signals:
        painted(Chart): a picture is shown now.
    """

    painted = Signal(object)

    def __init__(
        self, view: ChartView, theme: Theme, language: Language, *, least: int = 0
    ) -> None:
        """Draw for `view`, at least `least` logical pixels high (at any text size)."""
        super().__init__(view)
        self.chart: Chart | None = None
        self._view = view
        self._theme = theme
        self._language = language
        self._least = least
        self._draw: Draw | None = None
        self._width = 0
        self._density = 1.0
        self._wish: _Wish | None = None
        self._latest = latest = _Latest()
        self._ready = expect(self, "_show")
        view.wanted.connect(self._note_size)
        # A function of its own, not `Event.set`: Qt's binding holds methods weakly and takes the
        # connection back where their object dies, which for an event is the worker, at any moment.
        view.destroyed.connect(lambda: latest.outdated.set())  # noqa: PLW0108 -- the one of then

    @property
    def is_drawing(self) -> bool:
        """Whether a picture is on its way."""
        return self._wish is not None and not self._latest.outdated.is_set()

    def show_chart(self, draw: Draw) -> None:
        """Show another chart; the old picture stays until the new one is there."""
        self._draw = draw
        self._view.ask_again()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours and sizes; the view asks by itself."""
        self._theme = theme

    def retranslate(self, language: Language) -> None:
        """Draw with other words."""
        self._language = language
        self._view.ask_again()

    def _note_size(self, size: QSize, density: float) -> None:
        self._width, self._density = size.width(), density
        if self._draw is None:
            return
        wish = _Wish(
            self._draw, self._theme, self._language, self._width, self._density, self._least
        )
        if wish == self._wish:
            return
        self._latest.outdated.set()
        self._wish = wish
        self._latest.outdated = outdated = Event()
        ready = self._ready

        def work() -> None:
            if outdated.is_set():
                return
            picture = _paint(wish, outdated)
            if outdated.is_set():
                return
            ready(picture)

        _worker().submit(work)

    def _show(self, picture: _Picture) -> None:
        if picture.outdated.is_set():
            return
        picture.outdated.set()
        if picture.error is not None:
            self._wish = None
            raise picture.error
        if picture.chart is None or picture.image is None:
            return
        self.chart = picture.chart
        self._view.setFixedHeight(round(picture.image.height() / self._density))
        self._view.show_picture(picture.image, [_place(r) for r in picture.chart.regions])
        self._view.setAccessibleDescription(picture.chart.alternative)
        self.painted.emit(picture.chart)


class PaintedChart(ChartPanel):
    """A chart with its title, its table and its picture, all from the same `Chart`.

    Attributes:
        painter: what draws the picture.
    """

    def __init__(
        self, theme: Theme, language: Language, *, title: str = "", least: int = 0
    ) -> None:
        """Take a title to be known by until the first chart brings its own."""
        super().__init__(theme, language, title, "")
        self.painter = ChartPainter(self.view, theme, language, least=least)
        self.painter.painted.connect(self._tell)

    def show_chart(self, draw: Draw) -> None:
        """Show another chart."""
        self.painter.show_chart(draw)

    def apply_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        super().apply_theme(theme)
        self.painter.apply_theme(theme)

    def retranslate(self, language: Language) -> None:
        """Draw with other words."""
        super().retranslate(language)
        self.painter.retranslate(language)

    def _tell(self, chart: Chart) -> None:
        self.set_words(chart.title, chart.alternative)
        self.set_table(chart.table.header, chart.table.rows)


def _paint(wish: _Wish, outdated: Event) -> _Picture:
    """Draw in the worker; what goes wrong is carried to the GUI thread, whole."""
    from sat_desktop.charts.rendering import render_rgba

    look = Look(
        wish.theme.palette,
        wish.width / PIXELS_TO_THE_INCH,
        wish.least / PIXELS_TO_THE_INCH if wish.least else None,
        wish.theme.text_scale / 100,
        titled=False,
    )
    try:
        chart = wish.draw(look, wish.language)
        pixels, width, height = render_rgba(chart, wish.density)
    except BaseException as error:  # noqa: BLE001 - carried to the GUI thread
        return _Picture(outdated, error=error)
    shape = QImage.Format.Format_RGBA8888
    image = QImage(pixels, width, height, width * 4, shape).copy()
    image.setDevicePixelRatio(wish.density)
    return _Picture(outdated, chart, image)


def _place(region: Region) -> ChartPlace:
    """Return what the pointer and the arrow keys reach of a region."""
    xs = [x for x, _ in region.polygon]
    ys = [y for _, y in region.polygon]
    left, top = min(xs), min(ys)
    box = (left, top, max(xs) - left, max(ys) - top)
    is_box = len(region.polygon) == 4 and len({*xs}) == len({*ys}) == 2
    return ChartPlace(region.id, region.tip, *box, () if is_box else region.polygon)
