"""The charts one by one on the whole screen, for those who sit in front of a projector."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from sat_desktop.charts.chart import Chart
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.chart_painter import ChartPainter, Draw
from sat_desktop.ui.theme import Theme, set_role
from sat_desktop.ui.widgets.chart_view import ChartView
from sat_desktop.ui.widgets.text import label

SCALES: Final = (200, 175, 150, 125, 100)
"""Text sizes tried, the largest first, until a chart fits the screen."""


class Presentation(QDialog):
    """A window over everything with one chart at a time.

    Attributes:
        place: which chart is shown.
        view: its picture.
    """

    def __init__(
        self,
        theme: Theme,
        language: Language,
        subject: str,
        charts: Sequence[tuple[str, Draw]],
        place: int,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Window)
        self.setObjectName("presentation")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        t = language.t
        self.setWindowTitle(t("Presentation of the results"))
        self.place = place
        self._theme, self._language = theme, language
        self._charts = tuple(charts)
        self._scale = 0
        big = replace(theme, text_scale=max(150, theme.text_scale))
        self._title = label("", "title", wrap=True)
        self._title.setFont(big.font("title"))
        self._title.setStyleSheet(f"font-size: {big.text_px(23)}px; font-weight: bold;")
        self._subject = label(subject, "muted", wrap=True)
        self._count = label("", "muted")
        self.view = ChartView(theme)
        self._scroll = _scroll_around(self.view)
        self._painter = ChartPainter(self.view, theme, language)
        self._painter.painted.connect(self._fit)
        self.back = self._button("chevron-left", t("Previous chart"), lambda: self.step(-1))
        self.next = self._button("chevron-right", t("Next chart"), lambda: self.step(1))
        self.shut = self._button("cross", t("Close the presentation (Esc)"), self.close)
        words = QVBoxLayout()
        words.addWidget(self._title)
        words.addWidget(self._subject)
        head = QHBoxLayout()
        head.setSpacing(theme.s)
        head.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.s)
        for widget in (self.back, self._count, self.next, self.shut):
            buttons.addWidget(widget)
        head.addLayout(buttons)
        head.setAlignment(buttons, Qt.AlignmentFlag.AlignTop)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(theme.xxl, theme.xl, theme.xxl, theme.xl)
        frame.setSpacing(theme.l)
        frame.addLayout(head)
        frame.addWidget(self._scroll, 1)
        for keys, by in (("Right", 1), ("PgDown", 1), ("Left", -1), ("PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda by=by: self.step(by))
        self.step(0)
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, by: int) -> None:
        """Show the chart that many places on; after the last one comes the first."""
        self.place = (self.place + by) % len(self._charts)
        title, draw = self._charts[self.place]
        self._title.setText(title)
        self._count.setText(f"{self.place + 1} / {len(self._charts)}")
        self.setAccessibleDescription(title)
        self._scale = 0
        self._use_scale()
        self._painter.show_chart(draw)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: another screen may hold larger words."""
        super().resizeEvent(event)
        self._scale = 0
        self._use_scale()

    def _button(self, icon: str, words: str, act: object) -> QToolButton:
        made = QToolButton()
        set_role(made, "quiet")
        made.setIcon(self._theme.icon(icon, "text", 24))
        side = self._theme.text_px(24)
        made.setIconSize(QSize(side, side))
        made.setAccessibleName(words)
        made.setToolTip(words)
        made.setAutoRaise(True)
        made.clicked.connect(act)
        return made

    def _fit(self, chart: Chart) -> None:
        self._title.setText(chart.title)
        self.view.setAccessibleName(chart.title)
        too_high = self.view.height() > self._scroll.viewport().height()
        if too_high and self._scale < len(SCALES) - 1:
            self._scale += 1
            self._use_scale()
            self.view.ask_again()

    def _use_scale(self) -> None:
        self._painter.apply_theme(replace(self._theme, text_scale=SCALES[self._scale]))


def _scroll_around(view: ChartView) -> QScrollArea:
    """Return an area in which a chart stands a little above the middle, or scrolls."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    page = QWidget()
    page.setObjectName("stage")
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addStretch(1)
    column.addWidget(view)
    column.addStretch(2)
    area.setWidget(page)
    return area
