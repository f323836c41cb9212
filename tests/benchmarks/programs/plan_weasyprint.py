"""Write the same content with WeasyPrint: HTML, CSS, charts as simple SVG; no tags asked for."""

import json
import sys
from html import escape
from pathlib import Path
from typing import Any

import fontpkg_lato
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

FONTS = next(Path(fontpkg_lato.__file__).parent.rglob("Lato-Regular.ttf")).parent
CSS = f"""
@font-face {{ font-family: Lato; src: url({(FONTS / "Lato-Regular.ttf").as_uri()}) }}
@font-face {{ font-family: Lato; font-weight: bold;
             src: url({(FONTS / "Lato-Bold.ttf").as_uri()}) }}
@page {{ size: A4; margin: 26mm 25mm;
        @bottom-right {{ content: counter(page) " / " counter(pages); font: 8pt Lato }} }}
body {{ font: 10pt/1.5 Lato }} h1 {{ break-before: page }}
table {{ width: 100%; border-collapse: collapse; font-size: 9pt; line-height: 1.35 }}
td, th {{ border-bottom: 0.5pt solid #c9d0d8; text-align: left; vertical-align: top }}
nav a::after {{ content: leader(".") target-counter(attr(href), page) }}
"""


def markup(content: Any) -> Any:
    parts = content["parts"]
    charts = chart_markup(content)
    entries = []
    body: list[str] = []
    for part in parts:
        kind = part["kind"]
        if kind == "heading":
            tag, words = f"h{part['level']}", escape(part["text"])
            body.append(f'<{tag} id="k{len(body)}">{words}</{tag}>')
            if part["level"] < 3:
                entries.append(f'<div><a href="#k{len(body) - 1}">{words}</a></div>')
        elif kind == "text":
            body.append(f"<p>{escape(part['text'])}</p>")
        elif kind == "list":
            body.append("<ul>" + "".join(f"<li>{escape(i)}</li>" for i in part["items"]) + "</ul>")
        elif kind == "table":
            body.append(table(part))
        elif kind == "chart":
            body.append(next(charts))
        else:
            body.append("CONTENTS")
    contents = f"<nav>{''.join(entries)}</nav>"
    text = "".join(contents if b == "CONTENTS" else b for b in body)
    title = escape(content["title"])
    return f"<html lang=pl><head><title>{title}</title><style>{CSS}</style></head><body>{text}"


def table(part: Any) -> Any:
    lines = []
    for row in part["rows"]:
        cells = (
            f"<{'th' if heads else 'td'} colspan={span}>{escape(text)}</{'th' if heads else 'td'}>"
            for text, span, heads in row
        )
        lines.append(f"<tr>{''.join(cells)}</tr>")
    head, body = "".join(lines[: part["head"]]), "".join(lines[part["head"] :])
    caption = f"<caption>{escape(part['caption'])}</caption>" if part["caption"] else ""
    return f"<table>{caption}<thead>{head}</thead><tbody>{body}</tbody></table>"


def chart_markup(content: Any) -> Any:
    """Yield as many pictures as the document has, of labels and bars of the charts' data."""
    wanted = sum(p["kind"] == "chart" for p in content["parts"])
    for chart in content["charts"]:
        pages = wanted - len(content["charts"]) + 1 if chart["kind"] == "schedule" else 1
        rows = list(rows_of(chart))
        each = -(-len(rows) // pages)
        for n in range(0, pages * each, each):
            yield picture(rows[n : n + each])


def rows_of(chart: Any) -> Any:
    if chart["kind"] == "heatmap":
        for name, cells in chart["rows"]:
            yield name, [(level or 0) / 3 for _, level in cells]
    elif chart["kind"] == "ranking":
        for label, value in zip(chart["labels"][:30], chart["values"], strict=False):
            yield label, [value / 27]
    elif chart["kind"] == "schedule":
        for label, start, end in chart["bars"]:
            yield label, [(int(end[:4]) - int(start[:4])) / 4]
    else:
        for n, label in enumerate(chart["labels"]):
            yield label, [series[n] for series in chart["series"]]


def picture(rows: Any) -> Any:
    shapes = []
    for y, (label, values) in enumerate(rows):
        shapes.append(f'<text x="0" y="{16 * y + 11}" font-size="7">{escape(label[:60])}</text>')
        wide = 200 / max(1, len(values))
        shapes += [
            f'<rect x="{240 + wide * n:.1f}" y="{16 * y}" width="{wide * min(1, v):.1f}" '
            f'height="11" fill="#17507f"/>'
            for n, v in enumerate(values)
        ]
    high = 16 * len(rows)
    return f'<svg viewBox="0 0 455 {high}" width="455" height="{high}">{"".join(shapes)}</svg>'


found = json.loads(Path(sys.argv[1]).read_bytes())
fonts = FontConfiguration()
HTML(string=markup(found)).write_pdf(sys.argv[2], font_config=fonts)
