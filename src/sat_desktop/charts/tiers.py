"""What a questionnaire calls its own parts, as titles and heads of columns need it.

SAT has areas and dimensions; another model has topics, or fields, processes and practices. Its words
are given in the nominative only, so sentences must be built around them that need no other case.
"""

from sat_desktop.domain.questionnaire import Questionnaire, Tier
from sat_desktop.runtime.i18n import Language


def begun(words: str) -> str:
    """Return words as they stand at the beginning of a line."""
    return words[:1].upper() + words[1:]


def highest_name(questionnaire: Questionnaire, language: Language) -> str:
    """Return what one of the first groups is called, to head a column: "Area"."""
    return begun(questionnaire.tiers[0].name.get(language.code))


def lowest_name(questionnaire: Questionnaire, language: Language) -> str:
    """Return what a group that holds indicators is called, to head a column: "Dimension"."""
    return begun(questionnaire.tiers[-1].name.get(language.code))


def tier_names(questionnaire: Questionnaire, language: Language) -> str:
    """Return what one part of each tier is called, top first: "area, dimension"."""
    return ", ".join(tier.name.get(language.code) for tier in questionnaire.tiers)


def tier_plurals(questionnaire: Questionnaire, language: Language) -> str:
    """Return what the parts of all tiers are called, top first: "areas, dimensions"."""
    return ", ".join(_plural(tier, language) for tier in questionnaire.tiers)


def lowest_plural(questionnaire: Questionnaire, language: Language) -> str:
    """Return what the groups that hold the indicators are called: "dimensions"."""
    return _plural(questionnaire.tiers[-1], language)


def _plural(tier: Tier, language: Language) -> str:
    """Return the plural; one that is not given reads better as the singular than as nothing."""
    return (tier.plural or tier.name).get(language.code)
