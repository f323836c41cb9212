"""Chapter 12: all answers, the evidence, dissent, and how the numbers were counted."""

from sat_desktop.charts.tiers import tier_names
from sat_desktop.domain.answers import EvidenceKind, State
from sat_desktop.domain.document import IndicatorRow, PlanDocument
from sat_desktop.reporting.blocks import Block, bullets, callout, heading, paragraph
from sat_desktop.reporting.plan.words import level_words
from sat_desktop.reporting.tables import Column, GroupLine, RowLike, table
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import STATES
from sat_desktop.runtime.wording import describe_finding


def answers_caption(language: Language) -> str:
    """Return the caption of the table of answers, by which it is found when reading back."""
    return language.t("Agreed answers")


def annex_blocks(document: PlanDocument, language: Language) -> list[Block]:
    """Return the annexes, each with its heading."""
    t = language.t
    return [
        heading(2, t("Annex 1. All answers")),
        _answers(document, language),
        heading(2, t("Annex 2. Evidence")),
        _evidence(document, language),
        heading(2, t("Annex 3. Dissent")),
        _dissent(document, language),
        heading(2, t("Annex 4. How the numbers were counted")),
        *_conflicts(document, language),
        *_method(document, language),
    ]


def _answers(document: PlanDocument, language: Language) -> Block:
    t = language.t
    columns = [
        Column(t("Code"), width=40),
        Column(t("Indicator"), share=3, heads=True),
        Column(t("Level"), width=118),
        Column(t("Wanted"), width=66, align="right"),
        Column(t("Criteria met"), width=66, align="right"),
        Column(t("Note"), share=4),
    ]
    rows: list[RowLike] = []
    group = ""
    for row in document.indicators:
        if row.group.id != group:
            group = row.group.id
            rows.append(GroupLine(f"{row.group.code} {row.group.name.get(language.code)}"))
        rows.append(_answer(document, row, language))
    return table(columns, rows, caption=answers_caption(language))


def _answer(document: PlanDocument, row: IndicatorRow, language: Language) -> list[str]:
    t = language.t
    state = row.rating.state
    rated = state is State.RATED
    level = level_words(document, row.rating.level, language) if rated else t(STATES[state])
    notes = [row.answer.reason, row.answer.note]
    criteria = f"{len(row.rating.met)}/{len(row.indicator.criteria)}" if rated else "-"
    return [
        row.indicator.code,
        row.indicator.name.get(language.code),
        level,
        "-" if row.gap.wanted is None else str(row.gap.wanted),
        criteria,
        "\n".join(n for n in notes if n),
    ]


def _evidence(document: PlanDocument, language: Language) -> Block:
    t = language.t
    if not document.evidence:
        return paragraph(t("No evidence has been entered."))
    kinds = {
        EvidenceKind.FILE: t("file"),
        EvidenceKind.LINK: t("link"),
        EvidenceKind.REFERENCE: t("reference"),
    }
    columns = [
        Column(t("Code"), width=40),
        Column(t("Evidence"), share=3, heads=True),
        Column(t("Kind"), width=70),
        Column(t("Reference"), share=3),
        Column(t("Valid until"), width=72),
    ]
    rows: list[RowLike] = [
        [
            row.indicator.code,
            row.evidence.title,
            kinds[row.evidence.kind],
            row.evidence.reference,
            row.evidence.valid_until or "-",
        ]
        for row in document.evidence
    ]
    return table(columns, rows, caption=t("Evidence by indicator"))


def _dissent(document: PlanDocument, language: Language) -> Block:
    t = language.t
    if not document.dissent:
        return paragraph(t("No member's answer differs from the agreed one."))
    columns = [
        Column(t("Code"), width=40),
        Column(t("Indicator"), share=1, heads=True),
        Column(t("Agreed level"), width=118),
        Column(t("Rated lower"), width=76, align="right"),
        Column(t("Rated higher"), width=76, align="right"),
        Column(t("Called not applicable"), width=130, align="right"),
    ]
    rows: list[RowLike] = [
        [
            d.indicator.code,
            d.indicator.name.get(language.code),
            level_words(document, d.agreed, language),
            str(d.below),
            str(d.above),
            str(d.not_applicable),
        ]
        for d in document.dissent
    ]
    return table(columns, rows, caption=t("Members who rated otherwise than agreed (by number)"))


def _conflicts(document: PlanDocument, language: Language) -> list[Block]:
    """Say what two people said differently and nobody has settled: numbers are of one side."""
    open_ = [f for f in document.findings if f.code == "conflict-open"]
    if not open_:
        return []
    words = language.t(
        "These conflicts are not settled; until they are, the numbers are of the side that counts."
    )
    return [callout(words, warning=True), bullets([describe_finding(f, language) for f in open_])]


def _method(document: PlanDocument, language: Language) -> list[Block]:
    t = language.t
    q = document.questionnaire
    shares = "; ".join(
        f"{level.name.get(language.code)}: {language.percent(share)}"
        for level, share in zip(q.scale, q.attainment, strict=True)
    )
    sentences = [
        t(
            "Level of an indicator: the highest level whose criteria, and those of all levels "
            "below it, are all met; 0 if a criterion of level 1 is not met."
        ),
        t(
            "Index of an indicator: its level divided by {levels}. Index of a part of the "
            "questionnaire ({tiers}) and of the whole: the weighted mean of the indices below it; "
            "what has no index is left out.",
            levels=q.n,
            tiers=tier_names(q, language),
        ),
        t(
            "Range: the index if every indicator without an answer were at level 0, and if every "
            "one were at level {levels}. Coverage: rated indicators as a share of those that "
            "apply.",
            levels=q.n,
        ),
        t(
            "Attained level: the highest level that, with all levels below it, at least this share "
            "of the applicable indicators has reached: {shares}. While indicators without an "
            "answer can still change it, it is not known yet.",
            shares=shares,
        ),
        t(
            "Wanted level: as the unit set it, otherwise the next level. Priority: weight x gap x "
            "importance / effort; of equal ones the indicator with the lower level comes first."
        ),
        t(
            "Percentages are rounded half up to a whole percent from the exact value, once; 0 and "
            "100 are said only of exactly nothing and everything. "
            "Questionnaire: {edition}.",
            edition=document.assessment.questionnaire,
        ),
    ]
    return [paragraph(s) for s in sentences]
