"""The text of one chapter: the draft that stands by itself, or the authors' own, block by block."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sat_desktop.domain.plan import Block, BulletList, Paragraph, TextTable
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.pages.documents.blocks import (
    EMPTY_TABLE,
    BlockEditor,
    without_empty,
)
from sat_desktop.ui.theme import Theme, set_role
from sat_desktop.ui.widgets.containers import Card, FlowLayout
from sat_desktop.ui.widgets.text import Badge, label


class ChapterEditor(QScrollArea):
    """Shows a chapter's text and lets it be written.

    Signals:
        written(tuple): the blocks of the chapter are others now; none brings the draft back.
    """

    written = Signal(object)

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self._chapter = ""
        self._saved: tuple[Block, ...] = ()
        self._draft: tuple[Block, ...] = ()
        self.editors: list[BlockEditor] = []
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._title = label("", "heading", wrap=True)
        self.badge = Badge(theme)
        self._note = label("", "muted", wrap=True)
        self._words = QVBoxLayout()
        self.buttons: dict[str, QPushButton] = {}
        self._tools = QWidget()
        flow = FlowLayout(self._tools, theme.s)
        for name, act in (
            ("start", self._start),
            ("paragraph", lambda: self.add(Paragraph(""))),
            ("list", lambda: self.add(BulletList(()))),
            ("table", lambda: self.add(EMPTY_TABLE)),
            ("draft", self._back_to_draft),
        ):
            button = QPushButton()
            button.clicked.connect(lambda _on=False, act=act: act())
            flow.addWidget(button)
            self.buttons[name] = button
        set_role(self.buttons["start"], "primary")
        set_role(self.buttons["draft"], "quiet")
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        body = QWidget()
        body.setObjectName("backdrop")
        self._column = QVBoxLayout(body)
        self._column.addLayout(head)
        self._column.addWidget(self._note)
        self._column.addLayout(self._words)
        self._column.addWidget(self._tools)
        self._column.addStretch(1)
        self.setWidget(body)
        self.apply_theme(theme)
        self.retranslate(language)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The authors' own text as it stands on the screen, without what is empty."""
        return without_empty([editor.block for editor in self.editors])

    def show_chapter(
        self, chapter: str, title: str, own: Sequence[Block], draft: Sequence[Block]
    ) -> None:
        """Show a chapter: the authors' blocks, or else the draft."""
        # What is being written stays under the cursor; anything else is built anew.
        stays = chapter == self._chapter and (
            tuple(own) == self.blocks if self.editors else not own and tuple(draft) == self._draft
        )
        self._chapter, self._saved, self._draft = chapter, tuple(own), tuple(draft)
        self._title.setText(title)
        if not stays or not self._words.count():
            self._build(own)
        self._say()

    def flush(self) -> None:
        """Report what is being typed."""
        for editor in list(self.editors):
            editor.flush()

    def add(self, block: Block) -> None:
        """Append a block and go into it."""
        if not self.editors:
            self._empty()
        editor = self._append(block)
        self._number()
        self._say()
        editor.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the scale of spaces."""
        self._theme = theme
        self._column.setContentsMargins(0, 0, theme.m, theme.l)
        self._column.setSpacing(theme.s)
        self._words.setSpacing(theme.s)
        for name in ("paragraph", "list", "table"):
            self.buttons[name].setIcon(theme.icon("plus", "text", 16))

    def retranslate(self, language: Language) -> None:
        """Translate; the owner shows the chapter anew."""
        self._language = language
        t = language.t
        for name, words in (
            ("paragraph", t("Paragraph")),
            ("list", t("List")),
            ("table", t("Table")),
            ("draft", t("Back to the draft")),
        ):
            self.buttons[name].setText(words)
        for name, words in (
            ("paragraph", t("Add a paragraph")),
            ("list", t("Add a list")),
            ("table", t("Add a table")),
        ):
            self.buttons[name].setAccessibleName(words)
            self.buttons[name].setToolTip(words)
        if self._words.count():
            self.flush()
            own = [editor.block for editor in self.editors]
            self._build(own)
            self._say()

    def _say(self) -> None:
        """Say which text stands, and offer what can be done with it."""
        t = self._language.t
        own = bool(self.editors)
        self.badge.setText(t("own text") if own else t("draft text"))
        self.badge.set_tone("accent" if own else "neutral")
        if own:
            note = t("Saved as you write. Tables and charts of the data follow the text.")
        elif self._draft:
            note = t("This draft follows the data by itself. You may write your own text instead.")
        else:
            note = t("This chapter shows data alone. Text that you add stands before it.")
        self._note.setText(note)
        start = t("Start from the draft") if self._draft else t("Write a text")
        self.buttons["start"].setText(start)
        self.buttons["start"].setVisible(not own)
        for name in ("paragraph", "list", "table", "draft"):
            self.buttons[name].setVisible(own)

    def _build(self, own: Sequence[Block]) -> None:
        self._empty()
        for block in own:
            self._append(block)
        self._number()
        if not own:
            self._words.addWidget(self._draft_card())

    def _empty(self) -> None:
        self.editors = []
        while (item := self._words.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                # Losing the focus, it would report a chapter of which it is no part any more.
                widget.blockSignals(True)
                widget.hide()
                widget.deleteLater()

    def _append(self, block: Block) -> BlockEditor:
        editor = BlockEditor(self._theme, self._language, block)
        editor.changed.connect(self._report)
        editor.moved.connect(lambda by: self._move(editor, by))
        editor.removed.connect(lambda: self._remove(editor))
        self.editors.append(editor)
        self._words.addWidget(editor)
        return editor

    def _number(self) -> None:
        last = len(self.editors) - 1
        for place, editor in enumerate(self.editors):
            editor.set_ends(first=place == 0, last=place == last)

    def _move(self, editor: BlockEditor, by: int) -> None:
        here = self.editors.index(editor)
        there = here + by
        if not 0 <= there < len(self.editors):
            return
        self.editors.insert(there, self.editors.pop(here))
        self._words.removeWidget(editor)
        self._words.insertWidget(there, editor)
        self._number()
        self._report()

    def _remove(self, editor: BlockEditor) -> None:
        place = self.editors.index(editor)
        self.editors.remove(editor)
        self._words.removeWidget(editor)
        editor.hide()
        editor.deleteLater()
        if self.editors:
            self.editors[min(place, len(self.editors) - 1)].field.setFocus()
        else:
            self._build(())
        self._number()
        self._say()
        self._report()

    def _start(self) -> None:
        if not self._draft:
            self.add(Paragraph(""))
            return
        self._build(self._draft)
        self._say()
        self._report()
        self.editors[0].field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back_to_draft(self) -> None:
        self._build(())
        self._say()
        self._report()
        self.buttons["start"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _report(self) -> None:
        blocks = self.blocks
        if blocks != self._saved:
            self._saved = blocks
            self.written.emit(blocks)

    def _draft_card(self) -> QWidget:
        """Return the draft as it will stand in the document."""
        card = Card(self._theme)
        for block in self._draft:
            if isinstance(block, Paragraph):
                card.body.addWidget(label(block.text, wrap=True))
            elif isinstance(block, BulletList):
                for item in block.items:
                    card.body.addWidget(label(f"•  {item}", wrap=True))
            else:
                card.body.addWidget(_drawn(block))
        card.setVisible(bool(self._draft))
        return card


def _drawn(table: TextTable) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    for row, cells in enumerate((table.header, *table.rows)):
        for column, words in enumerate(cells):
            grid.addWidget(label(words, "body" if row else "strong", wrap=True), row, column)
    return made
