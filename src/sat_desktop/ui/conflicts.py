"""What two people said differently: a list, both sides with who and when, and keys to settle it."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from sat_desktop.domain.history import PRESENCE, Conflict, Item, Revision
from sat_desktop.domain.kinds import AIM, ANSWER, ASSESSMENT, CHAPTER, KINDS, MEMBER
from sat_desktop.runtime.i18n import Language
from sat_desktop.services import conflicts
from sat_desktop.services.change_words import conflict_words, member_words, side_words
from sat_desktop.ui.models.listing import Line
from sat_desktop.ui.questionnaires.listing import Listing
from sat_desktop.ui.questionnaires.panel import Panel, button
from sat_desktop.ui.session import AssessmentSession
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.containers import Card, ScrollColumn, splitter
from sat_desktop.ui.widgets.text import Badge, label

_KEYS: Final = 9
"""Sides that have a key of their own."""


class SideCard(Card):
    """One side of a conflict: who said what and when, and a button that takes it.

    Signals:
        taken(): the user takes this side.
    """

    taken = Signal()

    def __init__(
        self, theme: Theme, language: Language, words: str, who: str, number: int, *, shown: bool
    ) -> None:
        super().__init__(theme)
        t = language.t
        head = QHBoxLayout()
        head.setSpacing(theme.s)
        head.addWidget(label(who, "muted", wrap=True), 1)
        if shown:
            head.addWidget(Badge(theme, t("counts now"), "accent"))
        said = label(words, "strong", wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        key = f" ({number})" if number <= _KEYS else ""
        self.button = button(t("Take this one") + key, self.taken.emit, "")
        self.button.setAccessibleName(t("Take this one: {words}", words=words))
        foot = QHBoxLayout()
        foot.addWidget(self.button)
        foot.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(said)
        self.body.addLayout(foot)


class ConflictsPanel(Panel):
    """The dialog of the open assessment's conflicts.

    Signals:
        place_asked(Item): the user wants to see where it is.

    Attributes:
        table: one row a conflict.
        cards: the sides of the one the table stands on.
        third: what is written instead of both, where the field is a text.
    """

    place_asked = Signal(object)

    def __init__(
        self, theme: Theme, language: Language, parent: QWidget, session: AssessmentSession
    ) -> None:
        t = language.t
        super().__init__(
            theme,
            language,
            parent,
            t("Conflicts"),
            t(
                "Two people wrote different things at the same time. Nothing is lost: take one side "
                "or write a third. Until then the results use the side that counts now."
            ),
        )
        self._session = session
        self._conflicts: dict[str, Conflict] = {}
        self._third_of = ""
        self.cards: list[SideCard] = []
        self.table = Listing(theme, t("Conflicts"), (t("What"), t("Sides")))
        self.table.setMinimumHeight(theme.text_px(120))
        self.table.moved.connect(self._show_sides)
        self._sides = ScrollColumn(theme)
        self._sides.body.setContentsMargins(theme.s, 0, theme.s, 0)
        self._sides.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.third = QPlainTextEdit()
        self.third.setTabChangesFocus(True)
        self.third.setAccessibleName(t("A third wording"))
        self.third.setPlaceholderText(t("Or write a third wording here…"))
        self.third.setMaximumHeight(theme.text_px(90))
        self.third.textChanged.connect(self._allow_third)
        self._write = button(t("Use the third wording"), self._settle_with_third, "")
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.s)
        column.addWidget(self._sides, 1)
        column.addWidget(self.third)
        row = QHBoxLayout()
        row.addWidget(self._write)
        row.addStretch(1)
        column.addLayout(row)
        both = splitter(self.table, right, (1, 1))
        both.setSizes([500, 500])
        self.body.addWidget(both, 1)
        self._none = label(t("There is no conflict: nobody wrote differently."), "muted", wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self._none, 1)
        self._both = both
        self._there = self.add_button(t("Go there"), "", self._go_there)
        self.add_button(t("Close"), "", self.accept)
        # Shortcuts, since the table would take a digit for a search in it; a field that is written
        # in keeps its digits.
        for number in range(1, _KEYS + 1):
            QShortcut(QKeySequence(str(number)), self).activated.connect(
                partial(self._take_side, number)
            )
        session.changed.connect(self._follow)
        session.failed.connect(self._refuse)
        self._follow()

    @property
    def conflict(self) -> Conflict | None:
        """The conflict that the table stands on."""
        return self._conflicts.get(self.table.key)

    def _take_side(self, number: int) -> None:
        """Take a side by its digit."""
        if number <= len(self.cards):
            self.cards[number - 1].taken.emit()

    def _follow(self, _change: object = None) -> None:
        """Show the conflicts there are now, staying where the user was if it is still there."""
        dossier, here = self._session.dossier, self.table.key
        self._conflicts = {"/".join((*c.item, c.field)): c for c in dossier.conflicts}
        self.table.show_lines(
            [
                Line((conflict_words(dossier, c, self.language), str(len(c.sides))), key)
                for key, c in self._conflicts.items()
            ],
            here,
        )
        self._both.setVisible(bool(self._conflicts))
        self._none.setVisible(not self._conflicts)
        if self._third_of not in self._conflicts:
            self._third_of = ""
        self._there.setEnabled(bool(self._conflicts))

    def _show_sides(self, _key: str) -> None:
        for card in self.cards:
            self._sides.body.removeWidget(card)
            card.deleteLater()
        self.cards = []
        conflict = self.conflict
        if self.table.key not in {"", self._third_of}:
            # What is being written stays while others go on writing.
            self._third_of = self.table.key
            self.third.clear()
        is_text = conflict is not None and _is_text(conflict)
        self.third.setVisible(is_text)
        self._write.setVisible(is_text)
        if conflict is None:
            return
        dossier = self._session.dossier
        deleted = conflict.field == PRESENCE
        for number, side in enumerate(conflict.sides, 1):
            # Of a deletion the deletion counts, of all else what was said last.
            shown = side.value is None if deleted else number == len(conflict.sides)
            words = side_words(dossier, side, self.language)
            card = SideCard(self.theme, self.language, words, self._who(side), number, shown=shown)
            card.taken.connect(partial(self._take, conflict, side))
            self.cards.append(card)
            self._sides.body.addWidget(card)

    def _who(self, side: Revision) -> str:
        when = side.at.astimezone()
        return self.language.t(
            "{who}, {day} {time}",
            who=member_words(self._session.dossier, side.member, self.language),
            day=self.language.date(when.date()),
            time=f"{when:%H:%M}",
        )

    def _take(self, conflict: Conflict, side: Revision) -> None:
        member = self._session.respondent.member
        self._session.run(conflicts.take_side, conflict, side, member)

    def _settle_with_third(self) -> None:
        conflict, words = self.conflict, self.third.toPlainText().strip()
        if conflict is not None and words:
            self._session.run(conflicts.settle, conflict, words, self._session.respondent.member)

    def _allow_third(self) -> None:
        self._write.setEnabled(bool(self.third.toPlainText().strip()))

    def _refuse(self, _error: object) -> None:
        self._follow()

    def _go_there(self) -> None:
        conflict = self.conflict
        if conflict is not None:
            self.accept()
            self.place_asked.emit(conflict.item)


def _is_text(conflict: Conflict) -> bool:
    """Tell whether a field is a plain text, so that a third one can be written."""
    part = KINDS[conflict.item.kind].part(conflict.field)
    return conflicts.takes_third(conflict) and part is not None and part.types == (str,)


_PAGES: Final = {
    ANSWER.name: "questionnaire",
    AIM.name: "results",
    CHAPTER.name: "documents",
    ASSESSMENT.name: "",
    MEMBER.name: "",
}
"""Where items are seen that are no parts of the plan's tree; "" for what is seen on every page."""


def place_of(item: Item) -> tuple[str, str]:
    """Return the page on which an item is seen, and what to jump to on it; "" for no page."""
    return _PAGES.get(item.kind, "plan"), item.key
