"""Tree and editor side by side: the part of the page where the plan is written."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sat_desktop.domain.plan import Action, Goal, Risk, Undertaking
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.wording import describe_finding
from sat_desktop.ui.models.plan_tree import title_of
from sat_desktop.ui.pages.plan.editor import Editor
from sat_desktop.ui.pages.plan.editors import (
    ActionEditor,
    GoalEditor,
    SettingsEditor,
    UndertakingEditor,
)
from sat_desktop.ui.pages.plan.outline import Outline
from sat_desktop.ui.pages.plan.session import PlanSession
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.containers import ScrollColumn, splitter
from sat_desktop.ui.widgets.text import SectionHeading, label

_EDITORS: dict[type, type[Editor]] = {
    Goal: GoalEditor,
    Action: ActionEditor,
    Undertaking: UndertakingEditor,
}


class Workshop(QWidget):
    """The tree at the left, the editor of what is chosen at the right.

    Attributes:
        outline: the tree.

    Signals:
        turned(): side by side has become one below the other, or the other way round.
    """

    turned = Signal()

    def __init__(self, session: PlanSession) -> None:
        super().__init__()
        self._session = session
        self._part = ""
        self._divided = False
        self._editors: dict[type[Editor], Editor] = {}
        theme = session.page.theme
        self.outline = Outline(session)
        self._head = SectionHeading(theme)
        self._remarks = label("", "warning", wrap=True)
        self._shown: Editor | None = None
        self._scroll = _Column(theme, 900)
        self._scroll.body.addWidget(self._head)
        self._scroll.body.addWidget(self._remarks)
        self.splitter = splitter(self.outline, self._scroll, (1, 1))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splitter)
        self.outline.chosen.connect(self._show)
        self.outline.edit.connect(self._to_fields)
        session.changed.connect(self._follow)
        session.recomputed.connect(self._show_remarks)
        session.asked_for.connect(self.choose)
        self.apply_theme(theme)

    @property
    def editor(self) -> Editor:
        """The editor that is shown."""
        if self._shown is None:
            self._show(self._part)
        if self._shown is None:
            raise LookupError("there is no plan to edit")
        return self._shown

    @property
    def least_height(self) -> int:
        """The height at 100 % below which tree and editor cannot be used: they scroll as a whole."""
        return 620 if self.splitter.orientation() == Qt.Orientation.Vertical else 360

    def choose(self, part: str) -> None:
        """Show a part in tree and editor; "" for the settings of the plan."""
        if not part:
            self.outline.tree.setCurrentIndex(self.outline.model.index(-1, -1))
            self._show("")
            return
        found = self._session.part(part)
        if not self.outline.choose(part):
            # What hangs on nothing stands in no tree, but can be put in its place by its editor.
            if isinstance(found, Action | Undertaking):
                self.outline.tree.setCurrentIndex(self.outline.model.index(-1, -1))
                self._show(part)
        elif isinstance(found, Goal | Action | Undertaking) and not found.title:
            # Not before the button or key that asked for it has done with the focus.
            QTimer.singleShot(0, self, self._to_fields)

    def flush(self) -> None:
        """Keep what was typed and not left yet."""
        for editor in self._editors.values():
            editor.flush()

    def apply_theme(self, theme: Theme) -> None:
        """Follow the text size."""
        self._scroll.setMinimumWidth(theme.text_px(390))
        self.outline.setMinimumWidth(theme.text_px(260))
        self._arrange()

    def retranslate(self, _language: Language) -> None:
        """Say everything in another language; the editors do so themselves."""
        self._name()
        self._show_remarks()

    def showEvent(self, event: QShowEvent) -> None:
        """Override: shares can be given now."""
        super().showEvent(event)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: side by side where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        theme = self._session.page.theme
        narrow = self.width() < theme.text_px(700)
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self.splitter.orientation() != wanted:
            self.splitter.setOrientation(wanted)
            self._divided = False
            self.turned.emit()
        if not self._divided and self.isVisible():
            # Even shares to begin with; from then on the line is the user's.
            self._divided = True
            self.splitter.setSizes([1000, 1000])

    def _follow(self) -> None:
        """Show the plan as it is now; what is gone is replaced by what the tree stands on."""
        if self._part and self._session.part(self._part) is None:
            current = self.outline.current
            self._part = current.id if current is not None else ""
        self._show(self._part)

    def _show(self, part: str) -> None:
        self._part = part
        found = self._session.part(part) if part else self._session.plan.head
        if found is None or isinstance(found, Risk):
            return
        editor = self._editor(_EDITORS.get(type(found), SettingsEditor))
        editor.show_part(found)
        if self._shown is not editor:
            if self._shown is not None:
                self._shown.flush()
                self._shown.hide()
            self._shown = editor
            editor.show()
            self._scroll.verticalScrollBar().setValue(0)
        self._name()
        self._show_remarks()

    def _editor(self, kind: type[Editor]) -> Editor:
        if kind not in self._editors:
            self._editors[kind] = kind(self._session)
            self._scroll.body.addWidget(self._editors[kind], 1)
        return self._editors[kind]

    def _name(self) -> None:
        """Say above the fields what is being edited."""
        t, language = self._session.language.t, self._session.language
        found = self._session.part(self._part)
        if not isinstance(found, Goal | Action | Undertaking):
            self._head.set_words(t("Settings of the plan"))
            return
        index = self.outline.model.index_of(found.id)
        number = str(index.data() or "").split(" ")[0]
        words = {
            Goal: t("Goal {number}", number=number),
            Action: t("Action {number}", number=number),
            Undertaking: t("Undertaking {number}", number=number),
        }[type(found)]
        self._head.set_words(words, title_of(found, language))

    def _show_remarks(self) -> None:
        lines = [
            "• " + describe_finding(f, self._session.language)
            for f in self._session.findings
            if self._part and f.item == self._part
        ]
        self._remarks.setText("\n".join(lines))
        self._remarks.setVisible(bool(lines))

    def _to_fields(self) -> None:
        title = getattr(self.editor, "title", None)
        if isinstance(title, QWidget):
            title.setFocus(Qt.FocusReason.OtherFocusReason)


class _Column(ScrollColumn):
    """A column beside a line: the page around it has margins already."""

    def apply_theme(self, theme: Theme) -> None:
        """Follow the scale of spaces."""
        super().apply_theme(theme)
        self._frame.setContentsMargins(theme.l, 0, theme.l, theme.l)
