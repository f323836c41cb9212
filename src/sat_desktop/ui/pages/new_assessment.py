"""The dialog in which a new assessment is set up; it creates it itself and says what is wrong."""

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QScrollArea, QWidget

from sat_desktop.domain.assessment import Assessment, Unit
from sat_desktop.domain.questionnaire import UnitKind
from sat_desktop.errors import SatError
from sat_desktop.runtime.i18n import LANGUAGES, Language, language_of
from sat_desktop.runtime.names import UNIT_KINDS
from sat_desktop.runtime.wording import describe
from sat_desktop.ui.dialogs import DialogFrame
from sat_desktop.ui.theme import Theme, set_state
from sat_desktop.ui.widgets.calm import SteadyCombo
from sat_desktop.ui.widgets.containers import FormRows
from sat_desktop.ui.widgets.text import label

if TYPE_CHECKING:
    from sat_desktop.services.ports import Workspace

_OWN_NAMES: Final = {"pl": "Polski", "en": "English"}
_LONGEST_NAME: Final = 200


def parse_population(text: str) -> int | None:
    """Return "12 500" as a number, None for an empty text; ValueError if it is none."""
    bare = "".join(text.split())
    if not bare:
        return None
    if not (bare.isascii() and bare.isdigit()) or len(bare) > 9:
        raise ValueError(text)
    return int(bare)


class _Form(QScrollArea):
    """The fields, as high as they need to be where the screen allows it."""

    def __init__(self, theme: Theme, room: int) -> None:
        super().__init__()
        self._room = room
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows = FormRows(theme)
        self.setWidget(self.rows)
        self.viewport().setAutoFillBackground(False)
        self.rows.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """Override: all fields without scrolling, up to the room there is."""
        width = self.viewport().width() if self.isVisible() else 0
        height = self.rows.heightForWidth(width) if width else -1
        return QSize(
            self.rows.sizeHint().width(),
            min(max(height, self.rows.sizeHint().height()) + 2, self._room),
        )

    def minimumSizeHint(self) -> QSize:
        """Override: the same, so that a dialog gives it this height."""
        return QSize(self.rows.minimumSizeHint().width(), self.sizeHint().height())

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Override: a field that the keyboard goes to is scrolled into view."""
        moved = super().focusNextPrevChild(next_)
        field = self.rows.focusWidget()
        if moved and isinstance(field, QWidget):
            self.ensureWidgetVisible(field, 0, 24)
        return moved


class NewAssessment(DialogFrame):
    """Asks for unit, questionnaire, period and language.

    Attributes:
        made: the assessment, when there is one.

    Signals:
        questionnaires_asked(): the user wants another questionnaire than those offered.
    """

    questionnaires_asked = Signal()

    def __init__(
        self, theme: Theme, language: Language, parent: QWidget, workspace: "Workspace", today: date
    ) -> None:
        t = language.t
        super().__init__(
            theme,
            parent,
            t("New assessment"),
            t("One assessment is of one unit and one period. Enter creates it."),
            "plus",
        )
        self.made: Assessment | None = None
        self._workspace, self._language = workspace, language
        # Wide enough for names beside their fields, where the window is.
        width = min(theme.text_px(700), parent.width() - 40)
        self.setMaximumWidth(width)
        self.setMinimumWidth(width)
        room = parent.height() - theme.text_px(250)
        form = _Form(theme, max(theme.text_px(140), room))
        rows = form.rows
        self.name = QLineEdit()
        self.name.setMaxLength(_LONGEST_NAME)
        rows.add(t("Name of the unit"), self.name)
        self.kind = SteadyCombo()
        for kind, words in UNIT_KINDS.items():
            self.kind.addItem(t(words).capitalize(), kind)
        rows.add(t("Kind of unit"), self.kind)
        self.teryt = QLineEdit()
        self.teryt.setMaxLength(20)
        rows.add(t("TERYT code"), self.teryt, t("7 digits of a gmina, 4 of a powiat or a city."))
        self.population = QLineEdit()
        self.population.setPlaceholderText(t("optional"))
        rows.add(t("Inhabitants"), self.population)
        self.edition = SteadyCombo()
        self.edition.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._notices: list[str] = []
        self._fill_editions()
        rows.add(t("Questionnaire"), self.edition, self._notice())
        self.period = QLineEdit(str(today.year))
        self.period.setMaxLength(_LONGEST_NAME)
        rows.add(t("Period"), self.period, t("In the office's own words, such as 2026."))
        self.speech = SteadyCombo()
        for code in LANGUAGES:
            self.speech.addItem(_OWN_NAMES[code], code)
        self.speech.setCurrentIndex(LANGUAGES.index(language.code))
        rows.add(t("Language"), self.speech, t("Of drafts and documents."))
        self._rows = rows
        self.trouble = label("", "negative", wrap=True)
        self.trouble.setVisible(False)
        self.body.addWidget(form)
        self.body.addWidget(self.trouble)
        self.add_button(t("Questionnaires…"), "quiet", self.questionnaires_asked.emit)
        self.add_button(t("Cancel"), "", self.reject)
        self.create_button = self.add_button(t("Create the assessment"), "primary", self._create)
        self.name.textChanged.connect(lambda _text: self._check())
        self.teryt.textChanged.connect(lambda _text: self._check())
        self.population.textChanged.connect(lambda _text: self._check())
        self.period.textChanged.connect(lambda _text: self._check())
        self.edition.currentIndexChanged.connect(lambda _place: self._show_notice())
        self._check()
        self.name.setFocus()

    def renew_editions(self) -> None:
        """Offer what the workspace holds now; the choice stays."""
        chosen = self.edition.currentData()
        self.edition.clear()
        self._notices.clear()
        self._fill_editions()
        self.edition.setCurrentIndex(max(0, self.edition.findData(chosen)))

    def accept(self) -> None:
        """Override: nothing but creating ends the dialog well."""
        if self.made is not None:
            super().accept()

    def _fill_editions(self) -> None:
        from sat_desktop.services.assessments import find_edition, list_editions

        stored = list_editions(self._workspace)
        if not stored:
            raise SatError("edition-unknown", edition="")
        for edition in reversed(stored):
            found = find_edition(self._workspace, edition)
            name = found.name.get(self._language.code)
            self.edition.addItem(f"{name} ({found.version})", edition)
            notice = found.notice.get(self._language.code) if found.notice else ""
            self._notices.append(notice)

    def _notice(self) -> str:
        place = self.edition.currentIndex()
        return self._notices[place] if 0 <= place < len(self._notices) else ""

    def _show_notice(self) -> None:
        self._rows.rename(self.edition, self._language.t("Questionnaire"), self._notice())

    def _unit(self) -> Unit:
        """Return the unit that the fields describe; SatError or ValueError where they do not."""
        return Unit(
            self.name.text().strip(),
            UnitKind(self.kind.currentData()),
            self.teryt.text().strip(),
            parse_population(self.population.text()),
        )

    def _check(self) -> None:
        """Say at once what cannot be meant; what is still empty is no mistake yet."""
        complaint = ""
        set_state(self.teryt, "")
        set_state(self.population, "")
        code = self.teryt.text().strip()
        if code:
            try:
                Unit("-", UnitKind.GMINA, code)
            except SatError as error:
                complaint = describe(error, self._language)
                set_state(self.teryt, "invalid")
        try:
            parse_population(self.population.text())
        except ValueError:
            set_state(self.population, "invalid")
            complaint = complaint or self._language.t("Enter a whole number of inhabitants.")
        complete = all(f.text().strip() for f in (self.name, self.teryt, self.period))
        self.create_button.setEnabled(complete and not complaint)
        self._tell(complaint)

    def _tell(self, complaint: str) -> None:
        self.trouble.setText(complaint)
        self.trouble.setVisible(bool(complaint))
        self.teryt.setAccessibleDescription(complaint)

    def _create(self) -> None:
        from sat_desktop.services.assessments import create_assessment

        code = str(self.speech.currentData())
        try:
            self.made = create_assessment(
                self._workspace,
                self._unit(),
                str(self.edition.currentData()),
                self.period.text(),
                code,
                language_of(code).t("Coordinator"),
            )
        except SatError as error:
            self._tell(describe(error, self._language))
            return
        self.accept()
