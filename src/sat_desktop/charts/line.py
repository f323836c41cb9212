"""One line of text as a matplotlib artist, without matplotlib's own layout of paragraphs.

Everything is placed from measured widths already; laying out each line again took a third of the
time of a picture.
"""

from typing import TYPE_CHECKING, Any

from matplotlib.text import Text

from sat_desktop.charts.lettering import font_properties

if TYPE_CHECKING:
    from sat_desktop.charts.sheet import Words

_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}


class LineOfText(Text):
    """A Text of one line, never mathematics, drawn at its baseline."""

    def __init__(self, words: "Words", transform: Any) -> None:
        size = round(words.size, 3)
        super().__init__(
            words.x,
            words.y,
            words.text,
            color=words.colour,
            fontproperties=font_properties(words.weight, size),
            horizontalalignment=words.anchor,
            verticalalignment="baseline",
            parse_math=False,
            usetex=False,
            antialiased=True,
            clip_on=False,
            transform=transform,
            zorder=5,
        )
        self._before = _BEFORE[words.anchor]

    def draw(self, renderer: Any) -> None:
        """Draw the line; replaces the layout of the base class."""
        if not self.get_visible():
            return
        x, y = self.get_transform().transform(self.get_position())
        text, face = self.get_text(), self.get_fontproperties()
        if self._before:
            # The renderer's own width, kerning included: measured ones leave ragged right edges.
            x -= self._before * renderer.get_text_width_height_descent(text, face, ismath=False)[0]
        if renderer.flipy():
            y = renderer.get_canvas_width_height()[1] - y
        gc = renderer.new_gc()
        gc.set_foreground(self.get_color())
        gc.set_antialiased(True)
        renderer.draw_text(gc, x, y, text, face, 0.0, ismath=False, mtext=self)
        gc.restore()
        self.stale = False
