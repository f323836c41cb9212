"""The structure tree of a tagged PDF: elements while drawing, objects when the document is saved."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfdoc


def text_string(text: str) -> str:
    """Return a PDF text string in the form that holds any character."""
    return f"<feff{text.encode('utf-16-be', 'replace').hex()}>"


class ObjectMark(NamedTuple):
    """An annotation as a child of an element."""

    page: int
    name: str


class Element:
    """One structure element: its standard type, its children in reading order.

    A child is an element, a piece of marked content (page from 1, mark on that page) or an annotation.
    `attributes` is the inside of the attribute dictionary in PDF syntax, `/O /Table /Scope /Row`.
    """

    __slots__ = ("alt", "attributes", "kids", "number", "parent", "tag")

    def __init__(
        self, tag: str, parent: "Element | None" = None, *, attributes: str = "", alt: str = ""
    ) -> None:
        self.tag = tag
        self.parent = parent
        self.attributes = attributes
        self.alt = alt
        self.kids: list[Element | ObjectMark | tuple[int, int]] = []
        self.number = 0
        if parent is not None:
            parent.kids.append(self)


class _Written(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no types
    """An object whose text is made by us: a tenth of the time of reportlab's dictionaries."""

    __RefOnly__ = 1

    def __init__(self) -> None:
        self.text = ""

    def format(self, _document: Any) -> bytes:
        return self.text.encode("ascii")


def write_structure(
    document: Any,
    root: Element,
    page_marks: Sequence[Sequence[Element]],
    annotations: Sequence[tuple[Element, Any]],
) -> None:
    """Add the structure tree and the parent tree to a reportlab document whose pages are drawn."""
    _prune(root)
    tree = _Written()
    reference = document.Reference(tree, "StructTreeRoot")
    numbers = document.idToObjectNumberAndVersion
    tree_number = numbers["StructTreeRoot"][0]
    objects: list[tuple[Element, _Written]] = []
    _number(root, document, objects)
    pages = [0] + [numbers[f"Page{page}"][0] for page in range(1, len(page_marks) + 1)]
    for element, written in objects:
        parent = element.parent.number if element.parent else tree_number
        written.text = _element(element, parent, pages, numbers)
    nums = [
        f"{key} [{' '.join(f'{element.number} 0 R' for element in marks)}]"
        for key, marks in enumerate(page_marks)
    ]
    for key, (element, annotation) in enumerate(annotations, len(page_marks)):
        annotation["StructParent"] = key
        nums.append(f"{key} {element.number} 0 R")
    tree.text = (
        f"<</Type /StructTreeRoot /K {root.number} 0 R /ParentTree <</Nums [{' '.join(nums)}]>> "
        f"/ParentTreeNextKey {len(nums)}>>"
    )
    document.Catalog.StructTreeRoot = reference


def _prune(element: Element) -> bool:
    """Drop elements without content, but for cells: an empty cell keeps its place in the row."""
    element.kids = [kid for kid in element.kids if not isinstance(kid, Element) or _prune(kid)]
    return bool(element.kids) or element.tag in {"TD", "TH"}


def _number(element: Element, document: Any, objects: list[tuple[Element, _Written]]) -> None:
    written = _Written()
    name = f"Structure{len(objects)}"
    document.Reference(written, name)
    element.number = document.idToObjectNumberAndVersion[name][0]
    objects.append((element, written))
    for kid in element.kids:
        if isinstance(kid, Element):
            _number(kid, document, objects)


def _element(element: Element, parent: int, pages: Sequence[int], numbers: Any) -> str:
    home = next((kid[0] for kid in element.kids if not isinstance(kid, Element)), 0)
    kids = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(f"{kid.number} 0 R")
        elif isinstance(kid, ObjectMark):
            page, number = pages[kid.page], numbers[kid.name][0]
            kids.append(f"<</Type /OBJR /Pg {page} 0 R /Obj {number} 0 R>>")
        elif kid[0] == home:
            kids.append(str(kid[1]))
        else:
            kids.append(f"<</Type /MCR /Pg {pages[kid[0]]} 0 R /MCID {kid[1]}>>")
    parts = [f"/Type /StructElem /S /{element.tag} /P {parent} 0 R"]
    if home:
        parts.append(f"/Pg {pages[home]} 0 R")
    if element.attributes:
        parts.append(f"/A <<{element.attributes}>>")
    if element.alt:
        parts.append(f"/Alt {text_string(element.alt)}")
    inside = kids[0] if len(kids) == 1 else f"[{' '.join(kids)}]"
    return f"<<{' '.join(parts)} /K {inside}>>"
