"""Which criteria an undertaking will meet: those chosen, and all that are open, to choose from."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from sat_desktop.domain.answers import UNANSWERED, State
from sat_desktop.domain.questionnaire import Indicator
from sat_desktop.runtime.folding import fold, matches
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.pages.plan.fields import RowList
from sat_desktop.ui.pages.plan.session import PlanSession
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.containers import Collapsible
from sat_desktop.ui.widgets.inputs import SearchLine
from sat_desktop.ui.widgets.levels import CheckRow
from sat_desktop.ui.widgets.text import label

_ID: Final = Qt.ItemDataRole.UserRole


class ChosenRow(QWidget):
    """A criterion that the undertaking meets, under the name of its indicator.

    Signals:
        dropped(str): the user unticked the criterion of that id.
    """

    dropped = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._id = ""
        self._place = label("", "caption", wrap=True)
        self.row = CheckRow(theme, "")
        self.row.toggled_by_user.connect(lambda _met: self.dropped.emit(self._id))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._place)
        column.addWidget(self.row)

    def show_criterion(self, identifier: str, place: str, text: str, *, first: bool) -> None:
        """Show a criterion; `place` names its indicator and level, seen only at the first of it."""
        self._id = identifier
        self._place.setText(place)
        self._place.setVisible(first)
        self.row.words.setText(text)
        self.row.box.setAccessibleName(text)
        self.row.box.setAccessibleDescription(place)
        self.row.box.setChecked(True)


class WrappedRows(QStyledItemDelegate):
    """Rows as high as their words need at the width of the view."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Override: the words broken into lines."""
        view = option.widget
        if not isinstance(view, QTreeView):
            return super().sizeHint(option, index)
        deep = 2 if index.parent().isValid() else 1
        metrics = option.fontMetrics
        tick = metrics.height() * 2
        width = max(80, view.viewport().width() - deep * view.indentation() - tick - 16)
        flags = int(Qt.TextFlag.TextWordWrap)
        rect = metrics.boundingRect(0, 0, width, 10_000, flags, str(index.data() or ""))
        return QSize(width, rect.height() + metrics.height() * 2 // 3)


class OpenCriteria(QTreeView):
    """The criteria that can be chosen, by indicator; rows break into lines."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setWordWrap(True)
        self.setUniformRowHeights(False)
        self.setItemDelegate(WrappedRows(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.apply_theme(theme)

    def apply_theme(self, theme: Theme) -> None:
        """Keep the height of a few rows."""
        self.setFixedHeight(theme.text_px(320))
        self.setIndentation(theme.text_px(18))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()


class Closing(QWidget):
    """The criteria of one undertaking.

    Signals:
        entered(frozenset): the user wants the undertaking to meet these criteria.
    """

    entered = Signal(object)

    def __init__(self, session: PlanSession) -> None:
        super().__init__()
        self._session = session
        self._closes: frozenset[str] = frozenset()
        self._filling = False
        self._stale = True
        theme = session.page.theme
        self.chosen = RowList(self._make_row, theme.s)
        self.none = label("", "muted", wrap=True)
        self.more = Collapsible(theme, "")
        self.search = SearchLine(theme, "")
        self.tree = OpenCriteria(theme)
        self.model = QStandardItemModel(self)
        self.tree.setModel(self.model)
        self.more.body.addWidget(self.search)
        self.more.body.addWidget(self.tree)
        self.more.body.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.m)
        column.addWidget(self.none)
        column.addWidget(self.chosen)
        column.addWidget(self.more)
        self.more.unfolded.connect(lambda _open: self._fill())
        self.search.textChanged.connect(self._filter)
        self.model.itemChanged.connect(self._note)
        self._speak(session.language)

    def show_closes(self, closes: frozenset[str]) -> None:
        """Show the criteria chosen, in the order of the questionnaire; unknown ones last."""
        self._closes = closes
        questionnaire = self._session.assessment.dossier.questionnaire
        found: list[tuple[str, str, str]] = []
        for indicator in questionnaire.indicators.values():
            found.extend(row for row in self._rows(indicator) if row[0] in closes)
        known = {row[0] for row in found}
        gone = self._session.language.t("Not in the questionnaire")
        found.extend((c, gone, c) for c in sorted(closes - known))
        rows = self.chosen.set_count(len(found))
        before = ""
        for row, (identifier, place, text) in zip(rows, found, strict=True):
            row.show_criterion(identifier, place, text, first=place != before)
            before = place
        self.none.setVisible(not found)
        self._stale = True
        self._fill()

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""
        self._speak(language)
        self.show_closes(self._closes)

    def _speak(self, language: Language) -> None:
        self.none.setText(language.t("It meets no criterion yet, so it changes no level."))
        self.more.set_title(language.t("Choose from the open criteria"))
        self.search.set_name(language.t("Search for a criterion or an indicator"))
        self.tree.setAccessibleName(language.t("Open criteria of rated indicators"))

    def _make_row(self, _place: int) -> ChosenRow:
        made = ChosenRow(self._session.page.theme)
        made.dropped.connect(lambda key: self.entered.emit(self._closes - {key}))
        return made

    def _rows(self, indicator: Indicator) -> list[tuple[str, str, str]]:
        """Return (criterion id, indicator and level, statement) of an indicator's criteria."""
        code = self._session.language.code
        questionnaire = self._session.assessment.dossier.questionnaire
        name = f"{indicator.code} {indicator.name.get(code)}"
        return [
            (c.id, f"{name} · {questionnaire.level_name(level.level).get(code)}", c.text.get(code))
            for level in indicator.levels
            for c in level.criteria
        ]

    def _fill(self) -> None:
        """Offer the criteria; only while somebody looks, because there may be hundreds."""
        if not self.more.is_open or not self._stale:
            return
        self._stale = False
        self._filling = True
        dossier = self._session.assessment.dossier
        questionnaire, answers = dossier.questionnaire, dossier.answers(dossier.agreed.id)
        code = self._session.language.code
        offered: dict[str, list[tuple[str, str]]] = {}
        names: dict[str, str] = {}
        for key, indicator in questionnaire.indicators.items():
            answer = answers.get(key, UNANSWERED)
            if answer.state is not State.RATED:
                continue
            names[key] = f"{indicator.code} {indicator.name.get(code)}"
            offered[key] = [
                (
                    c.id,
                    f"{questionnaire.level_name(level.level).get(code)}: {c.text.get(code)}",
                )
                for level in indicator.levels
                for c in level.criteria
                if c.id not in answer.met
            ]
        self._put_items(names, {key: rows for key, rows in offered.items() if rows})
        self._filling = False
        self._filter(self.search.text())

    def _put_items(self, names: dict[str, str], offered: dict[str, list[tuple[str, str]]]) -> None:
        """Tick what is chosen; make the items anew only where others are offered now."""
        present = [
            (self.model.item(r).text(), [self.model.item(r).child(c).text() for c in range(n)])
            for r in range(self.model.rowCount())
            for n in (self.model.item(r).rowCount(),)
        ]
        if present != [(names[key], [text for _, text in rows]) for key, rows in offered.items()]:
            self.model.clear()
            for key, rows in offered.items():
                head = QStandardItem(names[key])
                head.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                for identifier, text in rows:
                    item = QStandardItem(text)
                    item.setData(identifier, _ID)
                    item.setCheckable(True)
                    head.appendRow(item)
                self.model.appendRow(head)
            self.tree.expandAll()
        for r in range(self.model.rowCount()):
            head = self.model.item(r)
            for c in range(head.rowCount()):
                ticked = head.child(c).data(_ID) in self._closes
                state = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
                if head.child(c).checkState() != state:
                    head.child(c).setCheckState(state)

    def _filter(self, text: str) -> None:
        query = fold(text)
        for r in range(self.model.rowCount()):
            head = self.model.item(r)
            whole = matches(query, head.text())
            seen = 0
            for c in range(head.rowCount()):
                shown = whole or matches(query, f"{head.text()} {head.child(c).text()}")
                self.tree.setRowHidden(c, head.index(), not shown)
                seen += shown
            self.tree.setRowHidden(r, QModelIndex(), not seen)

    def _note(self, item: QStandardItem) -> None:
        if self._filling:
            return
        key = item.data(_ID)
        if item.checkState() == Qt.CheckState.Checked:
            self.entered.emit(self._closes | {key})
        else:
            self.entered.emit(self._closes - {key})
