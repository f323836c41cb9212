"""Chapters 3 and 4: how the assessment was made, what it found, what follows from it."""

from collections.abc import Sequence

from sat_desktop.charts.gaps import priority_words
from sat_desktop.charts.radar import has_radar
from sat_desktop.charts.tiers import begun, lowest_plural, tier_names, tier_plurals
from sat_desktop.domain.coherence import Incoherence
from sat_desktop.domain.consensus import Consensus
from sat_desktop.domain.document import IndicatorRow, NodeRow, PlanDocument
from sat_desktop.reporting.blocks import Block, bullets, callout, heading, paragraph
from sat_desktop.reporting.plan.pictures import picture
from sat_desktop.reporting.plan.words import attained_level_words, indicator_words, level_words
from sat_desktop.reporting.tables import Cell, Column, RowLike, table
from sat_desktop.runtime.i18n import Language

MOST_PRIORITIES = 15
"""Rows of the table of priorities; the annex has all indicators."""

MOST_DISAGREEMENTS = 10


def results_caption(document: PlanDocument, language: Language) -> str:
    """Return the caption of the table of results, by which it is found when reading back."""
    return language.t("Results: {tiers}", tiers=tier_plurals(document.questionnaire, language))


def range_words(row: NodeRow, language: Language) -> str:
    """Return "33–67 %", one number where both ends are shown alike, "-" where there is none."""
    low, high = language.percent(row.score.low), language.percent(row.score.high)
    if low == high:
        return low
    number = low.rstrip("%").rstrip() if language.code == "pl" else low.rstrip("%")
    return f"{number}–{high}"


def assessment_blocks(document: PlanDocument, language: Language) -> list[Block]:
    """Return method, team, results, charts, gaps and disagreements."""
    t = language.t
    lowest = lowest_plural(document.questionnaire, language)
    blocks: list[Block] = [heading(2, t("Method")), _levels(document, language)]
    if document.questionnaire.notice:
        blocks.append(
            callout(document.questionnaire.notice.get(language.code), t("About the questionnaire"))
        )
    blocks += [heading(2, t("Team")), _team(document, language)]
    blocks += [heading(2, t("Results")), results_table(document, language)]
    blocks += [
        picture(
            document,
            "dimensions",
            language,
            t("{tier}: present, wanted and model level", tier=begun(lowest)),
        ),
    ]
    if has_radar(document.questionnaire):
        # Otherwise it would show the same bars once more.
        blocks.append(picture(document, "radar", language, t("Profile: {tiers}", tiers=lowest)))
    blocks.append(picture(document, "heatmap", language, t("Levels of all indicators")))
    blocks += [heading(2, t("Gaps"))]
    if document.priorities:
        blocks.append(picture(document, "gaps", language, t("Gaps in order of priority")))
    else:
        blocks.append(paragraph(t("No rated indicator stands below its wanted level.")))
    blocks += [heading(2, t("Where the team disagreed")), *_disagreements(document, language)]
    if document.coherence:
        blocks.append(heading(2, t("Answers that sit oddly together")))
        blocks.append(bullets([_oddity(f, document, language) for f in document.coherence]))
    return blocks


def _oddity(found: Incoherence, document: PlanDocument, language: Language) -> str:
    """Return a question of coherence with the answers that it is about."""
    named = [
        language.t(
            "{code} {name} (level {level})",
            code=document.questionnaire.indicators[key].code,
            name=document.questionnaire.indicators[key].name.get(language.code),
            level=level,
        )
        for key, level in found.levels
    ]
    return f"{found.rule.text.get(language.code)} [{'; '.join(named)}]"


def conclusion_blocks(document: PlanDocument, language: Language) -> list[Block]:
    """Return the table of priorities."""
    t = language.t
    if not document.priorities:
        return []
    columns = [
        Column(t("Indicator"), share=1, heads=True),
        Column(t("Present level"), width=62, align="right"),
        Column(t("Wanted level"), width=74, align="right"),
        Column(t("Importance"), width=62, align="right"),
        Column(t("Effort"), width=56, align="right"),
        Column(t("Priority"), width=58, align="right"),
    ]
    shown = document.priorities[:MOST_PRIORITIES]
    blocks: list[Block] = [
        table(
            columns,
            [_priority(row, language) for row in shown],
            caption=t("Priorities"),
        )
    ]
    more = len(document.priorities) - len(shown)
    if more:
        blocks.append(
            paragraph(
                language.n(
                    "One more indicator with a gap is in the annex.",
                    "{count} more indicators with a gap are in the annex.",
                    more,
                )
            )
        )
    return blocks


def results_table(document: PlanDocument, language: Language) -> Block:
    """Return the numbers of the whole and of all groups."""
    t = language.t
    columns = [
        Column(begun(tier_names(document.questionnaire, language)), share=1, heads=True),
        Column(t("Index"), width=42, align="right"),
        Column(t("Range"), width=56, align="right"),
        Column(t("Wanted"), width=58, align="right"),
        Column(t("Coverage"), width=70, align="right"),
        Column(t("Attained level"), width=110),
    ]
    rows: list[RowLike] = [_node(document, row, language) for row in document.nodes]
    return table(columns, rows, caption=results_caption(document, language))


def node_name(row: NodeRow, language: Language) -> str:
    """Return the name of a node with its code."""
    if row.group is None:
        return language.t("Whole")
    return f"{row.group.code} {row.group.name.get(language.code)}"


def node_cells(document: PlanDocument, row: NodeRow, cells: Sequence[str]) -> list[Cell]:
    """Return the cells of a node: the whole and the highest of several tiers stand out."""
    bold = row.depth < min(2, len(document.questionnaire.tiers))
    return [Cell(text, bold=bold) for text in cells]


def _node(document: PlanDocument, row: NodeRow, language: Language) -> list[Cell]:
    cells = [
        node_name(row, language),
        language.percent(row.score.index),
        range_words(row, language),
        language.percent(row.wanted),
        language.percent(row.score.coverage),
        attained_level_words(document, row.score, language),
    ]
    return node_cells(document, row, cells)


def _levels(document: PlanDocument, language: Language) -> Block:
    t = language.t
    q = document.questionnaire
    rows: list[RowLike] = [
        ["0", q.below.get(language.code), t("Some criterion of level 1 is not met.")]
    ]
    rows += [
        [
            str(level.level),
            level.name.get(language.code),
            level.description.get(language.code) if level.description else "",
        ]
        for level in q.scale
    ]
    columns = [
        Column(t("Level"), width=48),
        Column(t("Name"), width=130, heads=True),
        Column(t("Meaning"), share=1),
    ]
    return table(columns, rows, caption=t("The scale"))


def _team(document: PlanDocument, language: Language) -> Block:
    t = language.t
    names = document.questionnaire.nodes

    def assigned(ids: Sequence[str]) -> str:
        found = [names[i].name.get(language.code) for i in ids if i in names]
        return "; ".join(found) if found else t("all")

    columns = [
        Column(t("No."), width=34, align="right"),
        Column(t("Member, function"), share=2, heads=True),
        Column(t("Department"), share=2),
        Column(begun(lowest_plural(document.questionnaire, language)), share=3),
    ]
    rows: list[RowLike] = [
        [
            str(n),
            ", ".join(p for p in (m.name, m.role) if p),
            m.department,
            assigned(m.dimensions),
        ]
        for n, m in enumerate(document.members, 1)
    ]
    return table(columns, rows, caption=t("The self-assessment team"))


def _disagreements(document: PlanDocument, language: Language) -> list[Block]:
    t = language.t
    if not document.disagreements:
        return [
            paragraph(t("Wherever more than one member rated an indicator, their levels agree."))
        ]
    columns = [
        Column(t("Indicator"), share=1, heads=True),
        Column(t("Agreement"), align="right"),
        Column(t("Levels given")),
        Column(t("Agreed level")),
    ]
    rows: list[RowLike] = [
        _disagreement(document, c, language) for c in document.disagreements[:MOST_DISAGREEMENTS]
    ]
    return [table(columns, rows, caption=t("Indicators with the deepest disagreement"))]


def _disagreement(document: PlanDocument, c: Consensus, language: Language) -> list[str]:
    levels = ", ".join(str(level) for level in sorted(c.levels.values()))
    if c.not_applicable:
        not_applicable = language.n(
            "not applicable: {count}", "not applicable: {count}", c.not_applicable
        )
        levels = "; ".join(part for part in (levels, not_applicable) if part)
    row = next(r for r in document.indicators if r.indicator.id == c.id)
    return [
        indicator_words(row, language),
        language.percent(c.agreement),
        levels,
        level_words(document, row.rating.level, language),
    ]


def _priority(row: IndicatorRow, language: Language) -> list[str]:
    gap = row.gap
    return [
        indicator_words(row, language),
        "-" if gap.level is None else str(gap.level),
        "-" if gap.wanted is None else str(gap.wanted),
        str(gap.importance),
        str(gap.effort),
        "-" if gap.priority is None else priority_words(gap.priority, language),
    ]
