"""How blocks continue on the next page."""

import pytest

from sat_desktop.reporting.blocks import bullets, callout, heading, paragraph
from sat_desktop.reporting.flow import Block, Stack, TextBlock, TextMeasure
from sat_desktop.reporting.styles import BODY
from sat_desktop.reporting.table_setting import TableBlock
from sat_desktop.reporting.tables import Cell, Column, GroupLine, RowLike, Total, table

MEASURE = TextMeasure(400, "pl")
PROSE = "Samoocena wykazała potrzebę lepszej współpracy wydziałów urzędu gminy. " * 12


def split(block: Block, available: float) -> tuple[Block, Block]:
    parts = block.split(MEASURE, available)
    assert parts
    return parts


def test_a_paragraph_leaves_two_lines_on_either_page() -> None:
    text = paragraph(PROSE)
    count = len(text.lines(MEASURE))
    for fitting in range(2, count):
        parts = text.split(MEASURE, fitting * BODY.leading)
        assert parts
        head, tail = parts
        assert isinstance(head, TextBlock)
        assert isinstance(tail, TextBlock)
        assert len(head.lines(MEASURE)) == min(fitting, count - 2)
        assert len(head.lines(MEASURE)) + len(tail.lines(MEASURE)) == count
    assert text.split(MEASURE, BODY.leading) is None


def test_the_parts_of_a_block_are_as_high_as_the_block() -> None:
    blocks: list[Block] = [
        bullets([PROSE, PROSE]),
        callout(PROSE * 3),
        Stack([paragraph(PROSE), paragraph(PROSE)]),
    ]
    for block in blocks:
        head, tail = split(block, 120)
        assert head.height(MEASURE) <= 120
        assert tail.height(MEASURE) < block.height(MEASURE)


def rows(count: int) -> list[list[str]]:
    return [[str(number), "Działanie"] for number in range(count)]


def test_a_table_is_split_between_rows_and_repeats_its_header() -> None:
    whole = table([Column("Lp."), Column("Nazwa")], rows(40))
    head, tail = split(whole, 300)
    row = whole.height(MEASURE) - table([Column("Lp."), Column("Nazwa")], rows(39)).height(MEASURE)
    header = whole.height(MEASURE) - 40 * row
    assert head.height(MEASURE) + tail.height(MEASURE) == pytest.approx(
        whole.height(MEASURE) + header
    )


def test_a_short_table_stays_whole() -> None:
    assert table([Column("Lp."), Column("Nazwa")], rows(4)).split(MEASURE, 60) is None


def test_a_line_that_heads_rows_is_never_the_last_on_a_page() -> None:
    body: list[RowLike] = [*rows(9), GroupLine("Obszar"), *rows(20)]
    whole = table([Column("Lp."), Column("Nazwa")], body)
    for available in range(150, 400, 3):
        head, _ = split(whole, available)
        assert isinstance(head, TableBlock)
        assert head.rows[-1].kind != "group"


def test_sums_stay_with_a_row_above_them() -> None:
    whole = table([Column("Lp."), Column("Nazwa")], [*rows(12), Total(["", "Razem"])])
    for available in range(200, int(whole.height(MEASURE))):
        _, tail = split(whole, available)
        assert isinstance(tail, TableBlock)
        assert tail.rows[0].kind != "total"


def test_a_cell_of_ten_thousand_characters_continues_over_pages() -> None:
    block: Block = table(
        [Column("Pole", width=80), Column("Treść", share=1)], [["Uwagi", "żółw " * 2000]]
    )
    pages = 0
    while True:
        pages += 1
        parts = block.split(MEASURE, 640, force=True)
        if not parts:
            break
        assert parts[0].height(MEASURE) <= 640.01
        block = parts[1]
    assert block.height(MEASURE) <= 640
    assert 3 <= pages <= 8


def test_a_cell_that_spans_rows_goes_on_below_a_split() -> None:
    body: list[RowLike] = [[Cell("2027", rows=60), "x"], *[["x"] for _ in range(59)]]
    whole = table([Column("Rok", width=60), Column("Nazwa")], body)
    _, tail = split(whole, 400)
    assert isinstance(tail, TableBlock)
    first = tail.rows[0].cells[0]
    assert first.column == 0
    assert first.rows == len(tail.rows)


def test_columns_fill_the_measure_and_a_row_too_long_is_refused() -> None:
    columns = [Column("A"), Column("B", share=2), Column("C", width=50), Column("D", align="right")]
    whole = table(columns, [["słowo", "opis " * 30, "1", "1 234,00"]])
    whole.height(MEASURE)
    assert whole.edges[-1] == pytest.approx(MEASURE.width)
    with pytest.raises(ValueError, match="columns"):
        table(columns, [["1", "2", "3", "4", "5"]])


def test_headings_keep_what_follows() -> None:
    assert heading(2, "Cele").keep_next
