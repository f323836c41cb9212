"""How the width of a table is given to its columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from sat_desktop.reporting.flow import Block, TextBlock, TextMeasure
from sat_desktop.reporting.lines import Content, natural_width
from sat_desktop.reporting.styles import Align


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title and how it is set.

    Attributes:
        width: a fixed width in points; else `share`, a part of what is left; else its content
            decides.
        heads: its cells are headers of their rows.
    """

    title: Content = ""
    width: float | None = None
    share: float | None = None
    align: Align = "left"
    heads: bool = False


def column_widths(
    columns: Sequence[Column],
    cells: Sequence[tuple[int, int, Block]],
    measure: TextMeasure,
    padding: float,
) -> list[float]:
    """Return the widths, together exactly the measure.

    `cells` are (column, columns spanned, content); `padding` is added to what content needs.
    Columns by content get what their text asks for, if there is room, and never less than their
    longest word while all can have that.
    """
    widths = [column.width or 0.0 for column in columns]
    room = measure.width - sum(widths)
    free = [i for i, column in enumerate(columns) if column.width is None and column.share is None]
    shared = [i for i, column in enumerate(columns) if column.width is None and column.share]
    least, most = _content_widths(free, cells, measure, padding)
    wish = sum(most[i] for i in free)
    limit = room * (0.6 if shared else 1.0)
    if free and wish <= limit:
        extra = 0.0 if shared else (limit - wish) / len(free)
        for i in free:
            widths[i] = most[i] + extra
    elif free:
        need = sum(least[i] for i in free)
        if need >= limit:
            for i in free:
                widths[i] = least[i] * limit / need
        else:
            slack = wish - need
            for i in free:
                widths[i] = least[i] + (limit - need) * (most[i] - least[i]) / slack
    room -= sum(widths[i] for i in free)
    parts = sum(columns[i].share or 0.0 for i in shared)
    for i in shared:
        widths[i] = room * (columns[i].share or 0.0) / parts
    scale = measure.width / sum(widths)
    return [width * scale for width in widths]


def _content_widths(
    free: Sequence[int],
    cells: Sequence[tuple[int, int, Block]],
    measure: TextMeasure,
    padding: float,
) -> tuple[dict[int, float], dict[int, float]]:
    least = dict.fromkeys(free, padding + 6.0)
    most = dict(least)
    for column, span, body in cells:
        if column not in least or span > 1 or not isinstance(body, TextBlock):
            continue
        word, line = natural_width(body.content, body.style, measure.language)
        least[column] = max(least[column], min(word, measure.width / 3) + padding + 0.1)
        most[column] = max(most[column], line + padding + 0.1)
    return least, most
