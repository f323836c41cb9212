"""A reportlab canvas that writes tagged PDF: structure, marked content, artifacts, links.

Reading order is the order of drawing. A block makes an `Element` under `canvas.parent`, draws inside
`canvas.content(element)`, and everything else inside `canvas.artifact()`. An element lives as long as
the canvas: a paragraph that continues on the next page adds its second part to the same element.

Everything is done by subclassing; reportlab itself stays as it is for its other users.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final, Literal

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen import canvas

from sat_desktop.reporting.fonts import BOX, Encoding, face
from sat_desktop.reporting.lines import Piece
from sat_desktop.reporting.structure import Element, ObjectMark, text_string, write_structure
from sat_desktop.reporting.styles import Colour, PageFormat
from sat_desktop.reporting.typography import one_line

_LATER: Final = re.compile("\x00(\\d+)\x00")


class TaggedCanvas(canvas.Canvas):  # type: ignore[misc]  # reportlab has no types
    """The page under construction, and the structure of the document so far.

    `parent` is the element under which blocks put theirs; `total` the number of pages, known only to
    what was put off with `later`.
    """

    def __init__(self, target: BinaryIO, page: PageFormat, language: str) -> None:
        super().__init__(
            target,
            pagesize=(page.width, page.height),
            # `pack` compresses; reportlab would add a layer of ASCII on top.
            pageCompression=0,
            invariant=1,
            pdfVersion=(1, 7),
            lang=language,
        )
        self.encoding = Encoding(self._doc)
        self.root = Element("Document")
        self.parent = self.root
        self.total = 0
        self.pages_of: dict[str, int] = {}
        self._marks: list[Element] = []
        self._page_marks: list[list[Element]] = []
        self._annotations: list[tuple[Element, Any]] = []
        self._open: Literal["", "content", "artifact"] = ""
        self._fill: Colour | None = None
        self._put_off: list[Callable[[], str]] = []
        self._pages: list[Any] = []
        catalogue = self._doc.Catalog
        catalogue.MarkInfo = pdfdoc.PDFDictionary({"Marked": pdfdoc.PDFtrue})
        self.setViewerPreference("DisplayDocTitle", "true")
        self.showOutline()

    # What reportlab asks of a canvas ------------------------------------------------------------

    def _make_preamble(self) -> None:
        # reportlab would name Helvetica here, a face that no document of ours embeds.
        self._preamble = "1 0 0 1 0 0 cm"

    def _setXObjects(self, thing: Any) -> None:  # noqa: N802 -- reportlab names it
        """Give each finished page its key in the parent tree (called once for each page)."""
        super()._setXObjects(thing)
        if isinstance(thing, pdfdoc.PDFPage):
            thing.__NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]
            thing.StructParents = len(self._page_marks)
            thing.Tabs = pdfdoc.PDFName("S")
            self._page_marks.append(self._marks)
            self._pages.append(thing)
            self._marks = []
            self._fill = None

    def save(self) -> None:
        """Close the document and write it to its target."""
        if self._code:
            self.showPage()
        self.total = len(self._pages)
        for page in self._pages:
            if "\x00" in page.stream:
                page.stream = _LATER.sub(lambda found: self._put_off[int(found[1])](), page.stream)
        write_structure(self._doc, self.root, self._page_marks, self._annotations)
        super().save()

    # Marked content -----------------------------------------------------------------------------

    @property
    def page_number(self) -> int:
        """The number of the page under construction, from 1."""
        return int(self._pageNumber)

    @contextmanager
    def content(self, element: Element) -> Iterator[None]:
        """Mark what is drawn inside as content of `element`; inside an artifact it changes nothing."""
        if self._open == "artifact":
            yield
            return
        if self._open:
            raise RuntimeError("marked content does not nest")
        element.kids.append((self.page_number, len(self._marks)))
        self._code.append(f"/{element.tag} <</MCID {len(self._marks)}>> BDC")
        self._marks.append(element)
        self._open = "content"
        try:
            yield
        finally:
            self._open = ""
            self._code.append("EMC")

    @contextmanager
    def artifact(self, kind: Literal["Layout", "Pagination"] = "Layout") -> Iterator[None]:
        """Mark what is drawn inside as no part of the text; inside content it changes nothing."""
        if self._open:
            yield
            return
        self._code.append(f"/Artifact <</Type /{kind}>> BDC")
        self._open = "artifact"
        try:
            yield
        finally:
            self._open = ""
            self._code.append("EMC")

    @contextmanager
    def under(self, element: Element) -> Iterator[None]:
        """Let blocks drawn inside put their elements under `element`."""
        before, self.parent = self.parent, element
        try:
            yield
        finally:
            self.parent = before

    def link(
        self, element: Element, target: str, box: tuple[float, float, float, float], name: str
    ) -> None:
        """Make `box` (left, bottom, right, top) clickable, as part of the Link `element`."""
        if self._open == "artifact":
            return
        left, bottom, right, top = (f"{side:.2f}" for side in box)
        entries: dict[str, Any] = {
            "Type": pdfdoc.PDFName("Annot"),
            "Subtype": pdfdoc.PDFName("Link"),
            "Rect": f"[{left} {bottom} {right} {top}]",
            "Border": "[0 0 0]",
            "F": 4,
            "Contents": text_string(one_line(name) or target),
        }
        if target.startswith("#"):
            entries["Dest"] = self._bookmarkReference(target[1:])
        else:
            uri = "".join(
                c if 32 < ord(c) < 127 and c not in "()\\<>" else _percent(c) for c in target
            )
            entries["A"] = f"<</S /URI /URI ({uri})>>"
        annotation = pdfdoc.PDFDictionary(entries)
        number = len(self._annotations)
        self._addAnnotation(annotation, f"link{number}")
        element.kids.append(ObjectMark(self.page_number, f"Annot.link{number}"))
        self._annotations.append((element, annotation))

    # Drawing ------------------------------------------------------------------------------------

    def emit(self, operators: str) -> None:
        """Append raw operators to the page."""
        self._code.append(operators)

    def forget_state(self) -> None:
        """Say that raw operators may have changed the fill colour."""
        self._fill = None

    def fill(self, colour: Colour) -> None:
        """Set the colour of text and areas."""
        if colour != self._fill:
            self._fill = colour
            self._code.append(f"{colour.operands()} rg")

    def show(
        self, x: float, y: float, size: float, pieces: list[Piece] | tuple[Piece, ...]
    ) -> None:
        """Draw pieces one after another from (x, y) on their base line."""
        for form, text, width, original in pieces:
            self.fill(form.colour)
            operators = (
                f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {self.encoding.show(form.face, size, text)} ET"
            )
            if form.boxed:
                operators = f"/Span <</ActualText {text_string(original)}>> BDC {operators} EMC"
            self._code.append(operators)
            x += width

    def area(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fill a rectangle whose lower left corner is (x, y)."""
        self.fill(colour)
        self._code.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def rule(self, x: float, y: float, width: float, colour: Colour, weight: float = 0.5) -> None:
        """Draw a horizontal line, as a thin area: it stays even at every zoom."""
        self.area(x, y - weight / 2, width, weight, colour)

    def later(self, draw: Callable[[], str]) -> None:
        """Put off operators until the whole document is laid out.

        `draw` may use only characters that `reserve` was told of.
        """
        self._code.append(f"\x00{len(self._put_off)}\x00")
        self._put_off.append(draw)
        self._fill = None

    def reserve(self, name: str, text: str = "0123456789 " + BOX) -> None:
        """Give characters their codes in a face, so that `later` can use them."""
        self.encoding.show(name, 1, text)
        face(name)

    # Navigation ---------------------------------------------------------------------------------

    def mark_heading(self, key: str, title: str, level: int, top: float) -> None:
        """Make this place a bookmark and a target of links."""
        self.bookmarkHorizontalAbsolute(key, top)
        self.addOutlineEntry(one_line(title) or "-", key, level - 1, closed=level > 1)
        self.pages_of[key] = self.page_number


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))
