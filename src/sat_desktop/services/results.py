"""All numbers of an assessment, from the one scoring function."""

from collections.abc import Mapping
from dataclasses import dataclass

from sat_desktop.domain.consensus import Consensus, find_consensus
from sat_desktop.domain.gaps import Gaps, find_gaps
from sat_desktop.domain.projection import project
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.domain.scores import Scores, score
from sat_desktop.services.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Results:
    """Scores and gaps of the agreed response, and the consensus of the individual ones."""

    questionnaire: Questionnaire
    scores: Scores
    gaps: Gaps
    consensus: Mapping[str, Consensus]


def results_of(dossier: Dossier) -> Results:
    """Return every number of the model for an open assessment."""
    questionnaire = dossier.questionnaire
    scores = score(questionnaire, dossier.answers(dossier.agreed.id))
    return Results(
        questionnaire,
        scores,
        find_gaps(questionnaire, scores, dossier.aims()),
        find_consensus(questionnaire, dossier.individual),
    )


def projection_of(dossier: Dossier) -> Mapping[int, Scores]:
    """Return the numbers at the end of every year of the plan."""
    return project(dossier.questionnaire, dossier.answers(dossier.agreed.id), dossier.plan())
