"""The line below the page that tells of long work; made when there is some for the first time."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.tasks import Tasks
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.feedback import ProgressLine
from sat_desktop.ui.widgets.text import ElidedLabel


class TaskBar(QWidget):
    """What is being done at the moment, how far it is, and a button that stops it."""

    def __init__(self, theme: Theme, language: Language, tasks: Tasks) -> None:
        super().__init__()
        self.setObjectName("taskBar")
        self._tasks = tasks
        self._title = ElidedLabel()
        self._line = ProgressLine(theme)
        self.cancel = QPushButton()
        self.cancel.clicked.connect(self._cancel)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._title, 2)
        self._row.addWidget(self._line, 3)
        self._row.addWidget(self.cancel)
        tasks.changed.connect(self._show)
        self.apply_theme(theme)
        self.retranslate(language)
        self._show()

    def apply_theme(self, theme: Theme) -> None:
        """Follow the scale of spaces."""
        self._row.setContentsMargins(theme.xl, theme.s, theme.l, theme.s)
        self._row.setSpacing(theme.l)

    def retranslate(self, language: Language) -> None:
        """Translate its words."""
        self._language = language
        self.cancel.setText(language.t("Cancel"))

    def _show(self) -> None:
        running = self._tasks.running
        self.setVisible(bool(running))
        if not running:
            return
        task = running[0]
        more = len(running) - 1
        self._title.set_text(task.title + (f" (+{more})" if more else ""))
        self._line.bar.setAccessibleName(task.title)
        words = f"{task.done} / {task.total}" if task.total else ""
        self._line.show_progress(task.done, task.total, words)
        self.cancel.setEnabled(not task.progress.cancelled)

    def _cancel(self) -> None:
        if running := self._tasks.running:
            running[0].cancel()
            self._show()
