"""Saving the plan and its data to files, and saying where they are."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

from sat_desktop.runtime.i18n import Language, language_of
from sat_desktop.services.derived import Snapshot
from sat_desktop.ui.chart_painter import in_drawing_thread
from sat_desktop.ui.file_names import file_name
from sat_desktop.ui.gateway import Gateway
from sat_desktop.ui.messages import Message, Severity
from sat_desktop.ui.pages.page import PageContext
from sat_desktop.ui.tasks import Progress

MEGABYTE: Final = 1_000_000
MAIL_LIMIT: Final = 3 * MEGABYTE
SIGNING_LIMIT: Final = 10 * MEGABYTE


class Exports:
    """Asks where to, writes in a worker, and tells the outcome; remembers the folder."""

    def __init__(self, context: PageContext, gateway: Gateway) -> None:
        self._around, self._gateway = context, gateway
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        self._folder = Path(QStandardPaths.writableLocation(documents))

    def export_plan(self, source: Snapshot, today: date, language: Language) -> None:
        """Save the plan as PDF."""
        t = language.t
        path = self._ask_path(t("Export the plan"), [("PDF", "*.pdf")], source, ".pdf")
        if path is None:
            return

        def work(progress: Progress) -> int:
            document = source.document(today)
            content = in_drawing_thread(partial(self._gateway.write_plan, document))
            progress.check()
            self._gateway.save_file(path, content)
            return len(content)

        self._around.tasks.run(
            t("Exporting the plan…"), work, lambda size: self._tell(path, size, language)
        )

    def export_data(self, source: Snapshot, today: date, language: Language) -> None:
        """Save open data: by the ending, results and plan as JSON or the results as CSV."""
        t = language.t
        kinds = [(t("Results and plan (JSON)"), "*.json"), (t("Table of results (CSV)"), "*.csv")]
        path = self._ask_path(t("Export data"), kinds, source, ".json")
        if path is None:
            return
        language = language_of(source.state.assessment.language)

        def work(_progress: Progress) -> int:
            document = source.document(today)
            if path.suffix.lower() == ".csv":
                content = self._gateway.write_open_csv(document, language)
            else:
                content = self._gateway.write_open_json(document)
            self._gateway.save_file(path, content)
            return 0

        self._around.tasks.run(
            t("Exporting data…"), work, lambda _size: self._tell(path, 0, language)
        )

    def _ask_path(
        self,
        title: str,
        kinds: Sequence[tuple[str, str]],
        source: Snapshot,
        ending: str,
    ) -> Path | None:
        head = source.state.plan.head
        years = f"{head.first_year}-{head.last_year}"
        name = file_name(f"PRI {source.state.assessment.unit.name} {years}", ending)
        path = self._around.dialogs.save_file(title, kinds, self._folder / name)
        if path is not None:
            self._folder = path.parent
        return path

    def _tell(self, path: Path, size: int, language: Language) -> None:
        """Say where the file is; `size` in bytes where it may be too large for somebody."""
        t = language.t
        words, severity = t("Saved: {path}", path=path), Severity.SUCCESS
        if warning := size_warning(size, language):
            words, severity = f"{words}. {warning}", Severity.WARNING
        folder = QUrl.fromLocalFile(str(path.parent))
        self._around.messages.post(
            Message(
                words, severity, t("Open the folder"), partial(_open_folder, folder), key="exported"
            )
        )


def size_warning(size: int, language: Language) -> str:
    """Return whom a file of that many bytes may be too large for, "" for nobody."""
    words = language.number(Fraction(size, MEGABYTE), 1)
    if size > SIGNING_LIMIT:
        return language.t(
            "It has {size} MB: the state's signing service may refuse files above 10 MB.",
            size=words,
        )
    if size > MAIL_LIMIT:
        return language.t(
            "It has {size} MB: mail systems of some offices refuse files above 3 MB.", size=words
        )
    return ""


def _open_folder(folder: QUrl) -> None:
    QDesktopServices.openUrl(folder)
