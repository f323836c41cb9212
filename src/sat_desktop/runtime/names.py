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

CHANGES: Final[Mapping[str, str]] = {
    "setup": _("setting up"),
    "particulars": _("particulars of the assessment"),
    "member-add": _("new member"),
    "member": _("member"),
    "member-erase": _("erasing of a name"),
    "tick": _("criterion"),
    "level": _("level"),
    "not-applicable": _("not applicable"),
    "clear": _("cleared answer"),
    "note": _("note"),
    "evidence": _("evidence"),
    "confidence": _("confidence"),
    "discuss": _("flag"),
    "aim": _("wanted level"),
    "import": _("import of answers"),
    "draft": _("drafting of the plan"),
    "upgrade": _("another edition of the questionnaire"),
    "plan-head": _("plan settings"),
    "chapter": _("chapter text"),
    "plan-edit": _("change of the plan"),
    "plan-remove": _("removal from the plan"),
    "settle": _("settling of a conflict"),
    "merge": _("merging of a copy"),
}
"""What undo, redo and the history call a change, by its label."""

PARTS: Final[Mapping[str, str]] = {
    "member": _("the team"),
    "answer": _("indicator {title}"),
    "aim": _("indicator {title}"),
    "chapter": _("chapter “{title}”"),
    "assessment": _("the assessment"),
    "plan": _("the plan"),
    "goal": _("goal “{title}”"),
    "action": _("action “{title}”"),
    "undertaking": _("undertaking “{title}”"),
    "risk": _("risk “{title}”"),
}
"""What an item of a kind is called in the middle of a sentence."""

FIELDS: Final[Mapping[str, str]] = {
    "rating": _("level"),
    "note": _("note"),
    "evidence": _("evidence"),
    "confidence": _("confidence"),
    "to_discuss": _("mark “to discuss”"),
    "wanted": _("wanted level"),
    "importance": _("importance"),
    "effort": _("effort"),
    "name": _("name"),
    "kind": _("kind of unit"),
    "teryt": _("TERYT code"),
    "population": _("number of inhabitants"),
    "period": _("period"),
    "language": _("language"),
    "edition": _("edition of the questionnaire"),
    "department": _("department"),
    "role": _("role"),
    "dimensions": _("assignment"),
    "erased": _("erasing of the name"),
    "years": _("years"),
    "title": _("title"),
    "version": _("version"),
    "case_number": _("case number"),
    "date": _("date"),
    "author": _("author"),
    "approver": _("approved by"),
    "sources": _("source of money"),
    "blocks": _("text"),
    "description": _("description"),
    "reason": _("reason"),
    "group": _("group"),
    "position": _("place"),
    "place": _("place"),
    "responsible": _("responsible"),
    "partners": _("partners"),
    "span": _("time"),
    "status": _("status"),
    "closes": _("criteria closed"),
    "costs": _("cost"),
    "measures": _("measure"),
    "text": _("text"),
    "likelihood": _("likelihood"),
    "impact": _("impact"),
    "response": _("response"),
    "undertaking": _("undertaking"),
    "presence": _("existence"),
}
"""What the fields of items are called, whatever the kind."""


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
