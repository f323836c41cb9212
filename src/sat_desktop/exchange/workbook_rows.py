"""What stands in the sheets of a questionnaire's workbook: rows of values by the keys of columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

from sat_desktop.domain.questionnaire import Group, Indicator, Questionnaire
from sat_desktop.exchange.workbook_columns import WorkbookSheet, name_in
from sat_desktop.exchange.workbook_layout import (
    CRITERIA,
    EVIDENCE,
    FACTS,
    FIXED,
    HEAD,
    INDICATORS,
    LEGAL_BASIS,
    RULES,
    SCALE,
    STEPS,
    TIERS,
    group_sheet,
    tier_sheet_names,
)
from sat_desktop.formats.edition_reader import FORMAT

Values = Mapping[str, Any]
"""One row: texts, whole and exact numbers, truth values, kinds of unit; None in an empty cell."""

_SAYS_NOTHING: Final = frozenset({"code", "article", "source", "good_practice.source"})
"""Columns in which an empty text is an empty cell; in texts by language it is a text."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet under its name in one workbook, with its rows."""

    sheet: WorkbookSheet
    title: str
    rows: Sequence[Values]


def filled_sheets(questionnaire: Questionnaire, language: str) -> list[Filled]:
    """Return all sheets of a questionnaire in the order in which they are read best."""
    indicators = list(questionnaire.indicators.values())
    names = tier_sheet_names(questionnaire.tiers, language)
    rows: dict[str, list[Values]] = {
        HEAD.key: [_row(FACTS_SHEET, questionnaire, format=FORMAT)],
        SCALE.key: [
            _row(SCALE, level, attainment=share)
            for level, share in zip(questionnaire.scale, questionnaire.attainment, strict=True)
        ],
        TIERS.key: [
            _row(TIERS, tier, sheet=name)
            for tier, name in zip(questionnaire.tiers, names, strict=True)
        ],
        INDICATORS.key: [
            _row(INDICATORS, i, group=questionnaire.group_of[i.id]) for i in indicators
        ],
        CRITERIA.key: [row for i in indicators for row in _criteria(i)],
        STEPS.key: [
            _row(STEPS, level.step, indicator=i.id, level=level.level)
            for i in indicators
            for level in i.levels
            if level.step is not None
        ],
        EVIDENCE.key: [
            {"indicator": i.id, "text.pl": text.pl, "text.en": text.en}
            for i in indicators
            for text in i.evidence
        ],
        LEGAL_BASIS.key: [
            _row(LEGAL_BASIS, basis, indicator=i.id) for i in indicators for basis in i.legal_basis
        ],
        RULES.key: list(_rules(questionnaire)),
    }
    tiers = []
    groups: list[tuple[str | None, Group]] = [(None, group) for group in questionnaire.groups]
    for depth, name in enumerate(names):
        sheet = group_sheet(depth)
        own = [_row(sheet, g, **({"parent": parent} if depth else {})) for parent, g in groups]
        tiers.append(Filled(sheet, name, own))
        groups = [(group.id, below) for _, group in groups for below in group.groups]
    fixed = [Filled(s, name_in(s.names, language), rows[s.key]) for s in FIXED]
    after = FIXED.index(TIERS) + 1
    return [*fixed[:after], *tiers, *fixed[after:]]


def empty_sheets(like: Questionnaire, language: str) -> list[Filled]:
    """Return the sheets of a questionnaire that is yet to be written on another one's scale."""
    kept = (SCALE.key, TIERS.key)
    return [
        filled if filled.sheet.key in kept else replace(filled, rows=_bare(filled.sheet))
        for filled in filled_sheets(like, language)
    ]


def _bare(sheet: WorkbookSheet) -> Sequence[Values]:
    return ({"format": FORMAT},) if sheet is HEAD else ()


def _criteria(indicator: Indicator) -> Iterator[Values]:
    for level in indicator.levels:
        for criterion in level.criteria:
            yield _row(CRITERIA, criterion, indicator=indicator.id, level=level.level)


def _rules(questionnaire: Questionnaire) -> Iterator[Values]:
    """Yield a row a condition; the first one of a rule has its text."""
    for rule in questionnaire.rules:
        text: Values = {"text.pl": rule.text.pl, "text.en": rule.text.en}
        for condition in rule.conditions:
            yield {
                "id": rule.id,
                "indicator": condition.indicator,
                "at_least": condition.at_least,
                "below": condition.below,
                **text,
            }
            text = {}


def _row(sheet: WorkbookSheet, record: object, /, **apart: object) -> Values:
    """Return a record's values, and beside them what says where it belongs."""
    keys = (column.key for column in sheet.columns if column.key not in apart)
    return {**{key: _value(record, key) for key in keys}, **apart}


def _value(record: object, key: str) -> Any:
    """Return what stands at a path below a record, None where it says nothing."""
    value = record
    for name in key.split("."):
        value = getattr(value, name, None)
    if value == () or (value == "" and key in _SAYS_NOTHING):
        return None
    if key == "weight" and value == Fraction(1):
        return None
    return value


FACTS_SHEET: Final = replace(HEAD, columns=FACTS)
"""The head as if its facts stood beside each other."""
