"""One indicator in two editions: what is the same once, what differs side by side, with its mark."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sat_desktop.domain.questionnaire import Indicator, Questionnaire
from sat_desktop.domain.succession import CriterionChange, IndicatorChange
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.containers import Card, Columns, ScrollColumn
from sat_desktop.ui.widgets.text import Badge, label

_BESIDE: Final = 200
"""Pixels at 100 % that each of two texts needs to stand beside the other."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in two editions.

    Attributes:
        before, after: the text, "" where that edition lacks it here.
        mark: what became of it, in the user's language; "" where nothing did.
        tone: of the mark.
    """

    before: str
    after: str
    mark: str = ""
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class Section:
    """Texts under a heading."""

    title: str
    wordings: tuple[Wording, ...]


def sections(
    change: IndicatorChange, old: Questionnaire, new: Questionnaire, language: Language
) -> tuple[Section, ...]:
    """Return everything that is to be compared about an indicator, level by level."""
    t, code = language.t, language.code
    place = Wording(
        _group(old, change.before, code),
        _group(new, change.after, code),
        t("Moved") if change.moved else "",
        "warning",
    )
    asked = [
        _text(before, after, language)
        for before, after in (
            (
                change.before.name.get(code) if change.before else "",
                change.after.name.get(code) if change.after else "",
            ),
            (
                change.before.question.get(code) if change.before else "",
                change.after.question.get(code) if change.after else "",
            ),
        )
    ]
    found = [Section(t("Place, name, question"), (place, *asked))]
    texts = (_criteria_texts(old, code), _criteria_texts(new, code))
    for level in range(1, max(old.n, new.n) + 1):
        rows = tuple(
            _criterion(c, change.id, level, old, new, texts, language)
            for c in change.criteria
            if (change.id, level) in (c.before, c.after)
        )
        if rows:
            scale = new if level <= new.n else old
            name = scale.level_name(level).get(code)
            found.append(Section(t("Level {level}: {name}", level=level, name=name), rows))
    return tuple(found)


def _group(questionnaire: Questionnaire, indicator: Indicator | None, code: str) -> str:
    if indicator is None:
        return ""
    groups = (questionnaire.nodes[g] for g in questionnaire.path[indicator.id])
    return " › ".join(f"{g.code} {g.name.get(code)}" for g in groups)


def _text(before: str, after: str, language: Language) -> Wording:
    differs = bool(before and after and before != after)
    return Wording(before, after, language.t("Reworded") if differs else "", "accent")


def _criteria_texts(questionnaire: Questionnaire, code: str) -> dict[str, str]:
    return {
        c.id: c.text.get(code)
        for indicator in questionnaire.indicators.values()
        for level in indicator.levels
        for c in level.criteria
    }


def _criterion(
    change: CriterionChange,
    indicator: str,
    level: int,
    old: Questionnaire,
    new: Questionnaire,
    texts: tuple[dict[str, str], dict[str, str]],
    language: Language,
) -> Wording:
    """Return a criterion as it is seen from one level of one indicator."""
    t = language.t
    before, after = texts[0].get(change.id, ""), texts[1].get(change.id, "")
    if change.before is None:
        return Wording("", after, t("New"), "positive")
    if change.after is None:
        return Wording(before, "", t("No longer asked"), "negative")
    if not change.moved:
        mark = t("Reworded") if change.reworded else ""
        return Wording(before, after, mark, "accent")
    here, there = change.after, change.before
    if here != (indicator, level):
        # Seen from where it stood; its present text stands where it stands now.
        where = (
            t("level {level}", level=here.level)
            if here.indicator == indicator
            else t("indicator {code}", code=new.indicators[here.indicator].code)
        )
        return Wording(before, "", t("Moved to: {place}", place=where), "warning")
    where = (
        t("level {level}", level=there.level)
        if there.indicator == indicator
        else t("indicator {code}", code=old.indicators[there.indicator].code)
    )
    old_text = before if change.reworded else ""
    return Wording(old_text, after, t("Moved from: {place}", place=where), "warning")


class WordingView(ScrollColumn):
    """The sections of one indicator on a page that scrolls."""

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__(theme)
        self.theme, self.language = theme, language
        self._frame.setContentsMargins(0, 0, theme.s, 0)
        self.body.setSpacing(theme.m)
        self._shown: QWidget | None = None
        self.sections: tuple[Section, ...] = ()

    def show_change(
        self, change: IndicatorChange | None, old: Questionnaire, new: Questionnaire
    ) -> None:
        """Show another indicator, or nothing."""
        if self._shown is not None:
            self.body.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
            self._shown = None
        self.sections = () if change is None else sections(change, old, new, self.language)
        if not self.sections:
            return
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.m)
        for section in self.sections:
            card = Card(self.theme)
            card.body.setSpacing(self.theme.s)
            card.body.addWidget(label(section.title, "strong", wrap=True))
            for wording in section.wordings:
                card.body.addWidget(self._row(wording, old.version, new.version))
            column.addWidget(card)
        column.addStretch(1)
        self.body.addWidget(page)
        self._shown = page
        self.verticalScrollBar().setValue(0)

    def _row(self, wording: Wording, before: str, after: str) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px(2))
        if wording.mark:
            line = QHBoxLayout()
            line.addWidget(Badge(self.theme, wording.mark, wording.tone))
            line.addStretch(1)
            column.addLayout(line)
        if wording.before and wording.after and wording.before != wording.after:
            both = Columns(self.theme, _BESIDE)
            both.add(self._cell(before, wording.before))
            both.add(self._cell(after, wording.after))
            column.addWidget(both)
        else:
            column.addWidget(label(wording.after or wording.before, wrap=True))
        return row

    def _cell(self, version: str, words: str) -> QWidget:
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(version, "caption"))
        column.addWidget(label(words, wrap=True))
        column.addStretch(1)
        return cell
