"""Reading a document back by its structure: what a screen reader would say.

Used to prove, after an export, that the numbers on the pages are the numbers of the data. It reads
documents of our own making: simple fonts with a ToUnicode map, one structure tree.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf

_PAIR = re.compile(rb"<([0-9a-fA-F]{2})> <([0-9a-fA-F]{4,})>")
_OPERATORS = "BDC BMC EMC Tf Tj"


@dataclass(slots=True)
class Node:
    """An element of the structure.

    Attributes:
        text: the text that is its own, without that of its children.
        pages: numbers of the pages its own text stands on, from 1.
        attributes: such as Scope, ColSpan, RowSpan.
    """

    tag: str
    text: str = ""
    alt: str = ""
    pages: list[int] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    kids: list["Node"] = field(default_factory=list)
    _parts: list["str | Node"] = field(default_factory=list)

    def add_text(self, text: str, page: int) -> None:
        """Take more text of its own, from a page."""
        self.text += text
        self._parts.append(text)
        if page not in self.pages:
            self.pages.append(page)

    def add_kid(self, kid: "Node") -> None:
        """Take an element below this one, after what is there."""
        self.kids.append(kid)
        self._parts.append(kid)

    def walk(self) -> Iterator["Node"]:
        """Yield this element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def find(self, *tags: str) -> list["Node"]:
        """Return the elements of some types, in reading order."""
        return [node for node in self.walk() if node.tag in tags]

    def read(self) -> str:
        """Return the text of the element and all below it, soft hyphens taken out."""
        parts = [part if isinstance(part, str) else part.read() for part in self._parts]
        return "".join(parts).replace("\u00ad", "")


def read_structure(source: Path | BinaryIO) -> Node:
    """Return the structure of a document; the root's tag is `Document`."""
    with pikepdf.open(source) as pdf:
        marks = {}
        numbers = {}
        maps: dict[Any, dict[int, str]] = {}
        for number, page in enumerate(pdf.pages, 1):
            numbers[page.obj.objgen] = number
            marks[number] = _marked_text(page, maps)
        root = pdf.Root.StructTreeRoot.K
        return _node(root, marks, numbers)


def _node(element: Any, marks: dict[int, dict[int, str]], numbers: dict[Any, int]) -> Node:
    node = Node(str(element.S)[1:], alt=str(element.get("/Alt", "")))
    for name, value in element.get("/A", pikepdf.Dictionary()).items():
        node.attributes[name[1:]] = str(value).lstrip("/")
    home = numbers.get(element.Pg.objgen, 0) if "/Pg" in element else 0
    children = element.get("/K", pikepdf.Array())
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, int):
            node.add_text(marks[home][child], home)
        elif "/MCID" in child:
            page = numbers[child.Pg.objgen]
            node.add_text(marks[page][int(child.MCID)], page)
        elif "/S" in child:
            node.add_kid(_node(child, marks, numbers))
    return node


def _marked_text(page: Any, maps: dict[Any, dict[int, str]]) -> dict[int, str]:
    """Return the text of each mark of a page; `maps` remembers the fonts of other pages."""
    fonts = {}
    for name, font in page.Resources.Font.items():
        if font.objgen not in maps:
            maps[font.objgen] = _to_unicode(font)
        fonts[name] = maps[font.objgen]
    texts: dict[int, str] = {}
    # For each open sequence: its mark or None, and whether ActualText stands for what it draws.
    stack: list[tuple[int | None, bool]] = []
    decode: dict[int, str] = {}
    instructions: Any = pikepdf.parse_content_stream(page, _OPERATORS)
    for operands, operator in instructions:
        name = str(operator)
        if name == "BDC":
            facts = operands[1]
            mark = int(facts.MCID) if "/MCID" in facts else (stack[-1][0] if stack else None)
            if mark is not None:
                texts.setdefault(mark, "")
            if "/ActualText" in facts and mark is not None:
                texts[mark] += str(facts.ActualText)
            stack.append((mark, "/ActualText" in facts or bool(stack and stack[-1][1])))
        elif name == "BMC":
            stack.append(stack[-1] if stack else (None, False))
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            decode = fonts[str(operands[0])]
        elif stack and stack[-1][0] is not None and not stack[-1][1]:
            texts[stack[-1][0]] += "".join(decode[code] for code in bytes(operands[0]))
    return texts


def _to_unicode(font: Any) -> dict[int, str]:
    if "/ToUnicode" not in font:
        return {}
    pairs = _PAIR.findall(font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}
