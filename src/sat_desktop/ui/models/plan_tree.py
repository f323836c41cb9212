"""The plan as a tree: goals hold actions, actions hold undertakings.

A thin adapter: it is given the whole plan after each change, finds out what is different, and says
only that, so that a plan of hundreds of undertakings keeps its selection and its open branches and
nothing is painted that did not change. Columns are data.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QIcon

from sat_desktop.domain.plan import Action, DevelopmentPlan, Goal, Undertaking, add_up
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import STATUSES
from sat_desktop.ui.models.indexes import NOWHERE, Index
from sat_desktop.ui.tips import tool_tip

TreePart = Goal | Action | Undertaking


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues; the model translates it when it is asked."""
    return sentence


@dataclass(eq=False)
class PlanNode:
    """One part of the plan in the tree.

    Attributes:
        serial: its name in indexes of the model; never used again.
        number: in the document, such as "1.2.3".
        grosze: the cost of the part with all below it.
        remarks: what the part itself lacks, in sentences; `below`: how much the parts below lack.
    """

    serial: int
    part: TreePart
    parent: "PlanNode | None"
    children: "list[PlanNode]" = field(default_factory=list)
    number: str = ""
    grosze: int = 0
    remarks: tuple[str, ...] = ()
    below: int = 0

    @property
    def row(self) -> int:
        """The place among its siblings; the root has none and is the first."""
        return self.parent.children.index(self) if self.parent is not None else 0

    def walk(self) -> "Iterator[PlanNode]":
        """Yield the nodes below, parents first."""
        for child in self.children:
            yield child
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """A column: its heading (a msgid), its words, and whether they are figures."""

    title: str
    words: Callable[[PlanNode, Language], str]
    figures: bool = False


def title_of(part: TreePart, language: Language) -> str:
    """Return the title of a part, or what stands in for it."""
    return " ".join(part.title.split()) or language.t("(no title)")


def _months(node: PlanNode, _language: Language) -> str:
    part = node.part
    if not isinstance(part, Undertaking) or not (part.start or part.end):
        return ""
    return f"{part.start or '…'} – {part.end or '…'}"


def _status(node: PlanNode, language: Language) -> str:
    part = node.part
    return language.t(STATUSES[part.status]) if isinstance(part, Undertaking) else ""


def _marks(node: PlanNode, _language: Language) -> str:
    return str(len(node.remarks) + node.below or "")


COLUMNS: Final = (
    PlanColumn(
        _("Goals, actions, undertakings"),
        lambda node, lang: f"{node.number} {title_of(node.part, lang)}",
    ),
    PlanColumn(_("Months"), _months),
    PlanColumn(
        _("Cost"), lambda node, lang: lang.money(node.grosze) if node.grosze else "", figures=True
    ),
    PlanColumn(_("Status"), _status),
    PlanColumn(_("Remarks"), _marks),
)
TITLE, MONTHS, COST, STATUS, CHECK = range(5)


class PlanTreeModel(QAbstractItemModel):
    """The tree of a plan.

    The first column's `UserRole` is the part's id.
    """

    def __init__(self, language: Language, mark: QIcon) -> None:
        super().__init__()
        self._language = language
        self._mark = mark
        self._root = PlanNode(0, Goal("", ""), None)
        self._nodes: dict[int, PlanNode] = {}
        self._serials: dict[str, int] = {}
        self._next = 1

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""
        self._language = language
        self._everything_changed()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def set_mark(self, mark: QIcon) -> None:
        """Use another picture for parts that lack something."""
        self._mark = mark
        self._everything_changed()

    def show_plan(self, plan: DevelopmentPlan) -> None:
        """Follow the plan, saying no more than what is different."""
        money = add_up(plan)
        actions: dict[str, list[TreePart]] = {}
        undertakings: dict[str, list[TreePart]] = {}
        for action in plan.actions:
            actions.setdefault(action.goal, []).append(action)
        for undertaking in plan.undertakings:
            undertakings.setdefault(undertaking.action, []).append(undertaking)
        self._follow(self._root, plan.goals)
        for goal in self._root.children:
            self._follow(goal, actions.get(goal.part.id, ()))
            for action_node in goal.children:
                self._follow(action_node, undertakings.get(action_node.part.id, ()))
                self._cost(action_node.children, money.by_undertaking)
                self._sum(action_node)
            self._sum(goal)
        self._renumber(self._root)

    def show_remarks(self, remarks: Mapping[str, Sequence[str]]) -> None:
        """Show what parts lack: sentences by the part's id."""
        for node in reversed(list(self._root.walk())):
            own = tuple(remarks.get(node.part.id, ()))
            below = sum(len(c.remarks) + c.below for c in node.children)
            if (own, below) != (node.remarks, node.below):
                node.remarks, node.below = own, below
                self._tell([node])

    def index_of(self, part: str) -> QModelIndex:
        """Return where a part stands, an invalid index if it is not in the tree."""
        node = self._nodes.get(self._serials.get(part, 0))
        return NOWHERE if node is None else self._index(node)

    def part(self, index: Index) -> TreePart | None:
        """Return what stands somewhere."""
        node = self._node(index)
        return None if node is None or node is self._root else node.part

    # Overrides

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        """Override: a place by row."""
        node = self._node(parent)
        if node is None or not 0 <= row < len(node.children) or not 0 <= column < len(COLUMNS):
            return QModelIndex()
        return self.createIndex(row, column, node.children[row].serial)

    def parent(self, child: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]  # Qt has two of that name
        """Override: the place above."""
        node = self._node(child)
        if node is None or node.parent is None or node.parent is self._root:
            return QModelIndex()
        return self._index(node.parent)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Override: children stand under the first column."""
        node = self._node(parent)
        return 0 if node is None or parent.column() > 0 else len(node.children)

    def columnCount(self, _parent: Index = NOWHERE) -> int:
        """Override: the same everywhere."""
        return len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Override: words, marks and explanations."""
        node = self._node(index)
        if node is None or node is self._root:
            return None
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.words(node, self._language)
        if role == Qt.ItemDataRole.UserRole:
            return node.part.id
        if role == Qt.ItemDataRole.TextAlignmentRole and column.figures:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DecorationRole and index.column() == CHECK:
            return self._mark if node.remarks or node.below else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._explanation(node)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return " ".join(node.remarks)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Override: names of columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._language.t(column.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.figures else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    # Following the plan

    def _follow(self, node: PlanNode, parts: Sequence[TreePart]) -> None:
        """Make the children of a node what they should be."""
        wanted = {p.id for p in parts}
        here = self._index(node)
        for row in range(len(node.children) - 1, -1, -1):
            if node.children[row].part.id not in wanted:
                self.beginRemoveRows(here, row, row)
                self._forget(node.children.pop(row))
                self.endRemoveRows()
        for row, part in enumerate(parts):
            ids = [c.part.id for c in node.children[row:]]
            if part.id not in ids:
                self.beginInsertRows(here, row, row)
                node.children.insert(row, self._new(part, node))
                self.endInsertRows()
            elif ids[0] != part.id:
                old = row + ids.index(part.id)
                self.beginMoveRows(here, old, old, here, row)
                node.children.insert(row, node.children.pop(old))
                self.endMoveRows()
            child = node.children[row]
            if child.part != part:
                child.part = part
                self._tell([child])

    def _renumber(self, node: PlanNode) -> None:
        """Give the numbers of the document; they are data, so a change of one is told."""
        for place, child in enumerate(node.children, 1):
            number = f"{node.number}.{place}" if node.number else str(place)
            if child.number != number:
                child.number = number
                self._tell([child], TITLE, TITLE)
            self._renumber(child)

    def _new(self, part: TreePart, parent: PlanNode) -> PlanNode:
        made = PlanNode(self._next, part, parent)
        self._nodes[self._next] = made
        self._serials[part.id] = self._next
        self._next += 1
        return made

    def _forget(self, node: PlanNode) -> None:
        for gone in (node, *node.walk()):
            del self._nodes[gone.serial]
            if self._serials.get(gone.part.id) == gone.serial:
                del self._serials[gone.part.id]

    def _cost(self, nodes: Sequence[PlanNode], amounts: Mapping[str, int]) -> None:
        for node in nodes:
            self._set_cost(node, amounts[node.part.id])

    def _sum(self, node: PlanNode) -> None:
        self._set_cost(node, sum(child.grosze for child in node.children))

    def _set_cost(self, node: PlanNode, grosze: int) -> None:
        if node.grosze != grosze:
            node.grosze = grosze
            self._tell([node], COST, COST)

    def _tell(self, nodes: Sequence[PlanNode], first: int = TITLE, last: int = CHECK) -> None:
        for node in nodes:
            self.dataChanged.emit(self._index(node, first), self._index(node, last))

    def _everything_changed(self) -> None:
        for node in (self._root, *self._root.walk()):
            if node.children:
                first, last = node.children[0], node.children[-1]
                self.dataChanged.emit(self._index(first), self._index(last, CHECK))

    def _index(self, node: PlanNode, column: int = 0) -> QModelIndex:
        if node is self._root:
            return QModelIndex()
        return self.createIndex(node.row, column, node.serial)

    def _node(self, index: Index) -> PlanNode | None:
        """Return the node of an index; None for one that outlived its part."""
        return self._nodes.get(index.internalId()) if index.isValid() else self._root

    def _explanation(self, node: PlanNode) -> str:
        lines = [f"{node.number} {title_of(node.part, self._language)}", *node.remarks]
        if node.below:
            words = self._language.n(
                "{count} thing to check below.", "{count} things to check below.", node.below
            )
            lines.append(words)
        return tool_tip("\n".join(lines))
