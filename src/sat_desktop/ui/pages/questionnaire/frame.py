"""The frame of the questionnaire page: the list beside the answer, or in turns; a foot to move by."""

from typing import Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.pages.questionnaire.answer import AnswerView
from sat_desktop.ui.pages.questionnaire.side import SidePanel
from sat_desktop.ui.theme import Theme, set_role
from sat_desktop.ui.widgets.containers import splitter
from sat_desktop.ui.widgets.text import label

_BESIDE: Final = 620
"""Pixels at 100 % below which the list of indicators and the answer take turns."""


class Frame(QWidget):
    """Holds the list and the answer.

    Attributes:
        back, next_open, forward: buttons to move by.
        list_button: shows the list in place of the answer where there is no room for both.
    """

    def __init__(self, theme: Theme, side: SidePanel, view: AnswerView) -> None:
        super().__init__()
        self._theme, self._side = theme, side
        self._moved = self._narrow = False
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
        self.list_button.toggled.connect(self._show_list)
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

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours and the scale of spaces."""
        self._theme = theme
        self._foot.setContentsMargins(theme.l, theme.s, theme.xl, theme.m)
        self._foot.setSpacing(theme.s)
        self._side.setMinimumWidth(theme.px(240))
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
        """Give both their room; where there is too little, one of them at a time."""
        text_px, width = self._theme.text_px, self.width()
        narrow = width < text_px(_BESIDE)
        if narrow != self._narrow:
            self._narrow = narrow
            self.list_button.setChecked(False)
            self._show_list(listing=False)
        self._where.setVisible(not narrow)
        self.list_button.setVisible(narrow)
        if not self._moved and not narrow:
            side = max(text_px(370), min(text_px(460), round(width * 0.27)))
            side = min(side, round(width * 0.36))
            self._split.setSizes([side, max(1, width - side)])

    def _show_list(self, listing: bool) -> None:
        self._side.setVisible(listing or not self._narrow)
        self._answer.setVisible(not listing or not self._narrow)

    def _line_moved(self, _place: int, _line: int) -> None:
        self._moved = True

    def _chosen(self, _index: QModelIndex) -> None:
        if self._side.model.is_indicator(self._side.key):
            self.list_button.setChecked(False)
