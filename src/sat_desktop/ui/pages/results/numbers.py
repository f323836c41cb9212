"""Every number as a table: the whole, the groups of every tier, indicators; worded when seen."""

from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from sat_desktop.charts.gaps import priority_words
from sat_desktop.charts.tiers import begun, tier_names
from sat_desktop.domain.questionnaire import TOTAL, Group, Questionnaire
from sat_desktop.domain.scores import NodeScore
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import STATES, attained_words
from sat_desktop.services.derived import Results
from sat_desktop.ui.models.indexes import NOWHERE, Index
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


@dataclass(slots=True, eq=False)
class _Place:
    """A row in the tree, with its words once they were seen."""

    key: str
    depth: int
    parent: "_Place | None" = None
    place: int = 0
    children: list["_Place"] = field(default_factory=list)
    words: NumberRow | None = None


class NumbersModel(QAbstractItemModel):
    """The rows; the whole is a line of its own, not the parent of everything."""

    def __init__(self, results: Results, language: Language) -> None:
        super().__init__()
        self._results, self._language = results, language
        self._heads = heads(results.questionnaire, language)
        self._bold = QFont()
        self._bold.setBold(True)
        self._places: list[_Place] = []
        self._serials: dict[str, int] = {}
        self._root = _Place("", -1)
        self._add(self._root, TOTAL, 0)
        for group in results.questionnaire.groups:
            self._grow(self._root, group, 1)

    def has_rows_of(self, results: Results, language: Language) -> bool:
        """Tell whether other results have the same rows under the same names."""
        same = results.questionnaire is self._results.questionnaire
        return same and language is self._language

    def show_results(self, results: Results) -> None:
        """Show other numbers in the same rows."""
        self._results = results
        for place in self._places:
            place.words = None
        for place in (self._root, *self._places):
            if place.children:
                first, last = place.children[0], place.children[-1]
                self.dataChanged.emit(self._index(first), self._index(last, len(self._heads) - 1))

    @property
    def keys(self) -> tuple[str, ...]:
        """The ids of all rows, parents first, in questionnaire order."""
        return tuple(place.key for place in self._places)

    def index_of(self, key: str) -> QModelIndex:
        """Return where a node or an indicator stands; no place where it is not there."""
        serial = self._serials.get(key)
        return QModelIndex() if serial is None else self._index(self._places[serial])

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        """Override: a place by row."""
        above = self._place(parent)
        if not 0 <= row < len(above.children) or not 0 <= column < len(self._heads):
            return QModelIndex()
        return self._index(above.children[row], column)

    def parent(self, child: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]  # Qt has two of that name
        """Override: the place above."""
        above = self._place(child).parent
        return QModelIndex() if above is None or above is self._root else self._index(above)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Override: children stand under the first column."""
        return 0 if parent.column() > 0 else len(self._place(parent).children)

    def columnCount(self, _parent: Index = NOWHERE) -> int:
        """Override: the same everywhere."""
        return len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Override: words, their side, and bold for the whole and the first tier."""
        place = self._place(index)
        if place is self._root:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(place).cells[index.column()]
        if role == KEY:
            return place.key
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        if role == Qt.ItemDataRole.FontRole and place.depth <= 1 and index.column() <= 1:
            return self._bold
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Override: names of columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._heads):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section:
            return _side(section)
        return None

    def _grow(self, above: _Place, group: Group, depth: int) -> None:
        here = self._add(above, group.id, depth)
        for child in group.groups:
            self._grow(here, child, depth + 1)
        for indicator in group.indicators:
            self._add(here, indicator.id, depth + 1)

    def _add(self, above: _Place, key: str, depth: int) -> _Place:
        made = _Place(key, depth, above, len(above.children))
        above.children.append(made)
        self._serials[key] = len(self._places)
        self._places.append(made)
        return made

    def _index(self, place: _Place, column: int = 0) -> QModelIndex:
        return self.createIndex(place.place, column, self._serials[place.key])

    def _place(self, index: Index) -> _Place:
        return self._places[index.internalId()] if index.isValid() else self._root

    def _words(self, place: _Place) -> NumberRow:
        if place.words is None:
            score = self._results.scores.nodes.get(place.key)
            place.words = (
                _indicator(self._results, place.key, place.depth, self._language)
                if score is None
                else _node(self._results, score, place.depth, self._language)
            )
        return place.words


class NumbersTable(QTreeView):
    """The table.

    Signals:
        asked(str): the user wants to know where the numbers of that node or indicator come from.
    """

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._rows: NumbersModel | None = None
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
        if self._rows is not None and self._rows.has_rows_of(results, language):
            self._rows.show_results(results)
            self._fit_columns()
            return
        old, known = self._rows, self._folded_open()
        current = self.currentIndex().siblingAtColumn(0).data(KEY)
        self._rows = NumbersModel(results, language)
        self.setModel(self._rows)
        if old is not None:
            old.deleteLater()
        self._fit_columns()
        # At first the groups of every tier are seen, and indicators where there is but one tier.
        questionnaire = results.questionnaire
        tops = {group.id for group in questionnaire.groups}
        opened = tops | {g.id for g in questionnaire.nodes.values() if g.groups}
        for key in opened if known is None else known:
            self.expand(self._rows.index_of(key))
        if current is not None:
            self.setCurrentIndex(self._rows.index_of(current))

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
        # Widths are measured by the rows in sight.
        header.setResizeContentsPrecision(0)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        others = sum(header.sectionSize(column) for column in range(1, header.count()))
        header.resizeSection(0, max(self._narrow, self.viewport().width() - others))

    def _folded_open(self) -> set[str] | None:
        """Return the groups that are unfolded, None before there were any."""
        rows = self._rows
        return None if rows is None else {k for k in rows.keys if self.isExpanded(rows.index_of(k))}


def _side(column: int) -> Qt.AlignmentFlag:
    side = (
        Qt.AlignmentFlag.AlignRight if column in {1, 2, 3, 4, 6, 7} else Qt.AlignmentFlag.AlignLeft
    )
    return side | Qt.AlignmentFlag.AlignVCenter
