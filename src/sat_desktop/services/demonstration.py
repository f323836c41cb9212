"""The demo city: one invented assessment a workspace, made by the same use cases as a real one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sat_desktop.domain.answers import (
    UNANSWERED,
    Answer,
    Evidence,
    choose_level,
    mark_not_applicable,
    rate,
)
from sat_desktop.domain.assessment import Unit
from sat_desktop.domain.gaps import Aim
from sat_desktop.domain.history import Item
from sat_desktop.domain.kinds import AIM, ANSWER, CHAPTER
from sat_desktop.domain.plan import (
    Block,
    BulletList,
    Chapter,
    CostLine,
    DevelopmentPlan,
    Measure,
    MoneySource,
    Paragraph,
    Plan,
    Risk,
    TextTable,
    Undertaking,
)
from sat_desktop.domain.questionnaire import Questionnaire, Text
from sat_desktop.runtime.i18n import Language
from sat_desktop.services.assessments import (
    add_member,
    change_member,
    create_assessment,
    list_assessments,
    remove_assessment,
    response_for,
)
from sat_desktop.services.changes import record
from sat_desktop.services.demo_city import (
    Colleague,
    Danger,
    DemoAnswer,
    DemoBlock,
    DemoMeasure,
    Demonstration,
    Head,
    Work,
)
from sat_desktop.services.dossier import Dossier, open_dossier
from sat_desktop.services.planning import Part, draft_plan, goal_titles, item_of, set_head
from sat_desktop.services.ports import Workspace

GROSZE: Final = 100
"""In a złoty."""


def make_demo(workspace: Workspace, demonstration: Demonstration, language: Language) -> str:
    """Return the id of the workspace's demo, made now in `language` unless there is one.

    One that is there already is left as it is, with whatever its user changed in it. The edition
    must be stored.
    """
    for summary in list_assessments(workspace):
        if summary.assessment.demo:
            return summary.assessment.id
    city, first = demonstration.unit, demonstration.team[0]
    assessment = create_assessment(
        workspace,
        Unit(city.name.get(language.code), city.kind, city.teryt, city.population),
        demonstration.questionnaire,
        demonstration.period,
        language.code,
        first.name.get(language.code),
        demo=True,
    )
    try:
        _Making(workspace, open_dossier(workspace, assessment.id), language).make(demonstration)
    except BaseException:
        # Half a city would be taken for the whole one the next time.
        remove_assessment(workspace, assessment.id)
        raise
    return assessment.id


class _Making:
    """Fills the new assessment of a demo, step by step as an office would."""

    def __init__(self, workspace: Workspace, dossier: Dossier, language: Language) -> None:
        self._workspace = workspace
        self._dossier = dossier
        self._language = language

    def make(self, demonstration: Demonstration) -> None:
        """Do everything, from the team to the plan's chapters."""
        first, *others = demonstration.team
        coordinator = self._dossier.members[0]
        change_member(
            self._workspace,
            self._dossier,
            replace(
                coordinator,
                department=self._text(first.department),
                role=self._text(first.role),
                dimensions=first.dimensions,
            ),
        )
        self._respond(coordinator.id, first)
        for colleague in others:
            add_member(
                self._workspace,
                self._dossier,
                self._text(colleague.name),
                self._text(colleague.department),
                self._text(colleague.role),
                colleague.dimensions,
            )
            self._respond(self._dossier.members[-1].id, colleague)
        self._answer(demonstration.agreed, self._dossier.agreed.id)
        aims = {w.indicator: Aim(w.wanted, w.importance, w.effort) for w in demonstration.aims}
        self._record("aim", {AIM.item(key): aim for key, aim in aims.items()})
        set_head(self._workspace, self._dossier, self._head(demonstration.plan))
        draft_plan(self._workspace, self._dossier, goal_titles(self._language))
        self._enrich(demonstration)
        chapters = {
            CHAPTER.item(key): Chapter(tuple(self._block(p) for p in passages))
            for key, passages in demonstration.chapters.items()
        }
        self._record("chapter", chapters)

    def _text(self, text: Text | None) -> str:
        return text.get(self._language.code) if text else ""

    def _record(self, label: str, values: Mapping[Item, object], member: str = "") -> None:
        record(self._workspace, self._dossier, label, values, member)

    def _respond(self, member: str, colleague: Colleague) -> None:
        response = response_for(self._workspace, self._dossier, member)
        self._answer(colleague.answers, response.id, member)

    def _answer(self, statements: tuple[DemoAnswer, ...], response: str, member: str = "") -> None:
        questionnaire = self._dossier.questionnaire
        values = {
            ANSWER.item(s.indicator, response): self._said(questionnaire, s) for s in statements
        }
        self._record("import", values, member)

    def _said(self, questionnaire: Questionnaire, statement: DemoAnswer) -> Answer:
        indicator = questionnaire.indicators[statement.indicator]
        answer = replace(
            UNANSWERED,
            note=self._text(statement.note),
            evidence=tuple(
                Evidence(self._text(p.title), p.kind, self._text(p.reference), p.valid_until)
                for p in statement.evidence
            ),
            confidence=statement.confidence,
            to_discuss=statement.discuss,
        )
        if statement.not_applicable is not None:
            return mark_not_applicable(answer, self._text(statement.not_applicable))
        if statement.level is None:
            return answer
        rated = choose_level(answer, indicator, statement.level)
        return rate(rated, rated.met | set(statement.also))

    def _head(self, head: Head) -> Plan:
        return Plan(
            head.first_year,
            head.last_year,
            version=head.version,
            case_number=head.case_number,
            author=self._text(head.author),
            approver=self._text(head.approver),
            sources=tuple(MoneySource(s.id, self._text(s.name)) for s in head.sources),
        )

    def _block(self, passage: DemoBlock) -> Block:
        if passage.table is not None:
            header, *rows = (
                tuple(self._text(cell) for cell in row)
                for row in (passage.table.header, *passage.table.rows)
            )
            return TextTable(header, tuple(rows))
        if passage.bullets:
            return BulletList(tuple(self._text(item) for item in passage.bullets))
        return Paragraph(self._text(passage.paragraph))

    def _enrich(self, demonstration: Demonstration) -> None:
        """Add to the drafted parts what an office adds, as one change."""
        plan = self._dossier.plan()
        goals = {g.group: g for g in plan.goals}
        parts: list[Part] = [
            *(
                replace(
                    goals[a.group],
                    title=self._text(a.title),
                    description=self._text(a.description),
                    measures=self._measures(a.measures),
                )
                for a in demonstration.goals
            ),
            *(self._work(plan, w) for w in demonstration.undertakings),
            *(self._risk(plan, d, n) for n, d in enumerate(demonstration.risks)),
        ]
        self._record("plan-edit", {item_of(part): part for part in parts})

    def _drafted(self, plan: DevelopmentPlan, indicator: str, level: int) -> Undertaking:
        criteria = self._dossier.questionnaire.indicators[indicator].criteria_by_level[level - 1]
        return next(u for u in plan.undertakings if u.closes & criteria)

    def _work(self, plan: DevelopmentPlan, work: Work) -> Undertaking:
        drafted = self._drafted(plan, work.indicator, work.level)
        return replace(
            drafted,
            responsible=self._text(work.responsible),
            partners=self._text(work.partners),
            start=work.start,
            end=work.end,
            status=work.status,
            costs=tuple(CostLine(c.year, c.source, c.zloty * GROSZE) for c in work.costs),
            measures=self._measures(work.measures) or drafted.measures,
        )

    def _measures(self, figures: tuple[DemoMeasure, ...]) -> tuple[Measure, ...]:
        return tuple(
            Measure(
                self._text(f.name),
                self._text(f.unit),
                f.baseline,
                f.baseline_year,
                tuple(sorted(f.planned.items())),
                f.source,
            )
            for f in figures
        )

    def _risk(self, plan: DevelopmentPlan, danger: Danger, position: int) -> Risk:
        found = self._drafted(plan, danger.indicator, danger.level) if danger.indicator else None
        return Risk(
            self._workspace.new_id(),
            self._text(danger.text),
            danger.likelihood,
            danger.impact,
            self._text(danger.response),
            found.id if found is not None else None,
            position,
        )
