"""The first page: whose document it is, what it is called, and the facts of the case."""

from collections.abc import Sequence

from sat_desktop.reporting import styles
from sat_desktop.reporting.flow import Block, TextBlock, TextMeasure
from sat_desktop.reporting.images import Picture
from sat_desktop.reporting.lines import Content
from sat_desktop.reporting.styles import PORTRAIT, TextStyle
from sat_desktop.reporting.tables import CellLike, key_values
from sat_desktop.reporting.tagging import TaggedCanvas


class Cover(Block):
    """A page of its own, without header and footer."""

    def __init__(
        self,
        unit: Content,
        title: Content,
        subtitle: Content = "",
        facts: Sequence[tuple[Content, CellLike]] = (),
        arms: Picture | None = None,
    ) -> None:
        self._arms = arms
        self._unit = _fitting(unit, styles.COVER_SUBTITLE.varied(face="SemiBold", after=0.0), 90)
        self._title = _fitting(title, styles.COVER_TITLE, 300)
        self._subtitle = _fitting(subtitle, styles.COVER_SUBTITLE, 130) if subtitle else None
        self._facts = key_values(facts, width=130) if facts else None

    def height(self, _measure: TextMeasure) -> float:
        """Return the depth of the page: nothing stands beside a cover."""
        return PORTRAIT.depth

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: TextMeasure) -> None:
        """Draw arms and unit at the top, the title below the upper third, the facts at the foot."""
        with canvas.artifact():
            canvas.area(0, PORTRAIT.height - 9, PORTRAIT.width, 9, styles.ACCENT)
        left = x
        if self._arms:
            self._arms.draw(canvas, x, top, measure)
            left += self._arms.size[0] + 16
            drop = max(0.0, (self._arms.size[1] - self._unit.height(measure)) / 2)
        else:
            drop = 0.0
        self._unit.draw(canvas, left, top - drop, measure.narrowed(left - x))
        y = top - max(150.0, self._unit.height(measure) + drop + 40)
        with canvas.artifact():
            canvas.area(x, y + 22, 54, 3, styles.ACCENT)
        self._title.draw(canvas, x, y, measure)
        y -= self._title.height(measure) + self._title.after
        if self._subtitle:
            self._subtitle.draw(canvas, x, y, measure)
            y -= self._subtitle.height(measure) + 24
        if self._facts:
            foot = PORTRAIT.bottom + self._facts.height(measure)
            self._facts.draw(canvas, x, min(y, foot), measure)


def _fitting(content: Content, style: TextStyle, room: float) -> TextBlock:
    """Return the text in the largest of four sizes that keeps it in `room` points.

    A text too long even for the smallest is cut at the room's end: the title stands in full in the
    document's properties, and no cover has room for a page of text.
    """
    measure = TextMeasure(PORTRAIT.measure - 80, "pl")
    text = TextBlock(content, style)
    for share in (1.0, 0.8, 0.6, 0.45):
        text = TextBlock(
            content, style.varied(size=style.size * share, leading=style.leading * share)
        )
        if text.height(measure) <= room:
            return text
    parts = text.split(measure, room, force=True)
    return parts[0] if parts and isinstance(parts[0], TextBlock) else text
