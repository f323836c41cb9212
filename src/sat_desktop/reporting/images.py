"""Pictures made of points: a coat of arms, a photograph. Charts are in `figures`."""

from functools import cached_property
from typing import Any

from reportlab.lib.utils import ImageReader

from sat_desktop.reporting.flow import Block, Measure
from sat_desktop.reporting.structure import Element
from sat_desktop.reporting.tagging import TaggedCanvas
from sat_desktop.reporting.typography import one_line


class Picture(Block):
    """An image file of at most `width` by `height` points, with what it shows in words."""

    before = after = 8.0

    def __init__(self, data: bytes, alt: str, width: float, height: float) -> None:
        self._data = data
        self._alt = one_line(alt)
        self._limit = (width, height)

    @cached_property
    def _image(self) -> Any:
        import io

        return ImageReader(io.BytesIO(self._data))

    @cached_property
    def size(self) -> tuple[float, float]:
        """The width and height it is drawn with, in the image's own proportion."""
        width, height = self._image.getSize()
        scale = min(self._limit[0] / width, self._limit[1] / height)
        return width * scale, height * scale

    def height(self, measure: Measure) -> float:  # noqa: ARG002
        """Return the height it is drawn with."""
        return self.size[1]

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: Measure) -> None:  # noqa: ARG002
        """Draw it as a figure."""
        width, height = self.size
        box = f"{x:.2f} {top - height:.2f} {x + width:.2f} {top:.2f}"
        attributes = f"/O /Layout /Placement /Block /BBox [{box}]"
        element = Element("Figure", canvas.parent, attributes=attributes, alt=self._alt)
        with canvas.content(element):
            canvas.drawImage(self._image, x, top - height, width, height, mask="auto")
        canvas.forget_state()
