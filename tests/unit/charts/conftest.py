"""An invented questionnaire of any size with the names that Polish towns really have to read."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from sat_desktop.charts.chart import ChartInput, Facts
from sat_desktop.domain.answers import Answer, State, mark_not_applicable, rate
from sat_desktop.domain.consensus import find_consensus
from sat_desktop.domain.gaps import Aim, find_gaps
from sat_desktop.domain.plan import (
    Action,
    CostLine,
    DevelopmentPlan,
    Goal,
    MoneySource,
    Plan,
    Status,
    Undertaking,
)
from sat_desktop.domain.projection import project
from sat_desktop.domain.questionnaire import (
    Criterion,
    Group,
    Indicator,
    IndicatorLevel,
    Level,
    Questionnaire,
    Text,
    Tier,
)
from sat_desktop.domain.scores import score

DIMENSIONS = (
    ("Planowanie strategiczne", "Strategic planning"),
    ("Koordynacja wewnętrzna", "Internal co-ordination"),
    (
        "Zarządzanie wielopoziomowe i zdolność inwestycyjna",
        "Multi-level governance and investment capacity",
    ),
    ("Dowody w podejmowaniu decyzji", "Evidence in decision making"),
    ("Otwarty samorząd", "Open government"),
    ("Obciążenia administracyjne i zamówienia", "Administrative burden and procurement"),
    ("Budżetowanie", "Budgeting"),
    ("Kadry", "Workforce"),
    ("Usługi publiczne i standardy obsługi mieszkańców", "Public services and their standards"),
    ("Bezpieczeństwo i ciągłość działania urzędu", "Safety and continuity of the office"),
    ("Współpraca międzygminna i metropolitalna", "Inter-municipal and metropolitan co-operation"),
    ("Transformacja cyfrowa i zarządzanie danymi", "Digital transformation and data governance"),
    ("Adaptacja do zmian klimatu", "Adaptation to climate change"),
    ("Kultura organizacyjna", "Culture of the organisation"),
)
AREAS = (
    ("Strategia i koordynacja", "Strategy and co-ordination"),
    ("Otwartość i decyzje", "Openness and decisions"),
    ("Zasoby i usługi", "Resources and services"),
)
LEVELS = (
    ("niezbędne minimum", "minimum"),
    ("stan pośredni", "intermediate"),
    ("stan docelowy", "target"),
)
NAMES = (
    ("Diagnoza przed przygotowaniem strategii", "Diagnosis before the strategy is written"),
    ("Monitorowanie i ocena wdrażania strategii rozwoju", "Monitoring of the strategy"),
    ("Udział mieszkańców w wyznaczaniu celów", "Residents set goals"),
    ("Stałe zespoły międzywydziałowe", "Standing teams across departments"),
    ("Wieloletnia prognoza finansowa powiązana z celami", "Long-term finance tied to goals"),
)


def build_questionnaire(
    dimensions: int = 8, each: int = 3, levels: int = 3, *, flat: bool = False
) -> Questionnaire:
    def indicator(dimension: int, number: int) -> Indicator:
        key = f"d{dimension}.i{number}"
        pl, en = NAMES[(dimension + number) % len(NAMES)]
        return Indicator(
            id=key,
            code=f"{dimension}.{number}",
            name=Text(pl=pl, en=en),
            question=Text(pl="Czy?", en="Is it so?"),
            levels=tuple(
                IndicatorLevel(k, (Criterion(f"{key}.{k}", Text(pl="Jest", en="It is")),))
                for k in range(1, levels + 1)
            ),
        )

    def dimension(number: int) -> Group:
        pl, en = DIMENSIONS[(number - 1) % len(DIMENSIONS)]
        return Group(
            id=f"d{number}",
            code=str(number),
            name=Text(pl=pl, en=en),
            indicators=tuple(indicator(number, k) for k in range(1, each + 1)),
        )

    found = tuple(dimension(k) for k in range(1, dimensions + 1))
    third = -(-dimensions // 3)
    areas = tuple(
        Group(
            id=f"a{k}",
            code="ABC"[k],
            name=Text(pl=AREAS[k][0], en=AREAS[k][1]),
            groups=found[k * third : (k + 1) * third],
        )
        for k in range(3)
        if found[k * third : (k + 1) * third]
    )
    tier = Tier("dimension", Text(pl="wymiar", en="dimension"))
    area = Tier("area", Text(pl="obszar", en="area"))
    return Questionnaire(
        id="trial",
        version="1",
        name=Text(pl="Próba", en="Trial"),
        scale=tuple(
            Level(
                k,
                f"level{k}",
                Text(pl=LEVELS[k - 1][0], en=LEVELS[k - 1][1])
                if levels == 3
                else Text(pl=f"poziom {k}", en=f"level {k}"),
            )
            for k in range(1, levels + 1)
        ),
        attainment=(Fraction(1), *[Fraction(4, 5)] * (levels - 1)),
        tiers=(tier,) if flat else (area, tier),
        groups=found if flat else areas,
    )


def build_answers(questionnaire: Questionnaire) -> dict[str, Answer]:
    """Some of everything: every level, two unanswered, one not applicable."""
    answers: dict[str, Answer] = {}
    for place, (key, indicator) in enumerate(questionnaire.indicators.items()):
        if place % 11 == 7:
            continue
        if place % 13 == 9:
            answers[key] = mark_not_applicable(Answer(), "Nie dotyczy naszej gminy.")
            continue
        level = (place * 7 // 3 + place % 3) % (questionnaire.n + 1)
        answers[key] = rate(Answer(), indicator.criteria_up_to(level))
    return answers


def build_plan(questionnaire: Questionnaire, undertakings: int = 12) -> DevelopmentPlan:
    goals = tuple(
        Goal(f"g{k}", title, group=questionnaire.dimensions[k].id, position=k)
        for k, title in enumerate(
            (
                "Decyzje oparte na danych i rozmowie z mieszkańcami",
                "Urząd, który pracuje jak jeden zespół",
                "Pieniądze powiązane z celami",
            )[: len(questionnaire.dimensions)]
        )
    )
    actions = tuple(
        Action(f"a{k}", g.id, f"Działanie {k}", position=k) for k, g in enumerate(goals)
    )
    keys = list(questionnaire.indicators)
    found = []
    for k in range(undertakings):
        indicator = questionnaire.indicators[keys[(k * 5) % len(keys)]]
        begin, length = k % 30, 3 + (k * 7) % 18
        end = begin + length
        months = [f"{2027 + m // 12}-{m % 12 + 1:02}" for m in (begin, min(end, 47))]
        found.append(
            Undertaking(
                f"u{k}",
                f"a{k % len(goals)}",
                f"{indicator.name.pl}: wdrożenie i przeszkolenie pracowników",
                responsible="Wydział Strategii",
                start="" if k == 7 else months[0],
                end="" if k == 7 else months[1],
                status=list(Status)[k * 2 // 3 % 4],
                closes=frozenset(indicator.criteria),
                costs=(
                    CostLine(2027 + k % 4, ("own", "eu", "state", "kpo")[k % 4], 1_250_000_55 + k),
                    CostLine(2027 + (k + 1) % 4, "own", 83_400_00),
                ),
                position=k,
            )
        )
    head = Plan(2027, 2030, sources=(MoneySource("kpo", "Krajowy Plan Odbudowy"),))
    return DevelopmentPlan(head, {}, goals, actions, tuple(found))


def build_team(questionnaire: Questionnaire, members: int = 5) -> dict[str, dict[str, Answer]]:
    """Members who agree on some indicators, differ on others, and once call one not applicable."""
    team: dict[str, dict[str, Answer]] = {}
    for member in range(members):
        answers = team[f"m{member}"] = {}
        for place, (key, indicator) in enumerate(questionnaire.indicators.items()):
            level = (place + (member * place) % 4) % (questionnaire.n + 1)
            answers[key] = rate(Answer(), indicator.criteria_up_to(level))
            if member == 3 and place % 10 == 2:
                answers[key] = mark_not_applicable(Answer(), "Nie dotyczy.")
    return team


def build_input(
    dimensions: int = 8,
    each: int = 3,
    levels: int = 3,
    undertakings: int = 12,
    *,
    flat: bool = False,
    rated: bool = True,
) -> ChartInput:
    questionnaire = build_questionnaire(dimensions, each, levels, flat=flat)
    answers = build_answers(questionnaire) if rated else {}
    scores = score(questionnaire, answers)
    aims = {
        key: Aim(questionnaire.n, importance=3)
        for place, key in enumerate(questionnaire.indicators)
        if answers.get(key, Answer()).state is State.RATED and place % 4 == 0
    }
    plan = build_plan(questionnaire, undertakings)
    return ChartInput(
        questionnaire=questionnaire,
        scores=scores,
        gaps=find_gaps(questionnaire, scores, aims),
        plan=plan,
        projection=project(questionnaire, answers, plan),
        facts=Facts("Miasto Dąbrówka Leśna", "2026"),
        consensus=find_consensus(questionnaire, build_team(questionnaire) if rated else {}),
    )


@pytest.fixture
def make() -> Callable[..., ChartInput]:
    """Return the builder: dimensions, indicators each, levels, undertakings, flat, rated."""
    return build_input


@pytest.fixture
def eight() -> ChartInput:
    return build_input()
