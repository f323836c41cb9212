"""The line above every page: which assessment this is, whether it is saved, how to find things."""

from enum import Enum

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.theme import Theme, set_role
from sat_desktop.ui.widgets.text import ElidedLabel, label


class Saving(Enum):
    """How the last change stands: nothing to save yet, being written, on the disk, refused."""

    NONE = "none"
    BUSY = "busy"
    SAVED = "saved"
    FAILED = "failed"


class Header(QWidget):
    """The header of the window.

    Signals:
        find_asked(): the user wants to find something.
        conflicts_asked(): the user wants to see what two people said differently.
    """

    find_asked = Signal()
    conflicts_asked = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self.setObjectName("header")
        self._theme, self._language = theme, language
        self._subject: tuple[str, str] = ("", "")
        self._saving, self._when = Saving.NONE, ""
        self._conflicts = 0
        self._title = ElidedLabel(role="heading")
        self._detail = ElidedLabel(role="caption")
        self._mark = QLabel()
        self._state = label("", "muted")
        self._computing = label("", "muted")
        self._computing.hide()
        self.search = QPushButton()
        set_role(self.search, "search")
        self.search.clicked.connect(self.find_asked)
        self.conflicts = QPushButton()
        set_role(self.conflicts, "warning")
        self.conflicts.clicked.connect(self.conflicts_asked)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        self._row = QHBoxLayout(self)
        self._row.addLayout(words, 1)
        self._row.addWidget(self.conflicts)
        self._row.addWidget(self._computing)
        self._row.addWidget(self._mark)
        self._row.addWidget(self._state)
        self._row.addWidget(self.search)
        self.apply_theme(theme)
        self.retranslate(language)

    def set_subject(self, title: str, detail: str) -> None:
        """Show which assessment is open; two empty texts for none."""
        self._subject = (title, detail)
        self._title.set_text(title or self._language.t("No assessment is open"))
        self._detail.set_text(detail)
        self._detail.setVisible(bool(detail))

    def set_conflicts(self, count: int) -> None:
        """Show how many conflicts wait for a person, nothing while there are none."""
        self._conflicts = count
        t, n = self._language.t, self._language.n
        self.conflicts.setText(n("{count} conflict", "{count} conflicts", count))
        self.conflicts.setToolTip(
            t("Two people wrote different things at the same time; see both and settle it")
        )
        self.conflicts.setVisible(count > 0)

    def set_saving(self, saving: Saving, when: str = "") -> None:
        """Show how the last change stands; `when` is the time of day, such as "14:32"."""
        self._saving, self._when = saving, when
        words = {
            Saving.NONE: "",
            Saving.BUSY: self._language.t("Saving…"),
            Saving.SAVED: self._language.t("Saved on disk {time}", time=when).rstrip(),
            Saving.FAILED: self._language.t("Not saved"),
        }[saving]
        icon, role = {
            Saving.NONE: ("check", "muted"),
            Saving.BUSY: ("clock", "muted"),
            Saving.SAVED: ("success", "positive"),
            Saving.FAILED: ("error", "negative"),
        }[saving]
        side = self._theme.text_px(18)
        self._mark.setPixmap(self._theme.icon(icon, role, 18).pixmap(QSize(side, side)))
        self._mark.setVisible(saving is not Saving.NONE)
        self._state.setText(words)
        set_role(self._state, "negative" if saving is Saving.FAILED else "muted")

    def set_computing(self, *, computing: bool) -> None:
        """Show whether numbers are still being worked out."""
        self._computing.setVisible(computing)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours and the scale of spaces."""
        self._theme = theme
        self._row.setContentsMargins(theme.xl, theme.s, theme.l, theme.s)
        self._row.setSpacing(theme.s)
        self.search.setIcon(theme.icon("search", "muted", 16))
        self.conflicts.setIcon(theme.icon("warning", "warning", 16))
        self.conflicts.setIconSize(QSize(theme.text_px(16), theme.text_px(16)))
        self.search.setIconSize(QSize(theme.text_px(16), theme.text_px(16)))
        self.set_saving(self._saving, self._when)

    def retranslate(self, language: Language) -> None:
        """Translate its words."""
        self._language = language
        self.search.setText(language.t("Find anything") + "   Ctrl+K")
        self.search.setAccessibleName(language.t("Find anything"))
        self._computing.setText(language.t("Working out the numbers…"))
        self.set_subject(*self._subject)
        self.set_conflicts(self._conflicts)
        self.set_saving(self._saving, self._when)
