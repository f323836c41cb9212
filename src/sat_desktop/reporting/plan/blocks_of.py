"""What authors wrote, as blocks of a document: user text is text."""

from collections.abc import Iterable

from sat_desktop.domain.plan import Block as Written
from sat_desktop.domain.plan import BulletList, Paragraph
from sat_desktop.reporting.blocks import Block, bullets, paragraphs
from sat_desktop.reporting.tables import Column, table


def blocks_of(narrative: Iterable[Written]) -> list[Block]:
    """Return paragraphs, lists and tables in order; empty ones are left out."""
    blocks: list[Block] = []
    for written in narrative:
        if isinstance(written, Paragraph):
            blocks += paragraphs(written.text)
        elif isinstance(written, BulletList):
            items = [item for item in written.items if item.strip()]
            if items:
                blocks.append(bullets(items))
        elif written.header or written.rows:
            width = max(len(row) for row in (written.header, *written.rows))
            titles = [*written.header, *[""] * (width - len(written.header))]
            columns = [Column(title, share=1) for title in titles]
            # A table without rows would be a header of nothing.
            rows = [list(row) for row in written.rows] or [[""] * width]
            blocks.append(table(columns, rows))
    return blocks
