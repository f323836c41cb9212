"""The plan's standing words: names put together, and a draft text per chapter.

A draft stands where the authors have written nothing. It says only what the data say.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from sat_desktop.charts.money import source_name
from sat_desktop.charts.tiers import tier_names
from sat_desktop.domain.document import IndicatorRow, PlanDocument
from sat_desktop.domain.plan import SOURCES, Block, BulletList, Paragraph
from sat_desktop.domain.scores import NodeScore
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import UNIT_KINDS, attained_words


def source_names(document: PlanDocument, language: Language) -> dict[str, str]:
    """Return what every source of money in the plan is called, by id."""
    plan = document.plan
    sources = {*SOURCES, *(s.id for s in plan.head.sources), *document.money.by_source}
    return {source: source_name(plan, source, language) for source in sources}


def document_title(document: PlanDocument, language: Language) -> str:
    """Return the title the authors gave, or the usual one with its years."""
    head = document.plan.head
    return head.title or language.t(
        "Institutional development plan {first}–{last}", first=head.first_year, last=head.last_year
    )


def level_words(document: PlanDocument, level: int | None, language: Language) -> str:
    """Return "2 – intermediate", "-" where there is no level."""
    if level is None:
        return "-"
    return f"{level} – {document.questionnaire.level_name(level).get(language.code)}"


def attained_level_words(document: PlanDocument, score: NodeScore, language: Language) -> str:
    """Return the attained level of a node with its number, or what is possible by now."""
    return attained_words(
        score.attained,
        score.attainable,
        lambda level: level_words(document, level, language),
        language,
    )


def indicator_words(row: IndicatorRow, language: Language) -> str:
    """Return code and name of an indicator."""
    return f"{row.indicator.code} {row.indicator.name.get(language.code)}"


def draft_chapter(document: PlanDocument, chapter: str, language: Language) -> tuple[Block, ...]:
    """Return the draft of a chapter's text; a chapter that only shows data has none."""
    write = _DRAFTS.get(chapter)
    return tuple(write(document, language)) if write else ()


def narrative(document: PlanDocument, chapter: str, language: Language) -> tuple[Block, ...]:
    """Return what the authors wrote, or the draft."""
    return document.narratives.get(chapter) or draft_chapter(document, chapter, language)


def _introduction(document: PlanDocument, language: Language) -> Sequence[Block]:
    t = language.t
    head, unit = document.plan.head, document.assessment.unit
    q = document.questionnaire
    return (
        Paragraph(
            t(
                "This institutional development plan of {unit} covers the years {first}–{last}. "
                "It says how the office and the units it manages will raise their maturity in "
                "what was assessed: {groups}.",
                unit=unit.name,
                first=head.first_year,
                last=head.last_year,
                groups="; ".join(g.name.get(language.code) for g in q.groups),
            )
        ),
        Paragraph(
            t(
                "Its basis is a self-assessment with the questionnaire “{name}” ({edition}), about "
                "{period}. Every indicator is rated by verifiable criteria. The levels are: "
                "{levels}.",
                name=q.name.get(language.code),
                edition=document.assessment.questionnaire,
                period=document.assessment.period,
                levels=", ".join(f"{x.level} – {x.name.get(language.code)}" for x in q.scale),
            )
        ),
        Paragraph(
            t(
                "The plan is consistent with the development strategy and the multi-year financial "
                "forecast; where they change, the plan is reviewed."
            )
        ),
    )


def _administration(document: PlanDocument, language: Language) -> Sequence[Block]:
    unit = document.assessment.unit
    departments = {m.department for m in document.members if m.department}
    sentences = [
        language.t(
            "{unit} ({kind}, TERYT code {teryt}) is the subject of this plan.",
            unit=unit.name,
            kind=language.t(UNIT_KINDS[unit.kind]),
            teryt=unit.teryt,
        )
    ]
    if unit.population:
        sentences.append(
            language.t(
                "It has {population} inhabitants.", population=language.number(unit.population)
            )
        )
    if departments:
        sentences.append(
            language.n(
                "One organisational unit took part in the self-assessment.",
                "{count} organisational units took part in the self-assessment.",
                len(departments),
            )
        )
    return (Paragraph(" ".join(sentences)),)


def _assessment(document: PlanDocument, language: Language) -> Sequence[Block]:
    t = language.t
    total = document.scores.total
    blocks = [
        Paragraph(
            t(
                "An indicator stands at the highest level all of whose criteria, and all criteria "
                "of the levels below, are met. Its index is that level divided by the number of "
                "levels; the index of a part of the questionnaire ({tiers}) and of the whole is "
                "the weighted mean of what lies below. What is not applicable does not count; what "
                "has no answer is shown as a range.",
                tiers=tier_names(document.questionnaire, language),
            )
        )
    ]
    if total.index is not None:
        blocks.append(
            Paragraph(
                t(
                    "The index of the whole is {index}, the wanted one {wanted}. {rated} "
                    "indicators are rated, {open} have no answer, {exempt} do not apply.",
                    index=language.percent(total.index),
                    wanted=language.percent(document.nodes[0].wanted),
                    rated=total.rated,
                    open=total.unanswered,
                    exempt=total.not_applicable,
                )
            )
        )
    return tuple(blocks)


def _conclusions(document: PlanDocument, language: Language) -> Sequence[Block]:
    t = language.t

    def listed(rows: Sequence[IndicatorRow]) -> BulletList:
        return BulletList(tuple(indicator_words(r, language) for r in rows))

    blocks: list[Block] = []
    if document.strengths:
        level = level_words(document, document.questionnaire.n, language)
        blocks.append(Paragraph(t("The highest level ({level}) has been reached in:", level=level)))
        blocks.append(listed(document.strengths))
    if document.weaknesses:
        level = level_words(document, 0, language)
        blocks.append(Paragraph(t("Below the first level ({level}) stand:", level=level)))
        blocks.append(listed(document.weaknesses))
    if document.priorities:
        blocks.append(
            Paragraph(
                t(
                    "The plan gives first place to the indicators whose gap weighs most against "
                    "the effort of closing it; the table shows them in order."
                )
            )
        )
    return blocks


def _goals(document: PlanDocument, language: Language) -> Sequence[Block]:
    return (
        Paragraph(
            language.n(
                "The plan has one goal; it follows from the gaps that the self-assessment found.",
                "The plan has {count} goals; they follow from the gaps that the self-assessment "
                "found.",
                len(document.goals),
            )
        ),
    )


def _undertakings(document: PlanDocument, language: Language) -> Sequence[Block]:
    return (
        Paragraph(
            language.n(
                "The goals are reached by one undertaking. A card says what is done, why, by whom, "
                "when, at what cost, and which criteria of the self-assessment it will meet.",
                "The goals are reached by {count} undertakings. Each card says what is done, why, "
                "by whom, when, at what cost, and which criteria of the self-assessment it will "
                "meet.",
                len(document.undertakings),
            )
        ),
    )


def _finance(document: PlanDocument, language: Language) -> Sequence[Block]:
    return (
        Paragraph(
            language.t(
                "The undertakings cost {total} in all. Cancelled undertakings do not count. "
                "Amounts from outside the own budget depend on the decisions of those who grant "
                "them.",
                total=language.money(document.money.total),
            )
        ),
    )


def _measures(_document: PlanDocument, language: Language) -> Sequence[Block]:
    return (
        Paragraph(
            language.t(
                "Result measures show what changes by a goal, product measures what an "
                "undertaking makes. Their values are reported once a year."
            )
        ),
    )


def _monitoring(document: PlanDocument, language: Language) -> Sequence[Block]:
    t = language.t
    return (
        Paragraph(
            t(
                "The plan is carried out by the organisational units named in the cards; its "
                "author co-ordinates them. Progress is reported once a year: physical progress of "
                "each undertaking, money spent by source, values of the measures, changes of risks."
            )
        ),
        Paragraph(
            t(
                "After {last} the self-assessment is repeated with the same method, so that the "
                "levels can be compared. The table shows which levels the plan leads to by the end "
                "of each year, if every undertaking ends on time.",
                last=document.plan.head.last_year,
            )
        ),
    )


def _risks(_document: PlanDocument, language: Language) -> Sequence[Block]:
    return (
        Paragraph(
            language.t(
                "Likelihood and impact are rated from 1 (low) to 3 (high); their product orders "
                "the risks."
            )
        ),
    )


_DRAFTS: Final[Mapping[str, Callable[[PlanDocument, Language], Sequence[Block]]]] = {
    "introduction": _introduction,
    "administration": _administration,
    "assessment": _assessment,
    "conclusions": _conclusions,
    "goals": _goals,
    "undertakings": _undertakings,
    "finance": _finance,
    "measures": _measures,
    "monitoring": _monitoring,
    "risks": _risks,
}
