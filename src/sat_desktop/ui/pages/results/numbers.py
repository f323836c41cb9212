"""Every number as a table: the whole, the groups of every tier, indicators."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from sat_desktop.charts.gaps import priority_words
from sat_desktop.charts.tiers import begun, tier_names
from sat_desktop.domain.questionnaire import Group, Questionnaire
from sat_desktop.domain.scores import NodeScore
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import STATES, attained_words
from sat_desktop.services.derived import Results
from sat_desktop.ui.pages.results.explanation import title_of
from sat_desktop.ui.theme import Theme

KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A line of the table: id, depth below the whole, and its words."""

    key: str
    depth: int
    cells: tuple[str, ...]


def heads(questionnaire: Questionnaire, language: Language) -> tuple[str, ...]:
    """Return the names of the columns."""
    t = language.t
    return (
        begun(t("{tiers}, indicator", tiers=tier_names(questionnaire, language))),
        t("Index"),
        t("Range"),
        t("Wanted"),
        t("Coverage"),
        t("Level"),
        t("Gap"),
        t("Priority"),
    )


def number_rows(results: Results, language: Language) -> tuple[NumberRow, ...]:
    """Return all rows, parents first, in questionnaire order."""
    rows = [_node(results, results.scores.total, 0, language)]

    def visit(group: Group, depth: int) -> None:
        rows.append(_node(results, results.scores.nodes[group.id], depth, language))
        for child in group.groups:
            visit(child, depth + 1)
        rows.extend(_indicator(results, i.id, depth + 1, language) for i in group.indicators)

    for top in results.questionnaire.groups:
        visit(top, 1)
    return tuple(rows)


def _node(results: Results, score: NodeScore, depth: int, language: Language) -> NumberRow:
    percent = language.percent
    questionnaire = results.questionnaire
    level = attained_words(
        score.attained,
        score.attainable,
        lambda level: questionnaire.level_name(level).get(language.code),
        language,
    )
    span = percent(score.low)
    if score.low != score.high:
        span = f"{span} – {percent(score.high)}"
    cells = (
        title_of(questionnaire, score.id, language),
        percent(score.index),
        span,
        percent(results.gaps.wanted_index[score.id]),
        percent(score.coverage),
        level,
        "",
        "",
    )
    return NumberRow(score.id, depth, cells)


def _indicator(results: Results, key: str, depth: int, language: Language) -> NumberRow:
    questionnaire = results.questionnaire
    rating, gap = results.scores.ratings[key], results.gaps.indicators[key]
    if rating.level is None:
        level, index = language.t(STATES[rating.state]), "-"
    else:
        level = questionnaire.level_name(rating.level).get(language.code)
        index = language.percent(results.scores.index_of(key))
    cells = (
        title_of(questionnaire, key, language),
        index,
        "",
        "-" if gap.wanted is None else questionnaire.level_name(gap.wanted).get(language.code),
        "",
        level,
        "-" if gap.gap is None else str(gap.gap),
        "-" if gap.priority is None else priority_words(gap.priority, language),
    )
    return NumberRow(key, depth, cells)


class NumbersTable(QTreeView):
    """The table.

    Signals:
        asked(str): the user wants to know where the numbers of that node or indicator come from.
    """

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._rows = QStandardItemModel(self)
        self.setModel(self._rows)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAllColumnsShowFocus(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setExpandsOnDoubleClick(False)
        self.clicked.connect(self._ask)
        self.apply_theme(theme)

    def show_results(self, results: Results, language: Language) -> None:
        """Show other numbers; what was unfolded stays so."""
        model = self._rows
        known = self._folded_open()
        current = self.currentIndex().siblingAtColumn(0).data(KEY)
        model.clear()
        model.setHorizontalHeaderLabels(list(heads(results.questionnaire, language)))
        for column in range(1, model.columnCount()):
            model.horizontalHeaderItem(column).setTextAlignment(_side(column))
        above: list[QStandardItem] = [model.invisibleRootItem()]
        bold = QFont()
        bold.setBold(True)
        for row in number_rows(results, language):
            items = [QStandardItem(words) for words in row.cells]
            for column, item in enumerate(items):
                item.setData(row.key, KEY)
                item.setTextAlignment(_side(column))
                if row.depth <= 1 and column in {0, 1}:
                    item.setFont(bold)
            del above[max(1, row.depth) :]
            above[-1].appendRow(items)
            # The whole is a line of its own, not the parent of everything.
            if row.depth > 0:
                above.append(items[0])
        self._fit_columns()
        # At first the groups of every tier are seen, and indicators where there is but one tier.
        questionnaire = results.questionnaire
        tops = {group.id for group in questionnaire.groups}
        opened = tops | {g.id for g in questionnaire.nodes.values() if g.groups}
        for index in self._indexes():
            key = index.data(KEY)
            self.setExpanded(index, key in (opened if known is None else known))
            if key == current:
                self.setCurrentIndex(index)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the text size."""
        self.setIndentation(theme.text_px(18))
        self.setMinimumHeight(theme.text_px(250))
        self._narrow = theme.text_px(240)
        self._fit_columns()

    def retranslate(self, language: Language) -> None:
        """Translate its name."""
        self.setAccessibleName(language.t("All numbers"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override: Enter opens the explanation."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._ask(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: names take what the figures leave."""
        super().resizeEvent(event)
        self._fit_columns()

    def sizeHint(self) -> QSize:
        """Override: as much as there is."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def _ask(self, index: QModelIndex) -> None:
        self.asked.emit(str(index.siblingAtColumn(0).data(KEY)))

    def _fit_columns(self) -> None:
        header = self.header()
        if not header.count():
            return
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        others = sum(header.sectionSize(column) for column in range(1, header.count()))
        header.resizeSection(0, max(self._narrow, self.viewport().width() - others))

    def _indexes(self, parent: QModelIndex | None = None) -> list[QModelIndex]:
        model = self.model()
        above = parent or QModelIndex()
        found: list[QModelIndex] = []
        for row in range(model.rowCount(above)):
            index = model.index(row, 0, above)
            found += [index, *self._indexes(index)]
        return found

    def _folded_open(self) -> set[str] | None:
        indexes = self._indexes()
        return {i.data(KEY) for i in indexes if self.isExpanded(i)} if indexes else None


def _side(column: int) -> Qt.AlignmentFlag:
    side = (
        Qt.AlignmentFlag.AlignRight if column in {1, 2, 3, 4, 6, 7} else Qt.AlignmentFlag.AlignLeft
    )
    return side | Qt.AlignmentFlag.AlignVCenter
