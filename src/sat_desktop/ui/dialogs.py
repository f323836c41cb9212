"""Questions to the user: the only place that asks for files or interrupts with a dialog.

Our own dialogs say what will happen on their buttons, in the language of the window; Enter takes
the main button, Escape the harmless one. Files are chosen in the platform's own dialog.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,  # noqa: TID251 -- this is the place
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.theme import Theme, set_role
from sat_desktop.ui.widgets.text import label


class DialogFrame(QDialog):
    """The frame of all our dialogs: an icon, a title, a text, room for fields, buttons.

    Attributes:
        body: the column for fields, between the text and the buttons.
        main: the button that Enter takes.
    """

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None,
        title: str,
        text: str,
        icon: str = "info",
        tone: str = "accent",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.text_px(420))
        self.setMaximumWidth(theme.text_px(640))
        side = theme.text_px(28)
        picture = QLabel()
        picture.setPixmap(theme.icon(icon, tone, 28).pixmap(QSize(side, side)))
        heading = label(title, "heading", wrap=True)
        words = label(text, wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if not text:
            words.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.xs)
        self.body.setContentsMargins(0, theme.s, 0, 0)
        column = QVBoxLayout()
        column.setSpacing(theme.s)
        column.addWidget(heading)
        column.addWidget(words)
        column.addLayout(self.body)
        top = QHBoxLayout()
        top.setSpacing(theme.l)
        top.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(column, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.s)
        self._buttons.addStretch(1)
        frame = QVBoxLayout(self)
        # Wrapped text would be given the height it has when narrowest; see showEvent.
        frame.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        frame.setContentsMargins(theme.xl, theme.xl, theme.xl, theme.l)
        frame.setSpacing(theme.xl)
        frame.addLayout(top)
        frame.addStretch(1)
        frame.addLayout(self._buttons)
        self.main: QPushButton | None = None

    def showEvent(self, event: QShowEvent) -> None:
        """Override: be as high as the wrapped text needs at this width, and no higher."""
        layout = self.layout()
        if layout is not None:
            width = min(self.maximumWidth(), max(self.minimumWidth(), layout.sizeHint().width()))
            self.resize(width, layout.totalHeightForWidth(width))
        super().showEvent(event)

    def add_button(self, words: str, role: str, act: Callable[[], None]) -> QPushButton:
        """Add a button at the right; the "primary" one is what Enter takes."""
        button = QPushButton(words)
        set_role(button, role)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _on=False: act())
        if role == "primary":
            button.setDefault(True)
            button.setFocus()
            self.main = button
        self._buttons.addWidget(button)
        return button


class Dialogs:
    """Asks the user, above a window.

    Pages get one of these; tests may give them another with the same methods.
    """

    def __init__(self, appearance: Appearance, parent: Callable[[], QWidget | None]) -> None:
        self._appearance = appearance
        self._parent = parent

    @property
    def _language(self) -> Language:
        return self._appearance.language

    def confirmation(self, title: str, text: str, yes: str, *, danger: bool = False) -> DialogFrame:
        """Build the dialog of `confirm`."""
        sheet = DialogFrame(
            self._appearance.theme,
            self._parent(),
            title,
            text,
            "warning" if danger else "help",
            "warning" if danger else "accent",
        )
        cancel = sheet.add_button(self._language.t("Cancel"), "", sheet.reject)
        sheet.add_button(yes, "danger" if danger else "primary", sheet.accept)
        if danger:
            # What loses something is never what a hasty Enter does.
            cancel.setDefault(True)
            cancel.setFocus()
        return sheet

    def confirm(self, title: str, text: str, yes: str, *, danger: bool = False) -> bool:
        """Ask whether to go on; `yes` names what will happen, such as "Delete the goal"."""
        return self._answer(self.confirmation(title, text, yes, danger=danger))

    def question(
        self, title: str, text: str, answers: Sequence[str]
    ) -> tuple[DialogFrame, list[int]]:
        """Build the dialog of `choose`, and the list that will hold the answer's place."""
        sheet = DialogFrame(self._appearance.theme, self._parent(), title, text, "help")
        chosen: list[int] = []

        def take(place: int) -> None:
            chosen.append(place)
            sheet.accept()

        sheet.add_button(self._language.t("Cancel"), "", sheet.reject)
        for place in range(len(answers) - 1, -1, -1):
            role = "" if place else "primary"
            sheet.add_button(answers[place], role, partial(take, place))
        return sheet, chosen

    def choose(self, title: str, text: str, answers: Sequence[str]) -> int | None:
        """Ask for one of a few answers, the most likely first; None if the user gave up."""
        sheet, chosen = self.question(title, text, answers)
        return chosen[0] if self._answer(sheet) and chosen else None

    def notice(self, title: str, text: str, *, error: bool = False) -> DialogFrame:
        """Build the dialog of `tell`."""
        icon, tone = ("error", "negative") if error else ("info", "accent")
        sheet = DialogFrame(self._appearance.theme, self._parent(), title, text, icon, tone)
        sheet.add_button(self._language.t("Close"), "primary", sheet.accept)
        return sheet

    def tell(self, title: str, text: str, *, error: bool = False) -> None:
        """Say something that has to be read before work goes on."""
        self._answer(self.notice(title, text, error=error))

    def entry(
        self, title: str, text: str, name: str, value: str, yes: str, *, required: bool
    ) -> tuple[DialogFrame, QLineEdit]:
        """Build a dialog that asks for a line of text, and the field that holds it."""
        sheet = DialogFrame(self._appearance.theme, self._parent(), title, text, "edit")
        field = QLineEdit(value)
        field.setAccessibleName(name)
        caption = label(name, "strong")
        caption.setBuddy(field)
        sheet.body.addWidget(caption)
        sheet.body.addWidget(field)
        sheet.add_button(self._language.t("Cancel"), "", sheet.reject)
        main = sheet.add_button(yes, "primary", sheet.accept)
        if required:
            main.setEnabled(bool(value.strip()))
            field.textChanged.connect(lambda typed: main.setEnabled(bool(typed.strip())))
        field.selectAll()
        field.setFocus()
        return sheet, field

    def choose_file(
        self, title: str, kinds: Sequence[tuple[str, str]], folder: Path
    ) -> Path | None:
        """Ask for a file that exists; `kinds` are (words, "*.sat *.zip"), the likeliest first."""
        name, _ = QFileDialog.getOpenFileName(
            self._parent(), title, str(folder), self._filter(kinds)
        )
        return Path(name) if name else None

    def save_file(
        self, title: str, kinds: Sequence[tuple[str, str]], suggestion: Path
    ) -> Path | None:
        """Ask where to write; the ending of the chosen kind is added where it is missing."""
        name, kind = QFileDialog.getSaveFileName(
            self._parent(), title, str(suggestion), self._filter(kinds)
        )
        if not name:
            return None
        path = Path(name)
        if not path.suffix:
            pattern = next((globs for words, globs in kinds if kind.startswith(words)), "")
            ending = pattern.split()[0].removeprefix("*") if pattern else suggestion.suffix
            path = path.with_name(path.name + ending)
        return path

    def choose_folder(self, title: str, folder: Path) -> Path | None:
        """Ask for a folder that exists."""
        name = QFileDialog.getExistingDirectory(self._parent(), title, str(folder))
        return Path(name) if name else None

    def _filter(self, kinds: Sequence[tuple[str, str]]) -> str:
        return ";;".join(f"{words} ({globs})" for words, globs in kinds)

    def _answer(self, sheet: DialogFrame) -> bool:
        """Show a dialog, wait, and leave nothing of it behind."""
        accepted = sheet.exec() == QDialog.DialogCode.Accepted
        sheet.deleteLater()
        return accepted
