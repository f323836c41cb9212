"""A sheet to draw on: marks are collected in points and become one matplotlib Figure at the end.

The layout of every picture is worked out before anything is drawn, from measured text, so the
figure needs no axes, ticks or layout engine. Marks of one style become one collection: a figure has
a dozen artists and its texts. Only plain artists are used (Text, PolyCollection, LineCollection),
patterns are lines of our own, and no global setting of matplotlib is read or changed: figures may
be made in any thread and drawn by any renderer.

Coordinates: points from the top left, y downwards.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sat_desktop.charts.chart import Region
from sat_desktop.charts.lettering import (
    RISE,
    Weight,
    clean,
    line_height,
)
from sat_desktop.charts.look import POINTS, Look

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Point = tuple[float, float]
Anchor = Literal["left", "center", "right"]
Marker = Literal["circle", "square", "diamond", "triangle", "down", "cross"]
Pattern = Literal["up", "down", "cross", "level", "upright"]


class Box(NamedTuple):
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def corners(self) -> tuple[Point, ...]:
        """Its four corners, clockwise from the top left."""
        x, y, w, h = self
        return (x, y), (x + w, y), (x + w, y + h), (x, y + h)


@dataclass(frozen=True, slots=True)
class _Fill:
    layer: int
    fill: str | None
    edge: str | None
    line: float
    dash: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Stroke:
    layer: int
    colour: str
    line: float
    dash: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """One line of cleaned text; `y` is its baseline, `anchor` says which of its points `x` is."""

    text: str
    x: float
    y: float
    size: float
    weight: Weight
    colour: str
    anchor: Anchor


class Sheet:
    """Marks and words of one picture.

    Layers: 0 what lies below (grids), 1 marks, 2 marks on marks; words are always on top.
    """

    def __init__(self, look: Look) -> None:
        self.look = look
        self.width = look.points_wide
        self._fills: dict[_Fill, list[Sequence[Point]]] = {}
        self._strokes: dict[_Stroke, list[Sequence[Point]]] = {}
        self._words: list[Words] = []
        self._regions: list[tuple[str, Sequence[Point], str]] = []

    def polygon(
        self,
        corners: Sequence[Point],
        fill: str | None = None,
        edge: str | None = None,
        line: float = 0.0,
        dash: tuple[float, ...] = (),
        layer: int = 1,
    ) -> None:
        """Draw a closed shape; `line` is the width of its edge, `dash` in points."""
        self._fills.setdefault(_Fill(layer, fill, edge, line, dash), []).append(corners)

    def box(
        self,
        box: Box,
        fill: str | None = None,
        edge: str | None = None,
        line: float = 0.0,
        dash: tuple[float, ...] = (),
        layer: int = 1,
    ) -> None:
        """Draw a rectangle; nothing when it has no extent."""
        if box.w > 0 and box.h > 0:
            self.polygon(box.corners, fill, edge, line, dash, layer)

    def line(
        self,
        points: Sequence[Point],
        colour: str,
        line: float = 0.75,
        dash: tuple[float, ...] = (),
        layer: int = 0,
    ) -> None:
        """Draw a run of straight lines; `dash` in points."""
        self._strokes.setdefault(_Stroke(layer, colour, line, dash), []).append(points)

    def marker(
        self,
        centre: Point,
        radius: float,
        kind: Marker = "circle",
        fill: str | None = None,
        edge: str | None = None,
        line: float = 1.0,
        layer: int = 2,
    ) -> None:
        """Draw a mark around a point; shapes cover about the same area."""
        x, y = centre
        if kind == "cross":
            for sign in (1, -1):
                ends = [(x - radius, y - sign * radius), (x + radius, y + sign * radius)]
                self.line(ends, edge or fill or "#000000", max(line, 1.2), layer=layer)
            return
        self.polygon(_marker(x, y, radius, kind), fill, edge, line, layer=layer)

    def pattern(self, box: Box, kind: Pattern, colour: str, step: float, layer: int = 2) -> None:
        """Fill a rectangle with lines `step` apart, cut at its edges."""
        for ends in _pattern(box, kind, step):
            self.line(ends, colour, 0.7 * self.look.scale, layer=layer)

    def words(
        self,
        text: str,
        x: float,
        baseline: float,
        size: float,
        weight: Weight = "regular",
        colour: str | None = None,
        anchor: Anchor = "left",
    ) -> None:
        """Write one line; `size` is in points, already scaled."""
        if drawn := clean(text):
            ink = colour or self.look.palette.text
            self._words.append(Words(drawn, x, baseline, size, weight, ink, anchor))

    def block(
        self,
        lines: Sequence[str],
        x: float,
        top: float,
        size: float,
        weight: Weight = "regular",
        colour: str | None = None,
        anchor: Anchor = "left",
    ) -> float:
        """Write lines below each other from `top`; return where the next line would begin."""
        for line in lines:
            self.words(line, x, top + RISE * size, size, weight, colour, anchor)
            top += line_height(size)
        return top

    def middle(
        self,
        text: str,
        x: float,
        centre: float,
        size: float,
        weight: Weight = "regular",
        colour: str | None = None,
        anchor: Anchor = "left",
    ) -> None:
        """Write one line whose figures and capitals are centred on a height."""
        self.words(text, x, centre + 0.36 * size, size, weight, colour, anchor)

    def region(self, key: str, corners: Sequence[Point], tip: str) -> None:
        """Let a part of the picture answer to the pointer."""
        self._regions.append((key, corners, tip))

    def regions(self, height: float) -> tuple[Region, ...]:
        """Return all regions as shares of the final picture."""

        def share(point: Point) -> Point:
            return (
                min(1.0, max(0.0, point[0] / self.width)),
                min(1.0, max(0.0, point[1] / height)),
            )

        return tuple(Region(k, tuple(map(share, c)), tip) for k, c, tip in self._regions)

    def figure(self, height: float) -> "Figure":
        """Return the figure, `height` points high."""
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        ground = self.look.ground
        figure = Figure(
            figsize=(self.width / POINTS, height / POINTS), dpi=POINTS, facecolor=ground
        )
        figure.patch.set_linewidth(0)
        place = Affine2D().scale(1 / POINTS, -1 / POINTS).translate(0, height / POINTS)
        transform = place + figure.dpi_scale_trans
        for artist in (*self._shapes(transform), *self._lines(transform)):
            figure.add_artist(artist)
        self._write(figure, transform)
        return figure

    def _shapes(self, transform: Any) -> Iterable[Any]:
        from matplotlib.collections import PolyCollection

        for order, (style, shapes) in enumerate(self._fills.items()):
            artist = PolyCollection(
                [list(s) for s in shapes],
                facecolors=style.fill or "none",
                edgecolors=style.edge if style.edge and style.line else "none",
                linewidths=style.line if style.edge else 0,
                linestyles=_dashes(style.dash, style.line),
                antialiaseds=True,
                transform=transform,
                zorder=style.layer + order * 1e-4,
            )
            # A hair of light shows between neighbours that are both blended into the ground.
            artist.set_clip_on(False)
            yield artist

    def _lines(self, transform: Any) -> Iterable[Any]:
        from matplotlib.collections import LineCollection

        for order, (style, runs) in enumerate(self._strokes.items()):
            artist = LineCollection(
                [list(r) for r in runs],
                colors=style.colour,
                linewidths=style.line,
                linestyles=_dashes(style.dash, style.line),
                antialiaseds=True,
                transform=transform,
                zorder=style.layer + 0.5 + order * 1e-4,
            )
            artist.set_clip_on(False)
            yield artist

    def _write(self, figure: "Figure", transform: Any) -> None:
        from sat_desktop.charts.line import LineOfText

        for words in self._words:
            figure.add_artist(LineOfText(words, transform))


def _dashes(dash: tuple[float, ...], line: float) -> Any:
    # Collections multiply a pattern by the width of their line.
    return (0, [d / line for d in dash]) if dash and line else "solid"


def _marker(x: float, y: float, r: float, kind: Marker) -> list[Point]:
    if kind == "square":
        return list(Box(x - 0.88 * r, y - 0.88 * r, 1.76 * r, 1.76 * r).corners)
    if kind == "diamond":
        return [(x, y - 1.25 * r), (x + 1.25 * r, y), (x, y + 1.25 * r), (x - 1.25 * r, y)]
    if kind in {"triangle", "down"}:
        sign = -1 if kind == "triangle" else 1
        tip = y + sign * 1.3 * r
        return [(x, tip), (x + 1.15 * r, y - sign * 0.75 * r), (x - 1.15 * r, y - sign * 0.75 * r)]
    turns = (math.tau * k / 24 for k in range(24))
    return [(x + r * math.cos(t), y + r * math.sin(t)) for t in turns]


def _pattern(box: Box, kind: Pattern, step: float) -> Iterable[list[Point]]:
    x, y, w, h = box
    if kind == "cross":
        yield from _pattern(box, "up", step)
        yield from _pattern(box, "down", step)
    elif kind == "level":
        for k in range(1, math.ceil(h / step)):
            yield [(x, y + k * step), (x + w, y + k * step)]
    elif kind == "upright":
        for k in range(1, math.ceil(w / step)):
            yield [(x + k * step, y), (x + k * step, y + h)]
    else:
        for k in range(1, math.ceil((w + h) / step)):
            # The line u + v = k * step inside the rectangle, u from the left, v from the top.
            run = k * step
            first = (min(run, w), max(0.0, run - w))
            last = (max(0.0, run - h), min(run, h))
            ends = [first, last] if kind == "up" else [(w - u, v) for u, v in (first, last)]
            yield [(x + u, y + v) for u, v in ends]
