"""Pictures as bytes: PNG and SVG for files, raw pixels for the window.

All of it may run in a worker thread, one chart in one thread at a time; the same chart gives the
same bytes.
"""

import io
import re
import unicodedata
from typing import Any

from sat_desktop.charts.chart import Chart


def render_png(chart: Chart, dpi: float = 144) -> bytes:
    """Return the picture as PNG, with its title and text alternative in the file's text chunks."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    pixels, width, height = _pixels(chart, dpi)
    image = Image.frombuffer("RGBA", (width, height), pixels, "raw", "RGBA", 0, 1)
    texts = PngInfo()
    texts.add_itxt("Title", _plain(chart.title))
    texts.add_itxt("Description", _plain(chart.alternative))
    out = io.BytesIO()
    image.convert("RGB").save(out, "PNG", dpi=(dpi, dpi), pnginfo=texts)
    return out.getvalue()


def render_svg(chart: Chart, language: str = "pl") -> bytes:
    """Return the picture as SVG with text as text and the text alternative as its description."""
    from sat_desktop.charts.svg import SvgRenderer

    width, height = (float(v) * 72 for v in chart.inches)
    renderer = SvgRenderer(width, height)
    chart.figure.draw(renderer)
    return renderer.document(_plain(chart.title), _plain(chart.alternative), language)


def render_rgba(chart: Chart, pixel_ratio: float = 1.0) -> tuple[bytes, int, int]:
    """Return (pixels, width, height): rows of R, G, B, A from the top, 4 bytes a pixel.

    `pixel_ratio` 1 gives 96 pixels to the inch, as Qt counts logical pixels.
    """
    return _pixels(chart, 96 * pixel_ratio)


def _pixels(chart: Chart, dpi: float) -> tuple[bytes, int, int]:
    from matplotlib.backends.backend_agg import RendererAgg

    agg: Any = RendererAgg  # ships without types
    figure = chart.figure
    before = figure.dpi
    figure.dpi = dpi
    try:
        width, height = (max(1, round(float(v) * dpi)) for v in figure.get_size_inches())
        renderer = agg(width, height, dpi)
        figure.draw(renderer)
        return bytes(renderer.buffer_rgba()), width, height
    finally:
        figure.dpi = before


def _plain(text: str) -> str:
    """Return text without what XML and PNG cannot hold: controls and halves of characters."""
    kept = (" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text)
    return re.sub(" +", " ", "".join(kept)).strip()
