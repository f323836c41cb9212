"""The frame of the large dialogs: heading, content that scrolls if it must, work under way, buttons."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sat_desktop.errors import SatError
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.tasks import Progress, Task, Tasks
from sat_desktop.ui.theme import Theme, set_role
from sat_desktop.ui.widgets.feedback import ProgressLine
from sat_desktop.ui.widgets.text import ElidedLabel, SectionHeading

WIDTH, HEIGHT = 1080, 680
"""Pixels at 100 % that a large dialog takes where the window has them."""


class _Content(QWidget):
    """What a dialog scrolls: no higher than it must be, because its lists scroll by themselves."""

    def heightForWidth(self, width: int) -> int:
        """Override: the least height instead of the preferred one."""
        layout = self.layout()
        return -1 if layout is None else layout.minimumHeightForWidth(width)


class Panel(QDialog):
    """A dialog as large as the window allows.

    Attributes:
        body: the column for its content.
        news: one line at the bottom that says what was done last.
    """

    def __init__(
        self, theme: Theme, language: Language, parent: QWidget, title: str, text: str = ""
    ) -> None:
        super().__init__(parent)
        self.theme, self.language = theme, language
        self.setWindowTitle(title)
        self.heading = SectionHeading(theme, title, text, "title")
        content = _Content()
        content.setObjectName("backdrop")
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.m)
        self.body.addWidget(self.heading)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        self.news = ElidedLabel()
        self.working = ProgressLine(theme)
        self.working.hide()
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.s)
        foot = QHBoxLayout()
        foot.setSpacing(theme.l)
        foot.addWidget(self.news, 1)
        foot.addWidget(self.working, 1)
        foot.addLayout(self._buttons)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(theme.xl, theme.l, theme.xl, theme.l)
        frame.setSpacing(theme.m)
        frame.addWidget(scroll, 1)
        frame.addLayout(foot)
        self._task: Task | None = None
        self._left = False
        room = parent.size() - QSize(2 * theme.l, 2 * theme.l)
        self.resize(QSize(theme.text_px(WIDTH), theme.text_px(HEIGHT)).boundedTo(room))

    @property
    def is_working(self) -> bool:
        """Whether something is read or written for this dialog."""
        return self._task is not None

    def add_button(self, words: str, role: str, act: Callable[[], None]) -> QPushButton:
        """Add a button at the lower right; none is what Enter takes, wherever the keyboard is."""
        made = button(words, act, role)
        self._buttons.addWidget(made)
        return made

    def show_news(self, words: str, tone: str = "muted") -> None:
        """Say at the bottom how things stand."""
        set_role(self.news, tone)
        self.news.set_text(words)

    def run(
        self,
        tasks: Tasks,
        title: str,
        work: Callable[[Progress], Any],
        on_done: Callable[[Any], None],
        on_refused: Callable[[SatError], None],
    ) -> None:
        """Do something in a worker while the dialog shows that; closing the dialog calls it off."""

        def done(result: Any) -> None:
            if self._rest():
                on_done(result)

        def failed(error: BaseException) -> None:
            here = self._rest()
            if not isinstance(error, SatError):
                raise error
            if here:
                on_refused(error)

        def cancelled() -> None:
            self._rest()

        self.show_news("")
        self.news.hide()
        self.working.bar.setAccessibleName(title)
        self.working.show_progress(0, 0, title)
        self.working.show()
        self._task = tasks.run(title, work, done, failed, cancelled)
        self.show_busy(busy=True)

    def show_busy(self, *, busy: bool) -> None:
        """Override to hold back what cannot be done while something is under way."""

    def done(self, result: int) -> None:
        """Override: whatever is under way is called off, and heard of no more."""
        self._left = True
        if self._task is not None:
            self._task.cancel()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override: Enter takes the button that the keyboard is on, and closes nothing elsewhere."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            here = self.focusWidget()
            if isinstance(here, QPushButton):
                here.click()
            return
        super().keyPressEvent(event)

    def _rest(self) -> bool:
        """Show that nothing is under way; tell whether the dialog is still there."""
        self._task = None
        if self._left:
            return False
        self.working.hide()
        self.news.show()
        self.show_busy(busy=False)
        return True


def button(words: str, act: Callable[[], None], role: str = "") -> QPushButton:
    """Return a button that does something and is no dialog's default."""
    made = QPushButton(words)
    set_role(made, role)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _on=False: act())
    return made


def caption(words: str, field: QWidget) -> QLabel:
    """Return the name of a field, which is its accessible name too."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    set_role(made, "strong")
    made.setBuddy(field)
    field.setAccessibleName(words)
    return made
