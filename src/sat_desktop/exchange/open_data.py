"""Open data: an assessment with its plan as JSON, its indicators' numbers as CSV.

Personal data stay out: members are counted, not named.
"""

import csv
import io
from typing import Any

from sat_desktop.domain.answers import UNANSWERED, Answer, Evidence
from sat_desktop.domain.document import IndicatorRow, PlanDocument
from sat_desktop.domain.plan import Measure, Undertaking
from sat_desktop.exchange.answers_csv import guard_formula
from sat_desktop.formats.results_json import describe_results, dump, fraction
from sat_desktop.formats.revisions import plain_form
from sat_desktop.runtime.i18n import Language


def write_open_json(document: PlanDocument) -> bytes:
    """Return assessment, results, answers and plan as JSON (docs/formats.md, open data)."""
    a = document.assessment
    content: dict[str, Any] = {
        "format": 1,
        "assessment": {
            "id": a.id,
            "unit": {
                "name": a.unit.name,
                "kind": a.unit.kind.value,
                "teryt": a.unit.teryt,
                "population": a.unit.population,
            },
            "period": a.period,
            "language": a.language,
            "members": len(document.members),
        },
        "results": describe_results(
            document.questionnaire, document.scores, document.gaps, document.consensus
        ),
        "answers": {
            r.indicator.id: _answer(r) for r in document.indicators if r.answer != UNANSWERED
        },
        "plan": _plan(document),
    }
    if document.others:
        content["items"] = plain_form(document.others)
    return dump(content).encode("utf-8", "replace")


def write_open_csv(document: PlanDocument, language: Language) -> bytes:
    """Return one row an indicator: where it stands, what is wanted, how urgent it is."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        ("indicator", "code", "name", "group", "state", "level", "wanted", "gap", "priority")
    )
    for row in document.indicators:
        priority = fraction(row.gap.priority)
        writer.writerow(
            (
                row.indicator.id,
                row.indicator.code,
                guard_formula(row.indicator.name.get(language.code)),
                row.group.id,
                row.rating.state.value,
                _blank(row.rating.level),
                _blank(row.gap.wanted),
                _blank(row.gap.gap),
                "" if priority is None else priority["decimal"],
            )
        )
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _blank(value: int | None) -> str:
    return "" if value is None else str(value)


def _answer(row: IndicatorRow) -> dict[str, Any]:
    answer: Answer = row.answer
    return {
        "state": answer.state.value,
        "met": list(row.rating.met),
        "reason": answer.reason,
        "note": answer.note,
        "evidence": [_evidence(e) for e in answer.evidence],
        "confidence": answer.confidence,
        "to_discuss": answer.to_discuss,
    }


def _evidence(evidence: Evidence) -> dict[str, str]:
    return {
        "title": evidence.title,
        "kind": evidence.kind.value,
        "reference": evidence.reference,
        "valid_until": evidence.valid_until,
    }


def _plan(document: PlanDocument) -> dict[str, Any]:
    plan = document.plan
    return {
        "first_year": plan.head.first_year,
        "last_year": plan.head.last_year,
        "goals": [
            {
                "number": row.number,
                "id": row.goal.id,
                "title": row.goal.title,
                "group": row.goal.group,
                "measures": [_measure(m) for m in row.goal.measures],
                "actions": [{"number": n, "id": a.id, "title": a.title} for n, a in row.actions],
            }
            for row in document.goals
        ],
        "undertakings": [
            {"number": row.number, "action": row.action.id} | _undertaking(row.undertaking)
            for row in document.undertakings
        ],
        "risks": [
            {
                "text": r.text,
                "likelihood": r.likelihood,
                "impact": r.impact,
                "response": r.response,
                "undertaking": r.undertaking,
            }
            for r in document.risks
        ],
        "total_grosze": document.money.total,
    }


def _undertaking(u: Undertaking) -> dict[str, Any]:
    return {
        "id": u.id,
        "title": u.title,
        "description": u.description,
        "reason": u.reason,
        "responsible": u.responsible,
        "partners": u.partners,
        "start": u.start,
        "end": u.end,
        "status": u.status.value,
        "closes": sorted(u.closes),
        "costs": [{"year": c.year, "source": c.source, "grosze": c.grosze} for c in u.costs],
        "measures": [_measure(m) for m in u.measures],
    }


def _measure(m: Measure) -> dict[str, Any]:
    return {
        "name": m.name,
        "unit": m.unit,
        "baseline": None if m.baseline is None else str(m.baseline),
        "baseline_year": m.baseline_year,
        "planned": {str(year): str(value) for year, value in m.planned},
        "source": m.source.value,
    }
