"""The pages of a finished PDF as pictures, for looking at before it is exported.

PDFium keeps state of its own for the whole process and is not made for threads: every call to it
goes through one lock, so that pages may be drawn in any worker.
"""

from threading import Lock
from typing import Final

import pypdfium2

_PDFIUM: Final = Lock()

_LARGEST: Final = 6000
"""Pixels along the longer side; a picture above that would only cost memory."""


class PdfPages:
    """An open document.

    Attributes:
        sizes: width and height of every page in points.
    """

    def __init__(self, content: bytes) -> None:
        self._closed = False
        with _PDFIUM:
            self._document = pypdfium2.PdfDocument(content)
            self.sizes: tuple[tuple[float, float], ...] = tuple(
                self._document.get_page_size(page) for page in range(len(self._document))
            )

    def draw(self, page: int, scale: float) -> tuple[bytes, int, int]:
        """Return a page (from 0) as rows of R, G, B, 255 from the top, with width and height.

        `scale` is pixels to the point.

        Raises:
            ValueError: the document is closed.

        """
        scale = min(scale, _LARGEST / max(self.sizes[page]))
        with _PDFIUM:
            if self._closed:
                raise ValueError(page)
            opened = self._document[page]
            try:
                bitmap = opened.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
                try:
                    width, height = bitmap.width, bitmap.height
                    # Rows of four bytes a pixel need no filling up: the stride is the row.
                    pixels = bytearray(bitmap.buffer)[: height * bitmap.stride]
                finally:
                    bitmap.close()
            finally:
                opened.close()
        pixels[3::4] = b"\xff" * (len(pixels) // 4)
        return bytes(pixels), width, height

    def close(self) -> None:
        """Let go of the document; nothing can be drawn afterwards."""
        with _PDFIUM:
            if not self._closed:
                self._closed = True
                self._document.close()
