"""What the things of the domain are called, in window, pictures and documents alike: msgids by value.

The keys are the values of the domain's enumerations and ids, whose members are equal to them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sat_desktop.runtime.i18n import Language


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
"""Chapters of the plan, in the order of the document."""

UNIT_KINDS: Final[Mapping[str, str]] = {
    "gmina": _("gmina"),
    "powiat": _("powiat"),
    "city": _("city with county rights"),
}

STATES: Final[Mapping[str, str]] = {
    "rated": _("rated"),
    "not_applicable": _("not applicable"),
    "unanswered": _("no answer"),
}
"""Whether an indicator has been dealt with."""

STATUSES: Final[Mapping[str, str]] = {
    "planned": _("planned"),
    "running": _("under way"),
    "done": _("done"),
    "cancelled": _("cancelled"),
}
"""Where an undertaking stands."""

MONEY_SOURCES: Final[Mapping[str, str]] = {
    "own": _("own budget"),
    "state": _("state budget"),
    "eu": _("European Union funds"),
    "eea": _("EEA and Norway Grants"),
    "other": _("other sources"),
}
"""Sources of money every plan has; programmes of its own carry their names with them."""

DATA_SOURCES: Final[Mapping[str, str]] = {
    "own": _("own data"),
    "smup": _("SMUP (monitoring of public services)"),
    "mrl": _("MRL (local development monitor)"),
    "bdl": _("BDL (Statistics Poland)"),
}
"""Where the values of a measure come from."""


def attained_words(
    attained: int | None, attainable: int | None, name: Callable[[int], str], language: Language
) -> str:
    """Return what the level of a part or of the whole is called, "-" where there is none (rule 6).

    While answers that are missing can still change it, no level is named, only what is possible.
    """
    if attained is None or attainable is None:
        return "-"
    if attained == attainable:
        return name(attained)
    return language.t("not known yet: {low} to {high}", low=attained, high=attainable)
