"""The explanations of an indicator beside its answer: why, on what law, what proves it, how to.

Made when they are first opened. They are one text that can be read on, marked and copied, with
headings for screen readers.
"""

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QToolButton, QVBoxLayout

from sat_desktop.domain.questionnaire import Indicator, LegalBasis
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.pages.questionnaire.words import basis_words
from sat_desktop.ui.theme import Theme, set_role
from sat_desktop.ui.widgets.text import label


class Explanations(QFrame):
    """A sheet with all that helps to read one indicator.

    Attributes:
        text: what is read.

    Signals:
        closing(): the user wants it away.
    """

    closing = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self.setObjectName("explanations")
        self._theme, self._language = theme, language
        self._indicator: Indicator | None = None
        self._title = label("", "heading", wrap=True)
        self._close = QToolButton()
        set_role(self._close, "quiet")
        self._close.clicked.connect(lambda _on=False: self.closing.emit())
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        # A caret lets screen readers go through the text line by line.
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.text, 1)
        self.setFocusProxy(self.text)
        self.apply_theme(theme)
        self.retranslate(language)

    def show_indicator(self, indicator: Indicator, language: Language) -> None:
        """Show what there is to say about an indicator."""
        if indicator is self._indicator and language is self._language:
            return
        self._indicator, self._language = indicator, language
        self._write()
        self.text.verticalScrollBar().setValue(0)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours and the scale of spaces."""
        self._theme = theme
        self._column.setContentsMargins(theme.l, theme.l, theme.s, theme.s)
        self._column.setSpacing(theme.s)
        side = theme.text_px(16)
        self._close.setIcon(theme.icon("cross", "text", 16))
        self._close.setIconSize(QSize(side, side))
        self._write()

    def retranslate(self, language: Language) -> None:
        """Say its own words in another language; the page shows the indicator anew."""
        t = language.t
        self._title.setText(t("Explanations"))
        self._close.setToolTip(t("Close the explanations (Esc or H)"))
        self._close.setAccessibleName(t("Close the explanations"))

    def _write(self) -> None:
        if self._indicator is None:
            return
        theme, code = self._theme, self._language.code
        name = f"{self._indicator.code} {self._indicator.name.get(code)}".strip()
        self.text.setAccessibleName(self._language.t("Explanations of {name}", name=name))
        document = self.text.document()
        document.setDocumentMargin(0)
        document.setDefaultFont(theme.font())
        document.setDefaultStyleSheet(
            f"h3 {{ font-size: {theme.text_px(15)}px; margin-top: {theme.l}px;"
            f" margin-bottom: {theme.xs}px; }}"
            f"ul {{ margin: 0 0 0 {theme.l}px; -qt-list-indent: 0; }}"
            f"p, li {{ margin-top: 0; margin-bottom: {theme.s}px; }}"
            f".warning {{ color: {theme.palette.warning}; }}"
            f".muted {{ color: {theme.palette.muted}; }}"
        )
        self.text.setHtml("".join(_parts(self._indicator, self._language)))


def _parts(indicator: Indicator, language: Language) -> Iterator[str]:
    """Yield the explanations as HTML, part by part; the edition's own words are escaped."""
    t, code = language.t, language.code
    said = False
    for title, entries in (
        (t("Why it is asked"), [escape(indicator.why.get(code))] if indicator.why else []),
        (t("Legal basis"), [_basis(basis, language) for basis in indicator.legal_basis]),
        (t("What can prove it"), [escape(text.get(code)) for text in indicator.evidence]),
        (t("Good practice"), _practice(indicator, language)),
        (t("How a level is reached"), list(_steps(indicator, language))),
    ):
        if entries:
            said = True
            yield f"<h3>{escape(title)}</h3>"
            yield from _paragraphs(entries)
    if not said:
        nothing = t("This edition says nothing more about the indicator.")
        yield f"<p>{escape(nothing)}</p>"


def _paragraphs(entries: list[str]) -> Iterator[str]:
    if len(entries) == 1:
        yield f"<p>{entries[0]}</p>"
    else:
        yield "<ul>"
        yield from (f"<li>{entry}</li>" for entry in entries)
        yield "</ul>"


def _basis(basis: LegalBasis, language: Language) -> str:
    """Return a provision; that it must be looked up first is seen at a glance."""
    words = escape(basis_words(basis, language))
    doubt = escape(language.t("Not confirmed: look it up before you rely on it."))
    return (
        words.replace(doubt, f'<span class="warning">{doubt}</span>') if doubt in words else words
    )


def _practice(indicator: Indicator, language: Language) -> list[str]:
    practice = indicator.good_practice
    if practice is None:
        return []
    words = escape(practice.text.get(language.code))
    if practice.source:
        source = escape(language.t("Source: {source}", source=practice.source))
        words += f'<br><span class="muted">{source}</span>'
    return [words]


def _steps(indicator: Indicator, language: Language) -> Iterator[str]:
    for level in indicator.levels:
        if level.step is not None:
            named = escape(language.t("Level {level}", level=level.level))
            title = escape(level.step.title.get(language.code))
            description = escape(level.step.description.get(language.code))
            yield f"<b>{named}: {title}.</b> {description}"
