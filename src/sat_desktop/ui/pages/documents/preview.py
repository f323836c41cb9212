"""The pages of a document below each other, drawn when they are looked at.

Pages are drawn by one worker, the visible ones only; until a page is there it is a blank sheet, or
its picture at the size before. Only a few pictures are kept.
"""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from sat_desktop.ui.gateway import PagePictures
from sat_desktop.ui.handover import expect
from sat_desktop.ui.theme import Theme

FIT: Final = "fit"
ZOOMS: Final = (FIT, "100", "150")
_SCREEN: Final = 96 / 72
"""Logical pixels to the point at 100 %."""
_KEPT: Final = 10


@cache
def _worker() -> ThreadPoolExecutor:
    """Return the thread that draws pages, one after the other."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="pages")


@dataclass(frozen=True, slots=True)
class _Drawn:
    document: PagePictures
    page: int
    scale: float
    image: QImage


class _Strip(QWidget):
    """The sheets themselves."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("backdrop")
        self._theme = theme
        self._document: PagePictures | None = None
        self._open: list[PagePictures] = []
        self._frames: tuple[QRect, ...] = ()
        self._scales: tuple[float, ...] = ()
        self._pictures: OrderedDict[int, tuple[float, QImage]] = OrderedDict()
        self._asked: dict[int, float] = {}
        self._ready = expect(self, "_take")
        self.destroyed.connect(partial(_let_go, self._open))

    @property
    def frames(self) -> tuple[QRect, ...]:
        """Where each page stands."""
        return self._frames

    def show_document(self, document: PagePictures | None) -> None:
        """Show other pages; the old pictures stay until the new ones are drawn."""
        _let_go(self._open)
        self._document = document
        if document is not None:
            self._open.append(document)
        # A new dictionary: what waits in the worker looks into the old one and finds nothing.
        self._asked.clear()
        self._asked = {}
        self._pictures = OrderedDict(
            (page, (0.0, image)) for page, (_, image) in self._pictures.items()
        )

    def arrange(self, width: int, zoom: str) -> None:
        """Put the pages below each other in a strip at least `width` wide."""
        sizes = self._document.sizes if self._document is not None else ()
        edge = self._theme.l
        if zoom == FIT:
            # A turned page is as wide as the others, and its words smaller.
            self._scales = tuple(max(0.1, (width - 2 * edge) / wide) for wide, _ in sizes)
        else:
            self._scales = (_SCREEN * int(zoom) / 100,) * len(sizes)
        widest = max((w * s for (w, _), s in zip(sizes, self._scales, strict=True)), default=1.0)
        across = max(width, round(widest) + 2 * edge)
        top, frames = edge, []
        for (points_wide, points_high), scale in zip(sizes, self._scales, strict=True):
            wide, high = round(points_wide * scale), round(points_high * scale)
            frames.append(QRect((across - wide) // 2, top, wide, high))
            top += high + edge
        self._frames = tuple(frames)
        self.setFixedSize(QSize(across, max(top, 1)))
        self.update()

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override: what is seen of the pages; asks for what is not drawn yet."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), self._theme.colour("background"))
        seen = [n for n, frame in enumerate(self._frames) if frame.intersects(event.rect())]
        visible = self.visibleRegion().boundingRect()
        for page in [n for n in self._asked if not self._frames[n].intersects(visible)]:
            # Scrolled past before its turn came.
            del self._asked[page]
        for page in seen:
            frame = self._frames[page]
            scale = self._scales[page] * self.devicePixelRatioF()
            painter.fillRect(frame, Qt.GlobalColor.white)
            known = self._pictures.get(page)
            if known is not None:
                painter.drawImage(frame, known[1])
            painter.setPen(QPen(self._theme.colour("border"), 1))
            painter.drawRect(frame.adjusted(-1, -1, 0, 0))
            if known is None or known[0] != scale:
                self._ask(page, scale)
        painter.end()

    def _ask(self, page: int, scale: float) -> None:
        document = self._document
        if document is None or self._asked.get(page) == scale:
            return
        self._asked[page] = scale
        asked, ready = self._asked, self._ready

        def work() -> None:
            # Another size or document may have been asked for since.
            if asked.get(page) == scale:
                _draw(document, page, scale, ready)

        _worker().submit(work)

    def _take(self, drawn: _Drawn | BaseException) -> None:
        if isinstance(drawn, BaseException):
            raise drawn
        if drawn.document is not self._document:
            return
        self._asked.pop(drawn.page, None)
        self._pictures[drawn.page] = (drawn.scale, drawn.image)
        self._pictures.move_to_end(drawn.page)
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        self.update(self._frames[drawn.page])


def _let_go(documents: list[PagePictures], _gone: object = None) -> None:
    """Close documents in the worker's turn, so that nothing is drawn from what is closed."""
    while documents:
        _worker().submit(documents.pop().close)


def _draw(document: PagePictures, page: int, scale: float, ready: Callable[[object], None]) -> None:
    """Draw in the worker; what goes wrong is carried to the GUI thread, whole."""
    drawn: _Drawn | BaseException
    try:
        pixels, width, height = document.draw(page, scale)
        image = QImage(pixels, width, height, width * 4, QImage.Format.Format_RGBX8888).copy()
        drawn = _Drawn(document, page, scale, image)
    except BaseException as error:  # noqa: BLE001 - carried to the GUI thread
        drawn = error
    ready(drawn)


class PagePreview(QScrollArea):
    """The preview: scrolls through all pages.

    Signals:
        page_changed(int, int): the page in the middle (from 1; 0 for none), and how many there are.
    """

    page_changed = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.zoom = FIT
        self._strip = _Strip(theme)
        self._page = (0, 0)
        self.setWidget(self._strip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._note_page())

    @property
    def has_pages(self) -> bool:
        """Whether there is a document."""
        return bool(self._strip.frames)

    def show_document(self, document: PagePictures | None) -> None:
        """Show other pages, at the place where one was."""
        where = self._place()
        self._strip.show_document(document)
        self._strip.arrange(self.viewport().width(), self.zoom)
        self._go_back_to(*where)
        self._note_page()

    def set_zoom(self, zoom: str) -> None:
        """Show the pages at a size of `ZOOMS`, with the same page in view."""
        where = self._place()
        self.zoom = zoom
        self._strip.arrange(self.viewport().width(), zoom)
        self._go_back_to(*where)
        self._note_page()

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours; the pages stay white."""
        self._strip.apply_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: pages that fit the width follow it."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.set_zoom(self.zoom)

    def _place(self) -> tuple[int, float]:
        """Return the page at the top of the view and how much of it lies above (as a share)."""
        top = self.verticalScrollBar().value()
        for page, frame in enumerate(self._strip.frames):
            if frame.bottom() >= top:
                return page, (top - frame.top()) / max(1, frame.height())
        return 0, 0.0

    def _go_back_to(self, page: int, share: float) -> None:
        frames = self._strip.frames
        if not frames or (page == 0 and share <= 0):
            return
        frame = frames[min(page, len(frames) - 1)]
        self.verticalScrollBar().setValue(round(frame.top() + share * frame.height()))

    def _note_page(self) -> None:
        frames = self._strip.frames
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        page = next(
            (n for n, frame in enumerate(frames, 1) if frame.bottom() >= middle), len(frames)
        )
        if (page, len(frames)) != self._page:
            self._page = (page, len(frames))
            self.page_changed.emit(page, len(frames))
