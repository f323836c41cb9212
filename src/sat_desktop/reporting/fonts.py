"""The faces of Lato, their measures, and how a document encodes text in them.

reportlab embeds a subset of each face that a document uses. `face` hands out one shared, read-only
`Face` for a name; what belongs to one document (the codes given to its characters) is in `Encoding`.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, Final

from reportlab.pdfbase import ttfonts

from sat_desktop.runtime.resources import font_file

FACES: Final = frozenset({"Regular", "Italic", "Bold", "BoldItalic", "SemiBold", "Light", "Black"})
# Drawn for a character that Lato lacks; the original is kept beside it as ActualText.
BOX: Final = "\u25a1"
# Lato keeps a logo in the private area; such characters have no meaning outside one font.
_PRIVATE: Final = range(0xE000, 0xF900)


class _LatoFont(ttfonts.TTFont):  # type: ignore[misc]  # reportlab has no types
    """A TrueType font whose ToUnicode map leaves out .notdef.

    reportlab maps the unused codes of a subset to U+0000, which PDF/A and PDF/UA forbid.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802 -- reportlab names it
        subsets = self.state[doc].subsets if doc in self.state else []
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            tag = ttfonts.SUBSETN(number).decode() + "+" + self.face.name.decode("ascii")
            stream = doc.idToObject[f"toUnicodeCMap:{tag}"]
            stream.content = _to_unicode(subset)


def _to_unicode(subset: Iterable[int]) -> str:
    pairs = [(code, char) for code, char in enumerate(subset) if char]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange <00> <FF> endcodespacerange",
    ]
    # The CMap syntax allows 100 entries a block.
    for start in range(0, len(pairs), 100):
        block = pairs[start : start + 100]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{code:02X}> <{chr(char).encode('utf-16-be').hex()}>" for code, char in block]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


class Face:
    """One face: which characters it has and how wide they are."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.font = _LatoFont(f"SatLato-{name}", str(font_file(name)))
        face = self.font.face
        self.ascent: float = face.ascent / 1000
        self.descent: float = face.descent / 1000
        self.cap_height: float = face.capHeight / 1000
        # Characters and widths in thousandths of the type size, as reportlab read them.
        self._widths: dict[int, float] = {
            code: face.charWidths[code]
            for code in face.charToGlyph
            if code >= 32 and code not in _PRIVATE and code in face.charWidths
        }
        self._widths[0xA0] = self._widths[0x20]
        self._chars = frozenset(map(chr, self._widths))
        self.width = lru_cache(maxsize=1 << 15)(self._width)

    def covers(self, text: str) -> bool:
        """Tell whether the face can draw every character of `text`."""
        return self._chars.issuperset(text)

    def _width(self, text: str) -> float:
        return sum(map(self._widths.__getitem__, map(ord, text))) / 1000

    def advance(self, char: str) -> float:
        """Return the width of one character of the face, for a type size of 1."""
        return self._widths[ord(char)] / 1000


@cache
def face(name: str) -> Face:
    """Return the face of a name in `FACES`."""
    if name not in FACES:
        raise ValueError(f"no such face: {name}")
    return Face(name)


def variant(name: str, *, bold: bool, italic: bool) -> str:
    """Return the face that shows emphasis beside text set in the face `name`."""
    if bold and italic:
        return "BoldItalic"
    if bold:
        return "Bold" if name not in {"Bold", "Black"} else name
    if italic:
        return "BoldItalic" if name in {"Bold", "SemiBold"} else "Italic"
    return name


_ESCAPED: Final = {ord("("): "\\(", ord(")"): "\\)", ord("\\"): "\\\\"}


class _FirstSubset(dict[int, str]):
    """Code point to its escaped code in the first subset; a KeyError sends it to the slow way."""

    def __init__(self, font: Any, document: Any) -> None:
        super().__init__()
        self._font = font
        self._document = document

    def __missing__(self, code: int) -> str:
        ((subset, data),) = self._font.splitString(chr(code), self._document)
        if subset:
            raise KeyError(code)
        byte = data[0]
        shown = chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}"
        self[code] = shown = _ESCAPED.get(byte, shown)
        return shown


class Encoding:
    """The codes that one document gives to the characters of its faces."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._first: dict[str, _FirstSubset] = {}

    def show(self, name: str, size: float, text: str) -> str:
        """Return the operators that show `text`, which the face must cover, at the current point."""
        font = face(name).font
        codes = self._first.get(name)
        if codes is None:
            codes = self._first[name] = _FirstSubset(font, self._document)
        try:
            shown = "".join(map(codes.__getitem__, map(ord, text)))
        except KeyError:
            return self._show_parts(font, size, text)
        resource = font.getSubsetInternalName(0, self._document)
        return f"{resource} {size:.2f} Tf ({shown}) Tj"

    def _show_parts(self, font: Any, size: float, text: str) -> str:
        # More than 255 different characters in one face: reportlab spreads them over subsets.
        parts = []
        for subset, data in font.splitString(text, self._document):
            resource = font.getSubsetInternalName(subset, self._document)
            parts.append(f"{resource} {size:.2f} Tf <{data.hex()}> Tj")
        return " ".join(parts)
