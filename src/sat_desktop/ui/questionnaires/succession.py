"""What became of every indicator: filters with their counts, a list, one indicator in both wordings."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSplitter, QVBoxLayout, QWidget

from sat_desktop.domain.questionnaire import Indicator, Questionnaire
from sat_desktop.domain.succession import IndicatorChange, Succession
from sat_desktop.runtime.folding import fold, matches
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.models.listing import Line
from sat_desktop.ui.questionnaires.listing import Listing
from sat_desktop.ui.questionnaires.wording import WordingView
from sat_desktop.ui.theme import Theme, set_role
from sat_desktop.ui.widgets.containers import FlowLayout, splitter
from sat_desktop.ui.widgets.inputs import SearchLine


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues; it is translated when it is shown."""
    return sentence


CHANGED: Final = "changed"

KINDS: Final[dict[str, tuple[str, Callable[[IndicatorChange], bool]]]] = {
    CHANGED: (_("Changed"), lambda c: not c.kept),
    "added": (_("New"), lambda c: c.before is None),
    "removed": (_("No longer asked"), lambda c: c.after is None),
    "altered": (_("With other criteria"), lambda c: c.altered),
    "reworded": (_("Reworded"), lambda c: c.reworded),
    "moved": (_("Moved to another group"), lambda c: c.moved),
    "kept": (_("Unchanged"), lambda c: c.kept),
    "all": (_("All"), lambda _c: True),
}
"""Ways to filter: what each is called, and what it lets through."""

_SORTS: Final = ("added", "removed", "altered", "reworded", "moved", "kept")
"""What an indicator is said to be; several may hold."""


def sorts(change: IndicatorChange, language: Language) -> str:
    """Return in words what became of an indicator."""
    return ", ".join(language.t(KINDS[kind][0]) for kind in _SORTS if KINDS[kind][1](change))


def title(change: IndicatorChange, code: str) -> str:
    """Return code and name of an indicator, as the newer edition that has it says."""
    return titled(change.after or change.before, code) or change.id


def titled(indicator: Indicator | None, code: str) -> str:
    """Return code and name, "" for none."""
    return f"{indicator.code} {indicator.name.get(code)}" if indicator is not None else ""


class SuccessionView(QWidget):
    """The view.

    Attributes:
        filters: a button for each of `KINDS`.
        table: the indicators that the filter and the words searched for let through.
        detail: the one that the table stands on.
    """

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self.theme, self.language = theme, language
        self._succession = Succession(())
        self._editions: tuple[Questionnaire, Questionnaire] | None = None
        t = language.t
        self.filters: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._row = QWidget()
        flow = FlowLayout(self._row, theme.xs)
        for kind in KINDS:
            made = QPushButton()
            set_role(made, "toggle")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.clicked.connect(lambda _on=False: self.narrow())
            self._group.addButton(made)
            self.filters[kind] = made
            flow.addWidget(made)
        self.search = SearchLine(theme, t("Search for an indicator"))
        self.search.textChanged.connect(lambda _text: self.narrow())
        heads = (t("Indicator"), t("What differs"))
        self.table = Listing(theme, t("Indicators"), heads)
        self.table.moved.connect(self._show_detail)
        self.detail = WordingView(theme, language)
        self.detail.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.detail.setAccessibleName(t("The indicator in both editions"))
        left = QWidget()
        side = QVBoxLayout(left)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(theme.s)
        side.addWidget(self.search)
        side.addWidget(self.table, 1)
        self._both: QSplitter = splitter(left, self.detail, (2, 3))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.s, 0, 0)
        column.setSpacing(theme.s)
        column.addWidget(self._row)
        column.addWidget(self._both, 1)

    def show_succession(
        self, succession: Succession, old: Questionnaire, new: Questionnaire
    ) -> None:
        """Show what became of everything from one edition to another."""
        self._succession, self._editions = succession, (old, new)
        for kind, (words, fits) in KINDS.items():
            count = sum(map(fits, succession.indicators))
            self.filters[kind].setText(f"{self.language.t(words)}: {count}")
            self.filters[kind].setEnabled(bool(count))
        chosen = next((b for b in self.filters.values() if b.isChecked()), None)
        if chosen is None or not chosen.isEnabled():
            changed = self.filters[CHANGED]
            (changed if changed.isEnabled() else self.filters["all"]).setChecked(True)
        self.narrow()

    def narrow(self) -> None:
        """Show what filter and search let through."""
        code = self.language.code
        kind = next(k for k, b in self.filters.items() if b.isChecked())
        query = fold(self.search.text())
        lines = [
            Line((title(change, code), sorts(change, self.language)), change.id)
            for change in self._succession.indicators
            if KINDS[kind][1](change) and matches(query, f"{title(change, code)} {change.id}")
        ]
        self.table.show_lines(lines, self.table.key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: list and indicator one below the other where it is narrow."""
        super().resizeEvent(event)
        directions = Qt.Orientation
        beside = self.width() >= self.theme.text_px(620)
        wanted = directions.Horizontal if beside else directions.Vertical
        if self._both.orientation() != wanted or event.oldSize().width() <= 0:
            self._both.setOrientation(wanted)
            self._both.setSizes([400, 600])
        self._row.setMinimumHeight(self._row.heightForWidth(self.width()))
        self.table.setMinimumHeight(self.theme.text_px(120))
        self.detail.setMinimumHeight(self.theme.text_px(150))

    def _show_detail(self, key: str) -> None:
        if self._editions is None:
            return
        change = next((c for c in self._succession.indicators if c.id == key), None)
        self.detail.show_change(change, *self._editions)
