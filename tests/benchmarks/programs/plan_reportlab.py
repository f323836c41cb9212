"""Write the same content with plain reportlab: platypus and its native charts, no tags, no check."""

import json
import sys
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import fontpkg_lato
from reportlab.graphics.charts.barcharts import HorizontalBarChart, VerticalBarChart
from reportlab.graphics.charts.linecharts import HorizontalLineChart
from reportlab.graphics.charts.spider import SpiderChart
from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    ListFlowable,
    LongTable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
)
from reportlab.platypus.tableofcontents import TableOfContents

FONTS = next(Path(fontpkg_lato.__file__).parent.rglob("Lato-Regular.ttf")).parent
for face in ("Regular", "Bold"):
    pdfmetrics.registerFont(TTFont(f"Lato-{face}", str(FONTS / f"Lato-{face}.ttf")))
BODY = ParagraphStyle("body", fontName="Lato-Regular", fontSize=10, leading=15, spaceAfter=7)
CELL = ParagraphStyle("cell", fontName="Lato-Regular", fontSize=9, leading=12.5)
HEAD = ParagraphStyle("head", fontName="Lato-Bold", fontSize=8.5, leading=11.5)
HEADINGS = [
    ParagraphStyle(
        f"h{n}", fontName="Lato-Bold", fontSize=s, leading=1.3 * s, spaceBefore=s, keepWithNext=1
    )
    for n, s in enumerate((22, 14.5, 11.5, 10), 1)
]
WIDTH = 455
COLOURS = [colors.HexColor(c) for c in ("#17507f", "#7fa8c9", "#c9d0d8", "#a2560b", "#5a6472")]
LEVELS = ["#b2452f", "#e3a35c", "#a6c48a", "#2f7f5f"]


class Template(SimpleDocTemplate):  # type: ignore[misc]
    """Notes every heading of the first two levels for the contents, and numbers the pages."""

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802
        level = {"h1": 0, "h2": 1}.get(getattr(getattr(flowable, "style", None), "name", ""))
        if level is not None:
            self.notify("TOCEntry", (level, flowable.getPlainText(), self.page))


def footer(canvas: Any, document: Any) -> Any:
    canvas.setFont("Lato-Regular", 8)
    canvas.drawString(70, 40, document.title or "")
    canvas.drawRightString(525, 40, str(document.page))


def flowables(content: Any) -> Any:
    charts = chart_drawings(content)
    for part in content["parts"]:
        kind = part["kind"]
        if kind == "heading":
            if part["level"] == 1:
                yield PageBreak()
            yield Paragraph(escape(part["text"]), HEADINGS[part["level"] - 1])
        elif kind == "text":
            yield Paragraph(escape(part["text"]).replace("\n", "<br/>"), BODY)
        elif kind == "list":
            items = [Paragraph(escape(i), BODY) for i in part["items"]]
            yield ListFlowable(items, bulletType="bullet", start="•", bulletFontName="Lato-Regular")
        elif kind == "table":
            if part["caption"]:
                yield Paragraph(escape(part["caption"]), HEAD)
            yield table(part)
        elif kind == "chart":
            yield next(charts)
        elif kind == "contents":
            toc = TableOfContents(dotsMinLevel=0)
            toc.levelStyles = [BODY, CELL]
            yield toc


def table(part: Any) -> Any:
    columns = max(sum(span for _, span, _ in row) for row in part["rows"])
    sizes = [8.0] * columns
    for row in part["rows"]:
        if len(row) == columns:
            for n, (text, _, _) in enumerate(row):
                sizes[n] = max(sizes[n], min(len(text), 60))
    styles = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, COLOURS[2]),
    ]
    cells = []
    for y, row in enumerate(part["rows"]):
        line: list[Any] = []
        for text, span, heads in row:
            if span > 1:
                styles.append(("SPAN", (len(line), y), (len(line) + span - 1, y)))
            words = escape(text).replace("\n", "<br/>")
            line += [Paragraph(words, HEAD if heads else CELL), *[""] * (span - 1)]
        cells.append(line + [""] * (columns - len(line)))
    widths = [WIDTH * size / sum(sizes) for size in sizes]
    return LongTable(cells, widths, repeatRows=part["head"], style=styles)


def chart_drawings(content: Any) -> Any:
    wanted = sum(p["kind"] == "chart" for p in content["parts"])
    for chart in content["charts"]:
        if chart["kind"] == "schedule":
            pages = wanted - len(content["charts"]) + 1
            each = -(-len(chart["bars"]) // pages)
            for n in range(0, pages * each, each):
                yield schedule(chart["bars"][n : n + each])
        else:
            yield DRAW[chart["kind"]](chart)


def apply_to(axis: Any) -> Any:
    axis.labels.fontName = "Lato-Regular"
    axis.labels.fontSize = 7


def bars(chart: Any, kind: Any = VerticalBarChart, style: Any = "parallel") -> Any:
    drawing, plot = Drawing(WIDTH, 240), kind()
    plot.x, plot.y, plot.width, plot.height = (
        130 if kind is HorizontalBarChart else 30,
        40,
        300,
        180,
    )
    plot.data = chart["series"]
    plot.categoryAxis.categoryNames = chart["labels"]
    plot.categoryAxis.style = style
    plot.valueAxis.valueMin = 0
    apply_to(plot.categoryAxis)
    apply_to(plot.valueAxis)
    for n in range(len(plot.data)):
        plot.bars[n].fillColor = COLOURS[n % len(COLOURS)]
    drawing.add(plot)
    return drawing


def stack(chart: Any) -> Any:
    return bars(chart, style="stacked")


def ranking(chart: Any) -> Any:
    shown = {"labels": chart["labels"][:30], "series": [chart["values"][:30]]}
    return bars(shown, HorizontalBarChart)


def radar(chart: Any) -> Any:
    drawing, plot = Drawing(WIDTH, 300), SpiderChart()
    plot.x, plot.y, plot.width, plot.height = 110, 40, 220, 220
    plot.data, plot.labels = chart["series"], chart["labels"]
    plot.spokeLabels.fontName = "Lato-Regular"
    plot.spokeLabels.fontSize = 7
    for n in range(len(plot.data)):
        plot.strands[n].strokeColor = COLOURS[n % len(COLOURS)]
        plot.strands[n].fillColor = None
    drawing.add(plot)
    return drawing


def heatmap(chart: Any) -> Any:
    high = 20 * len(chart["rows"])
    drawing = Drawing(WIDTH, high)
    for y, (name, cells) in enumerate(chart["rows"]):
        top = high - 20 * y - 18
        drawing.add(String(0, top + 5, name, fontName="Lato-Regular", fontSize=7))
        for x, (code, level) in enumerate(cells):
            fill = COLOURS[2] if level is None else colors.HexColor(LEVELS[level])
            drawing.add(Rect(180 + 21 * x, top, 20, 18, fillColor=fill, strokeColor=None))
            drawing.add(String(181 + 21 * x, top + 10, code, fontName="Lato-Regular", fontSize=5))
            drawing.add(
                String(187 + 21 * x, top + 2, str(level), fontName="Lato-Regular", fontSize=6)
            )
    return drawing


def months(text: Any) -> Any:
    return int(text[:4]) * 12 + int(text[5:])


def schedule(rows: Any) -> Any:
    high = 16 * len(rows)
    drawing = Drawing(WIDTH, high)
    for y, (name, start, end) in enumerate(rows):
        top = high - 16 * y - 14
        drawing.add(String(0, top + 3, name[:60], fontName="Lato-Regular", fontSize=7))
        left, right = (220 + 4 * (months(m) - 2027 * 12) for m in (start, end))
        drawing.add(Rect(left, top, right - left, 11, fillColor=COLOURS[0], strokeColor=None))
    return drawing


def lines(chart: Any) -> Any:
    drawing, plot = Drawing(WIDTH, 240), HorizontalLineChart()
    plot.x, plot.y, plot.width, plot.height = 30, 40, 380, 180
    plot.data = chart["series"]
    plot.categoryAxis.categoryNames = chart["labels"]
    apply_to(plot.categoryAxis)
    apply_to(plot.valueAxis)
    drawing.add(plot)
    return drawing


DRAW = {
    "bars": bars,
    "stack": stack,
    "ranking": ranking,
    "radar": radar,
    "heatmap": heatmap,
    "lines": lines,
}

found = json.loads(Path(sys.argv[1]).read_bytes())
template = Template(sys.argv[2], pagesize=A4, title=found["title"], leftMargin=70, rightMargin=70)
template.multiBuild(list(flowables(found)), onFirstPage=footer, onLaterPages=footer)
