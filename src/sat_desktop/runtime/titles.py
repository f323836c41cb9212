"""What the chapters of the plan are called, in the window and in the document alike."""

from collections.abc import Mapping
from typing import Final


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues."""
    return sentence


CHAPTER_TITLES: Final[Mapping[str, str]] = {
    "introduction": _("Introduction"),
    "administration": _("The administration"),
    "assessment": _("Self-assessment"),
    "conclusions": _("Conclusions"),
    "goals": _("Goals"),
    "undertakings": _("Actions and undertakings"),
    "schedule": _("Schedule"),
    "finance": _("Financial plan"),
    "measures": _("Measures"),
    "monitoring": _("Implementation and monitoring"),
    "risks": _("Risks"),
    "annexes": _("Annexes"),
}
"""Msgids by chapter id, in the order of the document."""
