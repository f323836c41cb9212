"""What the editors of goals, actions, undertakings and the plan's settings are made of."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from sat_desktop.domain.plan import Action, Goal, Plan, Undertaking
from sat_desktop.errors import SatError
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.wording import describe
from sat_desktop.services.planning import set_head
from sat_desktop.ui.pages.plan.fields import LineField, Marked, Retranslations, TextField
from sat_desktop.ui.pages.plan.session import PlanSession
from sat_desktop.ui.theme import Theme, set_role
from sat_desktop.ui.widgets.containers import Card, FormRows
from sat_desktop.ui.widgets.text import label

Part = Goal | Action | Undertaking | Plan

_TITLE_SIDE: Final = 18


@dataclass(frozen=True, slots=True)
class _Bond:
    """A field and the attribute of the part that it shows."""

    name: str
    show: Callable[[Any], object]


class Editor(QWidget):
    """Edits one part of the plan; every change is one revision, kept as soon as a field is left.

    Attributes:
        part: what is edited; None before the first one.
        body: the column of cards.
    """

    def __init__(self, session: PlanSession) -> None:
        super().__init__()
        self.session = session
        self.words = Retranslations(session.language)
        self.part: Part | None = None
        self._bonds: list[_Bond] = []
        self._marked: list[Marked] = []
        self._refused: dict[Marked, dict[str, Any]] = {}
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.apply_theme(session.page.theme)

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        return self.session.page.theme

    def show_part(self, part: Part) -> None:
        """Show a part; what is being typed into fields that did not change stays."""
        old = self.part
        same = old is not None and _key(old) == _key(part)
        if old is not None and not same:
            self.flush()
            self._clear()
            for marked in self._marked:
                marked.complain("")
        self.part = part
        for bond in self._bonds:
            value = getattr(part, bond.name)
            if not same or getattr(old, bond.name) != value:
                bond.show(value)
        self.follow()

    def follow(self) -> None:
        """Show what depends on other parts of the plan; for subclasses."""

    def flush(self) -> None:
        """Keep what was typed and not left yet."""
        if (
            not isinstance(self.part, Plan)
            and self.session.part(getattr(self.part, "id", "")) is None
        ):
            return
        for field in self.findChildren(QWidget):
            if isinstance(field, LineField | TextField):
                field.flush()

    def change(self, marked: Marked | None = None, **values: Any) -> None:
        """Give the part other values; what cannot be is said at the field, and nothing changes.

        What was refused is taken as soon as another change makes it possible: an end that came
        before the start is taken when the start moves.
        """
        part = self.part
        if part is None:
            return
        changed = self._tried(part, {**self._refused_values(), **values})
        if isinstance(changed, SatError) and self._refused:
            # What was refused before may still be wrong; that is no reason to refuse this.
            changed = self._tried(part, values)
        else:
            self._clear()
        if isinstance(changed, SatError):
            if marked is not None:
                marked.complain(describe(changed, self.session.language))
                self._refused[marked] = values
            return
        if marked is not None:
            marked.complain("")
            self._refused.pop(marked, None)
        if isinstance(changed, Plan):
            self.session.assessment.run(set_head, changed)
        elif not isinstance(part, Plan):
            self.session.put(changed, before=part)

    def _tried(self, part: Part, values: dict[str, Any]) -> Part | SatError:
        """Return the part with other values, or why it cannot have them."""
        try:
            return replace(part, **values)
        except SatError as error:
            return error

    def _refused_values(self) -> dict[str, Any]:
        """Return what fields still show although it could not be taken."""
        return {name: value for values in self._refused.values() for name, value in values.items()}

    def _clear(self) -> None:
        for marked in self._refused:
            marked.complain("")
        self._refused.clear()

    def apply_theme(self, theme: Theme) -> None:
        """Follow the scale of spaces."""
        self.body.setSpacing(theme.l)

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""
        self.words.retranslate(language)
        if self.part is not None:
            self.follow()

    # Building

    def bind(self, name: str, show: Callable[[Any], object]) -> None:
        """Show an attribute of the part by a function."""
        self._bonds.append(_Bond(name, show))

    def card(self, title: str = "") -> Card:
        """Add a card with a heading (a msgid)."""
        made = Card(self.theme)
        if title:
            heading = label("", "heading", wrap=True)
            self.words.say(lambda language: heading.setText(language.t(title)))
            made.body.addWidget(heading)
        self.body.addWidget(made)
        return made

    def add_row(self, rows: FormRows, name: str, field: QWidget) -> Marked:
        """Add a field with its name (a msgid)."""
        marked = Marked(self.theme, field)
        self._marked.append(marked)
        rows.add(self.session.language.t(name), marked)

        def say(language: Language) -> None:
            rows.rename(marked, language.t(name))
            field.setAccessibleName(language.t(name))

        self.words.say(say)
        return marked

    def add_line(self, rows: FormRows, name: str, attribute: str) -> LineField:
        """Add a line of text for an attribute."""
        field = LineField()
        marked = self.add_row(rows, name, field)
        self.bind(attribute, field.set_value)
        field.entered.connect(lambda text: self.change(marked, **{attribute: text}))
        return field

    def add_text(self, rows: FormRows, name: str, attribute: str, lines: int = 3) -> TextField:
        """Add a text of several lines for an attribute."""
        field = TextField(self.theme, lines=lines)
        marked = self.add_row(rows, name, field)
        self.bind(attribute, field.set_value)
        field.entered.connect(lambda text: self.change(marked, **{attribute: text}))
        return field


def _key(part: Part | None) -> str:
    """Return what a part is known by; the plan's settings are one thing."""
    return "" if part is None or isinstance(part, Plan) else part.id


class AddButton(QWidget):
    """A quiet button at the left that adds one more of something."""

    def __init__(
        self, session: PlanSession, words: Retranslations, name: str, act: Callable[[], object]
    ) -> None:
        super().__init__()
        self.button = QPushButton()
        self.button.clicked.connect(lambda _on: act())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        row.addStretch(1)
        words.say(lambda language: self.button.setText(language.t(name)))
        self.apply_theme(session.page.theme)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours."""
        self.button.setIcon(theme.icon("plus", "text", _TITLE_SIDE))


class BinButton(QToolButton):
    """A small button that takes a row away."""

    def __init__(self, theme: Theme, language: Language, name: str) -> None:
        super().__init__()
        set_role(self, "quiet")
        self._name = name
        self.apply_theme(theme)
        self.retranslate(language)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours and the text size."""
        side = theme.text_px(_TITLE_SIDE)
        self.setIcon(theme.icon("trash", "muted", _TITLE_SIDE))
        self.setIconSize(QSize(side, side))

    def retranslate(self, language: Language) -> None:
        """Translate what it does."""
        self.setAccessibleName(language.t(self._name))
        self.setToolTip(language.t(self._name))
