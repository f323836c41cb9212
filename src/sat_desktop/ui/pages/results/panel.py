"""The panel that says where a number comes from, and leads on to the numbers it is made of."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.pages.results.explanation import (
    Explanation,
    ExplanationLine,
    ExplanationSection,
)
from sat_desktop.ui.theme import Theme, set_role
from sat_desktop.ui.widgets.containers import Collapsible
from sat_desktop.ui.widgets.text import label


class LinkLabel(QPushButton):
    """Words that lead somewhere; they wrap where a button's would be cut."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__()
        set_role(self, "link")
        self._words = label(words, "accent", wrap=True)
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        # The style sheet knows no label of this role: the words are in the colour of a link.
        self._words.setStyleSheet(f"color: {theme.colour('accent').name()};")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(2), theme.px(2), theme.px(2))
        row.addWidget(self._words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Override: what its words need."""
        layout = self.layout()
        hint = layout.sizeHint() if layout is not None else super().sizeHint()
        return QSize(hint.width(), self.heightForWidth(self.width())) if self.width() else hint

    def minimumSizeHint(self) -> QSize:
        """Override: what its words need at the least."""
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        """Override: narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Override: the height of the wrapped words."""
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout is not None else -1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: be as high as the words are at this width."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))


class ExplanationPanel(QFrame):
    """The panel at the side of the results.

    Attributes:
        area: what scrolls.
        body: the sections in it.

    Signals:
        asked(str): the user wants to see the numbers of that node or indicator.
        answers_asked(str): the user wants to see the answers, from that indicator on.
        closed(): the user has closed it.
    """

    asked = Signal(str)
    answers_asked = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        set_role(self, "card")
        self._language = language
        self._shown: tuple[Explanation, str] | None = None
        self._title = label("", "heading", wrap=True)
        self._question = label("", "caption", wrap=True)
        self.close_button = QToolButton()
        set_role(self.close_button, "quiet")
        self.close_button.clicked.connect(self.closed)
        self.up = QPushButton()
        set_role(self.up, "link")
        self.up.clicked.connect(self._go_up)
        self.answers = QPushButton()
        self.answers.clicked.connect(self._go_to_answers)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._question)
        words.addWidget(self._title)
        self._head = QHBoxLayout()
        self._head.addLayout(words, 1)
        self._head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.area = QScrollArea()
        self.body = QWidget()
        self.area.setWidget(self.body)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.up, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.area, 1)
        self._column.addWidget(self.answers)
        shut = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        shut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shut.activated.connect(self.closed)
        self.apply_theme(theme)
        self.retranslate(language)

    @property
    def key(self) -> str:
        """What it explains, empty before the first time."""
        return self._shown[0].id if self._shown else ""

    def show_explanation(self, explanation: Explanation, kind: str = "") -> None:
        """Explain; the section of `kind` is unfolded, by default the first one."""
        self._shown = (explanation, kind)
        self._title.setText(explanation.title)
        self.up.setVisible(bool(explanation.above))
        self.up.setText(
            self._language.t("Part of: {name}", name=explanation.above_title)
            if len(explanation.above_title) < 32
            else self._language.t("Up to what it is part of")
        )
        self.up.setToolTip("")
        self.answers.setVisible(bool(explanation.answers))
        body = self.body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, self._theme.s, 0)
        column.setSpacing(self._theme.s)
        kinds = [section.kind for section in explanation.sections]
        wanted = kind if kind in kinds else kinds[0]
        for section in explanation.sections:
            column.addWidget(self._section(section, open_=section.kind == wanted))
        column.addStretch(1)
        old = self.area.takeWidget()
        self.area.setWidget(body)
        # Qt gives it the ground of the page, but it stands on a card.
        body.setAutoFillBackground(False)
        if old is not None:
            old.deleteLater()
        # The panel is read from the top, whatever was open before.
        self.area.verticalScrollBar().setValue(0)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours and the scale of spaces."""
        self._theme = theme
        self._column.setContentsMargins(theme.l, theme.m, theme.s, theme.l)
        self._column.setSpacing(theme.s)
        self._head.setSpacing(theme.s)
        self.close_button.setIcon(theme.icon("cross", "text", 16))
        self.up.setIcon(theme.icon("chevron-up", "accent", 16))
        if self._shown is not None:
            self.show_explanation(*self._shown)

    def retranslate(self, language: Language) -> None:
        """Translate what is always there; the page explains anew."""
        self._language = language
        t = language.t
        self._question.setText(t("Where does this number come from?"))
        self.close_button.setAccessibleName(t("Close the explanation"))
        self.close_button.setToolTip(t("Close the explanation (Esc)"))
        self.answers.setText(t("Go to the answers"))

    def _section(self, section: ExplanationSection, *, open_: bool) -> QWidget:
        theme = self._theme
        made = Collapsible(theme, f"{section.title}: {section.value}", open_=open_)
        made.body.setContentsMargins(theme.xs, 0, 0, theme.m)
        made.body.addWidget(label(section.rule, "muted", wrap=True))
        if section.lines:
            made.body.addWidget(self._table(section))
        for step in section.formula:
            words = label(step, "strong", wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            made.body.addWidget(words)
        for note in section.notes:
            made.body.addWidget(label(f"• {note}", "muted", wrap=True))
        return made

    def _table(self, section: ExplanationSection) -> QWidget:
        theme = self._theme
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, theme.xs, 0, theme.xs)
        grid.setHorizontalSpacing(theme.m)
        grid.setVerticalSpacing(theme.xs)
        grid.setColumnStretch(0, 1)
        for column, words in enumerate(section.heads):
            head = label(words, "caption", wrap=bool(column))
            grid.addWidget(head, 0, column, _side(column))
        for row, line in enumerate(section.lines, 1):
            grid.addWidget(self._first(line), row, 0)
            for column, words in enumerate(line.cells[1:], 1):
                role = "muted" if line.faint else "body"
                cell = label(words, role)
                cell.setContentsMargins(0, theme.px(2), 0, theme.px(2))
                grid.addWidget(cell, row, column, _side(column))
        return table

    def _first(self, line: ExplanationLine) -> QWidget:
        if not line.key:
            words = label(line.cells[0], "muted" if line.faint else "body", wrap=True)
            words.setContentsMargins(0, self._theme.px(2), 0, self._theme.px(2))
            return words
        link = LinkLabel(self._theme, line.cells[0])
        link.clicked.connect(lambda _on=False: self.asked.emit(line.key))
        return link

    def _go_up(self) -> None:
        if self._shown is not None:
            self.asked.emit(self._shown[0].above)

    def _go_to_answers(self) -> None:
        if self._shown is not None:
            self.answers_asked.emit(self._shown[0].answers)


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignTop
