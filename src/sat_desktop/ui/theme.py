"""The visual language: a scale of spaces, a scale of type, colours by role, one style sheet.

A `Theme` is a value: a palette and a text scale. It is handed to all code that draws, and replaced when
the user chooses another scheme or text size; nobody asks a global for it. Text grows by the whole
scale, space by half of it, so that at 200 % a screen still holds something besides air.
"""

from dataclasses import dataclass
from functools import cached_property
from string import Template
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from sat_desktop.runtime.palette import Palette, ink_on, level_colours, mix, palette
from sat_desktop.runtime.resources import font_file, resource
from sat_desktop.ui import icons

FAMILY: Final = "Lato"

# Pixels at 100 %; bold from heading upwards.
TYPE: Final = {"caption": 13, "body": 15, "strong": 15, "heading": 17, "title": 23, "display": 34}
_BOLD: Final = ("strong", "heading", "title", "display")


@dataclass(frozen=True)
class Theme:
    """How everything looks: a palette and a text scale in percent (100 to 200)."""

    palette: Palette
    text_scale: int = 100

    @classmethod
    def of(cls, scheme: str, text_scale: int = 100) -> "Theme":
        """Return the theme of a named scheme."""
        return cls(palette(scheme), text_scale)

    def text_px(self, size: float) -> int:
        """Return a size that grows with the text: type, icons, what holds one line of text."""
        return round(size * self.text_scale / 100)

    def px(self, size: float) -> int:
        """Return a size that grows half as fast as the text: spaces and paddings."""
        return round(size * (100 + self.text_scale) / 200)

    @property
    def xs(self) -> int:
        """Space between an icon and its word (4)."""
        return self.px(4)

    @property
    def s(self) -> int:
        """Space between things that belong together (8)."""
        return self.px(8)

    @property
    def m(self) -> int:
        """Space inside cards and between fields (12)."""
        return self.px(12)

    @property
    def l(self) -> int:  # noqa: E743 - the fourth step of xs, s, m, l, xl, xxl
        """Space between groups (16)."""
        return self.px(16)

    @property
    def xl(self) -> int:
        """Space around a page and between its sections (24)."""
        return self.px(24)

    @property
    def xxl(self) -> int:
        """Space around what stands alone (40)."""
        return self.px(40)

    @property
    def radius(self) -> int:
        """Radius of cards, fields and buttons."""
        return 6

    def font(self, role: str = "body") -> QFont:
        """Return the font of a role of the type scale."""
        font = QFont(FAMILY)
        font.setPixelSize(self.text_px(TYPE[role]))
        font.setBold(role in _BOLD)
        return font

    def colour(self, role: str) -> QColor:
        """Return the colour of a role of the palette."""
        return QColor(str(getattr(self.palette, role)))

    def level_colours(self, levels: int) -> tuple[QColor, ...]:
        """Return the colours of levels 0..`levels`."""
        return tuple(QColor(name) for name in level_colours(self.palette.scheme, levels))

    def icon(self, name: str, role: str = "text", size: int = 20) -> QIcon:
        """Return an icon in the colour of a role; `size` is logical pixels at 100 %."""
        colour = str(getattr(self.palette, role))
        return icons.icon(name, colour, self.text_px(size))

    @cached_property
    def _disabled(self) -> str:
        return mix(self.palette.text, self.palette.background, 0.5)

    def qt_palette(self) -> QPalette:
        """Return the same colours as Qt's own roles, for what the style sheet does not reach."""
        colours = self.palette
        roles = QPalette.ColorRole
        qt = QPalette()
        for role, name in (
            (roles.Window, colours.background),
            (roles.WindowText, colours.text),
            (roles.Base, colours.surface),
            (roles.AlternateBase, colours.background),
            (roles.Text, colours.text),
            (roles.Button, colours.surface),
            (roles.ButtonText, colours.text),
            (roles.BrightText, colours.negative),
            (roles.ToolTipBase, colours.raised),
            (roles.ToolTipText, colours.text),
            (roles.PlaceholderText, colours.muted),
            (roles.Highlight, colours.accent),
            (roles.HighlightedText, colours.on_accent),
            (roles.Link, colours.accent),
            (roles.LinkVisited, colours.accent),
            (roles.Light, colours.border),
            (roles.Midlight, colours.border),
            (roles.Mid, colours.border),
            (roles.Dark, colours.control),
            (roles.Accent, colours.accent),
        ):
            qt.setColor(role, QColor(name))
        faded = QColor(self._disabled)
        for role in (roles.WindowText, roles.Text, roles.ButtonText):
            qt.setColor(QPalette.ColorGroup.Disabled, role, faded)
        return qt

    def style_sheet(self) -> str:
        """Return the one style sheet of the program."""
        colours = self.palette
        values: dict[str, object] = {
            name: getattr(colours, name)
            for name in Palette.__dataclass_fields__
            if name not in ("scheme", "dark")
        }
        values |= {f"type_{role}": f"{self.text_px(size)}px" for role, size in TYPE.items()}
        values |= {f"p{size}": f"{self.px(size)}px" for size in (2, 3, 4, 5, 6, 8, 10, 12, 16, 20)}
        values |= {f"t{size}": f"{self.text_px(size)}px" for size in (9, 14, 16, 18, 20, 24, 34)}
        values |= {
            "radius": f"{self.radius}px",
            "half_radius": f"{self.text_px(8) + 2}px",
            "disabled": self._disabled,
            "pressed": mix(colours.hover, colours.text, 0.08),
            "accent_hover": mix(colours.accent, colours.text, 0.15),
            "line": "2px" if colours.scheme == "high-contrast" else "1px",
            "ink": "white" if colours.dark else "black",
            "on_ink": "white" if ink_on(colours.accent) == "#FFFFFF" else "black",
            "marks": resource("icons").as_posix(),
        }
        sheet = resource("style.qss").read_text(encoding="utf-8")
        return Template(sheet).substitute(values)


def load_fonts() -> None:
    """Give Qt the two faces of Lato that the window is set in."""
    for face in ("Regular", "Bold"):
        QFontDatabase.addApplicationFont(str(font_file(face)))


def apply_to(app: QApplication, theme: Theme) -> None:
    """Give the whole program the colours and the font of a theme; may be called again at any time."""
    if app.style().objectName() != "fusion":
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(theme.qt_palette())
    app.setFont(theme.font())


def set_role(widget: QWidget, role: str) -> None:
    """Set the `role` that the style sheet knows a widget by, such as "title" or "primary"."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    _restyle(widget)


def set_state(widget: QWidget, state: str) -> None:
    """Set the `state` that the style sheet knows, such as "invalid" or "selected"; "" for none."""
    if widget.property("state") == state:
        return
    widget.setProperty("state", state)
    _restyle(widget)


def _restyle(widget: QWidget) -> None:
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()
