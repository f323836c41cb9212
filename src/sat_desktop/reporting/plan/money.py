"""Chapters 8 to 11: what it costs, how it is measured, where it leads, what may go wrong."""

from fractions import Fraction

from sat_desktop.charts.tiers import begun, tier_names, tier_plurals
from sat_desktop.domain.document import MeasureKind, MeasureRow, PlanDocument
from sat_desktop.domain.questionnaire import TOTAL
from sat_desktop.reporting.blocks import Block, heading, paragraph
from sat_desktop.reporting.plan.assessment import node_cells, node_name
from sat_desktop.reporting.plan.pictures import picture
from sat_desktop.reporting.plan.undertakings import plain_number
from sat_desktop.reporting.plan.words import source_names
from sat_desktop.reporting.tables import CellLike, Column, RowLike, Total, table
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import DATA_SOURCES


def money_caption(language: Language) -> str:
    """Return the caption of the money table, by which it is found when reading back."""
    return language.t("Costs by year and source (zł)")


def finance_blocks(document: PlanDocument, language: Language) -> list[Block]:
    """Return money by year and source, and by goal."""
    t = language.t
    money = document.money
    names = source_names(document, language)
    sources = [s for s, grosze in money.by_source.items() if grosze]
    if not money.total:
        return [paragraph(t("No costs have been entered yet."))]
    columns = [
        Column(t("Year"), heads=True),
        *(Column(names[s], share=1, align="right") for s in sources),
        Column(t("Together"), share=1, align="right"),
    ]
    rows: list[RowLike] = [
        [
            str(year),
            *(amount(money.by_year_and_source.get((year, s), 0), language) for s in sources),
            amount(total, language),
        ]
        for year, total in money.by_year.items()
    ]
    sums = [amount(money.by_source[s], language) for s in sources]
    rows.append(Total([t("Together"), *sums, amount(money.total, language)]))
    by_goal: list[RowLike] = [
        [f"{row.number}. {row.goal.title}", amount(money.by_goal[row.goal.id], language)]
        for row in document.goals
    ]
    by_goal.append(Total([t("Together"), amount(money.total, language)]))
    goal_columns = [
        Column(t("Goal"), share=1, heads=True),
        Column(t("Cost (zł)"), width=110, align="right"),
    ]
    return [
        table(columns, rows, caption=money_caption(language)),
        picture(document, "money", language, t("Costs by year and source")),
        table(goal_columns, by_goal, caption=t("Costs by goal")),
    ]


def amount(grosze: int, language: Language) -> str:
    """Return złoty with two decimals and no unit, "–" for nothing."""
    return language.number(Fraction(grosze, 100), 2) if grosze else "–"


def measure_blocks(document: PlanDocument, language: Language) -> list[Block]:
    """Return the result measures of goals and the product measures of undertakings."""
    t = language.t
    titles = {
        MeasureKind.RESULT: t("Result measures (goals)"),
        MeasureKind.PRODUCT: t("Product measures (undertakings)"),
    }
    columns = [
        Column(t("No."), width=44),
        Column(t("Measure"), share=1, heads=True),
        Column(t("Unit of measure"), width=62),
        Column(t("Baseline"), width=62, align="right"),
        Column(t("Planned"), width=78, align="right"),
        Column(t("Data from"), width=82),
    ]
    blocks: list[Block] = []
    for kind, title in titles.items():
        rows: list[RowLike] = [
            _measure(row, language) for row in document.measures if row.kind is kind
        ]
        if rows:
            blocks.append(table(columns, rows, caption=title))
    return blocks or [paragraph(t("No measures have been entered yet."))]


def _measure(row: MeasureRow, language: Language) -> list[CellLike]:
    m = row.measure
    baseline = "-" if m.baseline is None else plain_number(m.baseline, language)
    if m.baseline is not None and m.baseline_year:
        baseline += f" ({m.baseline_year})"
    planned = "\n".join(f"{plain_number(v, language)} ({y})" for y, v in m.planned)
    source = language.t(DATA_SOURCES[m.source])
    return [row.number, m.name, m.unit or "-", baseline, planned or "-", source]


def monitoring_blocks(document: PlanDocument, language: Language) -> list[Block]:
    """Return the projected indices at the end of each year."""
    t = language.t
    years = list(document.projection)
    columns = [
        Column(begun(tier_names(document.questionnaire, language)), share=1, heads=True),
        Column(t("Now"), width=44, align="right"),
        *(Column(str(year), width=44, align="right") for year in years),
    ]
    rows: list[RowLike] = []
    for row in document.nodes:
        key = TOTAL if row.group is None else row.group.id
        cells = [
            node_name(row, language),
            language.percent(row.score.index),
            *(language.percent(document.projection[y].nodes[key].index) for y in years),
        ]
        rows.append(node_cells(document, row, cells))
    return [
        heading(2, t("Where the plan leads")),
        picture(document, "projection", language, t("Projected index at the end of each year")),
        table(
            columns,
            rows,
            caption=t(
                "Projected index: {tiers}", tiers=tier_plurals(document.questionnaire, language)
            ),
        ),
    ]


def risk_blocks(document: PlanDocument, language: Language) -> list[Block]:
    """Return the risks, the greatest first."""
    t = language.t
    if not document.risks:
        return [paragraph(t("No risks have been entered yet."))]
    numbers = {row.undertaking.id: row.number for row in document.undertakings}
    columns = [
        Column(t("Risk"), share=3, heads=True),
        Column(t("Concerns"), width=70),
        Column(t("Likelihood"), align="right"),
        Column(t("Impact"), align="right"),
        Column(t("Weight"), align="right"),
        Column(t("Response"), share=3),
    ]
    rows: list[RowLike] = [
        [
            r.text,
            numbers.get(r.undertaking or "", t("whole plan")),
            str(r.likelihood),
            str(r.impact),
            str(r.weight),
            r.response,
        ]
        for r in document.risks
    ]
    return [table(columns, rows, caption=t("Risks, the greatest first"))]
