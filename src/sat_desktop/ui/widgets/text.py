"""Words on the screen: labels by role, headings, a line that shortens itself, badges."""

from typing import Protocol, cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.palette import ink_on
from sat_desktop.ui.theme import Theme, set_role


class Themed(Protocol):
    """A widget that draws or measures something by the theme itself."""

    def apply_theme(self, theme: Theme) -> None:
        """Draw with another theme from now on."""


class Speaking(Protocol):
    """A widget that has words of its own."""

    def retranslate(self, language: Language) -> None:
        """Say them in another language from now on."""


def spread_theme(root: QWidget, theme: Theme) -> None:
    """Hand a theme to every widget below `root` that wants it."""
    for widget in root.findChildren(QWidget):
        if hasattr(widget, "apply_theme"):
            cast("Themed", widget).apply_theme(theme)


def spread_language(root: QWidget, language: Language) -> None:
    """Hand a language to every widget below `root` that wants it."""
    for widget in root.findChildren(QWidget):
        if hasattr(widget, "retranslate"):
            cast("Speaking", widget).retranslate(language)


def label(text: str = "", role: str = "body", *, wrap: bool = False) -> QLabel:
    """Return a label of a role of the type scale, or "muted", "positive", "warning", "negative".

    Its text is shown as typed: users' words may hold signs that look like markup.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    set_role(made, role)
    return made


class ElidedLabel(QLabel):
    """One line that ends in "..." where it does not fit, with the whole text as its tooltip."""

    def __init__(self, text: str = "", role: str = "body") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self, role)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Override: it may become very narrow."""
        return QSize(self.fontMetrics().averageCharWidth() * 6, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Override: the width of the whole text."""
        width = self.fontMetrics().horizontalAdvance(self._whole) + 4
        return QSize(width, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: shorten the text anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(self.width(), 1)
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class SectionHeading(QWidget):
    """A heading, a sentence of explanation below it, and room for buttons at the right.

    Attributes:
        buttons: the layout at the right.
    """

    def __init__(
        self, theme: Theme, title: str = "", detail: str = "", role: str = "heading"
    ) -> None:
        super().__init__()
        self._title = label(title, role, wrap=True)
        self._detail = label(detail, "muted", wrap=True)
        if not detail:
            self._detail.hide()
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self._title)
        words.addWidget(self._detail)
        self.buttons = QHBoxLayout()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(words, 1)
        row.addLayout(self.buttons)
        row.setAlignment(self.buttons, Qt.AlignmentFlag.AlignTop)
        self.apply_theme(theme)

    def set_words(self, title: str, detail: str = "") -> None:
        """Show another heading and explanation."""
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))

    def apply_theme(self, theme: Theme) -> None:
        """Follow the scale of spaces."""
        self.buttons.setSpacing(theme.s)
        if row := self.layout():
            row.setSpacing(theme.l)


class Badge(QLabel):
    """A short word in a pill; the tone is said by the word too, never by colour alone.

    `tone` is "neutral", "accent", "positive", "warning" or "negative"; `set_level` uses the colour
    of a level instead.
    """

    def __init__(self, theme: Theme, text: str = "", tone: str = "neutral") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tone = tone
        self._level: tuple[int, int] | None = None
        self._ground = QColor()
        self._edge = QColor()
        self.apply_theme(theme)

    def set_tone(self, tone: str) -> None:
        """Use another tone."""
        self._tone, self._level = tone, None
        self.apply_theme(self._theme)

    def set_level(self, level: int, levels: int) -> None:
        """Use the colour of `level` on a scale of 0..`levels`."""
        self._level = (level, levels)
        self.apply_theme(self._theme)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the palette and the scale of spaces."""
        self._theme = theme
        if self._level is not None:
            self._ground = theme.level_colours(self._level[1])[self._level[0]]
            ink = ink_on(self._ground.name())
            self._edge = self._ground
        else:
            soft = {"neutral": "hover", "accent": "accent_soft"}
            self._ground = theme.colour(soft.get(self._tone, f"{self._tone}_soft"))
            ink = theme.colour({"neutral": "muted"}.get(self._tone, self._tone)).name()
            self._edge = QColor(ink) if theme.palette.scheme == "high-contrast" else self._ground
        self.setStyleSheet(f"color: {ink}; font-size: {theme.text_px(13)}px;")
        self.setContentsMargins(theme.px(8), theme.px(2), theme.px(8), theme.px(2))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override: the pill below the word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._edge, 1))
        painter.setBrush(self._ground)
        radius = self.height() / 2
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), radius, radius)
        painter.end()
        super().paintEvent(event)
