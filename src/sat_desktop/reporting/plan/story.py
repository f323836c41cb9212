"""The whole document in order: first page, contents, twelve chapters, place for signatures."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from typing import Final

from sat_desktop.domain.document import PlanDocument
from sat_desktop.domain.plan import CHAPTERS
from sat_desktop.reporting.blocks import (
    Block,
    callout,
    heading,
    page_break,
    paragraph,
    signature,
)
from sat_desktop.reporting.contents import Contents
from sat_desktop.reporting.cover import Cover
from sat_desktop.reporting.metadata import DocumentMeta
from sat_desktop.reporting.plan import annexes, assessment, money, undertakings
from sat_desktop.reporting.plan.blocks_of import blocks_of
from sat_desktop.reporting.plan.words import document_title, narrative
from sat_desktop.reporting.styles import CAPTION
from sat_desktop.reporting.tables import CellLike
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import CHAPTER_TITLES

Chapter = Callable[[PlanDocument, Language], list[Block]]


def _nothing(_document: PlanDocument, _language: Language) -> list[Block]:
    return []


DATA: Final[Mapping[str, Chapter]] = {
    "introduction": _nothing,
    "administration": _nothing,
    "assessment": assessment.assessment_blocks,
    "conclusions": assessment.conclusion_blocks,
    "goals": undertakings.goal_blocks,
    "undertakings": undertakings.undertaking_blocks,
    "schedule": undertakings.schedule_blocks,
    "finance": money.finance_blocks,
    "measures": money.measure_blocks,
    "monitoring": money.monitoring_blocks,
    "risks": money.risk_blocks,
    "annexes": annexes.annex_blocks,
}
"""What each chapter shows of the data, after its text."""

WIDE: Final = frozenset({"schedule", "annexes"})
"""Chapters on turned pages."""


def plan_meta(document: PlanDocument, language: Language) -> DocumentMeta:
    """Return the facts about the document; its date decides its bytes."""
    head, unit = document.plan.head, document.assessment.unit
    title = f"{document_title(document, language)} – {unit.name}"
    return DocumentMeta(
        title=title,
        author=head.author or unit.name,
        created=datetime.combine(document.day, time(12), UTC),
        subject=language.t("Institutional development plan"),
        language=language.code,
        footer=" · ".join(part for part in (unit.name, head.case_number) if part),
    )


def plan_story(document: PlanDocument, language: Language) -> list[Block]:
    """Return all blocks of the plan in order."""
    t = language.t
    blocks: list[Block] = [
        _cover(document, language),
        page_break(),
        paragraph(t("Contents"), CAPTION.varied(size=14.5, leading=20, after=10)),
        Contents(depth=2),
        page_break(),
    ]
    for number, chapter in enumerate(CHAPTERS, 1):
        if chapter in WIDE:
            blocks.append(page_break("landscape"))
        blocks.append(heading(1, f"{number}. {t(CHAPTER_TITLES[chapter])}", f"chapter-{chapter}"))
        text = blocks_of(narrative(document, chapter, language))
        data = DATA[chapter](document, language)
        blocks += text
        blocks += data
        if not text and not data:
            blocks.append(callout(t("Nothing has been entered in this chapter.")))
        if chapter in WIDE:
            blocks.append(page_break("portrait"))
    return [*blocks, *_signatures(document, language)]


def _cover(document: PlanDocument, language: Language) -> Block:
    t = language.t
    head = document.plan.head
    facts: list[tuple[str, CellLike]] = [
        (t("Period of the assessment"), document.assessment.period),
        (t("Version"), head.version),
        (t("Case number"), head.case_number),
        (t("Date"), language.date(document.day)),
        (t("Author"), head.author),
        (t("Approved by"), head.approver),
    ]
    subtitle = t(
        "Based on the self-assessment “{name}”, {period}",
        name=document.questionnaire.name.get(language.code),
        period=document.assessment.period,
    )
    return Cover(
        document.assessment.unit.name,
        document_title(document, language),
        subtitle,
        [(name, value) for name, value in facts if value],
    )


def _signatures(document: PlanDocument, language: Language) -> list[Block]:
    t = language.t
    head = document.plan.head
    return [
        heading(2, t("Signatures")),
        signature(
            [
                head.author or t("Prepared by"),
                head.approver or t("Approved by"),
            ]
        ),
    ]
