"""Chapters 5 to 7: goals, a card for each undertaking, and when all of it happens."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from sat_desktop.charts.tiers import begun
from sat_desktop.domain.document import PlanDocument, UndertakingRow
from sat_desktop.domain.plan import DevelopmentPlan, Measure
from sat_desktop.domain.questionnaire import Indicator
from sat_desktop.reporting.blocks import Block, Content, bullets, heading, paragraph, paragraphs
from sat_desktop.reporting.plan.pictures import WIDE, picture
from sat_desktop.reporting.plan.words import source_names
from sat_desktop.reporting.styles import QUIET
from sat_desktop.reporting.tables import Cell, Column, RowLike, table
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import STATUSES

LINES_ON_PAGE: Final = 20
"""Bars and goals that a Gantt chart on a turned page shows in readable size."""


def goal_blocks(document: PlanDocument, language: Language) -> list[Block]:
    """Return every goal with its actions."""
    t = language.t
    blocks: list[Block] = []
    for row in document.goals:
        blocks.append(heading(2, f"{row.number}. {row.goal.title}"))
        if row.group is not None:
            tier = document.questionnaire.tier_of(row.group.id).name.get(language.code)
            name = f"{row.group.code} {row.group.name.get(language.code)}"
            blocks.append(paragraph(t("{tier}: {name}", tier=begun(tier), name=name)))
        blocks += paragraphs(row.goal.description)
        if row.actions:
            blocks.append(bullets([f"{number} {action.title}" for number, action in row.actions]))
    return blocks


def undertaking_blocks(document: PlanDocument, language: Language) -> list[Block]:
    """Return a card for every undertaking, below its goal and action."""
    t = language.t
    blocks: list[Block] = []
    names = source_names(document, language)
    goal = action = ""
    for row in document.undertakings:
        if row.goal.id != goal:
            goal = row.goal.id
            number = row.number.split(".")[0]
            title = t("Goal {number}: {title}", number=number, title=row.goal.title)
            # Goals are in the contents already, where they are set out.
            blocks.append(heading(2, title, listed=False))
        if row.action.id != action:
            action = row.action.id
            number = row.number.rpartition(".")[0]
            title = t("Action {number}: {title}", number=number, title=row.action.title)
            blocks.append(heading(3, title))
            blocks += paragraphs(row.action.description)
        blocks += _card(row, names, language)
    return blocks


def schedule_blocks(document: PlanDocument, language: Language) -> list[Block]:
    """Return the Gantt chart with its table."""
    t = language.t
    if not document.undertakings:
        return [paragraph(t("No undertakings have been entered yet."))]
    columns = [
        Column(t("No."), width=44),
        Column(t("Undertaking"), share=3, heads=True),
        Column(t("Responsible"), share=2),
        Column(t("Start")),
        Column(t("End")),
        Column(t("Status")),
    ]
    rows: list[RowLike] = [
        [
            row.number,
            row.undertaking.title,
            row.undertaking.responsible,
            _month(row.undertaking.start, language),
            _month(row.undertaking.end, language),
            t(STATUSES[row.undertaking.status]),
        ]
        for row in document.undertakings
    ]
    charts: list[Block] = [
        picture(part, "schedule", language, t("Undertakings in time"), width=WIDE, height=400)
        for part in _page_parts(document)
    ]
    return [
        *charts,
        table(columns, rows, caption=t("Start and end of the undertakings"), zebra=True),
    ]


def _page_parts(document: PlanDocument) -> list[PlanDocument]:
    """Return the document with its plan cut into parts whose Gantt chart fits one page.

    A chart of three hundred bars would be shrunk until nobody can read it.
    """
    parts: list[list[UndertakingRow]] = [[]]
    lines = 0
    goal = ""
    for row in document.undertakings:
        need = 1 if row.goal.id == goal else 2
        if lines + need > LINES_ON_PAGE and parts[-1]:
            parts.append([])
            lines, need = 0, 2
        parts[-1].append(row)
        lines += need
        goal = row.goal.id
    return [replace(document, plan=_part_of(document.plan, rows)) for rows in parts]


def _part_of(plan: DevelopmentPlan, rows: Sequence[UndertakingRow]) -> DevelopmentPlan:
    goals = {r.goal.id for r in rows}
    actions = {r.action.id for r in rows}
    return replace(
        plan,
        goals=tuple(g for g in plan.goals if g.id in goals),
        actions=tuple(a for a in plan.actions if a.id in actions),
        undertakings=tuple(r.undertaking for r in rows),
    )


def measure_words(measure: Measure, language: Language) -> str:
    """Return a measure with its baseline and planned values in one line."""
    t = language.t
    unit = f" {measure.unit}" if measure.unit else ""
    parts = []
    if measure.baseline is not None:
        year = f" ({measure.baseline_year})" if measure.baseline_year else ""
        value = f"{plain_number(measure.baseline, language)}{unit}{year}"
        parts.append(t("baseline {value}", value=value))
    if measure.planned:
        last, planned = measure.planned[-1]
        value = f"{plain_number(planned, language)}{unit} ({last})"
        parts.append(t("planned {value}", value=value))
    return f"{measure.name}: {', '.join(parts)}" if parts else measure.name


def plain_number(value: Decimal, language: Language) -> str:
    """Return a decimal with as many places as the user gave it."""
    _, _, decimals = f"{value:f}".partition(".")
    return language.number(value, len(decimals))


def _month(month: str, language: Language) -> str:
    return language.month(month) if month else "-"


def _card(row: UndertakingRow, names: dict[str, str], language: Language) -> list[Block]:
    t = language.t
    u = row.undertaking
    months = t("{start} – {end}", start=_month(u.start, language), end=_month(u.end, language))
    short: list[tuple[str, str, str, str]] = [
        (t("Responsible"), u.responsible or "-", t("Time"), months if u.start or u.end else "-"),
        (t("Partners"), u.partners or "-", t("Status"), t(STATUSES[u.status])),
        (
            t("Cost"),
            language.money(u.grosze) if u.costs else "-",
            t("Money from"),
            _sources(row, names, language) or "-",
        ),
    ]
    long: list[tuple[str, Content | Block]] = [
        (t("Description"), u.description),
        (t("Why"), u.reason),
    ]
    if u.measures:
        long.append((t("Measures"), bullets([measure_words(m, language) for m in u.measures])))
    if row.closes:
        long.append((t("Criteria it will meet"), bullets(_criteria(row, language))))
    if row.risks:
        long.append((t("Risks"), bullets([r.text for r in row.risks])))
    shown: list[RowLike] = [
        [Cell(name, heads=True, colour=QUIET), Cell(value, columns=3)]
        for name, value in long
        if value
    ]
    columns = [Column(width=86), Column(share=5), Column(width=72), Column(share=6)]
    return [
        heading(4, f"{row.number} {u.title}", listed=False),
        table(columns, [*map(_facts, short), *shown]),
    ]


def _facts(cells: Sequence[str]) -> list[Cell]:
    """Return two names with their facts, side by side."""
    first, fact, second, other = cells
    return [
        Cell(first, heads=True, colour=QUIET),
        Cell(fact),
        Cell(second, heads=True, colour=QUIET),
        Cell(other),
    ]


def _sources(row: UndertakingRow, names: dict[str, str], language: Language) -> str:
    sums = row.undertaking.grosze_by_source
    return "; ".join(f"{names.get(s, s)}: {language.money(g)}" for s, g in sums.items())


def _criteria(row: UndertakingRow, language: Language) -> list[str]:
    def texts(indicator: Indicator, ids: tuple[str, ...]) -> list[str]:
        wanted = set(ids)
        return [
            f"{indicator.code}: {c.text.get(language.code)}"
            for level in indicator.levels
            for c in level.criteria
            if c.id in wanted
        ]

    return [text for indicator, ids in row.closes for text in texts(indicator, ids)]
