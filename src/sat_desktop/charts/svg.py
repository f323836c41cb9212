"""SVG that stays text: small, the same bytes every time, with its own title and description.

matplotlib's writer takes its decisions from global settings, which a worker thread must not touch,
and adds a date and random ids; this renderer knows the plain artists of our figures and no more.
"""

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_hex
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from sat_desktop.charts.lettering import FAMILY, Weight, width_of

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


def _number(value: float) -> str:
    return (
        f"{value:.2f}".rstrip("0").rstrip(".").replace("-0", "0", 1)
        if abs(value) < 0.005
        else (f"{value:.2f}".rstrip("0").rstrip("."))
    )


class SvgRenderer(RendererBase):
    """Writes paths and text as SVG elements, in points from the top left."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        self.width, self.height = width, height
        self.parts: list[str] = []
        self._flip = Affine2D().scale(1, -1).translate(0, height)

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Return the size of the picture in points."""
        return self.width, self.height

    def points_to_pixels(self, points: Any) -> Any:
        """Return lengths as they are: the figure is drawn at 72 units to the inch."""
        return points

    def flipy(self) -> bool:
        """Tell that y runs upwards from the lower edge, as in the figure itself."""
        return False

    def get_text_width_height_descent(
        self, s: str, prop: "FontProperties", ismath: Any
    ) -> tuple[float, float, float]:
        """Return the extents of a line of text."""
        del ismath
        size = float(prop.get_size_in_points())
        weight: Weight = "bold" if prop.get_weight() == "bold" else "regular"
        return width_of(s, size, weight), size, 0.21 * size

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Any,
        rgbFace: Any = None,  # noqa: N803 -- matplotlib names it
    ) -> None:
        """Write one path; invisible ones are left out."""
        fill = "none" if rgbFace is None or _clear(rgbFace) else to_hex(rgbFace[:3])
        colour = gc.get_rgb()
        line = float(gc.get_linewidth())
        stroked = line > 0 and not _clear(colour)
        if fill == "none" and not stroked:
            return
        attributes = f' fill="{fill}"'
        if stroked:
            attributes += f' stroke="{to_hex(colour[:3])}" stroke-width="{_number(line)}"'
            _, dashes = gc.get_dashes()
            if dashes is not None:
                lengths = np.asarray(dashes, dtype=float)
                pattern = " ".join(_number(d) for d in lengths)
                attributes += f' stroke-dasharray="{pattern}"'
        self.parts.append(f'<path d="{self._d(path, transform)}"{attributes}/>')

    def _d(self, path: Path, transform: Any) -> str:
        steps: list[str] = []
        for points, code in path.iter_segments(transform + self._flip, simplify=False, curves=True):
            if code == Path.CLOSEPOLY:
                steps.append("Z")
                continue
            letter = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}[code]
            steps.append(letter + " ".join(_number(float(p)) for p in np.asarray(points)))
        return "".join(steps)

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: "FontProperties",
        angle: float,
        ismath: Any = None,
        mtext: Any = None,
    ) -> None:
        """Write one line of text as text, anchored as it was placed."""
        del ismath
        anchor = "start"
        if mtext is not None:
            x, y = mtext.get_transform().transform(mtext.get_position())
            anchor = _ANCHORS[mtext.get_horizontalalignment()]
        weight = ' font-weight="700"' if prop.get_weight() == "bold" else ""
        held = "" if anchor == "start" else f' text-anchor="{anchor}"'
        left, top = _number(float(x)), _number(self.height - float(y))
        turned = f' transform="rotate({_number(-angle)} {left} {top})"' if angle else ""
        size = _number(float(prop.get_size_in_points()))
        self.parts.append(
            f'<text x="{left}" y="{top}" font-size="{size}"{weight}{held}{turned}'
            f' fill="{to_hex(gc.get_rgb()[:3])}">{escape(s)}</text>'
        )

    def document(self, title: str, description: str, language: str) -> bytes:
        """Return the whole file."""
        width, height = _number(self.width), _number(self.height)
        family = quoteattr(f"{FAMILY}, 'Segoe UI', 'DejaVu Sans', sans-serif")
        speaks = quoteattr(language)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt"'
            f' viewBox="0 0 {width} {height}" role="img" aria-labelledby="title desc"'
            f" lang={speaks} xml:lang={speaks} font-family={family}>"
        )
        lines = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            head,
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="desc">{escape(description)}</desc>',
            *self.parts,
            "</svg>",
        ]
        return ("\n".join(lines) + "\n").encode()


def _clear(colour: Any) -> bool:
    return len(colour) > 3 and float(colour[3]) == 0.0
