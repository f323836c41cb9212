"""The language, scheme and text size in force, and switching them while the program runs."""

import logging
from typing import Final

from PySide6.QtCore import QLibraryInfo, QObject, Qt, QTranslator, Signal
from PySide6.QtWidgets import QApplication, QWidget

from sat_desktop.errors import SatError
from sat_desktop.runtime.i18n import Language, language_of
from sat_desktop.runtime.settings import TEXT_SCALES, SettingsFile
from sat_desktop.ui.theme import Theme, apply_to, load_fonts

_LOG: Final = logging.getLogger(__name__)


class Appearance(QObject):
    """How the window looks and speaks; the settings file remembers it.

    Attributes:
        theme: the theme in force.
        language: the language in force.

    Signals:
        theme_changed(Theme): everything has to be drawn with another theme.
        language_changed(Language): every word has to be said in another language.
    """

    theme_changed = Signal(object)
    language_changed = Signal(object)

    def __init__(self, app: QApplication, settings: SettingsFile) -> None:
        super().__init__()
        self._app = app
        self._settings = settings
        self._translator: QTranslator | None = None
        self._windows: list[QWidget] = []
        load_fonts()
        self.theme = self._wanted_theme()
        self.language: Language = language_of(settings.current.language)
        apply_to(app, self.theme)
        self._translate_qt()
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    def apply_to(self, window: QWidget) -> None:
        """Give a window with all that is or comes below it the style sheet, now and at every change.

        The sheet belongs to windows, not to the application: what is built outside of a window is
        then styled once, when it is put there, and not anew with every layout that it is put into.
        """
        self._windows.append(window)
        window.destroyed.connect(lambda: self._windows.remove(window))
        window.setStyleSheet(self.theme.style_sheet())

    @property
    def scheme(self) -> str:
        """The user's choice: "system" or the name of a scheme."""
        return self._settings.current.scheme

    @property
    def text_scale(self) -> int:
        """The user's text size in percent."""
        return self._settings.current.text_scale

    def choose_scheme(self, scheme: str) -> None:
        """Use a scheme, or follow the system."""
        self._remember(scheme=scheme)
        self._retheme()

    def choose_text_scale(self, percent: int) -> None:
        """Use a text size, 100 to 200 percent."""
        self._remember(text_scale=min(TEXT_SCALES[-1], max(TEXT_SCALES[0], percent)))
        self._retheme()

    def step_text_scale(self, steps: int) -> None:
        """Make the text larger (positive) or smaller by steps of the list of sizes."""
        nearest = min(TEXT_SCALES, key=lambda size: abs(size - self.text_scale))
        place = TEXT_SCALES.index(nearest) + steps
        self.choose_text_scale(TEXT_SCALES[min(len(TEXT_SCALES) - 1, max(0, place))])

    def choose_language(self, code: str) -> None:
        """Speak another language from now on."""
        self._remember(language=code)
        self.language = language_of(code)
        self._translate_qt()
        self.language_changed.emit(self.language)

    def _wanted_theme(self) -> Theme:
        scheme = self._settings.current.scheme
        if scheme == "system":
            dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
            scheme = "dark" if dark else "light"
        return Theme.of(scheme, self._settings.current.text_scale)

    def _follow_system(self, _scheme: Qt.ColorScheme) -> None:
        if self._settings.current.scheme == "system":
            self._retheme()

    def _retheme(self) -> None:
        wanted = self._wanted_theme()
        if wanted == self.theme:
            return
        self.theme = wanted
        apply_to(self._app, wanted)
        for window in self._windows:
            window.setStyleSheet(wanted.style_sheet())
        self.theme_changed.emit(wanted)

    def _remember(self, **values: object) -> None:
        try:
            self._settings.change(**values)
        except SatError as error:
            # The choice holds for this run; that is no reason to interrupt anybody.
            _LOG.warning("settings not written: %s", error)

    def _translate_qt(self) -> None:
        """Give Qt's own words (standard buttons, context menus of fields) the same language."""
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
            self._translator = None
        if self.language.code == "en":
            return
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        translator = QTranslator(self)
        if translator.load(f"qtbase_{self.language.code}", folder):
            self._app.installTranslator(translator)
            self._translator = translator
