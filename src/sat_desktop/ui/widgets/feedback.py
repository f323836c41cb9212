"""What tells the user how things stand: banners, empty states, progress."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.messages import Message, Severity
from sat_desktop.ui.theme import Theme, set_role, set_state
from sat_desktop.ui.widgets.text import label

_COLOURS = {
    Severity.INFO: "accent",
    Severity.SUCCESS: "positive",
    Severity.WARNING: "warning",
    Severity.ERROR: "negative",
}


class Banner(QFrame):
    """One message across the page that does not take the keyboard away.

    Signals:
        closed(): the user has put it away, or has taken its action.
    """

    closed = Signal()

    def __init__(self, theme: Theme, language: Language, message: Message) -> None:
        super().__init__()
        self.message = message
        set_role(self, "banner")
        set_state(self, message.severity.value)
        self._icon = QLabel()
        self._text = label(message.text, wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action = QPushButton(message.action)
        if not message.action:
            self.action.hide()
        self.action.clicked.connect(self._act)
        self.close_button = QToolButton()
        set_role(self.close_button, "quiet")
        self.close_button.clicked.connect(self.closed)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self.action)
        self._row.addWidget(self.close_button)
        self.setAccessibleName(message.text)
        self.apply_theme(theme)
        self.retranslate(language)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours and the scale of spaces."""
        role = _COLOURS[self.message.severity]
        side = theme.text_px(20)
        self._icon.setPixmap(
            theme.icon(self.message.severity.value, role).pixmap(QSize(side, side))
        )
        self.close_button.setIcon(theme.icon("cross", "text", 16))
        # The icon stands below the title of the header; 4 is the coloured edge.
        self._row.setContentsMargins(theme.xl - 4, theme.xs, theme.l, theme.xs)
        self._row.setSpacing(theme.m)

    def retranslate(self, language: Language) -> None:
        """Translate the button; the message stays as it was said."""
        words = language.t("Close this message")
        self.close_button.setAccessibleName(words)
        self.close_button.setToolTip(words)

    def _act(self) -> None:
        if self.message.act is not None:
            self.message.act()
        self.closed.emit()


class EmptyState(QWidget):
    """What a page says while it has nothing to show: an icon, one sentence, what to do."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        sentence: str,
        action: str = "",
        act: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self._icon_name, self._icon_role = icon, "muted"
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence = label(sentence, "muted", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton(action)
        set_role(self.button, "primary")
        if not action:
            self.button.hide()
        if act is not None:
            self.button.clicked.connect(lambda _on=False: act())
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(self._sentence, 6)
        centred.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addStretch(2)
        self._column.addWidget(self._icon)
        self._column.addLayout(centred)
        self._column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(3)
        self.apply_theme(theme)

    def set_words(self, sentence: str, action: str = "") -> None:
        """Show another sentence and another name of the button."""
        self._sentence.setText(sentence)
        self.button.setText(action)
        self.button.setVisible(bool(action))

    def set_icon(self, icon: str, role: str = "muted") -> None:
        """Show another icon, in the colour of a role."""
        self._icon_name, self._icon_role = icon, role
        self.apply_theme(self._theme)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours and the scale of spaces."""
        self._theme = theme
        side = theme.text_px(44)
        picture = theme.icon(self._icon_name, self._icon_role, 44).pixmap(QSize(side, side))
        self._icon.setPixmap(picture)
        self._column.setSpacing(theme.l)


class ProgressLine(QWidget):
    """A bar with words: how much of how many."""

    def __init__(self, theme: Theme, name: str = "") -> None:
        super().__init__()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(name)
        self._words = label("", "caption")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.bar, 1)
        self._row.addWidget(self._words)
        self.apply_theme(theme)

    def show_progress(self, done: int, total: int, words: str) -> None:
        """Show `done` of `total`; a total of 0 means that nobody knows how long it takes."""
        # Left to itself the bar is painted at once, and before it all that has changed so far.
        self.bar.setUpdatesEnabled(False)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.bar.setUpdatesEnabled(True)
        self._words.setText(words)
        self.bar.setAccessibleDescription(words)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the scale of spaces."""
        self._row.setSpacing(theme.s)
