"""What stands below an answer: what the unit aims at."""

from PySide6.QtCore import Signal

from sat_desktop.domain.gaps import Aim
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.calm import SteadyCombo
from sat_desktop.ui.widgets.containers import Collapsible, FormRows
from sat_desktop.ui.widgets.inputs import SegmentedSwitch


class AimRow(Collapsible):
    """Wanted level, importance, effort.

    Signals:
        changed(object): the user wants this `Aim`.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__(theme, " ")
        self._levels = 0
        self.wanted = SteadyCombo()
        names = ("1", "2", "3")
        choices = [(n, n) for n in names]
        self.importance = SegmentedSwitch(theme, " ", choices)
        self.effort = SegmentedSwitch(theme, " ", choices)
        self._form = FormRows(theme)
        self._form.add(" ", self.wanted)
        self._form.add(" ", self.importance)
        self._form.add(" ", self.effort)
        self.body.addWidget(self._form)
        self.wanted.activated.connect(lambda _place: self._tell())
        self.importance.chosen.connect(lambda _choice: self._tell())
        self.effort.chosen.connect(lambda _choice: self._tell())
        self.retranslate(language)

    def retranslate(self, language: Language) -> None:
        """Say everything in another language; the levels follow with the next indicator."""
        t = language.t
        self.set_title(t("Aim"))
        self._form.rename(self.wanted, t("Wanted level"))
        thirds = [t("low"), t("medium"), t("high")]
        for switch, name in (
            (self.importance, t("Importance")),
            (self.effort, t("Effort")),
        ):
            self._form.rename(switch, name)
            switch.set_words(thirds)

    def show_levels(self, questionnaire: Questionnaire, language: Language) -> None:
        """Offer the levels of a questionnaire."""
        self.wanted.clear()
        self.wanted.addItem(language.t("The next level up"), None)
        for level in range(1, questionnaire.n + 1):
            name = questionnaire.level_name(level).get(language.code)
            self.wanted.addItem(f"{level} · {name}", level)

    def show_aim(self, aim: Aim) -> None:
        """Show what the unit wants."""
        self.wanted.setCurrentIndex(max(0, self.wanted.findData(aim.wanted)))
        self.importance.set_choice(str(aim.importance))
        self.effort.set_choice(str(aim.effort))

    def _tell(self) -> None:
        self.changed.emit(
            Aim(self.wanted.currentData(), int(self.importance.choice), int(self.effort.choice))
        )
