"""Changes and conflicts in words: what was changed, from what to what, by whom.

The window, the command line and the documents say the same of the same change.
"""

from sat_desktop.domain.answers import State
from sat_desktop.domain.history import PRESENCE, Change, Conflict, Item, Register, Revision
from sat_desktop.domain.kinds import ACTION, AIM, ANSWER, CHAPTER, MEMBER, RISK, Placed
from sat_desktop.domain.plan import BulletList, Paragraph, TextTable
from sat_desktop.domain.scores import level_of
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import CHANGES, CHAPTER_TITLES, FIELDS, PARTS, STATUSES
from sat_desktop.services.dossier import Dossier

_LONGEST = 60
"""Characters of a text that are repeated in the middle of a sentence."""


def change_words(dossier: Dossier, change: Change, language: Language) -> str:
    """Return what a change did: "level 2.3 from 1 to 2", or the name of a larger one."""
    items = change.items
    registers = tuple(dict.fromkeys(r.register for r in change.revisions))
    if len(registers) == 1:
        (register,) = registers
        now = dossier.heads.shown(register.item).get(register.field)
        return _moved(dossier, register, change.former.get(register), now, language)
    if len(items) == 1:
        return item_words(dossier, items[0], language)
    label = language.t(CHANGES.get(change.change_set.label, change.change_set.label))
    return language.n("{label} ({count} item)", "{label} ({count} items)", len(items), label=label)


def _moved(
    dossier: Dossier,
    register: Register,
    before: object | None,
    now: object | None,
    language: Language,
) -> str:
    what = register_words(dossier, register, language)
    old, new = (value_words(dossier, register, v, language) for v in (before, now))
    if old == new or max(len(old), len(new)) > _LONGEST:
        return what
    return language.t("{what} from {before} to {now}", what=what, before=old, now=new)


def register_words(dossier: Dossier, register: Register, language: Language) -> str:
    """Return what a register is called: "level 2.3", "title: undertaking “Register”"."""
    where = item_words(dossier, register.item, language)
    if register.field == PRESENCE:
        return where
    attribute = register.field.partition("/")[0]
    field = language.t(FIELDS.get(attribute, attribute))
    if register.kind in {ANSWER.name, AIM.name}:
        return f"{field} {where}"
    return language.t("{field}: {where}", field=field, where=where)


def item_words(dossier: Dossier, item: Item, language: Language) -> str:
    """Return what an item is called: an indicator's code, the title of a part of the plan."""
    t = language.t
    if item.kind in {ANSWER.name, AIM.name}:
        indicator = dossier.edition.indicators.get(item.key)
        code = indicator.code if indicator is not None else item.key
        person = next(
            (r.member for r in dossier.responses if r.id == item.scope and r.member), None
        )
        return f"{code} ({member_words(dossier, person, language)})" if person else code
    if item.kind == MEMBER.name:
        return member_words(dossier, item.key, language)
    if item.kind == CHAPTER.name:
        return t("chapter “{title}”", title=t(CHAPTER_TITLES.get(item.key, item.key)))
    words = PARTS.get(item.kind, item.kind)
    if "{title}" not in words:
        return t(words)
    # Of what one side deleted, as the other side calls it.
    heads = dossier.heads.fields(item).get("text" if item.kind == RISK.name else "title", ())
    said = [str(r.value) for r in heads if r.value is not None]
    return t(words, title=_cut(said[-1]) if said else "…")


def member_words(dossier: Dossier, member: str, language: Language) -> str:
    """Return a member's name, or that it is not known any more."""
    found = next((m.name for m in dossier.members if m.id == member and m.name), "")
    return found or language.t("a person without a name")


def _person_words(dossier: Dossier, person: str, language: Language) -> str:
    """Return the name behind the id that a member's register says."""
    found = dossier.persons.get(person)
    return found.name if found is not None else language.t("a person without a name")


def value_words(  # noqa: PLR0911 - one answer for each shape of a value
    dossier: Dossier, register: Register, value: object, language: Language
) -> str:
    """Return what a register says, in the words of the screen; "–" for nothing."""
    t = language.t
    match register.field.partition("/")[0], value:
        case "rating", _:
            return _rating_words(dossier, register.key, value, language)
        case _, None:
            return "–"
        case "presence" | "to_discuss" | "erased", _:
            return t("yes")
        case "status", str(status):
            return t(STATUSES[status])
        case "name", str(person) if register.kind == MEMBER.name:
            return _person_words(dossier, person, language)
        case _, Placed(_, entry):
            return _cut(_entry_words(entry, language)) or "–"
        case "blocks", tuple(blocks):
            return _cut(" ".join(_block_words(block) for block in blocks)) or "–"
        case "place", (str(parent), int(position)):
            kind = "goal" if register.kind == ACTION.name else "action"
            where = item_words(dossier, Item(kind, "", parent), language)
            return f"{where}, {position + 1}"
        case "closes", frozenset() as closed:
            return language.n("{count} criterion", "{count} criteria", len(closed))
        case _, tuple(parts):
            return " – ".join(str(part) for part in parts if part != "") or "–"
        case _:
            return _cut(str(value)) or "–"


def _rating_words(dossier: Dossier, key: str, value: object, language: Language) -> str:
    """Return the level of a rating, or why there is none."""
    match value:
        case (State() as state, frozenset() as met, str(reason)):
            if state is State.NOT_APPLICABLE:
                return language.t("does not apply: {reason}", reason=_cut(reason))
            indicator = dossier.questionnaire.indicators.get(key)
            return str(level_of(indicator, met)) if indicator else language.t("rated")
    return language.t("no answer")


def _entry_words(entry: object, language: Language) -> str:
    """Return an entry of a list by what it is called, or by its amount."""
    for name in ("title", "name"):
        if isinstance(found := getattr(entry, name, None), str):
            return found
    grosze = getattr(entry, "grosze", None)
    if isinstance(grosze, int):
        return f"{getattr(entry, 'year', '')}: {language.money(grosze)}"
    return str(entry)


def _block_words(block: object) -> str:
    match block:
        case Paragraph(text):
            return text
        case BulletList(items):
            return "; ".join(items)
        case TextTable(header, _):
            return ", ".join(header)
    return ""


def conflict_words(dossier: Dossier, conflict: Conflict, language: Language) -> str:
    """Return what a conflict is about."""
    return register_words(dossier, Register(*conflict.item, conflict.field), language)


def side_words(dossier: Dossier, side: Revision, language: Language) -> str:
    """Return what one side of a conflict says."""
    if side.register.field == PRESENCE and side.value is None:
        return language.t("deleted")
    words = value_words(dossier, side.register, side.value, language)
    if side.register.field == "rating" and words.isdecimal():
        name = dossier.questionnaire.level_name(int(words)).get(language.code)
        return language.t("level {level}: {name}", level=words, name=name)
    return words


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
