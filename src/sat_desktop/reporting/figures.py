"""Charts in documents: matplotlib figures drawn straight onto the page, as vectors with real text.

A small matplotlib renderer hands every path to the canvas in PDF's own operators and every text in
the document's Lato, so a chart can be searched, copied and magnified, embeds no font of its own and
needs no detour through SVG. Only an image artist would make points of it. matplotlib measures its
texts with the same faces, so what it lays out is what stands on the page.

Text is text: a dollar sign starts no formula.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from math import ceil, floor
from typing import Any, Final

from matplotlib.backend_bases import FigureCanvasBase, GraphicsContextBase, RendererBase
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, weight_dict
from matplotlib.path import Path as Outline
from matplotlib.transforms import Affine2D, Bbox, Transform
from reportlab.lib.utils import ImageReader

from sat_desktop.reporting import styles
from sat_desktop.reporting.flow import Block, Stack, TextBlock, TextMeasure
from sat_desktop.reporting.fonts import face
from sat_desktop.reporting.lines import Content, TextLine, break_lines
from sat_desktop.reporting.structure import Element
from sat_desktop.reporting.styles import Colour, TextStyle
from sat_desktop.reporting.tagging import TaggedCanvas
from sat_desktop.reporting.typography import one_line

# One pixel of matplotlib is one point of the page.
DPI: Final = 72.0
# matplotlib tiles hatches over squares of this many points.
HATCH: Final = 72.0
_CAPS: Final = {"butt": 0, "round": 1, "projecting": 2}
_JOINS: Final = {"miter": 0, "round": 1, "bevel": 2}
_NO_LIMIT: Final = 1e6


class _Letters:
    """How matplotlib's font properties look in Lato."""

    @staticmethod
    def style(prop: FontProperties, colour: Colour = styles.INK) -> TextStyle:
        weight = prop.get_weight()
        heavy = weight_dict[weight] if isinstance(weight, str) else int(weight)
        slanted = prop.get_style() in {"italic", "oblique"}
        if heavy >= 700:
            name = "BoldItalic" if slanted else "Bold"
        elif slanted:
            name = "Italic"
        else:
            name = "SemiBold" if heavy >= 600 else "Light" if heavy < 400 else "Regular"
        size = float(prop.get_size_in_points())
        return TextStyle(size, size, name, colour=colour, hyphenate=False)

    @staticmethod
    @lru_cache(maxsize=4096)
    def line(text: str, style: TextStyle) -> TextLine:
        return break_lines(text.replace("\n", " "), style, _NO_LIMIT, "")[0]


class _Renderer(RendererBase):
    """matplotlib's drawing calls as operators of a page; without a canvas it only measures."""

    def __init__(self, width: float, height: float, canvas: TaggedCanvas | None = None) -> None:
        super().__init__()
        self._size = (width, height)
        self._canvas = canvas

    # Measures -----------------------------------------------------------------------------------

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self._size

    def points_to_pixels(self, points: Any) -> Any:
        return points

    def flipy(self) -> bool:
        return False

    def get_text_width_height_descent(
        self,
        s: str,
        prop: FontProperties,
        ismath: Any,
    ) -> tuple[float, float, float]:
        del ismath
        style = _Letters.style(prop)
        letters = face(style.face)
        descent = -letters.descent * style.size
        return _Letters.line(s, style).width, letters.cap_height * style.size + descent, descent

    # Drawing ------------------------------------------------------------------------------------

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Outline,
        transform: Transform,
        rgbFace: Any = None,  # noqa: N803 -- matplotlib names it
    ) -> None:
        if self._canvas is None:
            return
        outline = _operators(path, transform)
        if not outline:
            return
        fill = _visible(rgbFace, gc)
        stroke = gc.get_linewidth() > 0 and _visible(gc.get_rgb(), gc)
        with self._state(self._canvas, gc, rgbFace if fill else None, stroke=bool(stroke)) as emit:
            if gc.get_hatch():
                if fill:
                    emit(f"{outline} f")
                emit("q")
                emit(f"{outline} W n")
                self._hatch(gc, path.get_extents(transform), emit)
                emit("Q")
                if stroke:
                    emit(f"{outline} S")
            elif fill or stroke:
                emit(f"{outline} {'B' if fill and stroke else 'f' if fill else 'S'}")

    def draw_markers(
        self,
        gc: GraphicsContextBase,
        marker_path: Outline,
        marker_trans: Transform,
        path: Outline,
        trans: Transform,
        rgbFace: Any = None,  # noqa: N803 -- matplotlib names it
    ) -> None:
        if self._canvas is None:
            return
        outline = _operators(marker_path, marker_trans)
        fill = _visible(rgbFace, gc)
        stroke = gc.get_linewidth() > 0 and _visible(gc.get_rgb(), gc)
        if not outline or not (fill or stroke):
            return
        paint = "B" if fill and stroke else "f" if fill else "S"
        with self._state(self._canvas, gc, rgbFace if fill else None, stroke=bool(stroke)) as emit:
            for vertices, _ in path.iter_segments(trans, simplify=False):
                x, y = vertices[-2:]
                emit(f"q 1 0 0 1 {x:.2f} {y:.2f} cm {outline} {paint} Q")

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = None,
        mtext: Any = None,
    ) -> None:
        del ismath, mtext
        if self._canvas is None:
            return
        style = _Letters.style(prop, Colour(*map(float, gc.get_rgb()[:3])))
        line = _Letters.line(s, style)
        turned = Affine2D().rotate_deg(angle).translate(x, y)
        a, b, c, d, e, f = (float(value) for value in turned.to_values())
        with self._state(self._canvas, gc, gc.get_rgb(), stroke=False) as emit:
            emit(f"{a:.4f} {b:.4f} {c:.4f} {d:.4f} {e:.2f} {f:.2f} cm")
            self._canvas.forget_state()
            self._canvas.show(0, 0, style.size, line.pieces)
        self._canvas.forget_state()

    def draw_image(
        self, gc: GraphicsContextBase, x: float, y: float, im: Any, transform: Any = None
    ) -> None:
        if self._canvas is None or not im.size:
            return
        from PIL import Image

        file = BytesIO()
        Image.fromarray(im[::-1] if transform is None else im).save(file, "PNG")
        height, width = im.shape[:2]
        with self._state(self._canvas, gc, None, stroke=False) as emit:
            if transform is not None:
                values = " ".join(f"{float(value):.4f}" for value in transform.to_values())
                emit(f"{values} cm")
            self._canvas.drawImage(ImageReader(file), x, y, width, height, mask="auto")

    # State --------------------------------------------------------------------------------------

    @contextmanager
    def _state(
        self, canvas: TaggedCanvas, gc: GraphicsContextBase, fill: Any, *, stroke: bool
    ) -> Iterator[Any]:
        """Set clipping, colours and pen for what is drawn inside."""
        canvas.saveState()
        emit = canvas.emit
        clip = gc.get_clip_rectangle()
        if clip is not None:
            left, bottom, width, height = clip.bounds
            emit(f"{left:.2f} {bottom:.2f} {width:.2f} {height:.2f} re W n")
        clip_path, clip_transform = _clip_path(gc)
        if clip_path is not None:
            emit(f"{_operators(clip_path, clip_transform)} W n")
        if fill is not None:
            emit(f"{_rgb(fill)} rg")
            opacity = _opacity(fill, gc)
            if opacity < 1:
                canvas.setFillAlpha(opacity)
        if stroke or gc.get_hatch():
            self._pen(gc, canvas)
        try:
            yield emit
        finally:
            canvas.restoreState()

    @staticmethod
    def _pen(gc: GraphicsContextBase, canvas: TaggedCanvas) -> None:
        dash: Any = gc.get_dashes()
        offset, dashes = dash
        pattern = " ".join(f"{float(dash):.3f}" for dash in dashes) if dashes is not None else ""
        parts = [f"{_rgb(gc.get_rgb())} RG {gc.get_linewidth():.3f} w"]
        parts.append(f"{_CAPS[gc.get_capstyle()]} J {_JOINS[gc.get_joinstyle()]} j")
        if pattern:
            parts.append(f"[{pattern}] {float(offset or 0):.3f} d")
        canvas.emit(" ".join(parts))
        opacity = _opacity(gc.get_rgb(), gc)
        if opacity < 1:
            canvas.setStrokeAlpha(opacity)

    @staticmethod
    def _hatch(gc: GraphicsContextBase, box: Bbox, emit: Any) -> None:
        tile = _operators(gc.get_hatch_path(), Affine2D().scale(HATCH))
        colour = _rgb(to_rgb(gc.get_hatch_color()))
        emit(f"{colour} RG {colour} rg {gc.get_hatch_linewidth():.3f} w [] 0 d")
        for column in range(floor(box.x0 / HATCH), ceil(box.x1 / HATCH)):
            for row in range(floor(box.y0 / HATCH), ceil(box.y1 / HATCH)):
                emit(f"q 1 0 0 1 {column * HATCH:.0f} {row * HATCH:.0f} cm {tile} B Q")


class _MeasuringCanvas(FigureCanvasBase):
    """What a figure asks for a renderer while it arranges itself."""

    def get_renderer(self) -> RendererBase:
        width, height = (float(side) for side in self.figure.bbox.size)
        return _Renderer(width, height)


def _clip_path(gc: GraphicsContextBase) -> tuple[Any, Any]:
    """Return the outline that limits drawing and its transform, or twice None."""
    return gc.get_clip_path()


def _rgb(colour: Sequence[float]) -> str:
    return " ".join(f"{float(part):.4f}" for part in colour[:3])


def _opacity(colour: Sequence[float], gc: GraphicsContextBase) -> float:
    """Return the opacity of a colour: an artist's own alpha goes before the colour's."""
    if gc.get_forced_alpha() or len(colour) < 4:
        return float(gc.get_alpha() if gc.get_alpha() is not None else 1.0)
    return float(colour[3])


def _visible(colour: Any, gc: GraphicsContextBase) -> bool:
    return colour is not None and _opacity(colour, gc) > 0


def _operators(path: Outline, transform: Any) -> str:
    """Return the path in PDF operators."""
    clean: Any = path.cleaned(transform=transform, remove_nans=True, curves=True, simplify=False)
    parts: list[str] = []
    points = [f"{x:.2f} {y:.2f}" for x, y in clean.vertices.tolist()]
    codes = clean.codes.tolist()
    index = 0
    here: Any = (0.0, 0.0)
    while index < len(codes):
        code = codes[index]
        if code == Outline.STOP:
            break
        if code == Outline.MOVETO:
            parts.append(f"{points[index]} m")
        elif code == Outline.LINETO:
            parts.append(f"{points[index]} l")
        elif code == Outline.CURVE3:
            parts.append(_raised(here, clean.vertices[index], clean.vertices[index + 1]))
            index += 1
        elif code == Outline.CURVE4:
            parts.append(f"{points[index]} {points[index + 1]} {points[index + 2]} c")
            index += 2
        else:
            parts.append("h")
        here = clean.vertices[index]
        index += 1
    return " ".join(parts)


def _raised(start: Any, control: Any, end: Any) -> str:
    """Return a quadratic curve as the cubic one that PDF knows."""
    first = [s + 2 / 3 * (c - s) for s, c in zip(start, control, strict=True)]
    second = [e + 2 / 3 * (c - e) for e, c in zip(end, control, strict=True)]
    return " ".join(f"{float(v):.2f}" for v in (*first, *second, *end)) + " c"


def draw_figure(canvas: TaggedCanvas, figure: Figure, x: float, y: float, scale: float) -> None:
    """Draw a figure with its lower left corner at (x, y); the figure is left as it was."""
    with _set_for_page(figure):
        width, height = (float(side) for side in figure.bbox.size)
        canvas.saveState()
        canvas.emit(f"{scale:.4f} 0 0 {scale:.4f} {x:.2f} {y:.2f} cm")
        canvas.forget_state()
        figure.draw(_Renderer(width, height, canvas))
        canvas.restoreState()
        canvas.forget_state()


@contextmanager
def _set_for_page(figure: Figure) -> Iterator[None]:
    screen, dpi, ground = figure.canvas, figure.dpi, figure.patch.get_visible()
    _MeasuringCanvas(figure)
    figure.dpi = DPI
    figure.patch.set_visible(False)
    try:
        yield
    finally:
        figure.patch.set_visible(ground)
        figure.dpi = dpi
        figure.set_canvas(screen)


class ChartBlock(Block):
    """A matplotlib figure, as wide as it is or scaled down to the measure."""

    before = 4.0
    after = 14.0

    def __init__(self, figure: Figure, alt: str, height: float = 560.0) -> None:
        self._figure = figure
        self._alt = one_line(alt)
        if not self._alt:
            raise ValueError("a chart needs words for readers who do not see it")
        self._limit = height

    def _scale(self, measure: TextMeasure) -> float:
        width, height = (float(side) * DPI for side in self._figure.get_size_inches())
        return min(1.0, measure.width / width, self._limit / height)

    def height(self, measure: TextMeasure) -> float:
        """Return its height in this measure."""
        return float(self._figure.get_size_inches()[1]) * DPI * self._scale(measure)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: TextMeasure) -> None:
        """Draw it as one figure element with what it shows in words."""
        scale = self._scale(measure)
        height = self.height(measure)
        width = float(self._figure.get_size_inches()[0]) * DPI * scale
        box = f"{x:.2f} {top - height:.2f} {x + width:.2f} {top:.2f}"
        attributes = f"/O /Layout /Placement /Block /BBox [{box}]"
        element = Element("Figure", canvas.parent, attributes=attributes, alt=self._alt)
        with canvas.content(element):
            draw_figure(canvas, self._figure, x, top - height, scale)


def chart(figure: Figure, alt: str, caption: Content = "", *, height: float = 560.0) -> Block:
    """A chart of at most `height` points, under its caption.

    Args:
        alt: what the chart shows, for readers who do not see it; it must say more than the caption.
    """
    drawn = ChartBlock(figure, alt, height)
    if not caption:
        return drawn
    return Stack([TextBlock(caption, styles.CAPTION), drawn], keep=True)
