"""What the plan will change: levels at the end of each year, by the same rules as the present.

Nothing but the criteria that undertakings close predicts anything.
"""

from collections.abc import Mapping
from dataclasses import replace

from sat_desktop.domain.answers import Answer, State
from sat_desktop.domain.plan import DevelopmentPlan, criteria_closed
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.domain.scores import Scores, score


def projected_answers(
    questionnaire: Questionnaire,
    agreed: Mapping[str, Answer],
    plan: DevelopmentPlan,
    year: int,
) -> dict[str, Answer]:
    """Return the agreed response as the plan will have changed it at the end of `year`.

    Criteria of indicators that are not rated are ignored; `completeness` reports them.
    """
    closed = criteria_closed(plan, year)
    return {
        key: replace(answer, met=answer.met | (closed & set(indicator.criteria)))
        if answer.state is State.RATED and (indicator := questionnaire.indicators.get(key))
        else answer
        for key, answer in agreed.items()
    }


def project(
    questionnaire: Questionnaire, agreed: Mapping[str, Answer], plan: DevelopmentPlan
) -> dict[int, Scores]:
    """Return the projected numbers at the end of every year of the plan."""
    return {
        year: score(questionnaire, projected_answers(questionnaire, agreed, plan, year))
        for year in plan.head.years
    }
