"""Answering: one indicator at a time, a whole branch, or many rows from a file; and aims."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from sat_desktop.domain.answers import (
    Answer,
    Evidence,
    choose_level,
    clear,
    mark_not_applicable,
    rate,
    tick,
)
from sat_desktop.domain.gaps import Aim
from sat_desktop.domain.history import Change, Item
from sat_desktop.domain.kinds import AIM, ANSWER
from sat_desktop.domain.questionnaire import Indicator
from sat_desktop.domain.scores import level_of
from sat_desktop.errors import Problem, SatError
from sat_desktop.services.changes import record
from sat_desktop.services.dossier import Dossier
from sat_desktop.services.ports import GivenAnswer, Workspace


@dataclass(frozen=True, slots=True)
class Respondent:
    """Who answers where: the response written to, and the member who writes (default if empty)."""

    response: str
    member: str = ""


def last_answered(dossier: Dossier, who: Respondent) -> str | None:
    """Return the indicator answered last by someone, in the questionnaire's order; None for none.

    An import or the demo writes everything at one moment: then the first of them is as good.
    """
    written = {
        key: max(r.at for heads in fields.values() for r in heads)
        for key in dossier.questionnaire.indicators
        if (fields := dossier.heads.fields(ANSWER.item(key, who.response)))
    }
    return max(written, key=written.__getitem__, default=None)


def tick_criterion(
    workspace: Workspace,
    dossier: Dossier,
    who: Respondent,
    indicator: str,
    criterion: str,
    *,
    met: bool,
) -> Change:
    """Mark one criterion met or not met."""
    known = _indicator(dossier, indicator)
    if criterion not in known.criteria:
        raise SatError("criterion-unknown", id=criterion)
    return _change(
        workspace, dossier, who, "tick", indicator, lambda a: tick(a, criterion, met=met)
    )


def set_level(
    workspace: Workspace, dossier: Dossier, who: Respondent, indicator: str, level: int
) -> Change:
    """Choose a level by hand, 0..n: criteria up to it are met, those above are not."""
    known = _indicator(dossier, indicator)
    return _change(
        workspace, dossier, who, "level", indicator, lambda a: choose_level(a, known, level)
    )


def set_not_applicable(
    workspace: Workspace, dossier: Dossier, who: Respondent, indicators: Iterable[str], reason: str
) -> Change:
    """Mark indicators (a whole branch, if need be) not applicable, as one change."""
    values: dict[Item, object | None] = {}
    for key in indicators:
        _indicator(dossier, key)
        values[_item(who, key)] = mark_not_applicable(
            dossier.answer(who.response, key), reason.strip()
        )
    return record(workspace, dossier, "not-applicable", values, who.member)


def clear_answer(workspace: Workspace, dossier: Dossier, who: Respondent, indicator: str) -> Change:
    """Make an indicator unanswered; its note, evidence, confidence and flag stay."""
    return _change(workspace, dossier, who, "clear", indicator, clear)


def set_note(
    workspace: Workspace, dossier: Dossier, who: Respondent, indicator: str, note: str
) -> Change:
    """Replace the note; the state does not change."""
    return _change(workspace, dossier, who, "note", indicator, lambda a: replace(a, note=note))


def set_evidence(
    workspace: Workspace,
    dossier: Dossier,
    who: Respondent,
    indicator: str,
    evidence: Iterable[Evidence],
) -> Change:
    """Replace the evidence list; the state does not change."""
    listed = tuple(evidence)
    return _change(
        workspace, dossier, who, "evidence", indicator, lambda a: replace(a, evidence=listed)
    )


def set_confidence(
    workspace: Workspace, dossier: Dossier, who: Respondent, indicator: str, confidence: int | None
) -> Change:
    """Say how sure the answer is, 1..3 or None; the state does not change."""
    return _change(
        workspace,
        dossier,
        who,
        "confidence",
        indicator,
        lambda a: replace(a, confidence=confidence),
    )


def set_to_discuss(
    workspace: Workspace, dossier: Dossier, who: Respondent, indicator: str, *, flag: bool
) -> Change:
    """Flag an indicator for the meeting, or take the flag away; the state does not change."""
    return _change(
        workspace, dossier, who, "discuss", indicator, lambda a: replace(a, to_discuss=flag)
    )


def set_aim(workspace: Workspace, dossier: Dossier, indicator: str, aim: Aim) -> Change:
    """Set wanted level, importance and effort of an indicator."""
    known = _indicator(dossier, indicator)
    if aim.wanted is not None and aim.wanted > len(known.levels):
        raise SatError("wanted-out-of-range", value=aim.wanted)
    return record(workspace, dossier, "aim", {AIM.item(indicator): aim})


def check_given(
    dossier: Dossier, given: Iterable[GivenAnswer], unreadable: Iterable[Problem] = ()
) -> None:
    """Refuse answers that do not fit the questionnaire.

    `unreadable` are defects that reading the file has found already.

    Raises:
        SatError: `answers-invalid` with every bad row at once.
    """
    problems = list(unreadable)
    seen: dict[str, str] = {}
    for row in given:
        found = _problem(dossier, row, seen)
        if found is not None:
            problems.append(found)
        seen.setdefault(row.indicator, row.where)
    if problems:
        raise SatError("answers-invalid", sorted(problems, key=_place))


def import_answers(
    workspace: Workspace, dossier: Dossier, who: Respondent, given: Iterable[GivenAnswer]
) -> Change:
    """Take over answers from a file as one change.

    Indicators the file does not speak of stay as they are.

    Raises:
        SatError: `answers-invalid` with every bad row at once; nothing is changed.
    """
    rows = tuple(given)
    check_given(dossier, rows)
    values: dict[Item, object | None] = {
        _item(who, row.indicator): _taken(dossier, dossier.answer(who.response, row.indicator), row)
        for row in rows
    }
    return record(workspace, dossier, "import", values, who.member)


def _place(problem: Problem) -> tuple[str, int]:
    """Return the order of a place such as `file.csv:12` in its file."""
    name, _, line = problem.where.rpartition(":")
    return (name, int(line)) if line.isdigit() else (problem.where, 0)


def _problem(dossier: Dossier, row: GivenAnswer, seen: Mapping[str, str]) -> Problem | None:
    """Return what is wrong with a row, None if nothing is."""
    indicator = dossier.questionnaire.indicators.get(row.indicator)
    if indicator is None:
        known = row.indicator in dossier.edition.indicators
        code = "indicator-not-asked" if known else "indicator-unknown"
        return Problem(code, row.where, {"id": row.indicator})
    if row.indicator in seen:
        facts = {"id": row.indicator, "first": seen[row.indicator]}
        return Problem("indicator-twice", row.where, facts)
    return _rating_problem(indicator, row)


def _rating_problem(indicator: Indicator, row: GivenAnswer) -> Problem | None:
    n = len(indicator.levels)
    if row.not_applicable is not None:
        if not row.not_applicable.strip():
            return Problem("reason-missing", row.where, {"id": row.indicator})
        if row.level is not None or row.met is not None:
            return Problem("rated-and-not-applicable", row.where, {"id": row.indicator})
        return None
    if row.level is not None and not 0 <= row.level <= n:
        facts = {"id": row.indicator, "level": row.level, "highest": n}
        return Problem("level-out-of-range", row.where, facts)
    strays = sorted((row.met or frozenset()) - set(indicator.criteria))
    if strays:
        facts = {"id": row.indicator, "criteria": " ".join(strays)}
        return Problem("criteria-unknown", row.where, facts)
    if row.met is not None and row.level not in {None, level_of(indicator, row.met)}:
        facts = {
            "id": row.indicator,
            "level": row.level or 0,
            "reached": level_of(indicator, row.met),
        }
        return Problem("level-criteria-disagree", row.where, facts)
    return None


def _taken(dossier: Dossier, old: Answer, row: GivenAnswer) -> Answer:
    answer = old
    if row.not_applicable is not None:
        answer = mark_not_applicable(answer, row.not_applicable.strip())
    elif row.met is not None:
        answer = rate(answer, row.met)
    elif row.level is not None:
        answer = choose_level(answer, dossier.questionnaire.indicators[row.indicator], row.level)
    return answer if row.note is None else replace(answer, note=row.note)


def _indicator(dossier: Dossier, key: str) -> Indicator:
    indicator = dossier.questionnaire.indicators.get(key)
    if indicator is None:
        raise SatError("indicator-unknown", id=key)
    return indicator


def _item(who: Respondent, indicator: str) -> Item:
    return ANSWER.item(indicator, who.response)


def _change(
    workspace: Workspace,
    dossier: Dossier,
    who: Respondent,
    label: str,
    indicator: str,
    decide: Callable[[Answer], Answer],
) -> Change:
    _indicator(dossier, indicator)
    value = decide(dossier.answer(who.response, indicator))
    return record(workspace, dossier, label, {_item(who, indicator): value}, who.member)
