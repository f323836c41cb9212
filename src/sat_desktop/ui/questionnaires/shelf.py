"""What stands in the workspace: its editions, and which assessments go by each of them."""

from dataclasses import dataclass

from sat_desktop.domain.questionnaire import Questionnaire, version_order
from sat_desktop.services.assessments import find_edition, list_assessments, list_editions
from sat_desktop.services.ports import Workspace


@dataclass(frozen=True, slots=True)
class Stored:
    """One edition; `used_by` names assessments as "unit, period"."""

    questionnaire: Questionnaire
    used_by: tuple[str, ...]


def read_shelf(workspace: Workspace) -> tuple[Stored, ...]:
    """Return the stored editions by id, the newest of each first."""
    used: dict[str, list[str]] = {}
    for summary in list_assessments(workspace):
        one = summary.assessment
        used.setdefault(one.questionnaire, []).append(f"{one.unit.name}, {one.period}")
    newest = sorted(list_editions(workspace), key=version_order, reverse=True)
    return tuple(
        Stored(find_edition(workspace, edition), tuple(used.get(edition, ())))
        for edition in sorted(newest, key=lambda e: e.split("@")[0])
    )


def name_of(questionnaire: Questionnaire, code: str) -> str:
    """Return id, version and name; what tells editions apart comes first, where it is not cut."""
    return f"{questionnaire.id} {questionnaire.version} · {questionnaire.name.get(code)}"
