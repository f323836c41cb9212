"""What stands in a finished plan, as plain data, so that other tools can write the same document.

Words, lists, tables and contents are read out of our own PDF by its structure; the charts are given
as the numbers they show.
"""

import io
from typing import Any

from sat_desktop.domain.document import PlanDocument
from sat_desktop.reporting.reading import Node, read_structure


def content_of(pdf: bytes, document: PlanDocument) -> dict[str, Any]:
    """Return the parts of a document in reading order, and the data of its charts."""
    parts: list[dict[str, Any]] = []
    _add(read_structure(io.BytesIO(pdf)), parts)
    return {"title": document.assessment.unit.name, "parts": parts, "charts": _charts(document)}


def _add(node: Node, parts: list[dict[str, Any]]) -> None:
    for kid in node.kids:
        if kid.tag == "TOC":
            if not any(p["kind"] == "contents" for p in parts):
                parts.append({"kind": "contents"})
        elif kid.tag in {"H1", "H2", "H3", "H4"}:
            parts.append({"kind": "heading", "level": int(kid.tag[1]), "text": kid.read()})
        elif kid.tag == "Table":
            parts.append(_table(kid))
        elif kid.tag == "L":
            items = [item.read().lstrip("• ") for item in kid.find("LI")]
            parts.append({"kind": "list", "items": items})
        elif kid.tag == "Figure":
            parts.append({"kind": "chart", "alt": kid.alt})
        elif kid.tag in {"P", "Caption"}:
            parts.append({"kind": "text", "text": kid.read()})
        else:
            _add(kid, parts)


def _table(node: Node) -> dict[str, Any]:
    captions = node.find("Caption")
    rows = [
        [
            (cell.read(), int(cell.attributes.get("ColSpan", 1)), cell.tag == "TH")
            for cell in row.find("TH", "TD")
        ]
        for row in node.find("TR")
    ]
    return {
        "kind": "table",
        "caption": captions[0].read() if captions else "",
        "rows": rows,
        "head": len([r for head in node.find("THead") for r in head.find("TR")]),
    }


def _charts(document: PlanDocument) -> list[dict[str, Any]]:
    """Return the charts in the order of the document; what is left over belongs to the schedule."""
    leaves = [(r, r.group) for r in document.nodes if r.group is not None and r.group.indicators]
    names = [group.name.get("pl") for _, group in leaves]
    nodes = [row for row, _ in leaves]
    present = [float(r.score.index or 0) for r in nodes]
    wanted = [float(r.wanted or 0) for r in nodes]
    priorities = document.priorities
    years = list(document.money.by_year)
    sources = [s for s, total in document.money.by_source.items() if total]
    ends = list(document.projection)
    return [
        {"kind": "bars", "labels": names, "series": [present, wanted, [1.0] * len(names)]},
        {"kind": "radar", "labels": names, "series": [present, wanted, [1.0] * len(names)]},
        {
            "kind": "heatmap",
            "rows": [
                (
                    group.name.get("pl"),
                    [
                        (row.indicator.code, row.rating.level)
                        for row in document.indicators
                        if row.group.id == group.id
                    ],
                )
                for _, group in leaves
            ],
        },
        {
            "kind": "ranking",
            "labels": [f"{r.indicator.code} {r.indicator.name.get('pl')}" for r in priorities],
            "values": [float(r.gap.priority or 0) for r in priorities],
        },
        {
            "kind": "schedule",
            "bars": [
                (f"{u.number} {u.undertaking.title}", u.undertaking.start, u.undertaking.end)
                for u in document.undertakings
            ],
        },
        {
            "kind": "stack",
            "labels": [str(y) for y in years],
            "series": [
                [document.money.by_year_and_source.get((y, s), 0) / 1e8 for y in years]
                for s in sources
            ],
        },
        {
            "kind": "lines",
            "labels": [str(y) for y in ends],
            "series": [
                [float(document.projection[y].nodes[group.id].index or 0) for y in ends]
                for _, group in leaves
            ],
        },
    ]
