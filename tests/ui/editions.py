"""A newer edition made of any other: something moved, reworded, asked besides, new, and gone."""

from dataclasses import dataclass, replace

from sat_desktop.domain.questionnaire import Criterion, Group, Indicator, Questionnaire, Text

VERSION = "9.0.0"


@dataclass(frozen=True, slots=True)
class Newer:
    """The edition, and the ids of what differs in it.

    Attributes:
        moved: stands in the last dimension, no longer in the first.
        reworded: has another name, and its first criterion another text.
        altered: has a second criterion at level 1.
        removed: is not asked any more.
        added: is asked for the first time.
    """

    edition: Questionnaire
    moved: str
    reworded: str
    altered: str
    removed: str
    added: str


def text(words: str) -> Text:
    return Text(pl=f"{words} (pl)", en=words)


def reword(indicator: Indicator) -> Indicator:
    first, *others = indicator.levels
    put_anew = replace(first.criteria[0], text=text("The strategy is in force and published"))
    return replace(
        indicator,
        name=text("Another name"),
        levels=(replace(first, criteria=(put_anew, *first.criteria[1:])), *others),
    )


def ask_more(indicator: Indicator) -> Indicator:
    first, *others = indicator.levels
    asked = Criterion(f"{indicator.id}.more", text("A person is named who answers for it"))
    return replace(indicator, levels=(replace(first, criteria=(*first.criteria, asked)), *others))


def invent(model: Indicator) -> Indicator:
    levels = tuple(
        replace(held, criteria=(Criterion(f"invented.{held.level}", text("It is so")),))
        for held in model.levels
    )
    return replace(
        model, id="invented", code="9.9", name=text("Invented"), levels=levels, applies_to=()
    )


def make_newer(edition: Questionnaire) -> Newer:
    """Make it; the first two dimensions need two indicators each."""
    first, last = edition.dimensions[0], edition.dimensions[-1]
    second = edition.dimensions[1]
    moved, removed = first.indicators[0], second.indicators[0]
    reworded, altered = first.indicators[1], second.indicators[1]
    added = invent(altered)
    new = {
        first.id: (reword(reworded), *first.indicators[2:]),
        second.id: (ask_more(altered), *second.indicators[2:]),
        last.id: (*last.indicators, moved, added),
    }

    def rebuilt(group: Group) -> Group:
        return replace(
            group,
            groups=tuple(map(rebuilt, group.groups)),
            indicators=new.get(group.id, group.indicators),
        )

    made = replace(
        edition,
        version=VERSION,
        groups=tuple(map(rebuilt, edition.groups)),
        rules=tuple(
            r for r in edition.rules if all(c.indicator != removed.id for c in r.conditions)
        ),
    )
    return Newer(made, moved.id, reworded.id, altered.id, removed.id, added.id)
