"""The documents: texts of the chapters at the left, the pages as they will be at the right, export.

The preview is the document itself: written in a worker a moment after the last change, and read
back before it is shown. What is exported is written anew from what stands on the disk.
"""

from fractions import Fraction
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sat_desktop.domain.document import PlanDocument
from sat_desktop.domain.history import Change
from sat_desktop.domain.plan import CHAPTERS, Block, Chapter
from sat_desktop.errors import SatError
from sat_desktop.runtime.i18n import Language, language_of
from sat_desktop.runtime.names import CHAPTER_TITLES
from sat_desktop.runtime.wording import describe
from sat_desktop.services.planning import set_chapter
from sat_desktop.ui.chart_painter import in_drawing_thread
from sat_desktop.ui.gateway import Gateway, PagePictures
from sat_desktop.ui.pages.documents.chapter import ChapterEditor
from sat_desktop.ui.pages.documents.cover import CoverFields
from sat_desktop.ui.pages.documents.exports import Exports
from sat_desktop.ui.pages.documents.preview import ZOOMS, PagePreview
from sat_desktop.ui.pages.page import Page, PageContext
from sat_desktop.ui.session import AssessmentSession
from sat_desktop.ui.tasks import Progress, Task
from sat_desktop.ui.theme import Theme, set_role
from sat_desktop.ui.widgets.feedback import EmptyState
from sat_desktop.ui.widgets.inputs import SegmentedSwitch
from sat_desktop.ui.widgets.text import label

PAUSE_MS: Final = 1200
"""How long after a change the pages are drawn anew."""

COVER: Final = "cover"


class DocumentsPage(Page):
    """The page.

    Attributes:
        chapters: the cover and the twelve chapters.
        editor: the text of the chosen one.
        preview: the pages.
    """

    def __init__(self, context: PageContext, session: AssessmentSession, gateway: Gateway) -> None:
        super().__init__(context, fills=True)
        self._session, self._gateway = session, gateway
        self._stale = True
        self._outdated = True
        self._document: PlanDocument | None = None
        self._task: Task | None = None
        self._exports = Exports(context, gateway)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.draw_preview)
        theme, language = self.theme, self.language
        self.chapters = QListWidget()
        self.chapters.setWordWrap(True)
        self.chapters.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.chapters.currentRowChanged.connect(self._choose)
        self.chooser = QComboBox()
        self.chooser.setModel(self.chapters.model())
        self.chooser.currentIndexChanged.connect(self.chapters.setCurrentRow)
        self.editor = ChapterEditor(theme, language)
        self.editor.written.connect(self._write)
        self.cover = CoverFields(theme, lambda: context.go_to("plan", "settings"))
        self.side = SegmentedSwitch(theme, "side", [("text", ""), ("pages", "")])
        self.side.chosen.connect(lambda _choice: self._arrange())
        self.preview = PagePreview(theme)
        self.preview.page_changed.connect(self._show_page)
        self.zoom = SegmentedSwitch(theme, "zoom", [(zoom, "") for zoom in ZOOMS])
        self.zoom.chosen.connect(self.preview.set_zoom)
        self.refresh_button = QToolButton()
        set_role(self.refresh_button, "quiet")
        self.refresh_button.clicked.connect(lambda _on=False: self.draw_preview())
        self.findings = QPushButton()
        set_role(self.findings, "link")
        self.findings.clicked.connect(lambda _on=False: context.go_to("plan", "check"))
        self.data_button = QPushButton()
        self.data_button.clicked.connect(lambda _on=False: self.export_data())
        self.export_button = QPushButton()
        set_role(self.export_button, "primary")
        self.export_button.clicked.connect(lambda _on=False: self.export_plan())
        self.empty = EmptyState(theme, "documents", "", " ", lambda: context.go_to("start", ""))
        self._build()
        save = QShortcut(QKeySequence("Ctrl+S"), self)
        save.activated.connect(self.export_plan)
        session.opened.connect(self._note_opening)
        session.changed.connect(self._follow)
        session.interrupting.connect(self.editor.flush)
        session.computing.arrived.connect(self._look)
        self.apply_theme(theme)
        self.retranslate(language)

    # What the window calls

    def refresh(self) -> None:
        """Override: show the texts as they stand, and the pages if they changed."""
        self._show()
        if self._stale and self._session.is_open:
            self.draw_preview()

    def show_target(self, target: str) -> None:
        """Override: choose the cover or a chapter by its id."""
        if target in (COVER, *CHAPTERS):
            self.chapters.setCurrentRow((COVER, *CHAPTERS).index(target))

    def apply_theme(self, theme: Theme) -> None:
        """Override: icons of the page's own."""
        super().apply_theme(theme)
        self.refresh_button.setIcon(theme.icon("refresh", "text", 18))
        side = theme.text_px(18)
        for widget in (self.refresh_button, self.chapters, self.chooser):
            widget.setIconSize(QSize(side, side))
        self._show()
        self.export_button.setIcon(theme.icon("export", "on_accent"))
        self._arrange()

    def retranslate(self, language: Language) -> None:
        """Override: say everything in another language."""
        super().retranslate(language)
        t = language.t
        self.heading.set_words(
            t("Documents"), t("Edit the texts of the chapters, look at the pages, export.")
        )
        self.chapters.setAccessibleName(t("Chapters"))
        self.chooser.setAccessibleName(t("Chapter"))
        self.side.setAccessibleName(t("Text or pages"))
        self.side.set_words([t("Text"), t("Pages")])
        self.zoom.setAccessibleName(t("Size of the pages"))
        self.zoom.set_words(
            [t("Width"), language.percent(Fraction(1)), language.percent(Fraction(3, 2))]
        )
        self.preview.setAccessibleName(t("Preview of the document"))
        words = t("Draw the pages anew (F5)")
        self.refresh_button.setAccessibleName(words)
        self.refresh_button.setToolTip(words)
        self.data_button.setText(t("Export data…"))
        self.data_button.setToolTip(t("Save the results and the plan as open data (JSON, CSV)"))
        self.export_button.setText(t("Export PDF…"))
        self.export_button.setToolTip(t("Save the plan as an accessible PDF (Ctrl+S)"))
        self.empty.set_words(
            t("Open an assessment or begin a new one; its documents are made here."),
            t("Go to the start"),
        )
        self._show()
        self._show_page(*self._page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: text and pages beside each other where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        """Override: nothing that was typed is left behind."""
        self.editor.flush()
        super().hideEvent(event)

    # What the user does

    def draw_preview(self) -> None:
        """Write the document and show its pages; once more at the end if it changed meanwhile."""
        self._pause.stop()
        if not self._session.is_open or self._task is not None:
            return
        self._stale = False
        source, today = self._session.derived.snapshot(), self._gateway.today()
        self._tell_state(self.language.t("Drawing the pages…"))

        def work(_progress: Progress) -> PagePictures:
            content = in_drawing_thread(partial(self._gateway.write_plan, source.document(today)))
            return self._gateway.page_pictures(content)

        self._task = self.context.tasks.run(
            self.language.t("Drawing the pages…"),
            work,
            partial(self._show_pages, source.state.assessment.id),
            self._tell_failure,
            self._after_preview,
        )

    def export_plan(self) -> None:
        """Ask where to and save the plan as PDF."""
        if self._session.is_open:
            self.editor.flush()
            source = self._session.derived.snapshot()
            self._exports.export_plan(source, self._gateway.today(), self.language)

    def export_data(self) -> None:
        """Ask where to and save open data."""
        if self._session.is_open:
            self.editor.flush()
            source = self._session.derived.snapshot()
            self._exports.export_data(source, self._gateway.today(), self.language)

    # Inside

    def _build(self) -> None:
        self._page = (0, 0)
        self._shown = ""
        self.heading.buttons.addWidget(self.data_button)
        self.heading.buttons.addWidget(self.export_button)
        self._bar = QHBoxLayout()
        self._bar.addWidget(self.chooser, 1)
        self._bar.addWidget(self.side)
        self._texts = QStackedWidget()
        self._texts.addWidget(self.editor)
        self._texts.addWidget(self.cover)
        self._counter = label("", "muted")
        self._state = label("", "caption", wrap=True)
        self._tools = QHBoxLayout()
        self._tools.addWidget(self.zoom)
        self._tools.addWidget(self._counter)
        self._tools.addStretch(1)
        self._tools.addWidget(self.refresh_button)
        self._pages = QWidget()
        self._pages_column = QVBoxLayout(self._pages)
        self._pages_column.setContentsMargins(0, 0, 0, 0)
        self._pages_column.addLayout(self._tools)
        self._pages_column.addWidget(self._state)
        self._pages_column.addWidget(self.preview, 1)
        left = QWidget()
        self._left = left
        column = self._left_column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.chapters, 1)
        column.addWidget(self.findings, 0, Qt.AlignmentFlag.AlignLeft)
        self._row = QHBoxLayout()
        self._row.addWidget(left)
        self._row.addWidget(self._texts, 1)
        self._row.addWidget(self._pages, 1)
        content = QWidget()
        self._content_column = QVBoxLayout(content)
        self._content_column.setContentsMargins(0, 0, 0, 0)
        self._content_column.addLayout(self._bar)
        self._content_column.addLayout(self._row, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(content)
        self._stack.addWidget(self.empty)
        self.body.addWidget(self._stack, 1)
        again = QShortcut(QKeySequence("F5"), self)
        again.activated.connect(self.draw_preview)

    def _arrange(self) -> None:
        if not hasattr(self, "_stack"):
            return
        theme = self.theme
        self._row.setSpacing(theme.l)
        self._bar.setSpacing(theme.s)
        self._tools.setSpacing(theme.s)
        for column in (self._pages_column, self._left_column, self._content_column):
            column.setSpacing(theme.s)
        wide = self.width() >= theme.text_px(940)
        self._left.setVisible(wide)
        self._left.setFixedWidth(theme.text_px(284))
        self.chooser.setVisible(not wide)
        self.side.setVisible(not wide)
        self._texts.setVisible(wide or self.side.choice == "text")
        self._pages.setVisible(wide or self.side.choice == "pages")

    @property
    def _chapter(self) -> str:
        """The id of what is chosen."""
        return (COVER, *CHAPTERS)[max(0, self.chapters.currentRow())]

    def _choose(self, row: int) -> None:
        if self.chooser.currentIndex() != row:
            self.chooser.setCurrentIndex(row)
        self._show_chapter()

    def _write(self, blocks: tuple[Block, ...]) -> None:
        if self._shown in CHAPTERS:
            self._session.run(set_chapter, self._shown, Chapter(blocks))

    def _note_opening(self) -> None:
        # Nothing that was typed in one assessment may be written into another.
        self._shown = ""
        self._document = None
        self.preview.show_document(None)
        self._note_change()

    def _follow(self, change: Change) -> None:
        if change:
            self._note_change()

    def _note_change(self) -> None:
        self._stale = True
        if not self.isVisible():
            return
        self._show()
        if self._session.is_open:
            self._tell_state(self.language.t("The text has changed; the pages follow in a moment."))
            self._pause.start()

    def _show(self) -> None:
        """Show the list, the chosen chapter and what the plan lacks."""
        self._stack.setCurrentIndex(0 if self._session.is_open else 1)
        for button in (self.data_button, self.export_button):
            button.setVisible(self._session.is_open)
        if not self._session.is_open:
            return
        t = self.language.t
        own = self._session.derived.plan.chapters
        titles = [t("First page"), *(t(CHAPTER_TITLES[c]) for c in CHAPTERS)]
        if self.chapters.count() != len(titles):
            self.chapters.addItems(titles)
            self.chapters.setCurrentRow(1)
        for row, title in enumerate(titles):
            item = self.chapters.item(row)
            written = row > 0 and bool(own.get(CHAPTERS[row - 1], Chapter()).blocks)
            self._mark(item, f"{row}. {title}" if row else title, written=written)
        self._show_made()
        self._show_chapter()

    def _look(self) -> None:
        """Show what has been made, while somebody looks."""
        if self._outdated and self.isVisible() and self._session.is_open:
            self._show_made()
            self._show_chapter()

    def _show_made(self) -> None:
        """Show what follows from the assessment, once it is made."""
        self._outdated = not self._session.computing.want("findings", "document")
        if self._outdated:
            return
        derived = self._session.derived
        self._document = derived.document(self._gateway.today())
        lacking = len(derived.findings)
        self.findings.setText(
            self.language.n("Plan check: {count} remark", "Plan check: {count} remarks", lacking)
            if lacking
            else self.language.t("Plan check: nothing is missing")
        )

    def _mark(self, item: QListWidgetItem, title: str, *, written: bool) -> None:
        t = self.language.t
        item.setText(title)
        icon, colour = ("edit", "accent") if written else ("documents", "muted")
        item.setIcon(self.theme.icon(icon, colour, 16))
        words = t("own text") if written else t("draft text")
        item.setToolTip(f"{title}: {words}")
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, words)

    def _show_chapter(self) -> None:
        if not self._session.is_open or not self.chapters.count():
            return
        chapter = self._chapter
        if chapter != self._shown:
            # What was typed belongs to the chapter that is left.
            self.editor.flush()
            self._shown = chapter
        if chapter == COVER:
            self.cover.show_head(self._session.derived.plan.head, self.language)
            self._texts.setCurrentWidget(self.cover)
            return
        document = self._document
        # Until it is at hand, the fields may hold another assessment's text.
        self.editor.setEnabled(document is not None)
        if document is None:
            return
        language = language_of(document.assessment.language)
        self.editor.show_chapter(
            chapter,
            self.language.t(CHAPTER_TITLES[chapter]),
            self._session.derived.plan.chapters.get(chapter, Chapter()).blocks,
            self._gateway.draft_chapter(document, chapter, language),
        )
        self._texts.setCurrentWidget(self.editor)

    def _show_pages(self, assessment: str, pictures: PagePictures) -> None:
        if self._session.is_open and self._session.dossier.assessment.id == assessment:
            self.preview.show_document(pictures)
        else:
            # Another assessment was opened while these were drawn.
            pictures.close()
        self._tell_state("")
        self._after_preview()

    def _after_preview(self) -> None:
        self._task = None
        if self._stale and self.isVisible():
            self._pause.start()

    def _tell_failure(self, error: BaseException) -> None:
        self._after_preview()
        if not isinstance(error, SatError):
            raise error
        self._tell_state(describe(error, self.language))

    def _tell_state(self, words: str) -> None:
        self._state.setText(words)
        self._state.setVisible(bool(words))
        self.preview.setAccessibleDescription(words)

    def _show_page(self, page: int, pages: int) -> None:
        self._page = (page, pages)
        words = self.language.t("page {page} of {total}", page=page, total=pages) if pages else ""
        self._counter.setText(words)
