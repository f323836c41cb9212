"""Pictures made of points: a coat of arms, a photograph. Charts are in `figures`."""

import io
from functools import cached_property
from typing import Any, Final

from PIL import Image
from reportlab.lib.utils import ImageReader

from sat_desktop.reporting.flow import Block, TextMeasure
from sat_desktop.reporting.structure import Element
from sat_desktop.reporting.tagging import TaggedCanvas
from sat_desktop.reporting.typography import one_line

# Finer than this, points only make the file larger.
POINTS_PER_INCH: Final = 300


class Picture(Block):
    """An image file of at most `width` by `height` points, with what it shows in words.

    Whatever the file holds is brought to sRGB of sensible fineness, as PDF/A asks.

    Raises:
        OSError: `data` is no image that can be read.
        ValueError: there are no words for it.
    """

    before = after = 8.0

    def __init__(self, data: bytes, alt: str, width: float, height: float) -> None:
        self._alt = one_line(alt)
        if not self._alt:
            raise ValueError("a picture needs words for readers who do not see it")
        with Image.open(io.BytesIO(data)) as opened:
            transparent = "A" in opened.getbands() or "transparency" in opened.info
            self._points = opened.convert("RGBA" if transparent else "RGB")
        across, down = self._points.size
        scale = min(width / across, height / down)
        self.size: tuple[float, float] = (across * scale, down * scale)

    @cached_property
    def _image(self) -> Any:
        limit = tuple(max(1, round(side / 72 * POINTS_PER_INCH)) for side in self.size)
        if self._points.size[0] > limit[0]:
            self._points.thumbnail((limit[0], limit[1]))
        return ImageReader(self._points)

    def height(self, _measure: TextMeasure) -> float:
        """Return the height it is drawn with."""
        return self.size[1]

    def draw(self, canvas: TaggedCanvas, x: float, top: float, _measure: TextMeasure) -> None:
        """Draw it as a figure."""
        width, height = self.size
        box = f"{x:.2f} {top - height:.2f} {x + width:.2f} {top:.2f}"
        attributes = f"/O /Layout /Placement /Block /BBox [{box}]"
        element = Element("Figure", canvas.parent, attributes=attributes, alt=self._alt)
        with canvas.content(element):
            canvas.drawImage(self._image, x, top - height, width, height, mask="auto")
        canvas.forget_state()
