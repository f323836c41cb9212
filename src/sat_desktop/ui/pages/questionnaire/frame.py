"""The frame of the questionnaire page: list, answer, explanations, beside each other or in turns."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from sat_desktop.domain.questionnaire import Indicator
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.pages.questionnaire.answer import AnswerView
from sat_desktop.ui.pages.questionnaire.side import SidePanel
from sat_desktop.ui.theme import Theme, set_role
from sat_desktop.ui.widgets.containers import splitter
from sat_desktop.ui.widgets.text import label

if TYPE_CHECKING:
    from sat_desktop.ui.pages.questionnaire.explanations import Explanations

_BESIDE: Final = 620
"""Pixels at 100 % below which the list of indicators and the answer take turns."""

_ALL_THREE: Final = 1360
"""Pixels at 100 % from which the list stays while the explanations are open."""


class QuestionnaireFrame(QWidget):
    """Holds the list, the answer and, once they were wanted, the explanations.

    Signals:
        explained(bool): the explanations were opened, or closed.

    Attributes:
        aid: the explanations; None until they are opened first.
        back, next_open, forward: buttons to move by.
        list_button: shows the list in place of the answer where there is no room for both.
    """

    explained = Signal(bool)

    def __init__(self, theme: Theme, side: SidePanel, view: AnswerView) -> None:
        super().__init__()
        self._theme, self._side = theme, side
        self.aid: Explanations | None = None
        self._explaining = self._narrow = False
        # Widths that the user gave to the list and to the explanations.
        self._own: dict[int, int] = {}
        self._before: QWidget | None = None
        self.back, self.next_open, self.forward = QPushButton(), QPushButton(), QPushButton()
        set_role(self.forward, "primary")
        self.forward.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._where = label("", "muted")
        self.list_button = QPushButton()
        set_role(self.list_button, "quiet")
        self.list_button.setCheckable(True)
        self.list_button.setVisible(False)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.back)
        self._foot.addStretch(1)
        self._foot.addWidget(self._where)
        self._foot.addStretch(1)
        self._foot.addWidget(self.next_open)
        self._foot.addWidget(self.forward)
        self._answer = QWidget()
        column = QVBoxLayout(self._answer)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(view, 1)
        column.addLayout(self._foot)
        self._split = splitter(side, self._answer, (0, 1))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.list_button, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self._split, 1)
        self.list_button.toggled.connect(self._list_wanted)
        self._split.splitterMoved.connect(self._line_moved)
        side.tree.clicked.connect(self._chosen)
        side.tree.activated.connect(self._chosen)
        self.apply_theme(theme)

    def show_place(self, place: int | None, total: int, language: Language) -> None:
        """Say which of how many is shown; None for one that the filter does not let through."""
        self.back.setEnabled(place is not None and place > 0)
        self.forward.setEnabled(total > 0 and (place is None or place < total - 1))
        self._where.setText(
            "" if place is None else language.t("{place} of {total}", place=place + 1, total=total)
        )

    @property
    def explaining(self) -> bool:
        """Whether the explanations are open."""
        return self._explaining

    def open_aid(self, language: Language) -> None:
        """Open the explanations and give them the keyboard."""
        if self._explaining:
            return
        if self.aid is None:
            from sat_desktop.ui.pages.questionnaire.explanations import Explanations

            self.aid = Explanations(self._theme, language)
            self.aid.closing.connect(self.close_aid)
            self._split.addWidget(self.aid)
            self._split.setStretchFactor(2, 0)
            self._fit_minimum()
        self._before = QApplication.focusWidget()
        self._explaining = True
        self.list_button.setChecked(False)
        self._arrange()
        self.explained.emit(True)
        self.aid.setFocus()

    def close_aid(self) -> None:
        """Close them; the keyboard goes back to where it was."""
        if not self._explaining:
            return
        before, self._before = self._before, None
        self._explaining = False
        self._arrange()
        self.explained.emit(False)
        here = before is not None and self.isAncestorOf(before) and before.isVisible()
        (before if before is not None and here else self.forward).setFocus()

    def explain(self, indicator: Indicator, language: Language) -> None:
        """Show the explanations of an indicator, where they are open."""
        if self.aid is not None and self._explaining:
            self.aid.show_indicator(indicator, language)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours and the scale of spaces."""
        self._theme = theme
        self._foot.setContentsMargins(theme.l, theme.s, theme.xl, theme.m)
        self._foot.setSpacing(theme.s)
        self._fit_minimum()
        self.list_button.setIcon(theme.icon("menu", "text", 16))
        self.back.setIcon(theme.icon("chevron-left", "text", 16))
        self.forward.setIcon(theme.icon("chevron-right", "on_accent", 16))
        self._share()

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""
        t = language.t
        for button, words, keys in (
            (self.list_button, t("Indicators"), ""),
            (self.back, t("Previous"), "PgUp, ←"),
            (self.forward, t("Next"), "PgDn, →"),
            (self.next_open, t("Next unanswered"), "Ctrl+Enter"),
        ):
            button.setText(words)
            button.setToolTip(keys)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: the list takes its share until the user has moved the line."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """See what fits beside each other at this width."""
        narrow = self.width() < self._theme.text_px(_BESIDE)
        if narrow != self._narrow:
            self._narrow = narrow
            self.list_button.setChecked(False)
        self._where.setVisible(not narrow)
        self.list_button.setVisible(narrow)
        self._arrange()

    def _arrange(self) -> None:
        """Show what is wanted, and give each its room; where there is too little, one at a time."""
        text_px, width = self._theme.text_px, self.width()
        aid, listing = self._explaining, self._narrow and self.list_button.isChecked()
        beside = not aid or width >= text_px(_ALL_THREE)
        self._side.setVisible(listing or (beside and not self._narrow))
        self._answer.setVisible(not self._narrow or not (listing or aid))
        if self.aid is not None:
            self.aid.setVisible(aid and not listing)
        if self._narrow:
            return
        side = max(text_px(370), min(text_px(460), round(width * 0.27)))
        side = self._own.get(0, min(side, round(width * 0.36))) if beside else 0
        help_ = min(text_px(480), round(width * (0.3 if beside else 0.4)))
        help_ = self._own.get(2, help_) if aid else 0
        sizes = [side, max(1, width - side - help_), help_]
        self._split.setSizes(sizes[: self._split.count()])

    def _fit_minimum(self) -> None:
        self._side.setMinimumWidth(self._theme.px(240))
        if self.aid is not None:
            self.aid.setMinimumWidth(self._theme.px(240))

    def _list_wanted(self, listing: bool) -> None:
        if listing:
            self.close_aid()
        self._arrange()

    def _line_moved(self, _place: int, line: int) -> None:
        place = 0 if line == 1 else 2
        self._own[place] = self._split.sizes()[place]

    def _chosen(self, _index: QModelIndex) -> None:
        if self._side.model.is_indicator(self._side.key):
            self.list_button.setChecked(False)
