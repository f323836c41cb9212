"""The evidence of an answer: a short list, and a dialog for one entry."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sat_desktop.domain.answers import Evidence, EvidenceKind
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.dialogs import DialogFrame
from sat_desktop.ui.theme import Theme, set_role, set_state
from sat_desktop.ui.tips import tool_tip
from sat_desktop.ui.widgets.containers import FormRows
from sat_desktop.ui.widgets.text import ElidedLabel, label


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues; it is translated where it is shown."""
    return sentence


KINDS = {
    EvidenceKind.REFERENCE: _("Case or resolution number"),
    EvidenceKind.LINK: _("Address on the internet or in BIP"),
    EvidenceKind.FILE: _("File"),
}


class EvidenceSheet(DialogFrame):
    """Asks for one piece of evidence.

    Attributes:
        entry: what was entered, once the dialog was accepted.
    """

    def __init__(
        self, theme: Theme, language: Language, parent: QWidget, old: Evidence | None
    ) -> None:
        t = language.t
        title = t("Add evidence") if old is None else t("Edit evidence")
        super().__init__(theme, parent, title, "", "evidence")
        self._language = language
        self.entry = old
        # Wide enough for names beside their fields, where the window is.
        width = min(theme.text_px(700), parent.width() - 40)
        self.setMaximumWidth(width)
        self.setMinimumWidth(width)
        rows = FormRows(theme)
        self.title = QLineEdit(old.title if old else "")
        self.kind = QComboBox()
        for kind, words in KINDS.items():
            self.kind.addItem(t(words), kind.value)
        self._old = old
        self.reference = QLineEdit(old.reference if old else "")
        self.valid = QLineEdit(old.valid_until if old else "")
        self.valid.setPlaceholderText(t("YYYY-MM-DD"))
        for field in (self.title, self.reference):
            field.setMaxLength(500)
        if old is not None:
            self.kind.setCurrentIndex(list(KINDS).index(old.kind))
        rows.add(t("Title"), self.title)
        rows.add(t("Kind"), self.kind)
        rows.add(t("Reference"), self.reference, t("Number, address or file name."))
        rows.add(t("Valid until"), self.valid, t("Leave empty if it does not expire."))
        self.body.addWidget(rows)
        self._rows = rows
        self.add_button(t("Cancel"), "", self.reject)
        self.save_button = self.add_button(
            t("Add") if old is None else t("Save"), "primary", self._take
        )
        self.title.textChanged.connect(lambda _text: self._check())
        self.valid.textChanged.connect(lambda _text: self._check())
        self._check()
        self.title.setFocus()

    def _check(self) -> None:
        day = self.valid.text().strip()
        good = True
        if day:
            try:
                good = date.fromisoformat(day).isoformat() == day
            except ValueError:
                good = False
        set_state(self.valid, "" if good else "invalid")
        t = self._language.t
        expected = t("Enter a day such as 2027-03-31.")
        usual = t("Leave empty if it does not expire.")
        self._rows.rename(self.valid, t("Valid until"), usual if good else expected)
        self.save_button.setEnabled(good and bool(self.title.text().strip()))

    def _take(self) -> None:
        self.entry = Evidence(
            self.title.text().strip(),
            EvidenceKind(self.kind.currentData()),
            self.reference.text().strip(),
            self.valid.text().strip(),
            id=self._old.id if self._old is not None else "",
        )
        self.accept()


class EvidenceList(QWidget):
    """The evidence of the answer shown.

    Signals:
        changed(object): the user wants this tuple of entries.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self._entries: tuple[Evidence, ...] = ()
        self._heading = label("", "strong")
        self.add_button = QPushButton()
        set_role(self.add_button, "quiet")
        self.add_button.clicked.connect(lambda _on=False: self.edit(None))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addLayout(self._rows)
        self._shown: list[QWidget] = []
        self.sheet: EvidenceSheet | None = None
        self._translate()

    def show_entries(self, entries: tuple[Evidence, ...]) -> None:
        """Show a list."""
        if entries != self._entries:
            self._entries = entries
            self._fill()

    def edit(self, place: int | None) -> None:
        """Ask for a new entry, or change the one at a place."""
        old = None if place is None else self._entries[place]
        sheet = EvidenceSheet(self._theme, self._language, self.window(), old)
        self.sheet = sheet

        def finished(_result: int) -> None:
            entry, accepted = sheet.entry, sheet.result() == DialogFrame.DialogCode.Accepted
            self.sheet = None
            sheet.deleteLater()
            if accepted and entry is not None:
                entries = list(self._entries)
                if place is None:
                    entries.append(entry)
                else:
                    entries[place] = entry
                self.changed.emit(tuple(entries))

        sheet.finished.connect(finished)
        sheet.open()

    def remove(self, place: int) -> None:
        """Take an entry away; Ctrl+Z brings it back."""
        self.changed.emit(self._entries[:place] + self._entries[place + 1 :])

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours and the scale of spaces."""
        self._theme = theme
        self.add_button.setIcon(theme.icon("plus", "text", 16))
        self._fill()

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""
        self._language = language
        self._translate()
        self._fill()

    def _translate(self) -> None:
        t = self._language.t
        self._heading.setText(t("Evidence"))
        self.add_button.setText(t("Add evidence"))
        self.add_button.setToolTip(t("A resolution, a case, a page or a file that proves it"))

    def _fill(self) -> None:
        for row in self._shown:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._shown = [self._row(place, entry) for place, entry in enumerate(self._entries)]
        for row in self._shown:
            self._rows.addWidget(row)

    def _row(self, place: int, entry: Evidence) -> QWidget:
        t = self._language.t
        parts = [entry.title, entry.reference]
        if entry.valid_until:
            parts.append(t("valid until {day}", day=entry.valid_until))
        words = ElidedLabel(" · ".join(part for part in parts if part))
        words.setToolTip(tool_tip(f"{entry.title}\n{entry.reference}"))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(words, 1)
        for icon, verb, act in (
            ("edit", t("Edit evidence"), self.edit),
            ("trash", t("Remove evidence"), self.remove),
        ):
            line.addWidget(self._tool(icon, f"{verb}: {entry.title}", verb, act, place))
        return row

    def _tool(
        self, icon: str, name: str, hint: str, act: Callable[[int], None], place: int
    ) -> QPushButton:
        button = QPushButton()
        set_role(button, "quiet")
        button.setIcon(self._theme.icon(icon, "muted", 16))
        button.setAccessibleName(name)
        button.setToolTip(hint)
        button.clicked.connect(lambda _on=False: act(place))
        return button
