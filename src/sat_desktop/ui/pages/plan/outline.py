"""The tree of goals, actions and undertakings with its keys and buttons."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from sat_desktop.domain.plan import Action, Goal, Undertaking
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.models.plan_tree import COST, MONTHS, STATUS, TITLE, PlanTreeModel, TreePart
from sat_desktop.ui.pages.plan.session import PlanSession
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.containers import FlowLayout

_MARK_SIDE: Final = 16
# Below these widths (at 100 %) a column leaves its room to the titles; its words are in the editor.
_ROOM: Final = {STATUS: 700, MONTHS: 580, COST: 440}


class PlanTree(QTreeView):
    """The tree; it says which keys were pressed.

    Signals:
        pressed(str): "sibling", "child", "remove", "up" or "down" was asked for.
    """

    pressed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override: Insert, Shift+Insert, Delete, Alt+Up, Alt+Down."""
        key = Qt.Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key == Qt.Key.Key_Insert:
            self.pressed.emit("child" if shift else "sibling")
        elif key == Qt.Key.Key_Delete:
            self.pressed.emit("remove")
        elif alt and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.pressed.emit("up" if key == Qt.Key.Key_Up else "down")
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: titles need room first."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Show the columns that there is room for."""
        share = self.fontMetrics().height() / 18
        for column, needed in _ROOM.items():
            self.setColumnHidden(column, self.width() < needed * share)


class Outline(QWidget):
    """The tree with its buttons.

    Signals:
        chosen(str): the part of that id was chosen, "" for none.
        edit(): the user wants to type into the editor.
    """

    chosen = Signal(str)
    edit = Signal()

    def __init__(self, session: PlanSession) -> None:
        super().__init__()
        self._session = session
        self._following = False
        self._moved = ""
        self._removed: tuple[str, list[str]] = ("", [])
        theme = session.page.theme
        self.model = PlanTreeModel(session.language, theme.icon("warning", "warning", _MARK_SIDE))
        self.tree = PlanTree()
        self.tree.setModel(self.model)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setAllColumnsShowFocus(True)
        head = self.tree.header()
        head.setStretchLastSection(False)
        # Widths are measured by the rows in sight: hundreds of others would cost a moment each time.
        head.setResizeContentsPrecision(0)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        self._buttons: dict[str, QPushButton] = {
            what: self._button(what) for what in ("goal", "action", "undertaking", "remove")
        }
        bar = QWidget()
        self._bar = FlowLayout(bar, theme.s)
        for button in self._buttons.values():
            self._bar.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.tree, 1)
        self._column.addWidget(bar)
        self.tree.pressed.connect(self._press)
        self.tree.activated.connect(lambda _index: self.edit.emit())
        self.tree.selectionModel().currentChanged.connect(self._note_current)
        session.changed.connect(self.follow)
        session.recomputed.connect(lambda: self.model.show_remarks(session.remarks()))
        self.apply_theme(theme)
        self.retranslate(session.language)

    @property
    def current(self) -> TreePart | None:
        """The part that is chosen."""
        return self.model.part(self.tree.currentIndex())

    def follow(self) -> None:
        """Show the plan as it is now; the first time, with its goals opened."""
        first = self.model.rowCount() == 0
        before = self.current
        # A part that moves to another place leaves the tree for a moment: that is nobody's choice.
        self._following = True
        self.model.show_plan(self._session.plan)
        if before is not None and _id(self.current) != before.id:
            self.choose(before.id)
        self._following = False
        if first and self._session.plan.goals:
            self.tree.expandToDepth(0)
            self.choose(self._session.plan.goals[0].id)
        elif _id(self.current) != _id(before):
            self.chosen.emit(_id(self.current))
        self._attend()
        self._enable()

    def _attend(self) -> None:
        """Stay with what was moved, or beside what was removed, by the keys of this tree."""
        if self._moved:
            self._moved = ""
            self.tree.scrollTo(self.tree.currentIndex())
        gone, beside = self._removed
        if gone and self._session.part(gone) is None:
            self._removed = ("", [])
            any(self.choose(identifier) for identifier in beside)
            self.tree.setFocus()

    def choose(self, part: str) -> bool:
        """Choose a part by id, opening what it lies in; tell whether it is there."""
        index = self.model.index_of(part)
        if not index.isValid():
            return False
        self.tree.setCurrentIndex(index)
        self.tree.scrollTo(index)
        return True

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours and the text size."""
        self._column.setSpacing(theme.s)
        self.tree.setIndentation(theme.text_px(18))
        self.model.set_mark(theme.icon("warning", "warning", _MARK_SIDE))
        for what, button in self._buttons.items():
            button.setIcon(theme.icon("trash" if what == "remove" else "plus", "text", 18))
        self.tree.fit()

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""
        t = language.t
        self.model.retranslate(language)
        self.tree.setAccessibleName(t("Goals, actions and undertakings"))
        self.tree.setAccessibleDescription(
            t(
                "Insert adds a neighbour, Shift+Insert adds below, Delete removes, "
                "Alt+Up and Alt+Down move, Enter goes to the fields."
            )
        )
        for what, (words, tip) in {
            "goal": (t("Goal"), t("Add a goal (Insert on a goal)")),
            "action": (
                t("Action"),
                t("Add an action (Insert on an action, Shift+Insert on a goal)"),
            ),
            "undertaking": (
                t("Undertaking"),
                t("Add an undertaking (Insert on one, Shift+Insert on an action)"),
            ),
            "remove": (t("Delete"), t("Delete with everything below (Delete)")),
        }.items():
            self._buttons[what].setText(words)
            self._buttons[what].setToolTip(tip)
            self._buttons[what].setAccessibleName(tip)

    # What buttons and keys do

    def _button(self, what: str) -> QPushButton:
        made = QPushButton()
        act: Callable[[], object] = {
            "goal": self._add_goal,
            "action": self._add_action,
            "undertaking": self._add_undertaking,
            "remove": self._remove,
        }[what]
        made.clicked.connect(lambda _on: act())
        return made

    def _add_goal(self) -> None:
        part = self.current
        self._session.add_goal(part.id if isinstance(part, Goal) else "")

    def _add_action(self) -> None:
        part = self.current
        if isinstance(part, Goal):
            self._session.add_action(part.id)
        elif isinstance(part, Action):
            self._session.add_action(part.goal, part.id)
        elif isinstance(part, Undertaking):
            action = self._session.part(part.action)
            if isinstance(action, Action):
                self._session.add_action(action.goal, action.id)

    def _add_undertaking(self) -> None:
        part = self.current
        if isinstance(part, Action):
            self._session.add_undertaking(part.id)
        elif isinstance(part, Undertaking):
            self._session.add_undertaking(part.action, part.id)

    def _remove(self) -> None:
        """Remove what is chosen, and choose what stood beside it."""
        part = self.current
        if part is None:
            return
        here = self.tree.currentIndex()
        beside = [
            here.siblingAtRow(here.row() + 1),
            here.siblingAtRow(here.row() - 1),
            here.parent(),
        ]
        ids = [i.siblingAtColumn(0).data(Qt.ItemDataRole.UserRole) for i in beside if i.isValid()]
        self._removed = part.id, ids
        self._session.remove(part)

    def _press(self, what: str) -> None:
        part = self.current
        if what == "sibling":
            self._session.add_sibling(part)
        elif what == "child":
            self._session.add_child(part)
        elif what == "remove":
            self._remove()
        elif part is not None:
            self._moved = part.id
            self._session.move(part, -1 if what == "up" else 1)

    def _note_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._following:
            self._enable()
            self.chosen.emit(_id(self.model.part(now)))

    def _enable(self) -> None:
        part = self.current
        self._buttons["action"].setEnabled(part is not None)
        self._buttons["undertaking"].setEnabled(isinstance(part, Action | Undertaking))
        self._buttons["remove"].setEnabled(part is not None)


def _id(part: TreePart | None) -> str:
    return part.id if part is not None else ""
