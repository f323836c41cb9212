"""Numbers as JSON: every number of the model, exact beside decimal (format 1, docs/formats.md)."""

import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Final

from sat_desktop.domain.consensus import Consensus
from sat_desktop.domain.gaps import Gap, Gaps
from sat_desktop.domain.history import Conflict
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.domain.scores import NodeScore, Rating, Scores
from sat_desktop.runtime.i18n import half_up

FORMAT: Final = 1
PLACES: Final = 7


def fraction(value: Fraction | None) -> dict[str, Any] | None:
    """Return {"exact": "2/3", "decimal": 0.6666667}, or None for what does not exist."""
    if value is None:
        return None
    return {"exact": str(value), "decimal": float(half_up(value, PLACES))}


def describe_results(
    questionnaire: Questionnaire,
    scores: Scores,
    gaps: Gaps,
    consensus: Mapping[str, Consensus],
    conflicts: Iterable[Conflict] | None = None,
) -> dict[str, Any]:
    """Return all numbers of an assessment as plain data, keys in questionnaire order.

    Args:
        conflicts: what two people said differently, None to leave it out; until somebody settles
            it, the numbers are of the side that is shown.
    """
    said = {} if conflicts is None else {"conflicts": [_conflict(c) for c in conflicts]}
    return {
        "format": FORMAT,
        "questionnaire": {
            "id": questionnaire.id,
            "version": questionnaire.version,
            "levels": questionnaire.n,
        },
        "nodes": {k: _node(s, gaps.wanted_index[k]) for k, s in scores.nodes.items()},
        "indicators": {k: _indicator(r, gaps.indicators[k]) for k, r in scores.ratings.items()},
        "consensus": {k: _consensus(c) for k, c in consensus.items()},
        **said,
    }


def describe_projection(
    questionnaire: Questionnaire, present: Scores, projected: Mapping[int, Scores]
) -> dict[str, Any]:
    """Return the numbers now and at the end of every year of the plan as plain data."""
    return {
        "format": FORMAT,
        "questionnaire": {
            "id": questionnaire.id,
            "version": questionnaire.version,
            "levels": questionnaire.n,
        },
        "present": _response(present),
        "years": {str(year): _response(scores) for year, scores in projected.items()},
    }


def dump(data: Mapping[str, Any]) -> str:
    """Return JSON text for people and programs: indented, letters as letters, a final newline."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _response(scores: Scores) -> dict[str, Any]:
    return {
        "nodes": {k: _scored_node(s) for k, s in scores.nodes.items()},
        "indicators": {
            k: {"state": r.state.value, "level": r.level, "met": list(r.met)}
            for k, r in scores.ratings.items()
        },
    }


def _scored_node(score: NodeScore) -> dict[str, Any]:
    return {
        "index": fraction(score.index),
        "low": fraction(score.low),
        "high": fraction(score.high),
        "coverage": fraction(score.coverage),
        "attained": score.attained,
        "attainable": score.attainable,
    }


def _node(score: NodeScore, wanted: Fraction | None) -> dict[str, Any]:
    return {
        "index": fraction(score.index),
        "low": fraction(score.low),
        "high": fraction(score.high),
        "wanted": fraction(wanted),
        "coverage": fraction(score.coverage),
        "attained": score.attained,
        "attainable": score.attainable,
    }


def _indicator(rating: Rating, gap: Gap) -> dict[str, Any]:
    return {
        "state": rating.state.value,
        "level": rating.level,
        "wanted": gap.wanted,
        "gap": gap.gap,
        "distance": gap.distance,
        "priority": fraction(gap.priority),
        "met": list(rating.met),
    }


def _conflict(conflict: Conflict) -> dict[str, str]:
    return {**conflict.item._asdict(), "field": conflict.field}


def _consensus(c: Consensus) -> dict[str, Any]:
    return {
        "agreement": fraction(c.agreement),
        "suggested": c.suggested,
        "rated": c.rated,
        "not_applicable": c.not_applicable,
    }
