"""The editions of the workspace: looked at, brought in, checked before, written out, compared."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QMenu, QWidget

from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.errors import SatError
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.wording import describe
from sat_desktop.services.assessments import add_edition, list_editions
from sat_desktop.services.ports import Workspace
from sat_desktop.ui.dialogs import Dialogs
from sat_desktop.ui.file_names import file_name
from sat_desktop.ui.gateway import Checked, Gateway
from sat_desktop.ui.models.listing import Line
from sat_desktop.ui.questionnaires import problems
from sat_desktop.ui.questionnaires.comparing import Comparison
from sat_desktop.ui.questionnaires.listing import Listing
from sat_desktop.ui.questionnaires.panel import Panel, button
from sat_desktop.ui.questionnaires.shelf import Stored, name_of, read_shelf
from sat_desktop.ui.tasks import Progress, Tasks
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.containers import Card, FlowLayout
from sat_desktop.ui.widgets.text import label


class EditionsDialog(Panel):
    """The dialog.

    Attributes:
        table: one row an edition.
        sheet: the dialog above this one, None while there is none.
    """

    def __init__(
        self,
        theme: Theme,
        language: Language,
        parent: QWidget,
        workspace: Workspace,
        gateway: Gateway,
        tasks: Tasks,
        dialogs: Dialogs,
    ) -> None:
        t = language.t
        super().__init__(
            theme,
            language,
            parent,
            t("Questionnaires"),
            t("The editions in this workspace. An edition never changes once it is here."),
        )
        self._workspace, self._gateway, self._tasks, self._dialogs = (
            workspace,
            gateway,
            tasks,
            dialogs,
        )
        self._shelf: dict[str, Stored] = {}
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        self._folder = Path(QStandardPaths.writableLocation(documents))
        self.sheet: Panel | None = None
        self._build_actions()
        heads = (t("Name"), t("Edition"), t("Indicators"), t("Criteria"), t("Assessments"))
        self.table = Listing(theme, t("Editions"), heads, right={2, 3, 4})
        self.table.setMinimumHeight(theme.text_px(150))
        self._build_detail()
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._detail)
        self.add_button(t("Close"), "", self.accept)
        self.table.moved.connect(lambda _key: self._show_detail())
        self.refresh()
        self.table.setFocus()

    @property
    def chosen(self) -> Questionnaire | None:
        """The edition that the table stands on."""
        found = self._shelf.get(self.table.key)
        return found.questionnaire if found is not None else None

    def refresh(self, edition: str = "") -> None:
        """Read the workspace anew, and stand on an edition."""
        code = self.language.code
        try:
            shelf = read_shelf(self._workspace)
        except SatError as error:
            self.show_news(describe(error, self.language), "negative")
            return
        self._shelf = {s.questionnaire.edition: s for s in shelf}
        self.table.show_lines(
            [
                Line(
                    (
                        stored.questionnaire.name.get(code),
                        edition_,
                        str(len(stored.questionnaire.indicators)),
                        str(len(stored.questionnaire.indicator_of_criterion)),
                        str(len(stored.used_by)),
                    ),
                    edition_,
                )
                for edition_, stored in self._shelf.items()
            ],
            edition or self.table.key,
        )
        self._hold()

    def show_busy(self, *, busy: bool) -> None:
        """Override: one thing at a time."""
        for one in (self.import_button, self.check_button, self.export_button):
            one.setEnabled(not busy)
        if not busy:
            self._hold()

    # What the user can do

    def take_in(self, path: Path | None = None) -> None:
        """Store the edition of a workbook or folder, which is asked for unless it is given."""
        t = self.language.t
        wanted = path or self._ask_source(t("Import a questionnaire"))
        if wanted is None:
            return

        def work(progress: Progress) -> tuple[str, bool]:
            found = self._gateway.read_questionnaire(wanted)
            progress.check()
            new = found.edition not in list_editions(self._workspace)
            add_edition(self._workspace, found)
            return found.edition, new

        def done(result: tuple[str, bool]) -> None:
            edition, new = result
            self.refresh(edition)
            self.table.setFocus()
            words = (
                t("{edition} is in the workspace.", edition=edition)
                if new
                else t("{edition} was in the workspace already, just the same.", edition=edition)
            )
            self.show_news(words, "positive")

        self.run(
            self._tasks, t("Reading the questionnaire…"), work, done, self._refused(wanted.name)
        )

    def check(self, path: Path | None = None) -> None:
        """Say everything that is wrong with a workbook or folder; nothing is stored."""
        t = self.language.t
        wanted = path or self._ask_source(t("Check a questionnaire"))
        if wanted is None:
            return

        def done(checked: Checked) -> None:
            found = problems.of_check(self.theme, self.language, self, wanted.name, checked)
            if checked.questionnaire is not None:
                found.add_button(t("Import"), "primary", lambda: self._take_in_checked(wanted))
            self._open(found)

        self.run(
            self._tasks,
            t("Checking the questionnaire…"),
            lambda _progress: self._gateway.check_questionnaire(wanted),
            done,
            self._refused(wanted.name),
        )

    def export_workbook(self, path: Path | None = None) -> None:
        """Write the chosen edition as a workbook."""
        t, chosen = self.language.t, self.chosen
        if chosen is None:
            return
        name = file_name(chosen.edition.replace("@", " "), ".xlsx")
        wanted = path or self._dialogs.save_file(
            t("Export the questionnaire"), [(t("Workbook"), "*.xlsx")], self._folder / name
        )
        if wanted is not None:
            self._write(chosen, wanted.parent, wanted)

    def export_folder(self, path: Path | None = None) -> None:
        """Write the chosen edition into a new folder within the one that is asked for."""
        t, chosen = self.language.t, self.chosen
        if chosen is None:
            return
        wanted = path or self._dialogs.choose_folder(
            t("The folder of the questionnaire is made in this folder"), self._folder
        )
        if wanted is not None:
            # A folder named like a version alone would be taken for one of <id>/<version>.
            self._write(chosen, wanted, wanted / file_name(f"{chosen.id}-{chosen.version}", ""))

    def compare(self) -> None:
        """Show what became of everything from one edition to another."""
        chosen = self.chosen
        if chosen is not None and len(self._shelf) > 1:
            stored = [s.questionnaire for s in self._shelf.values()]
            self._open(Comparison(self.theme, self.language, self, stored, chosen))

    def _write(self, questionnaire: Questionnaire, folder: Path, path: Path) -> None:
        t = self.language.t
        self._folder = folder
        self.run(
            self._tasks,
            t("Writing the questionnaire…"),
            lambda _progress: self._gateway.write_questionnaire(questionnaire, path, self.language),
            lambda _nothing: self.show_news(t("Saved: {path}", path=path), "positive"),
            self._refused(questionnaire.edition),
        )

    def _take_in_checked(self, path: Path) -> None:
        if self.sheet is not None:
            self.sheet.accept()
        self.take_in(path)

    def _ask_source(self, title: str) -> Path | None:
        """Ask for a workbook, or for a file of a folder, which stands for the folder."""
        t = self.language.t
        kinds = [
            (t("Questionnaires"), "*.xlsx questionnaire.yaml"),
            (t("Workbook"), "*.xlsx"),
            (t("Folder: its file questionnaire.yaml"), "*.yaml"),
        ]
        found = self._dialogs.choose_file(title, kinds, self._folder)
        if found is None:
            return None
        self._folder = found.parent
        return found if found.suffix.lower() == ".xlsx" else found.parent

    def _refused(self, name: str) -> Callable[[SatError], None]:
        def tell(error: SatError) -> None:
            self.show_news(self.language.t("Nothing was changed."), "negative")
            self._open(problems.of_error(self.theme, self.language, self, name, error))

        return tell

    def _open(self, sheet: Panel) -> None:
        def finished(_result: int) -> None:
            if self.sheet is sheet:
                self.sheet = None
            sheet.deleteLater()

        self.sheet = sheet
        sheet.finished.connect(finished)
        sheet.open()

    # What is shown

    def _build_actions(self) -> None:
        t = self.language.t
        row = QWidget()
        flow = FlowLayout(row, self.theme.s)
        self.import_button = button(t("Import…"), self.take_in, "primary")
        self.import_button.setToolTip(t("From a workbook (.xlsx) or a folder"))
        self.check_button = button(t("Check a file…"), self.check)
        self.check_button.setToolTip(t("Say what is wrong with it before it is imported"))
        self.export_button = button(t("Export"), self._show_export)
        self.compare_button = button(t("Compare…"), self.compare)
        self._export_menu = QMenu(self)
        for words, act in (
            (t("As a workbook (.xlsx)…"), self.export_workbook),
            (t("As a folder…"), self.export_folder),
        ):
            self._export_menu.addAction(words, act)
        for made, icon, role in (
            (self.import_button, "import", "on_accent"),
            (self.check_button, "check", "text"),
            (self.export_button, "export", "text"),
            (self.compare_button, "results", "text"),
        ):
            made.setIcon(self.theme.icon(icon, role, 18))
            flow.addWidget(made)
        self.body.addWidget(row)

    def _build_detail(self) -> None:
        self._detail = Card(self.theme)
        self._detail.body.setSpacing(self.theme.xs)
        self._title = label("", "strong", wrap=True)
        self._notice = label("", "muted", wrap=True)
        self._users = label("", wrap=True)
        for words in (self._title, self._notice, self._users):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._detail.body.addWidget(words)

    def _show_detail(self) -> None:
        t, code = self.language.t, self.language.code
        stored = self._shelf.get(self.table.key)
        self._detail.setVisible(stored is not None)
        if stored is None:
            return
        shown = stored.questionnaire
        self._title.setText(name_of(shown, code))
        notice = shown.notice.get(code) if shown.notice else ""
        self._notice.setText(notice)
        self._notice.setVisible(bool(notice))
        self._users.setText(
            t("In use: {assessments}", assessments="; ".join(stored.used_by))
            if stored.used_by
            else t("No assessment goes by this edition.")
        )

    def _hold(self) -> None:
        """Offer only what can be done."""
        t = self.language.t
        here = bool(self._shelf)
        self.export_button.setEnabled(here and not self.is_working)
        self.compare_button.setEnabled(len(self._shelf) > 1)
        self.compare_button.setToolTip(
            t("Show what differs between two editions")
            if len(self._shelf) > 1
            else t("There is only one edition here.")
        )

    def _show_export(self) -> None:
        self._export_menu.popup(
            self.export_button.mapToGlobal(self.export_button.rect().bottomLeft())
        )
