"""What is said of where a number comes from: its parts, what was left out, the exact fractions."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from sat_desktop.domain.questionnaire import TOTAL, Questionnaire
from sat_desktop.runtime.i18n import Language

INDEX: Final = "index"
RANGE: Final = "range"
WANTED: Final = "wanted"
ATTAINED: Final = "attained"
COVERAGE: Final = "coverage"
LEVEL: Final = "level"
PRIORITY: Final = "priority"

LONGEST_SUM: Final = 12
"""Summands that a formula writes out; the table holds them all."""


@dataclass(frozen=True, slots=True)
class ExplanationLine:
    """A line of a section's table; `key` is what can be opened from it, empty for nothing."""

    cells: tuple[str, ...]
    key: str = ""
    faint: bool = False


@dataclass(frozen=True, slots=True)
class ExplanationSection:
    """One number and how it came about.

    Attributes:
        value: as the page shows it.
        rule: how it is counted.
        lines: its parts, with the names of their columns in `heads`.
        formula: the sum with exact fractions, line by line.
        notes: what was left out and why.
    """

    kind: str
    title: str
    value: str
    rule: str
    heads: tuple[str, ...] = ()
    lines: tuple[ExplanationLine, ...] = ()
    formula: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """All numbers of one node or indicator.

    Attributes:
        above: id of the node that it is part of, empty for the whole.
        answers: id of the indicator whose answers stand behind it, empty where there is none.
    """

    id: str
    title: str
    above: str
    above_title: str
    answers: str
    sections: tuple[ExplanationSection, ...]


def first_indicator(questionnaire: Questionnaire, key: str) -> str:
    """Return an indicator itself, the first one of a group or of the whole, "" if it has none."""
    if key in questionnaire.indicators:
        return key
    for indicator, path in questionnaire.path.items():
        if key == TOTAL or key in path:
            return indicator
    return ""


def title_of(questionnaire: Questionnaire, key: str, language: Language) -> str:
    """Return code and name of an indicator or a group, and what the whole is called."""
    if key == TOTAL:
        return language.t("The whole")
    found = questionnaire.indicators.get(key) or questionnaire.nodes[key]
    return " ".join(part for part in (found.code, found.name.get(language.code)) if part)


def exact(value: Fraction, language: Language) -> str:
    """Return "2/3 = 67 %"."""
    return f"{value} = {language.percent(value)}"
