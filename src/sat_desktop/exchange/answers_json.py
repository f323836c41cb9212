"""Answers as JSON: `{"<indicator id>": {"met": [ids]} | {"level": k} | {"not_applicable": "why"}}`.

A note may stand beside any of them. What is written can be read back.
"""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from sat_desktop.domain.answers import Answer, State
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.errors import Problem, SatError
from sat_desktop.exchange.answers_csv import MAX_BYTES, UnreadableRowsError, storable
from sat_desktop.services.ports import GivenAnswer

KEYS = frozenset({"met", "level", "not_applicable", "note"})


def read_answers_json(data: bytes, name: str) -> tuple[GivenAnswer, ...]:
    """Return the entries of a JSON file called `name`; SatError names every bad one at once."""
    if len(data) > MAX_BYTES:
        raise SatError("file-too-large", size=len(data), limit=MAX_BYTES)
    try:
        content = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_Object)
    except UnicodeDecodeError as error:
        raise SatError("encoding-not-utf8") from error
    except (ValueError, RecursionError) as error:
        raise SatError("json-broken", line=getattr(error, "lineno", 1)) from error
    if not isinstance(content, _Object):
        raise SatError("json-not-answers")
    found = {key: _entry(name, key, entry) for key, entry in content.items()}
    problems = [Problem("indicator-key-twice", name, {"id": key}) for key in content.twice]
    problems += [p for p in found.values() if isinstance(p, Problem)]
    given = tuple(g for g in found.values() if isinstance(g, GivenAnswer))
    if problems:
        raise UnreadableRowsError(problems, given)
    return given


def write_answers_json(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> bytes:
    """Return the answers given, in the order of the questionnaire."""
    content = {
        key: _described(indicator.criteria, answers[key])
        for key, indicator in questionnaire.indicators.items()
        if key in answers and (answers[key].state is not State.UNANSWERED or answers[key].note)
    }
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "replace")


def _described(criteria: tuple[str, ...], answer: Answer) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    if answer.state is State.RATED:
        entry["met"] = [c for c in criteria if c in answer.met]
    elif answer.state is State.NOT_APPLICABLE:
        entry["not_applicable"] = answer.reason
    if answer.note:
        entry["note"] = answer.note
    return entry


class _Object(dict[str, Any]):
    """A JSON object that remembers which keys stood in it more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counted = Counter(key for key, _ in pairs)
        self.twice = [key for key, count in counted.items() if count > 1]


def _entry(name: str, key: str, entry: object) -> GivenAnswer | Problem:
    if not isinstance(entry, _Object) or not entry or entry.twice or set(entry) - KEYS:
        return Problem("entry-malformed", name, {"id": key})
    level, met = entry.get("level"), entry.get("met")
    reason, note = entry.get("not_applicable"), entry.get("note")
    well_formed = (
        ("level" not in entry or type(level) is int)
        and ("met" not in entry or (isinstance(met, list) and all(isinstance(c, str) for c in met)))
        and ("not_applicable" not in entry or isinstance(reason, str))
        and ("note" not in entry or isinstance(note, str))
    )
    if not well_formed:
        return Problem("entry-malformed", name, {"id": key})
    if not all(storable(text) for text in (reason, note) if text is not None):
        return Problem("value-unstorable", f"{name}: {key}")
    return GivenAnswer(
        f"{name}: {key}", key, level, frozenset(met) if met is not None else None, reason, note
    )
