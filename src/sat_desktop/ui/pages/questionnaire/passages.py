"""Passages of an indicator that a search found, in words: imported at the first search."""

from typing import Final

from sat_desktop.runtime.i18n import Language
from sat_desktop.services.searching import Excerpt, Field

EXPLAINED: Final = frozenset(
    {Field.WHY, Field.LEGAL_BASIS, Field.EVIDENCE, Field.GOOD_PRACTICE, Field.STEP}
)
"""What stands in the explanations, not beside the answer."""


def place_words(excerpt: Excerpt, language: Language) -> str:
    """Say where in an indicator a passage stands."""
    t, level = language.t, excerpt.level
    words = {
        Field.NAME: t("Name"),
        Field.QUESTION: t("Question"),
        Field.CRITERION: t("Criterion of level {level}", level=level),
        Field.WHY: t("Why it is asked"),
        Field.LEGAL_BASIS: t("Legal basis"),
        Field.EVIDENCE: t("What can prove it"),
        Field.GOOD_PRACTICE: t("Good practice"),
        Field.STEP: t("Step to level {level}", level=level),
        Field.GROUP: t("Part of the questionnaire"),
    }
    return words[excerpt.field]
