"""The questionnaire as a tree with marks: groups hold groups or indicators.

A thin adapter over the answers shown. After a change of one answer it says so of one row and of the
groups above it, and counts nothing else again. What a filter hides is decided when the filter or
the search changes, not under the user's hands.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QIcon

from sat_desktop.domain.answers import UNANSWERED, Answer, State
from sat_desktop.domain.questionnaire import Group, Indicator, Questionnaire
from sat_desktop.domain.scores import level_of
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.models.indexes import NOWHERE, Index
from sat_desktop.ui.tips import tool_tip

KEY_ROLE: Final = Qt.ItemDataRole.UserRole
"""The id of the group or indicator of a row."""

_ROOT: Final = 0
_COLUMNS: Final = 2


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues; it is translated where it is shown."""
    return sentence


@dataclass(frozen=True, slots=True)
class Mark:
    """What the tree shows of one answer.

    Attributes:
        level: 0..n of a rated indicator, None else.
        bare: rated, and no evidence is listed.
    """

    state: State
    level: int | None = None
    discuss: bool = False
    bare: bool = False

    @classmethod
    def of(cls, indicator: Indicator, answer: Answer) -> "Mark":
        """Return the mark of an answer."""
        rated = answer.state is State.RATED
        return cls(
            answer.state,
            level_of(indicator, answer.met) if rated else None,
            answer.to_discuss,
            rated and not answer.evidence,
        )

    def words(self, language: Language) -> str:
        """Say the same in words, for tooltips and screen readers."""
        t = language.t
        if self.level is not None:
            said = [t("Level {level}", level=self.level)]
        elif self.state is State.NOT_APPLICABLE:
            said = [t("Not applicable")]
        else:
            said = [t("Unanswered")]
        if self.discuss:
            said.append(t("to discuss"))
        if self.bare:
            said.append(t("without evidence"))
        return ", ".join(said)


FILTERS: Final[Mapping[str, tuple[str, Callable[[Mark], bool]]]] = {
    "all": (_("All indicators"), lambda _mark: True),
    "unanswered": (_("Unanswered"), lambda mark: mark.state is State.UNANSWERED),
    "discuss": (_("To discuss"), lambda mark: mark.discuss),
    "bare": (_("Without evidence"), lambda mark: mark.bare),
    "below": (_("Below minimum"), lambda mark: mark.level == 0),
}
"""What of the tree can be shown, by id: its name and which marks it lets through."""


@dataclass(eq=False, slots=True)
class _Node:
    """A row: its place in the list of nodes is its name in indexes."""

    place: int
    row: int
    parent: int
    key: str
    title: str
    mark: Mark | None
    children: list[int] = field(default_factory=list)
    done: int = 0
    total: int = 0


Icons = Callable[[Mark], QIcon | None]


class QuestionnaireTree(QAbstractItemModel):
    """Groups and indicators in questionnaire order; column 0 names, column 1 progress or marks."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes: list[_Node] = [_Node(0, 0, 0, "", "", None)]
        self._place: dict[str, int] = {}
        self._indicators: Mapping[str, Indicator] = {}
        self._language: Language | None = None
        self._icons: tuple[Icons, Icons] = (lambda _mark: None, lambda _mark: None)
        self._find_words: Callable[[str], str] = lambda _key: ""

    # What the page tells the model

    def load(
        self, questionnaire: Questionnaire | None, answers: Mapping[str, Answer], language: Language
    ) -> None:
        """Show another questionnaire, other answers all over, or another language."""
        self.beginResetModel()
        self._language = language
        self._nodes = [_Node(0, 0, 0, "", "", None)]
        self._place = {}
        self._indicators = questionnaire.indicators if questionnaire else {}
        for group in questionnaire.groups if questionnaire else ():
            self._add_group(_ROOT, group, answers, language.code)
        self.endResetModel()

    def set_icons(self, state: Icons, flags: Icons) -> None:
        """Draw states and flags by these from now on."""
        # Announced before and after: a filter between this and a view otherwise drops what its
        # indexes point to while the view still holds them, and Qt ends the process.
        self.layoutAboutToBeChanged.emit()
        self._icons = (state, flags)
        self.layoutChanged.emit()

    def explain_finds(self, words: Callable[[str], str]) -> None:
        """Let tooltips say why a search lets an indicator through, by these words."""
        self._find_words = words

    def show_answer(self, key: str, answer: Answer) -> bool:
        """Show the new answer of an indicator; tell whether it looks different."""
        place = self._place.get(key)
        if place is None:
            return False
        node = self._nodes[place]
        mark = Mark.of(self._indicators[key], answer)
        if mark == node.mark or node.mark is None:
            return False
        step = (mark.state != State.UNANSWERED) - (node.mark.state != State.UNANSWERED)
        node.mark = mark
        self._tell(node)
        if step:
            above = node.parent
            while above != _ROOT:
                self._nodes[above].done += step
                self._tell(self._nodes[above])
                above = self._nodes[above].parent
        return True

    def show_answers(self, answers: Mapping[str, Answer]) -> None:
        """Show new answers of all indicators, speaking only of those that are different."""
        for key in self._indicators:
            self.show_answer(key, answers.get(key, UNANSWERED))

    # What the page asks

    def index_of(self, key: str) -> QModelIndex:
        """Return the row of a group or indicator, an invalid index if there is none."""
        place = self._place.get(key)
        return QModelIndex() if place is None else self._index(place)

    @property
    def indicators(self) -> Collection[str]:
        """The ids of the indicators, in order."""
        return self._indicators.keys()

    def is_indicator(self, key: str) -> bool:
        """Tell an indicator from a group."""
        return key in self._indicators

    def mark(self, key: str) -> Mark:
        """Return the mark of an indicator."""
        mark = self._nodes[self._place[key]].mark
        return mark or Mark(State.UNANSWERED)

    def below(self, key: str) -> tuple[str, ...]:
        """Return the indicators at or below a row, in order."""
        if key in self._indicators:
            return (key,)
        place = self._place.get(key)
        if place is None:
            return ()
        found: list[str] = []
        for child in self._nodes[place].children:
            found.extend(self.below(self._nodes[child].key))
        return tuple(found)

    def among(self, keys: Collection[str]) -> frozenset[int]:
        """Return the nodes of indicators and of the groups above them."""
        found: set[int] = set()
        for key in keys:
            place = self._place[key]
            while place != _ROOT and place not in found:
                found.add(place)
                place = self._nodes[place].parent
        return frozenset(found)

    def node_at(self, row: int, parent: Index) -> int:
        """Return the node of a row."""
        return self._node(parent).children[row]

    def progress(self) -> tuple[int, int]:
        """Return how many indicators are dealt with, of how many."""
        tops = [self._nodes[place] for place in self._nodes[_ROOT].children]
        return sum(n.done for n in tops), sum(n.total for n in tops)

    # What views ask

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Override: children of the first column."""
        return 0 if parent.column() > 0 else len(self._node(parent).children)

    def columnCount(self, _parent: Index = NOWHERE) -> int:
        """Override: names, progress; the same everywhere."""
        return _COLUMNS

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        """Override: a place in the tree; nodes are named by number, never by pointer."""
        # `hasIndex` would come back for both counts: views and filters ask this thousands of times.
        children = self._node(parent).children
        if parent.column() > 0 or not (0 <= row < len(children) and 0 <= column < _COLUMNS):
            return QModelIndex()
        return self.createIndex(row, column, children[row])

    def parent(self, index: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]  # Qt has two of that name
        """Override: the group above."""
        above = self._node(index).parent if index.isValid() else _ROOT
        return self._index(above) if above != _ROOT else QModelIndex()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Override: names, progress, marks, and all of it in words."""
        if not index.isValid() or self._language is None:
            return None
        node = self._node(index)
        roles = Qt.ItemDataRole
        found: object = None
        if role == KEY_ROLE:
            found = node.key
        elif role == roles.DisplayRole:
            found = self._text(node, index.column())
        elif role == roles.ToolTipRole:
            why = self._find_words(node.key) if node.mark is not None else ""
            found = tool_tip(f"{node.title}\n{self._words(node)}\n{why}".rstrip())
        elif role == roles.AccessibleTextRole:
            found = f"{node.title}, {self._words(node)}"
        elif role == roles.DecorationRole and node.mark is not None:
            found = self._icons[index.column()](node.mark)
        elif role == roles.TextAlignmentRole and index.column() == 1:
            found = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return found

    def _text(self, node: _Node, column: int) -> str | None:
        if column == 0:
            return node.title
        return f"{node.done}/{node.total}" if node.mark is None else None

    def _words(self, node: _Node) -> str:
        language = self._language
        if language is None:
            return ""
        if node.mark is not None:
            return node.mark.words(language)
        return language.t("{done} of {total} answered", done=node.done, total=node.total)

    def _node(self, index: Index) -> _Node:
        return self._nodes[index.internalId()] if index.isValid() else self._nodes[_ROOT]

    def _index(self, place: int, column: int = 0) -> QModelIndex:
        return self.createIndex(self._nodes[place].row, column, place)

    def _tell(self, node: _Node) -> None:
        self.dataChanged.emit(self._index(node.place), self._index(node.place, 1))

    def _add(self, parent: int, key: str, title: str, mark: Mark | None) -> _Node:
        siblings = self._nodes[parent].children
        node = _Node(len(self._nodes), len(siblings), parent, key, title, mark)
        siblings.append(node.place)
        self._nodes.append(node)
        self._place[key] = node.place
        return node

    def _add_group(
        self, parent: int, group: Group, answers: Mapping[str, Answer], language: str
    ) -> _Node:
        node = self._add(parent, group.id, f"{group.code} {group.name.get(language)}".strip(), None)
        for child in group.groups:
            below = self._add_group(node.place, child, answers, language)
            node.done += below.done
            node.total += below.total
        for indicator in group.indicators:
            mark = Mark.of(indicator, answers.get(indicator.id, UNANSWERED))
            title = f"{indicator.code} {indicator.name.get(language)}".strip()
            self._add(node.place, indicator.id, title, mark)
            node.done += mark.state != State.UNANSWERED
            node.total += 1
        return node


class FilteredTree(QSortFilterProxyModel):
    """The rows that a filter and a search let through, with the groups above them."""

    def __init__(self, tree: QuestionnaireTree, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tree = tree
        self._filter = "all"
        self._found: Collection[str] | None = None
        self._shown: tuple[str, ...] | None = None
        self._nodes: frozenset[int] = frozenset()
        # A row must not vanish at the very moment in which it is answered.
        self.setDynamicSortFilter(False)
        tree.modelAboutToBeReset.connect(self._forget)
        self.setSourceModel(tree)

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for."""
        return self._filter != "all" or self._found is not None

    def narrow(self, name: str, found: Collection[str] | None) -> None:
        """Show what a filter of `FILTERS` lets through, of what a search found (None: of all)."""
        before = (self.narrowed, self._shown)
        self._filter, self._found = name, found
        self._forget()
        if before != (self.narrowed, self.shown()):
            self.invalidate()

    def shown(self) -> tuple[str, ...]:
        """Return the indicators that are let through, in order."""
        if self._shown is None:
            tree, lets_through = self._tree, FILTERS[self._filter][1]
            found = None if self._found is None else frozenset(self._found)
            self._shown = tuple(
                key
                for key in tree.indicators
                if (found is None or key in found) and lets_through(tree.mark(key))
            )
            self._nodes = tree.among(self._shown)
        return self._shown

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        """Override: what `shown` holds, and the groups above; empty groups while all is shown."""
        if not self.narrowed:
            return True
        self.shown()
        return self._tree.node_at(row, parent) in self._nodes

    def _forget(self) -> None:
        self._shown = None
