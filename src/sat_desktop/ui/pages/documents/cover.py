"""What stands on the first page, and where it is set."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from sat_desktop.domain.plan import Plan
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.containers import Card
from sat_desktop.ui.widgets.text import label


class CoverFields(QScrollArea):
    """The fields of the first page, to be read.

    Attributes:
        button: goes to where they are set.
    """

    def __init__(self, theme: Theme, change: Callable[[], None]) -> None:
        super().__init__()
        self._theme = theme
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._title = label("", "heading", wrap=True)
        self._note = label("", "muted", wrap=True)
        self._card = Card(theme)
        self._fields = QGridLayout()
        self._fields.setColumnStretch(1, 1)
        self._card.body.addLayout(self._fields)
        self.button = QPushButton()
        self.button.clicked.connect(lambda _on=False: change())
        body = QWidget()
        body.setObjectName("backdrop")
        self._column = QVBoxLayout(body)
        self._column.addWidget(self._title)
        self._column.addWidget(self._note)
        self._column.addWidget(self._card)
        self._column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self.setWidget(body)
        self.apply_theme(theme)

    def show_head(self, head: Plan, language: Language) -> None:
        """Show what is set; a field that is not set stays off the page."""
        t = language.t
        day = date.fromisoformat(head.date) if head.date else None
        fields = (
            (t("Title"), head.title or t("the usual title")),
            (t("Years"), f"{head.first_year}–{head.last_year}"),
            (t("Date"), language.date(day) if day else t("the day of export")),
            (t("Version"), head.version),
            (t("Case number"), head.case_number),
            (t("Author"), head.author),
            (t("Approved by"), head.approver),
        )
        self._title.setText(t("First page"))
        self._note.setText(t("These fields are set in the plan's settings."))
        self.button.setText(t("Change in the plan's settings"))
        while (item := self._fields.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, (name, value) in enumerate(fields):
            self._fields.addWidget(label(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            words = label(value or t("not set"), "body" if value else "muted", wrap=True)
            self._fields.addWidget(words, row, 1)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the scale of spaces."""
        self._theme = theme
        self._column.setContentsMargins(0, 0, theme.m, theme.l)
        self._column.setSpacing(theme.s)
        self._fields.setHorizontalSpacing(theme.l)
        self._fields.setVerticalSpacing(theme.s)
