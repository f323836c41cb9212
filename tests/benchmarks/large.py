"""Large data out of the bundled questionnaire: its entries repeated, and a plan made on them."""

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from sat_desktop.domain.answers import UNANSWERED, Evidence, choose_level
from sat_desktop.domain.assessment import Unit
from sat_desktop.domain.gaps import Aim
from sat_desktop.domain.history import Item
from sat_desktop.domain.kinds import AIM, ANSWER
from sat_desktop.domain.plan import Action, CostLine, Goal, Measure, Plan, Risk, Undertaking
from sat_desktop.domain.questionnaire import Group, Indicator, Questionnaire, UnitKind
from sat_desktop.formats.questionnaire_files import read_edition
from sat_desktop.runtime.resources import bundled_questionnaires
from sat_desktop.services.assessments import (
    add_edition,
    add_member,
    create_assessment,
    response_for,
)
from sat_desktop.services.changes import record
from sat_desktop.services.dossier import Dossier, open_dossier
from sat_desktop.services.planning import put, set_head
from sat_desktop.services.ports import Workspace

NOTE = (
    "Procedura przyjęta zarządzeniem, stosowana w urzędzie i jednostkach; rejestr prowadzi referat "
    "organizacyjny, przegląd odbywa się raz w roku. "
)


def smallest_edition() -> Questionnaire:
    """Return the bundled edition to repeat."""
    return read_edition(bundled_questionnaires() / "sat-pl" / "1.0.0")


def renamed(indicator: Indicator, suffix: str) -> Indicator:
    """Return a copy that may stand beside its original."""
    levels = tuple(
        replace(level, criteria=tuple(replace(c, id=c.id + suffix) for c in level.criteria))
        for level in indicator.levels
    )
    return replace(
        indicator,
        id=indicator.id + suffix,
        code=indicator.code + suffix.replace("-", ".") if suffix else indicator.code,
        levels=levels,
    )


def enlarged(questionnaire: Questionnaire, indicators: int) -> Questionnaire:
    """Return the questionnaire with its entries repeated until there are exactly so many.

    The coherence rules keep the first of each.
    """
    groups = len(list(_leaves(questionnaire.groups)))
    turn = 0

    def grown(group: Group) -> Group:
        nonlocal turn
        if not group.indicators:
            return replace(group, groups=tuple(map(grown, group.groups)))
        wanted = indicators // groups + (turn < indicators % groups)
        turn += 1
        own = group.indicators
        copies = tuple(
            renamed(own[n % len(own)], f"-{n // len(own)}" if n >= len(own) else "")
            for n in range(wanted)
        )
        return replace(group, groups=tuple(map(grown, group.groups)), indicators=copies)

    return replace(
        questionnaire, id=f"large-{indicators}", groups=tuple(map(grown, questionnaire.groups))
    )


def _leaves(groups: tuple[Group, ...]) -> Iterator[Group]:
    for group in groups:
        if group.indicators:
            yield group
        yield from _leaves(group.groups)


def make_large_plan(
    workspace: Workspace, indicators: int, undertakings: int, members: int = 4
) -> Dossier:
    """Make an assessment and a plan of these sizes, through the use cases; always the same.

    Of the members, all but the coordinator have answered everything.
    """
    chance = random.Random(2026)  # noqa: S311 - made-up data, no secret
    edition = enlarged(smallest_edition(), indicators)
    add_edition(workspace, edition)
    unit = Unit("Miasto Łąki Wielkie", UnitKind.GMINA, "0201011", 18_000)
    made = create_assessment(workspace, unit, edition.edition, "2026", "pl", "Ola Żuk")
    dossier = open_dossier(workspace, made.id)
    names = ("Jan Bąk", "Ewa Ćma", "Iga Łoś", *(f"Osoba {n}" for n in range(5, members + 1)))
    for name in names[: members - 1]:
        add_member(workspace, dossier, name, "Referat Organizacyjny", "inspektor", ())
        member = dossier.members[-1]
        response = response_for(workspace, dossier, member.id)
        _answer(workspace, dossier, response.id, chance, member.id)
    _answer(workspace, dossier, dossier.agreed.id, chance)
    record(
        workspace,
        dossier,
        "aim",
        {
            AIM.item(key): Aim(3, chance.randint(1, 3), chance.randint(1, 3))
            for key in edition.indicators
        },
    )
    set_head(workspace, dossier, Plan(2027, 2030, case_number="OR.033.1.2026", author="Ola Żuk"))
    put(workspace, dossier, *_parts(edition, undertakings, chance))
    return dossier


def _answer(
    workspace: Workspace, dossier: Dossier, response: str, chance: random.Random, member: str = ""
) -> None:
    values: dict[Item, object] = {}
    for key, indicator in dossier.questionnaire.indicators.items():
        answer = choose_level(UNANSWERED, indicator, chance.choice((0, 0, 1, 1, 2, 3)))
        proof = Evidence(f"Zarządzenie nr {len(values) + 1}/2025", reference="BIP, akty prawne")
        values[ANSWER.item(key, response)] = replace(
            answer, note=NOTE * chance.choice((0, 1, 2)), evidence=(proof,)
        )
    record(workspace, dossier, "import", values, member)


def _parts(
    edition: Questionnaire, undertakings: int, chance: random.Random
) -> Iterator[Goal | Action | Undertaking | Risk]:
    """Yield goals by dimension, an action for each indicator, an undertaking for each level."""
    goals: dict[str, Goal] = {}
    made = 0
    for turn, (key, indicator) in enumerate(_in_turns(edition)):
        group = edition.nodes[edition.group_of[key]]
        if group.id not in goals:
            goals[group.id] = Goal(
                f"goal-{group.id}",
                f"Wyższa dojrzałość: {group.name.get('pl')}",
                NOTE * 2,
                group.id,
                (Measure("Liczba wdrożonych procedur", "szt.", Decimal(1), 2026),),
                len(goals),
            )
            yield goals[group.id]
        action = Action(f"action-{turn}", goals[group.id].id, indicator.name.get("pl"), NOTE, turn)
        yield action
        for level in indicator.levels:
            if made == undertakings:
                return
            made += 1
            yield _undertaking(indicator, level.level, action, made, chance)
            if made % 5 == 0:
                yield Risk(
                    f"risk-{made}",
                    "Brak osób, które poprowadzą przedsięwzięcie równolegle z bieżącą pracą.",
                    chance.randint(1, 3),
                    chance.randint(1, 3),
                    "Zastępstwa w planie urlopów, etap pilotażowy w jednym referacie.",
                    f"undertaking-{made}",
                    made,
                )


def _in_turns(edition: Questionnaire) -> Iterator[tuple[str, Indicator]]:
    """Yield the indicators so that dimensions take turns, as in a plan that serves all of them."""
    columns = [list(group.indicators) for group in _leaves(edition.groups)]
    for row in range(max(map(len, columns))):
        for column in columns:
            if row < len(column):
                yield column[row].id, column[row]


def _undertaking(
    indicator: Indicator, level: int, action: Action, number: int, chance: random.Random
) -> Undertaking:
    step = indicator.levels[level - 1].step
    assert step is not None
    year = chance.randint(2027, 2029)
    return Undertaking(
        f"undertaking-{number}",
        action.id,
        step.title.get("pl"),
        step.description.get("pl"),
        indicator.why.get("pl") if indicator.why else "",
        "Sekretarz Miasta",
        "jednostki organizacyjne, sołectwa",
        f"{year}-0{chance.randint(1, 9)}",
        f"{year + 1}-0{chance.randint(1, 9)}",
        closes=frozenset(indicator.criteria_by_level[level - 1]),
        costs=tuple(
            CostLine(year + n, source, chance.randint(5, 400) * 100_000)
            for n, source in enumerate(("own", chance.choice(("state", "eu"))))
        ),
        measures=(
            Measure(
                step.measure.get("pl") if step.measure else "Odsetek spraw załatwionych w terminie",
                "%",
                Decimal(40),
                2026,
                ((year + 1, Decimal(90)),),
            ),
        ),
        position=number,
    )
