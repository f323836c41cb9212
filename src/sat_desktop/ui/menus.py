"""The menus of the window: its commands by menu and key, and how the window looks and speaks."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.settings import SCHEME_CHOICES, TEXT_SCALES
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.shortcuts import MENUS, Command, Found


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues; it is translated when it is shown."""
    return sentence


class Menus:
    """Fills the menu bar of a window; `retranslate` gives everything its words.

    Attributes:
        actions: what can be done, by the id of its command.
        choices: menus of which one entry is in force, by name.
    """

    def __init__(
        self,
        window: QMainWindow,
        appearance: Appearance,
        commands: Sequence[Command],
        find: Callable[[], None],
    ) -> None:
        self._window = window
        self._appearance = look = appearance
        self._icons: dict[str, str] = {}
        self._menus = {name: window.menuBar().addMenu("") for name in MENUS}
        self.actions: dict[str, QAction] = {}
        self.choices: dict[str, tuple[QMenu, QActionGroup]] = {}
        for command in commands:
            self._add(command)
        view = self._menus["view"]
        self._add(Command("find", _("Find anything…"), find, "view", "search", "Ctrl+K"))
        view.addSeparator()
        self._add_choice("language", ("pl", "en"), look.language.code, look.choose_language)
        self._add_choice("scheme", SCHEME_CHOICES, look.scheme, look.choose_scheme)
        sizes = [str(size) for size in TEXT_SCALES]
        self._add_choice(
            "text", sizes, str(look.text_scale), lambda size: look.choose_text_scale(int(size))
        )
        view.addSeparator()
        for name, title, step, keys in (
            ("larger", _("Larger text"), 1, ("Ctrl++", "Ctrl+=")),
            ("smaller", _("Smaller text"), -1, ("Ctrl+-",)),
        ):
            self._add(
                Command(name, title, partial(look.step_text_scale, step), "view", "text-size")
            )
            self.actions[name].setShortcuts([QKeySequence(key) for key in keys])

    def enable(self, command_id: str, *, enabled: bool, title: str | None = None) -> None:
        """Say whether a command can be done now, and where it changes, what it is called."""
        action = self.actions[command_id]
        action.setEnabled(enabled)
        if title is not None:
            action.setText(title)

    def found(self) -> Iterator[Found]:
        """Yield what can be done now, for the finder."""
        kind = self._appearance.language.t("Command")
        for name, action in self.actions.items():
            if action.isEnabled():
                yield Found(
                    action.text().rstrip("…"),
                    kind,
                    action.trigger,
                    self._icons[name] or "chevron-right",
                    action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
                )

    def mark_choices(self) -> None:
        """Tick the colours and the text size in force."""
        look = self._appearance
        for name, current in (("scheme", look.scheme), ("text", str(look.text_scale))):
            for action in self.choices[name][1].actions():
                action.setChecked(action.data() == current)

    def retranslate(self, language: Language) -> None:
        """Say everything in a language; commands take back the titles they began with."""
        t = language.t
        for name, words in zip(
            MENUS, (t("&File"), t("&Edit"), t("&View"), t("&Help")), strict=True
        ):
            self._menus[name].setTitle(words)
            self._menus[name].menuAction().setVisible(not self._menus[name].isEmpty())
        for action in self.actions.values():
            action.setText(t(str(action.data())))
        titles = {"language": t("Language"), "scheme": t("Colours"), "text": t("Text size")}
        words_of = {
            "pl": "Polski",
            "en": "English",
            "system": t("As the system"),
            "light": t("Light"),
            "dark": t("Dark"),
            "high-contrast": t("High contrast"),
        }
        for name, (menu, group) in self.choices.items():
            menu.setTitle(titles[name])
            for action in group.actions():
                choice = str(action.data())
                action.setText(words_of.get(choice, f"{choice}%"))

    def _add(self, command: Command) -> None:
        action = QAction(self._window)
        action.setShortcut(QKeySequence(command.keys))
        action.setEnabled(command.enabled)
        action.setData(command.title)
        action.triggered.connect(lambda _on=False: command.run())
        self.actions[command.id] = action
        self._icons[command.id] = command.icon
        if command.menu:
            menu = self._menus[command.menu]
            if command.starts_group:
                menu.addSeparator()
            menu.addAction(action)
        else:
            self._window.addAction(action)

    def _add_choice(
        self, name: str, ids: Sequence[str], current: str, choose: Callable[[str], None]
    ) -> None:
        menu = self._menus["view"].addMenu("")
        group = QActionGroup(menu)
        for choice in ids:
            action = QAction(group)
            action.setCheckable(True)
            action.setData(choice)
            action.setChecked(choice == current)
            action.triggered.connect(lambda _on, choice=choice: choose(choice))
            menu.addAction(action)
        self.choices[name] = (menu, group)
